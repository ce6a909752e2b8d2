"""Workers: what they cost, and what does not end them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import stub_cleaner

from cleaner.batch import crew
from cleaner.batch.document import Output, Task
from cleaner.batch.outcome import Kind


def setup(out: Path) -> crew.Setup:
    return crew.Setup(stub_cleaner.make, Output(out))


def tasks(folder: Path, content: str, count: int) -> list[Task]:
    for number in range(count):
        (folder / f"{number}.txt").write_text(content)
    return [
        Task(number, f"{number}.txt", str(folder / f"{number}.txt"), output=f"{number}.txt") for number in range(count)
    ]


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="descriptors are counted in /proc")
def test_workers_that_were_replaced_hold_nothing_open(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crew, "RECYCLE_AFTER", 1)
    with crew.Crew(setup(tmp_path / "out"), jobs=1, time_limit=30.0) as workers:
        work = workers.work(iter(tasks(tmp_path, "A story.", 10)))
        is_open = [len(os.listdir("/proc/self/fd")) for _ in work]  # noqa: PTH208 - only their number counts
    assert len(is_open) == 10
    assert is_open[-1] <= is_open[0] + 6, "a few may be on their way out"


def test_a_word_to_terminate_that_reaches_a_worker_costs_no_document(tmp_path: Path) -> None:
    """Job runners send it to every process of a job; the run answers it, by finishing what is at work."""
    with crew.Crew(setup(tmp_path / "out"), jobs=1, time_limit=30.0) as workers:
        (outcomes,) = workers.work(iter(tasks(tmp_path, "TERMINATE", 1)))
    assert [outcome.kind for outcome in outcomes] == [Kind.CLEANED]
