"""JSON Lines: a record a line. The lines are told apart here and read as JSON by the worker."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from cleaner.batch.outcome import Kind, Problem
from cleaner.batch.records import Form, Record

_CHUNK = 1 << 20

BLANK = b" \t\r\n\x0b\x0c"


def read_jsonl(file: IO[bytes], limit: int) -> Iterator[Record]:
    """Read lines. Blank ones are no records; what is left of a line beyond the limit is passed over in pieces."""
    at = 0
    while line := file.readline(limit + 1):
        start, at = at, at + len(line)
        if len(line) > limit and not line.endswith(b"\n"):
            head = line[:_CHUNK]
            at += _to_line_end(file)
            too_large = Problem(Kind.QUARANTINED, f"larger than {limit / 1e6:g} MB", f"a line of {at - start:,} bytes")
            yield Record(Form.LINE, head, problem=too_large, start=start)
        elif start == 0 and line.startswith(b"\xef\xbb\xbf"):
            yield Record(Form.LINE, line[3:], start=start)
        elif line.strip(BLANK):
            yield Record(Form.LINE, line, start=start)


def _to_line_end(file: IO[bytes]) -> int:
    passed = 0
    while piece := file.readline(_CHUNK):
        passed += len(piece)
        if piece.endswith(b"\n"):
            break
    return passed
