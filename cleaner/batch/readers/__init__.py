"""Readers of files with many documents: each gives the records of one file, in their order, as a stream.

A reader holds one record at a time, or one batch of rows, whatever the size of its file. It raises
:class:`~cleaner.batch.compression.DamagedError` where the file cannot be read on; what it gave before is good.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from cleaner.batch.compression import split_suffix, unpacked
from cleaner.batch.records import Fields, Record
from cleaner.config import Compression, Container

_SUFFIXES = {
    ".jsonl": Container.JSONL,
    ".ndjson": Container.JSONL,
    ".parquet": Container.PARQUET,
    ".warc": Container.WARC,
    ".wet": Container.WARC,
}


def container_of(name: str) -> tuple[str, Container, Compression] | None:
    """Tell by its name what a file with many documents is: its stem, its kind, its compression; None for a page."""
    plain, compression = split_suffix(name)
    lowered = plain.lower()
    for suffix, container in _SUFFIXES.items():
        if lowered.endswith(suffix) and len(plain) > len(suffix):
            stem = plain[: -len(suffix)]
            if container is Container.WARC and stem.lower().endswith((".warc", ".arc")):
                stem = stem.rpartition(".")[0]  # x.warc.wet.gz
            return stem, container, compression
    return None


def records(
    file: IO[bytes], container: Container, compression: Compression, names: Fields, limit: int
) -> Iterator[Record]:
    """Read the records of a file. One of more than ``limit`` bytes is given as a problem, not as content."""
    if container is Container.PARQUET:
        from cleaner.batch.readers.parquet import read_parquet

        return read_parquet(file, names, limit)
    plain = unpacked(file, compression)
    if container is Container.WARC:
        from cleaner.batch.readers.warc import read_warc

        return read_warc(plain, limit)
    from cleaner.batch.readers.jsonl import read_jsonl

    return read_jsonl(plain, limit)
