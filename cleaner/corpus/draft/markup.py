"""Rules for HTML pages: the article's root, and the elements that recur around it and inside it, by their own names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from html import escape

import numpy as np
import regex

from cleaner.corpus.draft.observed import LINKED, Observed, Site
from cleaner.corpus.draft.shapes import (
    DATE_MARK,
    affixes,
    date_in,
    date_pattern,
    names_pattern,
    quoted,
    shape,
    unmarked,
)
from cleaner.corpus.draft.sketch import Sketch
from cleaner.heuristics._phrases import NOISE_FAMILIES
from cleaner.measures import Bools, rows_where
from cleaner.rules.values import Value

ROOT_SHARE = 0.9
"""Share of the pages that must have the element of the article's root, or of its headline."""
SLOT_SHARE = 0.8
"""Share of an element's rows that must read like a date or a name for it to hold one."""
SHORT = 120.0
"""Latin characters of a line with a date or a name."""
SHOWN = 80
"""Characters of an element's text in the example."""
_NAME = regex.compile(r"[A-Za-z][A-Za-z_-]*[0-9]{0,2}(?:[_-][A-Za-z]+)*")
_LANDMARKS = ("header", "nav", "aside", "footer")

Rows = dict[int, Bools]
"""For each page, by its number, the rows in the elements of one selector."""


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
        self.covered: list[Bools] = []
        """For each page the rows that these rules see to."""

    def find(self) -> list[Sketch]:
        """Give the rules, and set :attr:`content` where the root is clear."""
        self._set_comments_aside()
        self.headline = self._headline()
        self.root = self._root()
        if self.root is not None:
            inside = self.headline is not None and self._lies_in(self.headline, self.root)
            self.content = self.root if inside or self.headline is None else f"{self.headline}, {self.root}"
        sketches = [*self._keep(), *self._slots()]
        taken = {selector for sketch in sketches for selector in _css(sketch)}
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

    def _headline(self) -> str | None:
        """Give the selector of the element that holds the title, alone, on nearly every page."""
        found: list[tuple[int, str]] = []
        for selector, rows in self.rows.items():
            hits = sum(
                seen.title is not None and number in rows and rows_where(rows[number]).tolist() == [seen.title]
                for number, seen in enumerate(self._pages)
            )
            if hits >= ROOT_SHARE * len(self._pages) and len(rows) == hits:
                found.append((selector.count("."), selector))
        return max(found)[1] if found else None

    def _root(self) -> str | None:
        """Give the smallest element that holds the prose of every article, and little else that is not its own."""
        best: tuple[float, str] | None = None
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
                if best is None or size < best[0]:
                    best = (size, selector)
        if best is None:
            self.unsure.append("no element holds the prose of every article and nothing else: no content")
        return best[1] if best else None

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
            html = [self._html(self.headline)]
            yield Sketch("keep", "headline", "The headline.", keys, pages=len(self._pages), html=html)

    def _slots(self) -> Iterator[Sketch]:
        """Read dates and names off short elements around the title."""
        dated = named = False
        for selector in sorted(self.rows, key=self._size):
            texts = self._texts(selector)
            if len(texts) < SLOT_SHARE * len(self._pages) or selector == self.headline or selector == self.root:
                continue
            dates = [date for text in texts if (date := date_in(text))]
            if not dated and len(dates) == len(texts):
                dated = True
                both = None if named else _name_and_date(texts, dates)
                named |= both is not None
                whole = all(map(str.__eq__, dates, texts))
                value = {"field": "date"} if whole else {"pattern": both or f"(?P<date>{date_pattern(dates)})"}
                about = "The name of the author and the date of publication." if both else "The date of publication."
                yield self._capture("byline" if both else "date", about, selector, value)
            elif not named and not dates and (pattern := self._names(selector, texts)):
                named = True
                yield self._capture("author", "The name of the author.", selector, {"pattern": pattern})

    def _names(self, selector: str, texts: Sequence[str]) -> str | None:
        start, end = affixes(texts) if len(set(texts)) > 1 else ("", "")
        names = names_pattern([text[len(start) : len(text) - len(end)] for text in texts])
        is_named = bool(start) or "autor" in selector or "author" in selector or "byline" in selector
        if names is None or not is_named or len(set(texts)) < len(texts) / 2:
            return None
        return f"^{quoted(start)}(?P<author>{names}){quoted(end)}$"

    def _texts(self, selector: str) -> list[str]:
        """Give the text of a selector's element on each page, where it is one short line near the title."""
        texts: list[str] = []
        for number, rows in self.rows[selector].items():
            seen = self._pages[number]
            found = rows_where(rows).tolist()
            near = seen.title is None or (found and seen.title < found[0] <= seen.title + 4)
            if len(found) != 1 or not near or found[0] >= seen.bounds[0] or seen.page.measures.weight[found[0]] > SHORT:
                return []
            texts.append(seen.page.visible[found[0]])
        return texts

    def _capture(self, name: str, about: str, selector: str, value: dict[str, str]) -> Sketch:
        pages = len(self.rows[selector])
        keys: dict[str, Value] = {"css": [selector], **value, "drop": True}
        return Sketch("capture", name, about, keys, pages=pages, html=[self._html(selector)])

    def _drops(self, taken: set[str]) -> Iterator[Sketch]:
        """Elements that recur and hold nothing of an article."""
        covered = [np.zeros(len(seen.page), np.bool_) for seen in self._pages]
        for selector in taken:
            for number, some in self.rows[selector].items():
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
            html = [self._html(selector) for selector in chosen]
            yield Sketch("drop", "furniture", about, {"css": chosen}, pages=pages, html=html)

    def _is_furniture(self, number: int, rows: Bools) -> bool:
        """Tell whether an element's rows recur or are links; after the article its head must recur."""
        seen = self._pages[number]
        if (rows & seen.own).any() or (seen.title is not None and rows[seen.title]):
            return False
        first = int(rows_where(rows)[0])
        if first >= seen.bounds[1] and (seen.recurs | seen.standing)[first]:
            return True
        known = seen.recurs | (seen.page.links >= LINKED)
        return bool(known[rows].all())

    def _size(self, selector: str) -> tuple[float, str]:
        rows = self.rows[selector]
        return float(sum(some.sum() for some in rows.values())), selector

    def _html(self, selector: str) -> str:
        """Give a little HTML that the selector matches, with the start of an element's text on one of the pages."""
        number = min(self.rows[selector], key=lambda at: -int(self.rows[selector][at].sum()))
        row = int(rows_where(self.rows[selector][number])[0])
        return element(selector, escape(self._pages[number].page.visible[row][:SHOWN], quote=False))


