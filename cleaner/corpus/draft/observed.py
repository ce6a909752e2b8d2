"""The pages that a draft is made from, compared: what recurs on them, and what is an article's own."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TypeAlias

import numpy as np

from cleaner.blocks import Page, read, read_html
from cleaner.blocks.page import Zone
from cleaner.corpus.draft.kin import kin
from cleaner.corpus.draft.shapes import shape
from cleaner.decode import decode
from cleaner.heuristics._phrases import NOISE_FAMILIES
from cleaner.heuristics.title import find as find_title
from cleaner.measures import Bools, rows_where
from cleaner.model import Document, NotTextError
from cleaner.phrases import Lexicon
from cleaner.sniff import kind_of

Raw: TypeAlias = tuple[bytes | str | None, str | None]
"""A page as it came, None where it cannot be read, and what the server said of its encoding."""

Rows: TypeAlias = dict[int, Bools]
"""For each page, by its number, the rows in the elements of one selector."""

RECURRING_SHARE = 0.3
"""Share of the pages from which a line recurs: menus stand on all, a box on some."""
LEAST_PAGES = 2
STANDING_SHARE = 0.6
"""Share of the pages from which a sentence is the site's and no author's."""
ON_ALL = 0.9
"""Share of the pages that have what a site says below each article."""
ENDING_SHARE = 0.4
"""Share of the pages on which nothing of the article stands below it."""
LINKED = 0.5
"""Share of link text from which a row is no author's line."""
LONGEST = 200.0
"""Latin characters of a line that has a shape; a longer one says something of its own."""
SENTENCE_WORDS = 4
"""Words from which a line that ends as a sentence may be an author's."""


@dataclass(eq=False)
class Observed:
    """A page, and what is known of its rows once all pages are compared."""

    source: str
    """The decoded page as it came."""
    page: Page
    survives: Bools
    """Rows that the cleaner leaves without a draft, with the scorer or without it."""
    keys: list[str] = field(default_factory=list)
    """Each row's shape, letter case aside: rows of one key read alike but for dates and numbers."""
    recurs: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    own: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    """Prose that does not recur: the article."""
    standing: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    """Prose that recurs on most pages, before or after the article."""
    aside: Bools = field(default_factory=lambda: np.zeros(0, np.bool_))
    """Rows that are known to be no article's, whatever they say: comments, what an advertisement says."""
    title: int | None = None
    document: Document | None = None
    """What the cleaner makes of it without a draft."""

    @property
    def is_html(self) -> bool:
        """Whether the page has a tree."""
        return self.page.dom is not None

    @cached_property
    def bounds(self) -> tuple[int, int]:
        """The first row of the article's own prose, and one past the last."""
        rows = rows_where(self.own)
        return (int(rows[0]), int(rows[-1]) + 1) if len(rows) else (0, 0)

    def zone(self, row: int) -> Zone:
        """Tell where a row lies, seen from the article's own prose."""
        first, end = self.bounds
        return "head" if row < first else "tail" if row >= end else "body"

    def is_sentence(self, row: int) -> bool:
        """Tell whether a row may be a sentence of an author: it ends as one does, and does not recur."""
        measures = self.page.measures
        return bool(measures.ends[row] and measures.words[row] >= SENTENCE_WORDS and not self.recurs[row])

    @property
    def may_have_kin(self) -> Bools:
        """Rows whose line may be the same as another but for a name: inside and after the article, not prose."""
        may = (self.page.measures.weight <= LONGEST) & ~np.asarray(self.page.headings, np.bool_) & ~self.page.prose
        may[self.page.rows("byline")] = False
        may[: self.bounds[0]] = False
        return may

    def set_aside(self, rows: Bools) -> None:
        """Say that some rows are not the article's; of all its prose nothing can be said so."""
        if (self.own & ~rows).any():
            self.aside = self.aside | rows
            self.set_own(self.own & ~rows)

    def set_own(self, rows: Bools) -> None:
        """Say which rows are the article's."""
        self.own = rows
        for name in ("bounds", "precious"):
            self.__dict__.pop(name, None)

    @cached_property
    def precious(self) -> Bools:
        """Rows that no rule may take: the article from its first to its last prose, and its title.

        Between its prose, not what recurs, nor links, nor what a phrase of a known family of noise marks.
        """
        first, end = self.bounds
        precious = self.own.copy()
        noise = self.recurs | self.aside | (self.page.links >= LINKED) | self.page.marked(*NOISE_FAMILIES)
        precious[first:end] |= ~noise[first:end]
        if self.title is not None:
            precious[self.title] = True
        return precious


