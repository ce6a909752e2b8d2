"""``clean rules``: list, show and check what decides on lines: rule files, their rules, and heuristics."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import WIDTH, Command, examples
from cleaner.cli.errors import ExitCode, say
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.rules import RuleFile, RuleSet
    from cleaner.rules.schema import Rule

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, context_settings=WIDTH)

KINDS = {"generic": "for every page", "platform": "platforms", "site": "sites"}


@app.callback()
def rules() -> None:
    """List, show and check rules."""


@app.command(
    "list",
    cls=Command,
    context_settings=WIDTH,
    epilog=examples([("clean rules list", ""), ("clean rules list --rules my-rules/", "with your own")]),
)
def list_(rules: options.Rules = None, config: options.Config = None) -> None:
    """List all rule files and heuristics: the names that --only and --skip take."""
    from cleaner.heuristics import heuristics

    rule_set = _load(rules, config)
    for kind, title in KINDS.items():
        files = [file for file in rule_set.files if file.kind == kind]
        _print_list(title, ((file.id, _size(file)) for file in files))
    _print_list("heuristics", ((name, _first_sentence(_docstring(name))) for name in heuristics()))
    _print_list("and", [("repair", "Mends escapes, broken paragraphs and white space.")])
    _report_errors(rule_set)


@app.command(
    "show",
    cls=Command,
    context_settings=WIDTH,
    epilog=examples(
        [
            ("clean rules show anews.az", "a rule file"),
            ("clean rules show anews.az/fx-ticker", "one rule"),
            ("clean rules show share-bar", "a heuristic"),
        ]
    ),
)
def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A rule file, a rule or a heuristic.")],
    rules: options.Rules = None,
    config: options.Config = None,
) -> None:
    """Show what a rule file, a rule or a heuristic does, and why."""
    from cleaner.config import nearest
    from cleaner.heuristics import heuristics

    rule_set = _load(rules, config)
    name = name.removeprefix("heuristics/")
    file = rule_set.get(name.partition("/")[0])
    if file is not None and name == file.id:
        _write(f"# {_short(file.path)}\n{file.text.rstrip()}")
    elif rule := next((rule for rule in file.rules if rule.id == name), None) if file else None:
        assert file is not None
        _write(f"# {_short(file.path)}:{file.line(*rule.place)}\n{_source(file, rule)}")
    elif name in heuristics():
        _write(_docstring(name))
    else:
        known = [*heuristics(), *sorted(rule_set.names)]
        raise ConfigError(f"no rule file, rule or heuristic is named {name!r}{nearest(name, known)}")


@app.command(
    "check",
    cls=Command,
    context_settings=WIDTH,
    epilog=examples(
        [
            ("clean rules check", "all rules"),
            ("clean rules check my-rules/", "your own, as they lie over the built-in ones"),
            ("clean rules check my-rules/sites/example.com.toml", "one file"),
        ]
    ),
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
    rule_set = _load(rules, config, over=paths or ())
    chosen = [file for file in rule_set.files if not paths or _is_in(Path(file.path), paths)]
    errors = warnings = 0
    for problem, is_error in _problems(rule_set, chosen):
        _write(problem)
        errors += is_error
        warnings += not is_error
    count = sum(len(file.rules) for file in chosen)
    shown = sum(len(file.contents.examples) for file in chosen)
    counts = ((errors, "error"), (warnings, "warning"))
    found = ", ".join(_plural(number, name) for number, name in counts if number)
    checked = f"{_plural(len(chosen), 'file')}, {_plural(count, 'rule')}, {_plural(shown, 'example')}"
    say(f"{checked}: {found or 'all is well'}")
    if errors:
        raise typer.Exit(ExitCode.MISTAKE)


def _load(rules: Iterable[Path] | None, config: Path | None, over: Iterable[Path] = ()) -> RuleSet:
    """Load the rules of the options and the configuration, with further paths laid over them."""
    from cleaner import config as configuration
    from cleaner.rules import RuleSet

    settings = configuration.load(Path.cwd(), config).over({"rules": tuple(rules or ())})
    for path in settings.rules:
        if not path.exists():
            raise ConfigError(f"{path}: no such folder of rules")
    return RuleSet.load([*settings.rules, *over])


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


def _report_errors(rule_set: RuleSet) -> None:
    for error in rule_set.errors:
        say(f"clean: {error}")
    if rule_set.errors:
        raise typer.Exit(ExitCode.MISTAKE)


def _source(file: RuleFile, rule: Rule) -> str:
    """Give a rule as it stands in its file: its comment, and its table up to what comes next."""
    lines = file.text.splitlines()
    first = (file.line(*rule.place) or 1) - 1
    last = first + 1
    while last < len(lines) and not lines[last].startswith("["):
        last += 1
    while lines[last - 1].startswith("#") or not lines[last - 1].strip():
        last -= 1
    while first and lines[first - 1].startswith("#"):
        first -= 1
    return "\n".join(lines[first:last])


def _docstring(heuristic: str) -> str:
    import inspect
    from importlib import import_module

    return inspect.getdoc(import_module(f"cleaner.heuristics.{heuristic.replace('-', '_')}")) or ""


def _first_sentence(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split()).partition(". ")[0].rstrip(".") + "."


def _size(file: RuleFile) -> str:
    return f"{_plural(len(file.rules), 'rule'):<9} {_short(file.path)}"


def _short(path: str) -> str:
    """Write a path as seen from here, if it lies below."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def _plural(number: int, name: str) -> str:
    return f"{number:,} {name}" + ("" if number == 1 else "s")


def _print_list(title: str, rows: Iterable[tuple[str, str]]) -> None:
    rows = list(rows)
    if rows:
        width = max(len(name) for name, _ in rows)
        _write("\n".join([title, *(f"  {name:<{width}}  {about}".rstrip() for name, about in rows), ""]))


def _write(text: str) -> None:
    sys.stdout.write(text + "\n")
