"""``clean merge``: put the parts of a run together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli.commands import examples
from cleaner.cli.errors import say
from cleaner.model import ConfigError

EXAMPLES = examples([("clean merge out/", "after every clean run raw/ out/ --shard I/N")])


def merge(out: Annotated[Path, typer.Argument(metavar="OUT", help="The folder that all parts wrote to.")]) -> None:
    """Put the notes of runs with --shard together: manifest, report, edits and what was left out.

    The outputs are where they are. Afterwards OUT is as if one run had written it.
    """
    from cleaner.batch.merging import merge as merged

    if not out.is_dir():
        raise ConfigError(f"{out}: no such folder")
    runs = merged(out)
    say(f"{len(runs)} parts merged; clean status {out} tells of them")
