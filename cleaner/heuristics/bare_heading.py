"""Headings with nothing left under them: "You may also like", once the products are gone.

Only where what stood under them went, and only at the end of a page or on a product's page: of the headings that are
left bare there, 11 and 13 % are content on the WCXB development split. Elsewhere it is 30 to 80 %, since
headings lose their text to other mistakes.

It must not touch a heading that ends a page by itself, or one whose section is an image.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.blocks.page import Page
from cleaner.heuristics._kind import is_product
from cleaner.model import Drop

GUESSES = ("in_rest",)


def propose_in_rest(page: Page) -> Iterator[Drop]:
    """Propose the headings whose rows are gone."""
    if page.dom is None or not len(page):
        return
    numbers = page.dom.numbers
    missing = np.diff(numbers, append=page.dom.whole.count) > 1
    following = np.append(page.headings[1:], 1)
    bare = (page.headings > 1) & missing & (following > 0) & (following <= page.headings)
    if not is_product(page):
        bare[:-1] = False
    rows = np.flatnonzero(bare)
    if len(rows):
        yield Drop(rows.tolist(), "a heading with nothing left under it")
