"""The fields and buttons of forms: "Email", "First name", "Submit", "* required".

It must not touch a list of terms that an article explains: only the head and the tail are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels_outside
from cleaner.model import Drop

MAX_WEIGHT = 80.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the fields."""
    rows = labels_outside(page, "form", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a form")
