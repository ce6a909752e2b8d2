"""Rules for HTML pages: the article's root, and the elements that recur around it and inside it, by their own names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np

from cleaner.blocks.html import HEADINGS
from cleaner.corpus.draft.boxes import boxes, rows_of
from cleaner.corpus.draft.captures import Captures
from cleaner.corpus.draft.element_names import LANDMARKS, is_given, names_of
from cleaner.corpus.draft.observed import LINKED, Observed, Rows, Site
from cleaner.corpus.draft.sketch import Sketch
from cleaner.heuristics._phrases import NOISE_FAMILIES
from cleaner.measures import Bools, rows_where
from cleaner.rules.values import Value

ROOT_SHARE = 0.9
"""Share of the pages that must have the element of the article's root, or of its headline."""


class ElementRules:
    """Finds the rules by CSS selector of one site; its pages are all HTML."""

    def __init__(self, site: Site) -> None:
        self._pages = site.pages
        self._least = site.least
        self.rows, self.count = _selectors(site.pages)
        self.content: str | None = None
        """The selector of the article's root, with its headline's."""
        self.root: str | None = None
        self.headline: str | None = None
        self.unsure: list[str] = []
        self._signatures: Rows = {}
        self.covered: list[Bools] = []
        """For each page the rows that these rules see to."""

    def find(self) -> list[Sketch]:
        """Give the rules, and set :attr:`content` where the root is clear."""
        self._set_comments_aside()
        repeated = list(self._boxes())
        self.headline = self._headline()
        self.root = self._root()
        if self.root is not None:
            inside = self.headline is not None and self._lies_in(self.headline, self.root)
            self.content = self.root if inside or self.headline is None else f"{self.headline}, {self.root}"
        captures = Captures(self._pages)
        read = list(captures.find())
        self._signatures = captures.signatures
        for number, rows in captures.signatures.items():
            self._pages[number].set_aside(rows)
        sketches = [*self._keep(), *read, *repeated]
        taken = {*captures.alone, *(selector for sketch in repeated for selector in _css(sketch))}
        return [*sketches, *self._drops(taken)]

    def _set_comments_aside(self) -> None:
        """Find elements of comments and the like, whose sentences are no article's.

        They stand behind all other prose, on each page once, and begin with a line that recurs and is marked as noise.
        """
        for selector, rows in self.rows.items():
            mostly = len(rows) >= self._least and all(self.count[selector, number] == 1 for number in rows)
            if mostly and all(self._is_appendix(number, some) for number, some in rows.items()):
                for number, some in rows.items():
                    self._pages[number].set_aside(some)

    def _is_appendix(self, number: int, rows: Bools) -> bool:
        seen = self._pages[number]
        first = int(rows_where(rows)[0])
        own = seen.own & ~rows
        is_marked = bool(seen.recurs[first] and seen.page.marked(*NOISE_FAMILIES)[first])
        return is_marked and bool(own.any()) and int(rows_where(own)[-1]) < first

    def _boxes(self) -> Iterator[Sketch]:
        found, unsure = boxes(self._pages, self.rows, self._least)
        self.unsure += unsure
        for rows in found.values():
            for number, some in rows.items():
                self._pages[number].set_aside(some)
        if found:
            self.rows |= found
            about = "Boxes with a label, or that say the same on several pages: advertisements, notes about authors."
            pages = len({number for rows in found.values() for number in rows})
            yield Sketch("drop", "boxes", about, {"css": list(found)}, pages=pages)

    def _headline(self) -> str | None:
        """Give the selector of the element that holds the title, alone, on nearly every page."""
        found: list[tuple[bool, int, str]] = []
        for selector, rows in self.rows.items():
            if self._holds_titles(rows):
                found.append((is_given(selector), selector.count("."), selector))
        if found:
            return max(found)[-1]
        for selector in self._inside_named():
            rows = {number: some for number, seen in enumerate(self._pages) if (some := rows_of(seen, selector)).any()}
            if self._holds_titles(rows):
                self.rows[selector] = rows
                return selector
        return None

    def _holds_titles(self, rows: Rows) -> bool:
        """Tell whether elements hold the title, alone, on nearly every page, and nothing on others."""
        hits = sum(
            seen.title is not None and number in rows and rows_where(rows[number]).tolist() == [seen.title]
            for number, seen in enumerate(self._pages)
        )
        return bool(hits >= ROOT_SHARE * len(self._pages)) and len(rows) == hits

    def _inside_named(self) -> dict[str, None]:
        """Give selectors of the headings of titles by their tag, inside elements that have a name."""
        found: dict[str, None] = {}
        for seen in self._pages:
            dom = seen.page.dom
            assert dom is not None
            node = dom.node(int(dom.elements[seen.title])) if seen.title is not None else None
            above = node.parent if node is not None and node.tag in HEADINGS else None
            while node is not None and above is not None and above.tag != "body":
                found |= {f"{name} {node.tag}": None for name in names_of(above.tag or "", above.attributes)}
                above = above.parent
        return found

    def _root(self) -> str | None:
        """Give the smallest element that holds the prose of every article, and little else that is not its own."""
        best: tuple[float, bool, str] | None = None
        for selector, rows in self.rows.items():
            if len(rows) < len(self._pages) or any(self.count[selector, number] != 1 for number in rows):
                continue
            size = 0.0
            for number, seen in enumerate(self._pages):
                inside = rows[number]
                if (seen.own & ~inside).any() or self._lost_before(seen, inside):
                    break
                size += float(seen.page.measures.weight[inside].sum())
            else:
                if best is None or (size, not is_given(selector)) < best[:2]:
                    best = (size, not is_given(selector), selector)
        if best is None:
            self.unsure.append("no element holds the prose of every article and nothing else: no content")
        return best[-1] if best else None

    def _lost_before(self, seen: Observed, inside: Bools) -> bool:
        """Tell whether a root would leave out what may be a standfirst: a sentence between the title and the prose."""
        start = seen.title if seen.title is not None else 0
        return any(seen.is_sentence(row) and not inside[row] for row in range(start, seen.bounds[0]))

    def _lies_in(self, inner: str, outer: str) -> bool:
        return all((self.rows[outer][number] | ~rows).all() for number, rows in self.rows[inner].items())

    def _keep(self) -> Iterator[Sketch]:
        """Keep the headline, where the cleaner loses it without help."""
        lost = [seen for seen in self._pages if seen.title is not None and not seen.survives[seen.title]]
        if lost and self.headline is not None:
            keys: dict[str, Value] = {"css": [self.headline]}
            yield Sketch("keep", "headline", "The headline.", keys, pages=len(self._pages))

    def _drops(self, taken: set[str]) -> Iterator[Sketch]:
        """Elements that recur and hold nothing of an article."""
        covered = [np.zeros(len(seen.page), np.bool_) for seen in self._pages]
        for selector in taken:
            for number, some in self.rows.get(selector, {}).items():
                covered[number] |= some
        if self.root is not None:
            for number, some in self.rows[self.root].items():
                covered[number] |= ~some
                if self.headline:
                    covered[number] |= self.rows[self.headline].get(number, ~some)
        self.covered = covered
        chosen: list[str] = []
        for selector in sorted(self.rows, key=self._size, reverse=True):
            rows = self.rows[selector]
            if len(rows) < self._least or not all(self._is_furniture(number, some) for number, some in rows.items()):
                continue
            new = sum(bool((some & ~covered[number]).any()) for number, some in rows.items())
            if new < self._least:
                continue
            chosen.append(selector)
            for number, some in rows.items():
                covered[number] |= some
        if chosen:
            pages = len({number for selector in chosen for number in self.rows[selector]})
            about = "Elements around and between the paragraphs that hold nothing of the article."
            yield Sketch("drop", "furniture", about, {"css": chosen}, pages=pages)

    def _is_furniture(self, number: int, rows: Bools) -> bool:
        """Tell whether an element's rows recur or are links; after the article its head must recur."""
        seen = self._pages[number]
        if (rows & seen.own).any() or (seen.title is not None and rows[seen.title]):
            return False
        first = int(rows_where(rows)[0])
        if first >= seen.bounds[1] and (seen.recurs | seen.standing)[first]:
            return True
        known = seen.recurs | (seen.page.links >= LINKED) | self._signatures[number]
        return bool(known[rows].all())

    def _size(self, selector: str) -> tuple[float, bool, str]:
        """Give what selectors are tried by, the largest first: of two alike, one with a name that somebody gave."""
        rows = self.rows[selector]
        return float(sum(some.sum() for some in rows.values())), is_given(selector), selector


def _css(sketch: Sketch) -> list[str]:
    css = sketch.keys["css"]
    return css if isinstance(css, list) else []


def _selectors(pages: Sequence[Observed]) -> tuple[dict[str, Rows], dict[tuple[str, int], int]]:
    """Give the rows that each simple selector matches on each page, and how many elements it matches there."""
    rows: dict[str, Rows] = defaultdict(dict)
    count: dict[tuple[str, int], int] = defaultdict(int)
    for number, seen in enumerate(pages):
        dom = seen.page.dom
        assert dom is not None
        index, (firsts, ends) = dom.whole.index, dom.extent
        for node in dom.tree.css(f":is([class], [id], h1, {', '.join(LANDMARKS)})"):
            at = index.get(node.mem_id)
            if at is None or ends[at] <= firsts[at] or node.tag in ("html", "body"):
                continue
            for selector in names_of(node.tag or "", node.attributes):
                count[selector, number] += 1
                some = rows[selector].setdefault(number, np.zeros(len(seen.page), np.bool_))
                some[firsts[at] : ends[at]] = True
    return rows, count
