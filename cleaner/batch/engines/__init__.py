"""Engines: what spreads the shards of a run over processes and machines. Each only maps ``process_shard``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Protocol, Self

from cleaner.batch.crew import Basis
from cleaner.batch.outcome import Outcome
from cleaner.batch.process import Job, Progress, ShardResult
from cleaner.batch.shards import Shard


class Engine(Protocol):
    """What a run needs of an engine. It is a context manager: on leaving, nothing of it goes on."""

    @property
    def basis(self) -> Basis:
        """What the workers go by."""

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with rule files."""

    def work(
        self, job: Job, shards: Iterator[Shard], note: Callable[[Outcome], None], progress: Progress
    ) -> Iterator[ShardResult]:
        """Do all shards."""

    def stop(self) -> None:
        """Finish what is begun, and begin nothing more."""

    def __enter__(self) -> Self:
        """Begin."""

    def __exit__(self, *_: object) -> None:
        """End all that goes on."""
