"""Putting the notes of runs that did one part each together, as if one run had done all."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from cleaner.batch.inputs import STATE_FOLDER
from cleaner.batch.leftovers import Leftovers, remove_shared, remove_unused_notes, settle
from cleaner.batch.manifest import MANIFEST, TAKEN_OVER, Manifest, RunRow
from cleaner.batch.part_notes import copy_notes, opened
from cleaner.batch.run import LEFT_OUT, write_report
from cleaner.batch.storage import PARTS, OutputPlace, outputs_at
from cleaner.batch.writing import refused, write_atomically
from cleaner.model import ConfigError
from cleaner.version import __version__

_LABEL = re.compile(r"(\d+)of(\d+)")


class Merged(NamedTuple):
    """What a merge did."""

    runs: list[RunRow]
    """The last run of each part."""
    leftovers: Leftovers


def merge(out: str | Path, *, prune: bool = False) -> Merged:
    """Merge the notes of all parts into those of OUT; with ``prune`` remove outputs that no input stands behind.

    Raises :class:`~cleaner.model.ConfigError` where a part is missing, unfinished or at work, was run otherwise than
    the others, or its output is gone.
    """
    with outputs_at(out, wanted=lambda name: True) as outputs:
        merged = _merge(outputs, str(out), prune=prune)
        with refused("the notes of the run"):
            outputs.keep_state()
    return merged


def _merge(outputs: OutputPlace, out: str, *, prune: bool) -> Merged:
    state = outputs.state
    parts = _parts(state / PARTS, out)
    runs: list[RunRow] = []
    with Manifest(state / MANIFEST) as whole:
        for folder in parts:
            with Manifest(folder / MANIFEST) as part:  # nobody else may be at work on it
                known = part.runs()
                if known and known[-1].state == TAKEN_OVER:
                    raise ConfigError(f"OUT was run as a whole after part {folder.name}: there is nothing to merge")
                if not known or known[-1].state != "complete":
                    raise ConfigError(f"part {folder.name} is not complete: run it again with --shard")
                if any(outputs.size(name) != part.shard_size(name) for name in part.shards()):
                    raise ConfigError(f"what part {folder.name} wrote is not there: run it again with --shard")
                runs.append(known[-1])
        _be_sure_that_they_agree(parts)
        whole.begin(min(run.began for run in runs), __version__, runs[0].settings)
        whole.take_in(lambda: opened(parts))
        shared = set(whole.shards()).difference(*(part.shards() for part in opened(parts)))
        remove_shared(shared, whole, outputs)  # the parts have their documents in files of their own
        has_inputs = any(part.count() for part in opened(parts))
        if has_inputs:  # else RAW may be a disk that was not mounted
            whole.keep_only(name for part in opened(parts) for name, _ in part.inputs())
        left_out: list[bytes] = []
        for folder in parts:
            copy_notes(folder, state)
            left_out.append((folder / LEFT_OUT).read_bytes())
        with refused(LEFT_OUT):
            write_atomically(state / LEFT_OUT, b"".join(left_out), scratch=state)
        leftovers = settle(whole, outputs, prune=prune and has_inputs)
        remove_unused_notes(whole, outputs)
        whole.end(time.time(), "complete", done=whole.count(), found=whole.count())
        write_report(whole, state)
    for folder in parts:
        with Manifest(folder / MANIFEST) as part:
            for superseded in (True, False):
                part.forget_leftovers(superseded=superseded)  # OUT knows of them
    return Merged(runs, leftovers)


def _be_sure_that_they_agree(parts: Sequence[Path]) -> None:
    """Compare what the outputs of the parts depend on: version, options, rule files."""
    first = parts[0]
    with Manifest(first / MANIFEST, readonly=True) as mine:
        keys, files = mine.cleaned_by()
        for other in parts[1:]:
            with Manifest(other / MANIFEST, readonly=True) as its:
                its_keys, its_files = its.cleaned_by()
                keys |= its_keys
                files |= its_files
                if len(keys) > 1:
                    how = _difference(mine.runs()[-1], its.runs()[-1])
                elif len(files) > len({file.rpartition("=")[0] for file in files}):
                    how = "other versions of a rule file"
                else:
                    continue
                raise ConfigError(
                    f"parts {first.name} and {other.name} were run with {how}: run the one that is wrong again"
                )


def _difference(mine: RunRow, its: RunRow) -> str:
    """Say in what two runs differ, as far as their notes tell."""
    if mine.version != its.version:
        return f"versions {mine.version} and {its.version} of clean"
    names = sorted(name for name, value in mine.settings.items() if its.settings.get(name) != value)
    told = [
        f"{name} {mine.settings[name]!r} and {its.settings.get(name)!r}" for name in names if name not in _MAY_DIFFER
    ]
    return "; ".join(told) or "other settings"


_MAY_DIFFER = ("raw", "jobs", "engine", "ray_address", "time_limit", "memory_limit")
"""Settings that make no difference to an output; RAW may lie elsewhere on another machine."""


def _parts(folder: Path, out: str) -> list[Path]:
    """Find the parts, and be sure that none is missing."""
    found = sorted(one for one in folder.glob("*of*") if _LABEL.fullmatch(one.name))
    counts = {name.rpartition("of")[2] for name in (one.name for one in found)}
    if not found:
        raise ConfigError(f"{out}: no part was run here; clean run RAW OUT --shard I/N runs one")
    if len(counts) > 1:
        raise ConfigError(
            f"{out} has parts of {' and of '.join(sorted(counts, key=int))}; remove those that are old "
            f"({STATE_FOLDER}/{PARTS}), and what they wrote (documents-IofN-*), if they shared files"
        )
    missing = int(counts.pop()) - len(found)
    if missing:
        raise ConfigError(
            f"{out}: {missing} of the parts were not run yet; there are {', '.join(p.name for p in found)}"
        )
    return found
