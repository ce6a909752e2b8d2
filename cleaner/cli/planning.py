"""From settings to the plan of a run, and a run watched from its begin to its exit code."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleaner.cli import targets
from cleaner.cli.errors import ExitCode, say
from cleaner.cli.logs import LogFormat, event
from cleaner.config import Container, Engine, Format, Settings
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.batch.parts import Part
    from cleaner.batch.run import Plan, Run, Summary


def plan_of(
    settings: Settings,
    raw: str,
    target: targets.Target,
    *,
    url: str | None = None,
    dry: bool = False,
    diff: bool = False,
    force: bool = False,
    retry: bool = False,
    prune: bool = False,
    piped: Container | None = None,
    part: Part | None = None,
    two_pass: bool = False,
    quiet: bool = False,
) -> Plan:
    """Put together what a run does; one of ``two_pass`` counts the lines of RAW right away."""
    from cleaner.batch.cleaners import CleanerOptions
    from cleaner.batch.crew import Setup
    from cleaner.batch.document import Output
    from cleaner.batch.records import Fields
    from cleaner.batch.run import Plan
    from cleaner.batch.storage import LocalOutputs, is_distant
    from cleaner.cli.two_pass import counted_first

    noted = _noted(settings, raw, url, target.format, two_pass=two_pass)
    if two_pass:
        settings = counted_first(raw, target, settings, looks=dry or diff, quiet=quiet)
    source: Any = raw if is_distant(raw) else Path(raw)
    if raw == targets.STANDARD:
        source = sys.stdin.buffer if piped is not None else _stdin(settings.max_size)
    local = target.folder if isinstance(target.folder, Path) else None
    if settings.engine is Engine.RAY and target.folder is None:
        raise ConfigError("--engine ray needs a folder for OUT that every machine reaches")
    shares_files = target.format in (Format.JSONL, Format.PARQUET)
    label = part.label if part is not None else ""
    scratch = LocalOutputs(local, label).state / "scratch" if local is not None else None
    return Plan(
        raw=source,
        out=target.folder,
        file=target.file,
        write=target.write,
        container=piped,
        setup=Setup(
            make_cleaner=CleanerOptions.of(settings).make,
            output=Output(
                folder=None if shares_files else local,
                fields=Fields(settings.text_field, settings.html_field, settings.id_field, settings.url_field),
                format=target.format,
                meta=settings.meta,
                links=settings.links,
                diff=diff,
                dry=dry,
                distant=isinstance(target.folder, str),
                audit=target.folder is not None and not target.file,
                scratch=scratch,
            ),
            url=url,
            max_size=settings.max_size,
            memory_limit=settings.memory_limit,
        ),
        jobs=settings.jobs or _cores(),
        time_limit=settings.time_limit,
        extensions=settings.extension,
        compression=settings.compression,
        force=force,
        retry=retry,
        prune=prune,
        part=part,
        engine=settings.engine,
        ray_address=settings.ray_address,
        settings=noted,
    )


_PATHS = ("rules", "frequencies")
"""Settings that are paths, which must mean the same from another folder."""


def _noted(settings: Settings, raw: str, url: str | None, format: Format, *, two_pass: bool) -> dict[str, Any]:  # noqa: A002
    """Write settings down for the manifest, so that ``clean retry`` can go on by them."""
    from cleaner.batch.storage import is_distant

    known: dict[str, Any] = asdict(settings)
    known |= {name: [str(path.resolve()) for path in known[name]] for name in _PATHS}
    known["format"] = str(format)
    place = raw if is_distant(raw) or raw == targets.STANDARD else str(Path(raw).resolve())
    return {**known, "raw": place, "url": url, "two_pass": two_pass}


def settings_noted(known: dict[str, Any]) -> tuple[Settings, str, str | None, bool]:
    """Read settings back from a manifest, with RAW, the address, and whether lines were counted first."""
    from cleaner.config import Compression, Extractor, Scorer

    names = {field.name for field in fields(Settings)}
    raw, url, two_pass = known["raw"], known["url"], known["two_pass"]
    values = {name: value for name, value in known.items() if name in names}
    kinds = {"format": Format, "extractor": Extractor, "scorer": Scorer, "engine": Engine, "compression": Compression}
    for name in kinds.keys() & values.keys():
        values[name] = None if values[name] is None else kinds[name](values[name])
    for name, value in values.items():
        if isinstance(value, list):
            values[name] = tuple(map(Path, value)) if name in _PATHS else tuple(value)
    return Settings(**values), raw, url, two_pass


def _stdin(max_size: float) -> bytes:
    """Read stdin, and just so much more than the limit that it shows."""
    return sys.stdin.buffer.read(int(max_size * 1_000_000) + 1)


def _cores() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def carry_out(plan: Plan, target: targets.Target, *, quiet: bool, verbose: bool, log_format: LogFormat) -> ExitCode:
    """Run the plan, with the progress and the summary that fit the place they are shown in."""
    from cleaner.batch.run import Run
    from cleaner.cli.progress import watch
    from cleaner.cli.summary import figures, show

    run = Run(plan)
    with (
        _stopped_by_signals(run),
        watch(run, quiet=quiet, verbose=verbose, alone=not target.on_terminal, log=log_format),
    ):
        summary = run.go()
    in_json = log_format is LogFormat.JSON
    for warning in summary.warnings:
        event("warning", message=warning) if in_json else say(f"clean: {warning}")
    if summary.interrupted and not in_json:
        say("Interrupted. Outputs that are finished are kept: the same command goes on from here.")
    one_on_stdout = target.write is not None and not (isinstance(plan.raw, Path) and plan.raw.is_dir())
    if in_json:
        event("summary", **figures(summary))
    elif not quiet:
        show(summary, plan, brief=one_on_stdout and not verbose)
    if not summary.interrupted:
        target.finish()
    return _exit_code(summary)


def _exit_code(summary: Summary) -> ExitCode:
    from cleaner.batch.outcome import GUARD, Kind

    if summary.interrupted:
        return ExitCode.INTERRUPTED
    if summary.warnings:
        return ExitCode.MISTAKE
    if summary.tally.kinds[Kind.QUARANTINED] or summary.tally.flags[GUARD]:
        return ExitCode.ATTENTION
    return ExitCode.FINE


@contextmanager
def _stopped_by_signals(run: Run) -> Iterator[None]:
    """Let an interrupt, or a word to terminate, end the run after the documents at hand; a second one at once."""
    asked = False

    def stop(*_: object) -> None:
        nonlocal asked
        if asked:
            raise KeyboardInterrupt
        asked = True
        run.stop()

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
