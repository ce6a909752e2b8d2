"""Mends the text that stays, as edits: escapes, invisible characters, Unicode form, broken paragraphs, white space.

Nothing else in the prose changes: quotes, typos and wording are the author's.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence

import numpy as np
import regex

from cleaner.blocks.markdown import ESCAPE
from cleaner.blocks.page import Page
from cleaner.measures import SHAPELESS_RANGES, Bools, Ints, rows_where
from cleaner.model import Replace
from cleaner.resolve import BREAK, gaps_before

_SHAPELESS = re.compile("[" + "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in SHAPELESS_RANGES) + "]+")
_SPACELESS = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]{2}")
"""Two letters of Thai, Lao, Myanmar or Khmer."""
_CLUSTER = regex.compile(r"\X")
_SPANS = regex.compile(r"`+[^`\n]+`+|<https?://[^>\s]+>|\]\([^)\s]*\)")
"""Where a backslash of Markdown stands for itself: code, addresses."""

JOIN_WEIGHT = 60.0
"""Latin characters that a paragraph's first half must have: a heading or a verse is shorter."""
JOIN_WORDS = 8
JOIN_LINKS = 0.5
_OPEN_END = regex.compile(r"[\p{L}\p{Nd},)]$")
_LOWER_START = regex.compile(r"^\p{Ll}")


def mend(page: Page, kept: Sequence[int]) -> Iterator[tuple[str, Replace]]:
    """Propose the repairs inside the rows that stay."""
    untidy = page.untidy
    if not any(untidy):
        return
    staying = dict.fromkeys(kept).keys()
    if untidy.invisible:
        yield from _invisible(page, staying)
    if untidy.escapes:
        yield from _escapes(page, staying)
    if untidy.decomposed:
        yield from _unicode_form(page, staying)


def _invisible(page: Page, staying: Collection[int]) -> Iterator[tuple[str, Replace]]:
    for found in _SHAPELESS.finditer(page.text):
        start, end = found.span()
        row = page.row_of(start)
        if _parts_words(page.text, start, end):
            continue
        if row in staying and end <= page.ends[row]:
            yield "repair/invisible", Replace(start, end, "", "a character without a shape")


def _parts_words(text: str, start: int, end: int) -> bool:
    """Tell whether a zero-width space parts words of a script that has no other way to."""
    return text[start:end] == "\u200b" and bool(_SPACELESS.match(text[start - 1 : start] + text[end : end + 1]))


def _escapes(page: Page, staying: Collection[int]) -> Iterator[tuple[str, Replace]]:
    for row, line in enumerate(page.lines):
        if page.fenced[row] or "\\" not in line or row not in staying:
            continue
        spans = [found.span() for found in _SPANS.finditer(line)]
        opens = [start for start, _ in spans]
        for found in ESCAPE.finditer(line):
            at = found.start()
            span = bisect_right(opens, at) - 1
            if _still_needed(line, at, found[1]) or (span >= 0 and at < spans[span][1]):
                continue
            start = page.starts[row] + at
            yield "repair/escape", Replace(start, start + 1, "", "a Markdown escape")


def _still_needed(line: str, at: int, mark: str) -> bool:
    r"""Tell whether the mark at ``at + 1`` would be read as Markdown without its backslash, or is no escape at all.

    ``\(``, ``\[`` and ``\{`` may be mathematics, and a backslash in a word may part a path.
    """
    if mark in "\\`*_[]<(){}~":
        return True
    before = line[at - 1] if at else ""
    if mark in "#>+-" and not at:
        return True
    if mark in ".-" and before.isalnum():
        return True
    if mark == "|":
        return line.count("|") > 1
    return mark == "!" and line[at + 2 : at + 3] == "["


def _unicode_form(page: Page, staying: Collection[int]) -> Iterator[tuple[str, Replace]]:
    for row in staying:
        line = page.lines[row]
        if line.isascii() or unicodedata.is_normalized("NFC", line):
            continue
        for found in _CLUSTER.finditer(line):
            cluster = found[0]
            composed = unicodedata.normalize("NFC", cluster)
            if len(cluster) > 1 and composed != cluster:
                start = page.starts[row] + found.start()
                yield (
                    "repair/unicode-form",
                    Replace(start, start + len(cluster), composed, "composed form (NFC)"),
                )


