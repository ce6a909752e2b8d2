"""Snapshots as readable files: the sample ``<folder>/<name>`` has ``snapshots/<folder>/<name>.txt``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from syrupy.data import Snapshot, SnapshotCollection
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode

if TYPE_CHECKING:
    from syrupy.location import PyTestLocation
    from syrupy.types import SnapshotIndex

SNAPSHOTS = Path(__file__).parent.parent / "snapshots"


class SampleSnapshotExtension(SingleFileSnapshotExtension):
    """Keeps the snapshot of a test with the parameter ``<folder>/<name>`` in a file of that name.

    Unused snapshots are looked for in the whole folder, so one whose sample is gone fails a full run.
    """

    _write_mode = WriteMode.TEXT
    file_extension = "txt"

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(SNAPSHOTS)

    @classmethod
    def discovery_dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(SNAPSHOTS)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return test_location.snapshot_name

    @classmethod
    def get_file_basename(cls, *, test_location: PyTestLocation, index: SnapshotIndex) -> str:
        return test_location.snapshot_name.partition("[")[2].removesuffix("]")

    @classmethod
    def matches_test_location(cls, *, test_location: PyTestLocation, snapshot_location: str) -> bool:
        return Path(snapshot_location).is_relative_to(SNAPSHOTS)

    def owns_snapshot_collection(self, *, filepath: str, test_location: PyTestLocation) -> bool:
        return self.is_snapshot_location(location=filepath)

    def read_snapshot_collection(self, *, snapshot_location: str) -> SnapshotCollection:
        name = Path(snapshot_location).relative_to(SNAPSHOTS).with_suffix("").as_posix()
        collection = SnapshotCollection(location=snapshot_location)
        collection.add(Snapshot(name=f"test_snapshot[{name}]"))
        return collection
