"""Author boxes: a portrait and a few sentences on the author, by markup.

It must not touch an article about an author: one that holds much of the text stays.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements

GUESSES = ("in_tree",)

MOST_TEXT = 0.2
"""Share of the page's running text that such an element may hold."""

propose_in_tree = drop_elements(
    "a note on the author",
    most=MOST_TEXT,
    words=("bio", "byline", "vcard", "authorbox", "authors"),
)
