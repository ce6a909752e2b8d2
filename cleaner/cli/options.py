"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from cleaner.cli.logs import LogFormat
from cleaner.config import (
    DEFAULT_MAX_SIZE,
    DEFAULT_MEMORY_LIMIT,
    DEFAULT_TIME_LIMIT,
    Compression,
    Extractor,
    Scorer,
)

RULES = "What is removed"
OUTPUT = "What is written"
RECORDS = "Records"
SPREADING = "Spreading the work"
LIMITS = "Limits"
MESSAGES = "Messages"

Rules: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Folder with rule files of your own, laid over the built-in ones. May be repeated.",
        rich_help_panel=RULES,
    ),
]
RulesInto: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--rules",
        metavar="DIR",
        help="Folder of your rule files: what is made goes there, as sites/HOST.toml (of several, to the last);"
        " otherwise that of clean.toml, or rules/.",
        rich_help_panel=OUTPUT,
    ),
]
Only: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="NAME",
        help="Apply only this heuristic, rule file or rule. May be repeated.",
        rich_help_panel=RULES,
    ),
]
Skip: TypeAlias = Annotated[
    list[str] | None,
    typer.Option(
        "--skip",
        metavar="NAME",
        help="Do without this heuristic, rule file or rule. May be repeated.",
        rich_help_panel=RULES,
    ),
]
Site: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="HOST", help="The site that the pages are from.", rich_help_panel=RULES),
]
Url: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="URL", help="The address of the page; for one document.", rich_help_panel=RULES),
]
MaxRemoved: TypeAlias = Annotated[
    float | None,
    typer.Option(
        metavar="SHARE",
        help="Keep and flag a document that would lose more than this share (0 to 1) of its prose.",
        rich_help_panel=RULES,
    ),
]
FixMojibake: TypeAlias = Annotated[
    bool | None,
    typer.Option(
        "--fix-mojibake",
        help="Undo a wrong decoding that happened before (Ã© for é).",
        rich_help_panel=RULES,
    ),
]
ExtractorOption: TypeAlias = Annotated[
    Extractor | None,
    typer.Option(
        "--extractor",
        metavar="NAME",
        help="What finds the article on an HTML page: blocks (rules and heuristics), trafilatura, or auto.",
        rich_help_panel=RULES,
    ),
]
ScorerOption: TypeAlias = Annotated[
    Scorer | None,
    typer.Option(
        "--scorer",
        metavar="on|off",
        help="Whether the learned line scorer decides where rules and heuristics do not.",
        rich_help_panel=RULES,
    ),
]
FrequenciesOption: TypeAlias = Annotated[
    list[Path] | None,
    typer.Option(
        "--frequencies",
        metavar="FILE",
        help="Drop what recurs on many pages of a site, by the counts of clean learn. May be repeated.",
        rich_help_panel=RULES,
    ),
]
TwoPass: TypeAlias = Annotated[
    bool,
    typer.Option("--two-pass", help="Count what recurs in RAW first, then clean it so.", rich_help_panel=RULES),
]
Config: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Settings; otherwise the closest clean.toml, or pyproject.toml with [tool.clean].",
        rich_help_panel=MESSAGES,
    ),
]
CompressionOption: TypeAlias = Annotated[
    Compression | None,
    typer.Option(
        "--compression",
        metavar="KIND",
        help="Of JSON Lines: gz, zst, bz2, xz or none; that of the input if not said.",
        rich_help_panel=OUTPUT,
    ),
]
Prune: TypeAlias = Annotated[
    bool,
    typer.Option(
        "--prune",
        help="Remove outputs of inputs that are gone or left out now; clean status lists them.",
        rich_help_panel=OUTPUT,
    ),
]
TextField: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Field of records with their text (text).", rich_help_panel=RECORDS),
]
HtmlField: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Field with their HTML, where there is no text (html).", rich_help_panel=RECORDS),
]
IdField: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Field that names them (id).", rich_help_panel=RECORDS),
]
UrlField: TypeAlias = Annotated[
    str | None,
    typer.Option(metavar="NAME", help="Field with their address, which chooses rules (url).", rich_help_panel=RECORDS),
]
Jobs: TypeAlias = Annotated[
    int | None,
    typer.Option(
        "--jobs",
        "-j",
        metavar="N",
        help="Processes that clean side by side; one per core if not said.",
        rich_help_panel=SPREADING,
    ),
]
MaxSize: TypeAlias = Annotated[
    float | None,
    typer.Option(
        metavar="MB",
        help=f"Quarantine larger documents; {DEFAULT_MAX_SIZE:g} if not said.",
        rich_help_panel=LIMITS,
    ),
]
TimeLimit: TypeAlias = Annotated[
    float | None,
    typer.Option(
        metavar="SECONDS",
        help=f"Quarantine documents that take longer; {DEFAULT_TIME_LIMIT:g} if not said.",
        rich_help_panel=LIMITS,
    ),
]
MemoryLimit: TypeAlias = Annotated[
    float | None,
    typer.Option(
        metavar="MB",
        help=f"Quarantine documents that take more memory; {DEFAULT_MEMORY_LIMIT:g} if not said.",
        rich_help_panel=LIMITS,
    ),
]
Quiet: TypeAlias = Annotated[
    bool, typer.Option("--quiet", "-q", help="Say nothing but errors.", rich_help_panel=MESSAGES)
]
Verbose: TypeAlias = Annotated[
    bool, typer.Option("--verbose", "-v", help="Tell of every input.", rich_help_panel=MESSAGES)
]
LogFormatOption: TypeAlias = Annotated[
    LogFormat,
    typer.Option("--log-format", metavar="text|json", help="How messages are written.", rich_help_panel=MESSAGES),
]
