"""The shape of a line: what stays the same of it from page to page, and the pattern that says so.

Dates and numbers are always taken to differ. What else differs is found by comparing lines: their shape is what they
begin and end with alike, and a bounded gap between.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import regex

from cleaner.frequency.lines import NUMBER

_CLOCK = (
    r"(?:(?:\s[-–—|·]\s|[\s,T]+)(?:\p{Ll}{1,4}\.?\s){0,2}"
    r"\d{1,2}(?:[:.]|\s?h\s?|\s?Uhr\s)\d\d(?::\d\d)?(?!\d|[.:]\d)(?:\s?[AaPp]\.?[Mm]\b\.?)?)?"
)
_ORDINAL = r"(?:\.|st|nd|rd|th|er|º|ª)?"
_DATE = regex.compile(
    r"(?<!\d)(?:\d{4}\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}日?"
    r"|\d{1,2}[./-]\d{1,2}[./-]\d{4}"
    rf"|\d{{1,2}}{_ORDINAL}\s(?:(?:de|of)\s)?\p{{L}}[\p{{L}}\p{{M}}]{{2,11}}\.?,?\s(?:de\s)?\d{{4}}"
    rf"|\p{{Lu}}[\p{{L}}\p{{M}}]{{2,11}}\.?\s\d{{1,2}}{_ORDINAL},?\s\d{{4}})(?!\d)" + _CLOCK
)
_SIGN = "[-+−]"
_SIGNED = regex.compile(rf"(?<![^\s(]){_SIGN}(?=\d)")
_NUMBER = regex.compile(rf"(?:{_SIGNED.pattern})?{NUMBER}")
_SPECIAL = regex.compile(r"[\\.^$*+?{}\[\]|()]")
_PIECES = regex.compile(r"(?P<digits>\d+)|(?P<word>[\p{L}\p{M}]+)|(?P<space>\s+)|(?P<other>.)", regex.DOTALL)
DATE_MARK, NUMBER_MARK, GAP_MARK = "\x01", "\x02", "\x03"
"""What stands for a date, for a number, and for words in which lines of one kind differ."""
_NO_MARKS = str.maketrans("", "", DATE_MARK + NUMBER_MARK + GAP_MARK)
"""Takes out what a broken page may have of these characters by itself."""

SENTENCE_ENDS = ".!?…。！？؟।"
"""Marks that no gap of a pattern may pass: behind them another sentence would begin."""
LONGEST_GAP = 240
MOST_NAME_WORDS = 5
_WORD = r"\p{L}[\p{L}\p{M}'’.-]*"
_CAPITALISED = r"\p{Lu}[\p{L}\p{M}'’.-]*"
_PARTICLE = r"(?:\p{Ll}{1,3}\s)?"


def shape(line: str) -> str:
    """Give a line with marks in place of its dates and numbers."""
    return _NUMBER.sub(NUMBER_MARK, _DATE.sub(DATE_MARK, line.translate(_NO_MARKS)))


def date_in(line: str) -> str | None:
    """Give the date in a line, with the time of day behind it."""
    found = _DATE.search(line)
    return found[0] if found else None


def quoted(text: str) -> str:
    """Give a pattern for a literal text, with no more backslashes than it needs."""
    return _SPECIAL.sub(r"\\\g<0>", text)


def date_pattern(dates: Iterable[str]) -> str:
    """Give a pattern for dates that are written as these are."""
    forms = dict.fromkeys("".join(map(_like, _PIECES.finditer(date))) for date in dates)
    return next(iter(forms)) if len(forms) == 1 else f"(?:{'|'.join(forms)})"


def _like(piece: regex.Match[str]) -> str:
    text = piece[0]
    if piece["digits"]:
        return r"\d{1,2}" if len(text) <= 2 else rf"\d{{{len(text)}}}"
    if piece["word"] and len(text) > 2 and not "\u3000" <= text[0] <= "\u9fff":
        return r"[\p{L}\p{M}]{2,12}"
    return r"\s+" if piece["space"] else quoted(text)


def pattern_of(lines: Sequence[str], *, date_group: bool = False) -> str:
    """Give the pattern of lines of one shape; ``date_group`` names the first date's group."""
    parts: list[str] = []
    dates = [[found[0] for found in _DATE.finditer(line)] for line in lines]
    number = f"{_SIGN}?{NUMBER}" if any(map(_SIGNED.search, lines)) else NUMBER
    seen = 0
    for piece in regex.split(f"([{DATE_MARK}{NUMBER_MARK}])", shape(lines[0])):
        if piece == NUMBER_MARK:
            parts.append(number)
        elif piece == DATE_MARK:
            date = date_pattern([found[seen] for found in dates if len(found) > seen])
            parts.append(f"(?P<date>{date})" if date_group and not seen else date)
            seen += 1
        else:
            parts.append(quoted(piece))
    return "".join(parts)


