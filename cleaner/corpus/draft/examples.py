"""Examples of a draft: shortened pages that show its rules at work, and a page of near misses, all of them tried."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from typing import NamedTuple

import numpy as np

from cleaner.corpus.draft.excerpt import excerpt
from cleaner.corpus.draft.observed import Observed, Site
from cleaner.corpus.draft.shapes import SENTENCE_ENDS
from cleaner.corpus.draft.sketch import Sketch
from cleaner.measures import Bools, rows_where
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet, tables
from cleaner.rules.examples import cleaned, lines_of
from cleaner.rules.from_page import Exemplifier, UnshownError
from cleaner.rules.load import RuleFile
from cleaner.rules.schema import CONTENT, Value
from cleaner.rules.tables import Table

MOST = 6
"""Shortened pages of a draft."""
MOST_LINES = 4
"""Lines that one rule takes, and an example shows."""
READS = "reads"
"""What a rule does that takes a value from an element, and not always the element."""
PARAGRAPHS = 3
"""Paragraphs that an example shows."""


class _Taking(NamedTuple):
    """What an example is to show: a rule, and why it takes a line, which names the selector of an element."""

    rule: str
    reason: str


class Examples:
    """Writes the examples of one draft. ``rules`` are those installed, with the draft's ``file`` among them."""

    def __init__(self, site: Site, rules: RuleSet, file: RuleFile) -> None:
        self._site = site
        self._file = file
        self._cleaner = Cleaner(rules=rules, scorer=None)
        self._maker = Exemplifier(rules, file, lambda some: Cleaner(rules=some, scorer=None).clean)
        self._reads = {rule.name: rule.selector.css for rule in file.rules if isinstance(rule.selector, Value)}
        """The selectors of the rules that read elements."""
        self._taken = {id(seen): self._taken_from(seen) for seen in site.pages}
        """For each page, by its identity, the rows that the draft takes, and why."""
        self._shown: set[_Taking] = set()
        self._kept: set[str] = set()
        """Lines that stay in examples."""

    def write(self, sketches: Sequence[Sketch], content: str | None) -> str:
        """Write examples for all of these rules, as far as they can be shown."""
        lines = [sketch for sketch in sketches if "css" not in sketch.keys]
        elements = {sketch.id for sketch in sketches if "css" in sketch.keys} | ({CONTENT} if content else set())
        # prose of the site takes part in the zones: the other rules are shown without it
        standing = frozenset(sketch.id for sketch in lines if sketch.standing)
        parts = list(self._pages(elements | {sketch.id for sketch in lines} - standing, without=standing))
        parts += self._pages(standing)
        parts += self._near_misses(lines)
        return "\n\n".join(parts)

    def shows(self, sketch: Sketch) -> bool:
        """Tell whether an example shows a rule at work: what it takes, or reads, or keeps."""
        if sketch.verb == "keep":
            titles = {seen.page.visible[seen.title] for seen in self._site.pages if seen.title is not None}
            return not titles.isdisjoint(self._kept)
        return any(taking.rule == sketch.id for taking in self._shown)

    # --- shortened pages ---------------------------------------------------------------------------------------

    def _pages(self, wanted: Set[str], without: Set[str] = frozenset()) -> Iterator[str]:
        """Shorten pages until each of some rules is shown, with each of its selectors, those that show most first."""
        left = list(self._site.pages) if wanted else []
        for _ in range(MOST):
            missing = [self._missing(seen, wanted) for seen in left]
            most = max(map(len, missing), default=0)
            if not most:
                return
            seen = left.pop([len(some) for some in missing].index(most))
            try:
                table = self._table(seen, without)
            except UnshownError:
                continue
            self._note(table)
            yield table.toml

    def _missing(self, seen: Observed, wanted: Set[str]) -> set[_Taking]:
        """Give what a page could show, and no example does yet."""
        return {taking for taking in self._taken[id(seen)].values() if taking.rule in wanted} - self._shown

    def _table(self, seen: Observed, without: Set[str]) -> Table:
        """Make an example of a page, with a few of the lines that each rule takes. Raises :class:`UnshownError`."""
        taken = self._taken[id(seen)]
        rows = _rows(seen, taken, without)
        if not seen.is_html:
            return self._maker.of_page(_shortened(seen, rows))
        table = self._maker.as_it_is(excerpt(seen.page, rows))
        if foreign := _foreign(seen, table, taken):
            rows[foreign] = False
            table = self._maker.as_it_is(excerpt(seen.page, rows))
        return table

    def _taken_from(self, seen: Observed) -> dict[int, _Taking]:
        """Give the rows of a page that the draft takes, or takes a part of, each with what does."""
        taken: dict[int, _Taking] = {}
        starts, ends = np.asarray(seen.page.starts), np.asarray(seen.page.ends)
        for edit in self._cleaner.clean(seen.source, f"https://{self._file.id}/").edits:
            file, _, name = edit.rule.partition("/")
            if file == self._file.id:
                rows = rows_where((starts < edit.end) & (ends > edit.start)).tolist()
                taken |= dict.fromkeys(rows, _Taking(name, edit.reason))
        for name, selectors in self._reads.items():
            for row in self._read(seen, selectors):
                taken[row] = _Taking(name, READS)
        return taken

    @staticmethod
    def _read(seen: Observed, selectors: Iterable[str]) -> Iterator[int]:
        """Give the rows of elements that are read."""
        assert seen.page.dom is not None
        for selector in selectors:
            outer, _, place = selector.rpartition(" ")
            whole = outer if ":nth" in place else selector  # a place counts what stands before
            for span in seen.page.dom.select(whole):
                yield from seen.page.rows_at(span)

    def _note(self, table: Table) -> None:
        """Note what an example shows."""
        document = cleaned(self._file, table.example, self._cleaner.clean)
        for edit in document.edits:
            file, _, name = edit.rule.partition("/")
            if file == self._file.id:
                self._shown.add(_Taking(name, edit.reason))
        for rule in self._file.rules:
            if rule.name in self._reads and rule.fields <= set(table.example.meta):
                self._shown.add(_Taking(rule.name, READS))
        self._kept |= set(lines_of(document.text))

    # --- near misses -------------------------------------------------------------------------------------------

    def _near_misses(self, sketches: Sequence[Sketch]) -> Iterator[str]:
        """Write a page with lines of the head and the tail between its paragraphs, and others within a sentence."""
        seen = self._site.pages[0]
        own = [seen.page.lines[row] for row in rows_where(seen.own).tolist()]
        first, second, short = own[0], own[-1], min(own, key=len)
        drops = [sketch for sketch in sketches if sketch.verb == "drop" and sketch.line]
        lines = [drop.line if "where" in drop.keys else _quoting(drop.line, short) for drop in drops]
        staying = [line for line in lines if self._maker.failure(tables.keep(f"{first}\n\n{line}\n\n{second}")) is None]
        table = tables.keep("\n\n".join([first, *staying, second]))
        if staying and self._maker.failure(table) is None:
            yield f"# What looks like it and stays: elsewhere on the page, or as a part of a sentence.\n{table.toml}"


