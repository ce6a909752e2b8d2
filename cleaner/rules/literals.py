"""Finds the literals that every match of a pattern must contain.

A page without any of them cannot match, so the pattern need not be tried: one automaton looks for the
literals of all rules at once, and most rules never run. The finder is conservative: where it is not sure it
gives None, and the pattern is tried on every line.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import NamedTuple, TypeAlias

import regex

from cleaner.rules.fold import fold, is_foldable
from cleaner.rules.syntax import Choice, Class, Empty, Node, Reference, Repeat, Sequence, Text

Words: TypeAlias = frozenset[str]

_COMBINATIONS = 32
"""Two parts that can be put together in more ways than this are looked for one by one."""
_MANY = 400
"""A pattern that needs one of more literals than this is tried on every line."""
_SELECTIVE = 3.0
"""Weight from which a literal is rare enough to be worth looking for."""
LONGEST = 40
"""A longer literal filters no better, and takes room in the automaton."""

_COMMON = regex.compile(r"https?://|www\.|https?|\.com")
"""What pages with links are full of weighs nothing."""


class _Facts(NamedTuple):
    """What is known of a part: all it can match, if that is little, and literals it cannot do without."""

    exact: Words | None
    required: Words | None


_NOTHING = _Facts(None, None)
_EMPTY_WORDS: Words = frozenset([""])


def required_literals(node: Node) -> Words | None:
    """Give folded literals of which each match contains one, or None where there are no useful ones."""
    facts = _facts(node)
    best = _better(facts.exact, facts.required)
    if best is None or _weight(best) < _SELECTIVE:
        return None
    return _least({word[:LONGEST] for word in best})


def is_selective(word: str) -> bool:
    """Tell whether a folded word is rare enough to be worth looking for."""
    return weight_of(word) >= _SELECTIVE


def _least(words: set[str]) -> Words:
    """Leave out the words that contain another one."""
    if len(words) == 1:
        return frozenset(words)
    return frozenset(word for word in words if not any(other in word for other in words if other != word))


def _facts(node: Node) -> _Facts:
    match node:
        case Text(text, ignore_case):
            return _text_facts(text, ignore_case)
        case Class(_, chars, ignore_case):
            return _class_facts(chars, ignore_case)
        case Empty():
            return _Facts(_EMPTY_WORDS, None)
        case Sequence(parts):
            return _sequence_facts(parts)
        case Choice(branches):
            return _choice_facts(branches)
        case Repeat(part, low, high):
            return _repeat_facts(part, low, high)
        case Reference():
            return _NOTHING


def _text_facts(text: str, ignore_case: bool) -> _Facts:
    if not ignore_case or text.isascii() or all(map(is_foldable, text)):
        return _Facts(frozenset([fold(text)]), None)
    pieces = "".join(char if is_foldable(char) else "\n" for char in text).split("\n")
    return _Facts(None, frozenset([fold(max(pieces, key=weight_of))]))


def _class_facts(chars: tuple[str, ...] | None, ignore_case: bool) -> _Facts:
    if chars is None or (ignore_case and not all(map(is_foldable, chars))):
        return _NOTHING
    return _Facts(frozenset(map(fold, chars)), None)


def _sequence_facts(parts: tuple[Node, ...]) -> _Facts:
    exact: Words | None = _EMPTY_WORDS
    run: Words = _EMPTY_WORDS  # what the parts since the last unknown one spell
    required: Words | None = None
    for part in parts:
        facts = _facts(part)
        required = _better(required, facts.required)
        grown = _joined(run, facts.exact)
        if grown is None:
            required = _better(required, run)
            run = facts.exact or _EMPTY_WORDS
            exact = None
        else:
            run = grown
    return _Facts(exact and run, None if exact else _better(required, run))


def _choice_facts(branches: tuple[Node, ...]) -> _Facts:
    facts = [_facts(branch) for branch in branches]
    exact = _union([fact.exact for fact in facts])
    return _Facts(exact, None if exact else _union([_better(fact.exact, fact.required) for fact in facts]))


def _repeat_facts(part: Node, low: int, high: int | None) -> _Facts:
    facts = _facts(part)
    if low == high == 1:
        return facts
    if low:
        return _Facts(None, _better(facts.exact, facts.required))
    if high == 1 and facts.exact is not None:
        return _Facts(facts.exact | _EMPTY_WORDS, None)
    return _NOTHING


def _joined(left: Words, right: Words | None) -> Words | None:
    if right is None or len(left) * len(right) > _COMBINATIONS:
        return None
    return frozenset(a + b for a, b in product(left, right))


def _union(all_words: list[Words | None]) -> Words | None:
    union: set[str] = set()
    for words in all_words:
        if words is None:
            return None
        union |= words
    return frozenset(union) if len(union) <= _MANY else None


def _better(one: Words | None, other: Words | None) -> Words | None:
    """Give the words that fewer pages contain."""
    if one is None or other is None:
        return other if one is None else one
    return max(one, other, key=lambda words: (_weight(words), -len(words), min(words)))


def _weight(words: Words) -> float:
    return min(map(weight_of, words))


@lru_cache(maxsize=4096)
def weight_of(word: str) -> float:
    """Weigh a folded word: the more, the fewer pages contain it."""
    return sum(map(_char_weight, _COMMON.sub("", word)))


def _char_weight(char: str) -> float:
    """Weigh a character by how rare it is: a space says little, a Chinese character much, a sign most."""
    if char.isspace():
        return 0.25
    if char.isascii():
        return 1.0 if char not in ".,-'" else 0.75
    if char.isalpha():
        return 2.0 if ord(char) >= 0x2E80 else 1.0
    return 3.0 if char not in "•·–—’“”»«…" else 0.75
