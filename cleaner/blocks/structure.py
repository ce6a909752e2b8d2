"""The structure of a cleaned HTML page, for those who write it as Markdown or JSON."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urljoin

import numpy as np

from cleaner.blocks.dom import HEADER_CELL, KINDS
from cleaner.blocks.page import Page
from cleaner.measures import Bools, Ints
from cleaner.model import Block, Edit, Link

NOWHERE: Ints = np.zeros(0, np.int64)


def blocks_of(page: Page, edits: Sequence[Edit], url: str | None = None) -> tuple[Block, ...]:
    """Give a block for each row of a rendered page that the edits leave, in offsets of the edited text.

    Links are resolved against the page's ``<base>``, or else against its address.
    """
    dom = page.dom
    if dom is None:
        return ()
    starts = moved(page.starts, edits, after=True)
    ends = moved(page.ends, edits, after=False)
    links = _links(page, edits, url)
    kinds, levels, flags = dom.kinds.tolist(), dom.levels.tolist(), dom.flags.tolist()
    return tuple(
        Block(
            KINDS[kinds[row]],
            int(starts[row]),
            int(ends[row]),
            levels[row],
            tuple(links.get(row, ())),
            bool(flags[row] & HEADER_CELL),
        )
        for row in np.flatnonzero((ends > starts) & ~_gone(page, edits)).tolist()
    )


def _gone(page: Page, edits: Sequence[Edit]) -> Bools:
    """Tell which rows an edit takes as a whole, to write nothing in their place but white space."""
    removals = [(edit.start, edit.end) for edit in edits if not edit.replacement.strip()]
    if not removals:
        return np.zeros(len(page), np.bool_)
    starts, ends = np.asarray(removals, np.int64).T
    at = np.searchsorted(starts, np.asarray(page.starts, np.int64), "right") - 1
    return np.asarray((at >= 0) & (ends[np.maximum(at, 0)] >= np.asarray(page.ends, np.int64)))


def moved(offsets: Sequence[int] | Ints, edits: Sequence[Edit], *, after: bool) -> Ints:
    """Give where offsets of a text lie once it is edited.

    One inside an edit or at an insertion lies behind what is written there if ``after``, else before it.
    """
    places = np.asarray(offsets, np.int64)
    if not edits:
        return places
    starts = np.asarray([edit.start for edit in edits], np.int64)
    ends = np.asarray([edit.end for edit in edits], np.int64)
    sizes = np.asarray([len(edit.replacement) for edit in edits], np.int64)
    shifts = np.concatenate(([0], np.cumsum(sizes - (ends - starts))))
    limits = ends + (0.0 if after else 0.5) * (starts == ends)
    done = np.searchsorted(limits, places, "right")  # edits that lie wholly before
    at = np.minimum(done, len(edits) - 1)
    inside = (done < len(edits)) & (starts[at] < places)
    into = starts[at] + shifts[done] + (sizes[at] if after else 0)
    return np.asarray(np.where(inside, into, places + shifts[done]), np.int64)


def _links(page: Page, edits: Sequence[Edit], page_url: str | None) -> dict[int, list[Link]]:
    dom = page.dom
    assert dom is not None
    tree = dom.whole
    firsts = tree.offsets[[first for first, _, _ in tree.anchors]] if tree.anchors else NOWHERE
    lasts = tree.offsets[[end for _, end, _ in tree.anchors]] if tree.anchors else NOWHERE
    lengths = moved(lasts, edits, after=False) - moved(firsts, edits, after=True)
    staying = [tree.anchors[at] for at in np.flatnonzero(lengths > 0).tolist()]
    if not staying:
        return {}
    base = next(iter(dom.text_of("base[href]", "href")), None)
    base = _joined(page_url, base) if base else page_url
    spans = [(tree.span_of_pieces(first, end), url) for first, end, url in staying if url]
    starts = moved([span.start for span, _ in spans], edits, after=True).tolist()
    ends = moved([span.end for span, _ in spans], edits, after=False).tolist()
    found: dict[int, list[Link]] = {}
    for (span, url), start, end in zip(spans, starts, ends, strict=True):
        row = page.row_of(span.start)
        if end > start and span.end <= page.ends[row]:
            found.setdefault(row, []).append(Link(start, end, _joined(base, url)))
    return found


def _joined(base: str | None, url: str) -> str:
    """Resolve an address against another; one that is none stays as it is."""
    try:
        return urljoin(base, url) if base else url
    except ValueError:
        return url
