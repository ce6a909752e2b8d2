"""What a report says of each line: nothing of the input is left out, and what is said to stay stays."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.model import Edit, apply
from cleaner.report import lines_of, trace
from cleaner.report.trace import origins
from cleaner.scorer import LineScorer

SAMPLES = Path(__file__).parent.parent / "samples"
PLAIN = Cleaner(scorer=None)
PAGES = ["anews.az/tea-terraces.txt", "diario-ribera.example/biblioteca.md", "akhbar-alwadi.example/naura.html"]


@pytest.mark.parametrize("name", PAGES)
def test_the_pieces_of_all_lines_are_the_input_and_the_cleaned_text(name: str) -> None:
    traced = trace(PLAIN, (SAMPLES / name).read_bytes())
    lines = lines_of(traced)
    raw = ["".join(piece.text for piece in line.pieces if piece.state != "added") for line in lines]
    assert raw == [line.strip() for line in traced.input.splitlines() if line.strip()]
    cleaned = ["".join(piece.text for piece in line.pieces if piece.state != "removed") for line in lines]
    assert "".join("".join(cleaned).split()) == "".join(traced.document.text.split())
    assert {line.fate for line in lines} >= {"kept", "removed"}
    assert all(line.rules for line in lines if line.fate != "kept")


def test_lines_know_their_numbers_zones_and_elements() -> None:
    html = (
        "<body><nav class=top><a href=/>Home</a> <a href=/a>News</a> <a href=/b>Sport</a></nav><article id=story>"
        "<h2>The tram</h2><p>The tram to the old harbour runs again, and nobody who waited for it was surprised.</p>"
        "<p>It had been away for eleven years, which is a long time even for a tram on a branch line.</p></article>"
    )
    lines = {line.text: line for line in lines_of(trace(PLAIN, html))}
    menu, heading = lines["Home News Sport"], lines["The tram"]
    assert (menu.number, menu.zone, menu.path, menu.fate) == (1, "head", "nav.top", "removed")
    assert (heading.number, heading.kind, heading.path) == (3, "heading 2", "article#story > h2")
    assert not heading.judgement


def test_carriage_returns_end_lines_too() -> None:
    lines = lines_of(trace(PLAIN, "one\r\n\r\ntwo\rthree"))
    assert [(line.number, line.text, line.gap) for line in lines] == [
        (1, "one", False),
        (3, "two", True),
        (4, "three", False),
    ]


def test_a_joined_paragraph_is_marked() -> None:
    story = (
        "The ferry across the mill pond will keep its brass bell, although the new boat has an electric horn, and\n\n"
        "the owner said that the passengers had asked for it in a letter with three hundred names in the spring.\n"
    )
    lines = lines_of(trace(PLAIN, story))
    assert [(line.fate, line.joined) for line in lines] == [("kept", True), ("kept", False)]


def test_the_scorer_is_asked_about_every_line() -> None:
    cleaner = Cleaner(scorer=LineScorer.load(explains=True))
    traced = trace(cleaner, (SAMPLES / PAGES[0]).read_bytes())
    for line in lines_of(traced):
        assert line.judgement is not None
        assert 0 <= line.judgement.probability <= 1
        assert len(line.judgement.moved) == 3
    assert traced.document == cleaner.clean((SAMPLES / PAGES[0]).read_bytes())


@given(st.text("ab\n", max_size=30), st.data())
def test_origins_lead_back_through_edits(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    pairs = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [
        Edit(start, end, data.draw(st.sampled_from(["", "x", "yz"])), "r", "", text[start:end]) for start, end in pairs
    ]
    edited = apply(text, edits)
    found = origins(range(len(edited)), edits)
    assert found == sorted(found)
    for at, origin in enumerate(found):
        if edited[at] in "ab\n":
            assert text[origin] == edited[at]
            assert not any(edit.start <= origin < edit.end for edit in edits)
        else:
            assert any(edit.start == origin for edit in edits)
