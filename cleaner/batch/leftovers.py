"""What earlier runs left in OUT and nothing in RAW stands behind any more.

An output goes by itself only where its input has another one now. The output of an input that is gone from RAW, that
RAW no longer has to offer (another ``--extension``) or that is in quarantine now may be all that is left of an
article: it stays, with its edits, until somebody asks for it to be removed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import NamedTuple

from cleaner.batch.audit import SUFFIX, audit_folder, outputs_of, quarantine_folder
from cleaner.batch.inputs import SIDECAR_SUFFIX
from cleaner.batch.manifest import Known, Manifest
from cleaner.batch.storage import OutputPlace
from cleaner.batch.writing import refused


class Leftovers(NamedTuple):
    """How many outputs are left over, and how many were removed because they were."""

    left: int = 0
    pruned: int = 0


def settle(manifest: Manifest, outputs: OutputPlace, *, prune: bool) -> Leftovers:
    """Remove what has been superseded, and with ``prune`` all that is left over; count the rest."""
    if not manifest.has_leftovers:
        return Leftovers()
    note_overwritten(manifest, outputs)
    _remove(manifest, outputs, superseded=True)
    if prune:
        return Leftovers(0, _remove(manifest, outputs, superseded=False))
    return Leftovers(sum(1 for _ in manifest.leftovers()))


def note_overwritten(manifest: Manifest, outputs: OutputPlace) -> None:
    """Note that what was left over and another input has written over is superseded."""
    names = {known.output for _, known in manifest.leftovers()}
    if names:
        manifest.supersede(names & _live(names, manifest, outputs.state))


def remove_shared(names: Iterable[str], manifest: Manifest, outputs: OutputPlace) -> None:
    """Remove files that inputs shared and share no more."""
    names = set(names)
    for name in names:
        manifest.forget_shard(name)
    if names:
        _remove_unless_live(names, manifest, outputs)


def remove_unused_notes(manifest: Manifest, outputs: OutputPlace) -> None:
    """Remove the edits and the quarantined records that the manifest no longer tells of."""
    audits, state = manifest.audits(), outputs.state
    old = [file for file in audit_folder(state).glob("*") if file.name not in audits]
    old += [file for file in quarantine_folder(state).glob("*/*") if file.parent.name + SUFFIX not in audits]
    outputs.remove_state([file.relative_to(state).as_posix() for file in old])


def _remove(manifest: Manifest, outputs: OutputPlace, *, superseded: bool) -> int:
    """Remove outputs with their sidecars, but not what bears the name of another output; count them."""
    count, names = 0, set[str]()
    for _, known in manifest.leftovers(superseded=superseded):
        count += 1
        names.update(_files_of(known, outputs.state))
    if superseded and names:  # an input may have had the same output again, and be gone now
        names.difference_update(file for _, known in manifest.leftovers() for file in _files_of(known, outputs.state))
    _remove_unless_live(names, manifest, outputs)
    manifest.forget_leftovers(superseded=superseded)
    return count


def _remove_unless_live(names: set[str], manifest: Manifest, outputs: OutputPlace) -> None:
    with refused("what was left over in OUT"):
        for name in sorted(names - _live(names, manifest, outputs.state)):
            outputs.remove(name)


def _live(names: Iterable[str], manifest: Manifest, state: Path) -> set[str]:
    """Name the files that inputs which are there have now and that may be among ``names``."""
    asked = set(names)
    asked.update([name.removesuffix(SIDECAR_SUFFIX) for name in asked])
    asked.update([f"{folder}/" for name in asked for folder in PurePosixPath(name).parents])
    return {file for known in manifest.live(asked) for file in _files_of(known, state)}.union(manifest.shards())


def _files_of(known: Known, state: Path) -> Iterator[str]:
    """Name the files in OUT that an input became."""
    is_folder = known.output.endswith("/")
    for name in outputs_of(state, known.audit, known.output) if is_folder else [known.output]:
        yield name
        if known.sidecar:
            yield name + SIDECAR_SUFFIX
