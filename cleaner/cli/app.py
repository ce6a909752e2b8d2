"""All commands put together."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import explain, learn, merge, restore, retry, run, status
from cleaner.cli.commands import WIDTH, Command, Commands
from cleaner.cli.rules.app import app as rules
from cleaner.version import __version__

app = typer.Typer(
    name="clean",
    cls=Commands,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings=WIDTH,
)
for function, epilog in (
    (run.run, run.EXAMPLES),
    (status.status, status.EXAMPLES),
    (retry.retry, retry.EXAMPLES),
    (merge.merge, merge.EXAMPLES),
    (explain.explain, explain.EXAMPLES),
    (restore.restore, restore.EXAMPLES),
    (learn.learn, learn.EXAMPLES),
):
    app.command(cls=Command, epilog=epilog, context_settings=WIDTH)(function)
app.add_typer(rules, name="rules")


def _show_version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"clean {__version__}")
        raise typer.Exit


@app.callback()
def clean(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and leave."),
    ] = False,
) -> None:
    """Give back the article, and only the article, from raw scraped text.

    \b
    Exit codes:
      0    all is well
      1    finished, but an input was quarantined, or the guard kept a document
      2    a mistake in the command, the configuration or a rule
      3    an error of clean itself
      130  interrupted; the same command goes on from there
    """  # noqa: D301
