"""RAW and OUT must not get in each other's way: raw files are never touched."""

from __future__ import annotations

from pathlib import Path

from cleaner.batch.inputs import STATE_FOLDER
from cleaner.model import ConfigError


def check(raw: Path, out: Path) -> None:
    """Refuse a folder OUT from which raw files could be overwritten."""
    if out.exists() and not out.is_dir():
        raise ConfigError(f"{out} is a file; OUT must be a folder")
    outputs, inputs = out.resolve(), raw.resolve()
    if outputs == inputs:
        raise ConfigError(f"OUT is RAW ({raw}): the raw files would be overwritten; name another folder")
    if raw.is_file() and inputs.parent == outputs:
        raise ConfigError(f"OUT is the folder of {raw}, which would be overwritten; name another folder")
    if raw.is_dir() and inputs.is_relative_to(outputs):
        raise ConfigError(f"RAW lies in OUT ({out}): raw files could be overwritten; name another folder")
    foreign = out.is_dir() and any(out.iterdir()) and not (out / STATE_FOLDER).is_dir()
    if outputs.is_relative_to(inputs) and foreign:
        raise ConfigError(f"{out} lies in RAW and holds files that no run wrote; name another folder")
