"""What to look for in plain lines: the spellings of a phrase, and the marks around it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cleaner.phrases.plain import LINE, plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from cleaner.phrases.lists import Kind

_BARE = {
    letter.encode(): bare.encode()
    for letters, bare in (
        ("áàâãäåą", "a"),
        ("çć", "c"),
        ("éèêëę", "e"),
        ("ğ", "g"),
        ("íìîïı", "i"),
        ("ł", "l"),
        ("ñń", "n"),
        ("óòôõöő", "o"),
        ("śş", "s"),
        ("úùûü", "u"),
        ("ýÿ", "y"),
        ("źż", "z"),
        ("ё", "е"),
        ("أإآ", "ا"),
    )
    for letter in letters
}
"""Letters that capitals and hasty typing leave bare: ``PUBLICITE``, ``Mas leidas``, ``еще``."""
FEWEST_BARE_LETTERS = 4
"""A shorter word without its accents is often another word: ``şub`` for February, ``sub``."""
_MAYBE_BARE = re.compile(b"[\xc3-\xc5][\x80-\xbf]|\xd1\x91|\xd8[\xa2-\xa5]")
_DOTLESS_I = "ı".encode()
"""Case folding takes its capital for that of the dotted letter."""
_UNSPACED = re.compile(b"[\xe3-\xe9][\x80-\xbf]{2}")
"""Kana or a Chinese character."""


def spellings(phrases: Sequence[str]) -> Iterator[tuple[int, bytes]]:
    """Yield the number of each phrase in each plain form that pages have."""
    text = plain(phrases)
    written = text.split(LINE)[1:-1]
    yield from enumerate(written)
    bare = _MAYBE_BARE.sub(lambda letter: _BARE.get(letter[0], letter[0]), text)
    for spelling in dict.fromkeys((text.replace(_DOTLESS_I, b"i"), bare)):
        if spelling != text:
            lines = zip(written, spelling.split(LINE)[1:-1], strict=True)
            yield from [
                (number, words)
                for number, (known, words) in enumerate(lines)
                if words != known and len(words) >= FEWEST_BARE_LETTERS + len("  ")
            ]


def pattern_of(kind: Kind, words: bytes, *, unspaced: bool) -> bytes:
    """Add to a plain phrase, which has a space on either side, what must stand around it."""
    if kind in {"label", "start"}:
        words = LINE + words
    elif unspaced and _UNSPACED.match(words, 1):
        words = words[1:]
    if kind == "end":
        words += LINE
    elif unspaced and _UNSPACED.match(words, len(words) - 4):
        words = words[:-1]
    return words
