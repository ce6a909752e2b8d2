"""Names of authors out of what pages put in their place."""

from __future__ import annotations

import pytest

from cleaner.structured.names import best_authors, clean_authors, shown_authors, turned


@pytest.mark.parametrize(
    ("value", "names"),
    [
        ("By Ann Roe", ("Ann Roe",)),
        ("Posted byAnn Roe", ("Ann Roe",)),
        ("Von Jana Kern und Tom Ott", ("Jana Kern", "Tom Ott")),
        ("Par Léa Roux", ("Léa Roux",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("作者：王小明", ("王小明",)),
        ("Ann Roe, Senior Correspondent", ("Ann Roe",)),
        ("Ann Roe, PhD, RN", ("Ann Roe",)),
        ("Ann Roe, Jr.", ("Ann Roe Jr",)),
        ("Ann Roe for Reuters", ("Ann Roe",)),
        ("Ann Roe (Marrow Quay)", ("Ann Roe",)),
        ("Ann Roe | The Daily Tide", ("Ann Roe", "The Daily Tide")),
        ("ann@tide.example", ()),
        ("@annroe", ()),
        ("https://tide.example/ann", ()),
        ("admin", ()),
        ("Staff Writer", ()),
        ("Tide Staff", ("Tide Staff",)),
        ("AFP", ("AFP",)),
        ("Ann &amp; Bo", ("Ann", "Bo")),
        ("Ludwig van der Meer", ("Ludwig van der Meer",)),
        ("", ()),
        ("—", ()),
        ("We have been mending nets in this town for more than eighty years now", ()),
    ],
)
def test_bylines(value: str, names: tuple[str, ...]) -> None:
    assert clean_authors([value]) == names


def test_a_name_counts_once() -> None:
    assert clean_authors(["Ann Roe", "ANN ROE", "Bo Li"]) == ("Ann Roe", "Bo Li")


def test_the_site_is_the_author_of_last_resort() -> None:
    assert best_authors([("The Daily Tide",), ("Ann Roe",)], ["Daily Tide"]) == ("Ann Roe",)
    assert best_authors([("The Daily Tide",)], ["Daily Tide"]) == ("The Daily Tide",)
    assert best_authors([], ["Daily Tide"]) == ()


def test_shown_names_must_read_as_names() -> None:
    assert shown_authors(["Log in", "read on", "Ann Roe 4 August 2010"], [], thread=False) == ("Ann Roe",)
    assert shown_authors(["old_salt 30 posts"], [], thread=True) == ("old_salt",)
    assert shown_authors(["old_salt"], [], thread=False) == ()


def test_catalogue_order_is_turned() -> None:
    assert turned("Roe, Ann M.") == "Ann M. Roe"
    assert turned("Ann Roe") == "Ann Roe"
