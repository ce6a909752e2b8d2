"""One input, from its bytes to its output: what a worker does, and everything that may go wrong with it."""

from __future__ import annotations

import errno
import hashlib
import os
import traceback
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple, Protocol

from cleaner import render
from cleaner.batch.inputs import SIDECAR_SUFFIX, scratch_folder
from cleaner.batch.manifest import Known
from cleaner.batch.outcome import Kind, Outcome, Problem
from cleaner.batch.writing import OutputError, write_atomically
from cleaner.config import Format
from cleaner.model import CleanerError, Document, NotTextError

SUFFIXES = {Format.TXT: ".txt", Format.MD: ".md", Format.JSON: ".json"}
"""The suffixes of outputs, for the formats that do not keep the inputs' names."""

_NO_WAY_ON = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


class CleansDocuments(Protocol):
    """What a run needs of a cleaner."""

    @property
    def fingerprint(self) -> str:
        """A hash of all that the result depends on, besides the document."""

    def clean(self, raw: str | bytes, url: str | None = None) -> Document:
        """Clean one document."""


@dataclass(frozen=True, slots=True)
class Output:
    """What is made of a cleaned document, and where it goes."""

    folder: Path | None
    """The folder that the worker writes to; without one the output goes back to the run as bytes."""
    format: Format = Format.SAME
    meta: bool = False
    links: bool = False
    """Keep the targets of links in Markdown."""
    diff: bool = False
    """Give a unified diff back instead of the output."""
    dry: bool = False
    """Write nothing."""


class Task(NamedTuple):
    """One input for a worker."""

    number: int
    path: str
    name: str
    output: str
    known: Known | None = None
    content: bytes | None = None
    """The input itself, where it is no file."""


