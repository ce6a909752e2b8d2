"""Cookie notices and consent dialogues, whole paragraphs of them.

It must not touch recipes for cookies or articles on browser cookies: the phrases address the reader.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

MAX_WEIGHT = 900.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the lines of the notice."""
    rows = labels(page, "cookie-consent", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a cookie notice")
