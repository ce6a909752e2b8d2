"""The rule files that ship: all of them load, are sound, are documented, and do what their examples say."""

from __future__ import annotations

from functools import cache

import pytest

from cleaner import Cleaner
from cleaner.blocks import Page, read
from cleaner.phrases import Lexicon
from cleaner.rules import RuleFile, RuleSet
from cleaner.rules.examples import Clean, run_examples
from cleaner.rules.lint import lint

RULES = RuleSet.builtin()
every_file = pytest.mark.parametrize("file", RULES.files, ids=lambda file: file.id)


def page_of(text: str) -> Page:
    return read(text, Lexicon.load())


@cache
def cleaner_of(rules: RuleSet) -> Cleaner:
    return Cleaner(rules=rules)


def clean_with(rules: RuleSet) -> Clean:
    return lambda text, url: cleaner_of(rules).clean(text, url)


def test_every_file_loads() -> None:
    assert RULES.errors == []
    assert {"site", "platform", "generic"} == {file.kind for file in RULES.files}


@every_file
def test_the_linter_finds_nothing(file: RuleFile) -> None:
    assert [str(problem) for problem in lint(file, page_of)] == []


@every_file
def test_every_example_passes(file: RuleFile) -> None:
    outcomes = list(run_examples(RULES, clean_with, [file]))
    assert [f"line {outcome.line}: {outcome.failure}" for outcome in outcomes if outcome.failure] == []


@every_file
def test_there_are_changes_and_near_misses(file: RuleFile) -> None:
    assert {example.is_near_miss for example in file.contents.examples} == {True, False}


@every_file
def test_every_rule_has_a_comment(file: RuleFile) -> None:
    assert [rule.id for rule in file.rules if not file.source.comments.get(rule.place)] == []


@every_file
def test_examples_come_back_and_settle(file: RuleFile) -> None:
    cleaner = cleaner_of(RULES)
    for example in file.contents.examples:
        document = cleaner.clean(example.raw)
        assert document.restore() == example.raw
        assert cleaner.clean(document.text).text == document.text


@every_file
def test_prose_about_a_platform_or_site_is_not_taken_for_it(file: RuleFile) -> None:
    if not file.contents.match.texts:
        return
    bears_none = [
        not {file.id} & {found.id for found in RULES.recognise(page_of(example.raw), None).files}
        for example in file.contents.examples
        if example.is_near_miss
    ]
    assert any(bears_none), "no near miss of this file speaks of it without bearing its marks"
