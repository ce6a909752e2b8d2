"""Lines that differ in a name alone: which have kin, and what a draft makes of them."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_draft import WHO, after, story

from cleaner.corpus.draft.kin import MOST_KINDS, kin
from cleaner.corpus.draft.shapes import DATE_MARK, GAP_MARK

NAMES = ("Quill", "Bell and Sons", "the Net Loft", "Orrin")


def kinds(*keys: str) -> set[str]:
    return set(kin(dict.fromkeys(keys, 1), lambda _: True).values())


@pytest.mark.parametrize(
    ("one", "other", "shared"),
    [
        ("ring the newsdesk and ask for jonas.", "ring the newsdesk and ask for ruth.",
         f"ring the newsdesk and ask for {GAP_MARK}"),
        ("readers get a pint off at the bell this week", "readers get a pint off at old quill's this week",
         f"readers get a pint off at {GAP_MARK} this week"),
        ("本报读者在钟楼茶馆可享九折优惠", "本报读者在河边书店可享九折优惠", None),
        ("本报读者凭此券在老钟楼可享九折优惠", "本报读者凭此券在小河边可享九折优惠", "本 报 读 者 凭 此 券 在"),
        ("ask for jonas", "ask for ruth", None),
        ("the keeper lost his key and never found it", "the keeper lost his hat and blamed the goat", None),
        (f"posted by the desk of jonas on {DATE_MARK}", f"posted by the desk of ruth on {DATE_MARK}", None),
    ],
)  # fmt: skip
def test_lines_have_kin_if_a_name_alone_differs(one: str, other: str, shared: str | None) -> None:
    found = kinds(one, other)
    assert len(found) == (shared is not None)
    assert all(key.startswith(shared or "") for key in found)


@given(st.lists(st.lists(st.sampled_from("abcdefgh"), min_size=1, max_size=9).map(" ".join), unique=True))
def test_a_kind_is_of_two_at_least_and_each_key_is_in_one(keys: list[str]) -> None:
    shared = kin(dict.fromkeys(keys, 1), lambda _: True)
    assert set(shared) <= set(keys)
    assert all(list(shared.values()).count(key) > 1 for key in shared.values())
    assert kin(dict.fromkeys(keys, 1), lambda _: False) == {}


def test_kinds_do_not_depend_on_the_order_of_lines() -> None:
    places = ("at the bell with free tea", "at the mill with free tea", "at the mill with some cake")
    keys = [f"readers of the echo meet {place} once a week" for place in places]
    found = [kin(dict.fromkeys(some, 1), lambda _: True) for some in permutations(keys)]
    assert found == [found[0]] * 6


def test_rows_that_only_begin_alike_are_not_all_compared() -> None:
    tried: list[str] = []
    keys = [f"kept in the {number} {number}b {number}c {number}d {number}e" for number in range(3 * MOST_KINDS)]
    assert kin(dict.fromkeys(keys, 1), lambda key: not tried.append(key)) == {}
    assert len(tried) == MOST_KINDS


def test_a_sponsor_with_many_names_goes_and_so_does_a_new_one() -> None:
    pages = [
        story(n, middle=[f"Readers of the Echo get a pint off at {NAMES[n % 4]} with this line"]) for n in range(8)
    ]
    made, texts = after(pages)
    assert not any("pint" in text for text in texts)
    line = next(line for line in made.text.split("\n") if line.startswith("line = ") and "pint" in line)
    assert not any(name in line for name in NAMES)


def test_control_characters_in_a_page_do_no_harm() -> None:
    made, _ = after([story(n).replace("Sluices", "\x01\x03 Of the weir and its lock\nSluices") for n in range(8)])
    assert "Towpath tales" in made.text


def test_subheadings_on_one_pattern_stay_and_are_told() -> None:
    lines = [f"Five things to know about the {who}" for who in WHO]
    made, texts = after([story(number, middle=[line]) for number, line in enumerate(lines)])
    assert all(line in text for line, text in zip(lines, texts, strict=True))
    assert any("a name of its own" in text for text in made.unsure)


def test_sentences_on_one_pattern_stay() -> None:
    short = [f"Shares of the {who} and company fell by two pence." for who in WHO]
    _, texts = after([story(number, middle=[line]) for number, line in enumerate(short)])
    assert all(line in text for line, text in zip(short, texts, strict=True))


def test_what_recurs_in_lists_stays_and_is_told() -> None:
    lists = [["2 spoons of flour from the mill", f"1 cup of {who} tea", f"3 sprigs of the {who} and a leaf of mint"]
             for who in WHO]  # fmt: skip
    made, texts = after([story(number, middle=lines) for number, lines in enumerate(lists)])
    assert all(line in text for lines, text in zip(lists, texts, strict=True) for line in lines)
    assert any("spoons of flour" in text and "may be of a list" in text for text in made.unsure)


def test_a_figure_with_a_point_of_the_compass_names_no_author() -> None:
    pages = [f"Level {number + 3}.2 m | Wind {'NW' if number % 2 else 'S'} {number + 4} kn\n{story(number)}"
             for number in range(8)]  # fmt: skip
    made, _ = after(pages)
    assert "(?P<author>" not in made.text


def test_kin_on_some_pages_may_be_steps_that_are_alike() -> None:
    step = "Serve the soup with {} on top"
    pages = [story(number, below=step.format(WHO[number]) if number % 2 else "") for number in range(8)]
    made, texts = after(pages)
    assert all(step.format(WHO[number]) in texts[number] for number in range(1, 8, 2))
    assert any("differs in a name alone" in text for text in made.unsure)