def _foreign(seen: Observed, table: Table, taken: Mapping[int, _Taking]) -> list[int]:
    """Give the rows that come out of an example and are not the article's: no file should say that they are to stay."""
    lines = set(lines_of(table.example.expected))
    stay = [row for row, line in enumerate(seen.page.lines) if line in lines and not seen.precious[row]]
    return [row for row in stay if taken.get(row, _Taking("", "")).reason != READS]


def _quoting(line: str, sentence: str) -> str:
    """Begin a sentence with a line of the page's furniture."""
    return f"{line} {sentence}" if line.endswith(tuple(SENTENCE_ENDS + ":：")) else f"{line}: {sentence}"


def _rows(seen: Observed, taken: Mapping[int, _Taking], without: Set[str]) -> Bools:
    """Choose a few of the rows that each rule takes, a few paragraphs, and the title."""
    own = rows_where(seen.own).tolist()
    chosen = np.zeros(len(seen.page), np.bool_)
    chosen[[*own[: PARAGRAPHS - 1], own[-1]]] = True
    if seen.title is not None:
        chosen[seen.title] = True
    count: Counter[_Taking] = Counter()
    for row, taking in taken.items():
        count[taking] += 1
        if count[taking] <= MOST_LINES and taking.rule not in without:
            chosen[row] = True
    return chosen


def _shortened(seen: Observed, rows: Bools) -> str:
    """Give the lines of some rows of a page."""
    chosen = rows_where(rows).tolist()
    gaps = ("\n" if seen.page.gaps[row] and row != chosen[0] else "" for row in chosen)
    return "\n".join(gap + seen.page.lines[row] for gap, row in zip(gaps, chosen, strict=True))
