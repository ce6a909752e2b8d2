"""Paywall prompts: "Subscribe to read on", "You have 3 free articles left".

It must not touch reports on subscriptions and prices.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

MAX_WEIGHT = 300.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the prompts."""
    rows = labels(page, "paywall", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a paywall prompt")
