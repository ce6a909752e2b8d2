"""Worker processes that are watched: one that dies or hangs costs its document, never the run.

A pool of the standard library waits for ever for the result of a process that died, so these workers are
plain processes, each at the end of its own pipe. A worker gets a few tasks per message and says in shared
memory which one it is at; so the crew knows which document to blame, and cleans the others again elsewhere.
"""

from __future__ import annotations

import multiprocessing
import signal
import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from multiprocessing.connection import Connection, wait
from typing import Any, NamedTuple

from cleaner.batch.document import CleansDocuments, Desk, Output, Task
from cleaner.batch.outcome import Kind, Outcome, Problem
from cleaner.config import DEFAULT_MAX_SIZE, DEFAULT_MEMORY_LIMIT
from cleaner.model import CleanerError

MAX_TASKS = 64
"""Tasks per message: enough that messages cost nothing."""

MESSAGE_TIME = 0.5
"""Seconds of work per message: little enough that all workers finish at about the same time."""

FLUSH_AFTER = 0.25
"""Seconds after which a worker reports what it has, so that slow documents show up one by one."""

MAX_ATTEMPTS = 3
"""Workers that may die around a document before it is blamed for it."""

MAX_MESSAGE = 16_000_000
"""Bytes of documents per message: what is sent is held twice for a moment."""

RECYCLE_AFTER = 20_000
"""Tasks after which a worker is replaced: whatever a library may leak stays small."""

_WATCH_EVERY = 0.2
_LEAVING_TIME = 2.0
_IDLE = -1


@dataclass(frozen=True, slots=True)
class Setup:
    """What a worker needs to start; it travels to the worker's process."""

    make_cleaner: Callable[[], tuple[CleansDocuments, tuple[str, ...]]]
    """Gives the cleaner, and what is wrong with rule files that it does without."""
    output: Output
    url: str | None = None
    max_size: float = DEFAULT_MAX_SIZE
    memory_limit: float = DEFAULT_MEMORY_LIMIT


class Basis(NamedTuple):
    """Everything that outputs depend on besides their inputs."""

    key: bytes
    """A hash of the options, the version, and which rule files are for which pages."""
    rule_digests: dict[str, str]
    """A hash of what each rule file says, by its id."""


class WorkerError(Exception):
    """A worker failed by no fault of a document: an error of the program."""


class _Ready(NamedTuple):
    basis: Basis
    warnings: tuple[str, ...]


class _Stopped(NamedTuple):
    """The worker cannot go on; ``ours`` tells an error of the program from one that the user can mend."""

    message: str
    ours: bool


class _Done(NamedTuple):
    outcomes: list[Outcome]
    more: bool


def _serve(pipe: Connection, at: Any, setup: Setup) -> None:
    """Run a worker: the main function of its process."""
    sys.stdout = sys.stderr
    try:
        cleaner, warnings = setup.make_cleaner()
        desk = Desk(cleaner, setup.output, url=setup.url, max_size=setup.max_size)
        pipe.send(_Ready(Basis(desk.key, dict(cleaner.rule_digests)), warnings))
        _limit_memory(setup.memory_limit)
        while True:
            _serve_tasks(pipe, at, desk, pipe.recv())
    except (EOFError, ConnectionError):
        return  # the run is over, or gone
    except CleanerError as error:
        pipe.send(_Stopped(str(error), ours=False))
    except Exception:
        pipe.send(_Stopped(traceback.format_exc(), ours=True))


def _limit_memory(megabytes: float) -> None:
    """Let the worker have so much memory and no more: a document that wants more raises a MemoryError."""
    try:
        import resource
    except ImportError:  # Windows
        return
    limit = int(megabytes * 1_000_000)
    with suppress(ValueError, OSError):  # a lower limit is in force already
        resource.setrlimit(resource.RLIMIT_DATA, (limit, limit))