def separators(page: Page, kept: Sequence[int]) -> list[str]:
    """Give the white space wanted before each kept row: line breaks, a blank line, the indent of code.

    A paragraph that a page break cut in two is rejoined by a space (:data:`BREAK`).
    """
    rows = np.asarray(kept, np.int64)
    if not len(rows):
        return []
    apart = gaps_before(page, rows)
    if page.dom is not None:
        return _rendered_separators(page, kept)
    wanted = ["\n\n" if gap else "\n" for gap in apart.tolist()]
    wanted[0] = ""
    for at, indent in _indents(page, rows, apart):
        wanted[at] += " " * indent
    for at in _breaks(page, rows, apart):
        wanted[at] = BREAK
    for at in rows_where(page.fenced[rows]).tolist():
        row = kept[at]
        if at and kept[at - 1] == row - 1 and page.fenced[row - 1]:
            wanted[at] = page.text[page.ends[row - 1] : page.starts[row]].replace("\r\n", "\n").replace("\r", "\n")
    return wanted


def edited_lines(page: Page, kept: Sequence[int], replacements: Sequence[tuple[str, Replace]]) -> list[str]:
    """Give what the kept rows read once they are mended; replacements are in order and do not overlap."""
    by_row: dict[int, list[Replace]] = {}
    for _, action in replacements:
        by_row.setdefault(page.row_of(action.start), []).append(action)
    lines = []
    for row in kept:
        line, shift = page.lines[row], page.starts[row]
        pieces: list[str] = []
        done = 0
        for action in by_row.get(row, ()):
            pieces += (line[done : action.start - shift], action.replacement)
            done = action.end - shift
        lines.append("".join((*pieces, line[done:])))
    return lines


def _rendered_separators(page: Page, kept: Sequence[int]) -> list[str]:
    """Give the white space before the kept rows of a rendered page, which is tidy already; code keeps its indent."""
    wanted = untouched_separators(page, kept)
    for at in rows_where(page.fenced[np.asarray(kept, np.int64)]).tolist():
        row = kept[at]
        if at and kept[at - 1] != row - 1:
            space = page.text[page.ends[row - 1] : page.starts[row]]
            wanted[at] += space[space.rfind("\n") + 1 :]
    if wanted:
        wanted[0] = ""
    return wanted


def untouched_separators(page: Page, kept: Sequence[int]) -> list[str]:
    """Give the white space before each kept row as it stands, and plain breaks where rows went."""
    rows = np.asarray(kept, np.int64)
    wanted = ["\n\n" if gap else "\n" for gap in gaps_before(page, rows).tolist()]
    previous = -1
    for at, row in enumerate(kept):
        if row == previous + 1:
            wanted[at] = page.text[page.ends[previous] if row else 0 : page.starts[row]]
        elif not at:
            wanted[at] = ""
        previous = row
    return wanted


def _breaks(page: Page, rows: Ints, apart: Bools) -> Iterator[int]:
    """Yield the places in ``rows`` of second halves: no end of a sentence, a blank line, lower case."""
    measures = page.measures
    before, after = rows[:-1], rows[1:]
    broken = ~measures.ends[before] & measures.starts_low[after] & apart[1:] & measures.ends[after]
    broken &= (measures.weight[before] >= JOIN_WEIGHT) & (measures.words[before] >= JOIN_WORDS)
    marked = page.bullets | (page.headings > 0) | (page.links > JOIN_LINKS)
    broken &= ~marked[before] & ~marked[after] & (page.indents[before] == page.indents[after])
    for at in rows_where(broken).tolist():
        if _LOWER_START.match(page.visible[rows[at + 1]]) and _OPEN_END.search(page.visible[rows[at]]):
            yield at + 1


def _indents(page: Page, rows: Ints, apart: Bools) -> list[tuple[int, int]]:
    """Give the indents that carry meaning, of nested list items and of code, with their places in ``rows``.

    Layout text indents whole pages, so the least indent of a block of neighbouring lines counts as none,
    and a block with prose in it has no indents at all.
    """
    own = page.indents[rows]
    if not own.any():
        return []
    first = apart.copy()
    first[0] = True
    opens = rows_where(first)
    block = np.cumsum(first) - 1
    least = np.minimum.reduceat(own, opens)
    prose = np.maximum.reduceat(page.prose[rows], opens)
    further = np.where(prose[block], 0, own - least[block])
    return [(at, int(further[at])) for at in rows_where(further).tolist()]
