"""The promises that hold for every text."""

from __future__ import annotations

from functools import cache
from unicodedata import category

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner, Document
from cleaner.blocks import read, read_html
from cleaner.heuristics import heuristics
from cleaner.model import apply
from cleaner.phrases import Lexicon
from tests.noise import pages, texts


@cache
def cleaner() -> Cleaner:
    return Cleaner()


def is_subsequence(short: str, long: str) -> bool:
    letters = iter(long)
    return all(letter in letters for letter in short)


def without_replacements(document: Document) -> str:
    """The cleaned text as the edits leave it when nothing is written in place of what they remove."""
    pieces, at, before = [], 0, 0
    for edit in document.edits:
        kept = edit.start - before
        pieces.append(document.text[at : at + kept])
        at += kept + len(edit.replacement)
        before = edit.end
    return "".join([*pieces, document.text[at:]])


@given(texts)
def test_a_cleaning_can_be_undone(text: str) -> None:
    document = cleaner().clean(text)
    assert document.restore() == text
    assert apply(text, document.edits) == document.text


@given(texts)
def test_edits_are_sorted_disjoint_and_explained(text: str) -> None:
    at = 0
    for edit in cleaner().clean(text).edits:
        assert at <= edit.start <= edit.end
        assert text[edit.start : edit.end] == edit.removed
        assert edit.rule
        assert edit.reason
        at = edit.end


@given(texts)
@settings(max_examples=300)
def test_clean_text_stays_as_it_is(text: str) -> None:
    once = cleaner().clean(text)
    assert cleaner().clean(once.text).text == once.text


@given(texts)
def test_kept_text_is_the_authors(text: str) -> None:
    assert is_subsequence(without_replacements(cleaner().clean(text)), text)


@given(texts)
def test_the_same_input_gives_the_same_document(text: str) -> None:
    assert cleaner().clean(text) == Cleaner().clean(text)


@given(texts)
def test_a_page_cut_from_a_page_is_the_page_that_reading_gives(text: str) -> None:
    """What saves the second reading must not change what is read."""
    document = cleaner().clean(text)
    again = read(document.text, Lexicon.load())
    rows = [row for row in range(len(again)) if row % 2 == 0 or again.fenced[row]]  # code is never cut in two
    cut = again.only(rows, ["", *["\n\n"] * (len(rows) - 1)][: len(rows)])
    fresh = read(cut.text, Lexicon.load())
    if fresh.markup != cut.markup:
        return
    assert (cut.lines, cut.visible, cut.starts, cut.ends) == (
        fresh.lines,
        fresh.visible,
        fresh.starts,
        fresh.ends,
    )
    assert cut.gaps.tolist() == fresh.gaps.tolist()
    assert cut.prose.tolist() == fresh.prose.tolist()
    for family in fresh.phrases:
        assert cut.rows(family).tolist() == fresh.rows(family).tolist(), family


@given(st.binary(max_size=400))
def test_bytes_never_crash(raw: bytes) -> None:
    from cleaner.model import NotTextError

    try:
        document = cleaner().clean(raw)
    except NotTextError:
        return
    assert document.restore() is not None


@pytest.mark.parametrize("name", list(heuristics()))
def test_each_heuristic_alone_keeps_the_promises(name: str) -> None:
    alone = Cleaner(only=[name])

    @given(texts)
    @settings(max_examples=25)
    def check(text: str) -> None:
        document = alone.clean(text)
        assert document.restore() == text
        assert alone.clean(document.text).text == document.text
        assert {edit.rule for edit in document.edits} <= {f"heuristics/{name}", "repair/white-space"}

    check()


@given(pages)
def test_the_cleaning_of_a_page_can_be_undone(source: str) -> None:
    document = cleaner().clean(source)
    assert document.restore() == read_html(source).text
    assert apply(document.restore(), document.edits) == document.text


@given(pages)
def test_a_cleaned_page_stays_as_it_is(source: str) -> None:
    document = cleaner().clean(source)
    if all(block.kind != "code" for block in document.blocks):  # a text does not explain the indent of its code
        assert cleaner().clean(document.text).text == document.text


@given(pages)
def test_the_rows_of_a_page_are_its_lines(source: str) -> None:
    page = read_html(source)
    assert [page.text[start:end] for start, end in zip(page.starts, page.ends, strict=True)] == page.lines
    assert all(line and line == line.strip() and "\n" not in line for line in page.lines)


@given(pages)
def test_blocks_hold_all_that_is_left_of_a_page(source: str) -> None:
    document = cleaner().clean(source)
    held = "".join(document.text[block.start : block.end] for block in document.blocks)
    assert _shapes(held) == _shapes(document.text)


def _shapes(text: str) -> str:
    """What is seen of a text: blocks leave out characters without a shape at the edge of a line."""
    return "".join(character for character in text if not character.isspace() and category(character) != "Cf")
