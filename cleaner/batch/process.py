"""The engine-free unit: a shard is read, cleaned, written, synced, put in its place and told of.

Every engine only maps :func:`process_shard`. The local one lets its workers share the documents of a few shards, so
that one long document does not hold up the rest.
"""

from __future__ import annotations

import hashlib
import os
import platform
import time
from collections import Counter, deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, NamedTuple

from cleaner.batch.audit import SUFFIX, AuditFile, audit_folder, left_out_line, quarantine_folder
from cleaner.batch.compression import DamagedError, split_suffix
from cleaner.batch.crew import Crew, Setup
from cleaner.batch.document import FRESH, SUFFIXES, Packing, Task
from cleaner.batch.inputs import TEXT_SUFFIX, Input
from cleaner.batch.manifest import Known
from cleaner.batch.outcome import NOT_WRITABLE, Kind, Outcome, Problem, Tally
from cleaner.batch.readers import records
from cleaner.batch.readers.parquet import ParquetBatches, rows
from cleaner.batch.records import Record
from cleaner.batch.shards import Destination, Item, Shard, ahead
from cleaner.batch.statistics import Statistics
from cleaner.batch.storage import InputPlace, OutputPlace
from cleaner.batch.writers import Writer
from cleaner.batch.writers.files import Files
from cleaner.batch.writers.lines import Lines, Nothing, Stream, read_lines
from cleaner.batch.writers.parquet import Overlay, Rows, read_rows
from cleaner.batch.writing import InOrder, refused
from cleaner.config import Compression, Format

READ_AHEAD = 16
"""Documents that are fetched together from a distant place."""

MAX_SAVED = 1000
"""Quarantined records of a shard whose bytes are kept; of the others the raw file has them."""

_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Job:
    """What all shards of a run share; it travels to where they are done."""

    setup: Setup
    inputs: InputPlace
    outputs: OutputPlace | None
    """None where outputs are handed on or not written at all."""
    key: bytes = b""
    """A hash of what the outputs depend on, besides inputs and rule files."""
    all_key: bytes = b""
    """The same with all rule files and limits: what an input that was left out may fare better by."""
    time_limit: float = 30.0
    compression: Compression | None = None
    run: str = ""
    """Sets the notes of this run apart from those of others."""
    write: Callable[[bytes], object] | None = None
    """Takes the outputs of a stream."""

    @property
    def limit(self) -> int:
        """Bytes that one document may have."""
        return int(self.setup.max_size * 1_000_000)


class ShardResult(NamedTuple):
    """What became of a shard."""

    shard: str
    output: str
    """The file that its inputs share, if many do."""
    size: int
    rows: list[tuple[str, Known]]
    """What is to be known of its inputs."""
    tally: Tally
    statistics: Statistics
    audit: str
    is_whole: bool
    """Whether all of it was done."""


@dataclass
class Progress:
    """How far a run has come: what a bar shows."""

    inputs: int = 0
    """Inputs that are done with, as they lie in RAW: a file of many documents is one."""
    documents: int = 0
    """Documents that are done with."""
    file: IO[bytes] | None = None
    """The file of many documents that is being read."""
    size: int = 0

    @property
    def share(self) -> float:
        """The part of the file at hand that has been read."""
        file = self.file
        if file is None or not self.size:
            return 0.0
        with suppress(ValueError, OSError):
            return min(1.0, file.tell() / self.size)
        return 0.0


def process_shard(job: Job, shard: Shard, crew: Crew | None = None) -> ShardResult:
    """Do one shard, with a worker of its own or with ``crew``."""
    if crew is not None:
        (result,) = process(job, [shard], crew)
        return result
    with Crew(job.setup, jobs=1, time_limit=job.time_limit) as own:
        return process_shard(job, shard, own)


