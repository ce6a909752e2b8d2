"""The page's title: the headline that its markup and its head agree on, without the name of the site."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache

import regex

from cleaner.blocks.quotes import without_arrows
from cleaner.structured.plain_text import line_of

LONGEST = 300
SHORTEST_REST = 2
"""Characters that a title must keep when the site's name is cut off."""
LONGEST_SITE = 7
"""Words of a site's name: what claims to be one and is longer is a headline."""
LONGEST_TAIL = 5
"""Words behind a separator that are taken for the site's name though nothing on the page confirms it."""
NAME_SHARE = 0.5
"""Share of a site's full name that a part of a title must be to stand for it."""
ALIKE = 0.6
"""Share of common words from which two titles are of one article."""
SUPPORTED = 0.5
"""Share of a heading's words that claims or the address have, if the heading is to be the title."""
MOST_LONGER = 2.5
"""Length of such a heading, as a multiple of the longest claim's, at most."""
LEAST_WORDS = 4
"""Words of such a heading: shorter ones name a section as often."""
_SEPARATOR = regex.compile(
    r"\s+(?P<loose>[|\-–—·•»«/~‹›>→⋆★]+|::)\s+|\s*(?P<bar>[|｜»«‹›•·])\s*|(?<=\p{L})(?P<tight>[-–—:])\s+"
    r"|\s+(?P<colon>:|[–—-])\s*"
)
INWARD_SHARE = 0.5
"""Length of a headline at the end of a path, as a share of what stands before it, at least."""
_INWARD = regex.compile(r"\s[»›→]\s")
"""Marks that lead from the site to the page."""
_WORD = regex.compile(r"[\p{L}\p{N}]+")
_ANCHOR = regex.compile(r"\s*(?:[¶#§\uf0c1🔗]|\(#\)|Copy item path)+$")
_MARK = regex.compile(r"^[#*_\s/]+|[*_]+$")


def best_title(
    claimed: Sequence[str],
    element: str | None,
    headings: Sequence[str],
    sites: Iterable[str],
    path: str = "",
    subheadings: Iterable[str] = (),
) -> str | None:
    """Choose among what metadata claim, the title element, and the headings shown; the best claim comes first.

    ``subheadings`` are those of the second level, where old themes have the title, below the name of the site. They
    are asked for only where nothing else decides.
    """
    titles = [line_of(value) for value in ([*claimed, element] if element else claimed)]
    shown = list(dict.fromkeys(_ANCHOR.sub("", line_of(text)) for text in headings))
    names = _names(sites, titles, shown)
    claims = list(dict.fromkeys(without_site(title, names) for title in titles if 0 < len(title) <= LONGEST))
    claims = [claim for claim in claims if key(claim) not in names] or claims
    shown = [text for text in shown if 0 < len(text) <= LONGEST and key(text) not in names]
    heading = _confirmed(shown, claims) or _supported(shown, claims, path) or _named_in(subheadings, claims)
    if heading:
        return without_site(heading, names)
    if not claims:
        return next(iter(shown), None)
    return claims[0] if len(claims) > 1 else _without_tail(claims[0])


def _names(sites: Iterable[str], titles: Sequence[str], shown: Sequence[str]) -> frozenset[str]:
    """Give the keys of the site's names: those given, and what stands behind a claimed title in a longer one."""
    headings = {key(text) for text in shown}
    found = set()
    for site in sites:
        for name in (site, *_SEPARATOR.sub("\n", site).split("\n")):
            if len(name.split()) <= LONGEST_SITE:
                found.add(key(name))
    for title in titles:
        parts = _parts(title)
        own = {key(part) for part in parts}
        if len(parts) > 1 and key(parts[-1]) in headings and not own & found and key(parts[0]) not in headings:
            found.add(key(parts[-1]))
    return frozenset(found - {""} - {key(text) for text in titles if text in shown})


def _confirmed(shown: Sequence[str], claims: Sequence[str]) -> str | None:
    """Give the heading that a claim names: whole, as its start, or nearly so; else the only one."""
    keys = [key(claim) for claim in claims]
    starts = {key(part) for claim in claims for part in _parts(claim)[:1]}
    for exact in (keys, starts):
        for text in shown:
            if key(text) in exact:
                return text
    for claim in claims:
        for text in shown:
            if agree(claim, text):
                return text
    return None


