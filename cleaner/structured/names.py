"""Names of authors: bylines split into names, without roles, agencies, credentials and accounts that are nobody."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from cleaner.structured.plain_text import line_of

LONGEST_BYLINE, LONGEST_NAME = 400, 60
MOST_WORDS = 7
"""Words of a name: organisations have the longest."""
MOST_AUTHORS = 30
SHOWN_WORDS = 5
PARTICLES = frozenset(
    [
        "van",
        "von",
        "de",
        "der",
        "den",
        "di",
        "da",
        "del",
        "della",
        "la",
        "le",
        "dos",
        "du",
        "af",
        "zu",
        "zur",
        "ten",
        "ter",
        "bin",
        "al",
        "el",
        "ben",
        "e",
        "y",
        "i",
    ]
)
"""Words in lower case inside names."""
TEAMS = frozenset({"team", "staff", "editors", "redaktion", "rédaction", "redazione"})
_AND = regex.compile(
    r"\s*(?:,|;|\||/|&|\band\b|\bund\b|\bet\b|\by\b|\be\b|\ben\b|\bi\b|\bve\b|\bи\b|\bта\b|、|，|・|و(?=\s)|\bऔर\b)\s*"
)
_AGENCY = regex.compile(r"\s+(?:for|für|pour|para|per|voor|dla|для)\s+\p{Lu}.*$")
_LINK = regex.compile(r"\[([^\]]*)\]\([^)]*\)")
_MARKS = regex.compile(r"\*\*|__|^\W+|[\s,;:|·•\-–—]+$")

BY = {
    "en": "by|written by|posted by|published by|author|authors|words by|text by|story by|authored by|posted|contributors",
    "de": "von|autor|autorin|autoren|text|geschrieben von|verfasst von|veröffentlicht von|ein artikel von|ein beitrag von",
    "fr": "par|auteur|auteure|écrit par|rédigé par|publié par|propos recueillis par",
    "es": "por|autor|autora|escrito por|publicado por|redacción",
    "it": "di|a cura di|autore|autrice|scritto da|pubblicato da|articolo di",
    "pt": "por|autor|autora|escrito por|publicado por|texto de",
    "nl": "door|auteur|geschreven door|tekst",
    "pl": "autor|autorka|przez|napisał|napisała|tekst|opracował|opracowała",
    "sv": "av|skribent|text",
    "da": "af|skrevet af|tekst",
    "nb": "av|skrevet av|tekst",
    "fi": "kirjoittanut|kirjoittaja|teksti",
    "cs": "autor|autorka|autoři|napsal|napsala",
    "tr": "yazan|yazar|hazırlayan|haber",
    "ru": "автор|авторы|текст|опубликовал",
    "uk": "автор|автори|текст",
    "id": "oleh|penulis|reporter|editor",
    "hu": "szerző|írta",
    "ro": "de|autor|scris de",
    "zh": "作者|记者|文|编辑|責任編輯|责任编辑|記者",
    "ja": "文|執筆|著者|筆者|記者",
    "ko": "글|기자",
    "ar": "بقلم|كتب|الكاتب",
    "hi": "लेखक|द्वारा",
}
"""Words before a name, by language."""
ROLES = {
    "en": "editor|reporter|correspondent|writer|journalist|columnist|contributor|producer|photographer|author|staff"
    "|director|manager|analyst|critic|fellow|professor|president|founder|co-founder|ceo|cto|cmo|cfo|specialist"
    "|consultant|expert|head of|senior|chief|assistant|associate|deputy|executive|freelance|freelancer|intern"
    "|guest|team|lead|editor-in-chief|strategist|marketer|researcher|engineer|developer|bureau|reviewer|updated"
    "|nutritionist|dietitian|therapist|physician|attorney|university|member",
    "de": "redakteur|redakteurin|korrespondent|korrespondentin|reporterin|journalistin|redaktion|ressortleiter|leiter"
    "|leiterin|volontär|volontärin|chefredakteur|chefredakteurin|autor|autorin",
    "fr": "journaliste|rédacteur|rédactrice|rédaction|correspondant|correspondante|envoyé|envoyée|reporter",
    "es": "periodista|redactor|redactora|redacción|corresponsal|editora|colaborador|colaboradora",
    "it": "giornalista|redattore|redattrice|redazione|inviato|inviata|corrispondente|caporedattore",
    "pt": "jornalista|redator|redatora|repórter|colunista|redação|editora",
    "nl": "redacteur|verslaggever|journaliste|correspondente|redactie",
    "pl": "dziennikarz|dziennikarka|redaktor|redakcja|redaktorka",
    "ru": "корреспондент|журналист|редактор|редакция|обозреватель",
    "cs": "redaktor|redaktorka|redakce|reportér|reportérka",
    "tr": "muhabir|editör|gazeteci|yazar",
    "id": "reporter|editor|penulis|redaksi",
}
"""Words for what an author is, by language."""
NOBODY = frozenset(
    ["admin", "administrator", "webmaster", "root", "user", "guest", "anonymous", "anonym", "unknown", "none", "null", "undefined", "n/a", "na", "author", "editor", "editors", "staff", "moderator", "system", "superuser", "wordpress", "wpadmin", "test", "default", "support", "info", "contributor", "contributors", "redaktion", "redaktör", "redactie", "rédaction", "redacción", "redazione", "redação", "redakcja", "redakce", "редакция", "toimitus", "redaksi", "editör", "team", "blog", "news", "home", "website", "marketing", "owner", "deleted", "writer", "reporter", "false", "true", "correspondent", "author(s)", "profile", "follow", "share", "comments", "login"]
) | frozenset(
    ("site admin", "web admin", "site editor", "guest author", "guest contributor", "guest post", "guest user",
     "staff writer", "staff reporter", "web desk", "news desk", "deleted user", "staff report", "staff reports",
     "our staff", "super user", "view all posts", "read more", "no author", "web team", "about the author")
)  # fmt: skip
"""Accounts and roles that stand where a name should, in lower case."""
SUFFIXES = frozenset(["jr", "sr", "ii", "iii", "iv"])
CREDENTIALS = frozenset(
    [
        "phd",
        "ph.d",
        "dphil",
        "md",
        "m.d",
        "do",
        "d.o",
        "rn",
        "lcsw",
        "psyd",
        "psy.d",
        "pharmd",
        "pharm.d",
        "edd",
        "ed.d",
        "mph",
        "m.p.h",
        "msc",
        "bsc",
        "ma",
        "m.a",
        "ba",
        "b.a",
        "mba",
        "m.b.a",
        "ms",
        "m.s",
        "bs",
        "b.s",
        "mfa",
        "jd",
        "j.d",
        "esq",
        "cfp",
        "cfa",
        "cpa",
        "rd",
        "rdn",
        "ldn",
        "cscs",
        "dds",
        "dvm",
        "d.v.m",
        "dr",
        "prof",
        "lmft",
        "lpc",
        "np",
        "pa-c",
        "facp",
        "faap",
        "facog",
        "cnm",
        "aprn",
        "fnp",
        "med",
        "m.ed",
        "msw",
        "ccc-slp",
        "pt",
        "dpt",
        "frcp",
        "mbbs",
        "mbchb",
        "mrcp",
        "cissp",
        "pmp",
        "cpt",
        "dipl.-ing",
        "m.sc",
        "b.sc",
        "bcba",
        "mrcvs",
        "vmd",
        "cvt",
        "lvt",
    ]
)
"""Degrees and licences behind a name, in lower case without the last dot."""


def _alternatives(table: dict[str, str]) -> str:
    words = {word for line in table.values() for word in line.split("|")}
    return "|".join(sorted(map(regex.escape, words), key=lambda word: (-len(word), word)))


_BY = regex.compile(
    rf"^\W*(?:(?:{_alternatives(BY)})(?:\s*[:：]\s*|\s+|(?<=[Bb]y)(?-i:(?=\p{{Lu}})))|@)+", regex.IGNORECASE
)
_LABEL = regex.compile(rf"^\W*(?:{_alternatives(BY)})\W*$", regex.IGNORECASE)
_ROLE = regex.compile(rf"\b(?:{_alternatives(ROLES)})\b", regex.IGNORECASE)
_BEHIND = regex.compile(
    r"\s*(?:\(.*|\[.*|\s[|·•–—-]\s.*|\s(?:/|via|@)\s.*|<.*|\b(?:on|updated|published|posted)[:\s]+\W*\p{L}*\W*\d.*)$",
    regex.IGNORECASE,
)
_DATE = regex.compile(r"[\s,|·•–—-]+(?:\p{L}{3,9}\.?\s+)?\d.*$")
"""A date or a count behind a name, with the month's name before it."""
_OTHERS = regex.compile(
    r"^\W*(?:(?:medically|expert|fact|clinically|peer)?[\s-]*(?:reviewed|checked|edited|photo|image|photography|illustrat|translat)"
    r"|(?:view|read|learn|see|about|follow|more|sign|log|full|subscribe|share|skip|join|get|contact|meet|back)\b)",
    regex.IGNORECASE,
)
"""Who is not the author, and what one can do with one."""
_ADDRESS = regex.compile(r"\S*(?:://|www\.)\S*|\S+@\S+|\S+\.(?:com|org|net|de|fr|co)(?:/\S*)?\b", regex.IGNORECASE)
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
    value = _LINK.sub(r"\1", value)
    names = []
    for part in _AND.split(value):
        name = _MARKS.sub("", _AGENCY.sub("", part.strip())).strip()
        if name and any(map(str.isalpha, name)):
            names.append(name)
    return names


