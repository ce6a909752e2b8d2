"""Quotation marks that look like the arrows of a path."""

from __future__ import annotations

import re

_QUOTED = (re.compile("«[^«»]*»|‹[^‹›]*›"), re.compile("»[^«»]*«|›[^‹›]*‹"))
"""What stands between them: as the French and the Russians write it first, then the Germans."""


def without_arrows(line: str) -> str:
    """Give a line of the same length with plain quotation marks: « oui » is none of a path."""
    for quoted in _QUOTED:
        line = quoted.sub(lambda found: f'"{found[0][1:-1]}"', line)
    return line