def process(
    job: Job,
    shards: Iterable[Shard],
    crew: Crew,
    note: Callable[[Outcome], None] = lambda outcome: None,
    progress: Progress | None = None,
) -> Iterator[ShardResult]:
    """Do shards, several at a time; give the results as they are done.

    A crew that is told to stop finishes what it has begun. Then shards whose documents have files of their own give
    what is done of them, and others leave nothing behind.
    """
    at_work: deque[_OpenShard] = deque()
    progress = progress or Progress()

    def tasks() -> Generator[Task, None, None]:
        number = 0
        for shard in shards:
            opened = _OpenShard(job, shard, number, note, progress)
            at_work.append(opened)
            for step in opened.steps():
                number += 1
                if isinstance(step, Task):
                    yield step
                else:
                    opened.take(step)
            opened.is_read = True

    def finished() -> Iterator[ShardResult]:
        for opened in [opened for opened in at_work if opened.is_done]:
            result = opened.finish()
            at_work.remove(opened)
            yield result

    steps = tasks()
    try:
        for outcomes in crew.work(steps):
            for outcome in outcomes:
                next(one for one in reversed(at_work) if one.start <= outcome.number).take(outcome)
            yield from finished()
        yield from finished()
        while at_work:  # the crew was told to stop
            result = at_work[0].break_off()
            at_work.popleft()
            if result is not None:
                yield result
    finally:
        steps.close()
        for opened in at_work:
            opened.abandon()


