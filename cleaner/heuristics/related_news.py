"""Related, similar, latest and most read news, with or without a heading line.

A label with a headline behind it ("Read also: ...") goes wherever it stands. A heading ("Similar news") in the
tail takes the rest of the tail with it: lists of titles, with sections and times between them. Between
paragraphs it takes only the short lines right under it.

It must not touch a paragraph that begins with such words, nor prose under the heading.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

GUESSES = ("in_tree", "in_rows")

MAX_WEIGHT = 160.0
"""Latin characters of a label and the headline behind it."""
MAX_UNDER = 8
"""Rows under a heading between paragraphs."""
MAX_TEASER = 130.0


def propose(page: Page) -> Iterator[Drop]:
    """Propose labels, headings and what hangs from them."""
    if not page.has_prose:
        return
    tail = page.tail_start
    for row in labels(page, "related-news", MAX_WEIGHT).tolist():
        if row >= tail:
            yield Drop(range(row, len(page)), "other articles: the heading and all after it")
            return
        end = row + 1
        if row >= page.head_end and page.measures.words[row] <= 6 and ":" not in page.lines[row][:-1]:
            end = _under(page, row)
        yield Drop(range(row, end), "other articles")


def _under(page: Page, heading: int) -> int:
    """Give the end of the teasers under a heading between paragraphs."""
    measures = page.measures
    row = heading + 1
    while row < min(heading + 1 + MAX_UNDER, page.tail_start):
        if page.prose[row] or measures.ends[row] or measures.weight[row] > MAX_TEASER or page.headings[row]:
            break
        if row > heading + 1 and page.gaps[row] and not page.gaps[heading + 1]:
            break
        row += 1
    if row < page.tail_start and page.headings[row]:
        return heading + 1
    return max(heading + 1, row - 1) if row < len(page) and page.prose[row] and not page.prose[row - 1] else row


MOST_TEXT = 0.25
"""Share of the page's running text that an element with such a class may hold."""

propose_in_tree = drop_elements(
    "other articles, by their markup",
    most=MOST_TEXT,
    words=(
        "related",
        "recommended",
        "recommendation",
        "recommendations",
        "recirc",
        "trending",
        "popular",
        "taboola",
        "outbrain",
        "similar",
        "upsell",
        "upsells",
        "crosssell",
    ),
)
