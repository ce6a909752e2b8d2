"""The tables of keys and of checks in ``docs/rules.md``, made of what the schema and the checks say of themselves.

``python -m cleaner.rules.reference docs/rules.md`` writes them anew, between the marks that name them:
``<!-- keys of drop: min to -->`` or ``<!-- checks: error -->``, and ``<!-- end -->``.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from cleaner.rules.json_schema import json_schema
from cleaner.rules.problems import CHECKS
from cleaner.rules.schema import VERBS

_REGION = re.compile(r"(<!-- (keys of|checks:) (\w+)(?:: ([\w ]+))? -->\n).*?(<!-- end -->)", re.DOTALL)
_LINKS = {"CSS selectors": "#css-selectors", "article's root": "#content"}
"""Words that lead to a part of the document."""


def filled(document: str) -> str:
    """Give the document with its tables as they must be. Raises :class:`KeyError` for a name that does not exist."""

    def fill(found: re.Match[str]) -> str:
        mark, what, name, keys, end = found.groups()
        rows = _checks(name) if what == "checks:" else _keys(name, keys.split() if keys else None)
        return f"{mark}{_table(*rows)}{end}"

    return _REGION.sub(fill, document)


def _keys(table: str, chosen: Sequence[str] | None) -> Iterator[tuple[str, str]]:
    """Give the rows of a table of keys: of the file, or of one of its tables; all keys, or some."""
    properties = json_schema()["properties"]
    if table != "file":
        properties = properties[table].get("items", properties[table])["properties"]
    yield "key", "value"
    for key in chosen or properties:
        name = key
        if table == "file" and key == "match":
            name = "[match]"
        elif table == "file" and key in (*VERBS, "example"):
            name = f"[[{key}]]"
        yield f"`{name}`", _linked(properties[key]["description"])


def _checks(level: str) -> Iterator[tuple[str, str]]:
    """Give the rows of what checks of a level say, and what to do then."""
    yield level, "what to do"
    for check in CHECKS.values():
        if check.level == level:
            yield from check.advice


def _linked(text: str) -> str:
    for words, target in _LINKS.items():
        text = text.replace(words, f"[{words}]({target})", 1)
    return text


def _table(head: tuple[str, str], *rows: tuple[str, str]) -> str:
    lines = ["| {} | {} |".format(*head), "|---|---|"]
    lines += ["| {} | {} |".format(*(cell.replace("|", "\\|") for cell in row)) for row in rows]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    for path in map(Path, sys.argv[1:]):
        path.write_text(filled(path.read_text("utf-8")), "utf-8")
