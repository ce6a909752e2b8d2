"""The classes behind the commands: calm help pages, and errors as one line and an exit code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup

from cleaner.cli import errors, options

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

WIDTH = {"max_content_width": 100, "help_option_names": ["-h", "--help"]}
"""Settings of every command's context."""


class Command(TyperCommand):
    """A command whose help shows its options in groups."""

    def collect_usage_pieces(self, ctx: Any) -> list[str]:
        """Name arguments as they are called, without marks of typer's."""
        return [re.sub(r"[{}]|\.\.\.(?=}\.\.\.)", "", piece) for piece in super().collect_usage_pieces(ctx)]

    def format_options(self, ctx: Any, formatter: Any) -> None:
        """Write the arguments, then the options by group."""
        groups: dict[str, list[tuple[str, str]]] = {}
        for parameter in self.get_params(ctx):
            row = _help_row(parameter, ctx)
            if row is not None:
                groups.setdefault(_group(parameter, groups), []).append(row)
        for group, rows in groups.items():
            with formatter.section(group):
                formatter.write_dl(rows)


class Commands(TyperGroup):
    """The commands, with every error turned into one line and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command; what it raises becomes a message on stderr."""
        try:
            return super().invoke(ctx)
        except Exception as error:
            if type(error).__module__.startswith(("typer", "click")):
                raise
            raise typer.Exit(errors.explain(error)) from None


def _group(parameter: Any, groups: Collection[str]) -> str:
    """Name the group that a parameter is shown in; the help option, which comes last, joins one that is there."""
    if isinstance(parameter, TyperArgument):
        return "Arguments"
    if parameter.name == "help" and options.MESSAGES in groups:
        return options.MESSAGES
    return getattr(parameter, "rich_help_panel", None) or "Options"


def _help_row(parameter: Any, ctx: Any) -> tuple[str, str] | None:
    if isinstance(parameter, TyperArgument):
        return str(parameter.metavar or parameter.name).upper(), parameter.help or ""
    row = parameter.get_help_record(ctx)
    return None if row is None else (row[0], row[1])


def examples(lines: Iterable[tuple[str, str]]) -> str:
    """Lay out examples, a command and what it does, for the end of a help page."""
    rows = list(lines)
    width = max(len(command) for command, _ in rows) + 3
    return "\b\nExamples:\n" + "\n".join(f"  {command:<{width}}{does}".rstrip() for command, does in rows)