class _OpenShard:
    """A shard at work."""

    def __init__(self, job: Job, shard: Shard, start: int, note: Callable[[Outcome], None], progress: Progress) -> None:
        self._job = job
        self._shard = shard
        self.start = start
        """The number of its first task."""
        self.is_read = False
        """Whether all its tasks are given out."""
        self._note = note
        self._progress = progress
        self._given = 0
        self._taken = 0
        self._items: dict[int, Item] = {}
        """The single documents that are at work."""
        self._rows: dict[str, Known] = {}
        self._container: _Container | None = None
        self._saved = 0
        self.tally = Tally()
        self._statistics = Statistics()
        self._audit_name = f"{job.run}-{shard.name}{SUFFIX}"
        self._audit = None if job.outputs is None else AuditFile(self._scratch(self._audit_name))
        self._earlier = self._read_earlier() if shard.rewrites else {}
        self._writer = self._make_writer()
        ordered = shard.destination not in (Destination.FILES, Destination.NOTHING)
        self._order = InOrder(self._accept) if ordered else None

    @property
    def is_done(self) -> bool:
        """Whether every task has its outcome."""
        return self.is_read and self._taken == self._given

    def steps(self) -> Iterator[Task | Outcome]:
        """Give a task for each document, or right away the outcome of what is none."""
        distant = not self._job.inputs.in_reach
        for items in ahead(self._shard.items, READ_AHEAD if distant else 1):
            documents = [item.input for item in items if item.input.problem is None and not item.input.container]
            paths = [one.path for one in documents if one.content is None] if distant else []
            contents = self._job.inputs.read_many(paths, self._job.limit) if paths else {}
            for item in items:
                found = item.input
                if found.container is not None and found.problem is None:
                    for step in self._records(found):
                        self._given += 1
                        yield step
                else:
                    self._given += 1
                    number = self.start + self._given - 1
                    self._items[number] = item
                    yield self._step(number, item, contents.get(found.path))

    def _step(self, number: int, item: Item, content: bytes | OSError | None) -> Task | Outcome:
        found = item.input
        if isinstance(content, OSError):
            return Outcome(number, found.name, Kind.QUARANTINED, "not readable", content.strerror or str(content))
        if found.problem is not None:
            return Outcome(number, found.name, *found.problem)
        known = item.known
        if known is not None and (known.kind is not Kind.CLEANED or (self._shard.output and not self._has(found))):
            known = None
        stamp = self._job.inputs.stamp(found.path) if content is not None else ""
        return Task(
            number,
            found.name,
            found.path,
            found.content if found.content is not None else content,
            output=self._output_name(found),
            packing=self._packing,
            known=known,
            stamp=stamp,
        )

    def _has(self, found: Input) -> bool:
        """Whether the output of an earlier run is at hand."""
        return found.name in self._earlier

    def _output_name(self, found: Input) -> str:
        return self._shard.output or found.output

    @property
    def _packing(self) -> Packing:
        match self._shard.destination:
            case Destination.LINES:
                return Packing.LINE
            case Destination.ROWS | Destination.OVERLAY:
                return Packing.ROW
            case Destination.STREAM if self._job.setup.output.format is Format.JSONL:
                return Packing.LINE
        return Packing.FILE

    def _records(self, found: Input) -> Iterator[Task | Outcome]:
        """Read a file with many documents."""
        assert found.container is not None
        self._container = container = _Container(found)
        before = self._given
        try:
            with self._open(found) as file:
                self._progress.file, self._progress.size = file, container.size
                for record in self._reader(file, found):
                    number = self.start + self._given
                    yield self._record_step(number, found, record, self._given - before + 1)
        except DamagedError as error:
            number = self.start + self._given
            yield Outcome(number, f"{found.name}#rest", Kind.QUARANTINED, "not readable", str(error))
        except OSError as error:
            number, reason = self.start + self._given, error.strerror or str(error)
            yield Outcome(number, f"{found.name}#rest", Kind.QUARANTINED, "not readable", reason)
        finally:
            self._progress.file = None

    def _open(self, found: Input) -> IO[bytes]:
        """Open a file and note by what it is known again."""
        inputs, container = self._job.inputs, self._container
        assert container is not None
        file = inputs.open(found.path)
        if self._job.outputs is not None and found.path:  # a pipe can be read once only
            container.stamp, container.size = inputs.stamp(found.path), inputs.size(found.path)
            if inputs.in_reach:
                container.content = digest_of(file)
                file.seek(0)
                if time.time_ns() - os.stat(found.path).st_mtime_ns <= FRESH:  # noqa: PTH116 - paths are strings here
                    container.stamp = ""
        return file

    def _reader(self, file: IO[bytes], found: Input) -> Iterator[Record]:
        names, limit = self._job.setup.output.fields, self._job.limit
        assert found.container is not None
        if isinstance(self._writer, Overlay):
            batches = ParquetBatches(file)
            self._writer.begin(batches.schema)
            for batch in batches:
                self._writer.expect(batch)
                yield from rows(batch, names, limit, whole=False)
        else:
            yield from records(file, found.container, split_suffix(found.name)[1], names, limit)

    def _record_step(self, number: int, found: Input, record: Record, position: int) -> Task | Outcome:
        name = f"{found.name}#{position}"
        if record.problem is not None:
            content = record.content.encode() if isinstance(record.content, str) else record.content
            return Outcome(number, name, *record.problem, payload=content or b"")
        output = ""
        if self._shard.destination is Destination.FILES:
            suffix = SUFFIXES.get(self._job.setup.output.format, TEXT_SUFFIX)
            output = f"{found.output}{position:07}{suffix}"
        return Task(
            number,
            name,
            content=record.content,
            form=record.form,
            fields=record.fields,
            charset=record.charset,
            output=output,
            packing=self._packing,
        )

    def take(self, outcome: Outcome) -> None:
        """Take the outcome of a task."""
        if self._order is None:
            self._accept(outcome)
        else:
            self._order.add(outcome.number - self.start, outcome)
        self._taken += 1

    def _accept(self, outcome: Outcome) -> None:
        """Take an outcome, in the order of the inputs where that matters."""
        item = self._items.pop(outcome.number, None)
        self.tally.inputs += 1
        if outcome.kind is Kind.UNCHANGED and item is not None and item.known is not None:
            outcome = outcome._replace(payload=self._earlier.get(outcome.name, b""), flags=item.known.flags)
        if outcome.kind is Kind.QUARANTINED and item is None:
            self._save(outcome)
        if outcome.kind in (Kind.SKIPPED, Kind.QUARANTINED):
            outcome = outcome._replace(payload=b"", audit=left_out_line(outcome))
        self._writer.put(outcome)
        if outcome.audit and self._audit is not None:
            with refused(self._audit_name):
                self._audit.put(outcome.audit)
        if item is not None:
            if self._job.outputs is not None:  # a stream has one shard for all, and nobody asks for its rows
                self._rows[outcome.name] = self._row(outcome, item)
        elif self._container is not None:
            self._container.count(outcome)
        self._statistics.count(outcome)
        self.tally.book(outcome)
        self._progress.documents += 1
        self._progress.inputs += item is not None
        self._note(outcome.noted)

    def _row(self, outcome: Outcome, item: Item) -> Known:
        """Write down what is to be known of a single document."""
        if outcome.kind is Kind.UNCHANGED:
            assert item.known is not None
            return item.known._replace(stamp=outcome.stamp, shard=self._shared)
        left_out = outcome.kind is not Kind.CLEANED
        stamp = outcome.stamp
        if left_out and not stamp and outcome.reason != "not readable" and item.input.content is None:
            stamp = _old_stamp(self._job, item.input)
        return Known(
            outcome.kind,
            outcome.reason,
            outcome.detail,
            stamp,
            outcome.content,
            _key(self._job, outcome.reason, left_out=left_out),
            outcome.rule_files,
            self._shared,
            outcome.output,
            outcome.size,
            "",
            outcome.flags,
            outcome.seconds,
            "" if left_out else Statistics.of(outcome).packed(),
            self._audit_name,
            sidecar=not self._shard.output and self._job.setup.output.has_sidecars,
        )

    @property
    def _shared(self) -> str:
        return self._shard.output if self._shard.is_shared else ""

    def _save(self, outcome: Outcome) -> None:
        """Keep the bytes of a record that is quarantined."""
        if self._job.outputs is None or not outcome.payload or self._saved >= MAX_SAVED:
            return
        self._saved += 1
        folder = quarantine_folder(self._job.outputs.state) / self._audit_name.removesuffix(SUFFIX)
        name = outcome.name.rpartition("#")[2]
        with refused(str(folder)):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(outcome.payload)

    def finish(self) -> ShardResult:
        """Complete the output, put it in its place, and tell of it."""
        if self._order is not None:
            self._order.close()
        nothing = self._container is not None and self._container.is_lost
        if nothing:
            self._writer.abandon()
        size = 0 if nothing else self._writer.finish()
        return self._result(size, is_whole=True)

    def break_off(self) -> ShardResult | None:
        """Stop half way: keep what has files of its own, and leave nothing of the rest.

        A file of many documents that is not done does not stand, but it is known what it has left in OUT.
        """
        if self._shard.destination in (Destination.STREAM, Destination.NOTHING) or (
            self._shard.destination is Destination.FILES and self._container is None
        ):
            self._writer.finish()
            return self._result(0, is_whole=False)
        if self._shard.destination is Destination.FILES and self._audit is not None and not self._audit.is_empty:
            self._writer.finish()
            result = self._result(0, is_whole=False)
            return result._replace(rows=[(name, known._replace(key=b"")) for name, known in result.rows])
        self.abandon()
        return None

    def abandon(self) -> None:
        """Leave nothing half written behind."""
        if self._order is not None:
            self._order.close()
        with suppress(OSError):
            self._writer.abandon()
        if self._audit is not None:
            with suppress(OSError):  # what is not yet on the disk may not fit there
                self._audit.close()
            with suppress(OSError):
                self._scratch(self._audit_name).unlink(missing_ok=True)

    def _result(self, size: int, *, is_whole: bool) -> ShardResult:
        audit = self._close_audit()
        container = self._container
        if container is not None:
            self._progress.inputs += 1
            self._rows[container.found.name] = container.row(self._job, self._shard.output, size, audit)
        shared = self._shared
        return ShardResult(
            self._shard.name, shared, size, list(self._rows.items()), self.tally, self._statistics, audit, is_whole
        )

    def _close_audit(self) -> str:
        if self._audit is None:
            return ""
        assert self._job.outputs is not None
        scratch = self._scratch(self._audit_name)
        with refused(self._audit_name):
            self._audit.close()
            if self._audit.is_empty:
                scratch.unlink()
                return ""
            folder = audit_folder(self._job.outputs.state)
            folder.mkdir(parents=True, exist_ok=True)
            scratch.replace(folder / self._audit_name)
        return self._audit_name

    def _scratch(self, name: str) -> Path:
        """Name a file for what is not finished; each process has its own, also where many machines share OUT."""
        assert self._job.outputs is not None
        folder = self._job.outputs.state / "scratch"
        with refused(str(folder)):
            folder.mkdir(parents=True, exist_ok=True)
        return folder / f"{platform.node()}-{os.getpid()}-{name}"

    def _make_writer(self) -> Writer:
        job, shard, fields = self._job, self._shard, self._job.setup.output.fields
        if shard.destination is Destination.STREAM:
            return Stream(job.write or (lambda content: None))
        if job.outputs is None or shard.destination is Destination.NOTHING:
            return Nothing()
        if shard.destination is Destination.FILES:
            return Files(job.outputs)
        scratch = self._scratch(f"{shard.name}.part")
        if shard.destination is Destination.LINES:
            return Lines(job.outputs, shard.output, scratch, split_suffix(shard.output)[1])
        if shard.destination is Destination.ROWS:
            return Rows(job.outputs, shard.output, scratch, fields.text)
        return Overlay(job.outputs, shard.output, scratch, fields.text, fields.html)

    def _read_earlier(self) -> dict[str, bytes]:
        """Take the outputs of an earlier run from the file that is to be written anew."""
        assert self._job.outputs is not None
        read = read_lines if self._shard.destination is Destination.LINES else read_rows
        try:
            with self._job.outputs.open(self._shard.output) as file:
                return read(file, split_suffix(self._shard.output)[1])
        except (OSError, ValueError, DamagedError):
            return {}


