"""Reads JSON as pages embed it: in comments, with trailing commas, raw line breaks, or escaped as HTML."""

from __future__ import annotations

import json
from collections.abc import Iterator
from html import unescape
from typing import Any

import regex

LONGEST_SCRIPT = 1_000_000
"""Characters of a script that is read: the largest in the WCXB development split has a quarter of that."""
_OPENING = regex.compile(r"(?:\s|<!--|//|/\*|\*/|<!\[CDATA\[|;)++")
_CLOSING = regex.compile(r"(?:\s|-->|//|/\*|\*/|\]\]>|;)++$")
_LONGEST_CLOSING = 64
_TOKEN = regex.compile(
    r'(?P<string>"(?:[^"\\]|\\.)*+"?)(?P<gap>\s*+(?="))?'  # a string always matches from its quote on, and so does
    r"|(?P<comment>/\*(?:[^*]|\*(?!/))*+(?:\*/)?|(?<=\s)//[^\n]*+)"  # a comment: no text is scanned twice
    r"|,(?P<trailing>\s*+(?=[}\]]))"
    r'|(?P<parted>[}\]]\s*+(?=["{\[]))',
    regex.DOTALL,
)
_BAD_ESCAPE = regex.compile(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})')
_DECODER = json.JSONDecoder(strict=False)


def loads(text: str) -> list[Any]:
    """Give the values in a script, after the least repair that makes it readable; none where nothing helps."""
    if len(text) > LONGEST_SCRIPT:
        return []
    for repaired in _repairs(text):
        try:
            return list(_values(repaired))
        except (ValueError, RecursionError):
            continue
    return []


def _repairs(text: str) -> Iterator[str]:
    yield text
    text = _unwrap(text)
    yield text
    if "&quot;" in text or "&#34;" in text:
        text = _unwrap(unescape(text))
        yield text
    yield _TOKEN.sub(_mend, text)


def _unwrap(text: str) -> str:
    start = _OPENING.match(text)
    text = text[start.end() :] if start else text
    tail = text[-_LONGEST_CLOSING:]
    return text[: len(text) - len(tail)] + _CLOSING.sub("", tail)


def _mend(found: regex.Match[str]) -> str:
    if found["string"] is not None:
        string = _escaped(found["string"])
        return f"{string}," if found["gap"] and "\n" in found["gap"] else string + (found["gap"] or "")
    if found["trailing"] is not None:
        return str(found["trailing"])
    if found["parted"] is not None:
        return f"{found['parted']},"
    return " "


def _escaped(string: str) -> str:
    """Double the backslashes that escape nothing; pairs of them are left alone."""
    if "\\" not in string:
        return string
    return "\\\\".join(_BAD_ESCAPE.sub(r"\\\\", part) for part in string.split("\\\\"))


def _values(text: str) -> Iterator[Any]:
    """Decode value after value: some pages put several into one script."""
    at = len(text) - len(text.lstrip())
    while at < len(text):
        value, at = _DECODER.raw_decode(text, at)
        yield value
        while at < len(text) and (text[at].isspace() or text[at] in ",;"):
            at += 1
