"""With the rules of the site and without them: who is better off."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cleaner.health.comparison import Comparison, Pair, compare
from cleaner.health.findings import Kind
from cleaner.model import Document, Edit, Flag
from cleaner.phrases import Lexicon
from cleaner.rules.load import RuleFile, read_text

LEXICON = Lexicon.load()
WHO = ("lock keeper", "diver", "miller", "piper", "ferryman", "baker", "teacher", "tailor", "smith", "weaver")
BOX = "Every Friday the Weir Echo sends its readers a letter with the best stories that its editors heard."


def file() -> RuleFile:
    text = 'schema = 1\nid = "weir.example"\n[match]\nhost = "weir.example"\n[[drop]]\nid = "box"\nline = "x"'
    found, _ = read_text(text, "weir.example.toml", "site")
    assert found is not None
    return found


def paragraphs(who: str) -> list[str]:
    return [
        f"In the {part} of the year the {who} lost a brass key below the bridge, and nobody has found it since."
        for part in ("spring", "summer", "autumn", "winter")
    ]


def edit(removed: str, rule: str = "weir.example/box") -> Edit:
    return Edit(0, len(removed), "", rule, "the box", removed)


def pair(who: str, taken: Callable[[list[str]], list[str]], rule: str = "weir.example/box", **more: object) -> Pair:
    lines = [f"The {who} and the key", *paragraphs(who), BOX]
    gone = taken(lines)
    kept = [line for line in lines if line not in gone]
    ours = Document(text="\n\n".join(kept), edits=tuple(edit(line, rule) for line in gone), **more)  # type: ignore[arg-type]
    return Pair(f"{who}.txt", ours, Document(text="\n\n".join(lines)))


def look(taken: Callable[[list[str]], list[str]], pages: int = 10, **more: object) -> Comparison:
    pairs = [pair(who, taken, **more) for who in WHO[:pages]]  # type: ignore[arg-type]
    return compare("weir.example", pairs, [file()], LEXICON)


def test_rules_that_take_what_recurs_are_worth_having() -> None:
    found = look(lambda lines: lines[-1:])
    assert (found.without, found.recurring_lines, found.hurt) == ("worse", 1, 0)
    assert found.finding(file()) is None


def test_rules_that_do_nothing_are_told_as_such_and_not_named() -> None:
    found = look(lambda lines: [])
    assert (found.without, found.changed) == ("the same", 0)
    assert found.finding(file()) is None


def test_rules_that_take_most_of_the_stories_are_named() -> None:
    found = look(lambda lines: lines[2:])
    assert (found.cut, found.without) == (10, "better")
    told = found.finding(file())
    assert told is not None
    assert told.kind is Kind.BETTER_WITHOUT
    assert told.message == "of 10 pages of the sample 10 lose 50% or more of their own prose to them"
    assert told.path == "weir.example.toml"


def test_rules_that_leave_no_prose_are_named() -> None:
    found = look(lambda lines: lines[1:])
    assert (found.emptied, found.cut, found.without) == (10, 0, "better")


def test_rules_that_the_guard_held_are_named() -> None:
    found = look(lambda lines: [], flags=(Flag("guard", "too much"),))
    assert (found.guarded, found.without) == (10, "better")


@pytest.mark.parametrize(
    ("taken", "rule"),
    [
        (lambda lines: lines[4:], "weir.example/box"),  # a comment, of its own on each page
        (lambda lines: lines[2:], "heuristics/comments"),  # not by the rules of the site
    ],
)
def test_less_is_not_named(taken: Callable[[list[str]], list[str]], rule: str) -> None:
    assert look(taken, rule=rule).hurt == 0


def test_a_few_odd_pages_are_not_named() -> None:
    pairs = [pair(who, lambda lines: lines[2:]) for who in WHO[:2]]
    pairs += [pair(who, lambda lines: lines[-1:]) for who in WHO[2:]]
    found = compare("weir.example", pairs, [file()], LEXICON)
    assert found.cut == 2
    assert found.worst in ("lock keeper.txt", "diver.txt")
    assert found.finding(file()) is None
    assert look(lambda lines: lines[2:], pages=2).finding(file()) is None
