"""The processes of this machine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cleaner.batch.crew import Basis, Crew, Setup
from cleaner.batch.outcome import Outcome
from cleaner.batch.process import Job, Progress, ShardResult, process
from cleaner.batch.shards import Shard


class Local:
    """A crew of workers that share the documents of a few shards at a time."""

    def __init__(self, setup: Setup, *, jobs: int, time_limit: float) -> None:
        self._crew = Crew(setup, jobs=jobs, time_limit=time_limit)

    @property
    def basis(self) -> Basis:
        """What the workers go by."""
        return self._crew.basis

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with rule files."""
        return self._crew.warnings

    def work(
        self, job: Job, shards: Iterator[Shard], note: Callable[[Outcome], None], progress: Progress
    ) -> Iterator[ShardResult]:
        """Do all shards."""
        return process(job, shards, self._crew, note, progress)

    def stop(self) -> None:
        """Finish the documents that are begun, and begin no more."""
        self._crew.stop()

    def __enter__(self) -> Local:
        return self

    def __exit__(self, *_: object) -> None:
        self._crew.__exit__()
