"""What is proposed from frequencies: what recurs on many pages of a site is furniture, whatever it says.

What must not go: a syndicated article, which other sites have too; the second version of an article (a page needs
prose of its own beside what recurs); the title; subheadings such as "Ingredients", which stand in every recipe.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from cleaner.blocks.page import Page
from cleaner.frequency.counts import SiteCounts, read_counts
from cleaner.frequency.lines import keys_of
from cleaner.heuristics._phrases import LABEL_WEIGHT, LINK_ONLY, NOISE_FAMILIES
from cleaner.heuristics.title import find as find_title
from cleaner.measures import Bools, rows_where
from cleaner.model import ConfigError, Drop, Proposal, Rank

FREQUENCY = "frequency"
"""What the rules of these proposals are named after: ``frequency/lines``, ``frequency/prose``."""

MIN_SHARE = 0.3
"""Share of a site's pages from which a line recurs: a menu stands on all of them, a box on some."""
MIN_PAGES = 5
"""Pages of a site from which shares mean anything."""
MIN_COUNT = 3
"""Pages that a line stands on at least: two may be two parts of one story."""

BORNE = 0.5
"""What a page of a site that nobody names must bear of the lines that recur there: this part of a mean page's."""
BORNE_LINES = 5
"""Lines that it must bear at least, each counted in parts where several sites have it."""
AHEAD = 2.0
"""How many times more of them it must bear than of any other site's."""

_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Recurring:
    """The lines that recur on one site: the share of its pages that each stands on."""

    shares: Mapping[str, float]
    elsewhere: frozenset[str]
    """Those that stand on pages of other sites, too."""
    expected: float
    """The lines that a mean page has: the sum of the shares."""


class Frequencies:
    """What recurs on each site. Threads may share it; it never changes."""

    def __init__(
        self, counts: Mapping[str, SiteCounts], *, min_share: float = MIN_SHARE, min_pages: int = MIN_PAGES
    ) -> None:
        if not 0 < min_share <= 1:
            raise ConfigError(f"min-share is a share above 0 and up to 1, not {min_share}")
        shares = {site: _shares(some, min_share) for site, some in counts.items() if some.pages >= min_pages}
        wanted = {key for some in shares.values() for key in some}
        places = Counter(key for some in counts.values() for key in some.keys.keys() & wanted)
        self._sites = {
            site: _Recurring(some, frozenset(key for key in some if places[key] > 1), sum(some.values()))
            for site, some in shares.items()
            if some
        }
        self.digest = _digest(self._sites)
        """A hash of all that proposals depend on."""

    @classmethod
    def load(cls, files: Iterable[Path], *, min_share: float = MIN_SHARE, min_pages: int = MIN_PAGES) -> Frequencies:
        """Read files of counts, together. Raises :class:`~cleaner.model.ConfigError` where one cannot be read."""
        return cls(read_counts(files), min_share=min_share, min_pages=min_pages)

    @property
    def lines(self) -> dict[str, int]:
        """How many lines recur on each site."""
        return {site: len(recurring.shares) for site, recurring in self._sites.items()}

    def site_of(self, page: Page, named: str | None) -> str | None:
        """Give the site of a page: the one named, if it was counted, or else the one whose lines the page bears."""
        return named if named in self._sites else self._borne(set(keys_of(page.joined)))

    def propose(self, page: Page, site: str) -> Iterator[Proposal]:
        """Propose to drop what recurs on the page's site."""
        if not page.has_prose or site not in self._sites:
            return
        recurring = self._sites[site]
        keys = keys_of(page.joined)
        recurs = _in(keys, recurring.shares)
        own = page.prose & ~recurs
        if not recurs.any() or not own.any():
            return
        dropped = recurs & ~(page.prose & _in(keys, recurring.elsewhere)) & ~page.fenced
        dropped &= ~_may_be_subheading(page, own)
        dropped[_titles(page, recurs)] = False
        by_reason: dict[tuple[str, str], list[int]] = defaultdict(list)
        for row in rows_where(dropped).tolist():
            reason = f"stands on {recurring.shares[keys[row]]:.0%} of the pages of {site}"
            by_reason["prose" if page.prose[row] else "lines", reason].append(row)
        for (kind, reason), rows in by_reason.items():
            yield Proposal(f"{FREQUENCY}/{kind}", Rank.HEURISTIC, Drop(rows, reason))

    @cached_property
    def _sites_of(self) -> dict[str, list[str]]:
        """The sites that each line recurs on."""
        sites: dict[str, list[str]] = defaultdict(list)
        for site, recurring in self._sites.items():
            for key in recurring.shares:
                sites[key].append(site)
        return dict(sites)

    def _borne(self, keys: Collection[str]) -> str | None:
        """Give the site whose recurring lines these keys are, if it is clear which."""
        borne: dict[str, float] = defaultdict(float)
        lines: dict[str, float] = defaultdict(float)
        for key in keys:
            sites = self._sites_of.get(key, ())
            for site in sites:
                borne[site] += self._sites[site].shares[key]
                lines[site] += 1 / len(sites)
        found = sorted(((lines[site], site) for site in borne), reverse=True)
        if not found or found[0][0] < BORNE_LINES or (len(found) > 1 and found[0][0] < AHEAD * found[1][0]):
            return None
        site = found[0][1]
        return site if borne[site] >= BORNE * self._sites[site].expected else None


def _shares(counts: SiteCounts, min_share: float) -> dict[str, float]:
    least = max(MIN_COUNT, min_share * counts.pages)
    return {key: count / counts.pages for key, count in counts.keys.items() if count >= least and _LETTER.search(key)}


def _digest(sites: Mapping[str, _Recurring]) -> str:
    digest = hashlib.sha256()
    for site, recurring in sorted(sites.items()):
        digest.update(repr((site, sorted(recurring.shares.items()), sorted(recurring.elsewhere))).encode())
    return digest.hexdigest()


def _in(keys: Sequence[str], some: Mapping[str, float] | frozenset[str]) -> Bools:
    return np.fromiter((key in some for key in keys), np.bool_, len(keys))


def _may_be_subheading(page: Page, own: Bools) -> Bools:
    """Tell which rows between the paragraphs may be an author's: headings, and short lines that nothing marks as noise.

    ``own`` is the prose that does not recur.
    """
    rows = rows_where(own)
    inside = np.zeros(len(page), np.bool_)
    inside[rows[0] : rows[-1]] = True
    noise = page.marked(*NOISE_FAMILIES) | (page.links >= LINK_ONLY)
    short = (page.measures.weight <= LABEL_WEIGHT) & ~page.prose
    return inside & ~noise & (short | (page.headings > 0))


def _titles(page: Page, recurs: Bools) -> list[int]:
    """Give the title's row, where it recurs and nothing that does not looks like a title."""
    rows = rows_where(~recurs).tolist()
    rest = page.only(rows, ["", *("\n\n" if page.gaps[row] else "\n" for row in rows[1:])])
    title = find_title(page) if find_title(rest) is None else None
    return [title] if title is not None else []
