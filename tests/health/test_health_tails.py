"""Chances are what counting gives."""

from __future__ import annotations

from math import comb, isclose

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.health.tails import LIKENESS, USUAL, at_least, at_most, likeness, times, worth


def exact(hits: int, of: int, before: int, of_before: int) -> float:
    """Count: each order of all documents is as likely, with one more on each side, as Laplace had it."""
    ways = [comb(before + k, k) * comb(of_before - before + of - k, of - k) for k in range(of + 1)]
    return sum(ways[: hits + 1]) / comb(of_before + of + 1, of)


counts = st.integers(0, 40).flatmap(lambda of: st.tuples(st.integers(0, of), st.just(of)))


@given(counts, counts)
def test_at_most_is_exact(now: tuple[int, int], before: tuple[int, int]) -> None:
    assert isclose(at_most(*now, *before), exact(*now, *before), rel_tol=1e-9)


@given(counts, counts)
def test_the_two_tails_overlap_in_one_count(now: tuple[int, int], before: tuple[int, int]) -> None:
    hits, of = now
    below = at_most(hits - 1, of, *before) if hits else 0.0
    assert isclose(below + at_least(hits, of, *before), 1.0, rel_tol=1e-9)


@pytest.mark.parametrize(("ratio", "of", "of_before"), [(1.0, 12, 30), (1.8, 12, 30), (2.5, 4, 50), (3.0, 6, 6)])
def test_times_is_what_drawing_gives(ratio: float, of: int, of_before: int) -> None:
    random = np.random.default_rng(5)
    drawn = random.exponential(size=(40_000, of)).mean(1) / random.exponential(size=(40_000, of_before)).mean(1)
    assert times(ratio, of, of_before) == pytest.approx((drawn >= ratio).mean(), abs=0.008)


@given(st.floats(0.1, 1e6), st.floats(0.2, 500), st.floats(0.2, 500))
def test_times_is_a_chance_that_falls_as_the_ratio_grows(ratio: float, of: float, of_before: float) -> None:
    more, less = times(2 * ratio, of, of_before), times(ratio, of, of_before)
    assert 0 <= more <= 1
    assert 0 <= less <= 1
    assert more <= less + 1e-9, "but for rounding"


def test_a_week_is_worth_a_hundred_documents_at_most() -> None:
    hits, documents = worth([(50, 100), (500_000, 1_000_000)], LIKENESS)
    assert 99 < documents - 100 / (1 + 99 * LIKENESS) < 100
    assert hits == pytest.approx(documents / 2)


def test_likeness_is_measured_over_weeks() -> None:
    random = np.random.default_rng(3)
    even = [(int(random.binomial(200, 0.4)), 200) for _ in range(40)]
    uneven = [(int(random.binomial(200, random.beta(0.4 * 4, 0.6 * 4))), 200) for _ in range(40)]
    assert likeness(even) == LIKENESS
    assert likeness(uneven) == pytest.approx(0.2, abs=0.07)
    assert likeness([(40, 100), (60, 150), (20, 50)]) > LIKENESS, "three even weeks prove little"
    assert likeness([(40, 100)]) <= USUAL
    assert likeness([(0, 10), (0, 3)]) == likeness([(5, 5), (3, 3)]) == LIKENESS
