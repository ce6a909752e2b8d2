"""Marks of the software that made the page: "Powered by ...", "Theme by ...", "Hosted by ...".

It must not touch engines and plants that are powered by something: only short lines of the head and the tail.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels_outside
from cleaner.model import Drop

MAX_WEIGHT = 90.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the marks."""
    rows = labels_outside(page, "powered-by", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a mark of the software")
