"""``clean run``: clean a folder, a file, or what comes in on stdin."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options, targets
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.config import DEFAULT_MAX_SIZE, DEFAULT_TIME_LIMIT, Format
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.batch.run import Plan, Summary
    from cleaner.config import Settings


EXAMPLES = examples(
    [
        ("clean run raw/ out/", "mirror a folder"),
        ("clean run raw/ out/ --format json", "text, metadata and edits of each document"),
        ("clean run raw/ - --format jsonl | ingest", "straight into the next step"),
        ("clean run page.txt -", "one page, to the terminal"),
        ("clean run page.html page.md --format md --links", "HTML as Markdown, with its links"),
        ("curl -s ... | clean run - --url https://...", "as a filter"),
        ("clean run raw/ --diff | less", "look first, write nothing"),
    ]
)


def run(
    raw: Annotated[str, typer.Argument(metavar="RAW", help="A folder, a file, or - for stdin.")],
    out: Annotated[
        str | None, typer.Argument(metavar="OUT", help="A folder; a file, if RAW is one; or - for stdout.")
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option(
            metavar="FORMAT",
            help="same (names and markup as they came; HTML as txt), txt, md, json, or jsonl (one file for all).",
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    meta: Annotated[
        bool | None,
        typer.Option(
            "--meta",
            help="Write metadata and edits beside each text, as NAME.meta.json; with md, front matter too.",
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    links: Annotated[
        bool | None,
        typer.Option(
            "--links",
            help="Keep the targets of links where HTML is written as Markdown.",
            rich_help_panel=options.OUTPUT,
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Clean, but write nothing.", rich_help_panel=options.OUTPUT)
    ] = False,
    diff: Annotated[
        bool,
        typer.Option(
            "--diff", help="Print what would change as a diff; write nothing.", rich_help_panel=options.OUTPUT
        ),
    ] = False,
    force: Annotated[
        bool,
        typer.Option("--force", help="Clean unchanged inputs again, too.", rich_help_panel=options.OUTPUT),
    ] = False,
    rules: options.Rules = None,
    only: options.Only = None,
    skip: options.Skip = None,
    site: options.Site = None,
    url: options.Url = None,
    max_removed: options.MaxRemoved = None,
    fix_mojibake: options.FixMojibake = None,
    extractor: options.ExtractorOption = None,
    scorer: options.ScorerOption = None,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            "-j",
            metavar="N",
            help="Processes that clean side by side; one per core if not said.",
            rich_help_panel=options.LIMITS,
        ),
    ] = None,
    extension: Annotated[
        list[str] | None,
        typer.Option(
            metavar="EXT",
            help="Clean only files that end so (txt). May be repeated.",
            rich_help_panel=options.LIMITS,
        ),
    ] = None,
    max_size: Annotated[
        float | None,
        typer.Option(
            metavar="MB",
            help=f"Quarantine larger documents; {DEFAULT_MAX_SIZE:g} if not said.",
            rich_help_panel=options.LIMITS,
        ),
    ] = None,
    time_limit: Annotated[
        float | None,
        typer.Option(
            metavar="SECONDS",
            help=f"Quarantine documents that take longer; {DEFAULT_TIME_LIMIT:g} if not said.",
            rich_help_panel=options.LIMITS,
        ),
    ] = None,
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but errors.", rich_help_panel=options.MESSAGES)
    ] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", "-v", help="Tell of every input.", rich_help_panel=options.MESSAGES)
    ] = False,
    config: options.Config = None,
) -> None:
    """Clean a folder of raw text, Markdown and HTML, one file, or stdin.

    Raw files are never touched. Outputs mirror the names of the inputs, and inputs that did not change
    since the last run are passed over. Every input ends up as exactly one of:

    \b
    cleaned      its output was written, whether or not there was anything to remove
    unchanged    neither it nor the rules nor the options changed since an earlier run
    skipped      no text document, or not one that was asked for
    quarantined  it should have been cleaned and could not be; nothing was written for it
    """  # noqa: D301
    from cleaner import config as configuration

    if quiet and verbose:
        raise typer.BadParameter("--quiet and --verbose exclude each other")
    settings = configuration.load(Path.cwd(), config).over(
        {
            "rules": tuple(rules or ()),
            "format": format,
            "meta": meta,
            "jobs": jobs,
            "only": tuple(only or ()),
            "skip": tuple(skip or ()),
            "site": site,
            "max_removed": max_removed,
            "fix_mojibake": fix_mojibake,
            "extractor": extractor,
            "scorer": scorer,
            "links": links,
            "extension": tuple(extension or ()),
            "time_limit": time_limit,
            "max_size": max_size,
        }
    )
    target = targets.choose(raw, out, settings, dry=dry_run, diff=diff)
    plan = _plan(settings, raw, target, url=url, dry=dry_run, diff=diff, force=force)
    with _terminated_as_interrupted():
        summary = _watched(plan, target, quiet=quiet, verbose=verbose)
    if not summary.interrupted:
        target.finish()
    raise typer.Exit(_exit_code(summary))


def _plan(
    settings: Settings,
    raw: str,
    target: targets.Target,
    *,
    url: str | None,
    dry: bool,
    diff: bool,
    force: bool,
) -> Plan:
    from cleaner.batch.cleaners import CleanerOptions
    from cleaner.batch.crew import Setup
    from cleaner.batch.document import Output
    from cleaner.batch.run import Plan

    source = Path(raw)
    if url is not None and raw != targets.STANDARD and source.is_dir():
        raise ConfigError("--url is the address of one page, and RAW is a folder; --site names a site")
    writes_files = target.folder is not None and settings.format is not Format.JSONL
    return Plan(
        raw=_stdin(settings.max_size) if raw == targets.STANDARD else source,
        out=target.folder,
        write=target.write,
        setup=Setup(
            make_cleaner=CleanerOptions.of(settings).make,
            output=Output(
                folder=target.folder if writes_files else None,
                format=settings.format,
                meta=settings.meta,
                links=settings.links,
                diff=diff,
                dry=dry,
            ),
            url=url,
            max_size=settings.max_size,
        ),
        jobs=settings.jobs or _cores(),
        time_limit=settings.time_limit,
        extensions=settings.extension,
        force=force,
    )


def _stdin(max_size: float) -> bytes:
    """Read stdin, and just so much more than the limit that it shows."""
    return sys.stdin.buffer.read(int(max_size * 1_000_000) + 1)


def _cores() -> int:
    import os

    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _watched(plan: Plan, target: targets.Target, *, quiet: bool, verbose: bool) -> Summary:
    """Run the plan, with the progress and the summary that fit the place they are shown in."""
    from cleaner.batch.run import Run
    from cleaner.cli.progress import watch
    from cleaner.cli.summary import show

    with watch(plan, quiet=quiet, verbose=verbose, alone=not target.on_terminal) as notice:
        summary = Run(plan, notice).go()
    for warning in summary.warnings:
        say(f"clean: {warning}")
    if summary.interrupted:
        say("Interrupted. What is done is kept: the same command goes on from here.")
    one_on_stdout = target.write is not None and not (isinstance(plan.raw, Path) and plan.raw.is_dir())
    if not quiet:
        show(summary, plan, brief=one_on_stdout and not verbose)
    return summary


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
def _terminated_as_interrupted() -> Iterator[None]:
    """End a run that is told to terminate as cleanly as one that is interrupted."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
