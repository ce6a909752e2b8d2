from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.frequency import keys_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("12 Comments", "3  COMMENTS "),
        ("Published 4.5.2024 08:15", "published 12.11.2023 7:05"),
        ("• $ 1.7", "• $ 12,345.6"),
        ("٣٢ تعليق", "٧ تعليق"),
        ("Share\u200b this", "Share this"),
        ("Read\u3000on", "Read\ton"),
        ("x" * 200 + " 1", "X" * 200 + " 22"),
    ],
)
def test_lines_that_count_as_the_same(one: str, other: str) -> None:
    assert keys_of(one) == keys_of(other)


@pytest.mark.parametrize(
    ("one", "other"), [("Share this", "Share that"), ("x" * 200 + "a", "x" * 200 + "b"), ("$ 1", "€ 1")]
)
def test_lines_that_do_not(one: str, other: str) -> None:
    assert keys_of(one) != keys_of(other)


@given(st.lists(st.text(st.characters(exclude_characters="\n", exclude_categories=())), min_size=1))
def test_a_line_has_the_same_key_in_any_company(lines: list[str]) -> None:
    assert keys_of("\n".join(lines)) == [keys_of(line)[0] for line in lines]
