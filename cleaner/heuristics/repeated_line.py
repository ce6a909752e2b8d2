"""Lines that stand on the page again and again: buttons, labels, teasers shown twice.

A short line that is repeated, outside the prose, is template text; inside the article the first stays.
Titles that come in pairs with a section and a time between them (teaser lists) are found by this too.

It must not touch refrains, dialogue and the rows of tables inside the article, nor the prices and labels of a
catalogue: only the head and the tail of a page that is mostly prose are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import ARTICLE, outside
from cleaner.model import Drop

MAX_WEIGHT = 120.0


def propose(page: Page) -> Iterator[Drop]:
    """Propose the repeated lines of the head and the tail."""
    if not page.has_prose or page.prose_share < ARTICLE:
        return
    short = (page.measures.weight <= MAX_WEIGHT) & ~page.prose & ~page.measures.ends
    rows = np.flatnonzero(page.repeated & short & outside(page))
    if len(rows):
        yield Drop(rows.tolist(), "stands on the page more than once")
