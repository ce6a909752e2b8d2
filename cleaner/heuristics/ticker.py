"""Tickers: currency rates, shares, commodity prices, index and weather strips.

A run of short lines, each a sign or a name of a currency, an index or a town and a number with a sign, a
per cent or a degree. They stand above the title or in the tail.

It must not touch price lists, recipes and result tables of the article: runs between prose paragraphs stay.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import regex

from cleaner.blocks.page import Page
from cleaner.heuristics.title import find
from cleaner.measures import rows_where, runs
from cleaner.model import Drop

MIN_RUN = 3
MAX_WEIGHT = 50.0
_NUMBER = r"[+\-−–▲▼↑↓]?\s?\d[\d.,'  ]*"
_RATE = regex.compile(
    rf"""^\W*(?:
        (?:[\p{{Sc}}]|\b[A-Z]{{3}}(?:\s?[/-]\s?[A-Z]{{3}})?\b|[\p{{L}}&.\s]{{2,24}}[:\s])\s*{_NUMBER}\s?(?:[\p{{Sc}}%]|[A-Z]{{3}})?
          (?:\s*\(?{_NUMBER}\s?%?\)?)*
      | {_NUMBER}\s?(?:[\p{{Sc}}%]|[A-Z]{{3}}\b)(?:\s*\(?{_NUMBER}\s?%?\)?)*
      | (?:[\p{{L}}.'’\s-]{{2,30}}[:,\s])?\s*[+\-−]?\d{{1,3}}\s?°\s?[CFСF]?\b?.{{0,12}}
    )\W*$""",
    regex.VERBOSE,
)
_SIGNED = regex.compile(r"[\p{Sc}%°▲▼↑↓]|\b[A-Z]{3}\b")


def propose(page: Page) -> Iterator[Drop]:
    """Propose runs of rates, indices and temperatures in the head and the tail."""
    if not page.has_prose:
        return
    weight = page.measures.weight
    candidates = (page.measures.digits > 0) & (weight <= MAX_WEIGHT)
    title = find(page)
    candidates[page.head_end if title is None else title : page.tail_start] = False
    marked = page.marked("weather-index")
    strip = np.zeros(len(page), np.bool_)
    for row in rows_where(candidates).tolist():
        line = page.visible[row]
        if (_SIGNED.search(line) or marked[row]) and _RATE.match(line):
            strip[row] = True
    for first, end in runs(strip):
        if end - first >= MIN_RUN:
            yield Drop(range(first, end), "a run of rates, indices or temperatures")
