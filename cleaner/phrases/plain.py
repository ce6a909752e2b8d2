"""The plain form that lines and phrases are compared in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

LINE = b"\x01"
"""Stands between lines."""
OTHER = b"\x02"
"""Stands for signs of code and money, which no phrase has: ``Save $50`` is not the button ``Save``."""

_TO_PLAIN = bytes(
    LINE[0]
    if char == "\n"
    else OTHER[0]
    if char in "$={}`"
    else ord(char)
    if char.isalpha() or ord(char) >= 128
    else ord(" ")
    for char in map(chr, range(256))
)
_NOT_LETTERS = tuple(
    (pattern[:1], re.compile(pattern, re.DOTALL))
    for pattern in (
        b"\xc2[^\xa2-\xa5]",  # Latin-1 punctuation, the no-break space; not money
        b"\xe2[\x80\x81\x83-\xaf].",  # dashes, quotes, symbols, arrows, bullets
        b"\xe3(?:\x80.|\x83\xbb)",  # Chinese and Japanese punctuation
        b"\xef(?:\xb8.|\xbc[\x80-\xa0\xbb-\xbf]|\xbd[\x80\x9b-\xa5])",  # full-width forms
        b"\xf0\x9f..",  # emoji
        b"\xd8[\x8c\x9b\x9f]",  # Arabic punctuation
        b"\xd9[\xa0-\xad]",  # Arabic digits
        b"\xe0\xa5[\xa4-\xaf]",  # Devanagari stops and digits
    )
)
_DOTTED_I = b"i\xcc\x87"  # what folding makes of the Turkish capital I with a dot


def plain(lines: Iterable[str]) -> bytes:
    r"""Bring lines to the plain form: ``\x01 line \x01 line \x01``, case folded, of letters alone.

    Words are parted by single spaces. Digits go like punctuation, so that ``12 comments`` and
    ``Comments (3)`` both read ``comments``.
    """
    text = " \n ".join(lines)
    data = f"\n {text} \n".casefold().encode("utf-8", "replace").translate(_TO_PLAIN)
    if not data.isascii():
        data = data.replace(_DOTTED_I, b"i")
        for lead, pattern in _NOT_LETTERS:
            if lead in data:
                data = pattern.sub(b" ", data)
    return b" ".join(data.split())
