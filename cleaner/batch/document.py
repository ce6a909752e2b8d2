"""One input, from its bytes to its output: what a worker does, and everything that may go wrong with it."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import pickle
import platform
import re
import time
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import IO, Any, NamedTuple, Protocol

from cleaner import render
from cleaner.batch.audit import audit_line
from cleaner.batch.compression import DamagedError, split_suffix, unpacked
from cleaner.batch.inputs import SIDECAR_SUFFIX, scratch_folder
from cleaner.batch.manifest import Known
from cleaner.batch.outcome import NOT_WRITABLE, Kind, Outcome, Problem, RuleCount
from cleaner.batch.records import ABOUT, Fields, Form, Opened, opened
from cleaner.batch.storage import stamp_of
from cleaner.batch.writers.files import join
from cleaner.batch.writing import NO_WAY_ON, OutputError, write_atomically
from cleaner.config import Compression, Format
from cleaner.model import CleanerError, Document, NotTextError

SUFFIXES = {Format.TXT: ".txt", Format.MD: ".md", Format.JSON: ".json"}
"""The suffixes of outputs, for the formats that do not keep the inputs' names."""

FRESH = 2_000_000_000
"""Nanoseconds for which a file that was just changed is not known by its time alone: some file systems count in
seconds, as git's index too allows for."""


_UNSAFE = re.compile(r"[^\w.-]+", re.ASCII)

_LONGEST_NAME = 60
"""Characters of a record's own name that go into that of its output."""


class CleansDocuments(Protocol):
    """What a run needs of a cleaner."""

    @property
    def fingerprint(self) -> str:
        """A hash of what the result depends on, besides the document and what the rule files for it say."""

    @property
    def rule_digests(self) -> Mapping[str, str]:
        """A hash of what each rule file says, by its id."""

    def clean(self, raw: str | bytes, url: str | None = None, *, charset: str | None = None) -> Document:
        """Clean one document."""


@dataclass(frozen=True, slots=True)
class Output:
    """What is made of a cleaned document, and where it goes."""

    folder: Path | None
    """The folder that the worker writes to; without one the output goes back to the run as bytes."""
    fields: Fields = field(default_factory=Fields)
    format: Format = Format.SAME
    meta: bool = False
    links: bool = False
    """Keep the targets of links in Markdown."""
    diff: bool = False
    """Give a unified diff back instead of the output."""
    dry: bool = False
    """Write nothing."""
    distant: bool = False
    """The outputs are files of their own that the run, not the worker, writes."""
    audit: bool = True
    """Tell how each document was cleaned."""
    scratch: Path | None = None
    """The folder for files that are being written, on the file system of ``folder``; one in OUT if not said."""

    @property
    def has_sidecars(self) -> bool:
        """Whether a file with what was found out stands beside each output that is a file of its own."""
        return self.meta and self.format not in (Format.JSON, Format.JSONL)


class Packing(StrEnum):
    """How the output of one document is made up."""

    FILE = "file"
    """As the content of a file, in the run's format."""
    LINE = "line"
    """As a line of JSON."""
    ROW = "row"
    """As a row of a table: a pickled dictionary."""


class Task(NamedTuple):
    """One input for a worker."""

    number: int
    name: str
    path: str = ""
    """Where the input lies, if the worker is to read it."""
    content: bytes | str | None = None
    """The input itself, where it is no file of its own."""
    form: Form = Form.DOCUMENT
    fields: dict[str, Any] | None = None
    """The fields of its record."""
    charset: str | None = None
    output: str = ""
    """Name of the output, where the input gets a file of its own."""
    packing: Packing = Packing.FILE
    known: Known | None = None
    stamp: str = ""

    @property
    def weight(self) -> int:
        """About how many bytes it is to send."""
        fields = self.fields.values() if self.fields else ()
        return len(self.content or b"") + sum(len(value) for value in fields if isinstance(value, str | bytes))

    @property
    def bytes_of_record(self) -> bytes:
        """What is kept of a record that is quarantined; empty for a document, which its own file keeps."""
        if self.form is Form.DOCUMENT:
            return b""
        if self.content is None:
            return _json(json.dumps({name: _plain(value) for name, value in (self.fields or {}).items()}))
        return self.content if isinstance(self.content, bytes) else _json(self.content)


