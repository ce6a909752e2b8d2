"""The generic result beside that with the rules of the site, on a sample of raw pages.

There is no gold to compare with. So three things are counted that no page gains by: that its rules leave no prose where
there is some without them, that the guard had to hold them back, and that they take half or more of the prose that no
other page of the sample has: text that stands on one page is an author's more often than not. What rules are for is
counted beside it: the lines that recur on the site's pages and are gone by its rules alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from cleaner.batch.outcome import GUARD
from cleaner.blocks import read
from cleaner.frequency import keys_of
from cleaner.frequency.proposals import MIN_COUNT, MIN_SHARE
from cleaner.health.findings import Finding, Kind
from cleaner.model import Document
from cleaner.phrases import Lexicon
from cleaner.rules import RuleFile

HALF = 0.5
"""The part of a page's own prose that rules may not take: what the page is about is not among what they are for. Less
may be readers' comments, or the beginnings of other stories, of which no two pages have the same."""
MANY = 0.3
"""The part of a sample's pages that must be hurt for a site to be named; some may be odd ones."""
AT_LEAST = 3
"""Pages that must be hurt, however small the sample is."""

MEASURES = {
    "emptied": "pages that have prose, and none with the site's rules",
    "guarded": "pages of which the site's rules would take more prose than the guard lets them",
    "cut": f"pages of whose own prose, which no other page of the sample has, the site's rules take {HALF:.0%} or more",
    "changed": "pages that come out otherwise with the site's rules than without",
    "recurring_lines": f"lines on {MIN_SHARE:.0%} of the pages or more that the site's rules alone remove",
}
"""What is counted of each site's sample, in words."""


@dataclass(slots=True)
class Comparison:
    """What was counted of a site's sample, as :data:`MEASURES` says."""

    site: str
    pages: int = 0
    emptied: int = 0
    guarded: int = 0
    cut: int = 0
    changed: int = 0
    recurring_lines: int = 0
    worst: str = ""
    """The page that loses most."""

    @property
    def hurt(self) -> int:
        """Pages that are worse off with the rules: each is counted as one thing only."""
        return self.emptied + self.guarded + self.cut

    @property
    def without(self) -> str:
        """What the result is without the site's rules: ``better``, ``worse``, ``the same``, or ``unclear``."""
        if self.hurt >= max(AT_LEAST, MANY * self.pages):
            return "better"
        if self.recurring_lines:
            return "worse"
        return "unclear" if self.changed else "the same"

    def figures(self) -> dict[str, Any]:
        """Give everything for programs."""
        return {**asdict(self), "without": self.without}

    def finding(self, file: RuleFile) -> Finding | None:
        """Tell of it, if pages are better without the site's rules."""
        if self.without != "better":
            return None
        parts = [f"{count} {what}" for count, what in self._counts() if count]
        message = f"of {self.pages} pages of the sample {', '.join(parts)}"
        return Finding(Kind.BETTER_WITHOUT, self.site, file.id, message, file.path, numbers=self.figures())

    def _counts(self) -> list[tuple[int, str]]:
        return [
            (self.emptied, "have no prose with them"),
            (self.guarded, "are kept from them by the guard"),
            (self.cut, f"lose {HALF:.0%} or more of their own prose to them"),
        ]


@dataclass(frozen=True, slots=True)
class Pair:
    """A page as it comes out with the rules of its site, and without them."""

    name: str
    ours: Document
    generic: Document


def compare(site: str, pairs: Sequence[Pair], files: Iterable[RuleFile], lexicon: Lexicon) -> Comparison:
    """Compare the pages of a site's sample."""
    ids = tuple(f"{file.id}/" for file in files)
    keys = [frozenset(keys_of(pair.generic.text)) - {""} for pair in pairs]
    standing = Counter(key for some in keys for key in some)
    found = Comparison(site, len(pairs))
    gone: Counter[str] = Counter()
    most = 0.0
    for pair in pairs:
        found.changed += pair.ours.text != pair.generic.text
        taken = frozenset(key for edit in pair.ours.edits if edit.rule.startswith(ids) for key in keys_of(edit.removed))
        taken -= frozenset(keys_of(pair.ours.text))
        gone.update(key for key in taken & frozenset(keys_of(pair.generic.text)) if key)
        share = _hurt(found, pair, taken, standing, lexicon)
        if share > most:
            most, found.worst = share, pair.name
    found.recurring_lines = sum(count >= max(MIN_COUNT, MIN_SHARE * len(pairs)) for count in gone.values())
    return found


def _hurt(found: Comparison, pair: Pair, taken: frozenset[str], standing: Counter[str], lexicon: Lexicon) -> float:
    """Count what a page suffers from its rules; give the part of its own prose that they take."""
    generic = read(pair.generic.text, lexicon)
    own = [
        (key, len(line))
        for key, line, is_prose in zip(keys_of(generic.joined), generic.lines, generic.prose.tolist(), strict=True)
        if is_prose and standing[key] == 1
    ]
    whole = sum(length for _, length in own)
    lost = sum(length for key, length in own if key in taken)
    share = lost / whole if whole else 0.0
    if _is_guarded(pair.ours) and not _is_guarded(pair.generic):
        found.guarded += 1
        return 1.0
    if lost and not read(pair.ours.text, lexicon).has_prose:
        found.emptied += 1
        return 1.0
    found.cut += share >= HALF
    return share


def _is_guarded(document: Document) -> bool:
    return any(flag.name == GUARD for flag in document.flags)
