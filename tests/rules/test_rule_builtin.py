"""The rules that come with the package: no file has errors or warnings, and all examples come out as they say."""

import pytest

from cleaner.blocks import read
from cleaner.phrases import Lexicon
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.examples import run_examples
from cleaner.rules.lint import lint
from cleaner.rules.overlap import applied_with

RULES = RuleSet.builtin()


@pytest.mark.parametrize("file", RULES.files, ids=lambda file: file.id)
def test_no_rule_has_a_problem(file):
    problems = lint(file, lambda text: read(text, Lexicon.load()), applied_with(file, RULES))
    assert [str(problem) for problem in problems] == []


@pytest.mark.parametrize("file", RULES.files, ids=lambda file: file.id)
def test_every_file_has_an_example_and_a_near_miss(file):
    kinds = {example.is_near_miss for example in file.contents.examples}
    assert kinds == {True, False}


@pytest.mark.parametrize("file", RULES.files, ids=lambda file: file.id)
def test_examples_come_out_as_they_say(file):
    outcomes = run_examples(RULES, lambda rules: Cleaner(rules=rules, scorer=None).clean, [file])
    failures = [f"{file.path}:{outcome.line}:\n{outcome.failure}" for outcome in outcomes if outcome.failure]
    assert not failures, "\n".join(failures)
