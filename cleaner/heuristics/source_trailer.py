"""Lines that name the source: "Original url:", "Source: ...", with an address on the same line or the next.

The address is captured as the document's.

It must not touch a list of references, or a sentence that names its source: only a label, and an address
right behind it, in the tail; in the head, where scrapers put it too, only with an address.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cleaner.blocks.page import Page
from cleaner.heuristics._phrases import labels
from cleaner.model import Capture, Drop

MAX_WEIGHT = 200.0
_ADDRESS = regex.compile(r"https?://[^\s<>\")\]]+")
_ONLY_ADDRESS = regex.compile(r"^\W*https?://[^\s<>]+?[\W]*$")


def propose(page: Page) -> Iterator[Drop | Capture]:
    """Propose the label and its address."""
    tail = page.tail_start
    for row in labels(page, "source-trailer", MAX_WEIGHT).tolist():
        if page.head_end <= row < tail:
            continue
        rows = [row]
        if row + 1 < len(page) and _ONLY_ADDRESS.match(page.lines[row + 1]):
            rows.append(row + 1)
        found = _ADDRESS.search(page.lines[rows[-1]])
        if row < tail and not found:
            continue
        yield Drop(rows, "a line that names the source")
        if found:
            yield Capture("url", found[0].rstrip(".,;"), "the address of the source")
