"""Promotion of apps, channels and stations: "Download our app", "Follow us on Telegram", "Watch live".

It must not touch an article on an app: only lines of the head and the tail that address the reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels_outside
from cleaner.model import Drop

MAX_WEIGHT = 140.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the promotions."""
    rows = labels_outside(page, "promo", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a promotion")
