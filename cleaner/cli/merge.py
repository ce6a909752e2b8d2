"""``clean merge``: put the parts of a run together."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import say
from cleaner.model import ConfigError

EXAMPLES = examples([("clean merge out/", "after every clean run raw/ out/ --shard I/N")])


def merge(
    out: Annotated[str, typer.Argument(metavar="OUT", help="The folder that all parts wrote to, or its address.")],
    prune: options.Prune = False,
) -> None:
    """Put the notes of runs with --shard together: manifest, report, edits and what was left out.

    The outputs are where they are. Afterwards OUT is as if one run had written it.
    """
    from cleaner.batch.merging import merge as merged
    from cleaner.batch.storage import is_distant

    if not is_distant(out) and not Path(out).is_dir():
        raise ConfigError(f"{out}: no such folder")
    runs, leftovers = merged(out, prune=prune)
    say(f"{len(runs)} parts merged; clean status {out} tells of them")
    if leftovers.left:
        say(f"{leftovers.left:,} outputs are left over from inputs that are gone or left out now; --prune removes them")
    if leftovers.pruned:
        say(f"{leftovers.pruned:,} outputs that were left over are removed")
