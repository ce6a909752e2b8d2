"""``clean run``: clean a folder, a file, or what comes in on stdin."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import options, targets
from cleaner.cli.commands import examples
from cleaner.cli.logs import LogFormat
from cleaner.config import Container, Engine, Format
from cleaner.model import ConfigError

EXAMPLES = examples(
    [
        ("clean run raw/ out/", "mirror a folder"),
        ("clean run raw/ out/ --format json", "text, metadata and edits of each document"),
        ("clean run raw/ - --format jsonl | ingest", "straight into the next step"),
        ("clean run crawl/ out/ --format parquet", "WARC, JSON Lines, Parquet and pages, as Parquet"),
        ("zcat docs.jsonl.gz | clean run - --input jsonl", "records through a pipe; other fields pass"),
        ("clean run s3://bucket/raw s3://bucket/out", "from and to where fsspec reaches"),
        ("clean run raw/ out/ --shard 3/8", "one part of eight; then: clean merge out/"),
        ("clean run page.txt -", "one page, to the terminal"),
        ("clean run page.html page.md --format md --links", "HTML as Markdown, with its links"),
        ("curl -s ... | clean run - --url https://...", "as a filter"),
        ("clean run raw/ --diff | less", "look first, write nothing"),
    ]
)


def run(
    raw: Annotated[str, typer.Argument(metavar="RAW", help="A folder, a file, an address, or - for stdin.")],
    out: Annotated[
        str | None,
        typer.Argument(metavar="OUT", help="A folder or its address; a file, if RAW is one; or - for stdout."),
    ] = None,
    format: Annotated[  # noqa: A002 - the option's name
        Format | None,
        typer.Option(
            metavar="FORMAT",
            help="same (names and markup as they came; HTML as txt), txt, md, json, or jsonl or parquet (many "
            "documents in a file).",
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
    compression: options.CompressionOption = None,
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
    prune: options.Prune = False,
    input_: Annotated[
        Container | None,
        typer.Option(
            "--input",
            metavar="KIND",
            help="What stdin holds, if not one document: jsonl or warc.",
            rich_help_panel=options.RECORDS,
        ),
    ] = None,
    text_field: options.TextField = None,
    html_field: options.HtmlField = None,
    id_field: options.IdField = None,
    url_field: options.UrlField = None,
    rules: options.Rules = None,
    only: options.Only = None,
    skip: options.Skip = None,
    site: options.Site = None,
    url: options.Url = None,
    max_removed: options.MaxRemoved = None,
    fix_mojibake: options.FixMojibake = None,
    extractor: options.ExtractorOption = None,
    scorer: options.ScorerOption = None,
    frequencies: options.FrequenciesOption = None,
    two_pass: options.TwoPass = False,
    jobs: options.Jobs = None,
    engine: Annotated[
        Engine | None,
        typer.Option(
            metavar="NAME", help="local (processes of this machine) or ray.", rich_help_panel=options.SPREADING
        ),
    ] = None,
    ray_address: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS", help="The Ray cluster; a new one here if not said.", rich_help_panel=options.SPREADING
        ),
    ] = None,
    shard: Annotated[
        str | None,
        typer.Option(
            metavar="I/N",
            help="Do part I of N, or auto in a job array; afterwards: clean merge.",
            rich_help_panel=options.SPREADING,
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
    max_size: options.MaxSize = None,
    time_limit: options.TimeLimit = None,
    memory_limit: options.MemoryLimit = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
    log_format: options.LogFormatOption = LogFormat.TEXT,
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

    Files of many documents (.jsonl, .parquet, .warc, .wet; also .gz, .zst, .bz2, .xz) are read record by
    record, and become files of the same kind, archives JSON Lines. Each run keeps its notes in OUT/_clean: see
    clean status, clean retry, clean restore.
    """  # noqa: D301
    import os

    from cleaner import config as configuration
    from cleaner.cli.planning import carry_out, plan_of

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
            "frequencies": tuple(frequencies or ()),
            "links": links,
            "extension": tuple(extension or ()),
            "time_limit": time_limit,
            "max_size": max_size,
            "memory_limit": memory_limit,
            "compression": compression,
            "text_field": text_field,
            "html_field": html_field,
            "id_field": id_field,
            "url_field": url_field,
            "engine": engine,
            "ray_address": ray_address,
        }
    )
    if prune and (dry_run or diff):
        raise typer.BadParameter("--prune removes outputs, and nothing is to be written; clean status lists them")
    if prune and shard is not None:
        raise typer.BadParameter("parts do not know of each other's outputs: clean merge OUT --prune")
    target = targets.choose(raw, out, settings, dry=dry_run, diff=diff, piped=input_)
    if url is not None and raw != targets.STANDARD and not Path(raw).is_file():
        raise ConfigError("--url is the address of one page, and RAW is a folder; --site names a site")
    if prune and (target.folder is None or target.file):
        raise ConfigError("--prune needs a folder for OUT")
    part = None
    if shard is not None:
        from cleaner.batch.parts import part_of

        if target.folder is None or target.file:
            raise ConfigError("--shard needs a folder for OUT, the same for every part")
        part = part_of(shard, os.environ)
    plan = plan_of(
        settings,
        raw,
        target,
        url=url,
        dry=dry_run,
        diff=diff,
        force=force,
        prune=prune,
        piped=input_,
        part=part,
        two_pass=two_pass,
        quiet=quiet,
    )
    raise typer.Exit(carry_out(plan, target, quiet=quiet, verbose=verbose, log_format=log_format))
