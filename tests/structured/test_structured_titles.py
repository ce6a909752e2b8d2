"""Titles without the names of sites."""

from __future__ import annotations

import pytest

from cleaner.structured.titles import agree, best_title


@pytest.mark.parametrize(
    ("claimed", "element", "headings", "sites", "title"),
    [
        ([], "Kelp farms return | The Daily Tide", [], ["Daily Tide"], "Kelp farms return"),
        ([], "Daily Tide - Kelp farms return", [], ["dailytide.example", "dailytide"], "Kelp farms return"),
        ([], "Kelp farms return - Science - Daily Tide", ["Kelp farms return"], ["Daily Tide"], "Kelp farms return"),
        ([], "Kelp &amp; salt:&#160; a  meal", [], [], "Kelp & salt: a meal"),
        ([], "Kelp-based bread", [], ["Kelp"], "Kelp-based bread"),
        ([], "Daily Tide", [], ["Daily Tide"], "Daily Tide"),
        (["Nach der Flut: Was bleibt"], None, ["Was bleibt"], [], "Was bleibt"),
        (["Kelp farms return"], None, ["Daily Tide", "Kelp farms return"], ["Daily Tide"], "Kelp farms return"),
        ([], "Ropes — Boat manual (2nd edition)", ["Ropes¶"], [], "Ropes"),
        ([], "Ropes - The Boat Book", ["The Boat Book"], [], "Ropes"),
        (["Oars"], "Oars | Shop", ["Row better, row further, row with us today"], [], "Oars"),
        ([], "Seven ways to mend a torn net", ["Seven good ways to mend a net"], [], "Seven good ways to mend a net"),
        ([], None, ["Only a heading"], [], "Only a heading"),
        ([], "How to mend nets | Saltmarsh Weekly", [], [], "How to mend nets"),
        ([], None, [], [], None),
        ([], "«A clock that stands tells no lies» | Weir Echo", [], [], "«A clock that stands tells no lies»"),
        ([], "The goat came back « Village « The Lantern", [], ["The Lantern"], "The goat came back"),
        ([], "»Eine Uhr« lügt nicht - Wehrecho", [], ["Wehrecho"], "»Eine Uhr« lügt nicht"),
        ([], "灯台守の夜｜潮新聞", ["灯台守の夜"], ["潮新聞"], "灯台守の夜"),
    ],
)
def test_titles(
    claimed: list[str], element: str | None, headings: list[str], sites: list[str], title: str | None
) -> None:
    assert best_title(claimed, element, headings, sites) == title


@pytest.mark.parametrize(
    ("element", "headings", "subheadings", "title"),
    [
        ("Weir Echo » The gate behind you", [], ["Archives", "The gate behind you"], "The gate behind you"),
        ("Who painted it? - Weir Echo", ["Weir Echo"], ["Who painted it?", "Related"], "Who painted it?"),
        ("The gate behind you", [], ["A gate", "Behind you"], "The gate behind you"),
        ("The gate | Weir Echo", ["The gate"], ["Weir Echo"], "The gate"),
        ("Ferryman loses key | Weir Echo", [], ["Weir Echo"], "Ferryman loses key"),
        ("Why the mayor of Dull resigned » Related", [], ["Related"], "Why the mayor of Dull resigned"),
        (
            "Goat | The Lantern of the old town harbour",
            [],
            ["The Lantern of the old town harbour"],
            "Goat | The Lantern of the old town harbour",
        ),
    ],
)
def test_a_title_may_be_a_heading_of_the_second_level(
    element: str, headings: list[str], subheadings: list[str], title: str
) -> None:
    assert best_title([], element, headings, [], "", subheadings) == title


def test_agreement_is_of_most_words() -> None:
    assert agree("The ferry comes back to the quay", "Ferry comes back to the quay at last")
    assert not agree("The ferry comes back", "Gulls at the market")
    assert not agree("", "Gulls")
