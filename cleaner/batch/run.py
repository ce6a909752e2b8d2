"""A run: inputs found, those that need it spread over an engine, and everything booked until the books add up."""

from __future__ import annotations

import datetime
import hashlib
import json
import os
import platform
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from cleaner.batch.audit import audit_folder, outputs_of, read_audit
from cleaner.batch.compression import DamagedError
from cleaner.batch.crew import Setup
from cleaner.batch.document import SUFFIXES
from cleaner.batch.engines import Engine
from cleaner.batch.inputs import SIDECAR_SUFFIX, Input, Walk
from cleaner.batch.leftovers import Leftovers, note_overwritten, remove_shared, remove_unused_notes, settle
from cleaner.batch.manifest import MANIFEST, Known, Manifest
from cleaner.batch.outcome import NOT_WRITABLE, Kind, Outcome, Problem, Tally
from cleaner.batch.part_notes import take_over
from cleaner.batch.parts import Part
from cleaner.batch.process import Job, Progress, ShardResult, digest_of
from cleaner.batch.shards import (
    DOCUMENTS_PER_FILE,
    FILES_PER_SHARD,
    Destination,
    Item,
    Shard,
    destination,
    documents_name,
)
from cleaner.batch.storage import (
    DistantInputs,
    DistantOutputs,
    HeldInput,
    InputPlace,
    LocalInputs,
    LocalOutputs,
    OutputPlace,
    is_distant,
)
from cleaner.batch.writing import OutputError, refused, write_atomically
from cleaner.config import DEFAULT_TIME_LIMIT, Compression, Container, Format
from cleaner.config import Engine as EngineName
from cleaner.version import __version__

LEFT_OUT = "left_out.jsonl"

REPORT = "report.json"

NOTHING_OFFERED = "there is nothing to clean in RAW (is its disk there, --extension right?); OUT stays as it is"

KEEP_EVERY = 60.0
"""Seconds after which the notes of a distant OUT are sent there anew."""


class AccountingError(Exception):
    """Inputs were lost or counted twice: an error of the program, never of an input."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to clean and where to put it."""

    raw: Path | str | bytes | IO[bytes]
    """A folder or a file, here or at an address; the content of one document; or the stream of a pipe with many."""
    setup: Setup
    out: Path | str | None = None
    """The folder for outputs, here or at an address; without one they go to ``write``."""
    file: str = ""
    """The name in OUT for the output of the one file of many documents that RAW is."""
    write: Callable[[bytes], object] | None = None
    container: Container | None = None
    """What a stream holds."""
    jobs: int = 1
    time_limit: float = DEFAULT_TIME_LIMIT
    extensions: tuple[str, ...] = ()
    compression: Compression | None = None
    force: bool = False
    """Do what did not change, too."""
    retry: bool = False
    """Do what is in quarantine, even if it did not change."""
    prune: bool = False
    """Remove outputs that no input stands behind any more."""
    part: Part | None = None
    engine: EngineName = EngineName.LOCAL
    ray_address: str | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    """What the manifest is to say of how it was run."""

    @property
    def walk(self) -> Walk:
        """How the inputs are found."""
        output = self.setup.output
        return Walk(
            extensions=tuple("." + extension.lower().lstrip(".") for extension in self.extensions),
            suffix=SUFFIXES.get(output.format),
            sidecars=output.meta,
            avoid=self.out if isinstance(self.out, Path) else None,
            format=output.format,
            compression=self.compression,
        )

    @property
    def is_stream(self) -> bool:
        """Whether outputs are handed on one after the other."""
        return self.setup.output.diff or self.out is None

    def inputs(self) -> Iterator[Input]:
        """Find the inputs."""
        return (one for one in self.place().inputs(self.walk) if self.part is None or self.part.holds(one.name))

    def count(self, ended: threading.Event) -> int | None:
        """Count the inputs; None if the event says that nobody waits for it any more."""
        total = 0
        for name in self.place().names(self.walk):
            total += self.part is None or self.part.holds(name)
            if ended.is_set():
                return None
        return total

    def place(self) -> InputPlace:
        """Say where raw files come from."""
        if isinstance(self.raw, Path):
            return LocalInputs(self.raw)
        return DistantInputs(self.raw) if isinstance(self.raw, str) else HeldInput(self.raw, self.container)


