"""Ad labels: "Advertisement", "Anzeige", "Publicité", "Реклама", on a line of their own, wherever an ad stood.

It must not touch headings and sentences about advertising: only lines that are the label and nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

MAX_WEIGHT = 60.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the labels."""
    rows = labels(page, "ad-label", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "an ad label")
