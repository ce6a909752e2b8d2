"""Rules that begin to eat pages are named; those that have more to do for a while are not."""

from __future__ import annotations

import pytest
from health_notes import Counts, history, watched

from cleaner.health.findings import Kind
from cleaner.health.growth import growth

STEADY: Counts = [(58, 60), (31, 31), (77, 80), (44, 45), (60, 62)]


def test_a_rule_that_eats_the_page_is_named() -> None:
    (found,) = growth(history([*STEADY, (59, 60)], each=[60, 55, 64, 60, 58, 640]), watched())
    assert found.kind is Kind.REMOVES_MORE
    assert found.since == "2031-W49"
    assert (found.path, found.line) == ("own/valley.example.toml", 7)
    assert found.message == (
        "62.9% of all characters (on 98.3% of 60 documents, 640 characters each) since 2031-W49; "
        "before, 5.8% of all characters (on 97.1% of 278 documents, 60 characters each)"
    )
    assert found.numbers["share"] > 10 * found.numbers["share_before"]


def test_a_rule_that_fires_on_far_more_pages_is_named() -> None:
    rare: Counts = [(3, 60), (2, 40), (4, 80), (3, 60), (58, 60)]
    (found,) = growth(history(rare, each=200), watched())
    assert found.message.startswith("19.3% of all characters (on 96.7% of 60 documents, 200 characters each)")
    asleep: Counts = [(0, 60), (0, 40), (0, 80), (0, 60), (58, 60)]
    (found,) = growth(history(asleep, each=200), watched())
    assert found.message.endswith("before, nothing of 240 documents")


@pytest.mark.parametrize(
    ("last", "each"),
    [
        ((59, 60), [60, 55, 64, 60, 58, 100]),  # some more
        ((59, 60), [5, 5, 5, 5, 5, 50]),  # ten times as much, and still little
        ((3, 3), [60, 55, 64, 60, 58, 900]),  # three long pages
        (None, [60, 55, 64, 60, 58, 900]),
        ((59, 60), [60, 640, 64, 60, 700, 640]),  # it does that now and then
    ],
)
def test_it_is_quiet_when_all_is_well(last: tuple[int, int] | None, each: list[int]) -> None:
    assert list(growth(history([*STEADY, last], each=each), watched())) == []


def test_a_site_needs_some_weeks() -> None:
    assert list(growth(history([(50, 50), (50, 50), (50, 50)], each=[10, 10, 900]), watched())) == []
