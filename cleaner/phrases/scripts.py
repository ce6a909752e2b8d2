"""The scripts that the word lists are written in: a page is searched only for the phrases of its scripts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

LATIN = "latin"
_OF_LANGUAGE = {
    "ar": "arabic",
    "hi": "devanagari",
    "ja": "chinese",
    "ko": "korean",
    "ru": "cyrillic",
    "uk": "cyrillic",
    "zh": "chinese",
}
_LETTER = {
    "arabic": re.compile(b"[\xd8-\xdb]"),
    "chinese": re.compile(b"[\xe3-\xe9]"),  # kana too
    "cyrillic": re.compile(b"[\xd0-\xd3]"),
    "devanagari": re.compile(b"\xe0[\xa4\xa5]"),
    "korean": re.compile(b"[\xea-\xed]"),
}
_NOT_LATIN = re.compile(b"[\xd0-\xed]")


def script_of(language: str) -> str:
    """Name the script of a language, by its ISO 639-1 code. A phrase of its list has a letter of it."""
    return _OF_LANGUAGE.get(language, LATIN)


def scripts_in(text: bytes) -> Iterator[str]:
    """Name the scripts of a text encoded in UTF-8: the Latin one always, for its letters are everywhere."""
    yield LATIN
    if not text.isascii() and _NOT_LATIN.search(text):
        for script, letter in _LETTER.items():
            if letter.search(text):
                yield script