class Site:
    """All pages of one site that a draft is made from."""

    def __init__(self, pages: Sequence[Observed]) -> None:
        self.count = len(pages)
        self.least = max(LEAST_PAGES, math.ceil(RECURRING_SHARE * self.count))
        self.most = max(LEAST_PAGES, math.ceil(STANDING_SHARE * self.count))
        for seen in pages:
            seen.keys = [shape(line).casefold() for line in seen.page.visible]
        self._compare(pages)
        if self._name_kin(pages):
            self._compare(pages)
        self.pages = [seen for seen in pages if seen.own.any()]
        """The pages that have an article."""
        self._set_aside_what_follows()
        inner = {
            seen.keys[row]
            for seen in self.pages
            for row in rows_where(seen.page.prose & seen.recurs).tolist()
            if seen.zone(row) == "body"
        }
        self.quoted = inner
        """Prose that recurs, but stands inside an article somewhere: it is left alone."""
        for seen in self.pages:
            outside = np.fromiter((key not in inner for key in seen.keys), np.bool_, len(seen.keys))
            seen.standing = seen.page.prose & seen.recurs & outside
            seen.title = _title(seen)

    def _compare(self, pages: Sequence[Observed]) -> None:
        """Tell what recurs, and what is an article's own."""
        self.frequency = Counter(key for seen in pages for key in set(seen.keys))
        for seen in pages:
            often = np.fromiter((self.frequency[key] for key in seen.keys), np.int64, len(seen.keys))
            prose = seen.page.prose
            seen.aside = np.zeros(len(seen.page), np.bool_)
            seen.recurs = often >= np.where(prose, self.most, self.least)
            own = prose & ~seen.recurs
            seen.set_own(own & seen.survives if (own & seen.survives).any() else own)

    def _set_aside_what_follows(self) -> None:
        """Set aside what stands behind prose that ends the article on many pages and is on nearly all: comments.

        What a site says below each article, it says below those, too, that somebody has commented on.
        """
        least = ENDING_SHARE * len(self.pages)
        for key, count in self.spread.items():
            if count < ON_ALL * len(self.pages):
                continue
            last = {id(seen): (seen, row) for seen, row in self.occurrences(key)}.values()
            if sum(bool(seen.page.prose[row]) and seen.zone(row) == "tail" for seen, row in last) < least:
                continue
            for seen, row in last:
                behind = np.zeros(len(seen.page), np.bool_)
                behind[row + 1 :] = True
                seen.set_aside(behind)

    def _name_kin(self, pages: Sequence[Observed]) -> bool:
        """Let lines inside and after the articles have one key if they differ in a name alone; tell whether any do.

        Sentences only if one of them recurs as it is: many articles are written on one pattern.
        """
        rows = [(seen, row) for seen in pages for row in rows_where(seen.may_have_kin).tolist()]
        counts = Counter(key for key, _ in {(seen.keys[row], id(seen)) for seen, row in rows})
        sentences = {seen.keys[row] for seen, row in rows if seen.is_sentence(row)}
        shared = kin(counts, lambda key: key not in sentences or counts[key] >= self.least)
        for seen, row in rows:
            seen.keys[row] = shared.get(seen.keys[row], seen.keys[row])
        return bool(shared)

    def occurrences(self, key: str) -> list[tuple[Observed, int]]:
        """Give every row of a key."""
        return self._rows.get(key, [])

    @cached_property
    def spread(self) -> Counter[str]:
        """The number of pages with an article that each key is on."""
        return Counter(key for seen in self.pages for key in set(seen.keys))

    @cached_property
    def _rows(self) -> dict[str, list[tuple[Observed, int]]]:
        rows: dict[str, list[tuple[Observed, int]]] = {}
        for seen in self.pages:
            for row, key in enumerate(seen.keys):
                rows.setdefault(key, []).append((seen, row))
        return rows


def _title(seen: Observed) -> int | None:
    """Find the title as it is found once recurring sentences before the article are gone."""
    rows = rows_where(~seen.standing).tolist()
    gaps = ["\n\n" if seen.page.gaps[row] else "\n" for row in rows]
    found = find_title(seen.page.only(rows, ["", *gaps[1:]])) if rows else None
    return rows[found] if found is not None else None


def page_of(raw: Raw) -> tuple[str, Page] | None:
    """Decode and read a page; None for what is no page: a binary file, a feed, an empty file."""
    content, charset = raw
    try:
        text = decode(content, declared=charset).text if isinstance(content, bytes) else content or ""
    except NotTextError:
        return None
    kind = kind_of(text)
    if kind == "feed":
        return None
    page = read_html(text, Lexicon.load()) if kind == "html" else read(text, Lexicon.load())
    return (text, page) if len(page) else None


def survivors(page: Page, documents: Iterable[Document]) -> Bools:
    """Tell which rows of a page are left, in whole or in part, in any of these cleanings of it."""
    survives = np.zeros(len(page), np.bool_)
    starts, ends = np.asarray(page.starts), np.asarray(page.ends)
    for document in documents:
        left = np.ones(len(page), np.bool_)
        for start, end in _gone(page, document):
            left &= (starts < start) | (ends > end)
        survives |= left
    return survives


def _gone(page: Page, document: Document) -> list[tuple[int, int]]:
    """Give the stretches of a page's text that a cleaning removed: two with nothing but white space between are one."""
    gone: list[tuple[int, int]] = []
    for edit in document.edits:
        if edit.start == edit.end:
            continue
        if gone and not page.text[gone[-1][1] : edit.start].strip():
            gone[-1] = (gone[-1][0], edit.end)
        else:
            gone.append((edit.start, edit.end))
    return gone
