"""Finds patterns whose cost grows faster than the line they look at.

Two checks. :func:`nested_repeat` reads the pattern for a repeat of a repeat, ``(a+)+``, which can split one
run of characters in ever so many ways. :func:`slow_line` tries it: for each repeat of the pattern it makes
lines that repeat what the repeat takes and then fail, and measures.
"""

from __future__ import annotations

from functools import cache
from time import thread_time
from typing import TYPE_CHECKING, NamedTuple

import regex

from cleaner.rules.syntax import Choice, Class, Empty, Node, Reference, Repeat, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.rules.patterns import Pattern

_LENGTHS = (64, 512, 2048, 8192)
"""Characters of the lines that a pattern is tried on."""
_STEEP = 2.0
"""Cost may grow by this factor more than the length does."""
_FAST = 0.004
"""Seconds for the longest line that are of no concern, however they grow."""
_LIMIT = 0.25
"""Seconds after which a try is given up."""
_MANY = 50
"""A repeat of up to so many is as good as limitless."""
_MEMBERS = "a0A .,-:/é中я\t_(€%"
_ENDS = ("", "\x01", "\x01.")


class _Attack(NamedTuple):
    """A line that a pattern may be slow on: a start that matches, and something to repeat after it."""

    start: str
    repeated: str


def nested_repeat(pattern: Pattern) -> bool:
    """Tell whether a limitless repeat repeats nothing but another one."""
    return _has_nested(pattern.node)


def slow_line(pattern: Pattern, *, whole: bool) -> str | None:
    """Give the start of a line on which the pattern's cost grows faster than the line, or None."""
    compiled = pattern.whole if whole else pattern.inside
    for attack in dict.fromkeys(_attacks(pattern.node, "")):
        for end in _ENDS:
            if _is_steep(compiled, attack, end):
                return f"{attack.start}{attack.repeated * 3}"[:60]
    return None


def _is_steep(compiled: regex.Pattern[str], attack: _Attack, end: str) -> bool:
    costs: list[float] = []
    for length in _LENGTHS:
        line = attack.start + attack.repeated * (length // len(attack.repeated)) + end
        cost = _cost(compiled, line)
        if cost is None:
            return True
        costs.append(cost)
    growth = _LENGTHS[-1] / _LENGTHS[-2]
    return costs[-1] > _FAST and costs[-1] > costs[-2] * growth * _STEEP


def _cost(compiled: regex.Pattern[str], line: str) -> float | None:
    """Give the processor time for one line, or None if it took too long."""
    start = thread_time()
    try:
        for _ in compiled.finditer(line, timeout=_LIMIT):
            pass
    except TimeoutError:
        return None
    return thread_time() - start


def sample(node: Node) -> str:
    """Give a text that the node is likely to match."""
    match node:
        case Text(text, _):
            return text
        case Class(source, chars, ignore_case):
            return chars[0] if chars else _member(source, ignore_case)
        case Sequence(parts):
            return "".join(map(sample, parts))
        case Choice(branches):
            return sample(branches[0])
        case Repeat(part, low, _, _):
            return sample(part) * max(low, 1)
        case Empty() | Reference():
            return ""


@cache
def _member(source: str, ignore_case: bool) -> str:
    compiled = regex.compile(source, regex.IGNORECASE if ignore_case else 0)
    return next((char for char in _MEMBERS if compiled.fullmatch(char)), "")


def _attacks(node: Node, start: str) -> Iterator[_Attack]:
    match node:
        case Sequence(parts):
            for part in parts:
                yield from _attacks(part, start)
                start += sample(part)
        case Choice(branches):
            for branch in branches:
                yield from _attacks(branch, start)
        case Repeat(part, _, high, _):
            if high is None or high > _MANY:
                for repeated in _samples(part):
                    yield _Attack(start, repeated)
            yield from _attacks(part, start)


def _samples(part: Node) -> list[str]:
    """Give texts that a repeated part takes: of each branch, where it has some."""
    branches = part.branches if isinstance(part, Choice) else (part,)
    return [text for text in map(sample, branches) if text]


def _has_nested(node: Node) -> bool:
    match node:
        case Sequence(parts):
            return any(map(_has_nested, parts))
        case Choice(branches):
            return any(map(_has_nested, branches))
        case Repeat(part, _, high, possessive):
            if high is None and not possessive and _is_like_repeat(part):
                return True
            return _has_nested(part)
    return False


def _is_like_repeat(node: Node) -> bool:
    """Tell whether a part can be nothing but a limitless repeat: ``a+``, ``(?:b|a+)``, ``a+b?``."""
    match node:
        case Repeat(part, _, high, possessive):
            return (high is None and not possessive) or _is_like_repeat(part)
        case Choice(branches):
            return any(map(_is_like_repeat, branches))
        case Sequence(parts):
            needed = [part for part in parts if not _may_be_empty(part)]
            if len(needed) > 1:
                return False
            return any(map(_is_like_repeat, needed or parts))
    return False


def _may_be_empty(node: Node) -> bool:
    match node:
        case Sequence(parts):
            return all(map(_may_be_empty, parts))
        case Choice(branches):
            return any(map(_may_be_empty, branches))
        case Repeat(part, low, _, _):
            return low == 0 or _may_be_empty(part)
        case Empty() | Reference():
            return True
    return False
