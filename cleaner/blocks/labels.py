"""Labels: a name, a date, a section, that a style sheet sets apart and the markup does not.

``<span>Ida Roe</span><span>9. May 2025</span>`` reads as two things, ``<span>un</span><span>broken</span>`` as one.
Only lines of nothing but labels are looked at: what runs on between other words is one text.
"""

from __future__ import annotations

import regex

LABELS = frozenset(("span", "time", "small", "label", "data"))
"""Inline elements that hold labels."""
_ENDS_A_LABEL = regex.compile(
    r"\(?\p{L}[\p{L}\p{M}_'’-]+\p{Ll}[?!.…»)]*|\(?\p{L}[\p{L}\p{M}_'’-]+[?!.…»)]+|\d+(?::\d\d)?"
)
"""A last word of three letters or more, a number, a time: no part of a brand ("Mc") or of an address."""


def are_apart(before: str, after: str) -> bool:
    """Tell whether two labels without white space between are two: one of some words, and no word goes on in the other.

    "Ida Roe" and "9. May", "The fair moves" and "Markets"; but not "You" and "Tube", "10." and "99", "mp" and "3".
    """
    last, first = before[-1], after[0]
    if " " not in before and " " not in after:
        return False
    if not _ENDS_A_LABEL.fullmatch(before.rpartition(" ")[2]):
        return False
    return first.isupper() or (first.isdigit() and not last.isdigit())
