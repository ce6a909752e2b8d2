"""``clean rules check``: whether rule files are sound and do what their examples show."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.cli.rules.choosing import Names, choose
from cleaner.cli.rules.listing import plural
from cleaner.cli.rules.reports import Format, report

if TYPE_CHECKING:
    from cleaner.rules import RuleFile, RuleSet
    from cleaner.rules.problems import Problem

EXAMPLES = examples(
    [
        ("clean rules check", "all rules"),
        ("clean rules check my-rules/", "your own, as they lie over the built-in ones"),
        ("clean rules check my-rules/sites/example.com.toml", "one file"),
        ("clean rules check my-rules/ --format github --strict", "in a workflow of GitHub's"),
        ("clean rules check my-rules/ --format sarif > rules.sarif", "for a code scanner"),
    ]
)


def check(
    names: Names = None,
    form: Annotated[
        Format,
        typer.Option("--format", help="How problems are written: text, json, sarif, or github for annotations."),
    ] = Format.TEXT,
    strict: Annotated[bool, typer.Option("--strict", help="Let warnings count as errors do.")] = False,
    rules: options.Rules = None,
    config: options.Config = None,
) -> None:
    """Check rules: that they can be read and act, are neither greedy nor slow, and do what their examples show.

    Problems are written to stdout, one to a line, each with its file and line. Exit code 2 says that there are
    errors; warnings are only worth a look, unless --strict is given.
    """
    rule_set, chosen = choose(names, rules, config)
    problems = list(_problems(rule_set, chosen))
    counts = {
        "files": len(chosen),
        "rules": sum(len(file.rules) for file in chosen),
        "examples": sum(len(file.contents.examples) for file in chosen),
    }
    sys.stdout.write(report(problems, form, counts))
    levels = [problem.level for problem in problems]
    found = ", ".join(plural(number, name) for name in ("error", "warning") if (number := levels.count(name)))
    checked = ", ".join(plural(number, name.removesuffix("s")) for name, number in counts.items())
    say(f"{checked}: {found or 'all is well'}")
    if "error" in levels or (strict and levels):
        raise typer.Exit(ExitCode.MISTAKE)


def _problems(rule_set: RuleSet, files: list[RuleFile]) -> Iterator[Problem]:
    """Find what is wrong."""
    from cleaner.blocks import read
    from cleaner.phrases import Lexicon
    from cleaner.pipeline import Cleaner
    from cleaner.rules.examples import run_examples
    from cleaner.rules.lint import lint
    from cleaner.rules.overlap import applied_with
    from cleaner.rules.problems import Problem

    yield from map(Problem.of_error, rule_set.errors)
    lexicon = Lexicon.load()
    for file in files:
        yield from lint(file, lambda text: read(text, lexicon), applied_with(file, rule_set))
    for outcome in run_examples(rule_set, lambda some: Cleaner(rules=some, scorer=None).clean, files):
        if outcome.failure is not None:
            yield Problem.of_example(outcome.file, outcome.line, outcome.failure)
