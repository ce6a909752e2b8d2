"""Newsletter and subscription boxes: the invitation, the promise about spam, the consent.

It must not touch an article about newsletters: the phrases are those of the form, in the imperative.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

MAX_WEIGHT = 300.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the lines of the box."""
    rows = labels(page, "newsletter", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a newsletter box")
