"""Weights of words: a language that they do not know is left to the other features."""

from __future__ import annotations

import numpy as np

from cleaner.scorer.columns import Columns
from cleaner.scorer.words import NAMES, Words, grams

WORDS = Words({"share": -2.0, "the": 1.0, "river": 2.0, "rose": 1.0, "^ share": -3.0})


def columns_of(*lines: str) -> dict[str, list[float]]:
    columns = Columns(len(lines))
    WORDS.add_to(columns, lines)
    return dict(zip(NAMES, np.round(columns.matrix().astype(float), 4).tolist(), strict=True))


def test_pairs_of_words_count_in_short_rows_only() -> None:
    assert grams("Share this!") == ["share", "this", "^ share", "share this", "this $"]
    assert all(" " not in gram for gram in grams("one two three four five six seven eight nine ten eleven twelve more"))
    assert grams("•••") == []


def test_digits_are_alike() -> None:
    assert grams("3 of 12")[:3] == grams("7 of 99")[:3]


def test_a_row_has_the_mean_of_its_known_words() -> None:
    found = columns_of("The river rose.", "Share")
    assert found["word weights, mean"] == [round(4 / 3, 4), -2.5]
    assert found["word weights, least"] == [1.0, -3.0]
    assert found["word weights +1"][0] == -2.5


def test_a_page_of_unknown_words_has_no_weights() -> None:
    found = columns_of("Der Fluss stieg in der Nacht.", "share")
    assert not any(any(column) for column in found.values())
