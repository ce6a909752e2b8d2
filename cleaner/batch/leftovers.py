"""What earlier runs left in OUT and nothing in RAW stands behind any more.

An output goes by itself only where its input has another one now. The output of an input that is gone from RAW, that
RAW no longer has to offer (another ``--extension``) or that is in quarantine now may be all that is left of an
article: it stays, with its edits, until somebody asks for it to be removed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cleaner.batch.audit import SUFFIX, audit_folder, outputs_of, quarantine_folder
from cleaner.batch.inputs import SIDECAR_SUFFIX
from cleaner.batch.manifest import Known, Manifest
from cleaner.batch.storage import OutputPlace
from cleaner.batch.writing import refused

_NAMES_AT_ONCE = 1000
"""OUT may have ten million files: they are looked at some at a time."""


class Leftovers(NamedTuple):
    """How many outputs are left over, and how many were removed because they were."""

    left: int = 0
    pruned: int = 0


def settle(manifest: Manifest, outputs: OutputPlace, *, prune: bool) -> Leftovers:
    """Remove what has been superseded, and with ``prune`` all that is left over; count the rest."""
    if not manifest.has_leftovers:
        return Leftovers()
    note_overwritten(manifest, outputs)
    _remove_leftovers(manifest, outputs, superseded=True)
    count = manifest.count_leftovers()
    if not prune:
        return Leftovers(count)
    _remove_leftovers(manifest, outputs, superseded=False)
    return Leftovers(0, count)


def note_overwritten(manifest: Manifest, outputs: OutputPlace) -> None:
    """Note that what was left over and another input has written over is superseded."""
    if not manifest.has_leftovers:
        return
    written = (file for known in manifest.lately_cleaned() for file in _files_of(known, outputs.state))
    for names in _in_turn(written):
        manifest.supersede(names)


def remove_shared(names: Collection[str], manifest: Manifest, outputs: OutputPlace) -> None:
    """Remove files that inputs shared and share no more."""
    for name in names:
        manifest.forget_shard(name)
    for some in _in_turn(names):
        _remove(some - _in_use(some, manifest, outputs.state), outputs)


def remove_unused_notes(manifest: Manifest, outputs: OutputPlace) -> None:
    """Remove the edits and the quarantined records that the manifest no longer tells of."""
    audits, state = manifest.audits(), outputs.state
    old = [file for file in audit_folder(state).glob("*") if file.name not in audits]
    old += [file for file in quarantine_folder(state).glob("*/*") if file.parent.name + SUFFIX not in audits]
    outputs.remove_state([file.relative_to(state).as_posix() for file in old])


def _remove_leftovers(manifest: Manifest, outputs: OutputPlace, *, superseded: bool) -> None:
    """Remove outputs with their sidecars, but not what bears the name of another output.

    What is superseded may be what another input had, too, and is left over from that one.
    """
    rows = manifest.leftovers(superseded=superseded)
    for names in _in_turn(file for _, known in rows for file in _files_of(known, outputs.state)):
        _remove(names - _in_use(names, manifest, outputs.state, left_over=superseded), outputs)
    manifest.forget_leftovers(superseded=superseded)


def _remove(names: Iterable[str], outputs: OutputPlace) -> None:
    with refused("what was left over in OUT"):
        for name in sorted(names):
            outputs.remove(name)


def _in_use(names: set[str], manifest: Manifest, state: Path, *, left_over: bool = False) -> set[str]:
    """Name those of the files that inputs have now, or have ``left_over``, and perhaps others."""
    asked = set(names)
    asked.update([name.removesuffix(SIDECAR_SUFFIX) for name in asked])
    asked.update([f"{folder}/" for name in asked for folder in PurePosixPath(name).parents])
    found = manifest.with_outputs(asked, left_over=left_over)
    return {file for known in found for file in _files_of(known, state)}.union(manifest.shards())


def _files_of(known: Known, state: Path) -> Iterator[str]:
    """Name the files in OUT that an input became."""
    is_folder = known.output.endswith("/")
    for name in outputs_of(state, known.audit, known.output) if is_folder else [known.output]:
        yield name
        if known.sidecar:
            yield name + SIDECAR_SUFFIX


def _in_turn(names: Iterable[str]) -> Iterator[set[str]]:
    rest = iter(names)
    while some := set(islice(rest, _NAMES_AT_ONCE)):
        yield some
