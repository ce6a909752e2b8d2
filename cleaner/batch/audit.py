"""What was done to each document, kept beside the outputs of every run, small enough to be kept always.

A line of JSON for each document, compressed with zstd, in a file for each shard under ``_clean/edits``. The cleaned
text and the line rebuild the decoded input; of a document that was left out the line says why.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from cleaner.batch.compression import DamagedError, packed, unpacked
from cleaner.batch.outcome import Outcome
from cleaner.config import Compression
from cleaner.model import Document, Edit

SUFFIX = ".jsonl.zst"


def audit_folder(state: Path) -> Path:
    """Give the folder of the audit files under the folder that a run keeps its notes in."""
    return state / "edits"


def quarantine_folder(state: Path) -> Path:
    """Give the folder of the records that could not be cleaned, in a folder for each shard, named as its audit file."""
    return state / "quarantine"


def audit_line(document: Document, name: str, text_digest: str, digest: str, *, output: str, whole: bool) -> bytes:
    """Write down how a document was cleaned.

    ``output`` is the file of its own that it went to; a ``whole`` line holds the text, for an output that does not.
    """
    edits = [list(_pieces(edit)) for edit in document.edits]
    record = {
        "name": name,
        **({"output": output} if output else {}),
        **({"text": document.text} if whole else {}),
        "sha256": digest,
        "text_sha256": text_digest,
        "markup": document.markup,
        "encoding": document.encoding,
        "edits": edits,
    }
    return (json.dumps(record, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def left_out_line(outcome: Outcome) -> bytes:
    """Write down why an input was not cleaned."""
    record = {"name": outcome.name, "outcome": outcome.kind, "reason": outcome.reason, "detail": outcome.detail}
    return (json.dumps(record) + "\n").encode()


def _pieces(edit: Edit) -> Sequence[Any]:
    return edit.start, edit.end, edit.replacement, edit.rule, edit.reason, edit.removed


def edits_of(record: dict[str, Any]) -> tuple[Edit, ...]:
    """Read the edits of a line back."""
    return tuple(Edit(*pieces) for pieces in record["edits"])


class AuditFile:
    """The audit of one shard, while it is written."""

    def __init__(self, file: Path) -> None:
        self._raw: IO[bytes] = file.open("wb")
        self._packed = packed(self._raw, Compression.ZSTD)
        self.is_empty = True

    def put(self, line: bytes) -> None:
        """Add a line."""
        self._packed.write(line)
        self.is_empty = False

    def close(self) -> None:
        """Complete the file; whatever the disk says, it is closed then."""
        try:
            self._packed.close()
        finally:
            self._raw.close()


def read_audit(file: Path) -> Iterator[dict[str, Any]]:
    """Read the lines of an audit file. Raises :class:`~cleaner.batch.compression.DamagedError` for a damaged one."""
    with file.open("rb") as raw:
        for line in unpacked(raw, Compression.ZSTD):
            yield json.loads(line)


def outputs_of(state: Path, audit: str, folder: str) -> Iterator[str]:
    """Name what the documents of a file of many became, where each has a file of its own in ``folder``, an output."""
    with suppress(OSError, ValueError, DamagedError):  # then nobody knows
        for line in read_audit(audit_folder(state) / audit):
            name = line.get("output", "")
            if name.startswith(folder) and ".." not in name.split("/"):
                yield name
