"""The scores that a benchmark must not fall below: ``floors.json``, with a key for each set."""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Collection, Mapping, Sequence
from pathlib import Path

FLOORS = Path(__file__).with_name("floors.json")
PIN_DIGITS = 3

Broken = Mapping[str, Sequence[str]]
"""Promises, each with the ids of the documents that break it."""


def settle(
    key: str, got: Mapping[str, float], broken: Broken, *, pinned: Collection[str], pin: bool, check: bool
) -> int:
    """Check a set's scores against its floors and raise the floors, as wanted; give 1 if a check failed."""
    all_floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    floors = all_floors.get(key, {})
    if pin:
        all_floors[key] = raised({name: got[name] for name in pinned}, floors)
        FLOORS.write_text(json.dumps(all_floors, indent=2) + "\n", encoding="utf-8")
    failures = below(got, broken, floors) if check else []
    for failure in failures:
        print(f"FAILED: {failure}", file=sys.stderr)
    return int(bool(failures))


def below(got: Mapping[str, float], broken: Broken, floors: Mapping[str, float]) -> list[str]:
    """Name each measure that fell below its floor, and each broken promise."""
    failures = [
        f"{name} is {got[name]:.4f}, below its floor {floor}"
        for name, floor in floors.items()
        if not got[name] >= floor
    ]
    return failures + [f"{name!r} is broken by {len(ids)} documents" for name, ids in broken.items() if ids]


def raised(got: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, float]:
    """Raise floors to what was measured. A floor never falls; those of other measures stay as set."""
    scale = 10**PIN_DIGITS
    new = {name: math.floor(value * scale) / scale for name, value in got.items() if not math.isnan(value)}
    return dict(floors) | {name: max(value, floors.get(name, 0.0)) for name, value in new.items()}
