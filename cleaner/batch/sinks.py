"""Where outputs go, seen from the run: a folder of files, one JSON Lines file, a stream, or nowhere.

A sink also remembers: it tells what is known of an input from an earlier run.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import IO, Protocol

from cleaner.batch.crew import Report
from cleaner.batch.inputs import STATE_FOLDER, scratch_folder
from cleaner.batch.manifest import Known, Manifest
from cleaner.batch.outcome import Kind, Outcome
from cleaner.batch.writing import InOrder, OutputError

DOCUMENTS = "documents.jsonl"
"""The file under OUT that ``--format jsonl`` writes."""


class Sink(Protocol):
    """What a run needs of a place for outputs."""

    def known(self, names: Sequence[str]) -> list[Known | None]:
        """Tell what is known of these inputs: only what still stands."""

    def take(self, report: Report) -> None:
        """Take the outcomes of some inputs."""

    def finish(self) -> None:
        """Complete the output: every input is done."""

    def close(self) -> None:
        """Let go of everything, complete or not."""


class Nowhere:
    """Writes nothing, and remembers what an earlier run left in OUT, if there is an OUT."""

    def __init__(self, out: Path | None) -> None:
        self._manifest = None if out is None else Manifest(manifest_file(out), readonly=True)

    def known(self, names: Sequence[str]) -> list[Known | None]:
        """Look the inputs up."""
        return [None] * len(names) if self._manifest is None else self._manifest.known(names)

    def take(self, report: Report) -> None:
        """Do nothing."""

    def finish(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Close the manifest."""
        if self._manifest is not None:
            self._manifest.close()


class Folder:
    """Mirrored files under OUT, which the workers write; here they are only noted."""

    def __init__(self, out: Path) -> None:
        self._out = out
        self._manifest = take_over(out)

    def known(self, names: Sequence[str]) -> list[Known | None]:
        """Look the inputs up."""
        return self._manifest.known(names)

    def take(self, report: Report) -> None:
        """Note what was written, so that it holds even if the run is killed now."""
        rows = [
            (done.name, Known(done.content, report.key, done.output, done.size, done.flags))
            for done in report.outcomes
            if done.kind is Kind.CLEANED
        ]
        if rows:
            self._manifest.record(rows)

    def finish(self) -> None:
        """Do nothing: every file is in its place already."""

    def close(self) -> None:
        """Close the manifest and tidy up."""
        shutil.rmtree(scratch_folder(self._out), ignore_errors=True)
        self._manifest.close()


class Stream:
    """One stream of outputs, in the order of the inputs."""

    def __init__(self, write: Callable[[bytes], object]) -> None:
        self._write = write
        self._order = InOrder(self._put)

    def known(self, names: Sequence[str]) -> list[Known | None]:
        """Know nothing: a stream keeps nothing."""
        return [None] * len(names)

    def take(self, report: Report) -> None:
        """Write what is due."""
        for done in report.outcomes:
            self._order.add(done.number, done)

    def finish(self) -> None:
        """Do nothing."""

    def close(self) -> None:
        """Drop what is not due."""
        self._order.close()

    def _put(self, done: Outcome) -> None:
        if done.kind is Kind.CLEANED:
            self._write(done.payload)


class Lines:
    """One JSON Lines file under OUT, written in the order of the inputs.

    A run writes a file of its own, a new *generation*, and puts it in the place of the last one when it is
    complete. The generation of an interrupted run stays until a later run is complete, and the lines of
    unchanged inputs are copied from whichever generation has them.
    """

    def __init__(self, out: Path) -> None:
        self._out = out
        self._manifest = take_over(out)
        self._final = self._manifest.final_generation()
        self._generation = self._manifest.new_generation()
        self._file = self._part(self._generation).open("wb")
        self._earlier: dict[int, IO[bytes] | None] = {}
        self._rows: list[tuple[str, Known]] = []
        self._order = InOrder(self._put)

    def known(self, names: Sequence[str]) -> list[Known | None]:
        """Look the inputs up, and leave out those whose lines are not to be had any more."""
        found = self._manifest.known(names)
        return [known if known is not None and self._line(known) else None for known in found]

    def take(self, report: Report) -> None:
        """Write the lines that are due, and note them."""
        for done in report.outcomes:
            self._order.add(done.number, (report.key, done))
        self._file.flush()
        if self._rows:
            self._manifest.record(self._rows)
            self._rows = []

    def finish(self) -> None:
        """Put the new file in the place of the old one."""
        self._file.flush()
        os.fsync(self._file.fileno())
        self._file.close()
        self._manifest.finish_generation(self._generation)
        self._part(self._generation).replace(self._out / DOCUMENTS)
        for left in (self._out / STATE_FOLDER).glob("documents-*.jsonl"):
            left.unlink()

    def close(self) -> None:
        """Close all files; an incomplete generation stays for the next run."""
        self._order.close()
        self._file.close()
        for file in self._earlier.values():
            if file is not None:
                file.close()
        self._manifest.close()

    def _part(self, generation: int) -> Path:
        return self._out / STATE_FOLDER / f"documents-{generation}.jsonl"

    def _put(self, item: tuple[bytes, Outcome]) -> None:
        key, done = item
        if done.kind is Kind.CLEANED:
            line = done.payload
        elif done.kind is Kind.UNCHANGED:
            (known,) = self._manifest.known([done.name])
            line = b"" if known is None else self._line(known)
            if not line:
                raise OutputError(f"{self._out / DOCUMENTS} changed while it was read")
        else:
            return
        start = self._file.tell()
        try:
            self._file.write(line)
        except OSError as error:
            raise OutputError(f"cannot write {DOCUMENTS}: {error.strerror}") from None
        known = Known(done.content, key, done.output, len(line), done.flags, self._generation, start)
        self._rows.append((done.name, known))

    def _line(self, known: Known) -> bytes:
        """Read an earlier line; empty if it is not there, or not where it was."""
        file = self._earlier_file(known.generation)
        if file is None or not known.size:
            return b""
        file.seek(max(known.start - 1, 0))
        line = file.read(known.size + bool(known.start))
        if known.start:
            before, line = line[:1], line[1:]
            if before != b"\n":
                return b""
        whole = len(line) == known.size and line.endswith(b"\n") and line.count(b"\n") == 1
        return line if whole else b""

    def _earlier_file(self, generation: int) -> IO[bytes] | None:
        if generation not in self._earlier:
            places = [self._part(generation)]
            if generation == self._final:
                places.append(self._out / DOCUMENTS)
            found = next((place for place in places if generation and place.is_file()), None)
            self._earlier[generation] = None if found is None else found.open("rb")
        return self._earlier[generation]


def manifest_file(out: Path) -> Path:
    """Give the place of the manifest under OUT."""
    return out / STATE_FOLDER / "manifest.sqlite"


def take_over(out: Path) -> Manifest:
    """Make OUT this run's alone, and clear away what a killed run left half written."""
    try:
        (out / STATE_FOLDER).mkdir(parents=True, exist_ok=True)
        manifest = Manifest(manifest_file(out))
    except OSError as error:
        raise OutputError(f"cannot write to {out}: {error.strerror}") from None
    shutil.rmtree(scratch_folder(out), ignore_errors=True)
    return manifest
