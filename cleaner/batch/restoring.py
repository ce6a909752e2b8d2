"""Giving inputs back: rebuilt from cleaned texts and their edits, and checked against the inputs' hashes.

Of HTML the edits lead back to the page's rendered text, and no further: the raw file is the one to keep.
"""

from __future__ import annotations

import codecs
import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from cleaner import render
from cleaner.batch.inputs import SIDECAR_SUFFIX, STATE_FOLDER, TEXT_SUFFIX
from cleaner.batch.sinks import DOCUMENTS
from cleaner.model import CleanerError


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


def restore(source: Path) -> Iterator[Restored | NotRestored]:
    """Restore the input of every record in a folder that a run wrote, or in one file of it."""
    if source.is_dir():
        for file in _record_files(source):
            yield from _restore_file(file)
    else:
        sidecar = source.with_name(source.name + SIDECAR_SUFFIX)
        yield from _restore_file(sidecar if sidecar.is_file() else source)


def _record_files(folder: Path) -> Iterator[Path]:
    """Find the files with records: JSON Lines, JSON, and sidecars, but no text that has a sidecar itself."""
    for file in sorted([*folder.rglob("*.json"), *folder.glob(DOCUMENTS)]):
        of_ours = file.relative_to(folder).parts[0] == STATE_FOLDER
        if not of_ours and not file.with_name(file.name + SIDECAR_SUFFIX).is_file():
            yield file


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
        name = _safe_name(record.get("path"), file)
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


def _safe_name(name: object, file: Path) -> str:
    """Take the input's name from its record, unless it leads out of the folder that we restore to."""
    if not isinstance(name, str):
        return file.name
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