@dataclass
class _Container:
    """A file with many documents, while it is read."""

    found: Input
    stamp: str = ""
    size: int = 0
    content: bytes = b""
    counts: Counter[Kind] = field(default_factory=Counter)
    statistics: Statistics = field(default_factory=Statistics)
    rule_files: set[str] = field(default_factory=set)
    flags: set[str] = field(default_factory=set)
    seconds: float = 0.0
    problem: Problem | None = None
    """The first that befell one of its documents."""

    def count(self, outcome: Outcome) -> None:
        """Count one of its documents."""
        self.counts[outcome.kind] += 1
        self.statistics.count(outcome)
        self.rule_files.update(outcome.rule_files.split())
        self.flags.update(outcome.flags)
        self.seconds += outcome.seconds
        if outcome.kind is Kind.QUARANTINED:
            self.problem = self.problem or Problem(outcome.kind, outcome.reason, outcome.gist)

    @property
    def is_lost(self) -> bool:
        """Whether nothing of it could be used, so that there is nothing to write."""
        return not self.counts[Kind.CLEANED] and bool(self.counts[Kind.QUARANTINED])

    def row(self, job: Job, output: str, size: int, audit: str) -> Known:
        """Write down what is to be known of it."""
        counts = " ".join(f"{kind}={count}" for kind, count in sorted(self.counts.items()))
        reason, detail = (self.problem.reason, self.problem.detail) if self.problem else ("", "")
        return Known(
            Kind.QUARANTINED if self.is_lost else Kind.CLEANED,
            reason,
            detail,
            self.stamp,
            self.content,
            _key(job, reason, left_out=self.problem is not None),
            " ".join(sorted(self.rule_files)),
            "",
            output or self.found.output,
            size,
            counts or f"{Kind.CLEANED}=0",
            tuple(sorted(self.flags)),
            self.seconds,
            self.statistics.packed(),
            audit,
            sidecar=not output and job.setup.output.has_sidecars,
        )


def _key(job: Job, reason: str, *, left_out: bool) -> bytes:
    """Give the hash of what an outcome depends on; what could not be written is tried again by every run."""
    if reason == NOT_WRITABLE:
        return b""
    return job.all_key if left_out else job.key


def digest_of(file: IO[bytes]) -> bytes:
    """Hash a whole file."""
    digest = hashlib.sha256()
    while piece := file.read(_PIECE):
        digest.update(piece)
    return digest.digest()


def _old_stamp(job: Job, found: Input) -> str:
    """Give a file's stamp, if it is old enough to be known by it."""
    if not job.inputs.in_reach:
        return job.inputs.stamp(found.path)
    try:
        status = os.stat(found.path)  # noqa: PTH116 - paths are strings here
    except OSError:
        return ""
    return job.inputs.stamp(found.path) if time.time_ns() - status.st_mtime_ns > FRESH else ""
