"""Shards: the units of a run. Each is some inputs, and the one place that their outputs go to.

Engines spread shards, not documents; a shard is done whole, or done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain, islice
from typing import TypeVar

from cleaner.batch.compression import suffix_of
from cleaner.batch.inputs import Input
from cleaner.batch.manifest import Known
from cleaner.config import Compression, Container, Format

_T = TypeVar("_T")

FILES_PER_SHARD = 512
"""Single documents of a shard that have files of their own: what a killed run may have to do again."""

DOCUMENTS_PER_FILE = 1000
"""Single documents that share a file of JSON Lines or Parquet."""


class Destination(StrEnum):
    """What the outputs of a shard go to."""

    FILES = "files"
    """A file for each document."""
    LINES = "lines"
    """A file of JSON Lines."""
    ROWS = "rows"
    """A Parquet file."""
    OVERLAY = "overlay"
    """A Parquet file with the other columns of the input's."""
    STREAM = "stream"
    """What the run hands on, document for document."""
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Item:
    """An input of a shard, with what is known of it."""

    input: Input
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Shard:
    """Some inputs, in their order, and where their outputs go."""

    name: str
    """Unique within a run: names its audit file."""
    items: Iterable[Item]
    destination: Destination
    output: str = ""
    """Name of the file that all outputs share, if they do."""
    is_shared: bool = False
    """Whether that file takes the outputs of many inputs."""
    rewrites: bool = False
    """Whether its output is there already, and what did not change is to be taken from it."""


def destination(found: Input, format: Format) -> Destination:  # noqa: A002 - the option's name
    """Tell what the outputs of an input go to, where OUT is a folder."""
    parquet = format is Format.PARQUET or (format is Format.SAME and found.container is Container.PARQUET)
    if parquet:
        return Destination.OVERLAY if found.container is Container.PARQUET else Destination.ROWS
    lines = format is Format.JSONL or (format is Format.SAME and found.container is not None)
    return Destination.LINES if lines else Destination.FILES


def documents_name(number: int, format: Format, compression: Compression | None, part: str) -> str:  # noqa: A002
    """Name a file of many documents that are no file of many in RAW; ``part`` is that of a run in parts."""
    suffix = ".parquet" if format is Format.PARQUET else ".jsonl" + suffix_of(compression or Compression.NONE)
    return f"documents-{part}{number:05}{suffix}"


def ahead(items: Iterable[_T], count: int) -> Iterator[list[_T]]:
    """Give items a few at a time."""
    iterator = iter(items)
    for first in iterator:
        yield list(chain([first], islice(iterator, count - 1)))
