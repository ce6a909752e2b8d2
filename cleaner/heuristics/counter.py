"""Counters: views, likes, comments, shares, with their number.

It must not touch figures in prose, or a table of results.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

MAX_WEIGHT = 40.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the counters."""
    rows = labels(page, "counter", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a counter")
