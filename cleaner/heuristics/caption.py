"""Captions and credits of pictures: "Photo: ...", "Getty Images", "file photo", "(c) Name / Agency".

A picture is gone from the text, and its caption reads as a stray sentence. Only lines with a credit are taken:
a caption without one cannot be told from the author's text.

It must not touch a paragraph of prose that speaks of a photograph or names an agency.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

import numpy as np
import regex

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop
from cleaner.phrases import Lexicon

MAX_WEIGHT = 260.0
_COLON = re.compile("[:：].{1,60}$")
_CLOSED = ("*", "_", ")", "]")
_AGENCIES = (
    "AFP",
    "AP",
    "Reuters",
    "EPA",
    "dpa",
    "Getty",
    "TASS",
    "Xinhua",
    "EFE",
    "ANSA",
    "Anadolu",
    "Bloomberg",
)
_CREDIT = regex.compile(
    rf"(?:\*\*|__|\(|\[)[^*_()\[\]]{{2,40}}\s?/\s?(?:{'|'.join(_AGENCIES)})\b[^*_()\[\]]{{0,24}}(?:\*\*|__|\)|\])\W*$"
)
"""A name and an agency in bold or in brackets, at the end of the line."""


@cache
def _label_at_end() -> regex.Pattern[str]:
    """Match a sentence, then a word for a picture, a colon and a name: "... in June. Photo: Ann Roe"."""
    words = "|".join(
        sorted(map(regex.escape, Lexicon.load().phrases("caption-credit", "label")), key=len, reverse=True)
    )
    return regex.compile(rf"[.!?…。！？)»”\"']\s*(?i:{words})\s?[:：]\s?\S[^.!?。！？]{{1,60}}$")


def propose(page: Page) -> Iterator[Drop]:
    """Propose lines that carry a credit."""
    rows = set(labels(page, "caption-credit", MAX_WEIGHT).tolist())
    ends = _label_at_end()
    for row in np.flatnonzero(
        (page.measures.punctuation + page.measures.commas > 0) & (page.measures.weight <= MAX_WEIGHT)
    ).tolist():
        line = page.lines[row]
        if (line.endswith(_CLOSED) and _CREDIT.search(line)) or (_COLON.search(line) and ends.search(line)):
            rows.add(row)
    if rows:
        yield Drop(sorted(rows), "a picture's caption or credit")
