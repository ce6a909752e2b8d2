"""What stays the same of lines from page to page, and the patterns that say so."""

from __future__ import annotations

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from cleaner.corpus.draft.shapes import (
    LONGEST_GAP,
    SENTENCE_ENDS,
    affixes,
    date_in,
    gap_pattern,
    names_pattern,
    pattern_of,
    shape,
)

LINES = st.text(st.characters(codec="utf-8", exclude_characters="\n\r\x0b\x0c\x1c\x1d\x1e\x85\u2028\u2029\x01\x02\x03"))


def test_characters_that_stand_for_what_differs_are_none_of_a_line() -> None:
    assert shape("\x01Weir\x02 \x03Echo") == "Weir Echo"


@given(LINES)
def test_a_line_matches_its_own_pattern(line: str) -> None:
    assert regex.fullmatch(pattern_of([line]), line)


@given(st.lists(LINES.filter(bool), min_size=1))
def test_what_lines_begin_and_end_with_alike_is_theirs_and_leaves_a_gap(lines: list[str]) -> None:
    start, end = affixes(lines)
    for line in map(shape, lines):
        assert line.startswith(start)
        assert line.endswith(end)
        assert len(line) > len(start) + len(end) or not (start + end)


@given(st.lists(LINES.filter(lambda line: 0 < len(line) <= LONGEST_GAP), min_size=1))
def test_a_gap_takes_what_was_seen_and_no_further_sentence(gaps: list[str]) -> None:
    pattern = gap_pattern(gaps)
    assert all(regex.fullmatch(pattern, gap) for gap in gaps)
    for mark in SENTENCE_ENDS:
        if not any(mark in gap for gap in gaps):
            assert not regex.fullmatch(pattern, f"a{mark} b")


@pytest.mark.parametrize(
    "date",
    ["14.10.2024, 16:25", "2024-03-23 09:13", "2024年03月23日 09:13", "3 June 2024", "June 3, 2024", "12 марта 2024",
     "3 de junio de 2024", "05/11/2024 - 07:30"],
)  # fmt: skip
def test_dates_are_seen_in_many_forms_and_match_others_of_their_form(date: str) -> None:
    assert date_in(f"Posted: {date}") == date
    other = date.replace("2024", "1998")
    assert regex.fullmatch(pattern_of([f"Posted: {date}"], date_group=True), f"Posted: {other}")["date"] == other


def test_lines_that_differ_in_numbers_have_one_shape() -> None:
    assert shape("Comments (3)") == shape("Comments (1,204)") != shape("Comments")
    pattern = pattern_of(["-3° … 4°", "2° … 11°"])
    assert all(regex.fullmatch(pattern, line) for line in ("-3° … 4°", "2° … 11°", "-12° … -1°"))
    assert not regex.fullmatch(pattern, "a lot")


@pytest.mark.parametrize(
    ("names", "others", "no"),
    [
        (["Ada Pellow", "Ruth van Quill"], ["Mina de Oldacre"], ["the mill", "Ada Pellow said so in a letter"]),
        (["柳若谷", "易小满"], ["谭望舒"], ["柳若谷在上游船闸找到了第二把钥匙"]),
        (["ماجد السالمي", "هدى النجار"], ["سليم حداد"], ["قال حارس المتحف إن المفتاح الثاني قد ضاع منذ عام"]),
    ],
)
def test_names_match_names(names: list[str], others: list[str], no: list[str]) -> None:
    pattern = names_pattern(names)
    assert pattern is not None
    assert all(regex.fullmatch(pattern, name) for name in (*names, *others))
    assert not any(regex.fullmatch(pattern, text) for text in no)


@pytest.mark.parametrize("names", [["Ada Pellow", "4 of us"], ["the mill"], ["Ada " * 9]])
def test_what_is_no_name_makes_no_pattern_of_names(names: list[str]) -> None:
    assert names_pattern([name.strip() for name in names]) is None
