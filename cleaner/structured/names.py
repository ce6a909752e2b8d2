"""Names of authors: bylines split into names, without roles, agencies, credentials and accounts that are nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from cleaner.structured.name_words import BY, CREDENTIALS, MONTHS, NOBODY, PARTICLES, ROLES, TEAMS
from cleaner.structured.plain_text import line_of

LONGEST_BYLINE, LONGEST_NAME = 400, 60
MOST_WORDS = 7
"""Words of a name: organisations have the longest."""
MOST_AUTHORS = 30
SHOWN_WORDS = 5
"""Words of a name that only an element's class says to be one."""
_AND = regex.compile(
    r"\s*(?:,|;|\||/|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bi\b|\bve\b|\boch\b|\bog\b|\boraz\b|\bja\b|\bés\b|\bși\b|\bkai\b|\bи\b|\bта\b|、|，|・|و(?=\s)|\bऔर\b)\s*"
)
_AGENCY = regex.compile(r"\s+(?:for|für|pour|para|per|voor|dla|для)\s+\p{Lu}.*$")
_LINK = regex.compile(r"\[([^\]]*)\]\([^)]*\)")
_NEXT_LABEL = regex.compile(r"[.;|·•]\s+\p{L}[\p{L} ]{2,24}[:：].*$")
"""What another label introduces: "Words: Ann Roe. Pictures: Bo Li"."""
_MARKS = regex.compile(r"\*\*|__|^\W+|[\s,;:|·•\-–—]+$")


def _alternatives(table: dict[str, str]) -> str:
    words = {word for line in table.values() for word in line.split("|")}
    return "|".join(sorted(map(regex.escape, words), key=lambda word: (-len(word), word)))


_BY = regex.compile(
    rf"^\W*(?:(?:{_alternatives(BY)})(?:\s*[:：]\s*|\s+|(?<=[Bb]y)(?-i:(?=\p{{Lu}}))))+", regex.IGNORECASE
)
_LABEL = regex.compile(rf"^\W*(?:{_alternatives(BY)})\W*$", regex.IGNORECASE)
_ROLE = regex.compile(rf"\b(?:{_alternatives(ROLES)})\b", regex.IGNORECASE)
_BEHIND = regex.compile(
    r"\s*(?:\(.*|\[.*|\s[|·•–—-]\s.*|\s(?:/|via|@)\s.*|<.*|\b(?:on|updated|published|posted)[:\s]+\W*\p{L}*\W*\d.*)$",
    regex.IGNORECASE,
)
_DATE = regex.compile(rf"[\s,|·•–—-]+(?:(?:{MONTHS})\p{{L}}*\.?\s+)?\d.*$", regex.IGNORECASE)
"""A date or a count behind a name, with the month's name before it."""
_OTHERS = regex.compile(
    r"^\W*(?:(?:medically|expert|fact|clinically|peer)?[\s-]*(?:reviewed|checked|edited|photo|image|photography|illustrat|translat)"
    r"|(?:view|read|learn|see|about|follow|more|sign|log|full|subscribe|share|skip|join|get|contact|meet|back)\b)",
    regex.IGNORECASE,
)
"""Who is not the author, and what one can do with one."""
_ADDRESS = regex.compile(r"://|^www\.|^@|.@.|\w\.(?:com|org|net|co|io|de|fr)(?:/|\W*$)", regex.IGNORECASE)
"""What makes a word an address or a handle."""
_DIGITS = regex.compile(r"\d")
_CAPITALS = regex.compile(r"(?:\p{Lu}{2,6}[.®™]?|(?:\p{Lu}\.){2,5})(?:[\s-](?:\p{Lu}{1,6}|\p{Lu}\p{Ll}))*")
_SUFFIX = regex.compile(r",\s*(?=(?:jr|sr|ii|iii|iv)\b\.?)", regex.IGNORECASE)
_INVERTED = regex.compile(
    r"^\s*(\p{L}[\p{L}'’-]+(?:\s\p{L}[\p{L}'’-]+)?),\s*(\p{Lu}[\p{L}'’.-]*(?:\s\p{Lu}\.?){0,2})\s*$"
)


