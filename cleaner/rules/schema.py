"""What a rule file may say, and the values that it becomes.

A rule file is TOML. Its top keys are ``schema``, ``id``, ``use`` and ``content``; then come the tables ``[match]``,
which says for which pages the file is, ``[[drop]]``, ``[[keep]]``, ``[[replace]]`` and ``[[capture]]``, which are its
rules, and ``[[example]]``, which tests them. :mod:`cleaner.rules.json_schema` explains each key,
:mod:`cleaner.rules.syntax` what a pattern may be made of; ``docs/rules.md`` has both, and says how they work together.

A file in a folder ``platforms`` is for a platform, one called ``generic.toml`` for every page, any other for a
site. A file of a user replaces the one of the same ``id`` that comes with the package; with an ``id`` of its
own it is applied beside it. ``use`` names files that are to be applied as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

from cleaner.rules.patterns import Pattern

if TYPE_CHECKING:
    from cleaner.model import Field, Markup

SCHEMA = 1
END = "end"
CONTENT = "content"
"""The key for the article's root, and the name of the rule that it makes."""
DEFAULT_RUN = 2
"""A run is at least this many lines, where ``min`` does not say."""

Verb: TypeAlias = Literal["drop", "keep", "replace", "capture"]
Where: TypeAlias = Literal["any", "head", "body", "tail"]
Kind: TypeAlias = Literal["generic", "platform", "site"]

VERBS: tuple[Verb, ...] = ("drop", "keep", "replace", "capture")
WHERE: tuple[Where, ...] = ("any", "head", "body", "tail")
MARKUPS: tuple[Markup, ...] = ("text", "markdown", "html")
FIELDS: tuple[Field, ...] = ("title", "author", "date", "section", "url")
META = ("title", "author", "authors", "date", "section", "url", "site", "platform", "language")


@dataclass(frozen=True, slots=True)
class Lines:
    """Rows that read like one of the literals, at least ``least`` of them one after the other."""

    literals: tuple[str, ...]
    least: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    """Rows that match the pattern, at least ``least`` of them one after the other."""

    pattern: Pattern
    least: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """Rows from one that matches ``start`` to one that matches ``to``, to the end, or to a blank line."""

    start: Pattern
    to: Pattern | Literal["end"] | None = None


@dataclass(frozen=True, slots=True)
class Inside:
    """Characters inside a row."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Elements:
    """What lies in the elements of an HTML page that one of the CSS selectors matches."""

    css: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Value:
    """What the first elements with a value say: a field of metadata, or what a pattern with named groups reads."""

    css: tuple[str, ...]
    gives: Field | Pattern
    attribute: str | None = None
    """Where the value stands; None for the element's text."""


@dataclass(frozen=True, slots=True)
class Outside:
    """What lies outside the elements of the first CSS selector that matches one with prose."""

    css: tuple[str, ...]


Selector: TypeAlias = Lines | Line | Block | Inside | Elements | Value | Outside


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of a file."""

    id: str
    """With the file's: ``anews.az/fx-ticker``."""
    verb: Verb
    selector: Selector
    place: tuple[str, int] | tuple[str]
    """Where the rule stands in its file: the second ``[[drop]]`` is ``("drop", 1)``, ``content`` ``("content",)``."""
    where: Where = "any"
    since: str | None = None
    until: str | None = None
    languages: frozenset[str] = frozenset()
    replacement: str = ""
    drops: bool = False

    @property
    def name(self) -> str:
        """The rule's id without the file's."""
        return self.id.rpartition("/")[2]

    @property
    def fields(self) -> frozenset[str]:
        """What the rule reads of a page's metadata."""
        match self.selector:
            case Line(pattern) | Inside(pattern) | Value(_, Pattern() as pattern):
                return frozenset(pattern.names)
            case Value(_, str() as name):
                return frozenset((name,))
        return frozenset()


@dataclass(frozen=True, slots=True)
class Example:
    """A page and what the file makes of it."""

    raw: str
    expected: str
    is_near_miss: bool
    place: tuple[str, int]
    meta: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    url: str | None = None
    is_html: bool = False

    @property
    def is_part(self) -> bool:
        """Whether more may come out than what is expected: of an HTML page's near miss, only some lines are said."""
        return self.is_html and self.is_near_miss


@dataclass(frozen=True, slots=True)
class Match:
    """Which pages a file is for."""

    hosts: tuple[str, ...] = ()
    """In ASCII form; ``=`` before one that stands for itself alone."""
    paths: tuple[str, ...] = ()
    texts: tuple[Pattern, ...] = ()
    markup: Markup | None = None
    css: tuple[str, ...] = ()
    """Fingerprints of HTML pages."""

    @property
    def has_fingerprints(self) -> bool:
        """Whether a page can be recognised by what it looks like."""
        return bool(self.texts or self.css)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a rule file says."""

    id: str
    use: tuple[str, ...] = ()
    match: Match = Match()
    rules: tuple[Rule, ...] = ()
    examples: tuple[Example, ...] = ()
