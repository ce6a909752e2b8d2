"""What a task of Ray does, without Ray."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stub_cleaner

from cleaner.batch.crew import Setup
from cleaner.batch.document import Output
from cleaner.batch.engines import ray
from cleaner.batch.inputs import Walk
from cleaner.batch.outcome import Outcome
from cleaner.batch.process import Job
from cleaner.batch.shards import Destination, Item, Shard
from cleaner.batch.storage import LocalInputs, LocalOutputs
from cleaner.batch.writers.lines import Lines
from cleaner.batch.writing import OutputError
from cleaner.config import Format


@pytest.fixture
def no_crews() -> Iterator[None]:
    yield
    for crew in ray._crews.values():
        crew.__exit__()
    ray._crews.clear()


@pytest.mark.usefixtures("no_crews")
def test_a_shard_that_failed_leaves_nothing_to_the_next(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, out = tmp_path / "raw", LocalOutputs(tmp_path / "out")
    for shard in ("one", "two"):
        for number in range(8):
            (raw / shard).mkdir(parents=True, exist_ok=True)
            (raw / shard / f"{number}.txt").write_text(f"{shard} {number}")
    inputs = list(Walk().inputs(raw))
    one, two = (
        Shard(
            name, tuple(Item(found) for found in inputs if found.name.startswith(name)), Destination.LINES, name, True
        )
        for name in ("one", "two")
    )
    job = Job(Setup(stub_cleaner.make, Output(None, format=Format.JSONL)), LocalInputs(raw), out)

    def full(self: Lines, outcome: Outcome) -> None:
        raise OutputError("no space")

    with monkeypatch.context() as patched:
        patched.setattr(Lines, "put", full)
        with pytest.raises(OutputError):
            ray._task(job, one)
    result = ray._task(job, two)
    assert [name for name, _ in result.rows] == [f"two/{number}.txt" for number in range(8)]
    assert b"one" not in (tmp_path / "out/two").read_bytes()