@dataclass
class Summary:
    """What a run did."""

    tally: Tally
    seconds: float = 0.0
    warnings: tuple[str, ...] = ()
    """What is wrong with rule files that the run did without."""
    interrupted: bool = False
    leftovers: Leftovers = field(default_factory=Leftovers)
    """Outputs that no input stands behind any more."""
    left_out: Path | None = None
    """The file that lists every input that was skipped or quarantined."""


@dataclass
class Run:
    """One run of a plan. ``notice`` is told every outcome as it comes in."""

    plan: Plan
    notice: Callable[[Outcome], None] = lambda outcome: None
    tally: Tally = field(default_factory=Tally)
    progress: Progress = field(default_factory=Progress)
    found: int | None = None
    """Inputs, once somebody has counted them."""
    _stopped: bool = False
    _engine: Engine | None = None

    def stop(self) -> None:
        """Finish the documents at hand, keep what is done, and end."""
        self._stopped = True
        if self._engine is not None:
            self._engine.stop()

    def go(self) -> Summary:
        """Do it all. A run that is stopped or interrupted ends early and cleanly; an output that stands stays noted."""
        began = time.monotonic()
        summary = Summary(self.tally)
        try:
            with ExitStack() as stack:
                books = _Books(self, self._places(stack), summary)
                stack.callback(books.close)
                self._engine = stack.enter_context(_engine(self.plan))
                if self._stopped:
                    self._engine.stop()
                books.keep(self._engine)
                summary.warnings += self._engine.warnings
        except KeyboardInterrupt:
            summary.interrupted = True
        summary.interrupted = summary.interrupted or self._stopped
        summary.seconds = time.monotonic() - began
        return summary

    def _places(self, stack: ExitStack) -> _Places:
        """Open the places of the run; what OUT says of earlier runs is known from then on."""
        plan = self.plan
        inputs = plan.place()
        outputs = _outputs(plan, stack)
        if plan.is_stream or outputs is None:
            return _Places(inputs)
        if plan.setup.output.dry:
            return _Places(inputs, outputs, stack.enter_context(Manifest(outputs.state / MANIFEST, readonly=True)))
        if plan.file:
            stack.callback(shutil.rmtree, outputs.state, ignore_errors=True)
            with refused(str(plan.out)):
                outputs.fetch_state()
            return _Places(inputs, outputs)
        with refused(str(plan.out)):
            outputs.fetch_state()
        manifest = stack.enter_context(Manifest(outputs.state / MANIFEST))  # OUT is this run's alone from here on
        shutil.rmtree(outputs.state / "scratch", ignore_errors=True)
        return _Places(inputs, outputs, manifest)


@dataclass(frozen=True, slots=True)
class _Places:
    inputs: InputPlace
    outputs: OutputPlace | None = None
    manifest: Manifest | None = None


