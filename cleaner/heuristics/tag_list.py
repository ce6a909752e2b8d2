"""Lists of tags and topics, before or after the article: "Tags: budget, council".

It must not touch a glossary, or a list of topics inside the article: only the head and the tail are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels_outside
from cleaner.model import Drop

MAX_WEIGHT = 200.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the lists."""
    rows = labels_outside(page, "tag-list", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a list of tags")