class Desk:
    """Where one worker cleans one document after the other."""

    def __init__(self, cleaner: CleansDocuments, output: Output, *, url: str | None, max_size: float) -> None:
        self._cleaner = cleaner
        self._output = output
        self._url = url
        self._max_size = max_size
        options = (cleaner.fingerprint, url, str(output.format), output.meta, output.links)
        self.key = hashlib.sha256(repr(options).encode()).digest()[:16]
        self._folders: set[Path] = set()
        self._scratch: Path | None = None

    def process(self, task: Task) -> Outcome:
        """Clean one input and write its output. Never raises for anything the input is to blame for."""
        try:
            return self._process(task)
        except OutputError:
            raise
        except NotTextError as error:
            return _left_out(task, Problem(Kind.SKIPPED, "not text", str(error).removeprefix("not text: ")))
        except CleanerError as error:
            return _left_out(task, Problem(Kind.QUARANTINED, "cannot be cleaned", str(error)))
        except MemoryError:
            return _left_out(task, Problem(Kind.QUARANTINED, "out of memory"))
        except Exception:
            return _left_out(task, Problem(Kind.QUARANTINED, "error", traceback.format_exc(limit=-4).strip()))

    def _process(self, task: Task) -> Outcome:
        raw = self._read(task)
        if isinstance(raw, Problem):
            return _left_out(task, raw)
        digest = hashlib.sha256(raw)
        if self._stands(task, digest.digest()):
            flags = task.known.flags if task.known else ()
            return Outcome(task.number, task.name, Kind.UNCHANGED, flags=flags, content=digest.digest())
        document = self._cleaner.clean(raw, self._url)
        size, payload = self._deliver(task, document, digest.hexdigest())
        rules: Counter[str] = Counter()
        for edit in document.edits:
            rules[edit.rule] += len(edit.removed) - len(edit.replacement)
        removed = rules.total()
        return Outcome(
            task.number,
            task.name,
            Kind.CLEANED,
            content=digest.digest(),
            characters=len(document.text) + removed,
            removed=removed,
            rules=tuple(rules.items()),
            flags=_flags(document),
            output=task.output,
            size=size,
            payload=payload,
        )

    def _read(self, task: Task) -> bytes | Problem:
        limit = int(self._max_size * 1_000_000)
        raw = task.content
        if raw is None:
            try:
                with open(task.path, "rb") as file:  # noqa: PTH123 - a hot path
                    large = os.fstat(file.fileno()).st_size > limit
                    raw = b"" if large else file.read(limit + 1)
            except OSError as error:
                return Problem(Kind.QUARANTINED, "not readable", error.strerror or str(error))
        else:
            large = False
        if large or len(raw) > limit:
            return Problem(Kind.QUARANTINED, f"larger than {self._max_size:g} MB")
        return raw

    def _stands(self, task: Task, content: bytes) -> bool:
        """Whether the output of an earlier run is what cleaning this content again would give."""
        known = task.known
        if known is None or (known.content, known.key) != (content, self.key):
            return False
        if self._output.folder is None:
            return True  # the run has the output, or it would not have said that it knows the input
        try:
            same_size = (self._output.folder / task.output).stat().st_size == known.size
        except OSError:
            return False
        sidecar = self._output.folder / (task.output + SIDECAR_SUFFIX)
        return known.output == task.output and same_size and (not self._output.meta or sidecar.exists())

    def _deliver(self, task: Task, document: Document, digest: str) -> tuple[int, bytes]:
        """Write the output, or give it back; its size comes first."""
        output = self._output
        if output.diff:
            return 0, _json("".join(f"{line}\n" for line in render.unified_diff(document, task.name)))
        if output.dry:
            return 0, b""
        about = {"path": task.name, "sha256": digest}
        if output.format in (Format.JSON, Format.JSONL):
            write = render.json_line if output.format is Format.JSONL else render.json_text
            return self._put(task.output, _json(write({**render.to_record(document), **about})))
        front = render.to_front_matter(document) if output.format is Format.MD and output.meta else ""
        written = render.to_text(document)
        if output.format is Format.MD:
            written = render.to_markdown(document, links=output.links)
        if output.meta and output.folder is not None:
            sidecar = {**_sidecar(document, len(front), is_beside=written == render.to_text(document)), **about}
            self._put(task.output + SIDECAR_SUFFIX, _json(render.json_text(sidecar)))
        return self._put(task.output, (front + written).encode())

    def _put(self, name: str, content: bytes) -> tuple[int, bytes]:
        if self._output.folder is None:
            return len(content), content
        target = self._output.folder / name
        try:
            self._make_folder(target.parent)
            write_atomically(target, content, scratch=self._own_scratch())
        except OSError as error:
            message = f"cannot write {target}: {error.strerror or error}"
            if error.errno in _NO_WAY_ON:
                raise OutputError(message) from None
            raise CleanerError(message) from None
        return len(content), b""

    def _own_scratch(self) -> Path:
        """Make a folder for outputs that are being written; workers that share one wait for each other."""
        if self._scratch is None:
            assert self._output.folder is not None
            self._scratch = scratch_folder(self._output.folder) / str(os.getpid())
            self._scratch.mkdir(parents=True, exist_ok=True)
        return self._scratch

    def _make_folder(self, folder: Path) -> None:
        """Make an output's folder, and be sure that no link leads from it to somewhere else."""
        if folder in self._folders:
            return
        assert self._output.folder is not None
        folder.mkdir(parents=True, exist_ok=True)
        if not folder.resolve().is_relative_to(self._output.folder.resolve()):
            raise OutputError(f"cannot write to {folder}: it is a link that leads out of OUT")
        self._folders.add(folder)


def _sidecar(document: Document, start: int, *, is_beside: bool) -> dict[str, Any]:
    """Give the record beside an output; it holds the text itself where the output is another writing of it."""
    record = render.to_record(document, text=not is_beside)
    if not is_beside:
        return record
    digest = hashlib.sha256(document.text.encode()).hexdigest()
    return {**record, "text_start": start, "text_sha256": digest}


def _flags(document: Document) -> tuple[str, ...]:
    names = [flag.name for flag in document.flags]
    return tuple(dict.fromkeys(names if document.text.strip() else [*names, "empty"]))


def _json(text: str) -> bytes:
    """Encode JSON; a lone surrogate, as in a file name that is no UTF-8, becomes an escape of JSON."""
    return text.encode("utf-8", "backslashreplace")


def _left_out(task: Task, problem: Problem) -> Outcome:
    return Outcome(task.number, task.name, *problem)
