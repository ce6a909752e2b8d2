"""The scorer: probabilities for the rows of a page, and what it proposes from them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from cleaner.blocks.page import Page
from cleaner.heuristics import guesses
from cleaner.heuristics._phrases import noise
from cleaner.heuristics.title import find as find_title
from cleaner.heuristics.title import may_be_standfirsts
from cleaner.measures import Bools, Floats, rows_where
from cleaner.model import Drop, Flag, Keep, Proposal, Rank
from cleaner.scorer.columns import Columns, Matrix, sums_around
from cleaner.scorer.forest import Forest, probability
from cleaner.scorer.line_features import RULES, add_line_features, sources
from cleaner.scorer.storage import unpack_weights
from cleaner.scorer.tree_features import add_tree_features
from cleaner.scorer.words import Words

SCORER = "scorer"
"""What the rules of the scorer's edits are named after: ``scorer/text``, ``scorer/html``."""
TEXT, HTML = "text", "html"
MODELS = (TEXT, HTML)

OVERRULES = 0.2
"""Probability from which a row may stay that only guesses of heuristics want to drop (see ``GUESSES``)."""
LEAST_GAIN, LEAST_GAIN_CLEAN = 0.005, 0.05
"""F1 that dropping rows must be expected to bring: of a page that rules or heuristics found noise on, and of one that
they did not, which is most likely clean already and is left alone."""
PROSE_LEAST = 0.3
"""Probability from which prose stays that no heuristic wants to drop: a sentence lost is worse than a line of junk."""
HEADING_LEAST = 0.25
"""Probability from which a row right above prose stays, but for the head of the page: it may be its heading."""
UNSURE = 0.3
"""Probability that the likeliest row of a page must have: below, the page is like none that was trained on."""
NEAR_TITLE = 4
"""Rows under the title that a standfirst stands in."""
STANDFIRST_LEAST = 0.1
"""Probability from which it stays."""
BESIDE = 2
"""Rows from prose within which a short sentence stays."""
SHOWN = 3
"""Features that a reason names."""
_LEAST_WORDS = 0.01


