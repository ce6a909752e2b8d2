"""Shortens a raw page to an example: what goes stays whole, and of what stays no more is kept than is needed.

A shorter page is as good as the longer one if the same rules take the same lines from it, and all its other lines
stay. So enough prose remains for head, body and tail to be found.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser

from cleaner.rules.examples import lines_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from cleaner.model import Document

MOST_LINES = 3
"""Lines of an HTML page that are left of those that go for one reason."""
MAX_TRIES = 600
"""Shorter pages that are tried; a page that needs more is left longer than it could be."""
_SENTENCE_END = re.compile(r"(?<=[.!?…։؟।॥])\s+|(?<=[。！？])")
_UNSEEN = (
    "script:not([type='application/ld+json']), style, noscript, svg, iframe, template, meta[name=viewport i],"
    " link[rel~=stylesheet i], link[rel~=icon i], link[rel~=preload i], link[rel~=preconnect i]"
)
"""Elements that nothing is read from."""


class _Outcome(NamedTuple):
    """What a page comes to: the lines that go, each with its rule, the ones that come, and what is known of it."""

    removed: tuple[tuple[str, str], ...]
    come: tuple[str, ...]
    site: str | None
    platform: str | None


class _Owned(NamedTuple):
    """What the rules of one file make of a page: the lines that go, each with its rule and reason."""

    removed: Counter[tuple[tuple[str, str], str]]
    known: tuple[object, ...]
    has_text: bool

    def shows(self, wanted: _Owned) -> bool:
        """Tell whether this shows all rules and selectors at work as another page does, if on fewer lines."""
        if self.known != wanted.known or self.has_text < wanted.has_text or not self.removed <= wanted.removed:
            return False
        ours, theirs = (_by_reason(removed) for removed in (self.removed, wanted.removed))
        return all(ours[reason] >= min(count, MOST_LINES) for reason, count in theirs.items())


def _by_reason(removed: Counter[tuple[tuple[str, str], str]]) -> Counter[tuple[str, str]]:
    counts: Counter[tuple[str, str]] = Counter()
    for (reason, _), count in removed.items():
        counts[reason] += count
    return counts


def minimise_text(raw: str, clean: Callable[[str], Document]) -> str:
    """Give the shortest page found that loses the same lines to the same rules."""
    lines = [line.rstrip() for line in raw.strip("\n").split("\n")]
    wanted = _outcome(raw, clean(raw))
    tries = _Tries(lambda text: _loses_the_same(text, clean(text), wanted))
    lines = _without_lines(lines, {line for line, _ in wanted.removed}, tries)
    return "\n".join(_with_shorter_lines(lines, {line for line, _ in wanted.removed}, tries))


def minimise_html(raw: str, clean: Callable[[str], Document], owner: str, kept: Sequence[str] = ()) -> str:
    """Give the smallest HTML page found from which the rules of a file, ``owner``, take lines as they do from a page.

    Of many lines that one rule takes from elements of one kind, as the entries of a menu, a few are left. The headline
    stays, and of what the selectors ``kept`` match one element each.
    """
    tree = LexborHTMLParser(raw)
    for node in tree.css(_UNSEEN):
        node.decompose()
    wanted = _owned(clean(raw), owner)
    held = [selector for selector in kept if tree.css_first(selector) is not None]

    def will_do(text: str) -> bool:
        shorter = LexborHTMLParser(text)
        has_all = all(shorter.css_first(selector) is not None for selector in held)
        return has_all and _owned(clean(text), owner).shows(wanted)

    tries = _Tries(will_do)
    best = tree.html or raw
    if not tries.allow(best):
        return raw
    at = 0
    while True:
        tree = LexborHTMLParser(best)
        nodes = [node for node in tree.css("body *") if node.parent is not None]
        if at >= len(nodes) or tries.left <= 0:
            return _without_blank_lines(best)
        nodes[at].decompose()
        shorter = tree.html or ""
        if tries.allow(shorter):
            best = shorter
        else:
            at += 1


class _Tries:
    """Tells whether a shorter page will do, a limited number of times."""

    def __init__(self, will_do: Callable[[str], bool]) -> None:
        self._will_do = will_do
        self.left = MAX_TRIES

    def allow(self, text: str) -> bool:
        """Tell whether a page will do; none does once all tries are used up."""
        self.left -= 1
        return self.left >= 0 and self._will_do(text)


def _outcome(raw: str, document: Document) -> _Outcome:
    removed = tuple((line, edit.rule) for edit in document.edits for line in lines_of(edit.removed))
    before = set(lines_of(raw))
    come = tuple(line for line in lines_of(document.text) if line not in before)
    return _Outcome(removed, come, document.site, document.platform)


def _owned(document: Document, owner: str) -> _Owned:
    removed = Counter(
        ((edit.rule, edit.reason), line)
        for edit in document.edits
        if edit.rule.startswith(f"{owner}/")
        for line in lines_of(edit.removed)
    )
    headline = document.title if document.title in lines_of(document.text) else None
    known = (document.site, document.platform, document.date, document.authors, headline, document.section)
    return _Owned(removed, known, bool(document.text))


def _loses_the_same(raw: str, document: Document, wanted: _Outcome) -> bool:
    """Tell whether a shorter page comes to the same; some of it must stay, or it would show no place."""
    return bool(lines_of(document.text)) and _outcome(raw, document) == wanted


def _without_lines(lines: list[str], removed: set[str], tries: _Tries) -> list[str]:
    """Leave out lines that stay, in ever smaller stretches."""
    size = max(1, len(lines) // 2)
    while size:
        at = 0
        while at < len(lines):
            stretch = range(at, min(at + size, len(lines)))
            shorter = [line for n, line in enumerate(lines) if n not in stretch or not line or line.strip() in removed]
            if len(shorter) < len(lines) and tries.allow("\n".join(shorter)):
                lines = shorter
            else:
                at += size
        size //= 2
    return list(_without_double_gaps(lines))


def _without_double_gaps(lines: list[str]) -> Iterator[str]:
    above = ""
    for line in lines:
        if line or above:
            yield line
        above = line


def _with_shorter_lines(lines: list[str], removed: set[str], tries: _Tries) -> list[str]:
    """Shorten each line that stays to as few of its sentences as will do."""
    for number, line in enumerate(lines):
        ends = [found.start() for found in _SENTENCE_END.finditer(line)]
        if line.strip() in removed:
            continue
        for end in ends:
            shorter = [*lines[:number], line[:end].rstrip(), *lines[number + 1 :]]
            if tries.allow("\n".join(shorter)):
                lines = shorter
                break
    return lines


def _without_blank_lines(html: str) -> str:
    return "\n".join(line.rstrip() for line in html.split("\n") if line.strip())
