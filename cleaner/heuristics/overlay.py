"""Overlays: pop-ups, dialogs, tooltips, paywall curtains, by markup.

Some sites put the article itself into a modal container: one that holds much of the text stays.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements

GUESSES = ("in_tree",)

MOST_TEXT = 0.15
"""Share of the page's running text that such an element may hold."""

propose_in_tree = drop_elements(
    "a pop-up",
    most=MOST_TEXT,
    words=("modal", "popup", "popover", "overlay", "dialog", "lightbox", "tooltip", "toast", "paywall"),
    tags=("dialog",),
    roles=("dialog",),
)
