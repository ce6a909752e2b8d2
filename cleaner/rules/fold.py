"""Folds letter case away without moving any character, for the literal prefilter.

The prefilter looks for literals in folded text, so that one automaton serves patterns that heed letter case
and patterns that do not. It may find too much and must never find too little: wherever ``(?i)`` of the
``regex`` module takes two characters for the same, :func:`fold` must make them the same, but for the
characters that :func:`is_foldable` refuses. A test compares the two over all of Unicode.
"""

from __future__ import annotations

_DOTTED_I = "\u0130"
"""The one character whose lower-case form is two characters long."""

_VARIANTS = {
    "ı": "i",
    "ſ": "s",
    "ς": "σ",
    "µ": "μ",
    "ϐ": "β",
    "ϑ": "θ",
    "ϕ": "φ",
    "ϖ": "π",
    "ϰ": "κ",
    "ϱ": "ρ",
    "ϵ": "ε",
    "\u0345": "ι",
    "\u1fbe": "ι",
    "ẛ": "ṡ",
    "\u1c80": "в",
    "\u1c81": "д",
    "\u1c82": "о",
    "\u1c83": "с",
    "\u1c84": "т",
    "\u1c85": "т",
    "\u1c86": "ъ",
    "\u1c87": "ѣ",
    "\u1c88": "ꙋ",
}
"""Lower-case letters with a second form that lower-casing leaves alone."""

_UNFOLDABLE = frozenset("ßẞ\u0390\u03b0\u1fd3\u1fe3ﬅﬆ\U0001df95")
"""Characters that equal others in ways that no exchange of single characters gives."""


def fold(text: str) -> str:
    """Fold the letter case of a text; the result is as long as the text."""
    if text.isascii():
        return text.lower()
    folded = text.replace(_DOTTED_I, "i").lower()
    for variant, letter in _VARIANTS.items():
        folded = folded.replace(variant, letter)
    return folded


def is_foldable(char: str) -> bool:
    """Tell whether all characters that equal this one but for letter case fold to the same character."""
    return char not in _UNFOLDABLE
