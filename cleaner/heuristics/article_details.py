"""Dates, tags and other details of an article, by markup.

Their words stand in many a class of a theme, so only elements with hardly any text go.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements

GUESSES = ("in_tree",)

MOST_TEXT = 0.03
"""Share of the page's running text that such an element may hold."""

propose_in_tree = drop_elements(
    "a detail of the article",
    most=MOST_TEXT,
    words=("postmeta", "tags", "tag", "published", "updated", "dateline", "timestamp", "date", "eyebrow"),
)
