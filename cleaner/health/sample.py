"""A sample of raw pages of each site: the same pages every time, as long as they are there.

Pages are drawn by a hash of their names, from those that were cleaned in the last weeks. Memory is that of the names of
the sample, and of its records where these lie in files of many.
"""

from __future__ import annotations

import heapq
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from cleaner.batch.manifest import Manifest, RunRow
from cleaner.batch.readers import container_of
from cleaner.batch.records import Fields
from cleaner.config import Settings
from cleaner.corpus.sources import documents_of, plain_of
from cleaner.health.history import ACTIVE
from cleaner.model import CleanerError
from cleaner.rules.hosts import host_of, registrable

SLOW = 5.0
"""Seconds for which a page may have taken in its run to be in a sample: here nobody stops one that takes for ever."""
FILES = 3
"""Files of many documents that are read for the sample of a site, at most."""
RECORDS = 5000
"""Records of such a file that are looked at: its first ones. Only those with an address count, which tells their site
before they are cleaned."""

_WEEK = 7 * 86400


@dataclass(frozen=True, slots=True)
class Source:
    """What one OUT was made of."""

    manifest: Path
    raw: Path
    settings: Settings
    """Those of the last run."""
    url: str | None = None

    def path(self, name: str) -> Path:
        """Give the path of an input."""
        return self.raw / name if self.raw.is_dir() else self.raw


class RawPage(NamedTuple):
    """A page of the sample."""

    name: str
    """Where it lies, for people."""
    raw: bytes | str
    url: str | None = None
    charset: str | None = None


class _Drawn(NamedTuple):
    """A page that was drawn; a larger ``rank`` is drawn later."""

    rank: int
    name: str
    path: Path | None
    url: str | None
    limit: int
    page: RawPage | None = None


class Sample:
    """Up to ``count`` pages of each of some sites."""

    def __init__(self, sources: Iterable[Source], sites: Collection[str], count: int) -> None:
        self._drawn: dict[str, list[_Drawn]] = defaultdict(list)
        self._count = count
        self.lost = 0
        """Pages that were drawn, and lie in RAW no more."""
        for source in sources if count else ():
            for name, found in _files_of_many(source, self._draw_pages(source, frozenset(sites))).items():
                self._draw_records(source, name, found)

    @property
    def sites(self) -> list[str]:
        """The sites of which there are pages, by name."""
        return sorted(self._drawn)

    def pages(self, site: str) -> Iterator[RawPage]:
        """Read the pages of a site, in the order of their names; those that are gone are passed over."""
        for drawn in sorted(self._drawn.get(site, ()), key=lambda one: one.name):
            page = drawn.page or _read(drawn)
            if page is None:
                self.lost += 1
            else:
                yield page

    def _draw_pages(self, source: Source, sites: frozenset[str]) -> Iterator[tuple[str, str]]:
        """Draw pages with files of their own; give the files of many documents with the sites wanted of each."""
        limit = int(source.settings.max_size * 1_000_000)
        with Manifest(source.manifest, readonly=True) as manifest:
            first = _first_run(manifest.runs())
            where = f"run >= {first} AND statistics != '' AND (counts != '' OR (kind = 'cleaned' AND seconds < {SLOW}))"
            for name, known in manifest.inputs(where=where):
                for site in sites.intersection(json.loads(known.statistics)):
                    if known.counts:
                        yield name, site
                    else:
                        path = source.path(name)
                        self._take(site, _Drawn(_rank(name), str(path), path, source.url, limit))

    def _draw_records(self, source: Source, name: str, sites: Collection[str]) -> None:
        fields = source.settings
        names = Fields(fields.text_field, fields.html_field, fields.id_field, fields.url_field)
        path = source.path(name)
        for number, page in _records(path, names, int(fields.max_size * 1_000_000)):
            host = host_of(page.url) if page.url else None
            site = registrable(host) if host else None
            if site in sites and site is not None:
                shown = f"{path}: record {number + 1:,}"
                drawn = _Drawn(_rank(f"{name}\n{number}"), shown, None, page.url, 0, page._replace(name=shown))
                self._take(site, drawn)

    def _take(self, site: str, drawn: _Drawn) -> None:
        """Keep the pages whose ranks are the smallest."""
        kept = self._drawn[site]
        entry = drawn._replace(rank=-drawn.rank)
        if len(kept) < self._count:
            heapq.heappush(kept, entry)
        elif entry.rank > kept[0].rank:
            heapq.heapreplace(kept, entry)


def _files_of_many(source: Source, pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    """Choose, for each site, a few of the files of many documents that hold some of it."""
    if not source.raw.exists():
        for _ in pairs:
            pass
        return {}
    by_site: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for name, site in pairs:
        by_site[site] = heapq.nsmallest(FILES, [*by_site[site], (_rank(name), name)])
    chosen: dict[str, set[str]] = defaultdict(set)
    for site, files in by_site.items():
        for _, name in files:
            chosen[name].add(site)
    return dict(sorted(chosen.items()))


def _first_run(runs: list[RunRow]) -> int:
    """Give the first of the runs of the last weeks, seen from the last one."""
    if not runs:
        return 0
    return min(run.number for run in runs if run.began > runs[-1].began - ACTIVE * _WEEK)


def _rank(name: str) -> int:
    return int.from_bytes(blake2b(name.encode("utf-8", "surrogateescape"), digest_size=8).digest(), "big")


def _read(drawn: _Drawn) -> RawPage | None:
    assert drawn.path is not None
    try:
        with drawn.path.open("rb") as file:
            plain = plain_of(drawn.path.name, file.read(drawn.limit + 1), drawn.limit)
    except OSError:
        return None
    return RawPage(drawn.name, plain, drawn.url) if plain is not None else None


def _records(path: Path, names: Fields, limit: int) -> Iterator[tuple[int, RawPage]]:
    """Read the first records of a file, with their numbers, as far as it can be read."""
    if container_of(path.name) is None:
        return
    try:
        with path.open("rb") as file:
            for number, page in enumerate(islice(documents_of(file, path.name, names, limit), RECORDS)):
                if page is not None:
                    yield number, RawPage(str(number), page.raw, page.url, page.charset)
    except (OSError, CleanerError):
        return
