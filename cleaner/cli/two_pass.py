"""``clean run --two-pass``: count first, then clean with the counts."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.errors import say
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.config import Settings


def counted_first(raw: str, settings: Settings, *, quiet: bool) -> Settings:
    """Count the lines of RAW, and give the settings of a run with these counts beside those that it has."""
    from cleaner.cli import learn
    from cleaner.corpus.counting import LineCounter

    source = Path(raw)
    if not source.is_dir():
        raise ConfigError("--two-pass compares the pages of a folder, and RAW is none; --frequencies takes a file")
    counter = LineCounter()
    skipped = learn.count([source], counter, extensions=settings.extension, max_size=settings.max_size)
    folder = Path(tempfile.mkdtemp(prefix="clean-frequencies-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    learn.write(counter, folder / "frequencies")
    if not quiet:
        say(learn.told(counter, skipped))
    return replace(settings, frequencies=(*settings.frequencies, folder / "frequencies"))
