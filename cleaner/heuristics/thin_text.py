"""Stretches of the page where text is thin: menus, teaser lists, link farms, footers.

A page alternates between main content, where lines are long and end as sentences do, and boilerplate, where
they are short, repeated, in capitals, or links. Every line earns its words and pays a cost; the split of the page
into stretches that earns most is found in one pass (Viterbi's algorithm over two states, after the
maximum-subsequence segmentation of Pasternack and Roth, 2009, and Finn's body text extraction, 2001). Changing
state costs :data:`SWITCH` words, so that single short lines inside an article stay: headings, list items,
answers of an interview.

The cost of a line follows the page: where most of the text is prose, short lines are boilerplate; where little
is (a catalogue, a listing) or posts alternate with names and buttons (a thread), they are the content.

It must not touch short texts, lists inside prose, headings before prose, or pages without prose.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import LINK_ONLY, NOISE_FAMILIES, noise
from cleaner.heuristics._thread import is_thread
from cleaner.measures import Floats, runs
from cleaner.model import Drop

GUESSES = ("in_rows",)

LONGEST = 42.0
"""Words of a line that count: one huge line does not outweigh a page."""
SENTENCE_BONUS = 0.46
"""Share of its words that a paragraph with a sentence's end earns besides."""
LINK_LOSS = 0.5
"""Share of its words that a line loses when all of it is link."""
COST, PROSE_COST = 1.2, 7.5
"""Words a line costs: the first on every page, the second times the page's share of prose."""
THREAD_SHARE = 0.6
"""Part of the share of prose that counts on a thread."""
SWITCH = 48.0
"""Words that a change from content to boilerplate and back must save."""
EDGE = 6.0
"""Words that must be saved before the head or the tail of a page goes."""
NEAR = 5
"""Rows from the content within which paragraphs and sentences stay: a last reply, a standfirst, "Nobody was hurt."."""
REPEATED, SHORT_BULLET, CAPITALS, LINKED = 0.7, 0.35, 0.5, 0.75
"""Further cost, as a share of the line's cost."""
SHORT_WORDS = 8
EVIDENCE = 2
"""Lines with a phrase, repeated or of links that show a short stretch to be noise."""
BARE_RUN = 30
"""Rows from which a stretch is noise without such evidence: a shorter one may be the author's list or verse."""
PHRASE, WEAK_PHRASE = 1.0, 0.3
"""Further cost of a line that a phrase of noise marks, or one that noise and articles share."""
HEADING_COST = -8.0
"""A marked heading earns: the content's headings stand between its paragraphs."""
CODE_GAIN = 1.0
"""A line of fenced code earns little, but costs nothing."""
MENU_CAPITALS, MENU_COST = 0.5, 4.0
"""A long line without an end whose words mostly have capitals is a menu in one line, and costs at least this."""


def propose(page: Page) -> Iterator[Drop]:
    """Propose the stretches outside the main content."""
    if not page.has_prose:
        return
    content = np.array(segment(gains(page).tolist(), SWITCH, EDGE), np.bool_)
    if not (content & page.prose).any():
        return
    near = np.convolve(content, np.ones(2 * NEAR + 1), "same") > 0 if len(content) > 2 * NEAR else content.any()
    evidence = noise(page)
    closing = near & page.measures.ends & ~evidence & (page.links < LINK_ONLY)
    for first, end in runs(~(content | (near & page.prose) | closing)):
        if end - first < BARE_RUN and evidence[first:end].sum() < EVIDENCE:
            continue
        yield Drop(range(first, end), "a stretch of short lines outside the main content")


WEAK_FAMILIES = (
    "shop",
    "forum",
    "section",
    "month",
    "byline",
    "dateline-label",
    "weather-index",
    "weekday",
    "caption-credit",
)


def gains(page: Page) -> Floats:
    """Give what each row earns less what it costs, in words."""
    measures = page.measures
    flow = page.flows
    sizes = np.bincount(flow)
    total = np.bincount(flow, weights=measures.words)
    ends = np.bincount(flow, weights=measures.ends & (total[flow] >= SHORT_WORDS)) > 0
    worth = np.minimum(total, LONGEST) * (1 + SENTENCE_BONUS * ends)
    links = np.bincount(flow, weights=page.links * measures.words) / np.maximum(total, 1)
    worth *= 1 - LINK_LOSS * links
    short_bullet = page.bullets & (measures.words < SHORT_WORDS)
    capitals = (measures.upper > 0.7 * measures.letters) & (measures.letters > 2)
    factor = (
        1
        + REPEATED * page.repeated
        + SHORT_BULLET * short_bullet
        + CAPITALS * capitals
        + LINKED * (page.links > LINK_ONLY)
        + PHRASE * page.marked(*NOISE_FAMILIES)
        + WEAK_PHRASE * page.marked(*WEAK_FAMILIES)
    )
    cost = (COST + PROSE_COST * page.prose_share * (THREAD_SHARE if is_thread(page) else 1.0)) * factor
    cost[page.headings > 0] = HEADING_COST
    gain = worth[flow] / sizes[flow] - cost / sizes[flow]
    menu = ~measures.ends & (measures.words >= SHORT_WORDS) & (measures.upper > MENU_CAPITALS * measures.words)
    gain[menu] = np.minimum(gain[menu], -MENU_COST)
    gain[page.fenced] = CODE_GAIN
    return np.asarray(gain, np.float64)


def segment(gain: Sequence[float], switch: float, edge: float) -> list[bool]:
    """Split rows into content (True) and the rest so that the content's gain, less the changes', is greatest."""
    inside, outside = 0.0, -edge
    from_inside: list[bool] = []  # best way into "inside" at each row came from inside
    from_outside: list[bool] = []
    for value in gain:
        enter = outside - switch / 2
        leave = inside - switch / 2
        stays_in, stays_out = inside >= enter, outside >= leave
        inside, outside = (inside if stays_in else enter) + value, (outside if stays_out else leave)
        from_inside.append(stays_in)
        from_outside.append(stays_out)
    state = inside >= outside - edge
    content = [False] * len(gain)
    for row in range(len(gain) - 1, -1, -1):
        content[row] = state
        state = from_inside[row] if state else not from_outside[row]
    return content
