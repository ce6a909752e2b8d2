"""End matter: what a page goes on with after its article, once a line says that the article is over.

A heading of the comments, a newsletter box, a share bar, a copyright line or a list of tags that stands after
nearly all of the page's prose ends the article; prose after it is comments, teasers and notes on the
author. How much prose must stand before depends on the mark: of the marks on the pages of the WCXB development
split, comments with a fifth of the prose before them end the article in 99 % of cases, the others with four
fifths before them in 88 % (related news) to 100 % (legal notices).

It must not touch threads: on a forum the replies are the content, and its words ("Reply", "Quote") recur from
the first post on.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.blocks.page import NO_ROWS, Page
from cleaner.heuristics._phrases import ARTICLE, NOISE_FAMILIES, labels
from cleaner.heuristics._thread import is_thread
from cleaner.measures import rows_where
from cleaner.model import Drop

GUESSES = ("in_rows",)

MARKS: tuple[tuple[tuple[str, ...], float, float, str], ...] = (
    (("comments",), 0.3, 0.3, "the comments and all after them"),
    (
        ("newsletter", "share-bar", "legal", "pagination", "login-prompt", "cookie-consent", "tag-list", "paywall"),
        0.8,
        0.7,
        "after the article",
    ),
    (("related-news",), 0.9, 0.9, "other articles and all after them"),
    (
        ("navigation", "form", "reading-widget", "promo", "section", "byline", "dateline-label"),
        0.95,
        0.9,
        "after the article",
    ),
)
"""Families of marks, with the share of the page's prose that must stand before one: on any page, on an article."""

MAX_WEIGHT = 110.0
PARAGRAPH = 150.0
"""Latin characters of a paragraph of an article, where two of them stand in a row."""
MIN_MARKS = 3
"""Marked lines, of any family, that must stand from the mark to the end of the page: a page's own footer. An
article that merely has a heading such as "Newsletter" has none."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose everything from the first mark that ends the article."""
    if not page.has_prose:
        return
    marked_rows = page.marked(*NOISE_FAMILIES)
    if not marked_rows.any():
        return
    marks = marked_rows[::-1].cumsum()[::-1]
    before = np.where(marks >= MIN_MARKS, page.prose_before, -1.0)
    resumed = _last_pair(page)
    is_article = page.prose_share >= ARTICLE
    found: list[tuple[int, str]] = []
    for families, anywhere, in_article, reason in MARKS:
        if families == ("comments",) and is_thread(page):
            continue
        share = in_article if is_article else anywhere
        least = 0 if families == ("comments",) else resumed
        marked = np.concatenate(
            [NO_ROWS, *(labels(page, name, MAX_WEIGHT) for name in families if len(page.rows(name)))]
        )
        rows = marked[(before[marked] >= share) & (marked >= least)].tolist()
        found += [(min(rows), reason)] if rows else []
    if found:
        row, reason = min(found)
        yield Drop(range(row, len(page)), reason)


def _last_pair(page: Page) -> int:
    """Give the row of the last paragraph that follows another: there the article still goes on.

    Teasers and notes stand alone between short lines; two paragraphs in a row are the author's.
    """
    prose = page.prose & (page.measures.weight >= PARAGRAPH)
    pairs = rows_where(prose[1:] & prose[:-1])
    return int(pairs[-1]) + 1 if len(pairs) else 0
