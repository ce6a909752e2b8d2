"""Ids for rules that are written by a command: of the words of a text, as far as these are Latin letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection


def slug(text: str, longest: int, *, digits: bool = True) -> str:
    """Make an id of the first words of a text, of no more than ``longest`` characters; empty if it has no such words.

    >>> slug("Über uns & Kontakt 24", 12)
    'uber-uns'
    """
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    words = re.findall("[a-z0-9]+" if digits else "[a-z]+", plain)
    while len("-".join(words)) > longest and len(words) > 1:
        words.pop()
    return "-".join(words)[:longest]


def free(name: str, taken: Collection[str]) -> str:
    """Give a name that is not taken: with a number, if it is."""
    found, number = name, 2
    while found in taken:
        found, number = f"{name}-{number}", number + 1
    return found
