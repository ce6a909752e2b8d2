"""Compressed files, read and written as streams, with a limit on what a small file may swell to.

A bomb is a file of kilobytes that unpacks to terabytes. What is unpacked is counted against what was read, so a
bomb ends as an error after :data:`FREE` bytes, whatever it would have become.
"""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sys
import zlib
from collections.abc import Callable
from typing import IO, cast

from cleaner.config import Compression
from cleaner.model import CleanerError

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

FREE = 64_000_000
"""Bytes that any file may unpack to."""

MAX_RATIO = 200.0
"""Bytes that each further byte of a file may unpack to. Text packs to a tenth or a twentieth, markup that repeats
itself to a fiftieth; gzip ends at 1,032 and zstd knows no end."""

WINDOW_LOG = 27
"""Memory that a zstd file may ask for, as a power of two: 128 MiB, the most that its own command takes unasked."""

_BUFFER = 1 << 20


class DamagedError(CleanerError):
    """A compressed or packed file that cannot be read to its end; what came before the damage is good."""


def split_suffix(name: str) -> tuple[str, Compression]:
    """Take the suffix of a compression off a name."""
    stem, dot, suffix = name.rpartition(".")
    suffix = suffix.lower()
    if dot and stem and suffix in _READERS:
        return stem, Compression(suffix)
    return name, Compression.NONE


def suffix_of(compression: Compression) -> str:
    """Give the suffix of compressed files, dot included; empty for none."""
    return "" if compression is Compression.NONE else f".{compression}"


def unpacked(file: IO[bytes], compression: Compression) -> IO[bytes]:
    """Read a file unpacked. Reading raises :class:`DamagedError` where it is broken, cut off or a bomb."""
    if compression is Compression.NONE:
        return file
    counted = _Counted(file)
    inner = _READERS[compression](cast("IO[bytes]", counted))
    return io.BufferedReader(_Guarded(inner, counted), _BUFFER)


def packed(file: IO[bytes], compression: Compression) -> IO[bytes]:
    """Write a file packed, the same bytes for the same content. Closing it leaves ``file`` open."""
    return file if compression is Compression.NONE else _WRITERS[compression](file)


class _Counted(io.RawIOBase):
    """A file that knows how much was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.count = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self.count += len(data)
        return data

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # what zstandard and io ask for
        data = self.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        super().close()
        self._file.close()


class _Guarded(io.RawIOBase):
    """What is unpacked, as long as it is in proportion to what was read."""

    def __init__(self, inner: IO[bytes], counted: _Counted) -> None:
        self._inner = cast("io.BufferedReader", inner)
        self._counted = counted
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override] # a memoryview is what io hands over
        try:
            data = self._inner.read1(min(len(buffer), _BUFFER))  # not more than there is before the damage
        except (OSError, EOFError, zlib.error, lzma.LZMAError, zstd.ZstdError, ValueError) as error:
            raise DamagedError(f"cannot be unpacked: {error}") from None
        self._count += len(data)
        if self._count > FREE + MAX_RATIO * self._counted.count:
            raise DamagedError(f"a bomb: {self._counted.count:,} bytes unpack to {self._count:,} and more")
        buffer[: len(data)] = data
        return len(data)

    def close(self) -> None:
        super().close()
        self._inner.close()
        self._counted.close()


def _read_gzip(file: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", gzip.GzipFile(fileobj=file, mode="rb"))


def _read_zstd(file: IO[bytes]) -> IO[bytes]:
    return cast("IO[bytes]", zstd.ZstdFile(file, options={zstd.DecompressionParameter.window_log_max: WINDOW_LOG}))


_READERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    Compression.GZIP: _read_gzip,
    Compression.ZSTD: _read_zstd,
    Compression.BZIP2: lambda file: cast("IO[bytes]", bz2.BZ2File(file)),
    Compression.XZ: lambda file: cast("IO[bytes]", lzma.LZMAFile(file)),  # noqa: SIM115
}


_WRITERS: dict[str, Callable[[IO[bytes]], IO[bytes]]] = {
    Compression.GZIP: lambda file: cast("IO[bytes]", gzip.GzipFile("", "wb", 6, file, mtime=0)),
    Compression.ZSTD: lambda file: cast("IO[bytes]", zstd.ZstdFile(file, "w", level=3)),
    Compression.BZIP2: lambda file: cast("IO[bytes]", bz2.BZ2File(file, "wb")),
    Compression.XZ: lambda file: cast("IO[bytes]", lzma.LZMAFile(file, "wb", preset=1)),  # noqa: SIM115
}
