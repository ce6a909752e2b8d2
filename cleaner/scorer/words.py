"""What the words of a row say: for each word and pair of words, how much more often sites keep it than drop it.

A weight is the logarithm of the odds that a row with the word is content, each site counted alike, so that no
large site speaks for the web (naive Bayes; the mean over a row's words keeps long rows from shouting). A page most
of whose words are unknown is in another language, or is no running text: there the words say nothing, and the
other features must do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise

import numpy as np

from cleaner.scorer.columns import REACHES, Columns, Matrix, shifted, sums_around

MOST_CHARS, MOST_WORDS = 300, 40
"""What of a long row is read."""
SHORT = 12
"""Words of a row whose pairs of words count too, with its start and its end as words."""
START, END = "^", "$"
KNOWN_LEAST = 0.55
"""Share of known words of a text from which its words are listened to.

On texts in other languages they misled the trees (F1 on the news set 0.903 with them, 0.916 so); on HTML, where the
tree speaks too, they helped everywhere (0.965 with them, 0.955 so)."""
NAMES = [
    "word weights, mean", "word weights, least", "word weights, most", "known words",
    "word weights -1", "word weights +1",
    *(f"word weights ±{reach}" for reach in REACHES),
    "page: word weights",
]  # fmt: skip
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")


def words_of(line: str) -> list[str]:
    """Give the words of a row in lower case, digits as 0."""
    line = line[:MOST_CHARS].lower()
    words = _WORD.findall(line)[:MOST_WORDS]
    if not _DIGIT.search(line):
        return words
    return [_DIGIT.sub("0", word) if word[0].isdigit() else word for word in words]


def pairs_of(words: Sequence[str]) -> list[str]:
    """Give the pairs of words of a short row, its start and its end with them; of a long row none."""
    if len(words) > SHORT or not words:
        return []
    return list(map(" ".join, pairwise((START, *words, END))))


def grams(line: str) -> list[str]:
    """Give what a row is looked up by.

    >>> grams("Page 12")
    ['page', '00', '^ page', 'page 00', '00 $']
    """
    words = words_of(line)
    return words + pairs_of(words)


class Words:
    """The weights of words, as a page is looked up in them."""

    def __init__(self, weights: Mapping[str, float]) -> None:
        self.weights = weights
        # Pages are looked at more than once, and menus recur from page to page.
        self._of_line = lru_cache(maxsize=20_000)(self._look_up)

    def _look_up(self, line: str) -> tuple[float, float, float, int, int]:
        """Give the mean, least and greatest weight of a line, how many of its words are known, and how many it has."""
        words = words_of(line)
        weight = self.weights.get
        hits = list(filter(None, map(weight, words)))  # no word that is stored weighs nothing
        known = len(hits)
        hits += filter(None, map(weight, pairs_of(words)))
        if not hits:
            return 0.0, 0.0, 0.0, 0, len(words)
        return sum(hits) / len(hits), min(hits), max(hits), known, len(words)

    def add_to(self, columns: Columns, visible: Sequence[str], *, known_least: float = KNOWN_LEAST) -> None:
        """Add the columns :data:`NAMES` of a page's rows; zeros where the page has fewer known words than that."""
        columns.add_block(NAMES, self._columns(visible, known_least))

    def _columns(self, visible: Sequence[str], known_least: float) -> Matrix:
        found = np.array([self._of_line(line) for line in visible], np.float64).reshape(-1, 5).T
        block = np.zeros((len(NAMES), len(visible)), np.float32)
        words = found[4]
        if not words.sum() or found[3].sum() < known_least * words.sum():
            return block
        mean = found[0]
        block[:3] = found[:3]
        block[3] = found[3] / (words + 0.5)
        block[4] = shifted(block[:1], -1)
        block[5] = shifted(block[:1], 1)
        both = np.stack((mean * words, words))
        for at, reach in enumerate(REACHES):
            near = sums_around(both, reach)
            block[6 + at] = near[0] / (near[1] + 1)
        block[9] = both[0].sum() / (words.sum() + 1)
        return block
