"""Exit codes, and what a user gets to read when something goes wrong."""

from __future__ import annotations

import os
import sys
from enum import IntEnum

import typer

from cleaner.model import CleanerError
from cleaner.version import __version__


class ExitCode(IntEnum):
    """What the command says to the program that called it."""

    FINE = 0
    ATTENTION = 1
    """Finished, but something was quarantined or a guard tripped."""
    MISTAKE = 2
    """The command line, the configuration or a rule is wrong."""
    INTERNAL = 3
    """An error of this program."""
    INTERRUPTED = 130


def say(message: str) -> None:
    """Tell the user something: messages go to stderr, data to stdout."""
    typer.echo(message, err=True)


def explain(error: Exception) -> ExitCode:
    """Tell the user what went wrong, in a line, and give the exit code for it."""
    if isinstance(error, CleanerError):
        say(f"clean: {error}")
        return ExitCode.MISTAKE
    if isinstance(error, BrokenPipeError):
        forget_stdout()
        return ExitCode.FINE
    what = str(error).strip().rsplit("\n", 1)[-1]
    say(f"clean: an error of clean itself: {type(error).__name__}: {what}")
    say(f"The log is in {_write_log(error)}; please report it.")
    return ExitCode.INTERNAL


def forget_stdout() -> None:
    """Nobody takes our output any more: let Python's last flush go nowhere instead of complaining."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _write_log(error: Exception) -> str:
    """Write what is needed to find the error, and give the file's path."""
    import platform
    import tempfile
    import traceback

    with tempfile.NamedTemporaryFile(
        "w", encoding="utf-8", errors="backslashreplace", prefix="clean-error-", suffix=".log", delete=False
    ) as log:
        log.write(f"clean {__version__}, Python {platform.python_version()}, {platform.platform()}\n")
        log.write(f"arguments: {sys.argv[1:]}\n\n")
        log.write("".join(traceback.format_exception(error)))
    return log.name
