"""The commands of ``clean rules`` put together."""

from __future__ import annotations

import typer

from cleaner.cli.commands import WIDTH, Command
from cleaner.cli.rules import (
    check,
    example,
    fmt,
    health,
    import_ftr,
    list,  # noqa: A004 - named for the command
    mutate,
    new,
    schema,
    show,
    test,
)

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, context_settings=WIDTH)
for name, function, epilog in (
    ("list", list.list_, list.EXAMPLES),
    ("show", show.show, show.EXAMPLES),
    ("new", new.new, new.EXAMPLES),
    ("test", test.run, test.EXAMPLES),
    ("mutate", mutate.mutate, mutate.EXAMPLES),
    ("example", example.example, example.EXAMPLES),
    ("check", check.check, check.EXAMPLES),
    ("health", health.health, health.EXAMPLES),
    ("fmt", fmt.fmt, fmt.EXAMPLES),
    ("schema", schema.schema, schema.EXAMPLES),
):
    app.command(name, cls=Command, context_settings=WIDTH, epilog=epilog)(function)

imports = typer.Typer(no_args_is_help=True, rich_markup_mode=None, context_settings=WIDTH)
imports.command("ftr", cls=Command, context_settings=WIDTH, epilog=import_ftr.EXAMPLES)(import_ftr.ftr)
app.add_typer(imports, name="import")


@imports.callback()
def import_() -> None:
    """Turn site files of other tools into rule files, as a start."""


@app.callback()
def rules() -> None:
    """List, show, write, test and check rules."""
