"""Teasers below the article: titles with a sentence or two of other articles, with no heading that says so.

Prose comes in clusters: paragraphs with no more than a few short lines between them. Below the largest
cluster, small ones beyond a stretch of menu entries, repeated lines or links are teasers, notes on the author,
or forms that explain themselves.

It must not touch an article whose sections are parted by lists or tables: the stretch between must carry noise,
and all that follows must be small beside the article.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import ARTICLE, noise
from cleaner.measures import rows_where
from cleaner.model import Drop

GUESSES = ("in_rows",)

GAP = 4
"""Short lines in a row that part two clusters."""
SMALL = 0.15
"""Weight of a cluster beside the largest, up to which it is small."""
TOGETHER = 0.5
"""Weight of all clusters that go, beside the largest."""
EVIDENCE = 2
"""Lines of noise in the stretch before the first cluster that goes."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the small clusters below the largest, from the noise before them on."""
    if not page.has_prose or page.prose_share < ARTICLE:
        return
    rows = page.prose_rows
    opens = np.concatenate(([0], rows_where(np.diff(rows) > GAP) + 1))
    weights = np.add.reduceat(page.measures.weight[rows], opens)
    largest = int(np.argmax(weights))
    evidence = noise(page)
    for cluster in range(largest + 1, len(opens)):
        rest = weights[cluster:]
        if rest.max() > SMALL * weights[largest] or rest.sum() > TOGETHER * weights[largest]:
            continue
        above, below = int(rows[opens[cluster] - 1]) + 1, int(rows[opens[cluster]])
        marks = rows_where(evidence[above:below])
        if len(marks) >= EVIDENCE:
            yield Drop(range(above + int(marks[0]), len(page)), "small texts below the article")
            return
