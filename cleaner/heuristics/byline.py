"""Bylines and date lines: who wrote the article and when, between the title and the prose.

A short line that opens with a word for authorship ("By", "Von", "Текст:") gives the author; a short line that is
little more than a date, with or without a label ("Published", "Aktualisiert am"), gives the date. Both are
captured. The date behind an agency's name inside the first paragraph is the author's text and stays.

It must not touch headings with a year, a diary's dates, the steps of a chronicle: only lines of the head are
looked at, but for a byline just under the prose, and only dates with a day or a clock.
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from cleaner.blocks.page import Page
from cleaner.dates import holds_date, is_clock, iso_date, split_after_dates
from cleaner.heuristics.title import find
from cleaner.measures import rows_where
from cleaner.model import Capture, Drop

MAX_WEIGHT = 110.0
"""Latin characters of a byline with a date, an agency and a reading time."""
MAX_DATE_WORDS = 14
MAX_LABELLED = 40
"""Characters of a label with a relative date: "Updated 3 hours ago"."""
MAX_NAME_WORDS = 9
BELOW_STANDFIRST = 12
"""Rows between a standfirst and the first paragraph: a byline, a date, buttons, a picture's caption."""
BELOW = 3
"""Rows under the prose that a byline may stand in."""
_LABEL = regex.compile(
    r"^\W*(?:\p{L}+\s+){0,3}?(?:by|von|par|por|di|door|autor(?:em|in|a|ka)?|author|auteur|autore|автор|текст|yazan|przez"
    r"|作者|记者|記者|文|執筆|著者|글|기자|लेखक|द्वारा|بقلم|كتب)(?:\s*[:：|／]\s*|\s+)"
    r"|^\W*(?:\p{L}+\s?){1,3}[:：]\s*",
    regex.IGNORECASE,
)
"""A word for authorship with up to three words before it ("Posted by", "Publicado por"), or any label with a colon."""
_WORD = regex.compile(r"\p{L}[\p{L}\p{M}'’.-]*")
MAX_WORDS_BESIDE = 6
"""Words of a date line without a label: a month, a weekday, a town, a label in a language that no list has."""
_PARTS = regex.compile(r"\s[|·•]\s")
_DIGIT = regex.compile(r"\d")
_PARTICLES = frozenset(
    (
        *(
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
        ),
        *("ter", "bin", "al", "el", "of", "for", "the", "and", "und", "et", "y", "e", "i", "en", "ve", "и", "та"),
        *("für", "pour", "per", "para", "voor", "dla", "для", "staff"),
    )
)
"""Words in lower case that stand in and between names, and before an agency."""
_ROLE = regex.compile(r"^\W*(\p{L}{2,5}(?:\s\p{L}{1,5})?)\s*(?:기자|특파원|記者|记者)\W*$")
"""A name with a word for "reporter" behind it."""
_TAIL = regex.compile(
    r"\s*(?:\||·|•|—|–|/|,\s*(?=\d)|\bon\b|\bat\b|\bin\b|\bavec\b|\bwith\b|\bam\b|\ble\b|\bel\b|\bil\b|\d).*$"
)


