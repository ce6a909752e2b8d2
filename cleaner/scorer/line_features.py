"""What the scorer sees of a row of any page: the line, the evidence against it, its neighbours, its place, its page."""

from __future__ import annotations

from collections import Counter
from functools import cache

import numpy as np

from cleaner.blocks.page import Page
from cleaner.heuristics import heuristics
from cleaner.heuristics._phrases import has_clutter, noise
from cleaner.heuristics._thread import is_thread
from cleaner.heuristics.title import find as find_title
from cleaner.measures import Bools, Floats
from cleaner.phrases.lists import FAMILIES
from cleaner.scorer.columns import REACHES, Columns, Matrix, numbered, shifted, since, sums_around, sums_before, until

RULES = "rules"
"""Stands for all rule files among the sources of proposals."""
OFFSETS = (-2, -1, 1, 2)
"""Neighbours that are looked at one by one."""
LONG = 25.0
"""Words of a row that is long."""
NEAR = ("words", "ends", "upper", "digits", "links", "noise", "proposed", "bullet", "heading", "prose")
"""What of a neighbour is looked at."""
AROUND = ("noise", "ends", "proposed", "bullet", "digits", "upper", "heading")
"""What of the rows around is counted."""
COUNTED = ("shop", "forum", "month", "byline", "comments", "legal", "form")
"""Families whose marks tell the kind of a page."""


@cache
def sources() -> tuple[str, ...]:
    """Name who may propose to drop a row: each heuristic, and the rule files together."""
    return (*heuristics(), RULES)


@cache
def _families() -> tuple[str, ...]:
    return tuple(sorted(FAMILIES))


def add_line_features(page: Page, proposed: Bools, columns: Columns) -> None:
    """Add the features of a page's rows; ``proposed`` has the rows that each of :func:`sources` wants to drop."""
    count = len(page)
    measures = page.measures
    chars = np.maximum(measures.chars, 1)
    words = measures.words
    some_words = np.maximum(words, 0.5)
    flows = page.flows
    lines = {
        "words": np.log1p(words),
        "weight": np.log1p(measures.weight),
        "word length": measures.letters / some_words,
        "letters": measures.letters / chars,
        "upper": measures.upper / np.maximum(measures.letters, 1),
        "capitals": measures.upper / some_words,
        "digits": measures.digits / chars,
        "commas": measures.commas / some_words,
        "stops": measures.stops / some_words,
        "stop count": np.minimum(measures.stops, 12),
        "symbols": measures.symbols / chars,
        "punctuation": measures.punctuation / chars,
        "ends": measures.ends,
        "starts low": measures.starts_low,
        "bullet": page.bullets,
        "heading": page.headings,
        "links": page.links,
        "code": page.fenced,
        "gap": page.gaps,
        "indent": np.log1p(page.indents),
        "paragraph words": np.log1p(np.bincount(flows, words))[flows],
        "paragraph rows": np.bincount(flows)[flows],
        "prose": page.prose,
        "noise": noise(page),
        "repeats": _repeats(page),
        "proposed": proposed.sum(axis=0),
    }
    block = np.empty((len(lines), count), np.float32)
    for row, values in enumerate(lines.values()):
        block[row] = values
    columns.add_block(lines, block)
    columns.add_block(numbered("proposed by", sources()), proposed)
    columns.add_block(numbered("phrase", _families()), _phrases(page))
    of = dict(zip(lines, block, strict=True))
    _add_neighbours(of, words, columns)
    _add_places(page, of, columns)
    _add_page(page, of, columns)


def _repeats(page: Page) -> Matrix:
    counts = Counter(page.visible)
    return np.log(np.fromiter(map(counts.__getitem__, page.visible), np.float32, len(page)))


def _phrases(page: Page) -> Matrix:
    block = np.zeros((len(_families()), len(page)), np.float32)
    for at, family in enumerate(_families()):
        rows = page.rows(family)
        if len(rows):
            block[at, rows] = 1
    return block


def _add_neighbours(of: dict[str, Matrix], words: Floats, columns: Columns) -> None:
    near = np.stack([of[name] for name in NEAR])
    for by in OFFSETS:
        columns.add_block([f"{name} {by:+}" for name in NEAR], shifted(near, by))
    weighed = np.stack((np.ones(columns.rows), words, words * of["prose"], words * of["links"]))
    counted = np.concatenate((weighed, np.stack([of[name] for name in AROUND])))
    for reach in REACHES:
        sums = sums_around(counted, reach)
        size, total = sums[0], np.maximum(sums[1], 1)
        block = np.concatenate(((np.log1p(sums[1] / size), sums[2] / total, sums[3] / total), sums[4:] / size))
        columns.add_block([f"{name} ±{reach}" for name in ("words", "prose", "links", *AROUND)], block)


def _add_places(page: Page, of: dict[str, Matrix], columns: Columns) -> None:
    count = len(page)
    words = page.measures.words
    places = np.arange(count)
    above, below = since(page.prose), until(page.prose)
    sums = sums_before(words)
    long = words >= LONG
    bad = of["noise"] > 0
    left = words * (of["proposed"] == 0)
    title = find_title(page)
    from_title = np.zeros(count) if title is None else places - title
    found = {
        "place": (places + 0.5) / max(count, 1),
        "prose before": page.prose_before,
        "left before": (np.cumsum(left) - left) / max(1.0, float(left.sum())),
        "from title": np.sign(from_title) * np.log1p(np.abs(from_title)),
    }
    rows = {
        "rows above": places,
        "rows below": count - 1 - places,
        "since prose": above,
        "until prose": below,
        "rows without prose": above + below,
        "words since prose": sums[places] - sums[np.maximum(places - above, 0)],
        "words until prose": sums[np.minimum(places + below, count)] - sums[places],
        "since long": since(long),
        "until long": until(long),
        "since heading": since(page.headings > 0),
        "since noise": since(bad),
        "until noise": until(bad),
    }
    columns.add_block([*found, *rows], np.concatenate((list(found.values()), np.log1p(list(rows.values())))))


def _add_page(page: Page, of: dict[str, Matrix], columns: Columns) -> None:
    words = page.measures.words
    total = max(1.0, float(words.sum()))
    count = len(page)
    found = {
        "rows": np.log1p(count),
        "words": np.log1p(total),
        "words a row": np.log1p(total / count),
        "prose": page.prose_share,
        "prose rows": np.log1p(page.prose.sum()),
        "noise": of["noise"].mean(),
        "words proposed": float(words[of["proposed"] > 0].sum()) / total,
        "rows proposed": (of["proposed"] > 0).mean(),
        "repeats": (of["repeats"] > 0).mean(),
        "links": float((words * page.links).sum()) / total,
        "bullets": page.bullets.mean(),
        "headings": np.log1p(np.count_nonzero(page.headings)),
        "digits": float(page.measures.digits.sum()) / float(page.measures.chars.sum()),
        "ends": page.measures.ends.mean(),
        "gaps": page.gaps.mean(),
        "thread": is_thread(page),
        "clutter": has_clutter(page),
        "Markdown": page.markup == "markdown",
    }
    found |= {family: np.log1p(len(page.rows(family))) for family in COUNTED}
    values = np.fromiter(map(float, found.values()), np.float32, len(found))
    columns.add_block([f"page: {name}" for name in found], np.repeat(values[:, None], count, axis=1))
