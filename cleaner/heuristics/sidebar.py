"""Sidebars and widgets, by markup.

Themes call whole layouts after them ("has-sidebar"), so an element with more than a little text stays. So does an
``<aside>`` between paragraphs, as the standard means it: a box of facts, a pull quote.
"""

from __future__ import annotations

from cleaner.blocks.dom import CONTROL
from cleaner.blocks.page import Page
from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import NOISE_FAMILIES

GUESSES = ("in_tree",)

LEAST_PROSE = 0.5
"""Share of the page's prose that must stand around such a box."""
MOST_LINKS = 0.3
"""Share of link text in a row of such a box."""
MOST_TEXT = 0.1
"""Share of the page's running text that such an element may hold."""


def _is_part_of_the_text(page: Page, element: int) -> bool:
    """Tell whether an element stands between the article's paragraphs, and has no links, buttons or marks of noise."""
    dom = page.dom
    assert dom is not None
    if dom.whole.tags[element] != "aside":
        return False
    firsts, ends = dom.extent
    above = dom.whole.parents[element]
    first, end = firsts[element], ends[element]
    before, after = page.prose[firsts[above] : first], page.prose[end : ends[above]]
    if before.sum() + after.sum() < LEAST_PROSE * page.prose.sum():
        return False
    inside = slice(first, end)
    is_noise = page.marked(*NOISE_FAMILIES)[inside].any() or (page.links[inside] > MOST_LINKS).any()
    is_noise |= (dom.flags[inside] & CONTROL).any()
    return bool(before.any() and after.any()) and not is_noise


propose_in_tree = drop_elements(
    "a sidebar",
    unless=_is_part_of_the_text,
    most=MOST_TEXT,
    words=("sidebar", "aside", "complementary", "widget", "rail"),
    tags=("aside",),
    roles=("complementary",),
)
