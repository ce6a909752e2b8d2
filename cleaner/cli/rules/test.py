"""``clean rules test``: the fast loop of a rule author, examples and samples alone."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.cli.rules.choosing import Names, choose
from cleaner.cli.rules.listing import plural, report_errors, short
from cleaner.cli.rules.samples import samples_of
from cleaner.cli.screen import colours, console, visible

if TYPE_CHECKING:
    from cleaner.rules import RuleFile, RuleSet

EXAMPLES = examples(
    [
        ("clean rules test anews.az", "the examples of a site"),
        ("clean rules test my-rules/", "of a folder"),
        ("clean rules test", "of all rule files"),
    ]
)


def run(names: Names = None, rules: options.Rules = None, config: options.Config = None) -> None:
    """Run the examples of rule files, and the samples that lie beside them, through the whole cleaner.

    What comes out otherwise is shown as a patch on stdout. A sample, in tests/samples/<id>/ or samples/<id>/ above
    the rule file, fails if the file's rules take a line of its gold. Exit code 2 says that something failed.
    """
    start = time.monotonic()
    rule_set, chosen = choose(names, rules, config)
    failed = 0
    shown = sum(len(file.contents.examples) for file in chosen)
    tried = sum(len(samples_of(file)) for file in chosen)
    for where, failure in _failures(rule_set, chosen):
        failed += 1
        _show(where, failure)
    report_errors(rule_set)
    what = plural(len(chosen), "file") + ", " + plural(shown, "example")
    what += f", {plural(tried, 'sample')}" if tried else ""
    say(f"{what} in {time.monotonic() - start:.1f} s: {f'{failed} failed' if failed else 'all is well'}")
    if failed:
        raise typer.Exit(ExitCode.MISTAKE)


def _failures(rule_set: RuleSet, files: list[RuleFile]) -> Iterator[tuple[str, str]]:
    """Give what failed: where it stands, and what went wrong."""
    from cleaner.pipeline import Cleaner
    from cleaner.rules.examples import lost_lines, run_examples

    for outcome in run_examples(rule_set, lambda some: Cleaner(rules=some, scorer=None).clean, files):
        if outcome.failure is not None:
            yield f"{short(outcome.file.path)}:{outcome.line}: example", outcome.failure
    clean = Cleaner(rules=rule_set, scorer=None).clean
    for file in files:
        for sample in samples_of(file):
            lost = lost_lines(sample, file, clean)
            if lost:
                lines = "\n".join(f'-{line}\n"{line}" was removed by {rule}' for line, rule in lost)
                yield f"{short(sample.path)}: sample", lines


_STYLES = {"-": "red", "+": "green", "@": "cyan"}
"""Colours of the lines of a patch, by their sign."""


def _show(where: str, failure: str) -> None:
    """Write a failure to stdout: its place, and the patch below it."""
    lines = [visible(line) for line in failure.split("\n")]
    if not colours(sys.stdout):
        sys.stdout.write("\n".join([where, *(f"    {line}" for line in lines)]) + "\n")
        return
    from rich.text import Text

    out = console(sys.stdout)
    out.print(Text(where, style="bold"))
    for line in lines:
        style = "dim" if line.startswith(("---", "+++")) else _STYLES.get(line[:1], "")
        out.print(Text(f"    {line}", style=style))
