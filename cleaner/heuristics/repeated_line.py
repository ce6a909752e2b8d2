"""Lines that stand on the page again and again: buttons, labels, teasers shown twice.

A short line that is repeated, outside the prose, is template text; inside the article the first stays.
Titles that come in pairs with a section and a time between them (teaser lists) are found by this too.

A long line goes when it stands above already, wherever it is: a caption set twice, a teaser and its paragraph.

It must not touch refrains, dialogue and the rows of tables inside the article, nor the prices and labels of a
catalogue: short lines go only from the head and the tail of a page that is mostly prose, and the first of
equal long lines stays.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import ARTICLE, outside
from cleaner.measures import rows_where
from cleaner.model import Drop

MAX_WEIGHT = 120.0
LONG_WEIGHT = 100.0
"""Latin characters from which a line is no refrain."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose second copies of long lines, and the repeated short lines of the head and the tail."""
    if not page.has_prose:
        return
    seen: set[str] = set()
    copies = []
    for row in rows_where(page.repeated & (page.measures.weight >= LONG_WEIGHT)).tolist():
        if page.visible[row] in seen:
            copies.append(row)
        seen.add(page.visible[row])
    if copies:
        yield Drop(copies, "stands above already")
    if page.prose_share < ARTICLE:
        return
    short = (page.measures.weight <= MAX_WEIGHT) & ~page.prose & ~page.measures.ends
    rows = rows_where(page.repeated & short & outside(page))
    if len(rows):
        yield Drop(rows.tolist(), "stands on the page more than once")
