"""Where rows and links lie once a page is edited."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner import clean
from cleaner.blocks.structure import moved
from cleaner.model import Edit, apply

STORY = "The ferry to the island was late again, because a <a href='/seal'>seal</a> had gone to sleep on the ramp."


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, list[Edit]]:
    text = draw(st.text("abcdefgh", min_size=1, max_size=30))
    cuts = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = [
        Edit(start, end, draw(st.text("XYZ", max_size=3)), "r", "why", text[start:end])
        for start, end in zip(cuts[::2], cuts[1::2], strict=False)
        if start < end
    ]
    return text, edits


@given(edited())
def test_an_untouched_character_is_found_again(case: tuple[str, list[Edit]]) -> None:
    text, edits = case
    result = apply(text, edits)
    places = moved(range(len(text)), edits, after=True)
    for at, place in enumerate(places.tolist()):
        if not any(edit.start <= at < edit.end for edit in edits):
            assert result[place] == text[at]


def test_blocks_are_the_lines_of_the_text() -> None:
    document = clean(
        f"<html><body><nav><a href=/>Home</a></nav><h1>A seal on the ramp</h1><p>{STORY}</p></body></html>"
    )
    assert [document.text[block.start : block.end] for block in document.blocks] == document.text.split("\n\n")
    assert [block.kind for block in document.blocks] == ["heading", "paragraph"]


def test_links_keep_their_text_and_get_whole_addresses() -> None:
    document = clean(f"<html><body><h1>A seal on the ramp</h1><p>{STORY}</p></body></html>", "https://tide.example/a/b")
    (link,) = document.blocks[1].links
    assert document.text[link.start : link.end] == "seal"
    assert link.url == "https://tide.example/seal"


def test_a_mended_row_keeps_its_end() -> None:
    document = clean("<!DOCTYPE html><html><body><p>e\u0301te\u0301</p></body></html>")
    (block,) = document.blocks
    assert document.text[block.start : block.end] == "été"
