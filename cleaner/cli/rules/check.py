"""``clean rules check``: whether rule files are sound and do what their examples show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.cli.rules.listing import load, plural, write
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.rules import RuleFile, RuleSet

EXAMPLES = examples(
    [
        ("clean rules check", "all rules"),
        ("clean rules check my-rules/", "your own, as they lie over the built-in ones"),
        ("clean rules check my-rules/sites/example.com.toml", "one file"),
    ]
)


def check(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(metavar="PATH", help="Rule files or folders of them; if none is named, all rules."),
    ] = None,
    rules: options.Rules = None,
    config: options.Config = None,
) -> None:
    """Check rules: that they can be read, are neither greedy nor slow, and do what their examples show.

    Problems are written to stdout, one to a line, each with its file and line. Exit code 2 says that there are
    errors; warnings are only worth a look.
    """
    for path in paths or ():
        if not path.exists():
            raise ConfigError(f"{path}: no such file or folder")
    rule_set = load(rules, config, over=paths or ())
    chosen = [file for file in rule_set.files if not paths or _is_in(Path(file.path), paths)]
    errors = warnings = 0
    for problem, is_error in _problems(rule_set, chosen):
        write(problem)
        errors += is_error
        warnings += not is_error
    count = sum(len(file.rules) for file in chosen)
    shown = sum(len(file.contents.examples) for file in chosen)
    counts = ((errors, "error"), (warnings, "warning"))
    found = ", ".join(plural(number, name) for number, name in counts if number)
    checked = f"{plural(len(chosen), 'file')}, {plural(count, 'rule')}, {plural(shown, 'example')}"
    say(f"{checked}: {found or 'all is well'}")
    if errors:
        raise typer.Exit(ExitCode.MISTAKE)


def _problems(rule_set: RuleSet, files: list[RuleFile]) -> Iterator[tuple[str, bool]]:
    """Find what is wrong, and whether it is an error."""
    from cleaner.blocks import read
    from cleaner.phrases import Lexicon
    from cleaner.pipeline import Cleaner
    from cleaner.rules.examples import run_examples
    from cleaner.rules.lint import lint

    for error in rule_set.errors:
        yield str(error), True
    lexicon = Lexicon.load()
    for file in files:
        for problem in lint(file, lambda text: read(text, lexicon)):
            yield str(problem), problem.level == "error"
    for outcome in run_examples(rule_set, lambda some: Cleaner(rules=some, scorer=None).clean, files):
        if outcome.failure is not None:
            patch = "\n".join(f"    {line}" for line in outcome.failure.split("\n"))
            yield f"{outcome.file.path}:{outcome.line}: error: example:\n{patch}", True


def _is_in(path: Path, roots: Iterable[Path]) -> bool:
    return any(path.resolve().is_relative_to(root.resolve()) for root in roots)
