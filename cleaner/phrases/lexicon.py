"""All word lists, asked as one."""

from __future__ import annotations

from collections import defaultdict
from functools import cache, cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray

from cleaner.phrases import lists
from cleaner.phrases.matcher import Matcher
from cleaner.phrases.plain import plain
from cleaner.phrases.scripts import script_of, scripts_in

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from cleaner.phrases.lists import Kind

Rows: TypeAlias = NDArray[np.int32]


class Hit(NamedTuple):
    """One phrase found in a line: why the line belongs to a family."""

    family: str
    kind: Kind
    phrase: str
    language: str

    def __str__(self) -> str:
        return f"{self.kind} “{self.phrase}” ({self.language})"


class Lexicon:
    """All word lists, ready to be found. Get it by :meth:`load`; threads may share it.

    The lists of a script are read when a text first has a letter of it. What is said of a line depends on that
    line alone, for a phrase has a letter of its script.
    """

    @staticmethod
    @cache
    def load() -> Lexicon:
        """Give the lexicon of the word lists beside this module."""
        return Lexicon()

    @cached_property
    def function_words(self) -> frozenset[str]:
        """The commonest grammatical words of all languages, casefolded."""
        return frozenset().union(*self.function_words_by_language.values())

    @cached_property
    def function_words_by_language(self) -> Mapping[str, frozenset[str]]:
        """The same per ISO 639-1 code."""
        return {language: lists.read_function_words(language) for language in lists.languages()}

    def phrases(self, family: str, kind: Kind | None = None, language: str | None = None) -> tuple[str, ...]:
        """List a family's phrases, sorted, of one kind and language or of all."""
        found = {
            phrase
            for code in ([language] if language else lists.languages())
            for group, phrases in lists.read(code)
            if group.family == family and kind in {None, group.kind}
            for phrase in phrases
        }
        return tuple(sorted(found))

    def match(self, visible: Sequence[str]) -> dict[str, Rows]:
        """Mark a page's lines: every family, with the sorted rows that have one of its phrases."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        text = plain(visible)
        for script in scripts_in(text):
            for row, meaning in _matcher(script).scan(text, visible):
                for family in meaning.families:
                    found[family].add(row)
        return _NOTHING | {family: _frozen(sorted(rows)) for family, rows in found.items()}

    def explain(self, line: str) -> tuple[Hit, ...]:
        """Name the phrases that :meth:`match` finds in one line."""
        text = plain([line])
        entries = (
            entry
            for script in scripts_in(text)
            for _, meaning in _matcher(script).scan(text, [line])
            for entry in meaning.entries
        )
        hits = (Hit(group.family, group.kind, phrase, group.language) for group, phrase in entries)
        return tuple(dict.fromkeys(hits))


@cache
def _matcher(script: str) -> Matcher:
    return Matcher(language for language in lists.languages() if script_of(language) == script)


def _frozen(rows: Sequence[int]) -> Rows:
    array = np.array(rows, np.int32)
    array.flags.writeable = False
    return array


_NOTHING = dict.fromkeys(sorted(lists.FAMILIES), _frozen([]))
