"""Rules that stop firing are named, and when; rules that only have less to do are not."""

from __future__ import annotations

import pytest
from health_notes import FILE, FIRST, Counts, history, watched
from hypothesis import given
from hypothesis import strategies as st

from cleaner.health.findings import Kind
from cleaner.health.history import name_of
from cleaner.health.silence import LEAST, MANY, never_fired, silence

STEADY: Counts = [(58, 60), (31, 31), (77, 80), (44, 45), (60, 62)]


def kinds(counts: Counts, rule: str = "valley.example/masthead", **more: object) -> list[str]:
    return [str(found.kind) for found in silence(history(counts, rule, **more), watched())]


def test_a_rule_that_stops_is_named_with_its_line_its_numbers_and_its_week() -> None:
    (found,) = silence(history([*STEADY, (0, 50), None, (0, 40)]), watched())
    assert found.kind is Kind.STOPPED
    assert (found.rule, found.site) == ("valley.example/masthead", "valley.example")
    assert (found.path, found.line) == ("own/valley.example.toml", 7)
    assert found.since == name_of(FIRST + 5) == "2031-W49"
    assert found.message == "on none of 90 documents since 2031-W49; before, on 97.1% of 278 in 5 weeks"
    assert found.numbers["fired_before"] == 270


def test_a_rule_that_fires_far_less_is_named() -> None:
    (found,) = silence(history([*STEADY, (4, 70), (5, 60)]), watched())
    assert found.kind is Kind.RARER
    assert found.message.startswith("on 6.9% of 130 documents since 2031-W49; before, on 97.1%")


@pytest.mark.parametrize(
    "more",
    [
        [(59, 60)],  # as ever
        [(0, LEAST - 1)],  # a quiet week with some odd pages
        [None, None, None],  # Christmas
        [None, (0, 4), None, (0, 3)],
        [(0, 0)],
        [(30, 60)],  # half as often
        [(0, 60), (58, 60)],  # it was silent, and fires again
    ],
)
def test_it_is_quiet_when_all_is_well(more: Counts) -> None:
    assert kinds([*STEADY, *more]) == []


def test_a_rule_of_few_pages_may_be_silent_for_long_and_not_for_ever() -> None:
    rare: Counts = [(2, 100), (1, 90), (3, 110), (2, 100), (2, 120), (3, 100)]
    assert kinds([*rare, (0, 100)]) == []
    assert kinds([*rare, (0, 20_000)]) == [], "pages of one week are alike"
    assert kinds([(5, 100)] * 8 + [(0, 100)] * 8) == ["stopped"]


def test_a_rule_that_comes_and_goes_has_not_stopped() -> None:
    assert kinds([(60, 60), (0, 60), (0, 60), (55, 60), (0, 60), (60, 60), (0, 60), (0, 60)]) == []


def test_a_new_site_and_a_new_rule_have_no_habits_yet() -> None:
    assert kinds([(60, 60), (58, 60), (0, 60)]) == []
    assert kinds([(0, 60), (0, 60), (0, 60), (0, 60), (0, 60)]) == []


def test_a_file_that_changed_meanwhile_is_new() -> None:
    counts = [*STEADY, (0, 60), (0, 60)]
    file = "valley.example"
    assert kinds(counts, rule_files=[(file, name_of(FIRST), "a")]) == ["stopped"]
    changed = [(file, name_of(FIRST), "a"), (file, name_of(FIRST + 5), "b")]
    assert kinds(counts, rule_files=changed) == []


def test_a_file_that_changed_since_the_last_run_has_done_nothing_yet() -> None:
    past = history([*STEADY, (0, 60), (0, 60)])
    digest = watched().rule_set.digests["valley.example"]
    assert len(list(silence(past, watched(digests={"valley.example": digest})))) == 1
    assert list(silence(past, watched(digests={"valley.example": "other"}))) == []


@pytest.mark.parametrize(
    "options",
    [
        {"skip": ["valley.example/masthead"]},
        {"skip": ["valley.example"]},
        {"only": ["press"]},
        {"ignored": ["valley.example/masthead"]},
        {"site": FILE.replace('"masthead"', '"head"')},
    ],
)
def test_what_is_switched_off_ignored_or_gone_is_not_told_of(options: dict) -> None:
    assert list(silence(history([*STEADY, (0, 60), (0, 60)]), watched(**options))) == []


def test_a_rule_for_a_passing_thing_may_end() -> None:
    over = [*STEADY, (55, 60), (0, 60), (0, 60), (0, 60)]
    assert name_of(FIRST + len(over) - 1) == "2031-W52"
    assert kinds(over, "valley.example/banner") == [], "its last day was the 2031-12-24"
    assert kinds(over[:-1], "valley.example/banner") == ["stopped"]


def test_a_platform_rule_stops_only_where_it_stops_on_all_sites() -> None:
    stopped = [*STEADY, (0, 60), (0, 60)]
    other = [
        row
        for number in range(7)
        for row in (
            (name_of(FIRST + number), "b.example", "", 50, 0, 50_000, 0),
            (name_of(FIRST + number), "b.example", "press/credit", 49, 49, 900, 900),
        )
    ]
    assert kinds(stopped, "press/credit") == ["stopped"]
    assert kinds(stopped, "press/credit", more=other) == [], "one site left the platform"


def test_rules_that_never_fired_are_named_if_they_could_have() -> None:
    told = list(never_fired(history([(0, 120)] * 9), watched()))
    assert [found.rule for found in told] == ["valley.example/masthead"], (
        "not what keeps, captures, is over, or needs pages that are HTML"
    )
    assert told[0].kind is Kind.NEVER_FIRED
    assert told[0].message == "on none of 1,080 documents since 2031-W44"
    html = [(name_of(FIRST), "valley.example", "heuristics/main-content", 9, 9, 900, 900)]
    told = list(never_fired(history([(0, 120)] * 9, more=html), watched()))
    assert [found.rule for found in told] == ["valley.example/masthead", "valley.example/offers"]


def test_rules_that_never_fired_on_few_documents_or_few_weeks_are_not_named() -> None:
    assert list(never_fired(history([(0, 30)] * 8), watched())) == []
    assert list(never_fired(history([(0, 50_000)]), watched())) == []
    assert 8 * 30 < MANY < 50_000


@pytest.mark.parametrize("match", ['path = ["/world/**"]', 'markup = "html"'])
def test_rules_for_some_pages_of_a_site_may_never_fire(match: str) -> None:
    site = FILE.replace('host = ["valley.example"]', f'host = ["valley.example"]\n{match}')
    assert list(never_fired(history([(0, 120)] * 9), watched(site=site))) == []
    below = FILE.replace('host = ["valley.example"]', 'host = ["shop.valley.example"]')
    assert list(never_fired(history([(0, 120)] * 9), watched(site=below))) == []


@given(st.lists(st.one_of(st.none(), st.integers(1, LEAST - 1)), max_size=1))
def test_a_week_of_few_documents_never_matters(quiet: list[int | None]) -> None:
    assert kinds([*STEADY, *((0, of) if of else None for of in quiet)]) == []


@given(st.lists(st.integers(0, 400), min_size=4, max_size=12), st.sampled_from([1.0, 0.5, 0.25]))
def test_traffic_alone_never_matters(traffic: list[int], share: float) -> None:
    assert kinds([(round(of * share), of) for of in traffic]) == []
