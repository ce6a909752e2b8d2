"""What earlier runs left in OUT and nothing in RAW stands behind any more.

An output goes by itself only where its input has another one now. The output of an input that is gone from RAW, that
RAW no longer has to offer (another ``--extension``) or that is in quarantine now may be all that is left of an
article: it stays, with its edits, until somebody asks for it to be removed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.batch.audit import outputs_of
from cleaner.batch.inputs import SIDECAR_SUFFIX
from cleaner.batch.manifest import Manifest
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
    manifest.forget_claimed()
    left = manifest.leftovers(superseded=False)
    _remove(manifest.leftovers(superseded=True), manifest, outputs)
    count = len(left) + manifest.gone_count()
    if prune:
        _remove([*left, *_of_gone(manifest, outputs)], manifest, outputs)
    manifest.forget_leftovers(all_of_them=prune)
    return Leftovers(0, count) if prune else Leftovers(count)


def _of_gone(manifest: Manifest, outputs: OutputPlace) -> Iterator[str]:
    for _, known in manifest.gone():
        yield from (
            outputs_of(outputs.state, known.audit, known.output) if known.output.endswith("/") else [known.output]
        )


def _remove(names: list[str], manifest: Manifest, outputs: OutputPlace) -> None:
    """Remove outputs with their sidecars, but not what bears the name of another output."""
    all_names = [each for name in names for each in (name, name + SIDECAR_SUFFIX)]
    claimed = manifest.claimed(all_names) if names else set()
    with refused("what was left over in OUT"):
        for name in all_names:
            if name not in claimed:
                outputs.remove(name)
