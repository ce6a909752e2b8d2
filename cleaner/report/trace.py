"""A cleaning that was watched: the document, and each pass over it with its place in the input."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from cleaner.model import Document, Edit
from cleaner.pipeline import Cleaner, Pass
from cleaner.resolve import compose


@dataclass(frozen=True)
class Look:
    """One pass, and where the rows of its page stand in the input."""

    done: Pass
    spans: tuple[tuple[int, int], ...]
    """For each row of the page the characters of the input, ``start:end``."""

    def rows_in(self, start: int, end: int) -> list[int]:
        """Give the rows that share characters with ``start:end`` of the input."""
        return [row for row, (first, last) in enumerate(self.spans) if first < end and last > start]


@dataclass(frozen=True)
class Trace:
    """A document and how it came to be. ``input`` is the decoded text; of HTML, what a reader sees of the page."""

    document: Document
    passes: tuple[Pass, ...]

    @cached_property
    def input(self) -> str:
        """The text that was cleaned."""
        return self.document.restore()

    @cached_property
    def looks(self) -> tuple[Look, ...]:
        """The passes, with the places of their rows in the input."""
        found: list[Look] = []
        edits: list[Edit] = []
        for done in self.passes:
            page = done.page
            first = origins(page.starts, edits)
            last = origins([end - 1 for end in page.ends], edits)
            found.append(Look(done, tuple((start, end + 1) for start, end in zip(first, last, strict=True))))
            if done.edits:
                edits = compose(self.input, edits, done.edits)
        return tuple(found)


def trace(cleaner: Cleaner, raw: str | bytes, url: str | None = None) -> Trace:
    """Clean a document as :meth:`Cleaner.clean` does, and note each pass."""
    passes: list[Pass] = []
    document = cleaner.clean(raw, url, watch=passes.append)
    return Trace(document, tuple(passes))


def origins(offsets: Sequence[int], edits: Sequence[Edit]) -> list[int]:
    """Give where characters of the edited text stood in the original one.

    A character that an edit wrote stands where that edit begins.
    """
    begins: list[int] = []
    moved = 0
    for edit in edits:
        begins.append(edit.start + moved)
        moved += len(edit.replacement) - (edit.end - edit.start)
    return [_origin(offset, edits, begins) for offset in offsets]


def _origin(offset: int, edits: Sequence[Edit], begins: Sequence[int]) -> int:
    at = bisect_right(begins, offset) - 1
    if at < 0:
        return offset
    edit, into = edits[at], offset - begins[at]
    return edit.start if into < len(edit.replacement) else edit.end + into - len(edit.replacement)