def propose(page: Page) -> Iterator[Drop | Capture]:
    """Propose bylines and date lines of the head, and a byline right under the prose."""
    if not page.has_prose:
        return
    title = find(page)
    start = 0 if title is None else title + 1
    authors = set(page.rows("byline").tolist())
    months = set(page.rows("month").tolist())
    labels = set(page.rows("dateline-label").tolist())
    measures = page.measures
    able = (measures.weight <= MAX_WEIGHT) & (page.headings == 0) & ~page.fenced
    able &= (measures.digits > 0) | page.marked("byline")
    anywhere = able.copy()
    able[:start] = False
    able[page.head_end : page.tail_start] = False
    below = _below_standfirst(page, title)
    able[below] = anywhere[below]
    able[page.tail_start :] &= page.marked("byline")[page.tail_start :]
    able[page.tail_start + BELOW :] = False
    days = set(page.rows("weekday").tolist())
    for row in rows_where(able).tolist():
        line = page.visible[row]
        if row in authors and not measures.digits[row] and (row in days or row in months):
            continue  # "By Monday": a time, not a name
        name = _name(line) if row in authors else None
        most = MAX_WORDS_BESIDE + (len(_WORD.findall(name)) if name else 0)
        dated = measures.words[row] <= MAX_DATE_WORDS and _is_date(line, row in months, row in labels, most)
        dated = dated or _are_labelled_dates(page, line)
        if row in authors:
            if name:
                yield Capture("author", name, "the byline")
            elif not dated:
                continue
        elif not dated or (below.start <= row < below.stop and not _says_when(page, row, below)):
            continue
        if dated:
            yield Capture("date", line, "the date line")
        yield Drop((row,), "a byline" if row in authors else "a date line")


def propose_in_tree(page: Page) -> Iterator[Capture]:
    """Read bylines and date lines before other heuristics take their elements."""
    for action in propose(page):
        if isinstance(action, Capture):
            yield action


def _below_standfirst(page: Page, title: int | None) -> slice:
    """Give the rows between a standfirst, which may be long enough for prose, and the first paragraph.

    One of them must be a date of publication, or the sentence may be the first paragraph, and "By Ada" a line of it.
    """
    first = page.head_end
    if title is None or first != title + 1:
        return slice(0, 0)
    following = page.prose_rows[page.prose_rows > first][:1]
    end = int(following[0]) if len(following) else first
    below = slice(first + 1, end)
    is_near = end - first - 1 <= BELOW_STANDFIRST
    return below if is_near and any(_says_when(page, row, below) for row in range(first + 1, end)) else slice(0, 0)


def _says_when(page: Page, row: int, below: slice) -> bool:
    """Tell whether a line has a date, and a label, an author or parts beside it, or a time, and an author is near.

    Without, it may be the first day of a diary, or who wrote the second post of a thread.
    """
    line = page.visible[row]
    if page.measures.weight[row] > MAX_WEIGHT or not holds_date(line, False):
        return False
    if page.marked("dateline-label", "byline")[row] or len(_PARTS.split(line)) > 1:
        return True
    return bool(page.marked("byline")[below].any()) and "T" in (iso_date(line) or "")


def _is_date(line: str, month: bool, label: bool, most: int) -> bool:
    """Tell whether a short line is a date with little beside it: without a label, no more than ``most`` words."""
    beside = [len(_WORD.findall(part)) for part in _PARTS.split(line) if _DIGIT.search(part)]
    if not beside or (not label and min(beside) > most):
        return False
    if is_clock(line) or (label and (month or len(line) <= MAX_LABELLED)):
        return True
    return holds_date(line, month)


def _are_labelled_dates(page: Page, line: str) -> bool:
    """Tell whether a line is dates with a label before each: "Published 3 May 2024 Updated 4 May 2024 at 7:05"."""
    parts = split_after_dates(line)
    if len(parts) < 2 or page.lexicon is None:
        return False
    return len(page.lexicon.match(parts).get("dateline-label", ())) == len(parts)


def _name(line: str) -> str | None:
    """Give the names of a byline, or None where what follows "By" is no name."""
    behind = _ROLE.match(line)
    if behind:
        return behind[1]
    found = _LABEL.match(line)
    if found is None or line.endswith((".", "!", "?")):
        return None
    rest = _TAIL.sub("", line[found.end() :]).strip(" ,.;:|-–—")
    words = _WORD.findall(rest)
    if not words or len(words) > MAX_NAME_WORDS or (len(words) == 1 and ":" not in found[0] and rest.isascii()):
        return None
    return rest if not any(word[0].islower() and word not in _PARTICLES for word in words) else None
