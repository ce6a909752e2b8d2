"""Copyright lines, terms, and the notices of agencies that nothing may be reproduced.

It must not touch an article on copyright law: only lines of the head and the tail with the wording of a notice.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels_outside
from cleaner.model import Drop

MAX_WEIGHT = 700.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the notices."""
    rows = labels_outside(page, "legal", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a legal notice")
