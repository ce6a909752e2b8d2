"""``clean retry``: try again what is in quarantine."""

from __future__ import annotations

from typing import Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.logs import LogFormat
from cleaner.model import ConfigError

EXAMPLES = examples(
    [
        ("clean retry out/", "with the settings of the last run"),
        ("clean retry out/ --time-limit 300 --memory-limit 16000", "with more patience"),
    ]
)


def retry(
    out: Annotated[str, typer.Argument(metavar="OUT", help="A folder that clean run wrote, or its address.")],
    max_size: options.MaxSize = None,
    time_limit: options.TimeLimit = None,
    memory_limit: options.MemoryLimit = None,
    jobs: options.Jobs = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    log_format: options.LogFormatOption = LogFormat.TEXT,
) -> None:
    """Do the last run again, with its settings: what is in quarantine, and what has changed since.

    A file of many documents of which one is in quarantine is done again as a whole.
    """
    from cleaner.batch.manifest import MANIFEST, Manifest
    from cleaner.batch.storage import outputs_at
    from cleaner.cli import targets
    from cleaner.cli.planning import carry_out, plan_of, settings_noted

    with outputs_at(out, wanted=lambda name: name == MANIFEST) as outputs:
        file = outputs.state / MANIFEST
        if not file.is_file():
            raise ConfigError(f"{out}: no notes of a run are here (of runs with --shard, clean merge makes them)")
        with Manifest(file, readonly=True) as manifest:
            runs = [run for run in manifest.runs() if run.settings]
    if not runs:
        raise ConfigError(f"{out}: its notes do not say how it was run; clean run RAW {out} does it again")
    settings, raw, url, two_pass = settings_noted(runs[-1].settings)
    given = {"max_size": max_size, "time_limit": time_limit, "memory_limit": memory_limit, "jobs": jobs}
    settings = settings.over(given)
    target = targets.choose(raw, out, settings, dry=False, diff=False, piped=None)
    plan = plan_of(settings, raw, target, url=url, retry=True, two_pass=two_pass, quiet=quiet)
    raise typer.Exit(carry_out(plan, target, quiet=quiet, verbose=verbose, log_format=log_format))
