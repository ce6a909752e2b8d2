"""Records: documents that share a file with others, as JSON Lines, Parquet and web archives hold them.

A reader gives a record as it lies in its file; the worker opens it, for a line of JSON may be as hostile as a page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, NamedTuple

from cleaner.batch.outcome import Problem
from cleaner.model import CleanerError

ABOUT = "clean"
"""The field of an output record that holds what was found out: metadata, flags, and what was removed."""


class Form(StrEnum):
    """What the content of a task is."""

    DOCUMENT = "document"
    """A document, as it lies in a file of its own."""
    LINE = "line"
    """A line of JSON, an object."""
    ROW = "row"
    """The fields of a record, of which one is the document."""
    RESPONSE = "response"
    """The body of an HTTP response; its other fields are what its record says."""

    @property
    def is_record(self) -> bool:
        """Whether it is a record that shares its file with others."""
        return self is not Form.DOCUMENT


@dataclass(frozen=True, slots=True)
class Fields:
    """The names of the fields of a record that mean something to us; all others pass through."""

    text: str = "text"
    html: str = "html"
    id: str = "id"
    url: str = "url"


class Record(NamedTuple):
    """One record of a file."""

    form: Form
    content: bytes | str | None = None
    """The line, or the body of a response."""
    fields: dict[str, Any] | None = None
    charset: str | None = None
    """What the server said of the body's encoding."""
    problem: Problem | None = None
    """Why it is none that could be cleaned; it is accounted for all the same."""
    start: int = -1
    """Where it begins in its (unpacked) file, as far as the reader knows."""


class Opened(NamedTuple):
    """A record ready for cleaning."""

    raw: bytes | str
    url: str | None
    id: str | None
    fields: dict[str, Any]
    """All fields but those that held the document, in their order."""
    charset: str | None = None


def opened(form: Form, content: object, fields: dict[str, Any] | None, names: Fields, charset: str | None) -> Opened:
    """Find the document in a record. Raises :class:`~cleaner.model.CleanerError` where there is none."""
    if form is Form.LINE:
        fields = _parsed(content)
    fields = fields or {}
    url, key = fields.get(names.url), fields.get(names.id)
    url = url if isinstance(url, str) and url else None
    key = None if key is None else str(key)
    if form is Form.RESPONSE:
        assert isinstance(content, bytes | str)
        return Opened(content, url, url, fields, charset)
    for name in (names.text, names.html):
        raw = fields.get(name)
        if isinstance(raw, bytes | str):
            rest = {field: value for field, value in fields.items() if field not in (name, names.text)}
            return Opened(raw, url, key, rest)
    present = [name for name in (names.text, names.html) if fields.get(name) is not None]
    if present:
        raise CleanerError(f"its field {present[0]!r} is no text")
    raise CleanerError(f"it has neither a field {names.text!r} nor {names.html!r} (--text-field, --html-field)")


def _parsed(line: object) -> dict[str, Any]:
    assert isinstance(line, bytes | str)
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CleanerError(f"no line of JSON: {error}") from None
    if not isinstance(value, dict):
        raise CleanerError(f"a line must be an object of JSON, not {_KINDS.get(type(value), 'a number')}")
    return value


_KINDS = {list: "a list", str: "a string", bool: "true or false", type(None): "null"}
