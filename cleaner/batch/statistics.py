"""What rules did, site by site: counted by whoever cleans, added up by whoever reports."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from cleaner.batch.outcome import Kind, Outcome


@dataclass
class RuleUse:
    """How often a rule fired."""

    documents: int = 0
    edits: int = 0
    characters: int = 0
    """Removed, less those that were put in."""

    def add(self, other: RuleUse) -> None:
        """Add another count to this one."""
        self.documents += other.documents
        self.edits += other.edits
        self.characters += other.characters


@dataclass
class SiteUse:
    """What was cleaned of one site."""

    documents: int = 0
    characters: int = 0
    removed: int = 0
    seconds: float = 0.0
    flags: Counter[str] = field(default_factory=Counter)
    rules: dict[str, RuleUse] = field(default_factory=dict)

    def add(self, other: SiteUse) -> None:
        """Add another count to this one."""
        self.documents += other.documents
        self.characters += other.characters
        self.removed += other.removed
        self.seconds += other.seconds
        self.flags += other.flags
        for rule, use in other.rules.items():
            self.rules.setdefault(rule, RuleUse()).add(use)


class Statistics:
    """The counts of some documents, by site; ``""`` stands for documents of no known site."""

    def __init__(self) -> None:
        self.sites: dict[str, SiteUse] = {}

    @classmethod
    def of(cls, outcome: Outcome) -> Statistics:
        """Count one document."""
        statistics = cls()
        statistics.count(outcome)
        return statistics

    def count(self, outcome: Outcome) -> None:
        """Count a document that was cleaned; others leave no trace here."""
        if outcome.kind is Kind.CLEANED:
            site = self.sites.setdefault(outcome.site or "", SiteUse())
            rules = {rule: RuleUse(1, edits, characters) for rule, edits, characters in outcome.rules}
            flags = Counter(outcome.flags)
            site.add(SiteUse(1, outcome.characters, outcome.removed, outcome.seconds, flags, rules))

    def add(self, other: Statistics) -> None:
        """Add another count to this one."""
        for name, use in other.sites.items():
            self.sites.setdefault(name, SiteUse()).add(use)

    @property
    def total(self) -> SiteUse:
        """All sites as one."""
        total = SiteUse()
        for use in self.sites.values():
            total.add(use)
        return total

    def packed(self) -> str:
        """Write the counts as short JSON, of which a manifest holds one for every input."""
        return json.dumps({name: _packed(use) for name, use in self.sites.items()}, separators=(",", ":"))

    @classmethod
    def unpacked(cls, content: str) -> Statistics:
        """Read what :meth:`packed` wrote."""
        statistics = cls()
        for name, (documents, characters, removed, seconds, flags, rules) in json.loads(content).items():
            uses = {rule: RuleUse(*use) for rule, use in rules.items()}
            statistics.sites[name] = SiteUse(documents, characters, removed, seconds, Counter(flags), uses)
        return statistics

    def report(self) -> dict[str, Any]:
        """Say it all in full, by rule and by site, the heaviest first."""
        total = self.total
        return {
            **_said(total),
            "rules": _rules(total),
            "sites": {
                name or "(unknown)": {**_said(use), "rules": _rules(use)}
                for name, use in sorted(self.sites.items(), key=lambda item: (-item[1].documents, item[0]))
            },
        }


def added(all_of_them: Iterable[Statistics]) -> Statistics:
    """Add counts up."""
    statistics = Statistics()
    for each in all_of_them:
        statistics.add(each)
    return statistics


def _packed(use: SiteUse) -> list[Any]:
    rules = {rule: [one.documents, one.edits, one.characters] for rule, one in use.rules.items()}
    return [use.documents, use.characters, use.removed, round(use.seconds, 4), dict(use.flags), rules]


def _said(use: SiteUse) -> dict[str, Any]:
    return {
        "documents": use.documents,
        "characters": use.characters,
        "removed": use.removed,
        "seconds": round(use.seconds, 2),
        "flags": dict(use.flags.most_common()),
    }


def _rules(use: SiteUse) -> dict[str, Any]:
    ordered = sorted(use.rules.items(), key=lambda item: (-item[1].characters, item[0]))
    return {
        rule: {"documents": one.documents, "edits": one.edits, "characters": one.characters} for rule, one in ordered
    }
