"""Finds patterns whose cost grows faster than the line they look at.

Two checks. :func:`nested_repeat` reads the pattern for a repeat of a repeat, ``(a+)+``, which can split one
run of characters in ever so many ways. :func:`slow_line` tries it: for each repeat of the pattern it makes
lines that repeat what the repeat takes and then fail, and measures. Where several parts of the pattern can take the
same character, lines of that are tried, since it can be shared out between them in ever so many ways.
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
_FAILURE = "\x01"
"""What hardly any pattern takes."""


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
    node = pattern.node
    for attack in dict.fromkeys(_attacks(node, "", _shared_members(node))):
        for end in _ends(node):
            if _is_steep(compiled, attack, end) and _is_steep(compiled, attack, end):  # twice: it may have been noise
                return f"{attack.start}{attack.repeated * 3}"[:60]
    return None


def _ends(node: Node) -> tuple[str, ...]:
    """Give ends of lines that make a match fail.

    The engine gives up at once on a line that lacks a text which the pattern needs, so some have all that it needs.
    """
    whole = sample(node)
    return "", _FAILURE, f"{_FAILURE}.", f"{_FAILURE}{whole}", f"{whole}{_FAILURE}"


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


def sample(node: Node, *, optional: int = 1) -> str:
    """Give a text that the node is likely to match; what may be lacking is in it ``optional`` times."""
    match node:
        case Text(text, _):
            return text
        case Class(source, chars, ignore_case):
            return chars[0] if chars else _member(source, ignore_case)
        case Sequence(parts):
            return "".join(sample(part, optional=optional) for part in parts)
        case Choice(branches):
            return sample(branches[0], optional=optional)
        case Repeat(part, low, _, _):
            return sample(part, optional=optional) * max(low, optional)
        case Empty() | Reference():
            return ""


@cache
def _member(source: str, ignore_case: bool) -> str:
    return next(filter(_compiled(source, ignore_case).fullmatch, _MEMBERS), "")


@cache
def _compiled(source: str, ignore_case: bool) -> regex.Pattern[str]:
    return regex.compile(source, regex.IGNORECASE if ignore_case else 0)


def _attacks(node: Node, start: str, shared: str) -> Iterator[_Attack]:
    match node:
        case Sequence(parts):
            for part in parts:
                yield from _attacks(part, start, shared)
                start += sample(part)
        case Choice(branches):
            for branch in branches:
                yield from _attacks(branch, start, shared)
        case Repeat(part, _, high, _):
            if _is_long(high):
                for repeated in _samples(part, shared):
                    yield _Attack(start, repeated)
            yield from _attacks(part, start, shared)


def _is_long(high: int | None) -> bool:
    return high is None or high > _MANY


def _samples(part: Node, shared: str) -> list[str]:
    """Give texts that a repeated part takes: of each branch, with and without what it can lack, and shared ones."""
    branches = part.branches if isinstance(part, Choice) else (part,)
    texts = [text for branch in branches for text in (sample(branch), sample(branch, optional=0)) if text]
    takes = _compiled(f"(?:{_source(part)})+", ignore_case=False)
    return [*texts, *(char for char in shared if takes.fullmatch(char * 4))]


def _shared_members(node: Node) -> str:
    """Give characters that several parts of a pattern can take, one for each set of parts that share any."""
    classes = [_compiled(part.source, part.ignore_case) for part in _classes(node)]
    members: dict[tuple[bool, ...], str] = {}
    for char in dict.fromkeys([*_characters(node), *_MEMBERS]):
        takers = tuple(found.fullmatch(char) is not None for found in classes)
        if sum(takers) > 1:
            members.setdefault(takers, char)
    return "".join(members.values())


def _classes(node: Node) -> Iterator[Class]:
    if isinstance(node, Class):
        yield node
    for part in _parts(node):
        yield from _classes(part)


def _source(node: Node) -> str:
    """Write a part of a pattern as a pattern again, without what takes no characters."""
    match node:
        case Text(text, ignore_case):
            return f"(?i:{regex.escape(text)})" if ignore_case else str(regex.escape(text))
        case Class(source, _, ignore_case):
            return f"(?i:{source})" if ignore_case else source
        case Sequence(parts):
            return "".join(map(_source, parts))
        case Choice(branches):
            return f"(?:{'|'.join(map(_source, branches))})"
        case Repeat(part, low, high, possessive):
            counts = f"{{{low},{'' if high is None else high}}}"
            return f"(?:{_source(part)}){counts}{'+' if possessive else ''}"
        case Empty() | Reference():
            return ""


def _characters(node: Node) -> Iterator[str]:
    """Give the characters that a pattern is written with."""
    match node:
        case Text(text, _) | Class(text, _, _):
            yield from text
    for part in _parts(node):
        yield from _characters(part)


def _parts(node: Node) -> tuple[Node, ...]:
    match node:
        case Sequence(parts) | Choice(parts):
            return parts
        case Repeat(part, _, _, _):
            return (part,)
    return ()


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
