"""Whatever runs went before: OUT is what RAW and the options say, and what nothing stands behind stays until asked."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test
from test_batch_run import files, go
from test_containers import lines

from cleaner.batch.crew import Basis, Setup
from cleaner.batch.document import Desk, Task
from cleaner.batch.inputs import SIDECAR_SUFFIX, STATE_FOLDER
from cleaner.batch.manifest import MANIFEST, Manifest
from cleaner.batch.merging import Merged, merge
from cleaner.batch.outcome import NOT_WRITABLE, Outcome
from cleaner.batch.parts import Part
from cleaner.batch.restoring import NotRestored, restore
from cleaner.batch.run import Run, Summary
from cleaner.cli.status import _told
from cleaner.model import ConfigError


class OneProcess:
    """A crew without workers: a run takes milliseconds."""

    warnings = ()

    def __init__(self, setup: Setup, **_: object) -> None:
        cleaner, _warnings = setup.make_cleaner()
        self._desk = Desk(cleaner, setup.output, url=setup.url, max_size=setup.max_size)
        self.basis = Basis(self._desk.key, dict(cleaner.rule_digests))
        self._is_stopped = False

    def work(self, tasks: Iterator[Task]) -> Iterator[list[Outcome]]:
        while not self._is_stopped and (task := next(tasks, None)) is not None:
            yield [self._desk.process(task)]

    def stop(self) -> None:
        self._is_stopped = True

    def __exit__(self, *_: object) -> None:
        pass


def story(mark: str) -> bytes:
    return f"NOISE {mark}\nThe river {mark} rose.\n".encode()


def docs(marks: str) -> bytes:
    return lines(*({"text": story(mark).decode()} for mark in marks))


SINGLE = st.sampled_from(["a.txt", "a.html", "a.md", "a.txt.meta.json", "b", "b/c.txt", "b/c.html", "e/f/g.txt"])
MANY = st.sampled_from(["d.jsonl", "d.ndjson", "documents-00000.jsonl"])
NAMES = SINGLE | MANY
"""Names whose outputs meet, in one way or another."""

CONTENTS = st.sampled_from([story("A"), story("B"), story("C"), b"RAISE\n", b"\0"])
"""Stories are of one size, by which none is told from the other."""

RECORDS = st.sampled_from([docs("A"), docs("B"), docs("AB"), docs("ABC")])

OPTIONS = st.fixed_dictionaries(
    {"format": st.sampled_from(["same", "txt", "json", "jsonl"]), "meta": st.booleans()},
    optional={"extensions": st.sampled_from([("txt",), ("html", "jsonl")])},
)


class Histories(RuleBasedStateMachine):
    """RAW, OUT, and what is known to have been made of what."""

    def __init__(self) -> None:
        super().__init__()
        self.place = Path(tempfile.mkdtemp(prefix="histories-"))
        self.raw, self.out = self.place / "raw", self.place / "out"
        self.raw.mkdir()
        self.clock = 1_700_000_000
        self.owners: dict[str, tuple[str, bytes]] = {}
        """The files in OUT that are the output of one input, with its name and their content."""

    def teardown(self) -> None:
        shutil.rmtree(self.place)

    @initialize(inputs=st.dictionaries(SINGLE, CONTENTS, min_size=4, max_size=6))
    def begin(self, inputs: dict[str, bytes]) -> None:
        self.write(inputs)

    @rule(inputs=st.dictionaries(SINGLE, CONTENTS, min_size=1, max_size=4))
    def write(self, inputs: dict[str, bytes]) -> None:
        for name, content in inputs.items():
            self._put(name, content)

    def _put(self, name: str, content: bytes) -> None:
        """Add an input, or change it; it takes the place of a folder, and a folder that of a file."""
        file = self.raw / name
        for above in [one for one in file.parents if one.is_file()]:
            above.unlink()
        if file.is_dir():
            shutil.rmtree(file)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
        self.clock += 1
        os.utime(file, (self.clock, self.clock))

    @rule(name=MANY, content=RECORDS)
    def write_many(self, name: str, content: bytes) -> None:
        self._put(name, content)

    @rule(name=NAMES)
    def remove(self, name: str) -> None:
        if (self.raw / name).is_file():
            (self.raw / name).unlink()
            self._tidy_raw()

    @rule(name=SINGLE, other=SINGLE)
    def rename(self, name: str, other: str) -> None:
        """Let two inputs swap their names, or one take another."""
        one, two = self.raw / name, self.raw / other
        if name == other:
            return
        if one.is_file() and two.is_file():
            aside = self.place / "aside"
            one.rename(aside)
            two.rename(one)
            aside.rename(two)
        elif one.is_file() and not two.exists() and two.parent.is_dir():
            one.rename(two)
            self._tidy_raw()

    @rule(keeping=st.booleans(), options=OPTIONS)
    def run_while_raw_is_away(self, keeping: bool, options: dict[str, Any]) -> None:
        before = files(self.out)
        self.raw.rename(self.place / "away")
        self.raw.mkdir()
        if keeping:
            (self.raw / ".keep").touch()
        go(self.raw, self.out, prune=True, **options)
        shutil.rmtree(self.raw)
        (self.place / "away").rename(self.raw)
        assert files(self.out) == before

    @rule(options=OPTIONS, stop_after=st.integers(0, 3), prune=st.booleans())
    def run_that_is_stopped(self, options: dict[str, Any], stop_after: int, prune: bool) -> None:
        runs: list[Run] = []
        seen: list[Outcome] = []

        def notice(outcome: Outcome) -> None:
            seen.append(outcome)
            if len(seen) > stop_after:
                runs[0].stop()

        go(self.raw, self.out, runs=runs, notice=notice, prune=prune, **options)
        self.owners = {}

    @rule(options=OPTIONS, prune=st.booleans())
    def run_whole(self, options: dict[str, Any], prune: bool) -> None:
        summary = go(self.raw, self.out, prune=prune, **options)
        if prune and self._blocked(summary):
            summary = go(self.raw, self.out, prune=prune, **options)
            assert not self._blocked(summary)
        self._check(summary, options, prune=prune)

    @rule(options=OPTIONS, prune=st.booleans())
    def run_in_parts(self, options: dict[str, Any], prune: bool) -> None:
        for _ in range(2):  # what is in the way goes with the first merge
            summaries = [go(self.raw, self.out, part=Part(number, 2), **options) for number in (1, 2)]
            try:
                merged = merge(self.out, prune=prune)
            except ConfigError:  # a part that RAW has nothing for is as another run left it
                self.owners = {}
                return
        if options["format"] != "jsonl":
            self._check(summaries, options, prune=prune, merged=merged)
        else:
            self.owners = {}

    @rule(options=OPTIONS, number=st.sampled_from([1, 2]))
    def run_one_part(self, options: dict[str, Any], number: int) -> None:
        go(self.raw, self.out, part=Part(number, 2), **options)
        self.owners = {}

    def _tidy_raw(self) -> None:
        for folder in sorted((one for one in self.raw.rglob("*") if one.is_dir()), reverse=True):
            if not any(folder.iterdir()):
                folder.rmdir()

    def _blocked(self, summary: Summary) -> bool:
        return any(reason == NOT_WRITABLE for _, reason in summary.tally.reasons)

    def _check(
        self, found: Summary | list[Summary], options: dict[str, Any], *, prune: bool, merged: Merged | None = None
    ) -> None:
        summaries = found if isinstance(found, list) else [found]
        leftovers = merged.leftovers if merged is not None else summaries[0].leftovers
        fresh = self.place / "fresh"
        shutil.rmtree(fresh, ignore_errors=True)
        reference = go(self.raw, fresh, **options)
        if not reference.tally.kinds["cleaned"] + reference.tally.kinds["quarantined"]:
            self.owners = {}
            return  # there may be nothing in RAW: then OUT stays as it was
        wanted, made = files(fresh), files(self.out)
        is_blocked = any(map(self._blocked, summaries))
        if not is_blocked:
            assert {name: made.get(name) for name in wanted} == wanted
        with Manifest(fresh / STATE_FOLDER / MANIFEST, readonly=True) as manifest:
            told_fresh = _told(manifest, 10)
            cleaned = {name: known for name, known in manifest.inputs() if known.kind == "cleaned"}
        with Manifest(self.out / STATE_FOLDER / MANIFEST, readonly=True) as manifest:
            told = _told(manifest, 10)
        if not is_blocked:
            assert told["documents"] == told_fresh["documents"]
        assert len(told["left_over"]) == leftovers.left
        if prune:
            assert leftovers.left == 0
            if not is_blocked:
                assert made == wanted
                folders = {file for file in self.out.rglob("*") if file.is_dir() and any(file.rglob("*"))}
                assert not [
                    file
                    for file in self.out.rglob("*")
                    if file.is_dir() and file not in folders and STATE_FOLDER not in file.parts
                ]
        else:
            for name, (owner, content) in self.owners.items():
                if owner not in cleaned and name.removesuffix(SIDECAR_SUFFIX) not in wanted:
                    assert made[name] == content, f"{name} of {owner} is lost"
        failed = [one for one in restore(self.out) if isinstance(one, NotRestored)]
        assert is_blocked or failed == []
        self._note_owners(made, cleaned, wanted)

    def _note_owners(self, made: dict[str, bytes], cleaned: dict[str, Any], wanted: dict[str, bytes]) -> None:
        kept = {name: owner for name, owner in self.owners.items() if name in made and name not in wanted}
        for name, content in made.items():
            for owner, known in cleaned.items():
                if not known.shard and name in wanted and name.removesuffix(SIDECAR_SUFFIX) == known.output:
                    kept[name] = owner, content
        self.owners = kept


def test_whatever_runs_went_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.batch.engines.local.Crew", OneProcess)
    bounded = settings(
        max_examples=50,
        stateful_step_count=15,
        derandomize=True,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        database=None,
    )
    run_state_machine_as_test(Histories, settings=bounded)
