"""Carries out rules that name elements of an HTML page by CSS selectors."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple, cast

import numpy as np

from cleaner.model import Capture, Drop, Keep, Replace
from cleaner.rules.schema import Outside, Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.blocks.dom import Span
    from cleaner.blocks.page import Page
    from cleaner.model import Action, Field
    from cleaner.rules.patterns import Pattern
    from cleaner.rules.schema import Elements, Rule
    from cleaner.rules.view import Clock, Zone

_CLOSING = " .,;:!?)]}»”’。，、"
"""Before these, the white space before a removed element goes with it."""


class _Part(NamedTuple):
    """Characters of the page's text inside one row, with the selector of the element there."""

    start: int
    end: int
    selector: str


class Search:
    """A search for the elements of one rule, in its zone."""

    def __init__(self, page: Page, zone: Zone, rule: Rule, reason: str, clock: Clock) -> None:
        assert page.dom is not None
        self._page = page
        self._dom = page.dom
        self._zone = zone
        self._rule = rule
        self._reason = reason
        self._clock = clock

    def actions(self) -> list[Action]:
        """Give what the rule wants done."""
        match self._rule.selector:
            case Value() as value:
                return self._capture(value)
            case Outside() as root:
                return self._outside(root)
        elements = cast("Elements", self._rule.selector)
        found = [(selector, self._select(selector)) for selector in elements.css]
        return self._keep(found) if self._rule.verb == "keep" else self._drop(found)

    def _select(self, selector: str) -> list[Span]:
        self._clock.left()
        return self._dom.select(selector)

    def _because(self, selector: str) -> str:
        return f"{self._reason} ({selector})"

    def _in_zone(self, rows: Iterable[int]) -> list[int]:
        return sorted({row for row in rows if self._zone.first <= row < self._zone.end})

    def _touched(self, spans: Iterable[Span]) -> list[int]:
        """Give the rows in the zone that lie in an element, or that one is part of."""
        return self._in_zone(row for span in spans for row in self._rows(span))

    def _rows(self, span: Span) -> list[int]:
        rows = self._page.rows_in(span)
        if not rows and (part := self._page.inside(span)):
            rows = [self._page.row_of(part[0])]
        return rows

    def _keep(self, found: Iterable[tuple[str, Sequence[Span]]]) -> list[Action]:
        """Protect the rows of elements, and rows that an element is part of."""
        actions: list[Action] = []
        for selector, spans in found:
            if rows := self._touched(spans):
                actions.append(Keep(rows, self._because(selector)))
        return actions

    def _outside(self, root: Outside) -> list[Action]:
        """Drop the rows outside the elements of the first selector that matches one with prose."""
        page = self._page
        for selector in root.css:
            rows = self._touched(self._select(selector))
            if (page.prose[rows] & (page.headings[rows] == 0)).any():
                others = np.setdiff1d(np.arange(len(page)), rows).tolist()
                return [Drop(others, self._because(selector))] if others else []
        return []

    def _drop(self, found: Iterable[tuple[str, Sequence[Span]]]) -> list[Action]:
        """Drop the rows of elements, and cut out elements that are part of a row."""
        actions: list[Action] = []
        parts: dict[int, list[_Part]] = defaultdict(list)
        for selector, spans in found:
            rows: list[int] = []
            for span in spans:
                inner = self._page.rows_in(span)
                rows += inner
                if not inner and (part := self._page.inside(span)):
                    parts[self._page.row_of(part[0])].append(_Part(*part, selector))
            if rows := self._in_zone(rows):
                actions.append(Drop(rows, self._because(selector)))
        for row in self._in_zone(parts):
            actions += self._cut(row, sorted(parts[row]))
        return actions

    def _cut(self, row: int, parts: Sequence[_Part]) -> Iterator[Action]:
        """Cut elements out of a row; if they are all of it, the row goes."""
        page = self._page
        text, end = page.text, page.ends[row]
        start = end - len(page.visible[row])  # behind the mark of a list item
        merged: list[_Part] = []
        for part in parts:
            last = merged[-1] if merged else None
            if last and not text[last.end : part.start].strip():
                merged[-1] = last._replace(end=max(last.end, part.end))
            else:
                merged.append(part._replace(start=max(part.start, start)))
        first = merged[0]
        if first.start <= start and first.end >= end:
            yield Drop([row], self._because(first.selector))
            return
        for part in merged:
            left, right = part.start, part.end
            if left == start:
                while text[right] == " ":
                    right += 1
            elif right == end or text[right] in _CLOSING:
                while text[left - 1] == " ":
                    left -= 1
            yield Replace(left, right, "", self._because(part.selector))

    def _capture(self, value: Value) -> list[Action]:
        """Read elements: of the first selector that gives anything the first value, or all the authors."""
        for selector in value.css:
            self._clock.left()
            captures: list[Action] = []
            spans: list[Span] = []
            for text, span in self._values(selector, value.attribute):
                read = _read(value.gives, text, self._clock)
                captures += [Capture(name, said, self._because(selector)) for name, said in read.items() if said]
                if span is not None and any(read.values()):
                    spans.append(span)
                if captures and value.gives != "author":
                    break
            if captures:
                return captures + (self._drop([(selector, spans)]) if self._rule.drops else [])
        return []

    def _values(self, selector: str, attribute: str | None) -> Iterator[tuple[str, Span | None]]:
        """Give the text of each element, or the value of its attribute, and where it lies if it was rendered."""
        tree = self._dom.whole
        for node in self._dom.tree.css(selector):
            number = tree.index.get(node.mem_id)
            span = tree.span(number) if number is not None else None
            if self._rule.where != "any" and not (span and self._touched([span])):
                continue
            if attribute is not None:
                text = node.attributes.get(attribute) or ""
            else:
                text = self._page.text_in(span) if span else node.text()
            yield " ".join(text.split()), span


def _read(gives: Field | Pattern, text: str, clock: Clock) -> dict[Field, str]:
    """Give the fields that a text tells: one, or those that the groups of a pattern are named after."""
    if isinstance(gives, str):
        return {gives: text}
    found = gives.inside.search(text, timeout=clock.left())
    return {cast("Field", name): (said or "").strip() for name, said in found.groupdict().items()} if found else {}
