"""The rule files that ship: all of them load, are sound, are documented, and do what their examples say."""

from __future__ import annotations

from functools import cache

import pytest

from cleaner import Cleaner
from cleaner.blocks import Page, read, read_html
from cleaner.phrases import Lexicon
from cleaner.rules import RuleFile, RuleSet
from cleaner.rules.examples import Clean, run_examples
from cleaner.rules.lint import lint
from cleaner.rules.schema import Example
from cleaner.rules.selectors import needs

RULES = RuleSet.builtin()
every_file = pytest.mark.parametrize("file", RULES.files, ids=lambda file: file.id)


def page_of(text: str) -> Page:
    return read(text, Lexicon.load())


def page_of_example(example: Example) -> Page:
    return read_html(example.raw, Lexicon.load()) if example.is_html else page_of(example.raw)


@cache
def cleaner_of(rules: RuleSet) -> Cleaner:
    return Cleaner(rules=rules, scorer=None)


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


@pytest.mark.parametrize("file", [file for file in RULES.files if file.kind == "platform"], ids=lambda file: file.id)
def test_platforms_are_recognised_by_their_markup_alone(file: RuleFile) -> None:
    """Each fingerprint that is a selector may be found on a page, and at least one stands on an HTML example."""
    pages = [page_of_example(example) for example in file.contents.examples if example.is_html]
    assert any(page.dom is not None and page.dom.has(css) for page in pages for css in file.contents.match.css)
    assert all(needs(css) is not None for css in file.contents.match.css)


@every_file
def test_every_rule_has_a_comment(file: RuleFile) -> None:
    assert [rule.id for rule in file.rules if not file.source.comments.get(rule.place)] == []


@every_file
def test_examples_come_back_and_settle(file: RuleFile) -> None:
    cleaner = cleaner_of(RULES)
    for example in file.contents.examples:
        document = cleaner.clean(example.raw)
        assert document.restore() == page_of_example(example).text
        assert document.markup == page_of_example(example).markup
        assert cleaner.clean(document.text).text == document.text


@every_file
def test_prose_about_a_platform_or_site_is_not_taken_for_it(file: RuleFile) -> None:
    if not file.contents.match.has_fingerprints:
        return
    bears_none = [
        not {file.id} & {found.id for found in RULES.recognise(page_of_example(example), None).files}
        for example in file.contents.examples
        if example.is_near_miss
    ]
    assert any(bears_none), "no near miss of this file speaks of it without bearing its marks"
