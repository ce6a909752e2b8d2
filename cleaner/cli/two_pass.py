"""``clean run --two-pass``: count first, then clean with the counts."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.errors import say
from cleaner.cli.targets import STANDARD
from cleaner.config import Engine
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.cli.targets import Target
    from cleaner.config import Settings

FREQUENCIES = "frequencies"
"""The file of counts among the notes of a run."""


def counted_first(raw: str, target: Target, settings: Settings, *, looks: bool, quiet: bool) -> Settings:
    """Count the lines of RAW, and give the settings of a run with these counts beside those that it has.

    The counts lie among the notes in OUT, where clean retry and the workers of other machines find them; or in a
    temporary folder, where OUT is no folder of this machine or nothing is to be written: ``looks``.
    """
    from cleaner.cli import learn
    from cleaner.corpus.counting import LineCounter

    _refuse(raw, target, settings)
    folder = target.folder if isinstance(target.folder, Path) and not target.file else None
    counter = LineCounter()
    skipped = learn.count([raw], counter, settings, avoid=folder)
    file = (_temporary() if folder is None or looks else _notes(folder)) / FREQUENCIES
    learn.write(counter, file)
    if not quiet:
        say(learn.told(counter, skipped))
    return replace(settings, frequencies=(*settings.frequencies, file))


def _refuse(raw: str, target: Target, settings: Settings) -> None:
    from cleaner.batch.readers import container_of

    if raw == STANDARD:
        raise ConfigError(
            "--two-pass reads RAW twice, and stdin can be read only once; save it to a file, and name that"
        )
    if Path(raw).is_file() and container_of(raw) is None:
        raise ConfigError("--two-pass compares the pages of a site, and RAW is one page; --frequencies takes counts")
    if settings.engine is Engine.RAY and not isinstance(target.folder, Path):
        raise ConfigError(
            "--two-pass puts its counts into OUT, and Ray's workers cannot read them at an address: "
            "count with clean learn, and name the file with --frequencies where all of them reach it"
        )


def _notes(out: Path) -> Path:
    from cleaner.batch.inputs import STATE_FOLDER

    return out.resolve() / STATE_FOLDER


def _temporary() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="clean-frequencies-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
