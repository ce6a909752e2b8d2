"""What is read from the notes of runs."""

from __future__ import annotations

from cleaner.health.history import ACTIVE, WEEKS, History, Use, name_of, number_of


def row(week: str, site: str, rule: str = "", documents: int = 10, characters: int = 100) -> tuple:
    return week, site, rule, documents, 0, characters, 0


def test_weeks_are_counted_over_the_ends_of_years() -> None:
    assert number_of("2026-W53") + 1 == number_of("2027-W01")
    assert [name_of(number_of(week)) for week in ("2020-W53", "2021-W01", "2026-W31")] == [
        "2020-W53",
        "2021-W01",
        "2026-W31",
    ]


def test_rows_of_several_manifests_add_up() -> None:
    history = History("2031-W05", [row("2031-W05", "a.example"), row("2031-W05", "a.example", documents=5)])
    assert list(history.sites["a.example"].weeks.values()) == [Use(15, 200)]


def test_what_is_long_ago_does_not_count() -> None:
    latest = number_of("2031-W30")
    weeks = [name_of(latest - ago) for ago in (0, WEEKS - 1, WEEKS)]
    history = History("2031-W30", [row(week, "a.example") for week in [*weeks, "2031-W31"]])
    assert sorted(history.sites["a.example"].weeks) == [latest - WEEKS + 1, latest]


def test_sites_that_nobody_reads_any_more_are_not_active_nor_is_an_unknown_one() -> None:
    latest = number_of("2031-W30")
    rows = [row("2031-W30", "a.example"), row(name_of(latest - ACTIVE), "b.example"), row("2031-W30", "")]
    assert [site for site, _ in History("2031-W30", rows).active()] == ["a.example"]


def weeks_of(rule_files: list[tuple[str, str, str]], file: str = "a") -> list[str]:
    rows = [row(f"2031-W{week:02}", "a.example") for week in range(1, 9)]
    history = History("2031-W08", rows, rule_files)
    return [name_of(week)[-3:] for week in history.weeks_of(history.sites["a.example"], file)]


def test_a_file_counts_from_the_week_after_it_came_or_changed() -> None:
    every = [f"W0{week}" for week in range(1, 9)]
    assert weeks_of([]) == every
    assert weeks_of([("a", "2031-W01", "x"), ("b", "2031-W01", "y")]) == every
    assert weeks_of([("a", "2031-W01", "x"), ("a", "2031-W05", "y")]) == ["W06", "W07", "W08"]
    assert weeks_of([("b", "2031-W01", "y"), ("a", "2031-W03", "x")]) == ["W04", "W05", "W06", "W07", "W08"]
    back = [("a", "2031-W01", "x"), ("a", "2031-W03", "y"), ("a", "2031-W06", "x")]
    assert weeks_of(back) == ["W07", "W08"]


def test_notes_of_several_folders_that_say_the_same_are_no_change() -> None:
    assert len(weeks_of([("a", "2031-W01", "x"), ("a", "2031-W02", "x"), ("a", "2031-W03", "x")])) == 8
