"""Reads dates as pages write them: digits in any order, names of months in any language."""

from __future__ import annotations

import calendar
import warnings
from collections.abc import Callable
from datetime import datetime
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

import regex

EARLIEST_YEAR, LATEST_YEAR = 1400, 2100
LANGUAGES = [
    *("en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ar", "zh", "ja", "ko", "hi", "sv", "da", "nb"),
    *(
        "fi",
        "cs",
        "sk",
        "ro",
        "hu",
        "el",
        "bg",
        "hr",
        "sr",
        "ca",
        "fa",
        "he",
        "id",
        "vi",
        "th",
        "bn",
        "ur",
        "lt",
        "lv",
        "et",
    ),
]
"""Languages that names of months are tried in: trying all that dateparser knows takes it a second."""

FIRST_DAY = "1900"
"""Older dates are of what a page is about: "Opened | 4 May 1839"."""
MAX_LENGTH = 120
"""Characters of a line that a named month is looked for in."""
_BEFORE_TIME = r"(?:\.?[T,;|·\s–—-]+(?:(?-i:\p{Ll}{1,4})\.?,?\s+){0,2})"
"""What stands between a date and its time: marks, and up to two short words, as "às", "alle ore", "г. в"."""
_TIME = (
    rf"(?:{_BEFORE_TIME}(?P<h>[01]?\d|2[0-3])"
    r"(?:(?:[:.]|\s?(?:h|uhr)\s?|[時时點点시]\s?)(?P<min>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d+)?)?(?!\d|[.:]\d)"
    r"|\s?(?:h|uhr)\b)\s*(?P<ap>[ap]\.?m\b\.?)?)?"
)
_ISO = regex.compile(
    r"(?<!\d)(?P<y>(?:1[4-9]|20)\d\d)(?P<sep>[-/.年])\s?(?P<m>0?[1-9]|1[0-2])(?:(?P=sep)|月)\s?(?P<d>[12]\d|3[01]|0?[1-9])日?(?!\d)"
    + _TIME,
    regex.IGNORECASE,
)
_NUMERIC = regex.compile(
    r"(?<!\d)(?P<a>\d{1,2})(?P<sep>[./-])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?!\d)" + _TIME,
    regex.IGNORECASE,
)
_KOREAN = regex.compile(r"(?P<y>\d{4})년\s*(?P<m>\d{1,2})월\s*(?P<d>\d{1,2})일" + _TIME)
_MONTHS = {name[:3].lower(): number for number, name in enumerate(calendar.month_name) if name}
_MONTH = r"(?P<m>(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6})\.?"
_ENGLISH = (
    regex.compile(
        _MONTH + r"\s+(?P<d>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<y>(?:1[4-9]|20)\d\d)(?!\d)" + _TIME,
        regex.IGNORECASE,
    ),
    regex.compile(
        r"(?<!\d)(?P<d>\d{1,2})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+"
        + _MONTH
        + r",?[\s-]+(?P<y>(?:1[4-9]|20)\d\d)(?!\d)"
        + _TIME,
        regex.IGNORECASE,
    ),
)
_ORDINAL = regex.compile(r"(?<=\d)(?:st|nd|rd|th|er|º|ª|o)\b", regex.IGNORECASE)
_CLOCK = regex.compile(r"(?<!\d)(?:[01]?\d|2[0-3])[:.][0-5]\d(?!\d)")
_NAME = r"\p{L}[\p{L}\p{M}]+\.?"
_OF = r"(?:\p{L}{1,3}\s+)?"
_DAY = r"\d{1,2}(?:\.|st|nd|rd|th|er|º|ª|o)?"
_WORDED = tuple(
    regex.compile(rf"(?<![\d.,]){date}(?!\d)" + _TIME, regex.IGNORECASE)
    for date in (
        rf"(?P<date>{_DAY}\s+{_OF}{_NAME},?\s+{_OF}\d{{4}})",
        rf"(?P<date>\b{_NAME}\s+{_DAY},?\s+{_OF}\d{{4}})",
        rf"(?P<date>\d{{4}}[.,]?\s+{_NAME}\s+\d{{1,2}})",
    )
)
"""A day, a word that may be a month, and a year, in the orders in which they are written."""


@lru_cache(maxsize=4096)
def iso_date(value: str, language: str | None = None) -> str | None:
    """Give a date, or a date and time, in ISO 8601, as precise as ``value``; None where it holds no date.

    Numbers parted by dots are day, month, year; by slashes likewise, but for American English where the
    second number cannot be a month. Names of months are left to dateparser.

    >>> iso_date("10.07.2023 09:30")
    '2023-07-10T09:30:00'
    >>> iso_date("July 12, 2023")
    '2023-07-12'
    """
    return known_date(value, language) or _named(value, language)


