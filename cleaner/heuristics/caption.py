"""Captions and credits of pictures: "Photo: ...", "Getty Images", "file photo", "(c) Name / Agency".

A picture is gone from the text, and its caption reads as a stray sentence. Only lines with a credit are taken:
a caption without one cannot be told from the author's text.

It must not touch a paragraph of prose that speaks of a photograph or names an agency.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from cleaner.blocks.dom import CAPTION
from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.measures import rows_where
from cleaner.model import Drop
from cleaner.phrases import Lexicon

GUESSES = ("in_tree",)

MAX_WEIGHT = 260.0
MAX_NAME = 60
"""Characters of the name behind a label."""
_CLOSED = "*_)]"
_COLONS = str.maketrans("：=＝", ":::")
_SENTENCE_MARKS = ".!?…。！？"
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


def propose(page: Page) -> Iterator[Drop]:
    """Propose lines that carry a credit."""
    rows = set(labels(page, "caption-credit", MAX_WEIGHT).tolist())
    measures = page.measures
    short = measures.weight <= MAX_WEIGHT
    for row in rows_where(short & (measures.punctuation > 0)).tolist():
        line = page.lines[row]
        if line[-1] in _CLOSED and _CREDIT.search(line):
            rows.add(row)
    for row in rows_where(
        short & (measures.commas + measures.symbols > 0) & (measures.stops > 0) & ~measures.ends
    ).tolist():
        if _ends_in_label(page.visible[row]):
            rows.add(row)
    if rows:
        yield Drop(sorted(rows), "a picture's caption or credit")


@cache
def _picture_words() -> frozenset[str]:
    return frozenset(Lexicon.load().phrases("caption-credit", "label"))


def _ends_in_label(line: str) -> bool:
    """Tell whether a line ends in a word for a picture, a colon and a name: "... in June. Photo: Ann Roe"."""
    before, colon, name = line.translate(_COLONS).rpartition(":")
    if not colon or not 1 < len(name) <= MAX_NAME:
        return False
    sentence = max(before.rfind(mark) for mark in _SENTENCE_MARKS)
    return sentence >= 0 and before[sentence + 1 :].strip(' "”»)').casefold() in _picture_words()


def propose_in_tree(page: Page) -> Iterator[Drop]:
    """Propose the captions that the markup names."""
    if page.dom is None:
        return
    rows = rows_where((page.dom.flags & CAPTION) > 0)
    if len(rows):
        yield Drop(rows.tolist(), "a picture's caption")
