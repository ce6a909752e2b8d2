"""Widgets around the text: print, text size, listen, reading time, save, copy the link.

It must not touch instructions on printing or a heading such as "Listening to the river".
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

MAX_WEIGHT = 60.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the widgets."""
    rows = labels(page, "reading-widget", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a reading widget")
