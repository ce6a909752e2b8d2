"""Writes values of rule files as TOML, the way a person would."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

Value: TypeAlias = str | int | bool | Sequence[str]


def value(of: Value) -> str:
    """Write a value; a list is on one line, and :func:`cleaner.rules.style.styled` breaks it if it is long."""
    if isinstance(of, bool):
        return "true" if of else "false"
    if isinstance(of, int):
        return str(of)
    return quoted(of) if isinstance(of, str) else f"[{', '.join(map(quoted, of))}]"


def block(text: str) -> str:
    """Write lines as a string of several lines, which needs no escapes but where it cannot do without them."""
    text = text.strip("\n")
    if "'''" not in text and lines_are_plain(text):
        return f"'''\n{text}\n'''"
    return f'"""\n{_escaped(text)}\n"""'


def quoted(text: str) -> str:
    """Write a string on one line: in double quotes, in single ones where these save escapes of patterns."""
    if '"' not in text and "\\" not in text and text.isprintable():
        return f'"{text}"'
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    if "\\" in text and "'''" not in text and not text.endswith("'") and text.isprintable():
        return f"'''{text}'''"
    return '"' + _escaped(text).replace("\n", "\\n") + '"'


def lines_are_plain(text: str) -> bool:
    """Tell whether a text has no control characters, which TOML allows only as escapes."""
    return not any((char < " " and char not in "\n\t") or char == "\x7f" for char in text)


def _escaped(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return "".join(
        char if (char >= " " and char != "\x7f") or char in "\n\t" else f"\\u{ord(char):04x}" for char in escaped
    )