class _Books:
    """The books of a run: which inputs need work, and what became of each."""

    def __init__(self, run: Run, places: _Places, summary: Summary) -> None:
        self._run = run
        self._plan = run.plan
        self._places = places
        self._inputs = places.inputs
        self._summary = summary
        self._writes = places.manifest is not None and not run.plan.setup.output.dry
        self._left_out: IO[str] | None = None
        self._key = self._all_key = b""
        self._digests: Mapping[str, str] = {}
        self._pending: list[Item] = []
        self._broken: list[tuple[str, Known]] = []
        """Inputs that cannot even be opened: links that lead nowhere, folders that nobody may read."""
        self._blocked: list[tuple[str, Known]] = []
        """Files of many documents where something else stands in the way of the output."""
        self._made: set[str] = set()
        """The files of many documents that the outputs of this run go to."""
        self._offered = False
        """Whether RAW has anything that can be opened, be it for another part."""
        self._seen = 0
        """Inputs that the manifest knows when all is done."""
        self._changed = False
        self._has_leftovers = False
        self._kept = time.monotonic()

    @property
    def _outputs(self) -> OutputPlace:
        assert self._places.outputs is not None
        return self._places.outputs

    @property
    def _manifest(self) -> Manifest:
        assert self._places.manifest is not None
        return self._places.manifest

    def keep(self, engine: Engine) -> None:
        """Have everything done that needs it, and note it."""
        if self._places.manifest is not None or self._plan.engine is not EngineName.LOCAL:
            basis = engine.basis
            self._key, self._digests = basis.key, basis.rule_digests
            limits = (self._plan.setup.max_size, self._plan.setup.memory_limit, self._plan.time_limit)
            everything = (basis.key, sorted(basis.rule_digests.items()), limits)
            self._all_key = hashlib.sha256(repr(everything).encode()).digest()[:16]
        if self._writes:
            self._manifest.begin(time.time(), __version__, self._plan.settings)
            if self._plan.part is None:
                take_over(self._manifest, self._outputs)
            if self._manifest.was_cut_short:
                self._forget_older()
            self._has_leftovers = self._manifest.has_leftovers
            self._manifest.note_rule_files(_week(), self._digests)
            self._open_left_out()
        for result in engine.work(self._job(), self._shards(), self._run.notice, self._run.progress):
            self._book(result)
        if self._run._stopped:
            self._end("interrupted")
            return
        if not self._run.tally.adds_up:
            raise AccountingError(f"{self._run.tally.inputs} inputs, but {dict(self._run.tally.kinds)}")
        if self._broken or self._blocked:
            self._manifest.record([*self._broken, *self._blocked])
        self._tidy()
        self._end("complete")

    def close(self) -> None:
        """Close what is open, after whatever happened."""
        if self._left_out is not None:
            self._left_out.close()
        if self._writes:
            shutil.rmtree(self._outputs.state / "scratch", ignore_errors=True)

    def _job(self) -> Job:
        number = self._places.manifest.run if self._places.manifest is not None else 0
        part = f"{self._plan.part.label}-" if self._plan.part else ""
        handed_on = self._plan.is_stream or self._plan.setup.output.dry
        return Job(
            self._plan.setup,
            self._inputs,
            None if handed_on else self._places.outputs,
            self._key,
            self._all_key,
            self._plan.time_limit,
            self._plan.compression,
            run=f"{part}{number:05}",
            write=self._plan.write,
        )

    def _shards(self) -> Iterator[Shard]:
        """Put inputs that need work in shards, a few at a time: the list of inputs is never held."""
        inputs = self._found()
        if self._places.manifest is None and not self._plan.file:
            where = (
                Destination.NOTHING
                if self._plan.setup.output.dry and not self._plan.setup.output.diff
                else Destination.STREAM
            )
            yield Shard("stream", (Item(found) for found in inputs), where)
            return
        shares = self._plan.setup.output.format in (Format.JSONL, Format.PARQUET)
        size = DOCUMENTS_PER_FILE if shares else FILES_PER_SHARD
        loose: list[Input] = []
        count = 0
        for found in inputs:
            if self._run._stopped:
                return
            if found.problem is not None:
                self._settle(found.name, Outcome(-1, found.name, *found.problem))
                if self._writes and found.problem.kind is Kind.QUARANTINED:
                    self._broken.append((found.name, Known(*found.problem)))
                    self._seen += 1
            elif found.container is not None:
                yield from self._container(found)
            else:
                loose.append(found)
            if len(loose) == size:
                yield from self._shared(loose, count) if shares else self._files(loose)
                loose, count = [], count + 1
        if loose:
            yield from self._shared(loose, count) if shares else self._files(loose)
        if self._pending:
            yield self._files_shard()

    def _found(self) -> Iterator[Input]:
        for one in self._inputs.inputs(self._plan.walk):
            self._offered = self._offered or one.problem is None
            if self._plan.part is None or self._plan.part.holds(one.name):
                yield one

    def _files(self, group: Sequence[Input]) -> Iterator[Shard]:
        """Pass over documents that stand, and shard the others as they come."""
        for found, known in zip(group, self._known(group), strict=True):
            self._seen += 1
            if known is not None and self._stands(found, known) and self._is_there(found, known):
                self._settle(found.name, _again(found.name, known))
            else:
                self._pending.append(Item(found, None if self._plan.force else known))
        if len(self._pending) >= FILES_PER_SHARD:
            yield self._files_shard()

    def _known(self, group: Sequence[Input]) -> list[Known | None]:
        names = [found.name for found in group]
        if self._has_leftovers:
            self._manifest.find_again(names)
        return self._manifest.known(names)

    def _files_shard(self) -> Shard:
        items, self._pending = self._pending, []
        where = Destination.NOTHING if self._plan.setup.output.dry else Destination.FILES
        self._made.add(f"files-{len(self._made):06}")
        return Shard(f"files-{len(self._made):06}", tuple(items), where)

    def _shared(self, group: Sequence[Input], number: int) -> Iterator[Shard]:
        """Pass over a file of many documents if all of them stand; else have it written anew."""
        part = f"{self._plan.part.label}-" if self._plan.part else ""
        output = self._plan.setup.output
        name = documents_name(number, output.format, self._plan.compression, part)
        self._made.add(name)
        self._seen += len(group)
        knowns = self._known(group)
        size = self._manifest.shard_size(name)
        is_there = size is not None and self._outputs.size(name) == size and not self._plan.force
        same = is_there and self._manifest.members(name) == {found.name for found in group}
        if same and all(known and self._stands(found, known) for found, known in zip(group, knowns, strict=True)):
            for found, known in zip(group, knowns, strict=True):
                assert known is not None
                self._settle(found.name, _again(found.name, known))
            return
        items = tuple(
            Item(found, known if is_there and known and known.shard == name else None)
            for found, known in zip(group, knowns, strict=True)
        )
        if output.dry:
            yield Shard(name, items, Destination.NOTHING)
        else:
            where = Destination.ROWS if output.format is Format.PARQUET else Destination.LINES
            stem = name.partition(".")[0]
            yield Shard(stem, items, where, name, is_shared=True, rewrites=is_there)

    def _container(self, found: Input) -> Iterator[Shard]:
        """Pass over a file of many documents that stands as a whole."""
        known = None
        if self._places.manifest is not None:
            (known,) = self._known([found])
        self._seen += 1
        if known is not None and self._stands(found, known) and self._is_there(found, known):
            self._settle_container(found, known)
            return
        where = destination(found, self._plan.setup.output.format)
        if known is not None and not self._plan.setup.output.dry:
            self._make_way(found, known)
        if self._writes and where is not Destination.FILES and self._outputs.is_folder(found.output):
            problem = Problem(Kind.QUARANTINED, NOT_WRITABLE, f"cannot write {found.output}: a folder is there")
            self._settle(found.name, Outcome(-1, found.name, *problem))
            self._blocked.append((found.name, Known(*problem)))
            return
        name = f"input-{hashlib.sha256(os.fsencode(found.name)).hexdigest()[:12]}"
        if self._plan.setup.output.dry:
            yield Shard(name, (Item(found),), Destination.NOTHING)
        else:
            output = "" if where is Destination.FILES else self._plan.file or found.output
            yield Shard(name, (Item(found),), where, output)

    def _make_way(self, found: Input, known: Known) -> None:
        """Remove what an earlier run made of a file of many documents, where a folder was and a file is to be."""
        if known.kind is not Kind.CLEANED:
            return
        if known.output.endswith("/"):  # its files are written over one by one: from now on it does not stand
            self._manifest.record([(found.name, known._replace(key=b""))])
        if known.output + "/" == found.output:
            self._outputs.remove(known.output)
        elif known.output == found.output + "/":
            for name in outputs_of(self._outputs.state, known.audit, known.output):
                self._outputs.remove(name)
                self._outputs.remove(name + SIDECAR_SUFFIX)

    def _stands(self, found: Input, known: Known) -> bool:
        """Whether cleaning an input again would give what it gave, as far as that shows without reading it."""
        if self._plan.force or (self._plan.retry and Kind.QUARANTINED in known.by_kind()):
            return False
        if not known.stands_by(self._all_key if known.reason else self._key, self._digests):
            return False
        if known.stamp and known.stamp == self._inputs.stamp(found.path):
            return True
        return found.container is not None and self._is_same_file(found, known)

    def _is_same_file(self, found: Input, known: Known) -> bool:
        """Whether a file that cannot be known by its time has the content that it had."""
        if not (self._inputs.in_reach and known.content):
            return False
        try:
            with self._inputs.open(found.path) as file:
                return digest_of(file) == known.content
        except OSError:
            return False

    def _is_there(self, found: Input, known: Known) -> bool:
        """Whether the output is as it was left."""
        if known.kind in (Kind.SKIPPED, Kind.QUARANTINED):
            return True
        wanted = self._plan.file or found.output
        if known.output != wanted:
            return False
        size = self._outputs.size(wanted)
        if found.container is not None:
            return size is not None and (wanted.endswith("/") or size == known.size)
        sidecar = self._plan.setup.output.has_sidecars and self._outputs.size(wanted + SIDECAR_SUFFIX) is None
        return size == known.size and not sidecar

    def _settle(self, name: str, outcome: Outcome) -> None:
        """Book an input that needs no work."""
        self._run.tally.inputs += 1
        self._run.tally.book(outcome)
        self._run.progress.inputs += 1
        self._run.progress.documents += 1
        self._run.notice(outcome)
        if outcome.kind in (Kind.SKIPPED, Kind.QUARANTINED):
            self._say_left_out(name, str(outcome.kind), outcome.reason, outcome.detail)

    def _settle_container(self, found: Input, known: Known) -> None:
        """Book the documents of a file that needs no work."""
        counts = known.by_kind()
        cleaned = counts.pop(Kind.CLEANED, 0)
        self._run.tally.inputs += cleaned
        self._run.tally.kinds[Kind.UNCHANGED] += cleaned
        self._run.progress.inputs += 1
        self._run.progress.documents += cleaned
        self._run.notice(Outcome(-1, found.name, Kind.UNCHANGED))
        if counts:
            for name, problem in _left_out_of(self._outputs, known.audit):
                self._run.progress.inputs -= 1
                self._settle(name, Outcome(-1, name, *problem))

    def _book(self, result: ShardResult) -> None:
        """Note what became of a shard."""
        self._run.tally.add(result.tally)
        if not self._writes:
            return
        self._changed = True
        self._manifest.record(
            result.rows,
            shard=(result.output, result.size) if result.output else None,
            week=_week(),
            statistics=result.statistics,
            done=self._run.progress.inputs,
            found=self._run.found,
        )
        if result.tally.kinds[Kind.SKIPPED] or result.tally.kinds[Kind.QUARANTINED]:
            for name, problem in _left_out_of(self._outputs, result.audit):
                self._say_left_out(name, *map(str, problem))
        if time.monotonic() - self._kept > KEEP_EVERY:
            self._keep_state()

    def _tidy(self) -> None:
        """Remove what this run, being complete, has made pointless.

        Not if RAW had nothing to offer: it may be a disk that is not mounted, or ``--extension`` a slip.
        """
        if not self._writes:
            return
        if not self._offered:
            if self._manifest.count():
                self._summary.warnings += (NOTHING_OFFERED,)
            return
        remove_shared(set(self._manifest.shards()) - self._made, self._manifest, self._outputs)
        others = self._manifest.count() - self._seen
        if others:
            names = (one.name for one in self._plan.inputs() if _is_noted(one))
            unseen = [name for name, _ in self._broken]
            if not self._manifest.keep_only(names, unseen=unseen, others=others):
                self._forget_older()  # RAW was changed under the run: the next one finds out what is gone
        if self._plan.part is None:  # another part may have an input for what is left over of this one
            self._summary.leftovers = settle(self._manifest, self._outputs, prune=self._plan.prune)
        if self._changed:
            remove_unused_notes(self._manifest, self._outputs)

    def _forget_older(self) -> None:
        """Know of nothing any more that a run wrote over which did not find out what is gone."""
        self._manifest.forget_older()
        note_overwritten(self._manifest, self._outputs)

    def _end(self, state: str) -> None:
        if not self._writes:
            return
        self._manifest.end(time.time(), state, done=self._run.progress.inputs, found=self._run.found)
        if self._changed or not (self._outputs.state / REPORT).exists():
            write_report(self._manifest, self._outputs.state)
        self._keep_state()

    def _keep_state(self) -> None:
        if self._left_out is not None:
            self._left_out.flush()
        with refused("the notes of the run"):
            self._outputs.keep_state()
        self._kept = time.monotonic()

    def _open_left_out(self) -> None:
        self._summary.left_out = self._outputs.state / LEFT_OUT
        with refused(LEFT_OUT):
            self._left_out = self._summary.left_out.open("w", encoding="utf-8")

    def _say_left_out(self, name: str, kind: str, reason: str, detail: str) -> None:
        if self._left_out is not None:
            entry = {"path": name, "outcome": kind, "reason": reason, "detail": detail}
            with refused(LEFT_OUT):
                self._left_out.write(json.dumps(entry) + "\n")


