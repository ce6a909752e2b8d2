"""Looks at many made-up sites: hardly ever a false alarm, and broken rules are found within weeks."""

from __future__ import annotations

import pytest
from simulation import SHARES, AllWatched, Crawl, history

from cleaner.health.growth import growth
from cleaner.health.silence import silence

BROKEN = 6
"""The week from which rules are broken."""


@pytest.mark.parametrize("bursts", [0.0, 0.01, 0.05])
def test_healthy_sites_raise_no_alarm(bursts: float) -> None:
    rows = list(Crawl(sites=150, bursts=bursts, seed=11).rows())
    looks = [history(rows, weeks) for weeks in range(4, 11)]
    alarms = [found for look in looks for found in (*silence(look, AllWatched()), *growth(look, AllWatched()))]
    assert alarms == []


def test_broken_rules_are_found_and_no_others() -> None:
    sites = range(40)
    crawl = Crawl(sites=80, weeks=10, seed=12)
    rows = list(crawl.rows(broken=dict.fromkeys(sites, BROKEN)))
    found_by: dict[int, set[str]] = {}
    for weeks in (7, 9):
        found = list(silence(history(rows, weeks), AllWatched()))
        assert all(int(one.site.removeprefix("site-").partition(".")[0]) in sites for one in found)
        found_by[weeks] = {one.rule for one in found}
    often = [rule for rule, share in enumerate(SHARES) if share >= 0.8]
    assert sum(f"site-{site}.example/rule-{rule}" in found_by[7] for site in sites for rule in often) >= 0.6 * 120
    assert sum(f"site-{site}.example/rule-{rule}" in found_by[9] for site in sites for rule in often) >= 0.85 * 120


def test_rules_that_eat_pages_are_found() -> None:
    rows = list(Crawl(sites=80, weeks=10, seed=13).rows(eaten=dict.fromkeys(range(40), BROKEN)))
    found = list(growth(history(rows, 8), AllWatched()))
    assert {one.rule.partition("/")[2] for one in found} == {"rule-0"}
    assert len(found) >= 0.8 * 40
