"""Finds boxes of HTML pages whose sentences would be taken for the article's by themselves.

What an advertisement says, or a few lines about the author, stands on some pages only, and so it is no line that
recurs on most. But a label announces it, or each element of its name holds what another page has, too: no author
writes so.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import regex

from cleaner.corpus.draft.element_names import is_common, is_given, names_of
from cleaner.corpus.draft.observed import Observed, Rows
from cleaner.heuristics._phrases import LABEL_WEIGHT
from cleaner.measures import rows_where

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from cleaner.measures import Bools

LABELLED_SHARE = 0.5
"""Share of what stands below a label, in an element beside it, that other pages must have."""
DOUBTFUL_SHARE = 0.7
"""Share of the sentences in an element before or after the article from which, if it is not all, somebody is told."""
ANNOUNCING = ("ad-label", "promo")
"""Families of phrases below which something follows that is no article's."""
OPENING = (*ANNOUNCING, "related-news", "newsletter")
"""Families of phrases that open a box of their own."""
SIBLINGS = ("div", "aside", "section", "figure", "ins")
"""Elements that may be named by their tag where they stand right behind a label; paragraphs may not."""
MOST_ROWS = 12
"""Rows of a box that a label opens."""
MOST_TEXT = 0.25
"""Share of the page's own prose that such a box may hold."""

_TAG = regex.compile(r"[a-z][a-z0-9]*")


class Boxes(NamedTuple):
    """Selectors of boxes, with their rows, and what was left alone, with the reason."""

    found: dict[str, Rows]
    unsure: list[str]


def boxes(pages: Sequence[Observed], named: Mapping[str, Rows], least: int) -> Boxes:
    """Find the boxes that are on ``least`` pages at least; ``named`` are the rows of named elements."""
    found: dict[str, Rows] = {}
    unsure: list[str] = []
    opened = _by_selector(pages, lambda seen: _opened(seen, named))
    beside = _by_selector(pages, lambda seen: _behind_labels(seen, named))
    for selector, rows in _in_order(opened):
        if _is_new(found, rows) and len(rows) >= least and _all_are_small(pages, rows):
            found[selector] = rows
    for selector, rows in _in_order(beside):
        if _is_new(found, rows) and len(rows) >= least and _share_again(pages, rows) >= LABELLED_SHARE:
            found[selector] = rows
    for selector, rows in _in_order(_at_the_edges(pages, named)):
        if not _is_new(found, rows) or len(rows) < least:
            continue
        share = _share_again(pages, rows)
        if share == 1:
            found[selector] = rows
        elif share >= DOUBTFUL_SHARE:
            unsure.append(f"{selector} says the same on many pages, but not on all: it may hold an author's sentence")
    return Boxes(found, unsure)


def _in_order(candidates: Mapping[str, Rows]) -> list[tuple[str, Rows]]:
    return sorted(candidates.items(), key=lambda item: (not is_given(item[0]), item[0]))


def _is_new(found: Mapping[str, Rows], rows: Rows) -> bool:
    """Tell whether other boxes leave some of these rows."""
    for number, some in rows.items():
        others = np.zeros_like(some)
        for known in found.values():
            if number in known:
                others |= known[number]
        if (some & ~others).any():
            return True
    return False


def _by_selector(
    pages: Sequence[Observed], candidates: Callable[[Observed], Iterable[tuple[str, Bools]]]
) -> dict[str, Rows]:
    """Put the candidates of all pages together."""
    found: dict[str, Rows] = defaultdict(dict)
    for number, seen in enumerate(pages):
        for selector, rows in candidates(seen):
            known = found[selector].setdefault(number, np.zeros(len(seen.page), np.bool_))
            known |= rows
    return {selector: rows for selector, rows in found.items() if not _holds_other(pages, selector, rows)}


def _holds_other(pages: Sequence[Observed], selector: str, rows: Rows) -> bool:
    """Tell whether a selector takes rows on some page that are no candidate's there, or all of a page's prose."""
    for number, seen in enumerate(pages):
        taken = rows_of(seen, selector)
        if (taken & ~rows.get(number, np.zeros_like(taken))).any() or not (seen.own & ~taken).any():
            return True
    return False


def rows_of(seen: Observed, selector: str) -> Bools:
    """Give the rows in the elements that a selector matches."""
    assert seen.page.dom is not None
    rows = np.zeros(len(seen.page), np.bool_)
    for span in seen.page.dom.select(selector):
        rows[seen.page.rows_in(span)] = True
    return rows


# --- boxes with a label ---------------------------------------------------------------------------------------------


class _Label(NamedTuple):
    """A row that is a label, the element that has nothing else, and the one around it."""

    row: int
    element: LexborNode
    box: LexborNode | None


