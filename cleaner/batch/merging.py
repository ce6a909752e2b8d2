"""Putting the notes of runs that did one part each together, as if one run had done all."""

from __future__ import annotations

import os
import re
import shutil
import time
from pathlib import Path

from cleaner.batch.audit import audit_folder, quarantine_folder
from cleaner.batch.inputs import STATE_FOLDER
from cleaner.batch.manifest import MANIFEST, Manifest, RunRow, shards_of
from cleaner.batch.run import LEFT_OUT, write_report
from cleaner.batch.storage import PARTS, LocalOutputs
from cleaner.batch.writing import refused, write_atomically
from cleaner.model import ConfigError
from cleaner.version import __version__

_LABEL = re.compile(r"(\d+)of(\d+)")


def merge(out: Path) -> list[RunRow]:
    """Merge the notes of all parts into those of OUT. Give the last run of each part.

    Raises :class:`~cleaner.model.ConfigError` where a part is missing, unfinished or at work, or its output is gone.
    """
    state = out / STATE_FOLDER
    parts = _parts(state / PARTS)
    outputs = LocalOutputs(out)
    runs: list[RunRow] = []
    with Manifest(state / MANIFEST) as whole:
        for folder in parts:
            with Manifest(folder / MANIFEST) as part:  # nobody else may be at work on it
                known = part.runs()
                if not known or known[-1].state != "complete":
                    raise ConfigError(f"part {folder.name} is not complete: run it again with --shard")
                if any(outputs.size(name) != part.shard_size(name) for name in part.shards()):
                    raise ConfigError(f"what part {folder.name} wrote is not there: run it again with --shard")
                runs.append(known[-1])
        whole.begin(min(run.began for run in runs), __version__, runs[0].settings)
        for name in set(whole.shards()).difference(*map(shards_of, parts)):
            outputs.remove(name)  # the parts have its documents in files of their own
        whole.forget_all()
        left_out: list[bytes] = []
        for folder in parts:
            with Manifest(folder / MANIFEST, readonly=True) as part:
                whole.take_in(part)
            for below in (audit_folder, quarantine_folder):
                _copy(below(folder), below(state))
            left_out.append((folder / LEFT_OUT).read_bytes())
        with refused(LEFT_OUT):
            write_atomically(state / LEFT_OUT, b"".join(left_out), scratch=state)
        whole.end(time.time(), "complete")
        write_report(whole, state)
    return runs


def _parts(folder: Path) -> list[Path]:
    """Find the parts, and be sure that none is missing."""
    found = sorted(one for one in folder.glob("*of*") if _LABEL.fullmatch(one.name))
    counts = {name.rpartition("of")[2] for name in (one.name for one in found)}
    if not found:
        raise ConfigError(f"{folder}: no part was run here; clean run RAW OUT --shard I/N runs one")
    if len(counts) > 1:
        raise ConfigError(
            f"{folder} has parts of {' and of '.join(sorted(counts, key=int))}; remove those that are old, and what "
            f"they wrote to {folder.parent.parent} (documents-IofN-*), if they shared files"
        )
    missing = int(counts.pop()) - len(found)
    if missing:
        raise ConfigError(
            f"{folder}: {missing} of the parts were not run yet; there are {', '.join(p.name for p in found)}"
        )
    return found


def _copy(source: Path, target: Path) -> None:
    """Let a folder's files stand in another too, without copying where the file system can."""
    for file in source.rglob("*"):
        place = target / file.relative_to(source)
        if file.is_file() and not (place.exists() and place.samefile(file)):
            with refused(str(place)):
                place.parent.mkdir(parents=True, exist_ok=True)
                place.unlink(missing_ok=True)  # parts that were begun anew number their runs anew, too
                try:
                    os.link(file, place)
                except OSError:
                    shutil.copyfile(file, place)
