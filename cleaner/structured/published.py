"""When a page was published: the best dated claim that is a date of the web's time."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

import regex

from cleaner.dates import iso_date, known_date
from cleaner.structured.languages import language_code

EARLIEST = "1995"
LONGEST = 120
AMERICAN = frozenset({"", "us", "ca", "ph"})
"""Regions of English that put the month first; none given counts as one of them."""
MOST_NAMED = 2
"""Dates with a month's name in another language than English that are tried: each try costs milliseconds."""
_NAMED = regex.compile(
    r"(?<!\d)\d{1,2}(?!\d)\D{2,25}(?:19|20)\d\d(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)\D{2,25}\d{1,2}(?!\d)"
)
"""A day and a year with a name between them. Without a year a date would be read relative to today."""
_COMPACT = regex.compile(
    r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>0[1-9]|1[0-2])(?P<d>0[1-9]|[12]\d|3[01])"
    r"(?:T?(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d)(?P<s>[0-5]\d)?)?(?!\d)"
)
_EPOCH = regex.compile(r"\s*(?P<seconds>\d{10})(?:\.\d+|\d{3})?\s*")
_PATH = regex.compile(
    r"/(?P<y>(?:199[5-9]|20\d\d))[/-](?P<m>0?[1-9]|1[0-2])[/-](?P<d>0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
    r"|[/_-](?P<c>(?:199[5-9]|20\d\d)(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]))(?=[/_.-]|$)"
)


def latest(today: date | None = None) -> str:
    """Give the last day that a page of today may bear: tomorrow, as the earth has more than one date."""
    return ((today or datetime.now(tz=UTC).date()) + timedelta(days=1)).isoformat()


def first_date(values: Iterable[str], last: str, language: str | None = None) -> str | None:
    """Give the first of the values that is a date between the web's first years and ``last``.

    ``language`` is a tag as ``en-GB``: outside America, a day stands before its month.
    """
    code = language_code(language) if language else None
    region = (language or "").lower().partition("-")[2]
    order = None if code in (None, "en") and region in AMERICAN else language
    tries = 0 if code == "en" else MOST_NAMED
    for value in values:
        value = value.strip()[:LONGEST]
        found = machine_date(value, order)
        if found is None and tries and _NAMED.search(value):
            tries -= 1
            found = iso_date(value, code)
        if found and found >= EARLIEST and found[:10] <= last:
            return found
    return None


def machine_date(value: str, language: str | None = None) -> str | None:
    """Read what software writes: ISO 8601 with or without marks, RFC 822, seconds since 1970 (in UTC)."""
    value = value[:LONGEST]
    epoch = _EPOCH.fullmatch(value)
    if epoch:
        return datetime.fromtimestamp(int(epoch["seconds"]), tz=UTC).replace(tzinfo=None).isoformat()
    found = _COMPACT.search(value)
    if found:
        day = f"{found['y']}-{found['m']}-{found['d']}"
        clock = f"T{found['h']}:{found['min']}:{found['s'] or '00'}" if found["h"] else ""
        return known_date(day + clock)
    return known_date(value, language)


def date_of_url(url: str, last: str) -> str | None:
    """Give the date in an address: ``/2024/05/01/`` or ``-20240501``."""
    for found in _PATH.finditer(url[:1000]):
        value = found["c"] or f"{found['y']}{found['m']:0>2}{found['d']:0>2}"
        day = machine_date(value)
        if day and EARLIEST <= day <= last:
            return day
    return None