def _name_and_date(texts: Sequence[str], dates: Sequence[str]) -> str | None:
    """Give a pattern for lines that have a name, with words before it, and a date."""
    start, end = affixes(texts)
    shapes = [shape(text) for text in texts]
    names = names_pattern([text[len(start) : len(text) - len(end)] for text in shapes])
    if names is None or not start.strip() or end.count(DATE_MARK) != 1 or len(set(shapes)) < len(texts) / 2:
        return None
    before, after = map(unmarked, end.split(DATE_MARK))
    return f"{unmarked(start)}(?P<author>{names}){before}(?P<date>{date_pattern(dates)}){after}"


def element(selector: str, inner: str) -> str:
    """Write an element that a selector such as ``div.teaser`` or ``#menu`` matches."""
    tag, mark, name = regex.split(r"([.#]|$)", selector, maxsplit=1)
    tag = tag or "div"
    attribute = {".": f' class="{name}"', "#": f' id="{name}"'}.get(mark, "")
    return f"<{tag}{attribute}>{inner}</{tag}>"


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
        for node in dom.tree.css(f":is([class], [id], h1, {', '.join(_LANDMARKS)})"):
            at = index.get(node.mem_id)
            if at is None or ends[at] <= firsts[at] or node.tag in ("html", "body"):
                continue
            for selector in _names_of(node.tag or "", node.attributes):
                count[selector, number] += 1
                some = rows[selector].setdefault(number, np.zeros(len(seen.page), np.bool_))
                some[firsts[at] : ends[at]] = True
    return rows, count


def _names_of(tag: str, attributes: dict[str, str | None]) -> Iterator[str]:
    names = [name for name in dict.fromkeys((attributes.get("class") or "").split()) if _NAME.fullmatch(name)]
    for name in names:
        yield f".{name}"
        if tag in ("h1", "h2", "h3"):
            yield f"{tag}.{name}"
    identity = attributes.get("id") or ""
    if _NAME.fullmatch(identity) and not any(map(str.isdigit, identity)):
        yield f"#{identity}"
    if not names and tag in ("h1", *_LANDMARKS):
        yield tag
