"""Writes rule files in one order and one style, and keeps every comment where it belongs.

The keys of a table stand in the order of :data:`~cleaner.rules.reader.KEYS`, and ``[match]`` before all other tables.
Those stay in the order in which they are: it decides between rules, and examples stand beside what they show. The
lines of a list are its author's, who put together what belongs together; only a list on one line that is too long is
broken.

A comment belongs to what is below it, or to what is above it if only there no blank line is between. The one at the
head of a file stays there.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from cleaner.rules.reader import KEYS
from cleaner.rules.schema import CONTENT
from cleaner.rules.source import end_of_statement

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WIDTH = 120
"""Characters of a line; a list that is longer is broken."""
INDENT = "  "
"""Stands before the lines of a list."""

_STRING = (
    r"\"\"\"(?:[^\"\\]|\\[\s\S]|\"(?!\"\"))*\"\"\"+|'''(?:[^']|'(?!''))*'''+"
    r"|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*'"
)
_KEY = r"(?:[\w-]+|\"(?:[^\"\\\n]|\\.)*\"|'[^'\n]*')"
_KEYS = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_STATEMENT = re.compile(
    rf"[ \t]*(?:\[\[[ \t]*(?P<item>{_KEYS})[ \t]*\]\]|\[[ \t]*(?P<table>{_KEYS})[ \t]*\]"
    rf"|(?P<key>{_KEYS})[ \t]*=[ \t]*|(?P<comment>#[^\n]*)|(?P<blank>\n))"
)
_PART = re.compile(
    rf"(?P<string>{_STRING})|(?P<comment>#[^\n]*)|(?P<gap>\s+)|(?P<sign>[,\[\]{{}}])|[^\s,\[\]{{}}#\"']+"
)
_PAIR = re.compile(rf"({_KEYS})\s*=\s*(.*)", re.DOTALL)
_ESCAPE = re.compile(r"\\[^\"\\]")


@dataclass
class _Entry:
    """A key with its value, the comments above it and the one beside it."""

    above: list[str]
    key: str
    value: str
    beside: str


@dataclass
class _Table:
    """A table: what stands above its header, its keys, and the comments that end it.

    In lists of comments an empty string is a blank line.
    """

    name: str = ""
    header: str = ""
    above: list[str] = field(default_factory=list)
    entries: list[_Entry] = field(default_factory=list)
    below: list[str] = field(default_factory=list)


def styled(text: str) -> str:
    """Give the text of a rule file in order and style. Raises ``tomllib.TOMLDecodeError`` if it is not TOML."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    data = tomllib.loads(text)
    head, *tables = _tables(text)
    tables.sort(key=lambda table: table.name != "match")
    lines = list(_written(head))
    for table in tables:
        lines += ["", *_written(table)]
    written = "\n".join(_with_single_gaps(lines)) + "\n"
    if tomllib.loads(written) != data:
        raise RuntimeError("the file would not say the same")
    return written


def _tables(text: str) -> list[_Table]:
    """Split a file into its tables; the first is what stands above all headers."""
    tables = [_Table()]
    comments: list[str] = []
    at = 0
    while at < len(text):
        found = _STATEMENT.match(text, at)
        if found is None:  # white space at the end
            break
        if found["blank"] or found["comment"]:
            comments.append((found["comment"] or "").rstrip())
            at = found.end() + (text[found.end() : found.end() + 1] == "\n" and not found["blank"])
            continue
        end, beside = end_of_statement(text, found.end())
        if found["key"]:
            value = text[found.end() : end].rstrip("\n").removesuffix(beside).strip()
            tables[-1].entries.append(_Entry(comments, found["key"], value, beside.rstrip()))
        else:
            tables[-1].below, above = _divided(comments)
            header = f"[[{found['item']}]]" if found["item"] else f"[{found['table']}]"
            header += f"  {beside.rstrip()}" if beside else ""
            tables.append(_Table(found["item"] or found["table"], header, above))
        comments = []
        at = end
    tables[-1].below = comments
    _set_head(tables[0])
    return tables


def _divided(comments: list[str]) -> tuple[list[str], list[str]]:
    """Divide what stands between two tables: comments right below the first one are about that."""
    gap = comments.index("") if "" in comments else 0
    return comments[:gap], comments[gap:]


