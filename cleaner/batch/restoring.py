"""Giving inputs back: rebuilt from cleaned texts and their edits, and checked against the inputs' hashes.

The edits are in the notes of every run, under OUT, and in whatever was written as JSON or with ``--meta``, which can
be taken away from OUT. A document that shared its file with others comes back as a file of its own.

Of HTML the edits lead back to the page's rendered text, and no further: the raw file is the one to keep.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from cleaner import render
from cleaner.batch.audit import audit_folder, edits_of, read_audit
from cleaner.batch.compression import split_suffix, unpacked
from cleaner.batch.inputs import SIDECAR_SUFFIX, STATE_FOLDER, TEXT_SUFFIX
from cleaner.batch.manifest import MANIFEST, Known, Manifest
from cleaner.batch.readers.parquet import ParquetBatches
from cleaner.batch.storage import LocalOutputs, OutputPlace, is_distant, outputs_at
from cleaner.model import CleanerError, ConfigError, Document


class Restored(NamedTuple):
    """An input as it was: its name relative to RAW, and its bytes."""

    name: str
    content: bytes
    is_exact: bool
    """Whether these are the very bytes of the input; else its text is the same, in UTF-8."""
    is_rendered: bool = False
    """The input was HTML, and this is its text as a reader sees it."""


class NotRestored(NamedTuple):
    """A file that should give an input back and does not."""

    name: str
    why: str


def restore(cleaned: str | Path) -> Iterator[Restored | NotRestored]:
    """Restore the input of everything in a folder that a run wrote, here or at an address, or of one file of it.

    Raises :class:`~cleaner.model.ConfigError` for an address where no run wrote.
    """
    if isinstance(cleaned, str) and is_distant(cleaned):
        with outputs_at(cleaned) as outputs:
            if not (outputs.state / MANIFEST).is_file():
                raise ConfigError(f"{cleaned}: no notes of a run are here")
            yield from _restore_all(outputs)
        return
    source = Path(cleaned)
    if (source / STATE_FOLDER / MANIFEST).is_file():
        yield from _restore_all(LocalOutputs(source))
    elif source.is_dir():
        for file in sorted(source.rglob("*.json")):
            if not file.with_name(file.name + SIDECAR_SUFFIX).is_file():  # no text that has a sidecar itself
                yield from _restore_file(file)
    else:
        sidecar = source.with_name(source.name + SIDECAR_SUFFIX)
        if sidecar.is_file() or source.suffix in (".json", ".jsonl"):
            yield from _restore_file(sidecar if sidecar.is_file() else source)
        else:
            yield from _restore_one(source)


def _restore_one(source: Path) -> Iterator[Restored | NotRestored]:
    """Restore the input of one output, by the notes of the OUT that it lies in."""
    for folder in source.resolve().parents:
        if (folder / STATE_FOLDER / MANIFEST).is_file():
            output = source.resolve().relative_to(folder).as_posix()
            yield from _restore_all(LocalOutputs(folder), only=output)
            return
    yield NotRestored(str(source), "it does not lie in a folder that clean run wrote, and no edits are beside it")


def _restore_all(outputs: OutputPlace, only: str | None = None) -> Iterator[Restored | NotRestored]:
    """Restore by the notes: audit file by audit file, each with the outputs that it tells of."""
    with Manifest(outputs.state / MANIFEST, readonly=True) as manifest:
        names: dict[str, dict[str, Known]] = {}
        for name, known in chain(manifest.inputs(where="audit != ''"), manifest.leftovers()):
            if only is None or known.output == only or known.output.endswith("/"):
                names.setdefault(known.audit, {})[name] = known
        runs = manifest.runs()
    shared = _Shared(outputs, runs[-1].settings.get("text_field", "text") if runs else "text")
    for audit, members in names.items():
        file = audit_folder(outputs.state) / audit
        try:
            for line in read_audit(file):
                source, member = _member(line["name"], members)
                is_asked = only is None or line.get("output", only) == only
                if member is not None and "edits" in line and is_asked:
                    yield _restore_line(line, source, member, outputs, shared)
        except (OSError, ValueError, CleanerError) as error:
            yield NotRestored(str(file), f"the notes are damaged: {error}")


def _member(name: str, members: dict[str, Known]) -> tuple[str, Known | None]:
    """Find the input that a document is from; one of a file of many has the file's name before its number."""
    if name in members:
        return name, members[name]
    source = name.rpartition("#")[0]
    known = members.get(source)
    return source, known if known is not None and known.counts else None  # a single document has no others in it


def _restore_line(
    line: dict[str, Any], source: str, known: Known, outputs: OutputPlace, shared: _Shared
) -> Restored | NotRestored:
    is_record = line["name"] != source
    try:
        text = _output_text(line, known, outputs, shared, is_record=is_record)
        document = Document(text, edits=edits_of(line))
        number = line["name"].rpartition("#")[2]
        suffix = ".html" if line["markup"] == "html" else TEXT_SUFFIX
        name = _safe_name(f"{source}/{int(number):07}{suffix}" if is_record else source, "")
        return _given_back(name, document.restore(), line)
    except (CleanerError, OSError) as error:
        return NotRestored(line["name"], getattr(error, "strerror", None) or str(error))
    except ValueError as error:
        return NotRestored(line["name"], f"its output was changed since it was cleaned ({error})")


def _given_back(name: str, text: str, line: dict[str, Any]) -> Restored:
    if line["markup"] == "html":
        text = render.to_text(Document(text, markup="html"))
        return Restored(name + TEXT_SUFFIX, text.encode("utf-8", "surrogatepass"), False, is_rendered=True)
    return Restored(name, *_bytes_as_they_were(text, line["encoding"], line["sha256"]))


