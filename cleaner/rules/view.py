"""A page as patterns see it: its lines joined into one text, and the time that is left for them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from copy import copy
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from time import monotonic
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from cleaner.rules.fold import fold

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    import regex

    from cleaner.blocks.page import Page
    from cleaner.rules.patterns import Pattern
    from cleaner.rules.schema import Where

_LINE_BREAK = 10
_SHARE = 0.25
"""The share of the time left that one rule may use, so that a bad one leaves time for the others."""
_LEAST_SHARE = 0.001


class Clock:
    """The time limit of one document, handed out rule by rule."""

    def __init__(self, limit: float) -> None:
        self._end = monotonic() + limit
        self._rule_end = self._end

    def start_rule(self) -> None:
        """Give the next rule its share of the time left."""
        now = monotonic()
        self._rule_end = now + max(_LEAST_SHARE, (self._end - now) * _SHARE)

    def left(self) -> float:
        """Give the seconds that the current rule still has; raises TimeoutError when it has none."""
        left = self._rule_end - monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class Zone(NamedTuple):
    """The rows that a rule may touch: ``first`` up to but not including ``end``."""

    first: int
    end: int


@dataclass(frozen=True, eq=False)
class Sheet:
    """Lines of a page joined into one text, with a line break between them."""

    lines: Sequence[str]
    rows: Sequence[int]
    """The page's row of each line, ascending."""
    starts: Sequence[int]
    """Where each line starts in the text."""
    text: str

    @cached_property
    def folded(self) -> bytes:
        """The text with its letter case folded, in UTF-8, which the automaton scans faster than text."""
        return fold(self.text).encode("utf-8", "surrogatepass")

    @cached_property
    def _breaks(self) -> list[int]:
        breaks: list[int] = np.flatnonzero(np.frombuffer(self.folded, np.uint8) == _LINE_BREAK).tolist()
        return breaks

    def line_of_byte(self, offset: int) -> int:
        """Give the number of the line that an offset of the folded text lies in."""
        return bisect_left(self._breaks, offset)

    def line_at(self, offset: int) -> int:
        """Give the number of the line that an offset of the text lies in."""
        return bisect_right(self.starts, offset) - 1

    def scan(self, pattern: regex.Pattern[str], zone: Zone, clock: Clock) -> Iterator[tuple[int, regex.Match[str]]]:
        """Give each match in the zone, with its line number."""
        first, end = bisect_left(self.rows, zone.first), bisect_left(self.rows, zone.end)
        if first < end:
            stop = self.starts[end] - 1 if end < len(self.lines) else len(self.text)
            for found in pattern.finditer(self.text, self.starts[first], stop, timeout=clock.left()):
                yield self.line_at(found.start()), found


class View:
    """A page as patterns see it: each line as it stands, and as a reader sees it where that differs."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.raw = Sheet(page.lines, range(len(page)), page.joined_starts, page.joined)
        self.sheets: Sequence[Sheet] = [self.raw]
        if page.visible != page.lines:
            self.sheets = [self.raw, _visible_sheet(page)]
        self._bounds = (page.head_end, page.tail_start)

    def without(self, rows: Collection[int]) -> View | None:
        """Give the view whose zones are seen from the prose outside some rows; None where they are the same."""
        prose = [row for row in self.page.prose_rows.tolist() if row not in rows]
        bounds = (prose[0], prose[-1] + 1) if prose else self._bounds
        if bounds == self._bounds:
            return None
        other = copy(self)
        other._bounds = bounds
        return other

    @cached_property
    def every_line(self) -> frozenset[str]:
        """All lines, in both forms."""
        return frozenset(self.page.lines).union(*(sheet.lines for sheet in self.sheets[1:]))

    def zone(self, where: Where) -> Zone:
        """Give the rows of a zone; a page without prose has no zones but the whole page."""
        page = self.page
        if where == "any":
            return Zone(0, len(page))
        if not page.has_prose:
            return Zone(0, 0)
        first, end = self._bounds
        bounds = {"head": (0, first), "body": (first, end), "tail": (end, len(page))}
        return Zone(*bounds[where])

    def rows_like(self, literals: frozenset[str], zone: Zone) -> list[int]:
        """Give the rows of the zone that read like one of the literals."""
        rows: set[int] = set()
        for sheet in self.sheets:
            first, end = bisect_left(sheet.rows, zone.first), bisect_left(sheet.rows, zone.end)
            rows.update(sheet.rows[at] for at in range(first, end) if sheet.lines[at] in literals)
        return sorted(rows)

    def rows_matching(self, pattern: Pattern, zone: Zone, clock: Clock) -> list[int]:
        """Give the rows of the zone that match the pattern from end to end."""
        rows = {sheet.rows[line] for sheet in self.sheets for line, _ in sheet.scan(pattern.whole, zone, clock)}
        return sorted(rows)


def _visible_sheet(page: Page) -> Sheet:
    changed = [row for row, line in enumerate(page.visible) if line and line != page.lines[row]]
    lines = [page.visible[row] for row in changed]
    starts = list(accumulate((len(line) + 1 for line in lines), initial=0))[:-1]
    return Sheet(lines, changed, starts, "\n".join(lines))


def view_of(page: Page) -> View:
    """Give the view of a page; it is made once, since recognising and matching both look at it."""
    known = page.memo.get(View)
    if known is None:
        known = page.memo[View] = View(page)
    view: View = known
    return view
