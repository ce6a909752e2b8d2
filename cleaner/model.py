"""The values that pass between stages: proposals, edits, documents, and the errors.

This module imports nothing of ours, so every other module may import it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum
from typing import Any, Literal, TypeAlias

Field: TypeAlias = Literal["title", "author", "date", "section", "url"]
Markup: TypeAlias = Literal["text", "markdown", "html"]
BlockKind: TypeAlias = Literal["paragraph", "heading", "item", "quote", "code", "row", "term", "definition"]


class Rank(IntEnum):
    """How much a proposal's source is trusted: where two disagree about a line, the higher rank decides."""

    SCORER = 0
    HEURISTIC = 1
    GENERIC = 2
    PLATFORM = 3
    HOST = 4
    PATH = 5


@dataclass(frozen=True, slots=True)
class Drop:
    """Remove whole lines. ``rows`` are row numbers of the page."""

    rows: Sequence[int]
    reason: str


@dataclass(frozen=True, slots=True)
class Keep:
    """Protect whole lines from removal. ``rows`` are row numbers of the page."""

    rows: Sequence[int]
    reason: str


@dataclass(frozen=True, slots=True)
class Replace:
    """Replace the characters ``start:end`` of the page's text, inside one line; an empty one removes them."""

    start: int
    end: int
    replacement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Capture:
    """Read a metadata value off the page. The text stays; a capture that drops its line says so with a Drop."""

    field: Field
    value: str
    reason: str


Action: TypeAlias = Drop | Keep | Replace | Capture


@dataclass(frozen=True, slots=True)
class Proposal:
    """An action, with the rule that wants it (``heuristics/share-bar``, ``anews.az/fx-ticker``) and its rank."""

    rule: str
    rank: Rank
    action: Action


@dataclass(frozen=True, slots=True)
class Edit:
    """One change to the decoded text: its characters ``start:end``, which read ``removed``, became ``replacement``.

    ``rule`` names what wanted it and ``reason`` says why. Edits of a document are sorted and do not overlap.
    """

    start: int
    end: int
    replacement: str
    rule: str
    reason: str
    removed: str


@dataclass(frozen=True, slots=True)
class Flag:
    """Something a reviewer should know of a document: ``name`` is stable, ``detail`` is for people."""

    name: str
    detail: str


@dataclass(frozen=True, slots=True)
class Link:
    """A link in a document: its text is the characters ``start:end`` of the document's text."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A line of a document that was HTML, with its part in the structure: characters ``start:end`` of the text.

    A list item includes its mark (``- ``, ``1. ``), the row of a table the bars between its cells. Code is a
    block for each line.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    """Level of a heading (1 to 6), depth of a list item (from 1), or the number of the code or table it is part of."""
    links: tuple[Link, ...] = ()
    header: bool = False
    """The row is a table's header."""


@dataclass(frozen=True, slots=True)
class Document:
    """A cleaned document: its text, its metadata, and every edit that led from the decoded input to the text."""

    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    """ISO 8601, as precise as the page: ``2023-07-12`` or ``2023-07-12T14:00:00``."""
    url: str | None = None
    site: str | None = None
    platform: str | None = None
    section: str | None = None
    modified: str | None = None
    """ISO 8601, when the page says that it was changed after it was published."""
    site_name: str | None = None
    description: str | None = None
    image: str | None = None
    language: str | None = None
    """ISO 639-1 code."""
    markup: Markup = "text"
    """What the input was; of HTML the text is what a reader sees."""
    encoding: str | None = None
    edits: tuple[Edit, ...] = ()
    flags: tuple[Flag, ...] = ()
    rule_files: tuple[str, ...] = ()
    """Ids of the rule files that were for the document, whether or not one of their rules found anything."""
    blocks: tuple[Block, ...] = ()
    """The structure of the text where the input was HTML; empty otherwise."""

    def restore(self) -> str:
        """Give back the decoded input, rebuilt from the cleaned text and the edits alone.

        Of HTML that is the page's rendered text: what a reader sees of it.
        """
        return restore(self.text, self.edits)

    def to_dict(self) -> dict[str, Any]:
        """Give the document as plain values for JSON."""
        return asdict(self)


def apply(text: str, edits: Sequence[Edit]) -> str:
    """Carry out sorted, disjoint edits on the text that their offsets point into."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.replacement)
        at = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


def restore(text: str, edits: Sequence[Edit]) -> str:
    """Undo sorted, disjoint edits: the inverse of :func:`apply`."""
    pieces: list[str] = []
    at = 0  # in the edited text
    before = 0  # in the original text
    for edit in edits:
        kept = edit.start - before
        pieces += (text[at : at + kept], edit.removed)
        at += kept + len(edit.replacement)
        before = edit.end
    pieces.append(text[at:])
    return "".join(pieces)


class CleanerError(Exception):
    """Base of the errors that a user can act on; its message says what to do."""


class NotTextError(CleanerError):
    """The input is not text: a binary file, or an encoding nobody can read."""


class ConfigError(CleanerError):
    """A setting, an option or a configuration file does not fit."""


class RuleError(CleanerError):
    """A rule file, or one rule in it, does not fit: ``path:line: message``."""

    def __init__(self, path: str, line: int | None, message: str) -> None:
        self.path = path
        self.line = line
        self.message = message
        super().__init__(f"{path}:{line}: {message}" if line else f"{path}: {message}")
