r"""What a rule file may say, and the values that it becomes.

A rule file is TOML. Its top keys are ``schema`` (always 1), ``id``, ``use`` and ``content``; then come the tables
``[match]``, ``[[drop]]``, ``[[keep]]``, ``[[replace]]``, ``[[capture]]`` and ``[[example]]``.

``content`` is the article's root on an HTML page, as CSS selectors: the first that matches an element with
prose is taken, and all rows outside the elements that it matches go. Rows inside are as any others.

``[match]`` says which pages a file is for
    ``host``: hosts, each with all its subdomains (``=example.com`` is that host alone; the longest host
    wins). ``path``: globs of URL paths (``/world/**``); such a file is for these pages only, and outranks the
    files of the whole host. ``text``: fingerprints, patterns of whole lines that tell the site or platform of
    a page that carries no URL. ``html``: fingerprints that are CSS selectors. ``markup``: ``text``, ``markdown`` or
    ``html``, for pages of this kind only.

Every rule has
    ``id``, unique in its file; the comment above the rule, or beside its header, is its documentation.
    ``where``: ``head`` (before the first prose paragraph), ``tail`` (after the last one), ``body`` (between
    them) or ``any``. On a page without prose the first three do nothing. ``since`` and ``until``: for
    documents dated from the first day on, and before the second; a document without a date is left alone.
    ``lang``: for documents in this language, or in one of these.

``drop`` and ``keep`` take or protect whole lines, by one selector
    ``lines``: literal lines. ``line``: a pattern. ``run``: a pattern for lines that come one after the other,
    at least ``min`` of them (2 if not said); blank lines between them do not matter. ``min`` works with
    ``lines`` too. ``from``: a pattern for the first line of a block that ends at ``to``. ``"end"`` is the end
    of the page, or of the zone that ``where`` names; a pattern is the next line that matches, which goes too,
    and where none does the rule does nothing; if not said, the block ends before the next blank line.
    ``css``: CSS selectors, for the rows of all elements that one of them matches; of an element that is only
    part of a row, ``drop`` takes the characters. On pages that are not HTML such a rule does nothing.

``replace`` changes characters inside a line
    ``pattern`` is what to find, ``with`` what to write; ``\1`` and ``\g<name>`` stand for groups.

``capture`` reads metadata by the groups ``title``, ``author``, ``date``, ``section`` and ``url``
    ``line`` matches a whole line, ``pattern`` characters inside one. The first match of the page counts. With
    ``drop = true`` what was matched goes: the line, or the characters. ``css`` reads elements instead: their
    text, or the value of ``attribute``, becomes ``field``, or is read by ``pattern``. The first of the selectors
    that gives a value counts, and of its elements the first; for authors, all of them.

``example`` shows what the file does, and is tested
    ``diff``: a page, each line behind a sign: ``-`` goes, ``+`` comes, a space stays; blank lines and the
    white space around lines are not compared. ``keep``: a near miss, a page of which every line must stay; the
    file is applied to it whether it is recognised or not. ``html`` is an HTML page; beside it ``text`` is all that
    comes out of it, or ``keep`` the lines that must be among that. ``meta``: what must be captured. ``url``: the
    address of the page, none if empty; if not said, the page tells its site itself or else the file's host is
    taken.

Patterns of ``line``, ``run``, ``from``, ``to`` and ``text`` must match the whole line, as it stands or as a
reader sees it (without bullets, Markdown marks and link targets). They heed letter case unless they start
with ``(?i)``. Patterns of ``pattern`` look at the line as it stands. See :mod:`cleaner.rules.syntax` for what
a pattern may be made of.

A file in a folder ``platforms`` is for a platform, one called ``generic.toml`` for every page, any other for a
site. A file of a user replaces the one of the same ``id`` that comes with the package; with an ``id`` of its
own it is applied beside it. ``use`` names files that are to be applied as well.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from cleaner.model import Field, Markup
    from cleaner.rules.patterns import Pattern

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
