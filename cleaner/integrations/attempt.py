"""One document cleaned for somebody else's pipeline: what goes wrong with it is said of it, and raised to nobody."""

from __future__ import annotations

import inspect
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeAlias

from cleaner import render
from cleaner.config import nearest
from cleaner.model import CleanerError, ConfigError, Document
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet

FLAGS, ERROR = "flags", "error"

RECORD = (*render.METADATA, FLAGS, ERROR)
"""The names in a record, in their order: the metadata as everywhere, the names of flags, and what went wrong."""

LISTS = frozenset({"authors", FLAGS})
"""The values of a record that are lists of strings; all others are strings or None."""


class CleansDocuments(Protocol):
    """What an adapter needs of a cleaner."""

    def clean(self, raw: str | bytes, url: str | None = None) -> Document:
        """Clean one document."""


Options: TypeAlias = Mapping[str, Any]
"""Arguments of :class:`~cleaner.pipeline.Cleaner` in plain values, as they travel to other processes: ``rules`` is
a folder of rule files, or a list of them."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """What came of one document."""

    text: str | None
    """The cleaned text; None where the document could not be cleaned."""
    record: dict[str, Any]
    """A value for each name in :data:`RECORD`."""
    removed: int = 0
    """Characters that are gone from the text, or from the rendered text of a page."""

    @property
    def error(self) -> str | None:
        """Why the document could not be cleaned."""
        error: str | None = self.record[ERROR]
        return error


def attempt(cleaner: CleansDocuments, raw: object, url: object = None) -> Attempt:
    """Clean one document. Never raises for anything the document is to blame for: the record's ``error`` says it.

    A document that is neither a string nor bytes is one that cannot be cleaned; an address that is neither is none.
    """
    if not isinstance(raw, str | bytes):
        return failed(f"neither a string nor bytes, but {type(raw).__name__}")
    if isinstance(url, bytes):
        url = url.decode(errors="replace")
    try:
        document = cleaner.clean(raw, url if isinstance(url, str) else None)
    except CleanerError as error:
        return failed(str(error))
    except Exception as error:  # a bug of ours must cost one document of a run over millions, not the run
        return failed(f"{type(error).__name__}: {error}")
    values = {**render.metadata(document), FLAGS: list(dict.fromkeys(flag.name for flag in document.flags))}
    removed = sum(len(edit.removed) - len(edit.replacement) for edit in document.edits)
    record = {name: _encodable(value) for name, value in values.items()}
    return Attempt(_encodable(document.text), {**record, ERROR: None}, removed)


def failed(error: str) -> Attempt:
    """Give what comes of a document that cannot be cleaned: nothing but the error, in one line."""
    nothing: dict[str, Any] = {name: [] if name in LISTS else None for name in RECORD}
    return Attempt(None, {**nothing, ERROR: _encodable(" ".join(error.split()))})


def cleaner_of(given: CleansDocuments | Options | None) -> CleansDocuments:
    """Give the cleaner itself if there is one, else the one that this process has for those options.

    It is made once, as that takes most of a second. Raises :class:`~cleaner.model.ConfigError` for an option that does
    not exist or does not fit.
    """
    if given is None:
        given = {}
    if not isinstance(given, Mapping):
        return given
    try:
        return _made(json.dumps(given, sort_keys=True, default=_plain))
    except TypeError as error:
        raise ConfigError(f"options of a cleaner must be plain values: {error}") from None


def _plain(value: object) -> object:
    """Give an option as JSON can hold it: paths as strings, sets and the like as lists."""
    if isinstance(value, Path):
        return str(value)
    if isinstance(value, Iterable):
        return sorted(map(str, value))
    raise TypeError(f"not {value!r}")


@cache
def _made(options: str) -> Cleaner:
    given: dict[str, Any] = json.loads(options)
    names = inspect.signature(Cleaner).parameters
    for name in given:
        if name not in names:
            raise ConfigError(f"a cleaner has no option {name!r}{nearest(name, names)}")
    if given.get("rules"):
        given["rules"] = _rules(given["rules"])
    return Cleaner(**given)


def _rules(given: str | list[str]) -> RuleSet:
    """Read folders of rules, strictly: there is nobody here to read a warning."""
    folders = [Path(folder) for folder in ([given] if isinstance(given, str) else given)]
    for folder in folders:
        if not folder.exists():
            raise ConfigError(f"{folder}: no such folder of rules")
    rules = RuleSet.load(folders)
    if rules.errors:
        raise rules.errors[0]
    return rules


def _encodable(value: Any) -> Any:
    """Write a lone surrogate, as JSON in a page may hold one, as its escape: UTF-8 has none."""
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    if isinstance(value, str) and not value.isascii():
        return value.encode("utf-8", "backslashreplace").decode()
    return value
