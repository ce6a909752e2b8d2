"""Rules that stopped firing, or fire on far fewer documents than they did; and rules that never fired.

Counts are compared, never weeks: a site that had three documents this week proves nothing, and one without any less. A
rule that fires on 2 % of pages may well be silent on fifty. So each week since which a rule could be silent is tried,
and the chance that nothing has changed must be too small for all the rules and weeks that were looked at
(:data:`~cleaner.health.findings.FALSE_ALARMS`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.health.findings import FALSE_ALARMS, Finding, Kind
from cleaner.health.history import History, SiteHistory, name_of
from cleaner.health.tails import at_most, likeness, worth
from cleaner.health.watched import Watched

HABIT = 3
"""Weeks with documents from which a rule has a habit that can change: the first of them often is that of an archive."""
LEAST = 10
"""Documents since a break, at least: some pages of another kind, such as an imprint, prove nothing."""
FAR_LESS = 1 / 3
"""The part of what it was, to which the share of documents on which a rule fires has fallen at least. A site that tells
more of sports and less of weather changes its shares too, and no rule of it is broken."""
MANY = 300
"""Documents of a site from which a rule that never fired is named, with a week counted as a hundred of them at most. By
the rule of three (Hanley and Lippman-Hand, 1983) it fires on fewer than 1 % of them."""


class Break(NamedTuple):
    """When a rule began to fire less, and how sure that is."""

    chance: float
    """That nothing has changed."""
    week: int
    hits: int
    documents: int
    before: int
    documents_before: int
    weeks_before: int


def silence(history: History, watched: Watched) -> Iterator[Finding]:
    """Name the rules of active sites that stopped firing, or fire far less."""
    tests = 0
    found: list[tuple[str, str, Break]] = []
    for name, site in history.active():
        for rule, uses in site.rules.items():
            if rule not in watched or watched.is_over(rule, history.last_day):
                continue
            weeks = history.weeks_of(site, watched.file_of(rule))
            tests += max(0, len(weeks) - HABIT)
            best = _break(
                [(week, uses[week].documents if week in uses else 0, site.weeks[week].documents) for week in weeks]
            )
            if best is not None:
                found.append((name, rule, best))
    for name, rule, best in found:
        if best.chance * tests <= FALSE_ALARMS and (watched.is_of_site(rule) or _is_silent(history, rule, best)):
            yield _told(name, rule, best, watched)


def never_fired(history: History, watched: Watched) -> Iterator[Finding]:
    """Name the rules of active sites that have not fired in all the weeks that count, though they could have."""
    for name, site in history.active():
        for file, rules in watched.expected_on(name, shows_html=_shows_html(site, watched)):
            weeks = history.weeks_of(site, file)
            counts = [(0, site.weeks[week].documents) for week in weeks]
            if not counts or worth(counts, likeness(counts))[1] < MANY:
                continue
            documents = sum(count for _, count in counts)
            for rule in rules:
                fired = site.rules.get(rule, {}).keys() & set(weeks)
                if not fired and not watched.is_over(rule, history.last_day):
                    path, line = watched.place_of(rule)
                    message = f"on none of {documents:,} documents since {name_of(weeks[0])}"
                    numbers = {"documents": documents}
                    yield Finding(Kind.NEVER_FIRED, name, rule, message, path, line, name_of(weeks[0]), numbers)


def _break(weeks: list[tuple[int, int, int]]) -> Break | None:
    """Find the week since which a rule most surely fires far less; None where it does not.

    ``weeks`` have their number, the documents on which the rule fired, and all documents.
    """
    best: Break | None = None
    hits = documents = 0
    before, documents_before = sum(week[1] for week in weeks), sum(week[2] for week in weeks)
    for at in range(len(weeks) - 1, HABIT - 1, -1):
        hits, before = hits + weeks[at][1], before - weeks[at][1]
        documents, documents_before = documents + weeks[at][2], documents_before - weeks[at][2]
        if not before:
            break
        if documents < LEAST or hits / documents > FAR_LESS * before / documents_before:
            continue
        earlier = [(fired, of) for _, fired, of in weeks[:at]]
        alike = likeness(earlier)
        chance = at_most(*worth([(fired, of) for _, fired, of in weeks[at:]], alike), *worth(earlier, alike))
        if best is None or chance < best.chance:
            best = Break(chance, weeks[at][0], hits, documents, before, documents_before, at)
    return best


def _is_silent(history: History, rule: str, best: Break) -> bool:
    """Whether a rule that is for many sites has stopped on all of them: where it fires on others, one site changed."""
    uses = (site.rules[rule] for site in history.sites.values() if rule in site.rules)
    return not best.hits and not any(week >= best.week and use.documents for some in uses for week, use in some.items())


def _shows_html(site: SiteHistory, watched: Watched) -> bool:
    """Whether pages of a site are HTML, so that rules with selectors could fire."""
    return any(map(watched.needs_html, site.rules))


def _told(site: str, rule: str, best: Break, watched: Watched) -> Finding:
    kind = Kind.RARER if best.hits else Kind.STOPPED
    now = f"{best.hits / best.documents:.1%}" if best.hits else "none"
    before = f"{best.before / best.documents_before:.1%} of {best.documents_before:,} in {best.weeks_before} weeks"
    message = f"on {now} of {best.documents:,} documents since {name_of(best.week)}; before, on {before}"
    numbers = {
        "fired": best.hits,
        "documents": best.documents,
        "fired_before": best.before,
        "documents_before": best.documents_before,
        "chance": float(f"{best.chance:.2g}"),
    }
    path, line = watched.place_of(rule)
    return Finding(kind, site, rule, message, path, line, name_of(best.week), numbers)
