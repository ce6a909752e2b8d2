"""What rules did in the last weeks, site by site, put together from the notes of runs.

Memory is that of sites, rules and weeks, whatever the number of documents.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

WEEKS = 26
"""Weeks that count, the latest and those before it: half a year. What was before says little of a site of today."""
ACTIVE = 8
"""Weeks without a document after which nothing is said of a site: nobody reads it any more."""


class Use(NamedTuple):
    """Documents, and characters of them."""

    documents: int
    characters: int

    def plus(self, other: Use) -> Use:
        """Add another use."""
        return Use(self.documents + other.documents, self.characters + other.characters)

    def minus(self, other: Use) -> Use:
        """Take another use out of this one."""
        return Use(self.documents - other.documents, self.characters - other.characters)


@dataclass(slots=True)
class SiteHistory:
    """A site's weeks, by their number: its documents, and those on which each rule fired with what it removed."""

    weeks: dict[int, Use] = field(default_factory=dict)
    rules: dict[str, dict[int, Use]] = field(default_factory=dict)


class Row(NamedTuple):
    """What one rule did on one site in one week, as a manifest tells; ``""`` stands for the site as a whole."""

    week: str
    site: str
    rule: str
    documents: int
    edits: int
    characters: int
    removed: int


class History:
    """The weeks of all sites up to ``latest``: rows of one or several manifests, added up, in any order.

    ``rule_files`` are file, week, and the hash of what the file said from then on.
    """

    def __init__(
        self,
        latest: str,
        rows: Iterable[tuple[str, str, str, int, int, int, int]],
        rule_files: Iterable[tuple[str, str, str]] = (),
    ) -> None:
        self.sites: dict[str, SiteHistory] = {}
        self.latest = number_of(latest)
        """The number of the last week."""
        for row in map(Row._make, rows):
            if self.first <= (week := number_of(row.week)) <= self.latest:
                self._add(row, week)
        self._changes, self.digests = _changes(one for one in rule_files if number_of(one[1]) <= self.latest)

    @property
    def first(self) -> int:
        """The number of the first week that counts."""
        return self.latest - WEEKS + 1

    @property
    def latest_name(self) -> str:
        """The name of the last week."""
        return name_of(self.latest)

    @property
    def last_day(self) -> datetime.date:
        """The Sunday of the last week."""
        return _monday_of(self.latest) + datetime.timedelta(6)

    def _add(self, row: Row, week: int) -> None:
        site = self.sites.setdefault(row.site, SiteHistory())
        uses = site.rules.setdefault(row.rule, {}) if row.rule else site.weeks
        uses[week] = uses.get(week, Use(0, 0)).plus(Use(row.documents, row.characters))

    def active(self) -> Iterator[tuple[str, SiteHistory]]:
        """Give the sites, by name, that had documents lately; those of no known site are none."""
        for name, site in sorted(self.sites.items()):
            if name and any(week > self.latest - ACTIVE for week in site.weeks):
                yield name, site

    def weeks_of(self, site: SiteHistory, rule_file: str) -> list[int]:
        """Give a site's weeks with documents since a rule file says what it says, in their order.

        The week of a change does not count: some of its documents were cleaned before it.
        """
        since = self._changes.get(rule_file, -1)
        return sorted(week for week, use in site.weeks.items() if week > since and use.documents > 0)


@cache
def number_of(week: str) -> int:
    """Count weeks: ``2026-W31`` is one more than ``2026-W30``, and ``2027-W01`` one more than ``2026-W53``."""
    year, _, number = week.partition("-W")
    return (datetime.date.fromisocalendar(int(year), int(number), 1).toordinal() - 1) // 7


def name_of(number: int) -> str:
    """Name a week as ISO 8601 does."""
    year, week, _ = _monday_of(number).isocalendar()
    return f"{year}-W{week:02}"


def _monday_of(number: int) -> datetime.date:
    return datetime.date.fromordinal(number * 7 + 1)


def _changes(rule_files: Iterable[tuple[str, str, str]]) -> tuple[dict[str, int], Mapping[str, str]]:
    """Tell in which week each rule file came to say what it says, where that is known, and the hash of it.

    What was there in the first week that anything is known of may have been there for ever.
    """
    rows = sorted(rule_files, key=lambda row: (row[1], row[0], row[2]))
    digests: dict[str, str] = {}
    changes: dict[str, int] = {}
    for file, week, digest in rows:
        if digests.get(file) != digest:
            if file in digests or week > rows[0][1]:
                changes[file] = number_of(week)
            digests[file] = digest
    return changes, digests