class Moved(NamedTuple):
    """A feature that moved the scorer's judgement of a row: its value there, and by how much the log odds."""

    feature: str
    value: float
    by: float


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the scorer thinks of a row: how likely it is content, and the features that said so the loudest."""

    probability: float
    moved: tuple[Moved, ...]


@dataclass(frozen=True)
class LineScorer:
    """Two forests, one for plain text and one for HTML, and the words that both know. Threads may share it."""

    forests: Mapping[str, Forest]
    words: Words
    labels: Mapping[str, float]
    """The weight of each word of classes and ids."""
    explains: bool = False
    """Reasons name the features that moved the probability the most; it takes some time."""
    digest: str = ""
    """A hash of the weights' files."""

    @staticmethod
    @cache
    def load(*, explains: bool = False) -> LineScorer:
        """Give the scorer with the weights that come with the package."""
        folder = files(__package__) / "weights"
        stored: dict[str, Mapping[str, NDArray[Any]]] = {}
        digest = hashlib.sha256()
        for name in (*MODELS, "words", "labels"):
            content = (folder / f"{name}.npz").read_bytes()
            digest.update(content)
            with np.load(BytesIO(content), allow_pickle=False) as arrays:
                stored[name] = {key: arrays[key] for key in arrays.files}
        return LineScorer(
            forests={name: Forest.from_arrays(stored[name]) for name in MODELS},
            words=Words(unpack_weights(stored["words"])),
            labels=unpack_weights(stored["labels"]),
            explains=explains,
            digest=digest.hexdigest(),
        )

    def propose(self, page: Page, proposals: Sequence[Proposal]) -> tuple[list[Proposal], list[Flag]]:
        """Propose what goes and what stays of a page, given what rules and heuristics propose.

        Rows that a heuristic only guesses to be noise stay where they are likely content; rows that nobody wants
        to drop go where that is expected to make the page better. A page that the scorer is unsure of as a whole is
        flagged, and nothing is proposed.
        """
        if not len(page):
            return [], []
        kind = _kind(page)
        proposed = rows_proposed(page, proposals)
        matrix = self._matrix(page, proposed, kind)
        likely = _of_paragraphs(page, probability(self.forests[kind].log_odds(matrix)))
        gone = np.logical_or.reduce(proposed)
        sure = np.logical_or.reduce(proposed[_sure(kind)])
        hoped = float(likely.max())
        if hoped < UNSURE:
            return [], [Flag("unsure", f"no line is content with a probability over {hoped:.2f}: the scorer kept out")]
        found: list[Proposal] = []
        keep = best_rows(likely, page.measures.words, gone, sure) | (_precious(page, likely) & ~gone)
        staying = rows_where(gone & keep)
        if len(staying):
            found.append(Proposal(f"{SCORER}/{kind}", Rank.SCORER, Keep(staying.tolist(), "likely content")))
        dropped = rows_where(~gone & ~keep)
        reasons = self._reasons(kind, likely[dropped], matrix[:, dropped])
        for reason, rows in _grouped(dropped.tolist(), reasons).items():
            found.append(Proposal(f"{SCORER}/{kind}", Rank.SCORER, Drop(rows, reason)))
        return found, []

    def probabilities(self, page: Page, proposals: Sequence[Proposal]) -> Floats:
        """Give for each row of a page how likely it is content."""
        kind = _kind(page)
        matrix = self._matrix(page, rows_proposed(page, proposals), kind)
        return probability(self.forests[kind].log_odds(matrix))

    def judge(self, page: Page, proposals: Sequence[Proposal], count: int = SHOWN) -> list[Judgement]:
        """Judge each row of a page, for people to read: what it goes by in :meth:`propose`, with its features.

        Of ``proposals`` those of the scorer itself are not evidence. ``count`` is how many features are named.
        """
        kind = _kind(page)
        evidence = [proposal for proposal in proposals if proposal.rank != Rank.SCORER]
        matrix = self._matrix(page, rows_proposed(page, evidence), kind)
        forest = self.forests[kind]
        likely = _of_paragraphs(page, probability(forest.log_odds(matrix)))
        places = {name: at for at, name in enumerate(forest.names)}
        judgements: list[Judgement] = []
        for row, moved in enumerate(forest.moved_most(matrix, count)):
            named = tuple(Moved(name, float(matrix[places[name], row]), by) for name, by in moved)
            judgements.append(Judgement(float(likely[row]), named))
        return judgements

    def _matrix(self, page: Page, proposed: Bools, kind: str) -> Matrix:
        columns = features(page, proposed, self.words, self.labels)
        return columns.matrix()[_places(self.forests[kind].names, tuple(columns.names))]

    def _reasons(self, kind: str, likely: Floats, matrix: Matrix) -> list[str]:
        said = [f"content with probability {value:.2f}" for value in likely]
        if not self.explains or not said:
            return said
        forest = self.forests[kind]
        values = dict(zip(forest.names, matrix, strict=True))
        return [
            f"{text}: " + ", ".join(f"{name} {values[name][at]:.3g} ({step:+.1f})" for name, step in moved)
            for at, (text, moved) in enumerate(zip(said, forest.moved_most(matrix, SHOWN), strict=True))
        ]


def _kind(page: Page) -> str:
    return TEXT if page.dom is None else HTML


def features(page: Page, proposed: Bools, words: Words, labels: Mapping[str, float]) -> Columns:
    """Give all features of a page's rows: what the scorer is trained on and predicts from."""
    columns = Columns(len(page))
    add_line_features(page, proposed, columns)
    if page.dom is None:
        words.add_to(columns, page.visible)
    else:
        words.add_to(columns, page.visible, known_least=0.0)
        add_tree_features(page, page.dom, labels, np.logical_or.reduce(proposed), columns)
    return columns


