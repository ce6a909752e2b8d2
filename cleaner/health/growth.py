"""Rules that now remove far more than they used to: a new template, and a rule to the end of the page eats the story.

The documents on which a rule fires and what it removes from each are told apart: either may grow.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cleaner.health.findings import FALSE_ALARMS, Finding, Kind
from cleaner.health.history import History, Use, name_of
from cleaner.health.silence import HABIT, LEAST
from cleaner.health.tails import at_least, likeness, times, worth
from cleaner.health.watched import Watched

FAR_MORE = 2.0
"""How many times what it was the rule's part of the site's characters is, at least."""
MATERIAL = 0.05
"""By how much of the site's characters it has grown, at least: what takes a line more harms nobody."""
SPREAD, SPREAD_WEIGHT = 3.0, 4
"""How far documents of a site differ in what a rule removes from them, as the variance over the square of the mean: at
least so much, and the weeks that this counts for when it is measured. Lengths are spread more widely than an
exponential distribution, which has 1."""


class Growth(NamedTuple):
    """When a rule began to remove more, and how sure that is."""

    chance: float
    week: int
    now: tuple[Use, Use]
    """The documents on which it fired, with what it removed, and all documents of the site, since then."""
    before: tuple[Use, Use]


def growth(history: History, watched: Watched) -> Iterator[Finding]:
    """Name the rules of active sites that remove far more than before."""
    tests = 0
    found: list[tuple[str, str, Growth]] = []
    for name, site in history.active():
        for rule, uses in site.rules.items():
            if rule not in watched:
                continue
            weeks = history.weeks_of(site, watched.file_of(rule))
            tests += 2 * max(0, len(weeks) - HABIT)
            best = _growth([(week, uses.get(week, Use(0, 0)), site.weeks[week]) for week in weeks])
            if best is not None:
                found.append((name, rule, best))
    yield from (_told(*one, watched) for one in found if one[2].chance * tests <= FALSE_ALARMS)


def _growth(weeks: list[tuple[int, Use, Use]]) -> Growth | None:
    """Find the week since which a rule most surely removes far more; None where it does not."""
    best: Growth | None = None
    now, before = (Use(0, 0), Use(0, 0)), _sum(weeks)
    for at in range(len(weeks) - 1, HABIT - 1, -1):
        _, use, site = weeks[at]
        now, before = (now[0].plus(use), now[1].plus(site)), (before[0].minus(use), before[1].minus(site))
        share, share_before = _share(*now), _share(*before)
        if share < FAR_MORE * share_before or share - share_before < MATERIAL:
            continue
        chance = min(_of_documents(weeks, at), _of_amounts(weeks, at))
        if best is None or chance < best.chance:
            best = Growth(chance, weeks[at][0], now, before)
    return best


def _of_documents(weeks: list[tuple[int, Use, Use]], at: int) -> float:
    """Give the chance that the rule fires on so many documents, if nothing changed."""
    earlier = [(use.documents, site.documents) for _, use, site in weeks[:at]]
    later = [(use.documents, site.documents) for _, use, site in weeks[at:]]
    if sum(of for _, of in later) < LEAST:
        return 1.0
    alike = likeness(earlier)
    return at_least(*worth(later, alike), *worth(earlier, alike))


def _of_amounts(weeks: list[tuple[int, Use, Use]], at: int) -> float:
    """Give the chance that the rule removes so much from a document on which it fires, if nothing changed."""
    earlier = [use for _, use, _ in weeks[:at] if use.documents]
    later = [use for _, use, _ in weeks[at:] if use.documents]
    documents, characters = (sum(column) for column in zip(*earlier, strict=True)) if earlier else (0, 0)
    fired, removed = (sum(column) for column in zip(*later, strict=True)) if later else (0, 0)
    if characters <= 0 or fired < LEAST:
        return 1.0
    mean = characters / documents
    spread = sum(use.documents * (use.characters / use.documents / mean - 1) ** 2 for use in earlier)
    spread = max(SPREAD, (SPREAD_WEIGHT * SPREAD + spread) / (SPREAD_WEIGHT + len(earlier) - 1))
    alike = likeness([(0, use.documents) for use in earlier])
    _, worth_now = worth([(0, use.documents) for use in later], alike)
    _, worth_before = worth([(0, use.documents) for use in earlier], alike)
    return times(removed / fired / mean, worth_now / spread, worth_before / spread)


def _sum(weeks: list[tuple[int, Use, Use]]) -> tuple[Use, Use]:
    rule = Use(sum(use.documents for _, use, _ in weeks), sum(use.characters for _, use, _ in weeks))
    return rule, Use(sum(use.documents for _, _, use in weeks), sum(use.characters for _, _, use in weeks))


def _share(rule: Use, site: Use) -> float:
    return max(0.0, rule.characters / site.characters) if site.characters else 0.0


def _told(site: str, rule: str, best: Growth, watched: Watched) -> Finding:
    path, line = watched.place_of(rule)
    since = name_of(best.week)
    message = f"{_said(*best.now)} since {since}; before, {_said(*best.before)}"
    numbers = {
        "share": round(_share(*best.now), 4),
        "share_before": round(_share(*best.before), 4),
        "fired": best.now[0].documents,
        "documents": best.now[1].documents,
        "fired_before": best.before[0].documents,
        "documents_before": best.before[1].documents,
        "chance": float(f"{best.chance:.2g}"),
    }
    return Finding(Kind.REMOVES_MORE, site, rule, message, path, line, since, numbers)


def _said(rule: Use, site: Use) -> str:
    if not rule.documents:
        return f"nothing of {site.documents:,} documents"
    mean = rule.characters / rule.documents
    return (
        f"{_share(rule, site):.1%} of all characters (on {rule.documents / site.documents:.1%} of "
        f"{site.documents:,} documents, {mean:,.0f} characters each)"
    )
