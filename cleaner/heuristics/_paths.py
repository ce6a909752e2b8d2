"""The parts of a path of sections, as "Home » Mills » The miller's key" has three."""

from __future__ import annotations

import re

_QUOTED = (re.compile("«[^«»]*»|‹[^‹›]*›"), re.compile("»[^«»]*«|›[^‹›]*‹"))
"""What stands in quotation marks that look like arrows: French and Russian ones first, then German ones."""


def parts_of(line: str, separator: re.Pattern[str]) -> list[str]:
    """Split a line at its separators, but not at quotation marks: « oui » is none of a path."""
    bare = line
    for quoted in _QUOTED:
        bare = quoted.sub(lambda found: f'"{found[0][1:-1]}"', bare)
    at, parts = 0, []
    for found in separator.finditer(bare):
        parts.append(line[at : found.start()])
        at = found.end()
    return [*parts, line[at:]]
