"""The engine that hands shards to Ray: it gives what the local one gives, whatever its documents do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import stub_cleaner
from test_batch_run import STORY
from test_containers import RECORDS, lines

from cleaner.batch.crew import Setup
from cleaner.batch.document import Output
from cleaner.batch.outcome import Kind
from cleaner.batch.run import Plan, Run, Summary
from cleaner.config import Engine, Format

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture(scope="module", autouse=True)
def cluster() -> Iterator[None]:
    """Start Ray once."""
    ray = pytest.importorskip("ray")
    here = str(Path(__file__).parent)
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, runtime_env={"env_vars": {"PYTHONPATH": here}})
    yield
    ray.shutdown()


def go(raw: Path, out: Path, engine: Engine, format: Format = Format.SAME) -> Summary:  # noqa: A002
    shares = format in (Format.JSONL, Format.PARQUET)
    setup = Setup(stub_cleaner.make, Output(None if shares else out, format=format))
    return Run(Plan(raw, setup, out=out, engine=engine, time_limit=3.0)).go()


def outputs(out: Path) -> dict[str, bytes]:
    files = (file for file in out.rglob("*") if file.is_file() and "_clean" not in file.parts)
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in files}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(1200):
        (folder / f"{number:04}.txt").write_text(STORY)
    (folder / "docs.jsonl").write_bytes(lines(*RECORDS))
    for word in ("DIE", "HANG", "RAISE"):
        (folder / f"{word}.txt").write_text(f"{STORY}{word}\n")
    return folder


@pytest.mark.parametrize("format", [Format.SAME, Format.JSONL, Format.PARQUET])
def test_ray_gives_what_the_processes_of_this_machine_give(raw: Path, tmp_path: Path, format: Format) -> None:  # noqa: A002
    here = go(raw, tmp_path / "here", Engine.LOCAL, format)
    there = go(raw, tmp_path / "there", Engine.RAY, format)
    assert there.tally.kinds == here.tally.kinds
    assert there.tally.kinds[Kind.QUARANTINED] == 3
    assert there.tally.reasons == here.tally.reasons
    assert outputs(tmp_path / "there") == outputs(tmp_path / "here")
    again = go(raw, tmp_path / "there", Engine.RAY, format).tally.kinds
    assert again == {Kind.UNCHANGED: here.tally.kinds[Kind.CLEANED], Kind.QUARANTINED: 3}
