"""Showing rules: where they lie, how many there are, what their documentation says."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from cleaner.cli.errors import ExitCode, say
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.rules import RuleSet


def load(rules: Iterable[Path] | None, config: Path | None, over: Iterable[Path] = ()) -> RuleSet:
    """Load the rules of the options and the configuration, with further paths laid over them."""
    from cleaner import config as configuration
    from cleaner.rules import RuleSet

    settings = configuration.load(Path.cwd(), config).over({"rules": tuple(rules or ())})
    for path in settings.rules:
        if not path.exists():
            raise ConfigError(f"{path}: no such folder of rules")
    return RuleSet.load([*settings.rules, *over])


def report_errors(rule_set: RuleSet) -> None:
    """Say which rule files could not be read; if there are any, leave with the exit code for that."""
    for error in rule_set.errors:
        say(f"clean: {error}")
    if rule_set.errors:
        raise typer.Exit(ExitCode.MISTAKE)


def docstring(heuristic: str) -> str:
    """Give the docstring of a heuristic's module."""
    import inspect
    from importlib import import_module

    return inspect.getdoc(import_module(f"cleaner.heuristics.{heuristic.replace('-', '_')}")) or ""


def short(path: str) -> str:
    """Write a path as seen from here, if it lies below."""
    here = Path.cwd()
    return str(Path(path).relative_to(here)) if Path(path).is_relative_to(here) else path


def plural(number: int, name: str) -> str:
    """Write a number with the thing it counts."""
    return f"{number:,} {name}" + ("" if number == 1 else "s")


def write(text: str) -> None:
    """Write a line to stdout."""
    sys.stdout.write(text + "\n")
