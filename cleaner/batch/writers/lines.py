"""JSON Lines, compressed or not, and the stream of a pipe."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO

from cleaner.batch.compression import packed, unpacked
from cleaner.batch.outcome import Kind, Outcome
from cleaner.batch.storage import OutputPlace
from cleaner.batch.writing import refused, sync
from cleaner.config import Compression


class Lines:
    """A file of JSON Lines."""

    def __init__(self, place: OutputPlace, name: str, scratch: Path, compression: Compression) -> None:
        self._place = place
        self._name = name
        self._scratch = scratch
        with refused(name):
            self._raw: IO[bytes] = scratch.open("wb")
            self._packed = packed(self._raw, compression)

    def put(self, outcome: Outcome) -> None:
        """Write the line of a document."""
        if outcome.payload:
            with refused(self._name):
                self._packed.write(outcome.payload)

    def finish(self) -> int:
        """Put the file in its place."""
        with refused(self._name):
            if self._packed is not self._raw:
                self._packed.close()
            sync(self._raw)
            size = self._raw.tell()
            self._raw.close()
            self._place.publish(self._scratch, self._name)
        return size

    def abandon(self) -> None:
        """Remove the file."""
        for file in (self._packed, self._raw):
            with suppress(OSError):  # what is not yet on the disk may not fit there
                file.close()
        self._scratch.unlink(missing_ok=True)


class Stream:
    """What takes the outputs one after the other, as stdout does."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write

    def put(self, outcome: Outcome) -> None:
        """Hand a document on."""
        if outcome.kind is Kind.CLEANED:
            self._write(outcome.payload)

    def finish(self) -> int:
        """Do nothing: all is written."""
        return 0

    def abandon(self) -> None:
        """Do nothing: what is written is gone."""


class Nothing:
    """What takes no outputs at all."""

    def put(self, outcome: Outcome) -> None:
        """Do nothing."""

    def finish(self) -> int:
        """Do nothing."""
        return 0

    def abandon(self) -> None:
        """Do nothing."""


def read_lines(file: IO[bytes], compression: Compression) -> dict[str, bytes]:
    """Read the lines of documents that were files of their own, by the names of these files."""
    return {json.loads(line)["path"]: line for line in unpacked(file, compression)}
