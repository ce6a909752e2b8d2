"""Dates as pages write them."""

from __future__ import annotations

import pytest

from cleaner.dates import holds_numeric_date, is_clock, iso_date, known_date


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("2023-07-12", None, "2023-07-12"),
        ("2023-07-12T14:05:09Z", None, "2023-07-12T14:05:09"),
        ("10.07.2023 09:30", None, "2023-07-10T09:30:00"),
        ("3/4/2021", "en", "2021-03-04"),
        ("3/4/2021", "fr", "2021-04-03"),
        ("23/4/2021", "en", "2021-04-23"),
        ("July 12, 2023 | 02:00 PM", None, "2023-07-12T14:00:00"),
        ("12th Jul, 2023", None, "2023-07-12"),
        ("Updated Sept. 3, 2021 at 12:15 am", None, "2021-09-03T00:15:00"),
        ("2023年7月12日", "zh", "2023-07-12"),
        ("2023년 7월 12일", "ko", "2023-07-12"),
        ("4. Juli 2023", "de", "2023-07-04"),
        ("5 сентября 2024", "ru", "2024-09-05"),
        ("12 de julio de 2023", "es", "2023-07-12"),
        ("4 września 2025", "pl", "2025-09-04"),
        ("31.02.2023", None, None),
        ("version 2.10.3", None, None),
        ("Tuesday", "en", None),
        ("", None, None),
    ],
)
def test_dates(written: str, language: str | None, expected: str | None) -> None:
    assert iso_date(written, language) == expected


def test_the_cheap_way_leaves_foreign_months_alone() -> None:
    assert known_date("4. Juli 2023") is None
    assert known_date("12 March 2023") == "2023-03-12"


def test_lines() -> None:
    assert holds_numeric_date("Lviv, 03.02.2024, 12:00")
    assert not holds_numeric_date("a score of 3:2 in 2024")
    assert is_clock("14:05")
    assert is_clock("2:05 pm")
    assert not is_clock("14:05 the train left")
