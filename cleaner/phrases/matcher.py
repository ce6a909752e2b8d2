"""Finds the phrases of some languages in plain text.

In the plain form a boundary of a word is a space and a boundary of a line a mark of its own. So whole lines are
looked up in a table, and one pass of one automaton finds all other phrases, whatever their language.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from ahocorasick_rs import BytesAhoCorasick, Implementation

from cleaner.phrases import lists
from cleaner.phrases.patterns import pattern_of, spellings
from cleaner.phrases.plain import LINE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from cleaner.phrases.lists import Group, Kind

SHORT_CHARS = 100
"""A longer line is prose: only ``label`` and ``inside`` phrases are looked for in it."""
SHORT_WORDS = 12
"""The same in words, for ``start``, ``end`` and ``word``."""
SHORT_CHARS_UNSPACED = 40
"""What twelve words take in a language without spaces between words."""
UNSPACED_LANGUAGES = frozenset({"ja", "zh"})
COLON_SLACK = 3
"""How many characters a ``label`` may take beside its phrase up to its colon: spaces, a bullet."""

_COLON = re.compile(r"(?<!\d)[:：]")
_NUMBERED = re.compile(r"\d{1,3}\\?[.)]\s")
"""An item of a numbered list is content, whatever it reads: ``3. Stay up to date``."""


class Entry(NamedTuple):
    """One phrase of a list."""

    group: Group
    phrase: str


class Meaning(NamedTuple):
    """What a pattern says of a line that it is found in, if the line fits."""

    families: tuple[str, ...]
    entries: tuple[Entry, ...]
    longest: int
    """The most characters that a fitting line has."""
    anchored: bool
    """The line begins so."""
    short: bool
    """The line has few words."""
    colon: int
    """A colon stands before this character; 0 for no colon."""

    def fits(self, line: str) -> bool:
        """Tell whether the line, which has the phrase, is what its kind of match asks for."""
        return (
            len(line) <= self.longest
            and not (self.anchored and line[0].isdigit() and _NUMBERED.match(line))
            and not (self.short and line.count(" ") >= SHORT_WORDS)
            and not (self.colon and not _COLON.search(line, 0, self.colon))
        )


class Matcher:
    """The word lists of some languages, ready to be found."""

    def __init__(self, languages: Iterable[str]) -> None:
        """Read the lists of these languages."""
        self._groups: list[Group] = []
        self._group_of: list[int] = []
        self._phrases: list[str] = []
        self._lines = _Index()
        self._parts = _Index()
        for language in languages:
            first = len(self._phrases)
            self._take(language)
            unspaced = language in UNSPACED_LANGUAGES
            for number, words in spellings(self._phrases[first:]):
                entry = first + number
                kind = self._groups[self._group_of[entry]].kind
                if kind == "line":
                    self._lines.add(words, entry)
                else:
                    self._parts.add(pattern_of(kind, words, unspaced=unspaced), entry)
        self._automaton = BytesAhoCorasick(self._parts.numbers, implementation=Implementation.ContiguousNFA)
        self._meanings: dict[int, tuple[Meaning, ...]] = {}

    def scan(self, text: bytes, lines: Sequence[str]) -> Iterator[tuple[int, Meaning]]:
        """Yield what lines and their plain text have: the row, and what a phrase in it means."""
        whole = map(self._lines.numbers.get, text.split(LINE)[1:-1])
        found = [(row, ~pattern) for row, pattern in enumerate(whole) if pattern is not None]
        matches = self._automaton.find_matches_as_indexes(text, overlapping=True)
        if matches:
            bounds = np.flatnonzero(np.frombuffer(text, np.uint8) == LINE[0]).tolist()
            found += [(bisect_right(bounds, start) - 1, pattern) for pattern, start, _ in matches]
        known = self._meanings
        for row, pattern in found:
            line = lines[row]
            for meaning in known.get(pattern) or self._learn(pattern):
                if meaning.fits(line):
                    yield row, meaning

    def _take(self, language: str) -> None:
        for group, phrases in lists.read(language):
            self._phrases += phrases
            self._group_of += [len(self._groups)] * len(phrases)
            self._groups.append(group)

    def _learn(self, pattern: int) -> tuple[Meaning, ...]:
        """Sum up what the entries behind a pattern, or behind the line ``~pattern``, say of a line."""
        numbers = self._parts.entries(pattern) if pattern >= 0 else self._lines.entries(~pattern)
        by_kind: defaultdict[tuple[Kind, int], list[Entry]] = defaultdict(list)
        for number in numbers:
            entry = Entry(self._groups[self._group_of[number]], self._phrases[number])
            by_kind[entry.group.kind, _longest(entry.group)].append(entry)
        meanings = tuple(
            Meaning(
                families=tuple(dict.fromkeys(entry.group.family for entry in entries)),
                entries=tuple(entries),
                longest=longest,
                anchored=kind in {"line", "label", "start"},
                short=kind in {"start", "end", "word"},
                colon=len(entries[0].phrase) + COLON_SLACK if kind == "label" else 0,
            )
            for (kind, longest), entries in by_kind.items()
        )
        self._meanings[pattern] = meanings
        return meanings


class _Index:
    """Numbers patterns as they come, and keeps the numbers of the entries behind each.

    Most patterns have one entry; thousands of lists of one number would keep the garbage collector busy.
    """

    def __init__(self) -> None:
        self.numbers: dict[bytes, int] = {}
        self._first: list[int] = []
        self._further: defaultdict[int, list[int]] = defaultdict(list)

    def add(self, pattern: bytes, entry: int) -> None:
        number = self.numbers.setdefault(pattern, len(self._first))
        if number == len(self._first):
            self._first.append(entry)
        else:
            self._further[number].append(entry)

    def entries(self, pattern: int) -> list[int]:
        return [self._first[pattern], *self._further.get(pattern, ())]


def _longest(group: Group) -> int:
    """Give the most characters that a line may have, which a phrase of the list marks."""
    if group.kind in {"label", "inside"}:
        return sys.maxsize
    if group.kind != "line" and group.language in UNSPACED_LANGUAGES:
        return SHORT_CHARS_UNSPACED
    return SHORT_CHARS
