"""The form in which lines and phrases meet."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.phrases.plain import LINE, plain

WORDS = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=30)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("Share this:", "share this"),
        ("12 Comments", "comments"),
        ("COMMENTS (3)", "comments"),
        ("» Read\u00a0more…", "read more"),
        ("Don’t miss", "don t miss"),
        ("🔔 Subscribe 🔔", "subscribe"),
        ("[Home] | [News]", "home news"),
        ("コメント（３）", "コメント"),
        ("المصدر: ١٢", "المصدر"),
        ("टिप्पणी (१२)।", "टिप्पणी"),
        ("GİRİŞ YAP", "giriş yap"),
        ("Straße", "strasse"),
        ("Save $50", "save \x02"),
        ("1.2.3", ""),
    ],
)
def test_plain_form(line: str, words: str) -> None:
    assert plain([line]).decode().strip("\x01 ") == words


@given(st.lists(WORDS))
def test_every_line_keeps_its_place(lines: list[str]) -> None:
    text = plain(lines)
    assert text.count(LINE) == (len(lines) + 1 if lines else 2)
    assert b"  " not in text


@given(st.lists(WORDS, min_size=1))
def test_lines_do_not_touch_each_other(lines: list[str]) -> None:
    apart = [plain([line]).removeprefix(LINE) for line in lines]
    assert plain(lines) == LINE + b"".join(apart)
