"""Quotation marks that look like the arrows of a path."""

from __future__ import annotations

import re

_QUOTED = (re.compile("«[^«»]*»|‹[^‹›]*›"), re.compile("»[^«»]*«|›[^‹›]*‹"))
_TIGHT = (re.compile(r"^«[^«»]*»|«(?=\S)[^«»]*(?<=\S)»"), re.compile(r"»(?=\S)[^«»]*(?<=\S)«"))
"""What stands between them: as the French and the Russians write it first, then the Germans."""


def without_arrows(line: str, *, spaced: bool = True) -> str:
    """Give a line of the same length with plain quotation marks: « oui » is none of a path.

    Unless ``spaced``, marks with white space inside of them are arrows: "The goat « Village » The Lantern".
    """
    for quoted in _QUOTED if spaced else _TIGHT:
        line = quoted.sub(lambda found: f'"{found[0][1:-1]}"', line)
    return line
