"""Front end for Markdown: what a reader sees of each line, and how much of it is link."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from cleaner.blocks.lines import Lines
from cleaner.measures import Bools, Floats, Ints

_SIGNS = re.compile(r"\]\(|^[ \t]*(?:\#{1,6} \S|<https?://\S+>[ \t]*$|\[[^\]\n]+\]: \S)", re.MULTILINE)
"""Marks that plain text does not carry: a link, a heading, strong emphasis, an autolink, a link definition."""

_TARGET = r"""\(\s*(?:<[^<>\n]*+>|(?:[^()\s\\]|\\.|\((?:[^()\s\\]|\\.)*+\))*+)(?:\s+(?:"[^"]*+"|'[^']*+'))?\s*\)"""
_IMAGE = re.compile(r"!\[((?:[^\[\]\\]|\\.)*+)\]" + _TARGET)
_LINK = re.compile(r"\[((?:[^\[\]\\]|\\.|\[[^\[\]]*+\])*+)\]" + _TARGET)
_AUTOLINK = re.compile(r"<(?:https?|mailto):[^<>\s]++>")
_EMPHASIS = re.compile(r"(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|\*\*|(?<!\*)\*(?=\S)|(?<=\S)\*(?!\*)|~~")
ESCAPE = re.compile(r"\\([\\`*_{}\[\]()#+\-.!|>~$&<])")
"""A backslash that only keeps Markdown from reading the mark after it."""
_LEAD = re.compile(
    r"(?:>\s*)*(?:(?P<hashes>\#{1,6})\s+|(?P<bullet>[*+\-•·]|\d{1,3}[.)])\s+)?(?:\[[ xX]\]\s+)?(?P<hashes2>\#{1,6}\s+)?"
)


def is_markdown(text: str) -> bool:
    """Tell by the text itself whether it carries Markdown."""
    return "](" in text or "**" in text or (_has_mark(text) and _SIGNS.search(text) is not None)


def _has_mark(text: str) -> bool:
    return "# " in text or "<http" in text or "]: " in text


_FENCES = ("```", "~~~")


class Marks(NamedTuple):
    """What the Markdown of each row says."""

    visible: list[str]
    bullets: Bools
    headings: Ints
    links: Floats
    fenced: Bools


def fenced_rows(lines: Sequence[str]) -> Bools:
    """Tell which rows are fenced code, the fences among them. A fence that nothing closes is none."""
    fenced = np.zeros(len(lines), np.bool_)
    opened: int | None = None
    for row, line in enumerate(lines):
        if line.startswith(_FENCES):
            if opened is None:
                opened = row
            else:
                fenced[opened : row + 1] = True
                opened = None
    return fenced


def read_marks(rows: Lines) -> Marks:
    """Read the marks of each row."""
    count = len(rows.lines)
    visible: list[str] = []
    bullets = np.zeros(count, np.bool_)
    headings = np.zeros(count, np.int64)
    links = np.zeros(count, np.float64)
    fenced = fenced_rows(rows.lines)
    for row, line in enumerate(rows.lines):
        if fenced[row]:
            visible.append(line)
            continue
        if line[0] in "#*+->•·0123456789":
            lead = _LEAD.match(line)
            if lead is not None and lead.end():
                bullets[row] = lead["bullet"] is not None
                headings[row] = len(lead["hashes"] or lead["hashes2"] or "")
                line = line[lead.end() :]
        if "](" in line:
            line, links[row] = _without_links(line)
        if "<" in line:
            line = _AUTOLINK.sub("", line)
        if "*" in line or "_" in line:
            line = _EMPHASIS.sub("", line)
        if "\\" in line:
            line = ESCAPE.sub(r"\1", line)
        visible.append(line.strip())
    return Marks(visible, bullets, headings, links, fenced)


def _without_links(line: str) -> tuple[str, float]:
    """Give the line with links and images reduced to their text, and the share of link text in it."""
    if "![" in line:
        line = _IMAGE.sub("", line)
    linked = 0

    def text_of(found: re.Match[str]) -> str:
        nonlocal linked
        linked += len(found[1].strip())
        return str(found[1])

    line = _LINK.sub(text_of, line)
    length = len(line.strip())
    return line, min(1.0, linked / length) if length else 1.0
