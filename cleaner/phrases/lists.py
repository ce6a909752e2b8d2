"""The word lists: which families and kinds of match there are, and how a list is read."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator

Kind: TypeAlias = Literal["line", "label", "start", "end", "word", "inside"]

KINDS: tuple[Kind, ...] = ("line", "label", "start", "end", "word", "inside")
MARKS = frozenset(
    {
        "breadcrumb",
        "byline",
        "dateline-label",
        "form",
        "month",
        "section",
        "shop",
        "weather-index",
        "weekday",
    }
)
"""Families whose phrases also occur in prose or headings: a hit counts only together with other signs."""
FAMILIES = MARKS | {
    "ad-label",
    "caption-credit",
    "comments",
    "cookie-consent",
    "counter",
    "forum",
    "legal",
    "login-prompt",
    "navigation",
    "newsletter",
    "pagination",
    "paywall",
    "powered-by",
    "promo",
    "reading-widget",
    "related-news",
    "share-bar",
    "source-trailer",
    "tag-list",
}
"""Every family a word list may have; those that are no marks are noise by themselves."""
FUNCTION_WORDS = "function_words"

_FOLDER = Path(__file__).parent


class Group(NamedTuple):
    """What the phrases of one list of one language have in common."""

    language: str
    family: str
    kind: Kind


def languages() -> tuple[str, ...]:
    """Give the ISO 639-1 codes of the languages that there are lists for, sorted."""
    return tuple(sorted(path.stem for path in _FOLDER.glob("*.toml")))


def read(language: str) -> Iterator[tuple[Group, list[str]]]:
    """Yield every list of phrases of a language, but for the function words."""
    for family, kinds in tomllib.loads(_text(language)).items():
        if isinstance(kinds, dict):
            for kind, text in kinds.items():
                yield Group(language, family, kind), phrases(text)


def read_function_words(language: str) -> frozenset[str]:
    """Give a language's function words, casefolded."""
    above_tables = _text(language).partition("\n[")[0]
    return frozenset(phrases(tomllib.loads(above_tables)[FUNCTION_WORDS].casefold()))


def phrases(text: str) -> list[str]:
    """Take a list apart: a comma and a space, or a comma at the end of a line, part its phrases."""
    return text.strip().replace(",\n", ", ").split(", ")


def _text(language: str) -> str:
    return (_FOLDER / f"{language}.toml").read_text("utf-8")
