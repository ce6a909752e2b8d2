"""Numbers on every line of a page, taken in a few passes over the whole page at once.

All functions are pure and work on columns: numpy arrays with one entry a row. Lengths are in
characters, but for scripts written without spaces (Han, Kana, Hangul is spaced, Thai, Lao, Khmer, Myanmar),
where a character says as much as several Latin ones: :data:`UNSPACED_WEIGHT` evens that out, so
that one threshold serves every language.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]

UNSPACED_WEIGHT = 2.5
"""Latin characters that one character of an unspaced script stands for: a Han character is about half a word."""

_SPACE, _LOWER, _UPPER, _LETTER, _UNSPACED, _DIGIT, _MARK, _STOP, _COMMA, _OTHER, _SYMBOL, _SHAPELESS = range(12)
_CLASSES = 12

_BMP = 0x10000
_SENTENCE_END = frozenset(".!?…\u037e。！？｡।॥؟۔։።")
_COMMAS = frozenset(",;:，、；：،؛")
_CLOSERS = "\"'”’»›)]}*_）」』】〉》”’"
_UNSPACED_RANGES = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Myanmar
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # CJK radicals
    (0x3005, 0x3007),
    (0x3040, 0x30FF),  # Kana
    (0x3400, 0x4DBF),  # Han
    (0x4E00, 0x9FFF),
    (0xF900, 0xFAFF),
    (0xFF66, 0xFF9F),
)
SHAPELESS_RANGES = (
    (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x180E, 0x180E), (0x200B, 0x200B),
    (0x2060, 0x2060), (0xFEFF, 0xFEFF), (0xFFFE, 0xFFFE),
)  # fmt: skip
"""Control characters, soft hyphens and zero-width spaces. Zero-width joiners and marks of direction are not among
them: Persian, the Indic scripts and emoji are spelled with them."""
_CATEGORIES = {
    "Ll": _LOWER, "Lu": _UPPER, "Lt": _UPPER, "Lo": _LETTER, "Lm": _LETTER, "Mn": _MARK, "Mc": _MARK, "Me": _MARK,
    "Nd": _DIGIT, "Zs": _SPACE, "Zl": _SPACE, "Zp": _SPACE, "Sc": _SYMBOL, "So": _SYMBOL, "Sm": _SYMBOL,
}  # fmt: skip


@cache
def _class_table() -> NDArray[np.uint8]:
    """Give the class of each code point of the Basic Multilingual Plane, and of "any other" at its end."""
    table = np.full(_BMP + 2, _OTHER, np.uint8)
    for code in range(_BMP):
        character = chr(code)
        found = _CATEGORIES.get(unicodedata.category(character))
        if found is not None:
            table[code] = found
        elif character in "\t\r\x0b\x0c":
            table[code] = _SPACE
    for character in _SENTENCE_END:
        table[ord(character)] = _STOP
    for character in _COMMAS:
        table[ord(character)] = _COMMA
    for first, last in SHAPELESS_RANGES:
        table[first : last + 1] = _SHAPELESS
    for first, last in _UNSPACED_RANGES:
        span = table[first : last + 1]
        span[(span == _LETTER) | (span == _MARK)] = _UNSPACED
    table[_BMP] = _SYMBOL  # emoji and the rest of the higher planes
    table[_BMP + 1] = _UNSPACED  # Han beyond the first plane
    return table


@dataclass(frozen=True, slots=True)
class Measures:
    """The measures of a page, a column each, one entry a row."""

    chars: Ints
    """Characters of the line."""
    weight: Floats
    """Length in Latin characters: unspaced scripts count :data:`UNSPACED_WEIGHT` times."""
    words: Floats
    """Words; for unspaced scripts, the letters divided by two."""
    letters: Ints
    """Letters and the vowel signs and accents that combine with them."""
    upper: Ints
    digits: Ints
    commas: Ints
    """Commas, semicolons and colons."""
    stops: Ints
    """Marks that can end a sentence, anywhere in the line."""
    symbols: Ints
    shapeless: Ints
    """Characters of :data:`SHAPELESS_RANGES`."""
    punctuation: Ints
    """Marks other than those above, and symbols."""
    ends: Bools
    """The line ends as a sentence does, closing quotes and brackets aside."""
    starts_low: Bools
    """The line starts in lower case or with a closing or joining mark: the middle of a sentence."""

    def select(self, rows: Ints) -> Measures:
        """Give the measures of some rows, in their order."""
        return Measures(*(getattr(self, name)[rows] for name in self.__slots__))


def measure(lines: Sequence[str]) -> Measures:
    """Measure lines, none of which is empty."""
    count = len(lines)
    if not count:
        empty = np.zeros(0, np.int64)
        none = np.zeros(0, np.bool_)
        return Measures(empty, empty.astype(float), empty.astype(float), *(empty,) * 8, none, none)
    chars = np.fromiter(map(len, lines), np.int64, count)
    codes = np.frombuffer("".join(lines).encode("utf-32-le", "surrogatepass"), np.uint32)
    outside = codes >= _BMP
    if outside.any():
        codes = np.where(outside, np.where(codes >= 0x20000, _BMP + 1, _BMP), codes)
    classes = _class_table()[codes]
    rows = np.repeat(np.arange(count), chars)
    counts = np.bincount(rows * _CLASSES + classes, minlength=count * _CLASSES).reshape(count, _CLASSES)
    letters = counts[:, _LOWER] + counts[:, _UPPER] + counts[:, _LETTER] + counts[:, _UNSPACED] + counts[:, _MARK]
    in_word = (classes >= _LOWER) & (classes <= _MARK) & (classes != _UNSPACED)
    starts = in_word.copy()
    starts[1:] &= ~in_word[:-1]
    first = np.concatenate(([0], np.cumsum(chars)[:-1]))
    starts[first] = in_word[first]
    words = np.bincount(rows[starts], minlength=count) + counts[:, _UNSPACED] / 2
    last = first + chars - 1
    ends = classes[last] == _STOP
    for row in rows_where(_closer_table()[codes[last]]).tolist():
        ends[row] = _ends_sentence(lines[row])
    leads = classes[first]
    starts_low = (leads == _LOWER) | (leads == _COMMA)
    return Measures(
        chars=chars,
        weight=chars + (UNSPACED_WEIGHT - 1) * counts[:, _UNSPACED],
        words=words,
        letters=letters,
        upper=counts[:, _UPPER],
        digits=counts[:, _DIGIT],
        commas=counts[:, _COMMA],
        stops=counts[:, _STOP],
        symbols=counts[:, _SYMBOL],
        shapeless=counts[:, _SHAPELESS],
        punctuation=counts[:, _OTHER] + counts[:, _SYMBOL],
        ends=ends,
        starts_low=starts_low | (leads == _STOP),
    )


@cache
def _closer_table() -> Bools:
    """Tell of each code point of the first plane whether it may follow the end of a sentence."""
    table = np.zeros(_BMP + 2, np.bool_)
    table[[ord(character) for character in _CLOSERS]] = True
    return table


def _ends_sentence(line: str) -> bool:
    line = line.rstrip(_CLOSERS)
    return bool(line) and line[-1] in _SENTENCE_END


_FALSE = np.zeros(1, np.bool_)


def rows_where(marked: Bools) -> Ints:
    """Give the numbers of the true entries: :func:`numpy.flatnonzero` without its detours."""
    return marked.nonzero()[0]


def runs(marked: Bools) -> list[tuple[int, int]]:
    """Give the ``(first, end)`` of each run of true entries."""
    padded = np.concatenate((_FALSE, marked, _FALSE))
    edges = rows_where(padded[1:] != padded[:-1])
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
