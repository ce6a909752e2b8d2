"""Navigation: menus, skip links, language switches, "back to top".

The phrases of menus go wherever they stand outside the prose; between paragraphs only as a run of several
lines, since a single "Search" or "About" may be a heading there. In Markdown, a run of lines that are links and
nothing else goes too, when it is long or stands outside the prose.

It must not touch headings, the answers of an interview, or a list of links with sentences about them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.blocks.page import Page
from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import LINK_ONLY, labels, labels_outside, outside
from cleaner.measures import runs
from cleaner.model import Drop

MIN_RUN = 3
MIN_LINK_RUN = 4
MIN_INNER_LINK_RUN = 8
"""Between paragraphs a short list of links is the author's."""

MAX_LINK_WEIGHT = 60.0


def propose(page: Page) -> Iterator[Drop]:
    """Propose menus and runs of links."""
    rows = labels_outside(page, "navigation")
    if len(rows):
        yield Drop(rows.tolist(), "a menu entry")
    marked = np.zeros(len(page), np.bool_)
    marked[labels(page, "navigation")] = True
    for first, end in runs(marked):
        if end - first >= MIN_RUN:
            yield Drop(range(first, end), "a run of menu entries")
    if page.markup == "markdown" and page.has_prose:
        linked = (page.links >= LINK_ONLY) & (page.measures.weight <= MAX_LINK_WEIGHT) & (page.headings == 0)
        beyond = outside(page)
        for first, end in runs(linked):
            if end - first >= (MIN_LINK_RUN if beyond[first] else MIN_INNER_LINK_RUN):
                yield Drop(range(first, end), "a run of links")


MOST_TEXT = 0.25
"""Share of the page's running text that an element with such a class may hold."""

propose_in_tree = drop_elements(
    "a menu, by its markup",
    most=MOST_TEXT,
    words=(
        "nav",
        "navbar",
        "navigation",
        "menu",
        "menus",
        "submenu",
        "menuitem",
        "menubar",
        "breadcrumb",
        "breadcrumbs",
        "pagination",
        "pager",
        "paginator",
        "topbar",
        "sitemap",
        "skip",
        "toolbar",
        "masthead",
        "dropdown",
        "megamenu",
        "burger",
        "hamburger",
        "offcanvas",
        "drawer",
        "switcher",
    ),
    tags=("nav",),
    roles=("navigation",),
)
