"""The notes of runs."""

from __future__ import annotations

from pathlib import Path

from cleaner.batch.manifest import MANIFEST, PATIENCE, Manifest


def test_a_run_waits_for_those_who_read_its_notes(tmp_path: Path) -> None:
    with Manifest(tmp_path / MANIFEST) as notes:
        (patience,) = notes._db.execute("PRAGMA busy_timeout").fetchone()
    assert patience == PATIENCE * 1000 > 600_000
