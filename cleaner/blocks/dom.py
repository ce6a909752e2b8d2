"""The tree of an HTML page, as columns: its elements, the rows that each covers, and what their marks say."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from cleaner.measures import Bools, Ints
from cleaner.model import BlockKind

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

KINDS: tuple[BlockKind, ...] = ("paragraph", "heading", "item", "quote", "code", "row", "term", "definition")
"""Kinds of rows; a row's kind is its place here."""
PARAGRAPH, HEADING, ITEM, QUOTE, CODE, ROW, TERM, DEFINITION = range(len(KINDS))

HIDDEN, NOSCRIPT, CONTROL, CAPTION, HEADER_CELL = 1, 2, 4, 8, 16
"""What a row stands in: something not shown at first; ``noscript``; a button or a form's field; a picture's caption."""


UNTOUCHED = frozenset(("html", "body", "h1", "h2", "h3", "h4", "h5", "h6"))
"""Elements that no word marks: the classes of the whole page speak of its theme, a heading may speak of anything."""

LONGEST_LABEL = 400
"""Characters of classes and ids that are read: some frameworks write thousands."""
_CAMEL = re.compile(r"([a-z])([A-Z])")
_WORD = re.compile(r"[a-z]+")


@lru_cache(maxsize=65_536)
def label_words(label: str) -> tuple[str, ...]:
    """Split class names and ids into their words: ``navBar top-menu`` gives nav, bar, top, menu."""
    return tuple(dict.fromkeys(_WORD.findall(_CAMEL.sub(r"\1-\2", label[:LONGEST_LABEL]).lower())))


class Span(NamedTuple):
    """Where an element's text lies: offsets into the page's rendered text. An empty element has two equal ones."""

    start: int
    end: int


class Anchor(NamedTuple):
    """A link: where its text lies in the rendered text, and its target as written."""

    start: int
    end: int
    url: str


