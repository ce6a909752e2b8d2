"""Lines that are the same but for a name, as "Ring us and ask for Jonas Pell" and "Ring us and ask for Ruth Orrin" are.

Each by itself stands on few pages, and may be taken for somebody's words. Together they recur.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import takewhile

import regex

from cleaner.corpus.draft.shapes import DATE_MARK, GAP_MARK

LEAST_ALIKE = 5
"""Words that two lines must have in common, at their starts and their ends together."""
LEAST_SHARE = 0.7
"""Share of their words that must be so."""
MOST_APART = 3
"""Words in which they may differ, all of them behind one another."""
LEAD = 3
"""Words that they must begin with alike."""
MOST_KINDS = 50
"""Lines that begin alike and are tried as the middle of a kind: thousands may, as the rows of tables do."""

_WORD = regex.compile(r"[\u2e80-\u9fff]|[^\s\u2e80-\u9fff]+")
"""Han and kana are written without spaces: each character counts as a word."""


def kin(keys: Mapping[str, int], may_gather: Callable[[str], bool]) -> dict[str, str]:
    """Give the key that all lines of a kind share, by the keys of those that have kin.

    ``keys`` are shapes of lines with the number of pages that they are on. Each kind is gathered around the line that
    is on most pages, of those that ``may_gather`` others. Lines with a date have none: an author may stand in them.
    """
    by_lead: dict[tuple[str, ...], list[tuple[str, list[str]]]] = defaultdict(list)
    for key, _ in sorted(keys.items(), key=lambda item: (-item[1], item[0])):
        words = _WORD.findall(key)
        if len(words) > LEAST_ALIKE and DATE_MARK not in key:
            by_lead[tuple(words[:LEAD])].append((key, words))
    shared: dict[str, str] = {}
    for some in by_lead.values():
        tried = 0
        for at, (core, words) in enumerate(some):
            if tried == MOST_KINDS:
                break
            if core not in shared and may_gather(core):
                tried += 1
                near = [key for key, its in some[at + 1 :] if key not in shared and _are_kin(words, its)]
                if near:
                    shared |= dict.fromkeys([core, *near], _shared([core, *near]))
    return shared


def _are_kin(one: list[str], other: list[str]) -> bool:
    start, end = _alike(one, other)
    alike, longest = start + end, max(len(one), len(other))
    return alike >= max(LEAST_ALIKE, LEAST_SHARE * longest) and longest - alike <= MOST_APART


def _alike(one: list[str], other: list[str]) -> tuple[int, int]:
    """Count the words that two lines begin and end with alike, and leave one between in both."""
    most = min(len(one), len(other)) - 1
    start = _count(zip(one[:most], other[:most], strict=True))
    rest = most - start
    return start, _count(zip(one[::-1][:rest], other[::-1][:rest], strict=True))


def _count(pairs: zip[tuple[str, str]]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], pairs))


def _shared(keys: list[str]) -> str:
    """Give what all of them begin and end with, and a mark between."""
    words = [_WORD.findall(key) for key in keys]
    start = min(_alike(words[0], its)[0] for its in words[1:])
    end = min(_alike(words[0], its)[1] for its in words[1:])
    return " ".join([*words[0][:start], GAP_MARK, *words[0][len(words[0]) - end :]])
