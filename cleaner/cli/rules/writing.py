"""Where rule files go that a command makes, and how they are written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.rules.listing import short
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.config import Settings

DEFAULT_FOLDER = Path("rules")
"""Where files go if no folder of rules is named."""


def folder_for(settings: Settings) -> Path:
    """Give the folder that new files go to: the last that is named."""
    folder = settings.rules[-1] if settings.rules else DEFAULT_FOLDER
    if folder.is_file():
        raise ConfigError(f"{folder} is a file; name a folder with --rules")
    return folder


def refuse_to_replace(file: Path, *, force: bool) -> None:
    """Refuse to write over a file, unless with --force."""
    if file.exists() and not force:
        raise ConfigError(f"{short(str(file))} is there already; --force writes over it")


def save(file: Path, text: str) -> None:
    """Write a file, whole or not at all."""
    from cleaner.batch.writing import write_atomically

    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(file, text.encode(), scratch=file.parent)
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror or error}") from None
