"""Files of counts: on how many of a site's pages each of its lines stands.

A file is JSON Lines: first ``{"schema": 1}``, then for each site its name, the number of its pages, and the pages of
each key (see :mod:`cleaner.frequency.lines`). Counts of parts of a corpus are added up by reading their files together.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from cleaner.model import ConfigError

SCHEMA = 1


@dataclass(slots=True)
class SiteCounts:
    """The pages of a site, and on how many of them each key stands. A count may be too low, never too high."""

    pages: int = 0
    keys: Counter[str] = field(default_factory=Counter)

    def add(self, other: SiteCounts) -> None:
        """Add the counts of other pages of the site."""
        self.pages += other.pages
        self.keys.update(other.keys)


def read_counts(files: Iterable[Path]) -> dict[str, SiteCounts]:
    """Read files of counts and add them up, by site. Raises :class:`~cleaner.model.ConfigError` for other files."""
    sites: dict[str, SiteCounts] = {}
    for file in files:
        for site, counts in _read(file):
            known = sites.setdefault(site, counts)
            if known is not counts:
                known.add(counts)
    return sites


def write_counts(sites: Mapping[str, SiteCounts]) -> Iterator[str]:
    """Give the lines of a file of counts: sites by their names, keys by their counts, the highest first."""
    yield json.dumps({"schema": SCHEMA}) + "\n"
    for site, counts in sorted(sites.items()):
        keys = dict(sorted(counts.keys.items(), key=lambda item: (-item[1], item[0])))
        record = {"site": site, "pages": counts.pages, "lines": keys}
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _read(file: Path) -> Iterator[tuple[str, SiteCounts]]:
    try:
        with file.open(encoding="utf-8", errors="surrogatepass") as lines:
            for number, line in enumerate(lines):
                record = json.loads(line)
                if not number:
                    _check_schema(file, record)
                elif "site" in record:  # not the first line of a file that was joined to another
                    yield record["site"], SiteCounts(int(record["pages"]), Counter(record["lines"]))
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise ConfigError(f"{file}: no file of frequencies; `clean learn` writes them") from None


def _check_schema(file: Path, record: object) -> None:
    if not isinstance(record, dict) or "schema" not in record:
        raise ValueError
    if record["schema"] != SCHEMA:
        raise ConfigError(f"{file}: its schema is {record['schema']}, not {SCHEMA}; another version of clean wrote it")
