"""Sidebars and widgets, by markup.

Themes call whole layouts after them ("has-sidebar"), so an element with more than a little text stays.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements

GUESSES = ("in_tree",)

MOST_TEXT = 0.1
"""Share of the page's running text that such an element may hold."""

propose_in_tree = drop_elements(
    "a sidebar",
    most=MOST_TEXT,
    words=("sidebar", "aside", "complementary", "widget", "rail"),
    tags=("aside",),
    roles=("complementary",),
)