def rows_proposed(page: Page, proposals: Sequence[Proposal]) -> Bools:
    """Give the rows that each of :func:`sources` wants to drop: a matrix of sources by rows."""
    places = {f"heuristics/{name}": at for at, name in enumerate(sources())}
    rules = sources().index(RULES)
    proposed = np.zeros((len(sources()), len(page)), np.bool_)
    for proposal in proposals:
        action = proposal.action
        if isinstance(action, Drop) and len(action.rows):
            at = places.get(proposal.rule, rules)
            proposed[at, np.asarray(action.rows, np.int64)] = True
    return proposed


def best_rows(likely: Floats, words: Floats, gone: Bools, sure: Bools) -> Bools:
    """Choose the rows to keep so that the expected F1 of the page's words is greatest.

    Rows in the order of their probability are kept as long as that raises 2 TP / (kept + content), each expected
    (after Ye et al., "Optimizing F-measure", ICML 2012). ``gone`` are rows that somebody drops; ``sure`` of them go,
    the others need a probability of :data:`OVERRULES` at least to stay. Where that choice is expected to bring less
    than :data:`LEAST_GAIN` over what the heuristics leave, nothing else is dropped.
    """
    weight = np.maximum(words, _LEAST_WORDS)
    true = likely * weight
    content = max(float(true.sum()), _LEAST_WORDS)
    keep = np.zeros(len(likely), np.bool_)
    order = np.argsort(-likely, kind="stable")
    order = order[~sure[order]]
    if not len(order):
        return keep
    expected = 2 * np.cumsum(true[order]) / (np.cumsum(weight[order]) + content)
    best = int(expected.argmax())
    as_it_is = 2 * float(true[~gone].sum()) / (float(weight[~gone].sum()) + content)
    keep[order[: best + 1]] = True
    keep &= ~gone | (likely >= OVERRULES)
    if expected[best] - as_it_is < (LEAST_GAIN if gone.any() else LEAST_GAIN_CLEAN):
        keep |= ~gone
    return keep


@cache
def _sure(kind: str) -> NDArray[np.intp]:
    """Give which of :func:`sources` are not to be overruled."""
    unsure = guesses("in_rows") if kind == TEXT else guesses("in_tree", "in_rest")
    return np.array([at for at, name in enumerate(sources()) if name not in unsure], np.intp)


def _of_paragraphs(page: Page, likely: Floats) -> Floats:
    """Give each row the probability of its paragraph: one that is broken into lines goes or stays as a whole."""
    flows = page.flows
    weight = page.measures.weight
    return np.asarray((np.bincount(flows, likely * weight) / np.maximum(np.bincount(flows, weight), 1e-9))[flows])


def _precious(page: Page, likely: Floats) -> Bools:
    """Tell which rows are not for the scorer to drop.

    The title; a standfirst, which is a sentence between it and the prose; prose that is not most surely noise; on
    texts short sentences beside prose ("Nobody was hurt."); and what may be a heading above prose.
    """
    precious = page.prose & (likely >= PROSE_LEAST)
    if page.dom is None:
        beside = sums_around(page.prose[None], BESIDE)[0] > 0
        precious |= beside & page.measures.ends & ~noise(page)
    above = np.append(page.prose[1:], False)
    above[: page.head_end] = False
    precious |= above & (likely >= HEADING_LEAST) & ~noise(page)
    precious |= page.headings == 1
    title = find_title(page)
    if title is not None:
        precious[title] = True
        under = slice(title + 1, min(title + 1 + NEAR_TITLE, page.head_end))
        precious[under] |= (may_be_standfirsts(page) & (likely >= STANDFIRST_LEAST) & ~noise(page))[under]
    return precious


def _grouped(rows: Sequence[int], reasons: Sequence[str]) -> dict[str, list[int]]:
    groups: dict[str, list[int]] = {}
    for row, reason in zip(rows, reasons, strict=True):
        groups.setdefault(reason, []).append(row)
    return groups


@cache
def _places(wanted: tuple[str, ...], names: tuple[str, ...]) -> NDArray[np.intp]:
    """Give where the features that a forest asks for stand among those computed."""
    places = {name: at for at, name in enumerate(names)}
    return np.array([places[name] for name in wanted], np.intp)
