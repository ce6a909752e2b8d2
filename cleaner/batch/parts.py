"""Runs that do one part of the inputs each, side by side and without a word between them."""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

from cleaner.model import ConfigError

_PART = re.compile(r"(\d+)/(\d+)")
_AUTO = re.compile(r"auto(?:/(\d+))?")


@dataclass(frozen=True, slots=True)
class Part:
    """One part of so many: ``number`` counts from 1."""

    number: int
    count: int

    @property
    def label(self) -> str:
        """The part as a part of a file's name."""
        return f"{self.number:0{len(str(self.count))}}of{self.count}"

    def holds(self, name: str) -> bool:
        """Whether an input is of this part: by its name alone, so that every run of every part agrees."""
        return zlib.crc32(os.fsencode(name)) % self.count == self.number - 1


def part_of(said: str, environment: Mapping[str, str]) -> Part:
    """Understand ``--shard``: ``3/8``, or ``auto`` in a job array of Slurm or an indexed job of Kubernetes.

    Raises :class:`~cleaner.model.ConfigError` for anything else.
    """
    if match := _PART.fullmatch(said):
        number, count = int(match[1]), int(match[2])
    elif match := _AUTO.fullmatch(said):
        number, count = _told(environment, match[1])
    else:
        raise ConfigError(f"--shard {said}: say which of how many, as 3/8, or auto")
    if not 1 <= number <= count:
        raise ConfigError(f"--shard {said}: there is no part {number} of {count}; parts count from 1")
    return Part(number, count)


def _told(environment: Mapping[str, str], said: str | None) -> tuple[int, int]:
    """Take the part from what a job runner tells its jobs."""
    count = said
    if "SLURM_ARRAY_TASK_ID" in environment:
        first = int(environment.get("SLURM_ARRAY_TASK_MIN", "0"))
        number = int(environment["SLURM_ARRAY_TASK_ID"]) - first
        count = count or environment.get("SLURM_ARRAY_TASK_COUNT")
    elif "JOB_COMPLETION_INDEX" in environment:
        number = int(environment["JOB_COMPLETION_INDEX"])
        count = count or environment.get("JOB_COMPLETIONS")
        if count is None:
            raise ConfigError("--shard auto: an indexed job does not know how many it is; say so, as auto/8")
    else:
        raise ConfigError("--shard auto needs SLURM_ARRAY_TASK_ID or JOB_COMPLETION_INDEX; say the part, as 3/8")
    if count is None:
        raise ConfigError("--shard auto: SLURM_ARRAY_TASK_COUNT is not set; say how many, as auto/8")
    return number + 1, int(count)
