"""The parts of a path of sections, as "Home » Mills » The miller's key" has three."""

from __future__ import annotations

import re

from cleaner.blocks.quotes import without_arrows


def parts_of(line: str, separator: re.Pattern[str]) -> list[str]:
    """Split a line at its separators, but not at quotation marks: « oui » is none of a path."""
    at, parts = 0, []
    for found in separator.finditer(without_arrows(line)):
        parts.append(line[at : found.start()])
        at = found.end()
    return [*parts, line[at:]]
