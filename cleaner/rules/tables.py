"""Writes ``[[example]]`` tables: the value that a reader would make of one, and its TOML, ready to paste."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple, TypeAlias

from cleaner.rules.schema import Example
from cleaner.rules.values import block, quoted

Meta: TypeAlias = Mapping[str, str]
"""What ``meta`` says."""

_PLACE = ("example", 0)


class Table(NamedTuple):
    """An example, and the table that says it."""

    example: Example
    toml: str


def keep(raw: str, meta: Meta | None = None, url: str | None = None) -> Table:
    """Give a near miss: a page of which every line must stay."""
    raw = raw.strip("\n")
    return _table(Example(raw, raw, True, _PLACE, dict(meta or {}), url), {"keep": raw})


def diff(raw: str, after: Sequence[str], meta: Meta | None = None, url: str | None = None) -> Table:
    """Give a page as a patch; ``after`` are the lines that come out of it, without white space around them."""
    lines = _patch([line.rstrip() for line in raw.strip("\n").split("\n")], after)
    return _table(Example(raw, "\n".join(after), False, _PLACE, dict(meta or {}), url), {"diff": "\n".join(lines)})


def html(
    raw: str, after: Sequence[str], meta: Meta | None = None, url: str | None = None, *, is_near_miss: bool
) -> Table:
    """Give an HTML page, whole or in part, with all the lines that come out of it, or those that must be among them."""
    expected = "\n".join(after)
    whole = raw if raw.lstrip().lower().startswith("<!doctype") else f"<!doctype html>\n{raw}"
    example = Example(whole, expected, is_near_miss, _PLACE, dict(meta or {}), url, is_html=True)
    return _table(example, {"html": raw, "keep" if is_near_miss else "text": expected})


def _patch(raw: list[str], after: Sequence[str]) -> list[str]:
    """Give the lines of a page, blank ones too, each behind its sign, with those that come in their place."""
    numbers = [number for number, line in enumerate(raw) if line.strip()]
    before = [raw[number].strip() for number in numbers]
    gone: set[int] = set()
    come: dict[int, list[str]] = {}
    for tag, start, end, low, high in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            gone.update(numbers[start:end])
            come[numbers[end - 1] if end else -1] = list(after[low:high])
    lines = [f"+{line}" for line in come.get(-1, ())]
    for number, line in enumerate(raw):
        if not line:
            is_gone = number - 1 in gone and not come.get(number - 1)
            gone.update([number] if is_gone else [])
            lines.append("-" if is_gone else "")
            continue
        lines.append(("-" if number in gone else " ") + line)
        lines += [f"+{added}" for added in come.get(number, ())]
    return lines


def _table(example: Example, texts: Mapping[str, str]) -> Table:
    lines = ["[[example]]"]
    if example.url is not None:
        lines.append(f"url = {quoted(example.url)}")
    lines += [f"{key} = {block(text)}" for key, text in texts.items()]
    if example.meta:
        values = ", ".join(f"{key} = {quoted(str(value))}" for key, value in example.meta.items())
        lines.append(f"meta = {{ {values} }}")
    return Table(example, "\n".join(lines))
