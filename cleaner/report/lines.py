"""The lines of an input, each with what became of its characters."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

from cleaner.blocks.lines import INVISIBLE
from cleaner.blocks.page import Page
from cleaner.blocks.page import Zone as PageZone
from cleaner.model import Edit
from cleaner.report.elements import Elements
from cleaner.report.trace import Trace
from cleaner.resolve import REJOINED
from cleaner.scorer.line_scorer import Judgement

Fate: TypeAlias = Literal["kept", "removed", "mended"]
State: TypeAlias = Literal["kept", "removed", "added"]
Zone: TypeAlias = PageZone | Literal["none"]

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_SHAPELESS = frozenset(INVISIBLE)


@dataclass(frozen=True, slots=True)
class Piece:
    """Characters of one line that share their fate. Those ``added`` stand in the cleaned text only."""

    state: State
    text: str
    rule: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the input that is not blank."""

    number: int
    """From 1, as editors count."""
    start: int
    end: int
    """Where it stands in the input, white space around it left out."""
    text: str
    pieces: tuple[Piece, ...]
    gap: bool = False
    """A blank line comes before it."""
    joined: bool = False
    """The next line goes on in the same paragraph of the cleaned text."""
    row: int | None = None
    """The row of the page as it was read first; None for a line of characters without a shape."""
    zone: Zone = "none"
    kind: str = ""
    """Of HTML: ``heading 2``, ``item``, ``row`` and so on; empty for a paragraph."""
    path: str = ""
    """Of HTML: the elements that it stands in."""
    judgement: Judgement | None = None
    """What the scorer thinks of it."""

    @property
    def fate(self) -> Fate:
        """What became of the line."""
        states = {piece.state for piece in self.pieces}
        if states <= {"kept"}:
            return "kept"
        return "removed" if states == {"removed"} else "mended"

    @property
    def rules(self) -> tuple[str, ...]:
        """What changed it."""
        return tuple(dict.fromkeys(piece.rule for piece in self.pieces if piece.rule))


def lines_of(trace: Trace, *, judged: bool = True) -> list[Line]:
    """Give all lines of a trace's input that are not blank.

    Edits that change white space alone are no news of a line. ``judged`` asks the scorer about every line.
    """
    first = trace.passes[0] if trace.passes else None
    page = first.page if first is not None else None
    rows = _rows_by_start(page)
    judgements: list[Judgement] = []
    if judged and first is not None and first.scorer is not None and len(first.page):
        judgements = first.scorer.judge(first.page, first.proposals)
    elements = Elements(page) if page is not None and page.dom is not None else None
    lines: list[Line] = []
    for line in _plain(trace.input, trace.document.edits):
        row = rows.get(line.start)
        if page is None or row is None:
            lines.append(line)
            continue
        found = replace(
            line,
            row=row,
            zone=page.zone(row) if page.has_prose else "none",
            judgement=judgements[row] if judgements else None,
        )
        if elements is not None:
            found = replace(found, kind=elements.kind(row), path=elements.path(row))
        lines.append(found)
    return lines


def _rows_by_start(page: Page | None) -> dict[int, int]:
    return {start: row for row, start in enumerate(page.starts)} if page is not None else {}


def _plain(text: str, edits: Sequence[Edit]) -> Iterator[Line]:
    """Cut a text into lines, with the pieces that the edits make of them."""
    upcoming = 0
    gap = False
    for number, found in enumerate(_LINE.finditer(text), start=1):
        if not found[0].strip():
            gap = True
            continue
        start, end = _bare(text, found.start(), found.end())
        while upcoming < len(edits) and edits[upcoming].end < start:
            upcoming += 1
        touching: list[Edit] = []
        joined = False
        for at in range(upcoming, len(edits)):
            edit = edits[at]
            if edit.start > found.end():
                break
            joined |= edit.rule == REJOINED[0] and start < edit.start < found.end()
            if edit.start < end and _counts(text, edit, start, end):
                touching.append(edit)
        yield Line(number, start, end, text[start:end], _pieces(text, start, end, touching), gap, joined)
        gap = False


def _bare(text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out white space, and the shapeless characters around the line that the page leaves out too."""
    bare = text[start:end].strip()
    start = text.index(bare, start)
    end = start + len(bare)
    while start < end and (text[start].isspace() or text[start] in _SHAPELESS):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in _SHAPELESS):
        end -= 1
    return (start, end) if start < end else (end - len(bare), end)


def _counts(text: str, edit: Edit, start: int, end: int) -> bool:
    """Tell whether an edit changes more than white space of the characters ``start:end``."""
    return bool(text[max(start, edit.start) : min(end, edit.end)].strip() or edit.replacement.strip())


def _pieces(text: str, start: int, end: int, edits: Sequence[Edit]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    at = start
    for edit in edits:
        if edit.start > at:
            pieces.append(Piece("kept", text[at : edit.start]))
        gone = text[max(at, edit.start) : min(end, edit.end)]
        if gone:
            pieces.append(Piece("removed", gone, edit.rule, edit.reason))
        if edit.replacement.strip() and edit.start >= start:
            pieces.append(Piece("added", edit.replacement.strip("\r\n"), edit.rule, edit.reason))
        at = max(at, min(end, edit.end))
    if at < end:
        pieces.append(Piece("kept", text[at:end]))
    return tuple(_merged(pieces))


def _merged(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Join neighbours that say the same."""
    held: Piece | None = None
    for piece in pieces:
        if held is not None and (held.state, held.rule, held.reason) == (piece.state, piece.rule, piece.reason):
            held = replace(held, text=held.text + piece.text)
            continue
        if held is not None:
            yield held
        held = piece
    if held is not None:
        yield held