def split_authors(value: str) -> list[str]:
    """Split a byline without its "By" into names: ``Ann Roe for AFP and Bo Li`` gives Ann Roe and Bo Li.

    >>> split_authors("[Ann Roe for AFP](#), Bo Li")
    ['Ann Roe', 'Bo Li']
    """
    value = _NEXT_LABEL.sub("", _LINK.sub(r"\1", value))
    names = []
    for part in _AND.split(value):
        name = _MARKS.sub("", _AGENCY.sub("", part.strip())).strip()
        if name and any(map(str.isalpha, name)):
            names.append(name)
    return names


def clean_authors(values: Iterable[str]) -> tuple[str, ...]:
    """Give the names in bylines as pages write them, each once, in their order.

    >>> clean_authors(["By Ann Roe, Senior Editor", "bo@tide.example"])
    ('Ann Roe',)
    """
    names: dict[str, str] = {}
    for value in values:
        for name in _names_in(value):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:MOST_AUTHORS]


def _names_in(value: str) -> list[str]:
    value = line_of(value[: LONGEST_BYLINE * 2])[:LONGEST_BYLINE]
    value = _BY.sub("", " ".join(word for word in value.split() if not _ADDRESS.search(word)))
    names: list[str] = []
    for part in split_authors(_SUFFIX.sub(" ", value)):
        name = _BEHIND.sub("", _BY.sub("", part)).strip(" ,.;:|·•–—-\"'“”")
        if is_name(name) and not (names and _is_title(name)):
            names.append(name)
    return names


def turned(value: str) -> str:
    """Put the family name last, where a catalogue has it first: ``Roe, Ann`` is Ann Roe."""
    found = _INVERTED.match(value[:LONGEST_BYLINE])
    return f"{found[2]} {found[1]}" if found else value


def _is_title(part: str) -> bool:
    """Tell whether what follows a name and a comma is a role or a degree, not a second name."""
    return part.casefold() in CREDENTIALS or bool(_CAPITALS.fullmatch(part) or _ROLE.search(part))


def is_name(value: str) -> bool:
    """Tell whether a value can be a name at all: short, letters, no sentence, and somebody."""
    if not 2 <= len(value) <= LONGEST_NAME or len(value.split()) > MOST_WORDS:
        return False
    return value.casefold() not in NOBODY and any(map(str.isalpha, value))


def is_person(value: str) -> bool:
    """Tell whether a name reads as a person's: two words or more in capitals, or a script without them."""
    words = value.split()
    if len(words) < 2:
        return not value.isascii() and len(value) <= 8
    return words[0][0].isupper() and not _DIGITS.search(value) and not _ROLE.search(value)


def is_by(line: str) -> bool:
    """Tell whether a line is a word for authorship and nothing else."""
    return len(line) <= LONGEST_NAME and _LABEL.match(line) is not None


def by_label(line: str) -> str:
    """Give the words for authorship that a line opens with, and the marks and white space behind them."""
    found = _BY.match(line)
    return found[0] if found else ""


def opens_with_by(line: str) -> bool:
    """Tell whether a line opens with a word for authorship."""
    return _BY.match(line) is not None


def reads_as_name(value: str) -> bool:
    """Tell whether what an element shows is a name: two to five words, in capitals but for particles."""
    words = value.split()
    if len(words) < 2:
        return is_person(value)
    return len(words) <= SHOWN_WORDS and all(
        word[0].isupper() or not word[0].isascii() or word in PARTICLES or word in TEAMS for word in words
    )


def shown_authors(bylines: Iterable[str], sites: Iterable[str], *, thread: bool) -> tuple[str, ...]:
    """Give the names of the first shown byline that is one; the posters of a thread may go by any one word."""
    own = {_letters(site) for site in sites}
    for byline in bylines:
        if _OTHERS.match(byline):
            continue
        names = clean_authors((_DATE.sub("", byline),))
        if thread:
            names = tuple(name for name in names if " " not in name or reads_as_name(name))[:1]
        elif not all(map(reads_as_name, names)):
            continue
        if names and _letters(names[0]) not in own:
            return names
    return ()


def best_authors(groups: Iterable[Sequence[str]], sites: Iterable[str]) -> tuple[str, ...]:
    """Give the first group that names somebody else than the site; the site itself where no other is named."""
    own = {_letters(site) for site in sites} - {""}
    spare: tuple[str, ...] = ()
    for group in groups:
        names = clean_authors(group)
        others = tuple(name for name in names if _letters(name) not in own)
        if others:
            return others
        spare = spare or names
    return spare


def _letters(value: str) -> str:
    return "".join(filter(str.isalnum, value.casefold())).removeprefix("the")
