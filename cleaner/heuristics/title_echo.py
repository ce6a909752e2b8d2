"""The title said again: the page's title element above the headline, a sticky header, the end of a breadcrumb.

A page's text often opens with its title element ("Headline | Site") and repeats the headline under the menu
or in a share box. One of them stays.

It must not touch a sentence of the article that quotes its title, or a refrain.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics.title import find
from cleaner.measures import rows_where
from cleaner.model import Drop

GUESSES = ("in_rows",)

MIN_WORDS = 3
LONGEST_SUFFIX = 60
"""Characters of a site's name and section behind a title."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the other rows that say the title."""
    row = find(page)
    if row is None or page.measures.words[row] < MIN_WORDS:
        return
    title = page.visible[row].casefold()
    chars = page.measures.chars
    able = (chars >= len(title)) & (chars <= len(title) + LONGEST_SUFFIX) & ~page.prose
    able[row] = False
    able[page.head_end : page.tail_start] = False
    echoes = []
    for other in rows_where(able).tolist():
        text = page.visible[other].casefold()
        if text == title or _with_site(text, title):
            echoes.append(other)
    if echoes:
        yield Drop(echoes, "says the title again")


def _with_site(text: str, title: str) -> bool:
    """Tell whether the line is the title with a separator and a few words before or behind it."""
    if text.startswith(title):
        rest = text[len(title) :].lstrip()
        return bool(rest) and rest[0] in "|-–—·•:»"
    if text.endswith(title):
        rest = text[: -len(title)].rstrip()
        return bool(rest) and rest[-1] in "|-–—·•:»/>›"
    return False
