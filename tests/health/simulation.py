"""Made-up histories of sites, healthy ones and some with rules that break, to count alarms in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from cleaner.health.history import History, name_of, number_of
from cleaner.health.watched import Watched
from cleaner.rules import RuleSet

FIRST = number_of("2031-W40")
"""The weeks go over the end of a year."""
SHARES = (0.97, 0.8, 0.5, 0.3, 0.15, 0.05, 0.02, 0.97, 0.6, 0.1)
"""Shares of documents on which the ten rules of a site fire."""

Row = tuple[str, str, str, int, int, int, int]


class AllWatched(Watched):
    """Every rule is that of a site, in a file that is called as the site is."""

    def __init__(self) -> None:
        super().__init__(RuleSet())

    def __contains__(self, rule: str) -> bool:
        return True

    def file_of(self, rule: str) -> str:
        return rule.partition("/")[0]

    def place_of(self, rule: str) -> tuple[str, int | None]:
        return f"{self.file_of(rule)}.toml", 1

    def is_of_site(self, rule: str) -> bool:
        return True

    def is_over(self, rule: str, day: object) -> bool:
        return False


@dataclass(frozen=True)
class Crawl:
    """Sites of any size, from some documents a week to thousands, whose weeks differ."""

    sites: int = 1000
    weeks: int = 10
    bursts: float = 0.01
    """The correlation between documents of one week."""
    typical: float = 60
    """Documents of a site in a week, in the middle."""
    seed: int = 1

    def rows(self, broken: dict[int, int] | None = None, eaten: dict[int, int] | None = None) -> Iterator[Row]:
        """Make the weeks. ``broken`` tells of sites whose rules all stop in a week; ``eaten`` of those whose first
        rule removes eight times as much from then on.
        """
        random = np.random.default_rng(self.seed)
        for number in range(self.sites):
            site = f"site-{number}.example"
            size = self.typical * random.lognormal(0, 1.5)
            for week in range(self.weeks):
                documents = int(random.poisson(size * random.lognormal(0, 0.6)) * (random.random() > 0.05))
                shares = [share if self.bursts == 0 else self._drawn(random, share) for share in SHARES]
                fired = random.binomial(documents, shares)
                amounts = [int(random.lognormal(5.5, 1.0, int(count)).sum()) for count in fired]
                if eaten is not None and week >= eaten.get(number, self.weeks):
                    amounts[0] *= 8
                if broken is not None and week >= broken.get(number, self.weeks):
                    fired = np.zeros_like(fired)
                if not documents:
                    continue
                name = name_of(FIRST + week)
                yield name, site, "", documents, 0, int(documents * 5000 * random.lognormal(0, 0.1)), 0
                for rule, (count, amount) in enumerate(zip(fired, amounts, strict=True)):
                    if count:
                        yield name, site, f"{site}/rule-{rule}", int(count), int(count), amount, amount

    def _drawn(self, random: np.random.Generator, share: float) -> float:
        both = 1 / self.bursts - 1
        return float(random.beta(share * both, (1 - share) * both))


def history(rows: list[Row], weeks: int) -> History:
    """Look at the first so many weeks."""
    return History(name_of(FIRST + weeks - 1), rows)
