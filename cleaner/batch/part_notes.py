"""The notes of runs that did one part each, on their way into those of OUT."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.batch.audit import audit_folder, quarantine_folder
from cleaner.batch.manifest import MANIFEST, Manifest
from cleaner.batch.storage import PARTS, OutputPlace
from cleaner.batch.writing import refused


def opened(parts: Sequence[Path]) -> Iterator[Manifest]:
    """Open one manifest after the other, for reading."""
    for folder in parts:
        with Manifest(folder / MANIFEST, readonly=True) as part:
            yield part


def take_over(whole: Manifest, outputs: OutputPlace) -> None:
    """Let a run of all inputs go on from what runs of parts did; the next runs of parts begin anew.

    Otherwise each would take for its own what the other has written over. Raises
    :class:`~cleaner.batch.writing.OutputError` if a part is at work.
    """
    state = outputs.state
    notes = [file.parent for file in (state / PARTS).glob(f"*/{MANIFEST}")]
    taken = []
    for folder in sorted(notes, key=_last_begun):
        with Manifest(folder / MANIFEST) as part:
            if part.has_notes:
                copy_notes(folder, state)
                whole.take_over(part)
                part.begin_anew()
                taken.append(folder)
    if taken:
        outputs.keep_state()
        old = [file for folder in taken for below in _FOLDERS for file in below(folder).rglob("*") if file.is_file()]
        outputs.remove_state([file.relative_to(state).as_posix() for file in old])


def _last_begun(part: Path) -> float:
    with Manifest(part / MANIFEST, readonly=True) as manifest:
        return max((run.began for run in manifest.runs()), default=0.0)


_FOLDERS = (audit_folder, quarantine_folder)


def copy_notes(part: Path, state: Path) -> None:
    """Let the edits and the quarantined records of a part stand among those of OUT, too."""
    for below in _FOLDERS:
        _copy(below(part), below(state))


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
