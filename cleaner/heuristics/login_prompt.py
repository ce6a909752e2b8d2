"""Login prompts: "Sign in", "Register to continue", "Already have an account?".

It must not touch instructions that explain a login to the reader in whole sentences.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

MAX_WEIGHT = 120.0
"""Latin characters of the longest line that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the prompts."""
    rows = labels(page, "login-prompt", MAX_WEIGHT)
    if len(rows):
        yield Drop(rows.tolist(), "a login prompt")
