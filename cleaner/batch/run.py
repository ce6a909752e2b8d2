"""A run: inputs found, cleaned by the crew, put into the sink, and booked until the books add up."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import IO

from cleaner.batch.crew import MAX_TASKS, Crew, Setup
from cleaner.batch.document import SUFFIXES, Task
from cleaner.batch.inputs import STATE_FOLDER, Input, Walk
from cleaner.batch.manifest import Known
from cleaner.batch.outcome import Kind, Outcome, Tally
from cleaner.batch.sinks import Folder, Lines, Nowhere, Sink, Stream
from cleaner.config import DEFAULT_TIME_LIMIT, Format


class AccountingError(Exception):
    """Inputs were lost or counted twice: an error of the program, never of an input."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to clean and where to put it. ``raw`` is a folder, a file, or the content of one document."""

    raw: Path | bytes
    setup: Setup
    out: Path | None = None
    """The folder for outputs; without one they go to ``write``."""
    write: Callable[[bytes], object] | None = None
    jobs: int = 1
    time_limit: float = DEFAULT_TIME_LIMIT
    extensions: tuple[str, ...] = ()
    force: bool = False

    @property
    def walk(self) -> Walk:
        """How the inputs are found."""
        output = self.setup.output
        return Walk(
            extensions=tuple("." + extension.lower().lstrip(".") for extension in self.extensions),
            suffix=SUFFIXES.get(output.format),
            sidecars=output.meta,
            avoid=self.out,
        )

    def inputs(self) -> Iterator[Input]:
        """Find the inputs."""
        if isinstance(self.raw, bytes):
            return iter([Input("", "-", "-")])
        return self.walk.inputs(self.raw)


@dataclass
class Summary:
    """What a run did."""

    tally: Tally
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    """What is wrong with rule files that the run did without."""
    interrupted: bool = False
    left_out: Path | None = None
    """The file that lists every input that was skipped or quarantined."""


@dataclass
class Run:
    """One run of a plan. ``notice`` is told every outcome as it comes in."""

    plan: Plan
    notice: Callable[[Outcome], None] = lambda outcome: None
    tally: Tally = field(default_factory=Tally)
    _left_out: IO[str] | None = None

    def go(self) -> Summary:
        """Do it all. An interrupt ends the run early and cleanly; an output that stands stays noted."""
        began = time.monotonic()
        summary = Summary(self.tally)
        sink = _sink(self.plan)
        try:
            self._open_left_out(summary)
            with Crew(self.plan.setup, jobs=self.plan.jobs, time_limit=self.plan.time_limit) as crew:
                for report in crew.work(self._tasks(sink)):
                    sink.take(report)
                    for outcome in report.outcomes:
                        self._book(outcome)
                summary.warnings = crew.warnings
            sink.finish()
            if not self.tally.adds_up:
                raise AccountingError(f"{self.tally.inputs} inputs, but {dict(self.tally.kinds)}")
        except KeyboardInterrupt:
            summary.interrupted = True
        finally:
            sink.close()
            if self._left_out is not None:
                self._left_out.close()
        summary.seconds = time.monotonic() - began
        return summary

    def _tasks(self, sink: Sink) -> Iterator[Task]:
        """Turn inputs into tasks, a few at a time: the list of inputs is never held."""
        inputs = self.plan.inputs()
        content = self.plan.raw if isinstance(self.plan.raw, bytes) else None
        number = 0
        while batch := list(islice(inputs, MAX_TASKS)):
            self.tally.inputs += len(batch)
            sound = []
            for found in batch:
                if found.problem is None:
                    sound.append(found)
                else:
                    self._book(Outcome(-1, found.name, *found.problem))
            for found, known in zip(sound, self._known(sink, sound), strict=True):
                yield Task(number, found.path, found.name, found.output, known, content)
                number += 1

    def _known(self, sink: Sink, inputs: list[Input]) -> list[Known | None]:
        if self.plan.force or self.plan.setup.output.diff:
            return [None] * len(inputs)
        return sink.known([found.name for found in inputs])

    def _book(self, outcome: Outcome) -> None:
        self.tally.book(outcome)
        self.notice(outcome)
        if self._left_out is not None and outcome.kind in (Kind.SKIPPED, Kind.QUARANTINED):
            entry = {
                "path": outcome.name,
                "outcome": outcome.kind,
                "reason": outcome.reason,
                "detail": outcome.detail,
            }
            self._left_out.write(json.dumps(entry) + "\n")

    def _open_left_out(self, summary: Summary) -> None:
        if self.plan.out is not None and not self.plan.setup.output.dry:
            summary.left_out = self.plan.out / STATE_FOLDER / "left_out.jsonl"
            self._left_out = summary.left_out.open("w", encoding="utf-8")


def _sink(plan: Plan) -> Sink:
    output = plan.setup.output
    if output.diff or plan.out is None:
        return Stream(plan.write or (lambda content: None))
    if output.dry:
        return Nowhere(plan.out)
    return Lines(plan.out) if output.format is Format.JSONL else Folder(plan.out)
