"""The machines of a Ray cluster: a task for each shard.

A task watches over a worker process of its own, which outlives it: a document that kills its worker costs that worker
and not the task. RAW and OUT have to be where every machine of the cluster reaches them.
"""

from __future__ import annotations

import atexit
import pickle
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from cleaner.batch.crew import Basis, Crew, Setup
from cleaner.batch.outcome import Outcome
from cleaner.batch.process import Job, Progress, ShardResult, process_shard
from cleaner.batch.shards import Shard
from cleaner.model import ConfigError

AHEAD = 2
"""Tasks for each processor that are handed to Ray at a time: one at work and one that waits."""

RETRIES = 3
"""Times that a shard is done anew if Ray loses the machine that it was on."""


class Ray:
    """Tasks of Ray."""

    def __init__(self, setup: Setup, *, time_limit: float, address: str | None) -> None:
        try:
            import ray
        except ImportError:
            raise ConfigError("--engine ray needs a package more: pip install 'cleaner[ray]'") from None
        self._ray: Any = ray
        self._address = address
        self._crew = Crew(setup, jobs=1, time_limit=time_limit)
        self._stopped = False
        self._is_ours = False
        """Whether Ray was started here, and not by a program that calls this one."""

    @property
    def basis(self) -> Basis:
        """What the workers go by: asked of one on this machine."""
        basis = self._crew.basis
        self._crew.__exit__()
        return basis

    @property
    def warnings(self) -> tuple[str, ...]:
        """What is wrong with rule files."""
        return self._crew.warnings

    def work(
        self,
        job: Job,
        shards: Iterator[Shard],
        note: Callable[[Outcome], None],
        progress: Progress,
    ) -> Iterator[ShardResult]:
        """Do all shards."""
        task = self._ray.remote(num_cpus=1, max_retries=RETRIES)(_task)
        shared = self._ray.put(job)
        most = AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1)))
        waiting: list[Any] = []
        while True:
            if not self._stopped:
                waiting += [task.remote(shared, shard) for shard in islice(shards, most - len(waiting))]
            if not waiting:
                return
            done, waiting = self._ray.wait(waiting, timeout=1.0)
            for result in self._ray.get(done):
                progress.inputs += len(result.rows)
                progress.documents += result.tally.inputs
                yield result

    def stop(self) -> None:
        """Finish the shards that are handed out, and hand out no more."""
        self._stopped = True

    def __enter__(self) -> Ray:
        self._is_ours = not self._ray.is_initialized()
        if self._is_ours:
            self._ray.init(address=self._address, log_to_driver=False, logging_level="error")
        return self

    def __exit__(self, *_: object) -> None:
        self._crew.__exit__()
        if self._is_ours:
            self._ray.shutdown()


_crews: dict[bytes, Crew] = {}
"""The crew of this process of Ray's, by its setup: a worker takes a second to start."""


def _task(job: Job, shard: Shard) -> ShardResult:
    key = pickle.dumps((job.setup, job.time_limit))
    crew = _crews.get(key)
    if crew is None:
        for old in _crews.values():
            old.__exit__()
        _crews.clear()
        crew = _crews[key] = Crew(job.setup, jobs=1, time_limit=job.time_limit)
        atexit.register(crew.__exit__)
    try:
        return process_shard(job, shard, crew)
    except BaseException:
        del _crews[key]  # it is still at the documents of this shard
        crew.__exit__()
        raise
