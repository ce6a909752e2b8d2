"""Finds the lines and comments of a TOML source, which ``tomllib`` does not tell.

Rule files have a plain shape, tables one level deep. Keys that are written in another way (dotted, inline
tables) have no line of their own here; the line of the table stands in for them.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TypeAlias

Path: TypeAlias = tuple[str | int, ...]
"""Where a value stands: ``("drop", 2, "line")``, ``("match", "host")``, ``("id",)``."""

_STATEMENT = re.compile(
    r"""[ \t]*(?:
        \[\[[ \t]*(?P<item>[\w-]+)[ \t]*\]\]
      | \[[ \t]*(?P<table>[\w-]+)[ \t]*\]
      | (?P<key>[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*=
      | (?P<comment>\#[^\n]*)
    )""",
    re.VERBOSE,
)
_DIRECTIVE = "#:"
"""What a comment for editors starts with."""
_TOKEN = re.compile(
    r"""\"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\"+
      | '''(?:[^']|'(?!''))*'''+
      | "(?:[^"\\\n]|\\.)*"
      | '[^'\n]*'
      | (?P<comment>\#[^\n]*)
      | (?P<open>[\[{])
      | (?P<close>[\]}])
      | (?P<end>\n)
    """,
    re.VERBOSE | re.DOTALL,
)


@dataclass
class Source:
    """Lines and comments by path."""

    lines: dict[Path, int] = field(default_factory=dict)
    comments: dict[Path, str] = field(default_factory=dict)
    """The comment above a table or a key at the top, or beside the header of a table."""

    def line(self, *path: str | int) -> int | None:
        """Give the line of a value, or of the nearest thing around it that has one."""
        for end in range(len(path), 0, -1):
            for place in (path[:end], (*path[:end], 0)):
                if place in self.lines:
                    return self.lines[place]
        return None


def scan(text: str) -> Source:
    """Scan a TOML source. Nonsense gives nonsense, but no error: ``tomllib`` has judged it before."""
    source = Source()
    counts: Counter[str] = Counter()
    table: Path = ()
    above: list[str] = []
    at, line = 0, 1
    while at < len(text):
        found = _STATEMENT.match(text, at)
        end, comment = end_of_statement(text, at if found is None or found["comment"] else found.end())
        if found is not None and found["comment"]:
            above.append(found["comment"])
        elif found is not None and found["key"]:
            place = (*table, found["key"].strip("\"'"))
            source.lines.setdefault(place, line)
            if not table:
                source.comments[place] = _plain(above)
            above = []
        elif found is not None:
            table = (found["table"],) if found["table"] else (found["item"], counts[found["item"]])
            counts[str(table[0])] += 1
            source.lines[table] = line
            source.comments[table] = _plain([comment] if comment else above)
            above = []
        else:
            above = []
        line += text.count("\n", at, end)
        at = end
    return source


def end_of_statement(text: str, at: int) -> tuple[int, str]:
    """Give the offset after the line break that ends a statement, and the comment before that."""
    depth = 0
    comment = ""
    for token in _TOKEN.finditer(text, at):
        if token["end"] and depth <= 0:
            return token.end(), comment
        comment = token["comment"] or ("" if token["end"] else comment)
        depth += bool(token["open"]) - bool(token["close"])
    return len(text), comment


def _plain(comments: list[str]) -> str:
    words = (comment.lstrip("#").strip() for comment in comments if not comment.startswith(_DIRECTIVE))
    return " ".join(words).strip()
