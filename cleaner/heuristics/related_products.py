"""Other products on the page of one: cards that stand side by side, alike but for their words, each with a link.

On the pages of the WCXB development split that say they sell a product and have a button to buy it, four fifths of
the words in such cards are noise; on articles they are content (72 %), so nothing else is looked at.

It must not touch the cards of a catalogue or the variants of the product: a card with more than a teaser's words
stays, and so do cards around the page's title.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.blocks.dom import Dom
from cleaner.blocks.page import Page
from cleaner.heuristics._elements import title_row
from cleaner.heuristics._kind import is_product
from cleaner.measures import Bools
from cleaner.model import Drop

GUESSES = ("in_tree",)

MIN_CARDS = 3
CARD_WORDS = (3.0, 80.0)
"""Words of a card: a price alone is none, and a long text is a review or a section."""
LINKED = 0.8
"""Share of the cards that have a line of link text."""
LINK_LINE = 0.5
NO_CARDS = frozenset(("p", "tr", "td", "th", "br", "span", "a", "dt", "dd", "option"))


def propose_in_tree(page: Page) -> Iterator[Drop]:
    """Propose the cards of other products."""
    if page.dom is None or not is_product(page):
        return
    rows = np.flatnonzero(in_cards(page, page.dom))
    if len(rows):
        yield Drop(rows.tolist(), "other products")


def in_cards(page: Page, dom: Dom) -> Bools:
    """Tell which rows lie in a series of cards: siblings with the same tag and classes."""
    firsts, ends = dom.extent
    tree = dom.whole
    series: dict[tuple[int, str, str], list[int]] = {}
    for element in np.flatnonzero(ends > firsts).tolist():
        if tree.tags[element] not in NO_CARDS:
            series.setdefault((tree.parents[element], tree.tags[element], tree.labels[element]), []).append(element)
    words = np.concatenate(([0.0], np.cumsum(page.measures.words)))
    links = np.concatenate(([0], np.cumsum(page.links > LINK_LINE)))
    title = title_row(page)
    found: list[int] = []
    for cards in series.values():
        if len(cards) < MIN_CARDS:
            continue
        begin, end = firsts[cards], ends[cards]
        size = float(np.median(words[end] - words[begin]))
        linked = float((links[end] > links[begin]).mean())
        if CARD_WORDS[0] <= size <= CARD_WORDS[1] and linked >= LINKED and not begin[0] <= title < end[-1]:
            found += cards
    return dom.within(found)
