"""What a look at the health of rules finds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

FALSE_ALARMS = 0.02
"""Rules, healthy all of them, that one look may name by mere chance: with a look every week, about one a year. The
tests of a look share it, so that a look at more rules asks for more evidence for each. Looks at made-up sites, 10,000
healthy rules each (``tests/health/simulation.py``): none of 70 named one where documents of a week are as alike as is
assumed at least, 6 of 35 did where they are five times as much, 11 of 35 where they are ten times as much."""


class Kind(StrEnum):
    """What is the matter."""

    STOPPED = "stopped"
    """A rule that fired and fires no more."""
    RARER = "rarer"
    """A rule that fires on far fewer documents than it did."""
    NEVER_FIRED = "never-fired"
    """A rule of a site with many documents that has not fired on any."""
    REMOVES_MORE = "removes-more"
    """A rule that removes far more than it did."""
    BETTER_WITHOUT = "better-without"
    """A site whose pages come out better without its rules."""
    RECURS = "recurs"
    """A line that stands on many cleaned pages of a site."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that needs a look."""

    kind: Kind
    site: str
    rule: str
    """The rule's id, or that of the site's file."""
    message: str
    """What was seen, with the numbers before and after, in a line."""
    path: str
    """The rule file."""
    line: int | None = None
    since: str | None = None
    """The first week in which it was so: ``2026-W31``."""
    numbers: Mapping[str, Any] = field(default_factory=dict)
    """The same for programs."""
    draft: str = ""
    """A table to paste into the rule file."""