def _set_head(head: _Table) -> None:
    """Keep the comment at the head of a file there, whichever key it stands above; but not that of ``content``."""
    if not head.entries:
        return
    first = head.entries[0]
    own = first.above if first.key == CONTENT else []
    gap = len(own) - own[::-1].index("") if "" in own else 0
    head.above = first.above[:gap] if own else [*first.above, *_gap_above_content(head)]
    first.above = ["", *own[gap:]] if own else []


def _gap_above_content(head: _Table) -> list[str]:
    """Keep the comment of a file apart from ``content`` where that comes to stand first."""
    before = KEYS[""][: KEYS[""].index(CONTENT)]
    return [] if any(entry.key in before for entry in head.entries) else [""]


def _with_single_gaps(lines: Iterable[str]) -> Iterator[str]:
    """Leave out blank lines at the head, at the end, and after another one."""
    written = gap = False
    for line in lines:
        if line:
            yield from [""] * (written and gap)
            yield line
            written = True
        gap = not line


def _written(table: _Table) -> Iterator[str]:
    """Give the lines of a table; a value of several lines is one of them."""
    yield from table.above
    if table.header:
        yield table.header
    order = KEYS.get(table.name.rpartition(".")[2], ())
    keys = [entry.key.partition(".")[0].strip("\"' ") for entry in table.entries]
    places = [order.index(key) if key in order else len(order) for key in keys]
    for number, (_, entry) in enumerate(sorted(zip(places, table.entries, strict=True), key=lambda pair: pair[0])):
        above = entry.above if any(entry.above) else []
        yield from above[bool(above) and not number and not above[0] :]
        beside = f"  {entry.beside}" if entry.beside else ""
        yield f"{entry.key} = {_value(entry.value, len(entry.key) + 3, len(beside))}{beside}"
    yield from table.below


def _value(raw: str, before: int = 0, after: int = 0) -> str:
    """Write a value; ``before`` and ``after`` are the characters that its line has besides."""
    if raw.startswith("["):
        return _list(raw, WIDTH - before - after)
    if raw.startswith("{"):
        pairs = [_PAIR.fullmatch(item) for line in _lines(raw) for item in line.items]
        return f"{{ {', '.join(f'{pair[1]} = {_value(pair[2])}' for pair in pairs if pair)} }}" if pairs else "{}"
    return _string(raw)


def _string(raw: str) -> str:
    """Write a string of one line in single quotes where it has no other escapes than these save."""
    if raw[:3] in ('"""', "'''") or not raw.startswith('"') or "\\" not in raw:
        return raw
    value = tomllib.loads(f"value = {raw}")["value"]
    return raw if "'" in value or _ESCAPE.search(raw.replace("\\\\", "")) else f"'{value}'"


@dataclass
class _Line:
    """A line of a list: what is in it, and the comment at its end."""

    items: list[str] = field(default_factory=list)
    comment: str = ""


def _lines(raw: str) -> list[_Line]:
    """Split a list, or an inline table, into its lines and their items."""
    lines = [_Line()]
    item, depth = "", 0
    for part in _PART.finditer(raw, 1, len(raw) - 1):
        text = part[0]
        if part["sign"]:
            depth += (text in "[{") - (text in "]}")
        if depth or not (part["gap"] or part["comment"] or text == ","):
            item += text
            continue
        if part["gap"] and "\n" not in text:
            item += " " if item else ""
            continue
        if item.strip():
            lines[-1].items.append(item.strip())
            item = ""
        if part["comment"]:
            lines[-1].comment = text.rstrip()
        elif part["gap"]:
            lines.append(_Line())
    if item.strip():
        lines[-1].items.append(item.strip())
    return lines


def _list(raw: str, width: int) -> str:
    lines = _lines(raw)
    for line in lines:
        line.items = [_value(item) for item in line.items]
    if len(lines) == 1 and not lines[0].comment:
        joined = f"[{', '.join(lines[0].items)}]"
        if "\n" in joined or len(joined) <= width:
            return joined
        lines = [_Line(items) for items in _filled(lines[0].items)]
    rows = (f"{', '.join(line.items)}{',' if line.items else ''}  {line.comment}".strip() for line in lines)
    return "\n".join(["[", *(INDENT + row for row in rows if row), "]"])


def _filled(items: Iterable[str]) -> Iterator[list[str]]:
    """Put items into lines that are not too long."""
    row: list[str] = []
    for item in items:
        if row and len(INDENT) + len(", ".join([*row, item])) >= WIDTH:
            yield row
            row = []
        row.append(item)
    yield row
