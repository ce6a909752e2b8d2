"""What the scorer sees of a row of an HTML page besides: the elements that it stands in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from cleaner.blocks.dom import KINDS, Dom, label_words
from cleaner.blocks.page import Page
from cleaner.heuristics._kind import has_article, is_forum, is_product
from cleaner.measures import Bools, Floats, Ints
from cleaner.scorer.columns import Columns, numbered, sums_before

INSIDE = (
    "main", "article", "aside", "nav", "header", "footer", "form", "table", "ul", "ol", "section", "figure", "dl",
    "blockquote", "details", "h1", "h2", "h3", "h4", "p", "button", "select", "noscript",
)  # fmt: skip
"""Tags that are told apart: whether a row stands in such an element, however deep."""
FLAGS = ("hidden", "noscript", "control", "caption", "header cell")
"""The bits of :attr:`Dom.flags`, in their order."""
LEVELS = 5
"""Wider and wider elements around a row that are measured, from its own on."""
LARGE = 0.5
"""Share of the page's words of an element that is no card of many."""


def add_tree_features(page: Page, dom: Dom, labels: Mapping[str, float], proposed: Bools, columns: Columns) -> None:
    """Add the features of the tree.

    ``labels`` has the weight of each word of classes and ids, ``proposed`` the rows that somebody wants to drop.
    """
    count = len(page)
    columns.add_block(numbered("kind", KINDS), dom.kinds == np.arange(len(KINDS))[:, None])
    columns.add_block(FLAGS, (dom.flags >> np.arange(len(FLAGS))[:, None]) & 1)
    columns.add("level", dom.levels * (dom.kinds < KINDS.index("code")))
    columns.add("goes on", dom.continues)
    inside = np.zeros((len(INSIDE), count), np.bool_)
    for at, tag in enumerate(INSIDE):
        elements = dom.whole.by_tag.get(tag)
        if elements:
            inside[at] = dom.within(elements)
    columns.add_block(numbered("in", INSIDE), inside)
    _add_elements(page, dom, labels, proposed, columns)
    columns.add("page: article", has_article(page))
    columns.add("page: posts", is_forum(page))
    columns.add("page: product", is_product(page))


def _add_elements(page: Page, dom: Dom, labels: Mapping[str, float], proposed: Bools, columns: Columns) -> None:
    """Add measures of each row's element and the wider ones around it.

    Elements are numbered as in the tree, with one more at the end: what stands above the root.
    """
    tree = dom.whole
    elements = len(tree.parents)
    above = np.append(np.asarray(tree.parents, np.int64), elements)
    above[above < 0] = elements
    firsts, ends = dom.extent
    first, end = np.append(firsts, 0), np.append(ends, len(page))
    words = page.measures.words
    each = np.stack((words, words * page.links, words * page.prose, words * proposed, page.measures.ends))
    sums = sums_before(each)
    of_words, linked, prose, gone, sentences = sums[:, end] - sums[:, first]
    size = (end - first).astype(np.float64)
    rows, some_words = np.maximum(size, 1), np.maximum(of_words, 1.0)
    share = of_words / max(1.0, float(words.sum()))
    weight = np.append(_label_weights(tree.labels, labels), 0.0)
    siblings = np.append(_siblings(tree.tags, tree.labels, tree.parents), 1)
    measured = {
        "rows": np.log1p(size),
        "words": np.log1p(of_words),
        "words a row": np.log1p(of_words / rows),
        "links": linked / some_words,
        "prose": prose / some_words,
        "proposed": gone / some_words,
        "ends": sentences / rows,
        "share": share,
        "label": weight,
        "siblings": np.log1p(siblings),
    }
    block = np.stack(list(measured.values()))
    at = dom.elements
    cards = np.log1p(siblings * (share < LARGE))
    most = _along(np.stack((weight, cards)), above, np.maximum)[:, at]
    least = _along(weight[None], above, np.minimum)[:, at]
    total = _along(np.stack((weight, np.append(np.ones(elements), 0.0))), above, np.add)[:, at]
    columns.add_block(
        ["labels, most", "siblings, most", "labels, least", "labels, sum", "depth"],
        np.concatenate((most, least, total)),
    )
    wider = _wider(above, first, end)
    places = np.arange(len(page))
    for level in range(LEVELS):
        names = [f"element {level}: {name}" for name in (*measured, "place")]
        columns.add_block(names, np.concatenate((block[:, at], ((places - first[at]) / rows[at])[None])))
        at = wider[at]


def _along(values: Floats, above: Ints, join: np.ufunc) -> Floats:
    """Join the values of each element and all around it, by doubling the step up the tree."""
    joined = values
    step = above
    while (step != step[-1]).any():
        joined = join(joined, joined[:, step])
        step = step[step]
    return joined


def _wider(above: Ints, first: Ints, end: Ints) -> Ints:
    """Give the innermost element around each that covers more rows."""
    outside = len(above) - 1
    same = (first[above] == first) & (end[above] == end) & (above != outside)
    top = np.where(same, above, np.arange(len(above)))
    while (top != (higher := top[top])).any():  # the outermost that covers the same rows, by doubling the step
        top = higher
    return above[top]


def _label_weights(element_labels: Sequence[str], labels: Mapping[str, float]) -> Floats:
    """Give the weight of each element's classes and id: the mean of the words that are known."""
    known: dict[str, float] = {}
    for label in set(element_labels):
        found = [labels[word] for word in label_words(label) if word in labels]
        known[label] = sum(found) / len(found) if found else 0.0
    return np.fromiter(map(known.__getitem__, element_labels), np.float64, len(element_labels))


def _siblings(tags: Sequence[str], labels: Sequence[str], parents: Sequence[int]) -> Ints:
    """Tell how many elements beside each one have its tag and its label, itself among them."""
    keys = list(zip(parents, tags, labels, strict=True))
    counts = Counter(keys)
    return np.fromiter(map(counts.__getitem__, keys), np.int64, len(keys))
