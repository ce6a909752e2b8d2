"""Sets of words, written down as running text."""

from __future__ import annotations


def words(text: str) -> frozenset[str]:
    """Give the words of a text, parted by white space."""
    return frozenset(text.split())