def _is_noted(found: Input) -> bool:
    return found.problem is None or found.problem.kind is Kind.QUARANTINED


def _week() -> str:
    """Name this week as ISO 8601 does."""
    year, week, _ = datetime.datetime.now(tz=datetime.UTC).isocalendar()
    return f"{year}-W{week:02}"


def write_report(manifest: Manifest, state: Path) -> None:
    """Write what rules did, site by site, over all that OUT holds."""
    content = json.dumps(manifest.statistics().report(), ensure_ascii=False, indent=1) + "\n"
    with refused(REPORT):
        write_atomically(state / REPORT, content.encode("utf-8", "backslashreplace"), scratch=state)


def _again(name: str, known: Known) -> Outcome:
    """Tell of an input that what became of it last time holds still."""
    kind = Kind.UNCHANGED if known.kind is Kind.CLEANED else known.kind
    return Outcome(-1, name, kind, known.reason, known.detail, flags=known.flags)


def _left_out_of(outputs: OutputPlace, audit: str) -> Iterator[tuple[str, Problem]]:
    """Read from an audit file what was left out, and why."""
    try:
        for line in read_audit(audit_folder(outputs.state) / audit):
            if "outcome" in line:
                yield line["name"], Problem(Kind(line["outcome"]), line["reason"], line["detail"])
    except (OSError, DamagedError) as error:
        raise OutputError(f"the notes in {outputs.state} are damaged ({error}); --force does all again") from None


