"""Examples of a draft: shortened pages that show its rules at work, and a page of near misses, all of them tried."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from html import escape

import numpy as np

from cleaner.corpus.draft.markup import element
from cleaner.corpus.draft.observed import Observed, Site
from cleaner.corpus.draft.shapes import SENTENCE_ENDS
from cleaner.corpus.draft.sketch import Sketch
from cleaner.measures import rows_where
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet, tables
from cleaner.rules.examples import cleaned, lines_of
from cleaner.rules.from_page import Exemplifier, UnshownError
from cleaner.rules.load import RuleFile
from cleaner.rules.tables import Table

MOST = 6
"""Shortened pages of a draft."""
MOST_LINES = 4
"""Lines that one rule takes, and an example shows."""
PARAGRAPHS = 3
"""Paragraphs that an example shows."""


class Examples:
    """Writes the examples of one draft. ``rules`` are those installed, with the draft's ``file`` among them."""

    def __init__(self, site: Site, rules: RuleSet, file: RuleFile) -> None:
        self._site = site
        self._file = file
        self._cleaner = Cleaner(rules=rules, scorer=None)
        self._maker = Exemplifier(rules, file, lambda some: Cleaner(rules=some, scorer=None).clean)
        self.shown: set[str] = set()
        """Names of the rules that examples show at work."""

    def write(self, sketches: Sequence[Sketch], content: str | None) -> str:
        """Write examples for all of these rules, as far as they can be shown."""
        lines = [sketch for sketch in sketches if "css" not in sketch.keys]
        elements = [sketch for sketch in sketches if "css" in sketch.keys]
        parts = list(self._elements(elements, content)) if elements or content else []
        # prose of the site takes part in the zones: the other rules are shown without it
        standing = frozenset(sketch.id for sketch in lines if sketch.standing)
        parts += self._pages({sketch.id for sketch in lines} - standing, without=standing)
        parts += self._pages(standing)
        parts += self._near_misses(lines)
        return "\n\n".join(parts)

    # --- shortened pages ---------------------------------------------------------------------------------------

    def _pages(self, wanted: Set[str], without: Set[str] = frozenset()) -> Iterator[str]:
        """Shorten pages until each of some rules is shown, those that show most of them first."""
        left = [(seen, self._taken(seen)) for seen in self._site.pages] if wanted else []
        for _ in range(MOST):
            missing = wanted - self.shown
            seen, taken = max(left, key=lambda pair: len(missing & set(pair[1].values())), default=(None, {}))
            if seen is None or not missing & set(taken.values()):
                return
            left = [pair for pair in left if pair[0] is not seen]
            try:
                table = self._maker.of_page(_shortened(seen, taken, without))
            except UnshownError:
                continue
            yield self._shown(table)

    def _taken(self, seen: Observed) -> dict[int, str]:
        """Give the rows of a page that the draft takes, each with its rule's name."""
        taken: dict[int, str] = {}
        starts, ends = np.asarray(seen.page.starts), np.asarray(seen.page.ends)
        for edit in self._cleaner.clean(seen.source, f"https://{self._file.id}/").edits:
            file, _, name = edit.rule.partition("/")
            if file == self._file.id:
                rows = rows_where((starts >= edit.start) & (ends <= edit.end)).tolist()
                taken |= dict.fromkeys(rows, name)
        return taken

    def _shown(self, table: Table) -> str:
        """Note which rules an example shows, and give it."""
        rules = (edit.rule.partition("/") for edit in cleaned(self._file, table.example, self._cleaner.clean).edits)
        self.shown |= {name for file, _, name in rules if file == self._file.id}
        return table.toml

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

    # --- elements ----------------------------------------------------------------------------------------------

    def _elements(self, sketches: Sequence[Sketch], content: str | None) -> Iterator[str]:
        """Write a page of HTML that has each element which a rule takes or reads, and the article's own."""
        html = _page_of(self._site.pages[0], sketches, content)
        document = cleaned(self._file, tables.html(html, [], is_near_miss=False).example, self._cleaner.clean)
        meta = self._maker.meta(document)
        table = tables.html(html, lines_of(document.text), meta, is_near_miss=False)
        own = _paragraphs(self._site.pages[0])
        if self._maker.failure(table) is None and all(line in document.text for line in own):
            self.shown |= {sketch.id for sketch in sketches}
            yield f"# Each element that a rule names, around and between the paragraphs of an article.\n{table.toml}"


def _quoting(line: str, sentence: str) -> str:
    """Begin a sentence with a line of the page's furniture."""
    return f"{line} {sentence}" if line.endswith(tuple(SENTENCE_ENDS + ":：")) else f"{line}: {sentence}"


def _shortened(seen: Observed, taken: dict[int, str], without: Set[str]) -> str:
    """Give a page with a few of the lines that each rule takes, and a few paragraphs; of HTML no elements but these."""
    own = rows_where(seen.own).tolist()
    chosen = {*own[: PARAGRAPHS - 1], own[-1]} | ({seen.title} if seen.title is not None else set())
    count: dict[str, int] = {}
    for row, name in taken.items():
        count[name] = count.get(name, 0) + 1
        if count[name] <= MOST_LINES and name not in without:
            chosen.add(row)
    rows = sorted(chosen)
    if seen.is_html:
        lines = [f"<p>{escape(seen.page.visible[row], quote=False)}</p>" for row in rows]
        return "\n".join(["<html><body>", *lines, "</body></html>"])
    return "\n".join(("\n" if seen.page.gaps[row] and row != rows[0] else "") + seen.page.lines[row] for row in rows)


def _paragraphs(seen: Observed) -> list[str]:
    return [seen.page.visible[row] for row in rows_where(seen.own).tolist()][:PARAGRAPHS]


def _page_of(seen: Observed, sketches: Sequence[Sketch], content: str | None) -> str:
    """Write a page of HTML with all elements that rules name."""
    first, *others = [f"<p>{escape(line, quote=False)}</p>" for line in _paragraphs(seen)]
    title = escape(seen.page.visible[seen.title], quote=False) if seen.title is not None else ""
    selectors = content.split(", ") if content else []
    is_apart = len(selectors) > 1
    heads = [element(selectors[0], title) if is_apart else f"<h1>{title}</h1>"] if title else []
    dropped = [html for sketch in sketches for html in sketch.html if sketch.verb == "drop"]
    read = [html for sketch in sketches for html in sketch.html if sketch.verb == "capture"]
    body = "\n".join([*([] if is_apart else heads), first, *dropped, *others])
    root = element(selectors[-1], f"\n{body}\n") if selectors else body
    outside = [f"<div>{escape(line, quote=False)}</div>" for line in _outside(seen)] if content else []
    return "\n".join(["<html><body>", *outside, *(heads if is_apart else []), *read, root, "</body></html>"])


def _outside(seen: Observed) -> list[str]:
    """Give a line that recurs before or after an article, to be left out."""
    rows = [row for row in rows_where(seen.recurs).tolist() if seen.zone(row) != "body"]
    return [seen.page.visible[row] for row in rows[:1]]
