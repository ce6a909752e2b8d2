"""The word lists as data: known families, normal forms, nothing twice, every language complete."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

import pytest

from cleaner.phrases import FAMILIES, KINDS, MARKS, lists
from cleaner.phrases.matcher import UNSPACED_LANGUAGES
from cleaner.phrases.plain import LINE, OTHER, plain
from cleaner.phrases.scripts import LATIN, script_of, scripts_in

LANGUAGES = ("ar", "de", "en", "es", "fr", "hi", "it", "ja", "ko", "nl", "pl", "pt", "ru", "tr", "uk", "zh")
CORE = {
    "byline",
    "comments",
    "cookie-consent",
    "dateline-label",
    "legal",
    "month",
    "navigation",
    "newsletter",
    "related-news",
    "share-bar",
}
FEWEST_FUNCTION_WORDS = 40
FEWEST_CHARS_INSIDE = 8
FEWEST_CHARS_INSIDE_UNSPACED = 4
WIDEST_LINE = 110

each_language = pytest.mark.parametrize("language", lists.languages())


def test_the_promised_languages_are_there() -> None:
    assert set(LANGUAGES) <= set(lists.languages())


def test_marks_are_families() -> None:
    assert MARKS < FAMILIES


@each_language
def test_families_and_kinds_are_known(language: str) -> None:
    groups = {group for group, _ in lists.read(language)}
    assert {group.family for group in groups} <= FAMILIES
    assert {group.kind for group in groups} <= set(KINDS)


@each_language
def test_core_families_are_there(language: str) -> None:
    assert {group.family for group, _ in lists.read(language)} >= CORE


@each_language
def test_function_words(language: str) -> None:
    words = lists.read_function_words(language)
    assert len(words) >= FEWEST_FUNCTION_WORDS
    assert all(word == word.strip().casefold() and " " not in word for word in words)


@each_language
def test_phrases_are_in_normal_form(language: str) -> None:
    odd = [
        (group.family, group.kind, phrase)
        for group, phrases in lists.read(language)
        for phrase in phrases
        if phrase != unicodedata.normalize("NFC", " ".join(phrase.split())).lower()
        or "," in phrase
        or not plain([phrase]).strip(LINE + b" ")
        or OTHER in plain([phrase])
    ]
    assert not odd


@each_language
def test_no_phrase_stands_twice_in_a_list(language: str) -> None:
    for group, phrases in lists.read(language):
        counts = Counter(plain([phrase]) for phrase in phrases)
        assert not [form.decode() for form, count in counts.items() if count > 1], group


@each_language
def test_a_phrase_has_a_letter_of_its_script(language: str) -> None:
    script = script_of(language)
    foreign = [
        (group.family, group.kind, phrase)
        for group, phrases in lists.read(language)
        for phrase in phrases
        if script != LATIN and script not in scripts_in(plain([phrase]))
    ]
    assert not foreign, "the lists of a script are read only for texts in it: put these into a Latin list"


@each_language
def test_phrases_inside_a_line_say_enough(language: str) -> None:
    unspaced = language in UNSPACED_LANGUAGES
    fewest = FEWEST_CHARS_INSIDE_UNSPACED if unspaced else FEWEST_CHARS_INSIDE
    inside = [phrase for group, phrases in lists.read(language) if group.kind == "inside" for phrase in phrases]
    short = [phrase for phrase in inside if len(phrase) < fewest]
    assert not short


@each_language
def test_files_are_laid_out_alike(language: str) -> None:
    path = Path(lists.__file__).parent / f"{language}.toml"
    for line in path.read_text("utf-8").splitlines():
        width = sum(2 if unicodedata.east_asian_width(letter) in "WF" else 1 for letter in line)
        assert width <= WIDEST_LINE, line
        assert line == line.rstrip()
        assert line.replace(", ", "").count(",") in {0, 1}, line
