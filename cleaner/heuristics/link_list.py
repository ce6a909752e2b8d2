"""Lists of links: short lines that are mostly link text, where the page is an article.

It must not touch pages whose links are the content: listings and collections have no running text to speak of.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.blocks.page import Page
from cleaner.heuristics._kind import has_article
from cleaner.model import Drop

GUESSES = ("in_rest",)

LINKED = 0.6
"""Share of link text from which a line is a link (trafilatura and jusText: 0.2 to 0.8)."""
WORDS = 12
"""Words of a line that may say something besides."""


def propose_in_rest(page: Page) -> Iterator[Drop]:
    """Propose short lines of link text."""
    if page.dom is None or not has_article(page):
        return
    linked = (page.links > LINKED) & (page.measures.words < WORDS) & (page.headings == 0)
    rows = np.flatnonzero(linked)
    if len(rows):
        yield Drop(rows.tolist(), "a line of links")
