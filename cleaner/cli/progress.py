"""What a run shows while it goes on: a bar on a terminal, a line now and then in a log, or events in JSON."""

from __future__ import annotations

import datetime
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from cleaner.batch.outcome import Kind, Outcome
from cleaner.cli.errors import say
from cleaner.cli.logs import LogFormat, event
from cleaner.cli.screen import is_terminal, visible

if TYPE_CHECKING:
    from cleaner.batch.run import Run

LINE_EVERY = 10.0
"""Seconds between two lines of progress where there is no terminal."""

DRAW_EVERY = 0.25
"""Seconds between two drawings of the bar."""


@contextmanager
def watch(run: Run, *, quiet: bool, verbose: bool, alone: bool, log: LogFormat) -> Iterator[None]:
    """Show the progress of a run; ``alone`` says that no output is written to the same terminal."""
    pace = _Pace(run)
    if log is LogFormat.JSON:
        if verbose:
            run.notice = _event_of
        with _ticking(lambda: event("progress", **pace.figures), LINE_EVERY), _counting(run):
            yield
    elif quiet:
        yield
    elif is_terminal(sys.stderr) and alone and not isinstance(run.plan.raw, bytes):
        with _bar(run, pace, verbose=verbose), _counting(run):
            yield
    else:
        if verbose:
            run.notice = lambda outcome: say(describe(outcome))
        with _ticking(lambda: say(pace.line), LINE_EVERY), _counting(run):
            yield


class _Pace:
    """How far a run is, how fast, and how long it will take."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._began = time.monotonic()

    @property
    def done(self) -> float:
        """Inputs that are done, a part of one included."""
        return self._run.progress.inputs + self._run.progress.share

    @property
    def rate(self) -> float:
        """Documents per second."""
        return self._run.progress.documents / max(0.001, time.monotonic() - self._began)

    @property
    def left(self) -> float | None:
        """Seconds until all is done; None if nobody knows."""
        found, done = self._run.found, self.done
        if found is None or not done:
            return None
        return (time.monotonic() - self._began) * max(0.0, found - done) / done

    @property
    def figures(self) -> dict[str, Any]:
        """Say it in numbers."""
        return {
            "inputs": self._run.progress.inputs,
            "inputs_found": self._run.found,
            "documents": self._run.progress.documents,
            "documents_per_second": round(self.rate, 1),
            "seconds_left": None if self.left is None else round(self.left),
        }

    @property
    def line(self) -> str:
        """Say it in words."""
        of = f" of {self._run.found:,}" if self._run.found is not None else ""
        left = f", {clock(self.left)} left" if self.left is not None else ""
        progress = self._run.progress
        return f"{progress.documents:,} documents, {self.rate:,.0f}/s; {progress.inputs:,}{of} inputs{left}"


def clock(seconds: float) -> str:
    """Write a time as hours, minutes and seconds."""
    return str(datetime.timedelta(seconds=round(seconds)))


def _event_of(outcome: Outcome) -> None:
    about = {"name": outcome.name, "outcome": outcome.kind, "removed": outcome.removed}
    event("document", **about, reason=outcome.reason, detail=outcome.gist, flags=list(outcome.flags))


@contextmanager
def _ticking(act: Callable[[], object], every: float) -> Iterator[None]:
    """Do something now and then, also while nothing is heard of the run."""
    ended = threading.Event()

    def tick() -> None:
        while not ended.wait(every):
            act()

    ticker = threading.Thread(target=tick, daemon=True)
    ticker.start()
    try:
        yield
    finally:
        ended.set()
        ticker.join()


@contextmanager
def _counting(run: Run) -> Iterator[None]:
    """Count the inputs beside the run, for the time that is left."""
    ended = threading.Event()

    def count() -> None:
        with suppress(Exception):  # what is wrong with RAW, the run itself tells
            run.found = run.plan.count(ended)

    counting = threading.Thread(target=count, daemon=True)
    counting.start()
    try:
        yield
    finally:
        ended.set()
        counting.join()


@contextmanager
def _bar(run: Run, pace: _Pace, *, verbose: bool) -> Iterator[None]:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

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
        TextColumn("{task.fields[pace]}"),
        console=console(sys.stderr),
        transient=True,
        auto_refresh=False,
    )
    task = progress.add_task("", total=None, pace="")

    def draw() -> None:
        left = f", {clock(pace.left)} left" if pace.left is not None else ""
        said = f"{pace.rate:,.0f} documents/s{left}"
        progress.update(task, completed=round(pace.done, 2), total=run.found, pace=said, refresh=True)

    if verbose:
        run.notice = lambda outcome: progress.console.print(describe(outcome))
    with progress, _ticking(draw, DRAW_EVERY):
        draw()
        yield
        draw()


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