def affixes(lines: Sequence[str]) -> tuple[str, str]:
    """Give what all lines begin with and what they end with, whole words only; the gap is never empty."""
    shapes = [shape(line) for line in lines]
    start = _whole_start(_common_start(shapes), shapes)
    rests = [text[len(start) :] for text in shapes]
    end = _whole_start(_common_start([text[::-1] for text in rests]), [text[::-1] for text in rests])[::-1]
    return start, end


def kind_pattern(lines: Sequence[str]) -> str | None:
    """Give the pattern of lines that differ in a name or a few words, or None where they have too little in common."""
    start, end = affixes(lines)
    texts = list(map(shape, lines))
    gaps = [text[len(start) : len(text) - len(end)] for text in texts]
    if any(len(gap) > len(start) + len(end) for gap in gaps):
        return None
    return f"{unmarked(start)}{names_pattern(gaps) or gap_pattern(gaps)}{unmarked(end)}"


def _common_start(texts: Sequence[str]) -> str:
    first, last = min(texts), max(texts)
    return next((first[:at] for at, (one, other) in enumerate(zip(first, last, strict=False)) if one != other), first)


def _whole_start(start: str, texts: Sequence[str]) -> str:
    """Shorten a common start until no text is cut inside a word, and each has something behind it."""
    while start and any(len(text) <= len(start) or _inside_word(text, len(start)) for text in texts):
        start = start[:-1]
    return start


def _inside_word(text: str, at: int) -> bool:
    before, after = text[at - 1], text[at]
    return before.isalnum() and after.isalnum() and not ("\u2e80" <= before <= "\u9fff")


def names_pattern(names: Sequence[str], longest: int = MOST_NAME_WORDS) -> str | None:
    """Give a pattern for names like these, or None where one is no name: too long, with a number, not capitalised."""
    most = max(len(name.split()) for name in names) + 1
    if most > longest or any(len(name) > 12 * most or not regex.fullmatch(_all(_WORD, most), name)
                                     for name in names):  # fmt: skip
        return None
    cased = any(char.isupper() or char.islower() for name in names for char in name)
    if not cased:
        return rf"[\p{{L}}\p{{M}} ·.-]{{2,{max(map(len, names)) + 4}}}"
    capitalised = rf"{_CAPITALISED}(?:\s{_PARTICLE}{_CAPITALISED}){{0,{most - 1}}}"
    return capitalised if all(regex.fullmatch(capitalised, name) for name in names) else None


def _all(word: str, most: int) -> str:
    return rf"{word}(?:\s{word}){{0,{most - 1}}}"


def gap_pattern(gaps: Sequence[str]) -> str:
    """Give a pattern for what stands between the ends of a shape: no more than it may be, and no other sentence."""
    longest = min(LONGEST_GAP, 2 * max(map(len, gaps)) + 10)
    barred = "".join(mark for mark in SENTENCE_ENDS if not any(mark in gap for gap in gaps))
    return f"[^{barred}]{{1,{longest}}}" if barred else f".{{1,{longest}}}"


def unmarked(affix: str) -> str:
    """Give the pattern of a shape's end: its dates and numbers in general."""
    escaped = quoted(affix)
    return escaped.replace(NUMBER_MARK, NUMBER).replace(DATE_MARK, _DATE.pattern)