def _named_in(subheadings: Iterable[str], claims: Sequence[str]) -> str | None:
    """Give the only claim where a subheading says it, or its end behind a mark that leads inwards, if one says that.

    "Name of the site » Headline"; a short end is a section or the site all the same.
    """
    if len(claims) != 1:
        return None
    [claim] = claims
    said = {key(_ANCHOR.sub("", line_of(text))) for text in subheadings}
    if key(claim) in said:
        return claim
    *before, last = _parts(claim) or [claim]
    is_long = len(key(last)) >= INWARD_SHARE * len(key("".join(before)))
    return last.strip() if _INWARD.search(claim) and is_long and key(last) in said else None


def _supported(shown: Sequence[str], claims: Sequence[str], path: str) -> str | None:
    """Give the first heading that shares its words with the claims or the page's address; a slogan does not."""
    text = shown[0] if len(shown) == 1 else ""
    if claims and len(text) > MOST_LONGER * max(map(len, claims)):
        return None  # it says itself again and again, for effect
    words = set(_WORD.findall(text.casefold()))
    for other in (" ".join(claims), path):
        share = SUPPORTED if len(words) >= LEAST_WORDS else 1
        if words and len(words & set(_WORD.findall(other.casefold()))) >= share * len(words):
            return text
    return None


def _separators(title: str) -> list[regex.Match[str]]:
    """Give the marks that may part a title from other names, but for quotation marks."""
    return list(_SEPARATOR.finditer(without_arrows(title, spaced=False)))


def _parts(title: str) -> list[str]:
    """Split a title at marks that part it from other names; a colon is part of it."""
    parts, start = [], 0
    for mark in _separators(title):
        if mark["loose"] or mark["bar"]:
            parts.append(title[start : mark.start()])
            start = mark.end()
    return [part for part in (*parts, title[start:]) if part]


def _without_tail(title: str) -> str:
    """Cut what stands behind the last separator where it is as short as sites' names and the rest is not."""
    for mark in reversed(_separators(title)):
        if mark["loose"] or mark["bar"]:
            short = len(title[mark.end() :].split()) <= LONGEST_TAIL
            return title[: mark.start()] if short and mark.start() else title
    return title


def without_site(title: str, names: frozenset[str]) -> str:
    """Cut the site's name off either end: "Headline | Site", "Site - Headline", "Headline - Section - Site".

    >>> without_site("Kelp farms return - Science - The Daily Tide", frozenset({"dailytide"}))
    'Kelp farms return - Science'
    """
    title = _MARK.sub("", title)
    marks = _separators(title)
    start, end = 0, len(title)
    for mark in reversed(marks):
        if not _is_site(title[mark.end() : end], names, exact=not (mark["loose"] or mark["bar"])):
            break
        end = mark.start()
    for mark in marks:
        if mark.end() >= end or not _is_site(
            title[start : mark.start()], names, exact=not (mark["loose"] or mark["bar"])
        ):
            break
        start = mark.end()
    rest = title[start:end].strip()
    return rest if len(rest) >= SHORTEST_REST else title


def _is_site(part: str, names: frozenset[str], *, exact: bool) -> bool:
    own = key(part)
    if not own or own in names:
        return True
    return not exact and any(
        (own in name or name in own) and NAME_SHARE * max(len(own), len(name)) <= min(len(own), len(name))
        for name in names
    )


@lru_cache(maxsize=1024)
def key(value: str) -> str:
    """Give the letters and digits that two spellings of a name share."""
    return "".join(_WORD.findall(value.casefold())).removeprefix("the")


def agree(first: str, second: str) -> bool:
    """Tell whether two titles are of one article: most of their words are common."""
    one, other = key(first), key(second)
    if one and other and (one in other or other in one):
        return min(len(one), len(other)) >= ALIKE * max(len(one), len(other))
    words, others = set(_WORD.findall(first.casefold())), set(_WORD.findall(second.casefold()))
    return len(words & others) >= ALIKE * max(len(words), len(others), 1)