def _output_text(line: dict[str, Any], known: Known, outputs: OutputPlace, shared: _Shared, *, is_record: bool) -> str:
    """Find the cleaned text of a document, and be sure that it is the one."""
    if "text" in line:
        return str(line["text"])
    if "output" not in line:
        text = shared.text(known, line["name"], is_record=is_record)
        candidates = [] if text is None else [text]
    else:
        with outputs.open(line["output"]) as file:
            text = file.read().decode("utf-8", "surrogatepass")
        candidates = [text, text.removesuffix("\n")]
        if line["output"].endswith(".json"):
            with suppress(ValueError, KeyError, TypeError):
                candidates.append(str(json.loads(text)["text"]))
    for candidate in candidates:
        if hashlib.sha256(candidate.encode("utf-8", "surrogatepass")).hexdigest() == line["text_sha256"]:
            return candidate
    raise CleanerError(f"{line.get('output') or known.output} was changed since it was cleaned")


class _Shared:
    """Files of many documents that are read along with the audit."""

    def __init__(self, outputs: OutputPlace, field: str) -> None:
        self._outputs = outputs
        self._field = field
        self._name = ""
        self._texts: Iterator[tuple[str | None, str]] = iter(())
        self._by_path: dict[str, str] = {}

    def text(self, known: Known, name: str, *, is_record: bool) -> str | None:
        """Give the text of the next record of a file of records, or that of the document with this name."""
        if self._name != known.output:
            self._name = known.output
            self._texts = self._read(known.output)
            self._by_path = {} if is_record else {path: text for path, text in self._texts if path is not None}
        return next(self._texts, (None, None))[1] if is_record else self._by_path.get(name)

    def _read(self, name: str) -> Iterator[tuple[str | None, str]]:
        with self._outputs.open(name) as file:
            if name.endswith(".parquet"):
                for batch in ParquetBatches(file):
                    yield from map(self._of_record, batch.to_pylist())
            else:
                for line in unpacked(file, split_suffix(name)[1]):
                    yield self._of_record(json.loads(line))

    def _of_record(self, record: dict[str, Any]) -> tuple[str | None, str]:
        path = record.get("path")
        text = record.get(self._field, record.get("text"))  # a line of a single document has it under its own name
        return (path if isinstance(path, str) else None), str(text)


def _restore_file(file: Path) -> Iterator[Restored | NotRestored]:
    try:
        if file.suffix == ".jsonl":
            with file.open(encoding="utf-8", newline="\n") as lines:
                for number, line in enumerate(lines, start=1):
                    yield _restore_record(line, file, f"{file}:{number}")
        else:
            yield _restore_record(file.read_text(encoding="utf-8"), file, str(file))
    except (OSError, UnicodeDecodeError) as error:
        yield NotRestored(str(file), f"cannot be read: {getattr(error, 'strerror', None) or error}")


def _restore_record(content: str, file: Path, place: str) -> Restored | NotRestored:
    try:
        record = json.loads(content)
        document = render.from_record(record, text=_text_beside(file, record))
        name = _safe_name(record.get("path"), file.name)
        if document.markup == "html":
            text = render.to_text(replace(document, text=document.restore()))
            return Restored(name + TEXT_SUFFIX, text.encode("utf-8", "surrogatepass"), False, is_rendered=True)
        return Restored(name, *_bytes_as_they_were(document.restore(), document.encoding, record.get("sha256")))
    except (CleanerError, OSError) as error:
        return NotRestored(place, str(error))
    except ValueError as error:
        return NotRestored(place, f"not a record of a cleaned document: {error}")


def _text_beside(file: Path, record: Any) -> str | None:
    """Read the cleaned text that a sidecar belongs to, and be sure that it is the one."""
    if not isinstance(record, dict) or "text" in record or "text_sha256" not in record:
        return None
    beside = file.with_name(file.name.removesuffix(SIDECAR_SUFFIX))
    text = beside.read_bytes().decode()[record.get("text_start", 0) :]
    for candidate in (text, text.removesuffix("\n")):
        if hashlib.sha256(candidate.encode()).hexdigest() == record["text_sha256"]:
            return candidate
    raise CleanerError(f"{beside.name} was changed since it was cleaned")


def _safe_name(name: object, otherwise: str) -> str:
    """Take the input's name from its record, unless it leads out of the folder that we restore to."""
    if not isinstance(name, str):
        return otherwise
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or "\0" in name or not path.parts:
        raise CleanerError(f"its path leads out of the folder: {name!r}")
    return name


def _bytes_as_they_were(text: str, encoding: str | None, digest: object) -> tuple[bytes, bool]:
    """Encode a restored text as the input was, as far as its hash can confirm that; else in UTF-8."""
    for codec in dict.fromkeys(("utf-8", encoding or "utf-8")):
        try:
            content = text.encode(codec)
        except (UnicodeEncodeError, LookupError):
            continue
        for mark in (b"", *_BYTE_ORDER_MARKS):
            if hashlib.sha256(mark + content).hexdigest() == digest:
                return mark + content, True
    return text.encode("utf-8", "surrogatepass"), digest is None


_BYTE_ORDER_MARKS = (
    codecs.BOM_UTF8,
    codecs.BOM_UTF16_LE,
    codecs.BOM_UTF16_BE,
    codecs.BOM_UTF32_LE,
    codecs.BOM_UTF32_BE,
)