def _serve_tasks(pipe: Connection, at: Any, desk: Desk, tasks: list[Task]) -> None:
    outcomes: list[Outcome] = []
    flushed = time.monotonic()
    for task in tasks:
        if outcomes and time.monotonic() - flushed > FLUSH_AFTER:
            pipe.send(_Done(outcomes, more=True))
            outcomes, flushed = [], time.monotonic()
        at.value = task.number
        outcomes.append(desk.process(task))
        at.value = _IDLE
    pipe.send(_Done(outcomes, more=False))


@dataclass(eq=False)
class _Worker:
    """The crew's side of one worker process."""

    process: Any
    pipe: Connection
    at: Any
    is_ready: bool = False
    done: int = 0
    """Tasks that it has reported in its life."""
    tasks: dict[int, Task] = field(default_factory=dict)
    """What it was given and has not reported."""
    size: int = 0
    """Number of tasks in the last message to it."""
    sent: float = 0.0
    """When that was."""
    seen: int = _IDLE
    """The task it was last seen at."""
    since: float = 0.0
    """When it was first seen there."""

    def overdue(self, now: float, limit: float) -> bool:
        """Whether the document it is at has taken too long; to be asked again and again."""
        at = self.at.value
        if at != self.seen:
            self.seen, self.since = at, now
        return bool(at != _IDLE and now - self.since > limit)


