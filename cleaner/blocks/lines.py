"""Splits a decoded text into its rows, with their offsets."""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np

from cleaner.measures import Bools, Ints, rows_where

INVISIBLE = (
    "\x00\u00ad\u034f\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e"
    "\u2060\u2061\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters without a shape of their own that scrapers leave around text."""

WHITE = (
    " \t\r\n\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
) + INVISIBLE
"""What may surround a row without being part of it."""

_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_TAB = 8
_SHAPED = dict.fromkeys(map(ord, INVISIBLE))


class Lines(NamedTuple):
    """The rows of a text, a column each."""

    lines: list[str]
    starts: list[int]
    ends: list[int]
    gaps: Bools
    indents: Ints


def indent_of(space: str) -> int:
    """Give the columns of white space between the last line break of ``space`` and its end."""
    lead = space[space.rfind("\n") + 1 :]
    return len(lead.expandtabs(_TAB)) if "\t" in lead else len(lead)


def split(text: str) -> Lines:
    """Split a text at its line breaks (LF, CR LF or CR) and leave out blank lines."""
    white = WHITE if _INVISIBLE.search(text) else None
    if "\r" in text:
        text = text.replace("\r\n", " \n").replace("\r", "\n")  # of the same length: offsets stay
    raw = text.split("\n")
    left = [line.lstrip(white) for line in raw]
    stripped = [line.rstrip(white) for line in left]
    count = len(raw)
    sizes = np.fromiter(map(len, raw), np.int64, count)
    leads = sizes - np.fromiter(map(len, left), np.int64, count)
    lengths = np.fromiter(map(len, stripped), np.int64, count)
    kept = rows_where(lengths > 0)
    starts = (np.cumsum(sizes + 1) - sizes - 1 + leads)[kept]
    gaps = np.ones(len(kept), np.bool_)
    gaps[1:] = np.diff(kept) > 1
    indents = leads[kept]
    if "\t" in text or white is not None:
        for row in rows_where(indents > 0).tolist():
            indents[row] = indent_of(raw[kept[row]][: indents[row]].translate(_SHAPED))
    return Lines(
        lines=[line for line in stripped if line],
        starts=starts.tolist(),
        ends=(starts + lengths[kept]).tolist(),
        gaps=gaps,
        indents=indents,
    )
