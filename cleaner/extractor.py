"""Extractors of HTML pages: our own blocks and heuristics, or trafilatura's answer as proposals to our rows.

trafilatura reads the page again and gives a text; rows that it left out are proposed to go, so that its cleaning is
a list of edits like ours, and can be shown and undone. Asked for by ``auto`` only where our own heuristics leave
nothing (:func:`is_unsure`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

from cleaner.blocks.page import Page
from cleaner.measures import rows_where
from cleaner.model import Drop, Proposal

AUTO, BLOCKS, TRAFILATURA = "auto", "blocks", "trafilatura"
EXTRACTORS = (AUTO, BLOCKS, TRAFILATURA)
TRAFILATURA_RULE = "extractor/trafilatura"

UNSURE_WORDS = 40.0
"""Words of running text of a page of which our heuristics leave none, from which their answer is doubted.

Asking where they leave a tenth as well changed F1 on the WCXB development split by less than 0.0001 and made the
slowest hundredth of the pages half as slow again."""
_WORD = re.compile(r"\w+")
_SHORT = 25
"""Characters of a row that must be a line of its own in trafilatura's text: short ones stand in any sentence."""


def is_unsure(page: Page, proposals: Sequence[Proposal]) -> bool:
    """Tell whether our own proposals leave nothing of a page's text, so that another extractor should be asked."""
    dropped = np.zeros(len(page), np.bool_)
    for proposal in proposals:
        if isinstance(proposal.action, Drop):
            dropped[np.asarray(proposal.action.rows, np.int64)] = True
    text = page.measures.words * page.prose
    return float(text.sum()) >= UNSURE_WORDS and not text[~dropped].any()


def extract(page: Page) -> Drop | None:
    """Ask trafilatura: give the rows that its text leaves out, or None where it finds nothing."""
    assert page.dom is not None
    import trafilatura  # heavy, and seldom needed

    text = trafilatura.extract(page.dom.source, include_comments=False, include_formatting=False)
    if not text:
        return None
    lines = {_folded(line) for line in text.split("\n")}
    whole = f" {_folded(text)} "
    gone = [row for row in rows_where(~page.fenced).tolist() if not _holds(page.visible[row], lines, whole)]
    return Drop(gone, "left out by trafilatura") if len(gone) < len(page) else None


def _folded(text: str) -> str:
    return " ".join(_WORD.findall(text.casefold()))


def _holds(line: str, lines: set[str], whole: str) -> bool:
    folded = _folded(line)
    return folded in lines or (len(folded) >= _SHORT and f" {folded} " in whole)