def known_date(value: str, language: str | None = None) -> str | None:
    """Give a date written in digits or in English, as :func:`iso_date` does, at little cost."""
    for pattern in (_ISO, _KOREAN):
        found = pattern.search(value)
        if found:
            return _iso(found, int(found["y"]), int(found["m"]), int(found["d"]))
    found = _NUMERIC.search(value)
    if found:
        first, second = int(found["a"]), int(found["b"])
        american = found["sep"] == "/" and language in (None, "en")
        if second > 12 or (american and first <= 12):
            first, second = second, first
        return _iso(found, int(found["y"]), second, first)
    for pattern in _ENGLISH:
        found = pattern.search(value)
        if found and calendar.month_name[_MONTHS[found["m"][:3].lower()]].lower().startswith(
            found["m"].lower()[:4].rstrip("t")
        ):
            return _iso(found, int(found["y"]), _MONTHS[found["m"][:3].lower()], int(found["d"]))
    return None


def _iso(found: regex.Match[str], year: int, month: int, day: int) -> str | None:
    try:
        date = datetime(year, month, day)
    except ValueError:
        return None
    return _at(date, found)


def _at(date: datetime, found: regex.Match[str]) -> str:
    """Give a date in ISO 8601, with the time of day that was found behind it, if any."""
    if found["h"] is None:
        return date.date().isoformat()
    hour = int(found["h"])
    half = (found["ap"] or "").lower().replace(".", "")
    if half:
        hour = hour % 12 + (12 if half == "pm" else 0)
    return date.replace(hour=hour, minute=int(found["min"] or 0), second=int(found["s"] or 0)).isoformat()


@cache
def _parser() -> Callable[..., Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import dateparser

    parse: Callable[..., Any] = dateparser.parse
    return parse


def _named(value: str, language: str | None) -> str | None:
    """Read a date with a named month, in any language that dateparser knows, whatever stands before and behind it."""
    if not any(map(str.isdigit, value)) or len(value) > MAX_LENGTH:
        return None
    for pattern in _WORDED:
        for found in pattern.finditer(value):
            if (known := _parsed(found["date"], language)) is not None:
                return _at(known, found)
    known = _parsed(value, language)
    if known is None:
        return None
    return known.replace(tzinfo=None, microsecond=0).isoformat() if _CLOCK.search(value) else known.date().isoformat()


def _parsed(value: str, language: str | None) -> datetime | None:
    """Let dateparser read a date with nothing beside it."""
    plain = _ORDINAL.sub("", value).strip(" .,|()-–—:")
    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            known: datetime | None = _parser()(plain, languages=[language], settings=settings) if language else None
            if known is None:
                known = _parser()(plain, languages=LANGUAGES, settings=settings)
        except (ValueError, OverflowError, TypeError):
            return None
    return known if known is not None and EARLIEST_YEAR <= known.year <= LATEST_YEAR else None


_CLOCK_LINE = regex.compile(r"^\W*(?:[01]?\d|2[0-3])[:.h][0-5]\d(?:\s*(?:[ap]\.?m\.?|Uhr))?\W*$", regex.IGNORECASE)
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)|\d{4}年")


def holds_numeric_date(line: str) -> bool:
    """Tell whether a line has a date written in digits alone."""
    return any(pattern.search(line) for pattern in (_ISO, _KOREAN, _NUMERIC))


def holds_date(line: str, month: bool) -> bool:
    """Tell whether a line has a date; ``month`` says that it has the name of a month in a language that has lists."""
    if holds_numeric_date(line) or (month and holds_year(line)):
        return True
    return any(pattern.search(line) for pattern in _WORDED) and (iso_date(line) or "") >= FIRST_DAY


def split_after_dates(line: str) -> list[str]:
    """Split a line behind each of its dates; what is left behind the last one is left out.

    >>> split_after_dates("Published 3 May 2024, updated 4 May 2024 at 7:05")
    ['Published 3 May 2024', ', updated 4 May 2024 at 7:05']
    """
    ends = {found.end() for pattern in (_ISO, _NUMERIC, *_WORDED[:2]) for found in pattern.finditer(line)}
    starts = [0, *sorted(ends)]
    return [line[start:end].rstrip() for start, end in pairwise(starts)]


def is_clock(line: str) -> bool:
    """Tell whether a line is a time of day and nothing else."""
    return _CLOCK_LINE.match(line) is not None


def holds_year(line: str) -> bool:
    """Tell whether a line has a year in it."""
    return _YEAR.search(line) is not None