@dataclass(frozen=True)
class Tree:
    """The elements of a page in document order, a column each. Shared by all pages cut from one; never changes."""

    parser: LexborHTMLParser
    source: str
    """The HTML that was read."""
    text: str
    """What it was rendered as."""
    tags: Sequence[str]
    parents: Sequence[int]
    """The element that each one stands in; -1 for the root."""
    lasts: Ints
    """One past the last element inside each."""
    rows: tuple[Ints, Ints]
    """For each element, the first row that starts in it and one past the last, of the page as rendered."""
    labels: Sequence[str]
    """Class names, id and role of each element."""
    pieces: tuple[Sequence[int], Ints]
    """For each element, the first and one past the last of the pieces that its text was rendered as."""
    lengths: Ints
    """Characters of each piece."""
    nodes: Sequence[int]
    """The parser's identity of each element."""
    anchors: list[tuple[int, int, str]]
    """Links, by pieces."""

    @property
    def count(self) -> int:
        """Rows of the page as rendered."""
        return int(self.rows[1].max(initial=0))

    @cached_property
    def offsets(self) -> Ints:
        """Where each piece starts in the rendered text, and where the text ends."""
        return np.concatenate(([0], np.cumsum(self.lengths)))

    @cached_property
    def index(self) -> dict[int, int]:
        """The number of each element by the parser's identity of it."""
        return {node: number for number, node in enumerate(self.nodes)}

    @cached_property
    def by_label(self) -> dict[str, list[int]]:
        """Elements with rows, by their labels."""
        found: dict[str, list[int]] = {}
        firsts, ends = self.rows
        for element in np.flatnonzero(ends > firsts).tolist():
            label = self.labels[element]
            if label:
                found.setdefault(label, []).append(element)
        return found

    @cached_property
    def by_word(self) -> dict[str, list[int]]:
        """Elements with rows, by the words of their classes, id and role."""
        found: dict[str, list[int]] = {}
        for label, elements in self.by_label.items():
            for word in label_words(label):
                found.setdefault(word, []).extend(elements)
        return found

    @cached_property
    def by_tag(self) -> dict[str, list[int]]:
        """Elements with rows, by tag."""
        found: dict[str, list[int]] = {}
        firsts, ends = self.rows
        for element in np.flatnonzero(ends > firsts).tolist():
            found.setdefault(self.tags[element], []).append(element)
        return found

    def found(self, words: Sequence[str], tags: Sequence[str] = (), roles: Sequence[str] = ()) -> list[int]:
        """Give the elements with rows that have one of the words, tags or roles; the root and headings never."""
        elements: set[int] = set()
        for word in (*words, *roles):
            elements.update(self.by_word.get(word, ()))
        for tag in tags:
            elements.update(self.by_tag.get(tag, ()))
        return sorted(element for element in elements if self.tags[element] not in UNTOUCHED)

    def span(self, element: int) -> Span:
        """Give where an element's text lies."""
        return self.span_of_pieces(self.pieces[0][element], int(self.pieces[1][element]))

    def span_of_pieces(self, first: int, end: int) -> Span:
        """Give where the pieces ``first:end`` lie, without the white space and the bars of a table before them."""
        start, stop = int(self.offsets[first]), int(self.offsets[end])
        while start < stop and self.text[start] in " \n|":
            start += 1
        return Span(start, stop)

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What functions of this tree have found out."""
        return {}


@dataclass(frozen=True)
class Dom:
    """How the rows of one page lie in its tree."""

    whole: Tree
    elements: Ints
    """The innermost block element of each row."""
    kinds: Ints
    """Index into :data:`KINDS`."""
    levels: Ints
    """Level of a heading, depth of an item or a quotation, number of the code or the table that a row is part of."""
    flags: Ints
    """What each row stands in, as a sum of :data:`HIDDEN`, :data:`NOSCRIPT` and so on."""
    continues: Bools
    """A ``<br>`` alone parts the row from the one before."""
    origins: Ints
    """Where each row started in the rendered text."""
    lengths: Ints
    """How long it was there."""
    numbers: Ints
    """The number of each row on the page as rendered."""

    @property
    def tree(self) -> LexborHTMLParser:
        """The parser's tree, for selectors. Nobody may change it."""
        return self.whole.parser

    @property
    def source(self) -> str:
        """The HTML that was read."""
        return self.whole.source

    def node(self, element: int) -> LexborNode | None:
        """Give an element as the parser has it."""
        known: dict[int, LexborNode] | None = self.whole.memo.get("nodes")
        if known is None:
            known = {node.mem_id: node for node in self.tree.css("*")}
            self.whole.memo["nodes"] = known
        return known.get(self.whole.nodes[element])

    def select(self, selector: str) -> list[Span]:
        """Give where the text of each matching element lies in the rendered text, in document order."""
        known: list[Span] | None = self.whole.memo.get(("select", selector))
        if known is None:
            index = self.whole.index
            found = (index.get(node.mem_id) for node in self.tree.css(selector))
            known = [self.whole.span(element) for element in found if element is not None]
            self.whole.memo["select", selector] = known
        return known

    def has(self, selector: str) -> bool:
        """Tell whether any element matches, rendered or not."""
        return self.tree.css_first(selector) is not None

    def text_of(self, selector: str, attribute: str | None = None) -> list[str]:
        """Give the text of matching elements, or the value of one of their attributes."""
        nodes = self.tree.css(selector)
        if attribute is None:
            return [" ".join(node.text().split()) for node in nodes]
        return [" ".join(value.split()) for node in nodes if (value := node.attributes.get(attribute))]

    @cached_property
    def bounds(self) -> tuple[Ints, Ints]:
        """Where each row started and ended in the rendered text."""
        return self.origins, self.origins + self.lengths

    @cached_property
    def extent(self) -> tuple[Ints, Ints]:
        """For each element, the first of this page's rows that starts in it, and one past the last."""
        firsts, ends = self.whole.rows
        return np.searchsorted(self.numbers, firsts), np.searchsorted(self.numbers, ends)

    def only(self, rows: Ints) -> Dom:
        """Give how the rows that remain lie in the tree."""
        return Dom(
            whole=self.whole,
            elements=self.elements[rows],
            kinds=self.kinds[rows],
            levels=self.levels[rows],
            flags=self.flags[rows],
            continues=self.continues[rows],
            origins=self.origins[rows],
            lengths=self.lengths[rows],
            numbers=self.numbers[rows],
        )

    def within(self, elements: Sequence[int] | Ints) -> Bools:
        """Tell which rows lie in one of the elements."""
        steps = np.zeros(len(self.elements) + 1, np.int64)
        chosen = np.asarray(elements, np.int64)
        np.add.at(steps, self.extent[0][chosen], 1)
        np.add.at(steps, self.extent[1][chosen], -1)
        return np.asarray(np.cumsum(steps[:-1]) > 0)
