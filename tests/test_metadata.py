"""Authors, titles and languages from what was captured."""

from __future__ import annotations

import pytest

from cleaner.blocks import read
from cleaner.metadata import Findings, language_of, split_authors
from cleaner.model import Capture, Rank


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Ann Roe", ["Ann Roe"]),
        ("Ann Roe and Bo Li", ["Ann Roe", "Bo Li"]),
        ("[Ann Roe for ABC](#)", ["Ann Roe"]),
        ("Jana Kern, Tom Ott und Ida Voss", ["Jana Kern", "Tom Ott", "Ida Voss"]),
        ("Иван Петров и Анна Ли", ["Иван Петров", "Анна Ли"]),
        ("王小明、李華", ["王小明", "李華"]),
        ("**Ann Roe** |", ["Ann Roe"]),
        ("Perpetua Lisle. Pictures: Ned Arrowby", ["Perpetua Lisle"]),
        ("—", []),
    ],
)
def test_bylines_become_names(byline: str, names: list[str]) -> None:
    assert split_authors(byline) == names


def test_the_higher_rank_wins_and_the_first_of_equals() -> None:
    found = Findings()
    found.capture(Capture("date", "2020-01-01", ""), Rank.HEURISTIC)
    found.capture(Capture("date", "2021-01-01", ""), Rank.HOST)
    found.capture(Capture("date", "2022-01-01", ""), Rank.HOST)
    assert found.settle(read(""))["date"] == "2021-01-01"


def test_a_title_must_stand_in_the_cleaned_text() -> None:
    found = Findings()
    found.capture(Capture("title", "Menu and more", ""), Rank.HEURISTIC)
    found.capture(Capture("title", "A storm in June", ""), Rank.HEURISTIC)
    assert found.settle(read("A storm in June\n\nIt rained."))["title"] == "A storm in June"


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The keeper of the lighthouse had not slept for two days when the ship came in.", "en"),
        ("Der Wärter des Leuchtturms hatte zwei Tage nicht geschlafen, als das Schiff kam.", "de"),
        ("Смотритель маяка не спал уже двое суток, когда в гавань вошёл корабль.", "ru"),
        ("灯台守は二日間眠っていなかったが、そのとき船が港に入ってきた。", "ja"),
        ("Hm.", None),
        ("", None),
    ],
)
def test_language(text: str, language: str | None) -> None:
    assert language_of(read(text)) == language
