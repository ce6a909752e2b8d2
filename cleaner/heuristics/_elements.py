"""What the heuristics on trees share: elements found by their words, tags and roles, guarded by the prose in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np

from cleaner.blocks.dom import Dom
from cleaner.blocks.page import Page, once_a_page
from cleaner.measures import Floats
from cleaner.model import Drop

TEXT_WORDS = 10
"""Words of a row that count as text where it ends as a sentence."""
LONG_TEXT_WORDS = 25
"""Words of a row that count as text in any case."""
TEXT_LINKS = 0.5
TITLE_WORDS = 3
"""Words of a first-level heading that is a title and no logo."""

Propose = Callable[[Page], Iterator[Drop]]


@once_a_page
def text_words(page: Page) -> Floats:
    """Give the words of each row that reads as running text, 0 for others: what a removal must not take much of."""
    measures = page.measures
    words = measures.words
    text = (words >= TEXT_WORDS) & (page.links < TEXT_LINKS) & (measures.ends | (words >= LONG_TEXT_WORDS))
    return words * text


@once_a_page
def text_before(page: Page) -> Floats:
    """Give the words of running text before each row, and all of them at the end."""
    return np.concatenate(([0.0], np.cumsum(text_words(page))))


def text_share(page: Page, dom: Dom, elements: Sequence[int]) -> Floats:
    """Give the share of the page's running text that stands in each of the elements."""
    before = text_before(page)
    firsts, ends = dom.extent
    return np.asarray((before[ends[elements]] - before[firsts[elements]]) / max(1.0, before[-1]), np.float64)


@once_a_page
def title_row(page: Page) -> int:
    """Give the row of the page's only first-level heading, or -1: what holds the title is no boilerplate."""
    rows = np.flatnonzero(page.headings == 1)
    return int(rows[0]) if len(rows) == 1 and page.measures.words[rows[0]] >= TITLE_WORDS else -1


def drop_elements(
    reason: str,
    *,
    most: float,
    words: Sequence[str] = (),
    tags: Sequence[str] = (),
    roles: Sequence[str] = (),
    unless: Callable[[Page, int], bool] | None = None,
) -> Propose:
    """Make a heuristic that drops elements by the words of their classes and ids, by tag and by role.

    ``most`` is the share of the page's running text that an element may hold: where a theme's name or a careless
    author put such a word on the article itself, the element stays. So does one for which ``unless`` is true.
    """

    def propose_in_tree(page: Page) -> Iterator[Drop]:
        dom = page.dom
        if dom is None:
            return
        elements = dom.whole.found(words, tags, roles)
        if elements:
            title = title_row(page)
            firsts, ends = dom.extent
            small = [
                element
                for element, share in zip(elements, text_share(page, dom, elements), strict=True)
                if share <= most and not firsts[element] <= title < ends[element]
            ]
            if unless is not None:
                small = [element for element in small if not unless(page, element)]
            rows = np.flatnonzero(dom.within(small))
            if len(rows):
                yield Drop(rows.tolist(), reason)

    return propose_in_tree
