"""Share bars: the names of networks and "Share this", "Tweet", "Teilen", one line or one a line.

It must not touch sentences that speak of sharing, or a heading of an article about a network.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

MAX_WEIGHT = 60.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the buttons and their headings."""
    rows = labels(page, "share-bar", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a share bar")