def clean_authors(values: Iterable[str], *, inverted: bool = False) -> tuple[str, ...]:
    """Give the names in bylines as pages write them, each once, in their order.

    >>> clean_authors(["By Ann Roe, Senior Editor | The Daily Tide", "bo@tide.example"])
    ('Ann Roe',)
    """
    names: dict[str, str] = {}
    for value in values:
        for name in _names_in(value, inverted=inverted):
            names.setdefault(name.casefold(), name)
    return tuple(names.values())[:MOST_AUTHORS]


def _names_in(value: str, *, inverted: bool) -> list[str]:
    value = line_of(value[: LONGEST_BYLINE * 2])[:LONGEST_BYLINE]
    value = _BY.sub("", _ADDRESS.sub(" ", value))
    turned = _INVERTED.match(value) if inverted else None
    if turned:
        return [f"{turned[2]} {turned[1]}"]
    names: list[str] = []
    for part in split_authors(_SUFFIX.sub(" ", value)):
        name = _BEHIND.sub("", _BY.sub("", part)).strip(" ,.;:|·•–—-\"'“”")
        if name and is_name(name) and not (names and _is_title(name)):
            names.append(name)
    return names


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


def best_authors(groups: Sequence[Sequence[str]], sites: Iterable[str], *, inverted: bool = False) -> tuple[str, ...]:
    """Give the first group that names somebody else than the site; the site itself where no other is named."""
    own = {_letters(site) for site in sites} - {""}
    spare: tuple[str, ...] = ()
    for group in groups:
        names = clean_authors(group, inverted=inverted)
        others = tuple(name for name in names if _letters(name) not in own)
        if others:
            return others
        spare = spare or names
    return spare


def _letters(value: str) -> str:
    return "".join(filter(str.isalnum, value.casefold())).removeprefix("the")
