"""What a run shows while it goes on: a bar on a terminal, a line now and then in a log."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from cleaner.batch.outcome import Kind, Outcome
from cleaner.cli.errors import say
from cleaner.cli.screen import is_terminal, visible

if TYPE_CHECKING:
    from cleaner.batch.run import Plan

LINE_EVERY = 60.0
"""Seconds between two lines of progress where there is no terminal."""

Notice = Callable[[Outcome], None]


@contextmanager
def watch(plan: Plan, *, quiet: bool, verbose: bool, alone: bool) -> Iterator[Notice]:
    """Show the progress of a run; ``alone`` says that no output is written to the same terminal."""
    if quiet:
        yield lambda outcome: None
    elif is_terminal(sys.stderr) and alone and not isinstance(plan.raw, bytes):
        with _bar(plan, verbose=verbose) as notice:
            yield notice
    else:
        yield _lines(verbose=verbose)


def _lines(*, verbose: bool) -> Notice:
    done = 0
    due = time.monotonic() + LINE_EVERY

    def notice(outcome: Outcome) -> None:
        nonlocal done, due
        done += 1
        if verbose:
            say(describe(outcome))
        elif time.monotonic() >= due:
            say(f"{done:,} inputs done")
            due = time.monotonic() + LINE_EVERY

    return notice


@contextmanager
def _bar(plan: Plan, *, verbose: bool) -> Iterator[Notice]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from cleaner.cli.screen import console

    progress = Progress(
        TextColumn("cleaning"),
        BarColumn(
            bar_width=40,
            style="bright_black",
            complete_style="cyan",
            finished_style="cyan",
            pulse_style="cyan",
        ),
        MofNCompleteColumn(),
        TimeRemainingColumn(compact=True, elapsed_when_finished=True),
        console=console(sys.stderr),
        transient=True,
        refresh_per_second=4,
    )
    task = progress.add_task("", total=None)
    ended = threading.Event()

    def count() -> None:
        total = 0
        for _ in plan.inputs():
            total += 1
            if ended.is_set():
                return
        progress.update(task, total=total)

    def notice(outcome: Outcome) -> None:
        progress.advance(task)
        if verbose:
            progress.console.print(describe(outcome))

    counting = threading.Thread(target=count, daemon=True)
    with progress:
        counting.start()
        try:
            yield notice
        finally:
            ended.set()
            counting.join()


def describe(outcome: Outcome) -> str:
    """Tell what became of one input, in one line."""
    said = f"{outcome.kind:<11}  {visible(outcome.name)}"
    if outcome.kind is Kind.CLEANED:
        said += f"  −{outcome.removed:,}" if outcome.removed else ""
        flags = ", ".join(outcome.flags)
        return said + (f"  ({flags})" if flags else "")
    if not outcome.reason:
        return said
    return f"{said}  {outcome.reason}" + (f": {visible(outcome.gist)}" if outcome.gist else "")
