"""Looks for literals and patterns in a page: one pass for all literals, then the lines that may match."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
import regex
from ahocorasick_rs import BytesAhoCorasick, Implementation

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from cleaner.rules.patterns import Pattern
    from cleaner.rules.schema import Block
    from cleaner.rules.view import Clock, Sheet, View, Zone

Hits: TypeAlias = "Sequence[tuple[Sheet, int]]"
"""Lines that have a literal: the sheet, and the line's number there; in order."""


_SMALL = 16_384
"""Characters of literals up to which the fastest automaton is small enough to be worth its memory."""

_FEW = 24
"""Up to so many lines are tried one by one; scanning the whole page costs less than trying more of them."""


class Literals:
    """An automaton that finds, for many sets of folded literals at once, the lines that have one of them."""

    def __init__(self, wanted: Mapping[int, frozenset[str]]) -> None:
        owners: dict[str, list[int]] = defaultdict(list)
        for owner, words in wanted.items():
            for word in sorted(words):
                owners[word].append(owner)
        self._owners = list(owners.values())
        is_small = sum(map(len, owners)) <= _SMALL
        kind = Implementation.DFA if is_small else Implementation.ContiguousNFA
        encoded = [word.encode("utf-8", "surrogatepass") for word in owners]
        self._automaton = BytesAhoCorasick(encoded, implementation=kind) if owners else None

    def find(self, sheets: Iterable[Sheet]) -> dict[int, list[tuple[Sheet, int]]]:
        """Give the lines of each owner that has any."""
        found: dict[int, list[tuple[Sheet, int]]] = {}
        if self._automaton is None:
            return found
        for sheet in sheets:
            for word, start, _ in self._automaton.find_matches_as_indexes(sheet.folded, overlapping=True):
                hit = sheet, sheet.line_of_byte(start)
                for owner in self._owners[word]:
                    hits = found.setdefault(owner, [])
                    if not hits or hits[-1] != hit:
                        hits.append(hit)
        return found

    def owners(self, folded: bytes) -> set[int]:
        """Give the owners that have a literal anywhere in a folded text."""
        if self._automaton is None:
            return set()
        words = {word for word, _, _ in self._automaton.find_matches_as_indexes(folded, overlapping=True)}
        return {owner for word in words for owner in self._owners[word]}


class Found(NamedTuple):
    """A match, with the row and the offset in it; the offset is of the form of the row that matched."""

    row: int
    start: int
    match: regex.Match[str]

    @property
    def end(self) -> int:
        """The offset in the row where the match ends."""
        return self.start + self.match.end() - self.match.start()


@dataclass(frozen=True, slots=True)
class Search:
    """A search for the patterns of one rule, in its zone and in the lines that may match."""

    view: View
    zone: Zone
    hits: Hits | None
    """The lines that have a literal of the rule's pattern; None where it has no literals."""
    clock: Clock

    def whole(self, pattern: Pattern) -> Iterator[Found]:
        """Give the rows that match from end to end: as they stand, then as a reader sees them."""
        for sheet in self.view.sheets:
            lines = self._lines(sheet)
            if lines is None:
                for line, match in sheet.scan(pattern.whole, self.zone, self.clock):
                    yield Found(sheet.rows[line], 0, match)
                continue
            for line in lines:
                found = pattern.whole.match(sheet.lines[line], timeout=self.clock.left())
                if found is not None:
                    yield Found(sheet.rows[line], 0, found)

    def inside(self, pattern: Pattern) -> Iterator[Found]:
        """Give the matches inside rows as they stand, but for empty ones."""
        raw = self.view.raw
        lines = self._lines(raw)
        if lines is None:
            for line, match in raw.scan(pattern.inside, self.zone, self.clock):
                if match.end() > match.start():
                    yield Found(line, match.start() - raw.starts[line], match)
            return
        for line in lines:
            for match in pattern.inside.finditer(raw.lines[line], timeout=self.clock.left()):
                if match.end() > match.start():
                    yield Found(line, match.start(), match)

    def rows(self, pattern: Pattern, least: int = 1) -> list[int]:
        """Give the rows that match from end to end, in runs of at least so many."""
        return runs({found.row for found in self.whole(pattern)}, least)

    def rows_like(self, literals: frozenset[str], least: int) -> list[int]:
        """Give the rows that read like one of the literals, in runs of at least so many."""
        return runs(self.view.rows_like(literals, self.zone), least)

    def blocks(self, block: Block) -> list[int]:
        """Give the rows of all blocks."""
        starts = self.rows(block.start)
        if not starts:
            return []
        if isinstance(block.to, str):
            return list(range(starts[0], self.zone.end))
        rows: list[int] = []
        lasts = self._last_rows(block.to, starts)
        for start in starts:
            at = bisect_right(lasts, start if block.to else start - 1)
            if at < len(lasts) and (not rows or start > rows[-1]):
                rows.extend(range(start, lasts[at] + 1))
        return rows

    def _last_rows(self, to: Pattern | None, starts: Sequence[int]) -> list[int]:
        """Give the rows that a block can end with."""
        if to is None:
            before_gaps = np.flatnonzero(self.view.page.gaps[1 : self.zone.end]).tolist()
            return [*before_gaps, self.zone.end - 1]
        rest = self.zone._replace(first=starts[0] + 1)
        return self.view.rows_matching(to, rest, self.clock)

    def _lines(self, sheet: Sheet) -> list[int] | None:
        """Give the lines of a sheet to try, or None if it is better scanned as a whole."""
        if self.hits is None:
            return None
        first, end = self.zone
        lines = [line for other, line in self.hits if other is sheet and first <= sheet.rows[line] < end]
        return lines if len(lines) <= _FEW else None


def runs(rows: Iterable[int], least: int) -> list[int]:
    """Give the rows that lie in runs of at least so many, in order."""
    ordered = sorted(rows)
    if least <= 1:
        return ordered
    kept: list[int] = []
    run: list[int] = []
    for row in ordered:
        if run and row != run[-1] + 1:
            run = []
        run.append(row)
        if len(run) == least:
            kept.extend(run)
        elif len(run) > least:
            kept.append(row)
    return kept
