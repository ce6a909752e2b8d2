"""Counts on how many pages of its site each line stands: one look at each page, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable

from cleaner.blocks import read_html
from cleaner.decode import decode
from cleaner.frequency import SiteCounts, keys_of
from cleaner.model import NotTextError
from cleaner.sniff import feed_to_html, kind_of

MAX_KEYS = 1_000_000
"""Keys that are held at once: about 250 MB."""

RARE = 0.05
"""Share of a site's pages up to which a key is forgotten: when memory is full, and when counts are written. On a site
of 20 pages that is a key of one page; sites with fewer keep all until memory is full."""

LONG, LONG_UNSPACED = 100, 40
"""Characters from which a line reads like a paragraph, in scripts with spaces between words and without."""
_UNSPACED = 20
"""Characters to a space from which a script has none between words."""
KNOWN = 2
"""Pages up to which a long line that is known already is another version's, not the site's furniture."""


class LineCounter:
    """Counts lines by site. Never holds many more than ``max_keys`` keys, whatever it is given."""

    def __init__(self, sites: dict[str, SiteCounts] | None = None, *, max_keys: int = MAX_KEYS) -> None:
        self.sites = sites or {}
        self._max_keys = max_keys
        self._held = sum(len(counts.keys) for counts in self.sites.values())
        self.pages = 0
        """Pages that were counted."""
        self.copies = 0
        """Pages that were not, as other versions of pages that were."""

    def add(self, site: str, text: str) -> None:
        """Count the lines of a page, unless it is another version of one that was counted."""
        keys = set(keys_of(text))
        keys.discard("")
        counts = self.sites.get(site)
        if counts is None:
            counts = self.sites[site] = SiteCounts()
        elif _is_copy(keys, counts):
            self.copies += 1
            return
        before = len(counts.keys)
        counts.pages += 1
        counts.keys.update(keys)
        self.pages += 1
        self._held += len(counts.keys) - before
        if self._held > self._max_keys:
            self._forget()

    def forget_rare(self) -> None:
        """Forget keys that recur on no site: of each, those of no more than :data:`RARE` of its pages.

        One long line that several sites have is kept: cleaning must know that they share it.
        """
        shared = _shared(self.sites.values())
        for counts in self.sites.values():
            _keep_over(counts, int(RARE * counts.pages), shared)

    def _forget(self) -> None:
        """Make room: forget keys of one page, or of a small share of the pages; more of them if need be."""
        least = 1
        while self._held > self._max_keys // 2:
            for counts in self.sites.values():
                _keep_over(counts, max(least, int(RARE * counts.pages)), frozenset())
            self._held = sum(len(counts.keys) for counts in self.sites.values())
            least *= 2


def text_of(raw: bytes | str | None, charset: str | None = None) -> str | None:
    """Give the text that a reader sees of a page, as cleaning sees it; None for what is no text.

    ``charset`` is what the server said of its encoding.
    """
    try:
        text = decode(raw, declared=charset).text if isinstance(raw, bytes) else raw
    except NotTextError:
        return None
    if text is None:
        return None
    kind = kind_of(text)
    if kind == "text":
        return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text
    return read_html(feed_to_html(text) if kind == "feed" else text).joined


def _is_copy(keys: Iterable[str], counts: SiteCounts) -> bool:
    """Tell whether most of a page's paragraphs stood on one or two pages before: it is an article seen again.

    What stood on more of them is the site's own and says nothing.
    """
    again = fresh = 0
    known = counts.keys
    for key in keys:
        if _is_long(key):
            pages = known.get(key, 0)
            again += 0 < pages <= KNOWN
            fresh += not pages
    return again > fresh


def _is_long(key: str) -> bool:
    if len(key) < LONG_UNSPACED:
        return False
    return "… " in key[-18:] or len(key) >= LONG or key.count(" ") * _UNSPACED < len(key)


def _keep_over(counts: SiteCounts, least: int, shared: frozenset[str]) -> None:
    if least:
        for key in [key for key, count in counts.keys.items() if count <= least and key not in shared]:
            del counts.keys[key]


def _shared(sites: Iterable[SiteCounts]) -> frozenset[str]:
    """Give the long lines that stand on pages of several sites."""
    seen: set[str] = set()
    shared: set[str] = set()
    for counts in sites:
        long = {key for key in counts.keys if _is_long(key)}
        shared |= long & seen
        seen |= long
    return frozenset(shared)
