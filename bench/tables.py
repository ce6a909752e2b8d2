"""What the benchmarks share: means, speeds and tables of text."""

from __future__ import annotations

import math
import statistics
import sys
from collections.abc import Iterable, Mapping, Sequence

PROGRESS_EVERY = 200

Table = list[list[str]]


def mean(values: Iterable[float]) -> float:
    """Give the mean, or NaN of nothing."""
    known = list(values)
    return math.fsum(known) / len(known) if known else math.nan


def numbers(values: Iterable[float], digits: int = 3) -> list[str]:
    """Write numbers with equally many digits; of what is not known, a dash."""
    return ["-" if math.isnan(value) else f"{value:.{digits}f}" for value in values]


def lay_out(table: Table) -> str:
    """Align a table: the first column to the left, numbers to the right, a rule under the header."""
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    lines = ["  ".join([row[0].ljust(widths[0]), *map(str.rjust, row[1:], widths[1:])]).rstrip() for row in table]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def speed(seconds: Sequence[float], megabytes: float) -> dict[str, float]:
    """Sum up the times of documents."""
    total = sum(seconds)
    return {
        "mb_per_second": megabytes / total,
        "documents_per_second": len(seconds) / total,
        "median_ms": 1000 * statistics.median(seconds),
        "p99_ms": 1000 * sorted(seconds)[int(0.99 * (len(seconds) - 1))],
        "max_ms": 1000 * max(seconds),
    }


def lay_out_speeds(speeds: Mapping[str, Mapping[str, float]], *, title: str, unit: str) -> str:
    """Lay out what :func:`speed` gives for each system."""
    header = [title, "MB/s", f"{unit}/s", "median ms", "p99 ms", "max ms"]
    return lay_out([header, *([name, *numbers(of.values(), 1)] for name, of in speeds.items())])


def progress(done: int, total: int) -> None:
    """Show on a terminal how far a run is."""
    if sys.stderr.isatty() and (done % PROGRESS_EVERY == 0 or done == total):
        print(f"\r{done}/{total}", end="\n" if done == total else "", file=sys.stderr, flush=True)
