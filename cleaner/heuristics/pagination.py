"""Pagination, "previous" and "next", with or without the titles of the neighbours, "page 2 of 7", "load more".

It must not touch steps and pages inside the article: only the head and the tail are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels_outside
from cleaner.model import Drop

MAX_WEIGHT = 90.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the controls."""
    rows = labels_outside(page, "pagination", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "pagination")
