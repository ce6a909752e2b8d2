"""Who wins, what the guard keeps, and edits that follow edits."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from cleaner.blocks import read
from cleaner.model import Drop, Edit, Keep, Proposal, Rank, Replace, apply, restore
from cleaner.repair import edited_lines, separators
from cleaner.resolve import compose, cut, disjoint, resolve

LONG = "The river rose by two metres in one night, and the lower town woke up to boats in the market square. "
PAGE = read(f"Menu\n\n{LONG * 3}\n\nShare this\n\n{LONG * 4}\n\nFooter")


def proposal(rule: str, rank: Rank, action: Drop | Keep | Replace) -> Proposal:
    return Proposal(rule, rank, action)


def dropped(*proposals: Proposal, max_removed: float = 1.0) -> list[int]:
    verdict = resolve(PAGE, proposals, max_removed)
    return [row for row, gone in enumerate(verdict.dropped) if gone]


def test_a_higher_rank_decides() -> None:
    drop = proposal("h/a", Rank.HEURISTIC, Drop((0, 2), "noise"))
    keep = proposal("site/b", Rank.HOST, Keep((2,), "wanted"))
    assert dropped(drop, keep) == [0]
    assert dropped(keep, drop) == [0]


def test_a_rule_files_keep_beats_every_drop() -> None:
    keep = proposal("generic/a", Rank.GENERIC, Keep((2,), "wanted"))
    drop = proposal("site/b", Rank.PATH, Drop((2,), "noise"))
    assert dropped(keep, drop) == []


def test_a_heuristics_keep_yields_to_a_rule_file() -> None:
    keep = proposal("heuristics/title", Rank.HEURISTIC, Keep((0,), "title"))
    assert dropped(keep, proposal("heuristics/x", Rank.HEURISTIC, Drop((0,), "noise"))) == []
    assert dropped(keep, proposal("generic/x", Rank.GENERIC, Drop((0,), "noise"))) == [0]


def test_the_first_of_equals_is_named() -> None:
    first = proposal("h/a", Rank.HEURISTIC, Drop((0,), "one"))
    second = proposal("h/b", Rank.HEURISTIC, Drop((0,), "two"))
    verdict = resolve(PAGE, [first, second])
    edits = cut(PAGE, verdict, [first, second], separators(PAGE, [1, 2, 3, 4]))
    assert [edit.rule for edit in edits if "Menu" in edit.removed] == ["h/a"]


NAMED = read(f"{LONG * 3}\n\nAda Roe 9. May 2025 4 min\n\n{LONG * 4}")
AT = NAMED.starts[1]


def removed(*parts: tuple[int, int]) -> str:
    """Remove parts of the line with the name; give what is left of it."""
    proposals = [proposal(f"site/{at}", Rank.HOST, Replace(AT + at, AT + end, "", "")) for at, end in parts]
    verdict = resolve(NAMED, proposals, 1.0)
    verdict.replacements = disjoint(NAMED, verdict.replacements)
    kept = [row for row, gone in enumerate(verdict.dropped) if not gone]
    edits = cut(NAMED, verdict, proposals, separators(NAMED, kept))
    text = apply(NAMED.text, edits)
    assert restore(text, edits) == NAMED.text
    assert edited_lines(NAMED, kept, verdict.replacements) == [line for line in text.split("\n") if line]
    return text.split("\n")[2]


def test_removals_that_share_white_space_are_both_made() -> None:
    assert removed((0, 8), (7, 19)) == "4 min"
    assert removed((7, 19), (19, 25)) == "Ada Roe"
    assert removed((0, 4)) == "Roe 9. May 2025 4 min"


def test_of_removals_that_overlap_the_first_counts() -> None:
    assert removed((0, 9), (7, 19)) == ". May 2025 4 min"


def test_a_row_that_nothing_is_left_of_goes() -> None:
    assert removed((0, 8), (7, 19), (20, 25)) == LONG.strip() + " " + (LONG * 3).strip()


def test_the_guard_keeps_prose_and_says_so() -> None:
    drop = proposal("site/greedy", Rank.HOST, Drop((0, 1, 3), "greedy"))
    verdict = resolve(PAGE, [drop], 0.5)
    assert verdict.dropped.tolist() == [True, False, False, False, False]
    assert [flag.name for flag in verdict.flags] == ["guard"]
    assert dropped(drop, max_removed=1.0) == [0, 1, 3]


def test_a_replacement_in_a_dropped_row_is_left_out() -> None:
    start = PAGE.starts[2]
    drop = proposal("h/a", Rank.HEURISTIC, Drop((2,), "noise"))
    swap = proposal("site/b", Rank.HOST, Replace(start, start + 5, "Send", "wording"))
    verdict = resolve(PAGE, [drop, swap])
    edits = cut(PAGE, verdict, [drop, swap], separators(PAGE, [0, 1, 3, 4]))
    assert "Send" not in apply(PAGE.text, edits)
    assert restore(apply(PAGE.text, edits), edits) == PAGE.text


def test_overlapping_replacements_apply_once() -> None:
    start = PAGE.starts[2]
    one = proposal("site/a", Rank.HOST, Replace(start, start + 5, "Send", "wording"))
    two = proposal("site/b", Rank.HOST, Replace(start + 3, start + 7, "xxx", "wording"))
    verdict = resolve(PAGE, [two, one])
    edits = cut(PAGE, verdict, [two, one], separators(PAGE, [0, 1, 2, 3, 4]))
    assert "Send this" in apply(PAGE.text, edits)


@st.composite
def edits_of(draw: st.DrawFn, text: str, rule: str) -> list[Edit]:
    places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=8)))
    edits = []
    for start, end in zip(places[::2], places[1::2], strict=False):
        replacement = draw(st.sampled_from(("", "", "x", "\n")))
        if start < end or replacement:
            edits.append(Edit(start, end, replacement, rule, "test", text[start:end]))
    return edits


@given(st.data(), st.text(alphabet="abcdef\n", max_size=40))
def test_composed_edits_do_what_one_after_the_other_does(data: st.DataObject, text: str) -> None:
    first = data.draw(edits_of(text, "first"))
    middle = apply(text, first)
    second = data.draw(edits_of(middle, "second"))
    final = apply(middle, second)
    both = compose(text, first, second)
    assert apply(text, both) == final
    assert restore(final, both) == text
    at = 0
    for edit in both:
        assert at <= edit.start <= edit.end
        at = edit.end