class Crew:
    """Up to ``jobs`` workers, started as work comes, that turn tasks into outcomes.

    Use it as a context manager: on leaving, no process is left behind.
    """

    def __init__(self, setup: Setup, *, jobs: int, time_limit: float) -> None:
        self._setup = setup
        self._jobs = jobs
        self._time_limit = time_limit
        self._context = multiprocessing.get_context("spawn")
        self._workers: list[_Worker] = []
        self._leaving: list[_Worker] = []
        self._again: deque[Task] = deque()
        self._attempts: Counter[int] = Counter()
        self._given = 0
        self._pace = MESSAGE_TIME / MAX_TASKS
        """Seconds that a task takes, as of the last message."""
        self._stopped = False
        self._basis: Basis | None = None
        self.warnings: tuple[str, ...] = ()
        """What is wrong with rule files; known once the first worker is ready."""

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        for worker in self._workers:
            worker.pipe.close()
            if worker.tasks:
                worker.process.kill()
        for worker in [*self._workers, *self._leaving]:
            worker.process.join(_LEAVING_TIME)
            worker.process.kill()
            worker.process.join()
        self._workers.clear()
        self._leaving.clear()

    @property
    def basis(self) -> Basis:
        """What the workers go by; starts the first one to ask it."""
        if self._basis is None:
            worker = self._workers[0] if self._workers else self._start()
            while self._basis is None:
                for _ in self._listen(worker, iter(())):
                    pass
        return self._basis

    def stop(self) -> None:
        """Begin no further task: what is begun is finished, and the work is over."""
        self._stopped = True

    @property
    def stopped(self) -> bool:
        """Whether it was told to stop."""
        return self._stopped

    def work(self, tasks: Iterator[Task]) -> Iterator[list[Outcome]]:
        """Have all tasks done, in any order: each that is begun gets exactly one outcome."""
        while True:
            self._hand_out(tasks)
            if not any(worker.tasks for worker in self._workers):
                return
            for worker in self._heard_from():
                yield from self._listen(worker, tasks)
            yield from self._end_overdue()

    def _hand_out(self, tasks: Iterator[Task]) -> None:
        """Give every idle worker something to do, and start workers while there is more to do."""
        self._leaving = [worker for worker in self._leaving if worker.process.is_alive()]  # each holds two descriptors
        for worker in [worker for worker in self._workers if not worker.tasks and worker.done >= RECYCLE_AFTER]:
            worker.pipe.close()  # it leaves
            self._leaving.append(worker)
            self._workers.remove(worker)
        for worker in self._workers:
            if not worker.tasks and not self._give(worker, tasks):
                return
        while len(self._workers) < self._jobs:
            batch = self._batch(tasks)
            if not batch:
                return
            worker = self._start()
            self._send(worker, batch)

    def _give(self, worker: _Worker, tasks: Iterator[Task]) -> bool:
        batch = self._batch(tasks)
        if batch:
            self._send(worker, batch)
        return bool(batch)

    def _batch(self, tasks: Iterator[Task]) -> list[Task]:
        """Take the next tasks: few at first, so that a small run too keeps every worker busy."""
        if self._again:
            return [self._again.popleft()]
        count = min(MAX_TASKS, 1 + self._given // 16, max(1, int(MESSAGE_TIME / self._pace)))
        batch: list[Task] = []
        size = 0
        while len(batch) < count and size < MAX_MESSAGE and not self._stopped:
            task = next(tasks, None)
            if task is None:
                break
            batch.append(task)
            size += task.weight
        self._given += len(batch)
        return batch

    def _send(self, worker: _Worker, batch: list[Task]) -> None:
        worker.tasks = {task.number: task for task in batch}
        worker.sent, worker.size = time.monotonic(), len(batch)
        with suppress(ConnectionError):  # it has died, which shows when it is listened to
            worker.pipe.send(batch)

    def _start(self) -> _Worker:
        ours, theirs = self._context.Pipe()
        at = self._context.RawValue("q", _IDLE)
        process = self._context.Process(target=_serve, args=(theirs, at, self._setup), daemon=True)
        with _interrupts_held_back():
            process.start()
        theirs.close()
        worker = _Worker(process, ours, at)
        self._workers.append(worker)
        return worker

    def _heard_from(self) -> list[_Worker]:
        by_pipe: dict[Any, _Worker] = {worker.pipe: worker for worker in self._workers if worker.tasks}
        return [by_pipe[pipe] for pipe in wait(list(by_pipe), _WATCH_EVERY)]

    def _listen(self, worker: _Worker, tasks: Iterator[Task]) -> Iterator[list[Outcome]]:
        try:
            message = worker.pipe.recv()
        except (EOFError, OSError):
            yield from self._bury(worker, None)
            return
        match message:
            case _Ready(basis, warnings):
                worker.is_ready = True
                self._basis = self._basis or basis
                self.warnings = self.warnings or warnings
            case _Stopped(text, ours=False):
                raise CleanerError(text)
            case _Stopped(text):
                raise WorkerError(text)
            case _Done(outcomes, more):
                for outcome in outcomes:
                    del worker.tasks[outcome.number]
                worker.done += len(outcomes)
                if not more:
                    self._pace = (time.monotonic() - worker.sent) / worker.size
                    if worker.done < RECYCLE_AFTER:
                        self._give(worker, tasks)
                yield outcomes

    def _end_overdue(self) -> Iterator[list[Outcome]]:
        now = time.monotonic()
        for worker in [worker for worker in self._workers if worker.tasks]:
            if worker.overdue(now, self._time_limit) and not worker.pipe.poll():
                worker.process.kill()
                reason = Problem(Kind.QUARANTINED, f"took longer than {self._time_limit:g} s")
                yield from self._bury(worker, reason)

    def _bury(self, worker: _Worker, reason: Problem | None) -> Iterator[list[Outcome]]:
        """Let a worker go: blame the document it was at, and put the others back in the queue."""
        worker.process.join(_LEAVING_TIME)
        self._workers.remove(worker)
        worker.pipe.close()
        if not worker.is_ready:
            raise WorkerError(f"a worker process died while it started (exit code {worker.process.exitcode})")
        reason = reason or Problem(Kind.QUARANTINED, "its worker process died", f"exit code {worker.process.exitcode}")
        self._attempts.update(worker.tasks.keys())
        blamed = [
            task
            for number, task in worker.tasks.items()
            if number == worker.at.value or self._attempts[number] >= MAX_ATTEMPTS
        ]
        self._again += [task for task in worker.tasks.values() if task not in blamed]
        if blamed:
            yield [Outcome(task.number, task.name, *reason, payload=task.bytes_of_record) for task in blamed]


@contextmanager
def _interrupts_held_back() -> Iterator[None]:
    """Start a process with ^C and the word to terminate blocked for good.

    A terminal sends the one to all processes of a job, a job runner the other, and only the run may answer.
    """
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    resource_tracker.ensure_running()  # starting it would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
