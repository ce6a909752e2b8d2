"""Where outputs go."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from cleaner.batch.writing import OutputError
from cleaner.cli import targets
from cleaner.config import Settings

FULL = Path("/dev/full")


@pytest.mark.skipif(not FULL.exists(), reason="Linux has a device that is always full")
def test_a_full_disk_behind_stdout_is_told_in_a_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "a.txt"
    page.write_text("A story.")
    with FULL.open("w") as stdout:
        monkeypatch.setattr(sys, "stdout", stdout)
        target = targets.choose(str(page), "-", Settings(), dry=False, diff=False, piped=None)
        assert target.write is not None
        target.write(b"A story.")
        with pytest.raises(OutputError, match="cannot write to stdout: No space left"):
            target.finish()
