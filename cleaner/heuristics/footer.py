"""The page's footer: imprint, copyright, legal notes, by markup.

It must not touch the footer of a quotation or an article that carries the article's own text.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements

MOST_TEXT = 0.3
"""Share of the page's running text that such an element may hold."""

propose_in_tree = drop_elements(
    "the page's footer",
    most=MOST_TEXT,
    words=("footer", "colophon", "contentinfo", "copyright", "foot", "legal", "disclaimer"),
    tags=("footer",),
    roles=("contentinfo",),
)
