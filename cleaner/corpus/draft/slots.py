"""Finds the short elements around the headlines of HTML pages, by selectors that match the same one on each.

Their own text is compared, not the line that they stand in: a name and a date often share one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from cleaner.blocks.dom import Span
from cleaner.corpus.draft.element_names import is_given, names_of
from cleaner.corpus.draft.observed import Observed

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NEAR_SHARE = 0.5
"""Share of the pages on which an element must stand around the headline: on others a byline may end the article."""
SHARE = 0.8
"""Share of the pages that must have the element."""
LONGEST = 160
"""Characters of a text with a date or names."""
ABOVE, BELOW, BEHIND = 8, 6, 2
"""Rows above and below the title in which these elements stand; few of them behind a standfirst."""
LAST_PLACE = 4
"""Items of a list that are looked at by their place: the section is mostly the second one of a path."""
MOST_ABOVE = 2
"""Named elements around one that a selector may begin with."""
MOST_STEPS = 12
"""Elements around one that are looked at for a name."""
MOST_NEAR = 100
"""Elements around a headline that are looked at: of a menu with thousands of entries, not all."""
SIGNING = frozenset(
    ("author", "authors", "autor", "autora", "autores", "autoren", "autori", "autorzy", "auteur", "auteurs", "autore",
     "byline", "avtor", "avtory", "yazar", "yazarlar", "skribent", "redactor", "kirjoittaja", "szerzo")
)  # fmt: skip
"""Words of class names and of links that say whose name an element holds."""
_PARTS = frozenset(("a", "time", "span", "small", "cite", "strong", "b", "em", "i", "li", "p", "address"))
"""Tags that say enough of an element within one that has a name."""


@dataclass(frozen=True)
class Slot:
    """A selector, and the first element that it matches on each page, with its text."""

    selector: str
    looseness: int
    """0 within an element without prose, 1 for a name by itself, 2 within what holds the article: it may match more."""
    spans: Mapping[int, Span]
    texts: Mapping[int, str]

    @property
    def order(self) -> tuple[int, int, int, bool, bool, int, str]:
        """What slots are tried by: on most pages, of the shortest texts (they lie in others), the firmest selectors."""
        letters = sum(map(len, self.texts.values()))
        plain = (not is_given(self.selector), ":nth" in self.selector, len(self.selector), self.selector)
        return -len(self.spans), letters, self.looseness, *plain


class _Near(NamedTuple):
    span: Span
    looseness: int


def slots(pages: Sequence[Observed]) -> list[Slot]:
    """Give the slots that lie around the headline on many pages, and on nearly all somewhere, in their order."""
    found: dict[str, dict[int, _Near]] = defaultdict(dict)
    for number, seen in enumerate(pages):
        for selector, near in _near_headline(seen):
            found[selector].setdefault(number, near)
    made = (_slot(pages, selector, near) for selector, near in found.items() if len(near) >= NEAR_SHARE * len(pages))
    return sorted(filter(None, made), key=lambda slot: slot.order)


def elements(seen: Observed, selector: str) -> list[Span]:
    """Give where the elements lie that a selector matches, but for empty ones."""
    assert seen.page.dom is not None
    return [span for span in seen.page.dom.select(selector) if span.start < span.end]


def around(seen: Observed) -> tuple[int, int]:
    """Give where the text begins and ends that stands around the headline: a standfirst may be among it."""
    assert seen.page.dom is not None
    starts, ends = seen.page.dom.bounds
    first, last = 0, seen.bounds[0]
    if seen.title is not None:
        last = min(len(seen.page), seen.title + 1 + BELOW, seen.bounds[0] + 1 + BEHIND)
        first = max(0, seen.title - ABOVE)
    return (int(starts[first]), int(ends[last - 1])) if last > first else (0, 0)


def _slot(pages: Sequence[Observed], selector: str, near: Mapping[int, _Near]) -> Slot | None:
    """Make a slot, unless the selector matches something else first on a page, or nothing on too many."""
    spans: dict[int, Span] = {}
    for number, seen in enumerate(pages):
        first = next(iter(elements(seen, selector)), None)
        if number in near and first != near[number].span:
            return None
        if first is not None:
            spans[number] = first
    if len(spans) < SHARE * len(pages):
        return None
    texts = {number: pages[number].page.text_in(span) for number, span in spans.items()}
    return Slot(selector, max(place.looseness for place in near.values()), spans, texts)


def _near_headline(seen: Observed) -> Iterator[tuple[str, _Near]]:
    """Give selectors of short elements around the headline, each with the first element there."""
    assert seen.page.dom is not None
    tree = seen.page.dom.whole
    first, end = around(seen)
    left = MOST_NEAR
    for node in seen.page.dom.tree.css("body *"):
        at = tree.index.get(node.mem_id)
        span = tree.span(at) if at is not None else Span(0, 0)
        if first <= span.start < span.end <= min(end, span.start + LONGEST):
            yield from ((selector, _Near(span, looseness)) for selector, looseness in _selectors(seen, node))
            left -= 1
            if not left:
                return


def _selectors(seen: Observed, node: LexborNode) -> Iterator[tuple[str, int]]:
    """Give selectors of an element: its names, and its names, its tag or its place within the named ones around it."""
    tag = node.tag or ""
    names = list(names_of(tag, node.attributes))
    yield from ((name, 0 if name.startswith("#") else 1) for name in names)
    own = [*names, tag] if tag in _PARTS else names
    if tag == "a" and (part := _author_part(node.attributes.get("href") or "")):
        own.append(f'a[href*="/{part}/"]')
    if tag in ("li", "a") and (place := _place(node, tag)) is not None:
        own.append(f"{tag}:nth-of-type({place})")
    above, named = node.parent, 0
    for _ in range(MOST_STEPS):
        if above is None or above.tag in ("body", "html") or named == MOST_ABOVE:
            return
        outer = list(names_of(above.tag or "", above.attributes))
        if outer:
            named += 1
            looseness = 2 if _holds_prose(seen, above) else 0
            yield from ((f"{one} {other}", looseness) for one in outer for other in own)
        above = above.parent


def _author_part(target: str) -> str | None:
    """Give the part of a link that says it leads to a page of an author."""
    parts = target.split("/")[:-1]
    return next((part for part in parts if part in SIGNING), None)


def _place(node: LexborNode, tag: str) -> int | None:
    """Give the place of an element among its like, if it is one of the first."""
    place, at = 1, node.prev
    while at is not None and place <= LAST_PLACE:
        place += at.tag == tag
        at = at.prev
    return place if place <= LAST_PLACE else None


def _holds_prose(seen: Observed, node: LexborNode) -> bool:
    """Tell whether an element holds prose of the article, and so anything that stands in it."""
    assert seen.page.dom is not None
    number = seen.page.dom.whole.index.get(node.mem_id)
    if number is None:
        return False
    firsts, ends = seen.page.dom.extent
    return bool(seen.own[firsts[number] : ends[number]].any())
