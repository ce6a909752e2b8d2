"""Front matter: what stands above a title that the page itself names.

Menus, notices and teasers above the only first-level heading, or above the line that repeats the page's title
element, prose among them.

It must not touch a page whose title is only guessed, nor one with more than a little prose above its title.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import NOISE_FAMILIES
from cleaner.heuristics.title import anchor
from cleaner.model import Drop

EVIDENCE = 2
"""Lines of noise that must stand above the title for prose there to go."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose everything above the title."""
    row = anchor(page) if page.has_prose else None
    if row and (not page.prose[:row].any() or page.marked(*NOISE_FAMILIES)[:row].sum() >= EVIDENCE):
        yield Drop(range(row), "above the title")