def _engine(plan: Plan) -> Engine:
    if plan.engine is EngineName.RAY:
        from cleaner.batch.engines.ray import Ray

        return Ray(plan.setup, time_limit=plan.time_limit, address=plan.ray_address)
    from cleaner.batch.engines.local import Local

    return Local(plan.setup, jobs=plan.jobs, time_limit=plan.time_limit)


def _outputs(plan: Plan, stack: ExitStack) -> OutputPlace | None:
    if plan.out is None:
        return None
    part = plan.part.label if plan.part else ""
    if isinstance(plan.out, str) and is_distant(plan.out):
        state = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="clean-")))
        outputs = DistantOutputs(plan.out, state / "notes", part)
        if plan.setup.output.dry:
            outputs.fetch_state()
        return outputs
    place = LocalOutputs(Path(plan.out), part)
    if plan.file:
        place.state = _own_folder(Path(plan.out))
    return place


def _own_folder(folder: Path) -> Path:
    """Name a folder for what is not finished, beside an OUT that is a file; those of runs that were killed go."""
    prefix = f".clean-{platform.node()}-"
    for old in folder.glob(prefix + "*"):
        if not _is_alive(int(old.name.removeprefix(prefix))):
            shutil.rmtree(old, ignore_errors=True)
    return folder / f"{prefix}{os.getpid()}"


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
