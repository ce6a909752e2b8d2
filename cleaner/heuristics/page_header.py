"""The page's header: logo, claim, menus, by markup.

It must not touch a header that holds the article's opening: one with much of the text stays.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements

MOST_TEXT = 0.25
"""Share of the page's running text that such an element may hold."""

propose_in_tree = drop_elements(
    "the page's header",
    most=MOST_TEXT,
    tags=("header",),
    roles=("banner",),
)
