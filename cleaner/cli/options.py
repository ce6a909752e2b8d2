"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, TypeAlias

import typer

from cleaner.config import Extractor, Scorer

RULES = "What is removed"
OUTPUT = "What is written"
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
Config: TypeAlias = Annotated[
    Path | None,
    typer.Option(
        metavar="FILE",
        help="Settings; otherwise the closest clean.toml, or pyproject.toml with [tool.clean].",
        rich_help_panel=MESSAGES,
    ),
]