class Desk:
    """Where one worker cleans one document after the other."""

    def __init__(self, cleaner: CleansDocuments, output: Output, *, url: str | None, max_size: float) -> None:
        self._cleaner = cleaner
        self._output = output
        self._url = url
        self._max_size = max_size
        options = (cleaner.fingerprint, url, str(output.format), output.meta, output.links, output.fields)
        self.key = hashlib.sha256(repr(options).encode()).digest()[:16]
        self._folders: set[Path] = set()
        self._scratch: Path | None = None

    def process(self, task: Task) -> Outcome:
        """Clean one input and write its output. Never raises for anything the input is to blame for."""
        began = time.perf_counter()
        try:
            outcome = self._process(task)
        except OutputError:
            raise
        except NotTextError as error:
            outcome = _left_out(task, Problem(Kind.SKIPPED, "not text", str(error).removeprefix("not text: ")))
        except CleanerError as error:
            outcome = _left_out(task, Problem(Kind.QUARANTINED, "cannot be cleaned", str(error)))
        except _LeftOutError as error:
            outcome = _left_out(task, error.problem)
        except MemoryError:
            outcome = _left_out(task, Problem(Kind.QUARANTINED, "out of memory"))
        except Exception:
            problem = Problem(Kind.QUARANTINED, "error", traceback.format_exc(limit=-4).strip())
            outcome = _left_out(task, problem)
        if outcome.kind is Kind.QUARANTINED:
            outcome = outcome._replace(payload=task.bytes_of_record)
        return outcome._replace(seconds=time.perf_counter() - began)

    def _process(self, task: Task) -> Outcome:
        raw, stamp = task.content, task.stamp
        if task.form is Form.DOCUMENT:
            raw, stamp = self._read(task)
        whole = raw if isinstance(raw, bytes) else _json(str(raw if raw is not None else task.fields))
        digest = hashlib.sha256(whole)
        if self._stands(task, digest.digest()):
            assert task.known is not None
            return Outcome(
                task.number, task.name, Kind.UNCHANGED, flags=task.known.flags, content=digest.digest(), stamp=stamp
            )
        record = opened(task.form, raw, task.fields, self._output.fields, task.charset) if task.form.is_record else None
        if record is not None:
            raw = record.raw
            task = task._replace(output=_named(task.output, record))
        assert raw is not None
        url = record.url if record is not None and record.url else self._url
        document = self._cleaner.clean(raw, url, charset=record.charset if record else None)
        size, payload = self._deliver(task, document, digest.hexdigest(), record)
        counts: Counter[str] = Counter()
        removed: Counter[str] = Counter()
        for edit in document.edits:
            counts[edit.rule] += 1
            removed[edit.rule] += len(edit.removed) - len(edit.replacement)
        return Outcome(
            task.number,
            task.name,
            Kind.CLEANED,
            content=digest.digest(),
            stamp=stamp,
            characters=len(document.text) + removed.total(),
            removed=removed.total(),
            rules=tuple(RuleCount(rule, count, removed[rule]) for rule, count in counts.items()),
            rule_files=" ".join(f"{name}={self._cleaner.rule_digests[name]}" for name in document.rule_files),
            site=document.site,
            flags=_flags(document),
            output=task.output,
            size=size,
            payload=payload,
            audit=self._audit(task, document, digest.hexdigest()),
        )

    def _audit(self, task: Task, document: Document, digest: str) -> bytes:
        if self._output.dry or self._output.diff or not self._output.audit:
            return b""
        text_digest = hashlib.sha256(document.text.encode("utf-8", "surrogatepass")).hexdigest()
        own = task.output if task.packing is Packing.FILE else ""
        other = own and self._output.format is Format.MD and (self._output.meta or document.markup == "html")
        return audit_line(document, task.name, text_digest, digest, output=own, whole=bool(other))

    def _read(self, task: Task) -> tuple[bytes, str]:
        """Read a document, unpacked; give it with the stamp of its file."""
        limit = int(self._max_size * 1_000_000)
        stamp = task.stamp
        try:
            if task.content is not None:
                assert isinstance(task.content, bytes)
                raw = self._unpacked(io.BytesIO(task.content), task, limit)
            else:
                with open(task.path, "rb") as file:  # noqa: PTH123 - a hot path
                    status = os.fstat(file.fileno())
                    is_old = time.time_ns() - status.st_mtime_ns > FRESH  # a file may change twice within a tick
                    stamp = stamp_of(status) if is_old else ""
                    raw = b"" if status.st_size > limit else self._unpacked(file, task, limit)
                    if status.st_size > limit:
                        raise _LeftOutError(Problem(Kind.QUARANTINED, f"larger than {self._max_size:g} MB"))
        except DamagedError as error:
            raise _LeftOutError(Problem(Kind.QUARANTINED, "not readable", str(error))) from None
        except OSError as error:
            raise _LeftOutError(Problem(Kind.QUARANTINED, "not readable", error.strerror or str(error))) from None
        if len(raw) > limit:
            raise _LeftOutError(Problem(Kind.QUARANTINED, f"larger than {self._max_size:g} MB"))
        return raw, stamp

    def _unpacked(self, file: IO[bytes], task: Task, limit: int) -> bytes:
        compression = split_suffix(task.path or task.name)[1]
        return file.read(limit + 1) if compression is Compression.NONE else unpacked(file, compression).read(limit + 1)

    def _stands(self, task: Task, content: bytes) -> bool:
        """Whether the output of an earlier run is what cleaning this content again would give."""
        known = task.known
        if known is None or not known.stands_by(self.key, self._cleaner.rule_digests) or known.content != content:
            return False
        if self._output.folder is None:
            return True  # the run has the output, or it would not have said that it knows the input
        try:
            same_size = (self._output.folder / task.output).stat().st_size == known.size
        except OSError:
            return False
        sidecar = self._output.folder / (task.output + SIDECAR_SUFFIX)
        return known.output == task.output and same_size and (not self._output.has_sidecars or sidecar.exists())

    def _deliver(self, task: Task, document: Document, digest: str, record: Opened | None) -> tuple[int, bytes]:
        """Write the output, or give it back; its size comes first."""
        output = self._output
        if output.diff:
            return 0, _json("".join(f"{line}\n" for line in render.unified_diff(document, task.name)))
        if output.dry:
            return 0, b""
        about = {"path": task.name, "sha256": digest}
        if task.packing is not Packing.FILE:
            made = self._record(document, about, record, as_row=task.packing is Packing.ROW)
            payload = pickle.dumps(made) if task.packing is Packing.ROW else _json(render.json_line(made))
            return len(payload), payload
        return self._put(task.output, self._files(task.output, document, about, is_record=record is not None))

    def _record(
        self, document: Document, about: dict[str, Any], record: Opened | None, *, as_row: bool
    ) -> dict[str, Any]:
        """Make one record of a document: with the fields that its own had, or with where it came from."""
        if record is None and not as_row:
            return {**render.to_record(document), **about}
        fields = record.fields if record is not None else about
        if not as_row:
            fields = {name: _plain(value) for name, value in fields.items()}
        return {**fields, self._output.fields.text: document.text, ABOUT: _about(document)}

    def _files(self, name: str, document: Document, about: dict[str, Any], *, is_record: bool) -> dict[str, bytes]:
        """Make the files of a document, by their names."""
        output = self._output
        if output.format in (Format.JSON, Format.JSONL):
            write = render.json_line if output.format is Format.JSONL else render.json_text
            return {name: _json(write({**render.to_record(document), **about}))}
        front = render.to_front_matter(document) if output.format is Format.MD and output.meta else ""
        written = render.to_text(document)
        if output.format is Format.MD:
            written = render.to_markdown(document, links=output.links)
        files = {}
        if output.meta and (output.folder is not None or output.distant or is_record):
            sidecar = {**_sidecar(document, len(front), is_beside=written == render.to_text(document)), **about}
            files[name + SIDECAR_SUFFIX] = _json(render.json_text(sidecar))
        return {**files, name: (front + written).encode("utf-8", "surrogatepass")}

    def _put(self, name: str, files: dict[str, bytes]) -> tuple[int, bytes]:
        size = len(files[name])
        if self._output.folder is None:
            return size, join(files) if self._output.distant else files[name]
        for each, content in files.items():
            target = self._output.folder / each
            try:
                self._make_folder(target.parent)
                write_atomically(target, content, scratch=self._own_scratch())
            except OSError as error:
                message = f"cannot write {target}: {error.strerror or error}"
                for written in files if each == name else ():  # a sidecar of nothing
                    if written != name:
                        (self._output.folder / written).unlink(missing_ok=True)
                if error.errno in NO_WAY_ON:
                    raise OutputError(message) from None
                raise _LeftOutError(Problem(Kind.QUARANTINED, NOT_WRITABLE, message)) from None
        return size, b""

    def _own_scratch(self) -> Path:
        """Make a folder for outputs that are being written; workers that share one wait for each other."""
        if self._scratch is None:
            assert self._output.folder is not None
            scratch = self._output.scratch or scratch_folder(self._output.folder)
            self._scratch = scratch / f"{platform.node()}-{os.getpid()}"
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


def _named(output: str, record: Opened) -> str:
    """Put what a record calls itself into the name of its output, made safe whatever that is."""
    name = _UNSAFE.sub("-", record.id or "").strip("-.")[:_LONGEST_NAME].strip("-.")
    stem, dot, suffix = output.rpartition(".")
    return f"{stem}-{name}{dot}{suffix}" if name and output else output


class _LeftOutError(Exception):
    """An input that is not cleaned, and why."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem)


def _about(document: Document) -> dict[str, Any]:
    """Give what was found out about a document, for the record that its text goes to."""
    removed = sum(len(edit.removed) - len(edit.replacement) for edit in document.edits)
    return {
        **render.metadata(document),
        "markup": document.markup,
        "flags": list(_flags(document)),
        "characters": len(document.text),
        "removed": removed,
    }


def _plain(value: Any) -> Any:
    """Write a value of a table as JSON can hold it."""
    if isinstance(value, dict):
        return {str(name): _plain(inner) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(inner) for inner in value]
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value if isinstance(value, str | int | float | bool | None) else str(value)


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
