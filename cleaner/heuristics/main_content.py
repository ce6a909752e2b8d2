"""Everything outside the main content of an article's page.

Each row earns its words, if they are no links, and costs a few. The subtrees whose rows earn the most between them
are the content; each further subtree must earn :data:`SWITCH` words of its own, so that the sections of a page that
lie apart all stay, and a stray sentence in a box does not.

It must not touch pages without an article: on listings and product pages the short lines are the content.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cleaner.blocks.dom import CAPTION, CONTROL, ITEM, Dom
from cleaner.blocks.page import Page
from cleaner.heuristics._kind import has_article
from cleaner.measures import Bools, Floats
from cleaner.model import Drop

GUESSES = ("in_rest",)

COST = 3.0
"""Words that a row costs."""
LINK_LOSS = 1.5
"""Times its words that a row of link text loses."""
SWITCH = 60.0
"""Words that a further subtree must earn."""
LONGEST = 60.0
"""Words of a row that count."""
SENTENCE, FRAGMENT = 1.4, 0.8
"""What a word earns in a row that reads as a sentence, and in any other."""
SENTENCE_WORDS, TEXT_WORDS = 6, 20
CODE_GAIN = 3.0
"""A line of code earns at least this."""


def propose_in_rest(page: Page) -> Iterator[Drop]:
    """Propose the rows outside the best subtrees."""
    dom = page.dom
    if dom is None or not has_article(page):
        return
    inside = best_subtrees(dom, gains(page, dom))
    rows = np.flatnonzero(~inside)
    if inside.any() and len(rows):
        yield Drop(rows.tolist(), "outside the main content")


def gains(page: Page, dom: Dom) -> Floats:
    """Give what each row earns, less what it costs, in words."""
    measures = page.measures
    words = measures.words
    sentence = (measures.ends & (words >= SENTENCE_WORDS)) | (words >= TEXT_WORDS)
    gain = np.minimum(words, LONGEST) * (1 - LINK_LOSS * page.links) * np.where(sentence, SENTENCE, FRAGMENT) - COST
    gain = np.where(page.headings > 0, np.maximum(gain, 0), gain)
    gain = np.where(page.fenced, np.maximum(gain, CODE_GAIN), gain)
    gain = gain + ((dom.kinds == ITEM) & (page.links < 0.5))
    gain[(dom.flags & (CAPTION | CONTROL)) > 0] = 0.0
    return np.asarray(gain, np.float64)


def best_subtrees(dom: Dom, gain: Floats) -> Bools:
    """Tell which rows lie in the set of subtrees that earns the most, :data:`SWITCH` paid for each."""
    before = np.concatenate(([0.0], np.cumsum(gain)))
    firsts, ends = dom.extent
    alone = (before[ends] - before[firsts] - SWITCH).tolist()
    parents = dom.whole.parents
    below = [0.0] * len(alone)
    chosen = [False] * len(alone)
    for element in range(len(alone) - 1, -1, -1):
        best = alone[element]
        if below[element] >= best:
            best = below[element]
        else:
            chosen[element] = True
        if best > 0 and parents[element] >= 0:
            below[parents[element]] += best
    return dom.within(_outermost(chosen, alone, parents))


def _outermost(chosen: list[bool], alone: list[float], parents: Sequence[int]) -> list[int]:
    """Give the chosen subtrees that lie in no other one."""
    found: list[int] = []
    covered = [False] * len(chosen)
    for element, parent in enumerate(parents):
        if parent >= 0 and covered[parent]:
            covered[element] = True
        elif chosen[element]:
            covered[element] = True
            if alone[element] > 0:
                found.append(element)
    return found