def _labels(seen: Observed, families: Sequence[str]) -> Iterator[_Label]:
    dom = seen.page.dom
    assert dom is not None
    firsts, ends = dom.extent
    labels = seen.page.marked(*families) & (seen.page.measures.weight <= LABEL_WEIGHT) & seen.recurs
    for row in rows_where(labels).tolist():
        block = int(dom.elements[row])
        node = dom.node(block)
        if node is None:
            continue
        if ends[block] - firsts[block] == 1:
            yield _Label(row, node, node.parent)
            continue
        inner = next(node.iter(), None) if firsts[block] == row else None
        if inner is not None and " ".join(inner.text().split()) == seen.page.visible[row]:
            yield _Label(row, inner, node)  # an inline element that opens its block


def _opened(seen: Observed, named: Mapping[str, Rows]) -> Iterator[tuple[str, Bools]]:
    """Give selectors of elements that a label opens: by their names, or by the label's."""
    for row, label, box in _labels(seen, OPENING):
        rows = _rows(seen, box)
        if box is None or rows is None or rows_where(rows)[0] != row or not 1 < rows.sum() <= MOST_ROWS:
            continue
        yield from ((name, rows) for name in names_of(box.tag or "", box.attributes) if name in named)
        if _TAG.fullmatch(box.tag or ""):
            yield from ((f"{box.tag}:has(> {name})", rows) for name in _telling_names(label))


def _telling_names(label: LexborNode) -> list[str]:
    """Give the names of a label that are not just any: ".small" stands on other things, too."""
    return [name for name in names_of(label.tag or "", label.attributes) if not is_common(name)]


def _behind_labels(seen: Observed, named: Mapping[str, Rows]) -> Iterator[tuple[str, Bools]]:
    """Give selectors of elements right behind labels."""
    for _, label, _ in _labels(seen, ANNOUNCING):
        behind = _element_behind(label)
        rows = _rows(seen, behind)
        if behind is None or rows is None:
            continue
        tag = behind.tag or ""
        known = [name for name in names_of(tag, behind.attributes) if name in named]
        own = next(filter(is_given, known), tag if tag in SIBLINGS else next(iter(known), None))
        if own is not None:
            yield from ((f"{name} + {own}", rows) for name in _telling_names(label))


def _element_behind(node: LexborNode) -> LexborNode | None:
    """Give the element right behind another one, with nothing but white space between."""
    at = node.next
    while at is not None and (at.tag == "-comment" or (at.tag == "-text" and not (at.text_content or "").strip())):
        at = at.next
    return None if at is None or at.tag == "-text" else at


def _rows(seen: Observed, node: LexborNode | None) -> Bools | None:
    """Give the rows of an element, or None where it has none, or the title."""
    dom = seen.page.dom
    number = dom.whole.index.get(node.mem_id) if dom is not None and node is not None else None
    if dom is None or number is None:
        return None
    firsts, ends = dom.extent
    rows = np.zeros(len(seen.page), np.bool_)
    rows[firsts[number] : ends[number]] = True
    has_title = seen.title is not None and rows[seen.title]
    return rows if rows.any() and not has_title else None


def _all_are_small(pages: Sequence[Observed], rows: Rows) -> bool:
    """Tell whether boxes hold something that would stay, and on no page much of its prose."""
    stays = False
    for number, some in rows.items():
        seen = pages[number]
        weight = seen.page.measures.weight
        if float(weight[some & seen.own].sum()) > MOST_TEXT * float(weight[seen.own].sum()):
            return False
        stays |= bool((some & seen.survives).any())
    return stays


# --- boxes that come again ------------------------------------------------------------------------------------------


def _share_again(pages: Sequence[Observed], rows: Rows) -> float:
    """Give how much of what the cleaner leaves of these rows stands on other pages, too, but not on most."""
    said: Counter[str] = Counter()
    for number, some in rows.items():
        seen = pages[number]
        said.update({seen.keys[row] for row in rows_where(some & seen.survives & ~seen.standing).tolist()})
    again = sum(count for count in said.values() if count > 1)
    return again / said.total() if said else 0.0


def _at_the_edges(pages: Sequence[Observed], named: Mapping[str, Rows]) -> dict[str, Rows]:
    """Give named elements that hold sentences, and stand before or after all others of their pages."""
    return {
        selector: rows
        for selector, rows in named.items()
        if all(_is_at_an_edge(pages[number], some) for number, some in rows.items())
        and any((pages[number].own & some).any() for number, some in rows.items())
    }


def _is_at_an_edge(seen: Observed, rows: Bools) -> bool:
    own = rows_where(seen.own & ~rows)
    inside = rows_where(rows)
    if seen.title is not None and rows[seen.title]:
        return False
    return bool(len(own)) and bool(inside[-1] < own[0] or inside[0] > own[-1])
