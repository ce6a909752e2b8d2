"""Runs that are killed at any moment: no partial file under a final name, and the next run completes them."""

from __future__ import annotations

import gzip
import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from cleaner.batch.restoring import Restored, restore

KILLS = 50

COMMAND = [sys.executable, "-c", "from cleaner.cli import main; main()", "run", "raw"]

STORY = "Home | News | Sport\n\nThe river rose in the night, and the ferry of {} stayed at its pier until Monday.\n"


def outputs(out: Path) -> dict[str, bytes]:
    return {
        file.relative_to(out).as_posix(): file.read_bytes()
        for file in out.rglob("*")
        if file.is_file() and file.relative_to(out).parts[0] != "_clean"
    }


def fill(raw: Path) -> int:
    """Write inputs of every kind; give the number of documents."""
    raw.mkdir()
    for number in range(1500):
        (raw / f"{number:04}.txt").write_text(STORY.format(number))
    records = [{"id": number, "text": STORY.format(number)} for number in range(1000)]
    (raw / "a.jsonl.gz").write_bytes(gzip.compress(b"".join(json.dumps(one).encode() + b"\n" for one in records)))
    pq.write_table(pa.Table.from_pylist(records), raw / "b.parquet")
    return 3500


@pytest.mark.slow
@pytest.mark.parametrize("options", [["out"], ["out", "--format", "jsonl", "--compression", "zst"]])
def test_a_run_that_is_killed_again_and_again_ends_as_any_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    documents = fill(tmp_path / "raw")
    subprocess.run([*COMMAND, "whole", "-q", *options[1:]], check=True)
    whole = outputs(tmp_path / "whole")
    chance = random.Random(7)
    finished = 0
    for _ in range(KILLS):
        with subprocess.Popen([*COMMAND, *options, "-q", "-j2"], start_new_session=True) as process:
            try:
                process.wait(chance.uniform(0.3, 4.0))
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
            finished += process.wait() == 0
        there = outputs(tmp_path / "out") if (tmp_path / "out").exists() else {}
        assert {name: whole.get(name) for name in there} == there
        if finished:
            (tmp_path / "out").rename(tmp_path / f"done-{finished}-{time.monotonic_ns()}")
            finished = 0
    subprocess.run([*COMMAND, *options, "-q"], check=True)
    assert outputs(tmp_path / "out") == whole
    assert sum(isinstance(one, Restored) for one in restore(tmp_path / "out")) == documents
    assert not (tmp_path / "out/_clean/scratch").exists()
