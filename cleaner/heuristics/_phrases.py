"""What the heuristics built on word lists share: which marked rows may go, by zone and length."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from cleaner.blocks.page import NO_ROWS, Page, once_a_page
from cleaner.measures import Bools, rows_where
from cleaner.model import Drop
from cleaner.phrases import Rows

NOISE_FAMILIES = (
    "navigation",
    "share-bar",
    "ad-label",
    "cookie-consent",
    "newsletter",
    "login-prompt",
    "paywall",
    "related-news",
    "comments",
    "pagination",
    "promo",
    "legal",
    "powered-by",
    "reading-widget",
    "tag-list",
    "form",
    "counter",
)
"""Families whose phrases are noise nearly wherever they stand: 1 to 15 % of the lines they mark on the WCXB
development split are content."""

WORDS = frozenset(
    ("ad-label", "comments", "counter", "form", "navigation", "newsletter", "pagination", "promo", "reading-widget",
     "related-news", "share-bar", "tag-list")
)  # fmt: skip
"""Families whose phrases are often a single word, which may be a heading."""

ARTICLE = 0.4
"""Share of the words in prose from which a page is taken for an article."""

CLUTTER = 3
"""Marked lines of a stretch without prose from which it is clutter."""

LINK_ONLY = 0.9
"""Share of link text from which a line is links and nothing else."""

LABEL_WEIGHT = 60.0
"""Latin characters of a label: a longer line says something of its own."""


@once_a_page
def outside(page: Page) -> Bools:
    """Tell which rows lie in the head or the tail; none on a page without prose."""
    zone = np.zeros(len(page), np.bool_)
    if page.has_prose:
        zone[: page.head_end] = True
        zone[page.tail_start :] = True
    return zone


@once_a_page
def has_clutter(page: Page) -> bool:
    """Tell whether the page has a stretch without prose that several phrases mark: a menu, a footer, a share box.

    A text without one is clean already, and a word such as "Share" or "Comments" on a line of its own is a
    heading there, an answer, an exhibit.
    """
    edges = rows_where(np.diff(page.prose, prepend=True, append=True))
    counts = np.concatenate(([0], np.cumsum(page.marked(*NOISE_FAMILIES))))
    return bool((counts[edges[1::2]] - counts[edges[::2]] >= CLUTTER).any())


def labels(page: Page, family: str, max_weight: float = LABEL_WEIGHT) -> Rows:
    """Give the rows that a family marks and that are no longer than a label.

    Families of short words count only on a page with clutter (:func:`has_clutter`).
    """
    rows = page.rows(family)
    if not len(rows) or (family in WORDS and not has_clutter(page)):
        return NO_ROWS
    return rows[(page.measures.weight[rows] <= max_weight) & ~page.prose[rows]]


def labels_outside(page: Page, family: str, max_weight: float = LABEL_WEIGHT) -> Rows:
    """Give the rows of :func:`labels` that lie in the head or the tail."""
    rows = labels(page, family, max_weight)
    return rows[outside(page)[rows]] if len(rows) else rows


@once_a_page
def noise(page: Page) -> Bools:
    """Tell which rows bear evidence of noise: a phrase, a line said again, or nothing but links."""
    return page.marked(*NOISE_FAMILIES) | page.repeated | (page.links > LINK_ONLY)


def drop_labels(
    family: str, max_weight: float, reason: str, find: Callable[[Page, str, float], Rows] = labels
) -> Callable[[Page], Iterator[Drop]]:
    """Make a heuristic that drops the labels of a family wherever they stand."""

    def propose(page: Page) -> Iterator[Drop]:
        rows = find(page, family, max_weight)
        if len(rows):
            yield Drop(rows.tolist(), reason)

    return propose


def drop_labels_outside(family: str, max_weight: float, reason: str) -> Callable[[Page], Iterator[Drop]]:
    """Make a heuristic that drops the labels of a family in the head and the tail."""
    return drop_labels(family, max_weight, reason, labels_outside)
