"""Rules for lines: what recurs before, inside and after the articles of a site, exactly or in its shape."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice, pairwise
from typing import NamedTuple

import numpy as np
import regex

from cleaner.blocks.page import Zone
from cleaner.corpus.draft.observed import LINKED, LONGEST, SENTENCE_WORDS, Observed, Site
from cleaner.corpus.draft.shapes import (
    DATE_MARK,
    GAP_MARK,
    NUMBER_MARK,
    affixes,
    date_in,
    date_pattern,
    gap_pattern,
    kind_pattern,
    names_pattern,
    pattern_of,
    quoted,
    shape,
    unmarked,
)
from cleaner.corpus.draft.sketch import Sketch
from cleaner.heuristics._phrases import NOISE_FAMILIES
from cleaner.measures import rows_where
from cleaner.rules.values import Value

LABEL_SHARE = 0.5
"""Share of the pages from which a label or another start of a line makes a shape."""
NEAR_TITLE = 4
"""Rows under the title that a byline stands in."""
FREE_WORDS = 3
"""Words from which a line that recurs between paragraphs is no subheading: "Ingredients" stands in every recipe."""
MOST_ALONE = 4
"""Lines that stand alone between two paragraphs; more are a list."""
ALONE_SHARE = 0.5
"""Share of its places at which a line between paragraphs must stand alone: salt is on the lists of many recipes."""
REPEATED_SHARE = 0.5
"""Share of lines that differ in a name alone, between paragraphs, that other pages must have with the same name."""
MOST_PER_PAGE = 1.5
"""Lines of one label on a page, on average: of more, an interview is made."""
LONGEST_LITERAL = 5_000
"""Characters of a line that a rule quotes: a rule file is read by people."""
MOST_STARTERS = 8
ALIKE_WORDS = 5
"""Words that sentences begin with alike to be told of."""
HEADLINE_ENDS = ("?", "!", "？", "！", "؟", "…")
"""Marks that end headlines as well as sentences."""
LEAST_NAME = 4
"""Letters of a name in capitals; shorter ones are points of the compass, currencies, countries."""

_COLON = regex.compile(r"^[^:：]{1,30}[:：]\s*")
_SEPARATOR = regex.compile(r"\s(?:[/>›»→|·•]|::)\s|\s*[›»]\s*")
_QUESTION = regex.compile(r"[?\u037e？؟፧]\W*$|\p{Greek};\W*$|՞|か。\W*$")
"""Greek asks with a semicolon, Armenian with a mark inside a word, Japanese with a word and a full stop."""
_MARKS = frozenset((DATE_MARK, NUMBER_MARK, GAP_MARK))
_LETTER = regex.compile(r"\p{L}")
_SYMBOL = regex.compile(r"[\p{Sc}]")


class Place(NamedTuple):
    """A row of one of the pages."""

    seen: Observed
    row: int

    @property
    def text(self) -> str:
        """Its line as a reader sees it."""
        return self.seen.page.visible[self.row]

    @property
    def key(self) -> str:
        """What it has in common with the rows that it recurs as."""
        return self.seen.keys[self.row]

    @property
    def is_kin(self) -> bool:
        """Whether these differ in a name."""
        return GAP_MARK in self.key

    @property
    def raw(self) -> str:
        """Its line as it stands."""
        return self.seen.page.lines[self.row]


def pages_of(places: Iterable[Place]) -> int:
    """Count the pages that the places are on."""
    return len({id(place.seen) for place in places})


class LineRules:
    """Finds the rules for lines of one site; :attr:`unsure` says what was left alone."""

    def __init__(self, site: Site, taken: Iterable[tuple[Observed, int]] = ()) -> None:
        self._site = site
        self._taken = {(id(seen), row) for seen, row in taken}
        """Rows that a rule takes already, by the page's identity."""
        self._doubts: dict[str, dict[str, None]] = defaultdict(dict)
        self._meant: set[str] = set()
        """Keys of lines that may be meant between paragraphs, and so after the last long one, too."""

    @property
    def unsure(self) -> list[str]:
        """What was left alone, and why."""
        return [_told(list(quotes), why) for why, quotes in self._doubts.items()]

    def find(self) -> list[Sketch]:
        """Give the rules, in the order that they are to stand in the file."""
        sketches = [
            *self._standing(),
            *self._sections(),
            *self._paths(),
            *self._dates(),
            *self._shapes(),
            *self._recurring("head"),
            *self._inside(),
            *self._tail(),
        ]
        self._report_prose()
        self._report_alike()
        return sketches

    # --- what recurs in the same words -------------------------------------------------------------------------

    def _standing(self) -> Iterator[Sketch]:
        """Sentences of the site itself, before and after the articles, that stay, or make a zone small for rules."""
        keys: dict[str, list[Place]] = defaultdict(list)
        for seen in self._site.pages:
            for row in rows_where(seen.standing).tolist():
                keys[seen.keys[row]].append(Place(seen, row))
        keys = {
            key: places
            for key, places in keys.items()
            if len(key) <= LONGEST_LITERAL and len({place.text for place in places}) == 1
        }
        keys = {key: places for key, places in keys.items() if self._adds(places) or any(map(_hides_others, places))}
        if keys:
            places = self._take(place for some in keys.values() for place in some)
            about = "Sentences of the site itself, wherever they stand by themselves."
            yield self._lines_rule("standing-text", about, places, None, standing=True)

    def _recurring(self, zone: Zone) -> Iterator[Sketch]:
        """Lines that recur in the head or the tail: literals, and those with numbers in them."""
        literal: list[Place] = []
        numbered: list[Place] = []
        for key, places in self._recurring_keys(zone):
            (literal if _MARKS.isdisjoint(key) else numbered).extend(places)
        if literal and self._adds(literal):
            about = (
                "Lines that the page itself puts before" if zone == "head" else "Lines that the page itself puts after"
            )
            yield self._lines_rule(f"{zone}-lines", f"{about} its article.", self._take(literal), zone)
        if numbered and self._adds(numbered):
            about = "Lines that differ in their numbers alone."
            if any(place.is_kin for place in numbered):
                about = "Lines that differ in a number or a name."
            yield self._pattern_rule(f"{zone}-counters", about, numbered, zone)

    def _recurring_keys(self, zone: Zone) -> Iterator[tuple[str, list[Place]]]:
        keys: dict[str, list[Place]] = defaultdict(list)
        for seen in self._site.pages:
            for row in rows_where(seen.recurs & ~seen.page.prose).tolist():
                place = Place(seen, row)
                if seen.zone(row) == zone and not self._is_taken(place):
                    keys[seen.keys[row]].append(place)
        for key, places in keys.items():
            if pages_of(places) < self._site.least:
                continue
            if len(key) > LONGEST_LITERAL:
                self._doubt(places, "is too long for a rule")
                continue
            if not _LETTER.search(key) and not _SYMBOL.search(key):
                self._doubt(places, "has no letters: it may be a figure or a mark of the author's")
                continue
            titles = sum(place.seen.title == place.row for place in places)
            if titles > len(places) / 5:
                self._doubt(places, "recurs, but may be a title")
                continue
            if zone == "tail" and key in self._meant:
                continue
            if reason := self._may_be_said(zone, places):
                self._doubt(places, reason)
                continue
            yield key, places

    def _may_be_said(self, zone: Zone, places: Sequence[Place]) -> str:
        """Say why a line that recurs may be what an author says, or nothing."""
        if pages_of(places) < self._site.most:
            if any(map(_is_plain_sentence, places)):
                return "a sentence that is not on most pages"
            if any(place.is_kin and not _is_furniture(place) for place in places):
                return "differs in a name alone, but is not on most pages"
        if zone == "tail" and any(map(_is_plain_question, places)):
            return "recurs after the article, but may be the last question of each interview"
        return ""

    def _inside(self) -> Iterator[Sketch]:
        """Lines that recur between the paragraphs."""
        sure: list[Place] = []
        for key, places in self._recurring_keys("body"):
            if reason := self._may_be_meant(key, places):
                self._doubt(places, f"recurs between paragraphs, but {reason}")
                self._meant.add(key)
            else:
                sure += places
        if sure and self._adds(sure):
            about = "Lines that recur between the paragraphs."
            literal = [place for place in sure if shape(place.text) == place.text and not place.is_kin]
            if literal:
                yield self._lines_rule("between-paragraphs", about, self._take(literal), None)
            rest = [place for place in sure if not self._is_taken(place)]
            if rest:
                yield self._pattern_rule("between-paragraphs-numbered", about, rest, None)

    def _may_be_meant(self, key: str, places: Sequence[Place]) -> str:
        """Say why a line that recurs between paragraphs may be the author's each time, or nothing."""
        if any(place.seen.page.headings[place.row] for place in places):
            return "may be a subheading"
        if any(map(_is_furniture, places)):
            return ""
        words = max(float(place.seen.page.measures.words[place.row]) for place in places)
        if words < FREE_WORDS:
            return "may be a subheading"
        if any(_QUESTION.search(place.text) for place in places):
            return "may be a question that is asked in each interview"
        if any(map(_is_plain_sentence, places)) and not _MARKS.isdisjoint(key):
            return "may be a sentence that is written on one pattern"
        if places[0].is_kin and _differ(places):
            return "has a name of its own on most pages"
        return "" if self._stand_alone(places) else "may be of a list"

    def _stand_alone(self, places: Sequence[Place]) -> bool:
        """Tell whether most of them have few other lines between them and the next paragraphs, which all recur, too."""
        return sum(self._stands_alone(place) for place in places) >= ALONE_SHARE * len(places)

    def _stands_alone(self, place: Place) -> bool:
        seen = place.seen
        first, last = place.row, place.row
        while last - first < MOST_ALONE and first > seen.bounds[0] and not seen.own[first - 1]:
            first -= 1
        while last - first < MOST_ALONE and last + 1 < seen.bounds[1] and not seen.own[last + 1]:
            last += 1
        if last - first >= MOST_ALONE:
            return False
        return all(seen.recurs[row] or self._is_taken(Place(seen, row)) for row in range(first, last + 1))

    # --- what recurs in its shape ------------------------------------------------------------------------------

    def _sections(self) -> Iterator[Sketch]:
        """Find the section, as a line of its own, where the menu is one line that has it too."""
        items: dict[str, None] = {}
        for seen in self._site.pages:
            for row in rows_where(seen.recurs & ~seen.page.prose).tolist():
                parts = [part.strip() for part in _SEPARATOR.split(seen.page.visible[row])]
                if len(parts) > 2 and all(0 < len(part) <= 40 for part in parts):
                    items |= dict.fromkeys(parts)
        found = [
            Place(seen, row)
            for seen in self._site.pages
            for row in range(seen.bounds[0])
            if seen.page.visible[row] in items and seen.title != row and not self._is_taken(Place(seen, row))
        ]
        if pages_of(found) < self._site.least or len(found) > MOST_PER_PAGE * pages_of(found):
            return
        pattern = f"(?P<section>{'|'.join(map(quoted, items))})"
        about = "The section, which stands in the menu too."
        yield self._capture("section", about, {"where": "head", "line": pattern}, self._take(found))

    def _paths(self) -> Iterator[Sketch]:
        """Find the path of sections that ends in the title, above it."""
        by_mark: dict[str, list[Place]] = defaultdict(list)
        for seen in self._site.pages:
            if seen.title is None:
                continue
            title = seen.page.visible[seen.title].casefold()
            for row in range(seen.bounds[0]):
                text = seen.page.visible[row]
                marks = [mark.strip() for mark in _SEPARATOR.findall(text)]
                is_path = bool(marks) and _SEPARATOR.split(text)[-1].strip().casefold() == title
                if is_path and row != seen.title and not self._is_taken(Place(seen, row)):
                    by_mark[marks[-1]].append(Place(seen, row))
        for mark, places in by_mark.items():
            if pages_of(places) < self._site.least or len(mark) != 1:
                continue
            other = f"[^{quoted(mark)}]"
            # those seen alone: any mark may stand in a headline, too, as in "« oui »"
            sections = "|".join(dict.fromkeys(quoted(_SEPARATOR.split(place.text)[-2].strip()) for place in places))
            line = rf"(?:{other}{{1,40}}\s{quoted(mark)}\s)*(?P<section>{sections})\s{quoted(mark)}\s{other}{{1,300}}"
            about = "The path of sections that leads to the page."
            yield self._capture("breadcrumb", about, {"where": "head", "line": line}, self._take(places))

    def _dates(self) -> Iterator[Sketch]:
        """Lines of the head that differ in their date alone."""
        places = [place for key, some in self._recurring_keys("head") if DATE_MARK in key for place in some]
        by_key: dict[str, list[Place]] = defaultdict(list)
        for place in places:
            by_key[place.key].append(place)
        for number, (_, some) in enumerate(sorted(by_key.items(), key=lambda item: -pages_of(item[1])), 1):
            pattern = _pattern_of(some, date_group=True)
            if pattern.count("(?P<date>") > 1:
                continue
            name = "date" if number == 1 else f"date-{number}"
            below = [place for place in map(Place._make, self._site.occurrences(some[0].key)) if _is_signature(place)]
            some += below
            keys = {"line": pattern} if below else {"where": "head", "line": pattern}
            yield self._capture(name, "The line with the date of publication.", keys, self._take(some))

    def _shapes(self) -> Iterator[Sketch]:
        """Lines that begin or end alike on most pages: bylines, breadcrumbs, labels."""
        groups: dict[tuple[Zone, str], list[Place]] = defaultdict(list)
        for seen in self._site.pages:
            always = np.fromiter(
                (self._site.frequency[key] >= self._site.most for key in seen.keys), np.bool_, len(seen.keys)
            )
            for row in rows_where(~always & ~seen.own & (seen.page.measures.weight <= LONGEST)).tolist():
                place = Place(seen, row)
                is_sentence = seen.is_sentence(row) or (_is_plain_sentence(place) and not _is_byline(place))
                if row != seen.title and not is_sentence and not self._is_taken(place):
                    for start in _starts(place):
                        groups["head" if _is_signature(place) else seen.zone(row), start].append(place)
        used: Counter[str] = Counter()
        least = max(self._site.least, LABEL_SHARE * self._site.count)
        for (zone, _), places in sorted(groups.items(), key=lambda item: (-pages_of(item[1]), -len(item[0][1]))):
            places = [place for place in places if not self._is_taken(place)]
            enough = self._site.least if zone == "body" else least
            if pages_of(places) < enough or len(places) > MOST_PER_PAGE * pages_of(places):
                continue
            if (sketch := self._shaped(zone, places)) is not None:
                used[sketch.id] += 1
                if used[sketch.id] > 1:
                    sketch.id += f"-{used[sketch.id]}"
                yield sketch

    def _shaped(self, zone: Zone, places: list[Place]) -> Sketch | None:
        lines = [place.text for place in places]
        start, end = affixes(lines)
        if not _LETTER.search(start + end):
            return None
        shapes = [shape(line) for line in lines]
        gaps = [text[len(start) : len(text) - len(end)] for text in shapes]
        if zone == "body" and not _may_be_inside(places, start):
            self._doubt(places, "begins alike between paragraphs, but may be the author's")
            return None
        where = {} if zone == "body" or any(map(_is_signature, places)) else {"where": zone}
        crumb = _breadcrumb(start, gaps) if zone == "head" else None
        if crumb is not None:
            about = "The path of sections that leads to the page."
            return self._capture("breadcrumb", about, {**where, "line": crumb}, self._take(places))
        names = names_pattern(gaps)
        is_author = names is not None and (
            any(map(_is_byline, places)) or (zone == "head" and _may_name(start, end, gaps))
        )
        gap = f"(?P<author>{names})" if is_author else names or gap_pattern(gaps)
        head, tail = (_with_date(affix, places) for affix in (start, end))
        pattern = f"{head}{gap}{tail}"
        if pattern.count("(?P<date>") > 1:
            return None
        if "(?P<" in pattern:
            about = "The line that names the author." if is_author else "The line with the date of publication."
            return self._capture(
                "byline" if is_author else "dateline", about, {**where, "line": pattern}, self._take(places)
            )
        if not self._adds(places):
            return None
        about = f"Lines of one shape, such as “{lines[0]}”."
        self._take(places)
        name = {"head": "head-label", "body": "label-between-paragraphs", "tail": "tail-label"}[zone]
        return Sketch("drop", name, about, {**where, "line": pattern}, places[0].raw, pages_of(places))

    # --- what comes after the article --------------------------------------------------------------------------

    def _tail(self) -> Iterator[Sketch]:
        """Find lists of other stories and comments, from their heading to the end of the page; and lines that recur."""
        starters = self._starters()
        block: list[Place] = []
        for seen in self._site.pages:
            inside = False
            for row in range(seen.bounds[1], len(seen.page)):
                if seen.standing[row] or self._is_taken(Place(seen, row)):
                    continue
                inside |= seen.keys[row] in starters
                if inside:
                    block.append(Place(seen, row))
        if not block or not self._adds(block):
            yield from self._recurring("tail")
            return
        heads = [place for place in block if place.key in starters]
        self._take(block)
        yield from self._recurring("tail")
        about = f"What comes after the article, from “{heads[0].text}” to the end of the page."
        keys = {"where": "tail", "from": _pattern_of(heads), "to": "end"}
        yield Sketch("drop", "after-article", about, keys, heads[0].raw, pages_of(heads))

    def _starters(self) -> dict[str, None]:
        """Give the keys of lines that open a block of other lines on each page."""
        openings: list[_Openings] = []
        bad: dict[str, str] = {}
        for seen in self._site.pages:
            rows = [row for row in range(seen.bounds[1], len(seen.page)) if not seen.standing[row]]
            known = {row: seen.recurs[row] or self._is_taken(Place(seen, row)) for row in rows}
            comments = [row for row in seen.page.rows("comments").tolist() if row in known]
            first_comment = min(comments, default=len(seen.page))
            free = [row for row in rows if not self._is_taken(Place(seen, row))]
            late = max((row for row in _sentences(seen, free) if row < first_comment), default=-1)
            opened: dict[str, int] = {}
            for row, after in pairwise(rows):
                key = seen.keys[row]
                if row < late:
                    bad.setdefault(key, seen.page.visible[late])
                opens_block = seen.recurs[row] and not self._is_taken(Place(seen, row)) and not known[after]
                if opens_block and not seen.is_sentence(row):
                    opened.setdefault(key, row)
            openings.append(_Openings(opened, {seen.keys[row]: row for row in reversed(rows)}))
        able = [key for key in _opening(openings) if self._may_open(key, bad.get(key))]
        return dict.fromkeys(islice(_first_openers(openings, able), MOST_STARTERS))

    def _may_open(self, key: str, sentence: str | None) -> bool:
        """Tell whether a block may begin with these lines; ``sentence`` is one that stands behind them somewhere."""
        places = [Place(*place) for place in self._site.occurrences(key)]
        if not _LETTER.search(key) or key in self._meant or self._may_be_said("tail", places):
            return False
        if sentence is not None:
            self._doubt(places, f"opens a block, but a sentence stands behind it: “{sentence}”")
        return sentence is None

    # --- helpers of these ------------------------------------------------------------------------------------

    def _lines_rule(
        self, name: str, about: str, places: Sequence[Place], where: Zone | None, *, standing: bool = False
    ) -> Sketch:
        literals = list(dict.fromkeys(place.text for place in places))
        keys: dict[str, Value] = {"where": where} if where else {}
        return Sketch(
            "drop", name, about, {**keys, "lines": literals}, places[0].raw, pages_of(places), standing=standing
        )

    def _pattern_rule(self, name: str, about: str, places: Sequence[Place], where: Zone | None) -> Sketch:
        self._take(places)
        keys: dict[str, Value] = {"where": where} if where else {}
        return Sketch("drop", name, about, {**keys, "line": _pattern_of(places)}, places[0].raw, pages_of(places))

    def _capture(self, name: str, about: str, keys: Mapping[str, Value], places: Sequence[Place]) -> Sketch:
        return Sketch("capture", name, about, {**keys, "drop": True}, places[0].raw, pages_of(places))

    def _adds(self, places: Iterable[Place]) -> bool:
        """Tell whether the cleaner leaves any of these lines without a rule."""
        return any(place.seen.survives[place.row] for place in places)

    def _take(self, places: Iterable[Place]) -> list[Place]:
        taken = list(places)
        self._taken.update((id(place.seen), place.row) for place in taken)
        return taken

    def _is_taken(self, place: Place) -> bool:
        return (id(place.seen), place.row) in self._taken

    def _doubt(self, places: Sequence[Place], why: str) -> None:
        if self._adds(places):
            self._doubts[why][f"“{places[0].text[:80]}” (on {pages_of(places)} pages)"] = None

    def _report_alike(self) -> None:
        """Tell of sentences of the articles that begin alike on many pages: a sponsor's, or an author's habit."""
        alike: dict[str, list[Place]] = defaultdict(list)
        for seen in self._site.pages:
            for row in rows_where(seen.own).tolist():
                words = seen.page.visible[row].casefold().split(maxsplit=ALIKE_WORDS)
                if len(words) > ALIKE_WORDS:
                    alike[" ".join(words[:ALIKE_WORDS])].append(Place(seen, row))
        for places in alike.values():
            if pages_of(places) >= self._site.least:
                self._doubt(places, "prose that begins in the same words on all of these pages, and goes on in others")

    def _report_prose(self) -> None:
        for key in sorted(self._site.quoted):
            places = [Place(*place) for place in self._site.occurrences(key)]
            self._doubt(places, "prose that recurs, also inside an article")


def _hides_others(place: Place) -> bool:
    """Tell whether lines between a sentence and the article stay, which prose on their other side makes its own."""
    seen, row = place
    first, end = seen.bounds
    others = [other for other in (*range(end, row), *range(row + 1, first)) if other != seen.title]
    return bool(seen.survives[others].any())


def _sentences(seen: Observed, rows: Sequence[int]) -> list[int]:
    """Give the rows that may be an author's sentences; a question by itself among lines that are none is a headline."""
    found = {row for row in rows if seen.is_sentence(row)}

    def is_headline(row: int) -> bool:
        is_alone = row != rows[0] and found.isdisjoint((row - 1, row + 1)) and not seen.page.prose[row]
        return is_alone and seen.page.visible[row].endswith(HEADLINE_ENDS)

    return [row for row in rows if row in found and not is_headline(row)]


class _Openings(NamedTuple):
    """Of a page, the keys that open blocks after its article, and where each key stands first there."""

    opened: dict[str, int]
    first: dict[str, int]


def _opening(pages: Sequence[_Openings]) -> list[str]:
    """Give the keys that open blocks on enough pages, the most common first."""
    counts = Counter(key for page in pages for key in page.opened)
    return [key for key, count in counts.most_common() if count >= min(LEAST_OPENED, len(pages))]


def _first_openers(pages: Sequence[_Openings], able: Sequence[str]) -> Iterator[str]:
    """Of the keys that are able to, give those that open blocks, what stands above most of them first.

    In a block nothing opens another: headlines below a heading recur, too, where a site shows the same few often.
    """
    left = [{key: page.opened[key] for key in able if key in page.opened} for page in pages]
    while True:
        highest = [(page.first, min(opened.values())) for page, opened in zip(pages, left, strict=True) if opened]
        above = {key: sum(first.get(key, row + 1) <= row for first, row in highest) for key in able}
        key = max(able, key=above.__getitem__, default="")
        if not above.get(key):
            return
        yield key
        left = [
            {other: row for other, row in opened.items() if row < page.first.get(key, row + 1)}
            for page, opened in zip(pages, left, strict=True)
        ]


MOST_TOLD = 5
"""Lines that are quoted for one reason to leave them alone."""
LEAST_OPENED = 2
"""Pages on which a line must have a block of other lines under it."""


def _told(quotes: Sequence[str], why: str) -> str:
    more = f" and {len(quotes) - MOST_TOLD} more" if len(quotes) > MOST_TOLD else ""
    return f"{', '.join(quotes[:MOST_TOLD])}{more}: {why}"


def _pattern_of(places: Iterable[Place], *, date_group: bool = False) -> str:
    """Give a pattern for lines of one shape, or of some."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for place in places:
        kinds[place.key if place.is_kin else ""].append(place.text)
    patterns: dict[str, None] = {}
    for kind, lines in kinds.items():
        if kind and (pattern := kind_pattern(lines)):
            patterns[pattern] = None
            continue
        groups: dict[str, list[str]] = defaultdict(list)
        for line in lines:
            groups[shape(line)].append(line)
        patterns |= dict.fromkeys(pattern_of(some, date_group=date_group) for some in groups.values())
    return f"(?:{'|'.join(patterns)})" if len(patterns) > 1 else next(iter(patterns))


def _starts(place: Place) -> Iterator[str]:
    """Give the starts of a line that may be the same on other pages: a label, a word before a name or a path."""
    text = shape(place.text)
    if label := _COLON.match(text):
        yield label[0].casefold()
        return
    title = place.seen.title
    parts = _SEPARATOR.split(text)
    first = text.split(" ", 1)[0].casefold()
    if len(parts) > 1 and place.seen.zone(place.row) == "head" and DATE_MARK not in text:
        yield parts[0].casefold() + "\n"
    elif place.seen.zone(place.row) == "head" and " " in text:
        under = title is not None and 0 < place.row - title <= NEAR_TITLE
        if under or _is_byline(place) or DATE_MARK in text:
            yield first


def _is_signature(place: Place) -> bool:
    """Tell whether a line stands behind a standfirst that is long enough for prose, and so is not in the head."""
    seen, row = place
    first = seen.bounds[0]
    is_behind = seen.title is not None and first == seen.title + 1 and first < row <= first + NEAR_TITLE
    return is_behind and not seen.own[first + 1 : row + 1].any()


def _is_byline(place: Place) -> bool:
    return place.row in place.seen.page.rows("byline")


def _may_name(start: str, end: str, gaps: Sequence[str]) -> bool:
    """Tell whether a line that no word marks as a byline may be one: no label nor a figure is in it, and no "NW"."""
    is_short = all(gap.isupper() and len(gap) < LEAST_NAME for gap in gaps)
    return not (_COLON.match(start) or NUMBER_MARK in start + end or is_short)


def _is_marked(place: Place) -> bool:
    """Tell whether a phrase of a known family of noise marks a line."""
    return bool(place.seen.page.marked(*NOISE_FAMILIES)[place.row])


def _differ(places: Sequence[Place]) -> bool:
    """Tell whether most of these lines are on one page each: sponsors come again, and whom an article is about not."""
    times = Counter(place.text for place in places)
    return sum(times[place.text] > 1 for place in places) < REPEATED_SHARE * len(places)


def _is_furniture(place: Place) -> bool:
    """Tell whether a line is the page's by itself: a known phrase marks it, or most of it is a link."""
    return bool(place.seen.page.links[place.row] >= LINKED) or _is_marked(place)


def _is_plain_sentence(place: Place) -> bool:
    """Tell whether a line ends as a sentence does, and nothing about it is furniture: no known phrase, no link."""
    measures = place.seen.page.measures
    ends = measures.ends[place.row] and measures.words[place.row] >= SENTENCE_WORDS
    return bool(ends) and not _is_furniture(place)


def _is_plain_question(place: Place) -> bool:
    """Tell whether a line asks, and nothing about it is furniture: no known phrase, no link."""
    asks = place.seen.page.measures.words[place.row] >= FREE_WORDS and _QUESTION.search(place.text)
    return bool(asks) and not _is_furniture(place)


def _may_be_inside(places: Sequence[Place], start: str) -> bool:
    """Tell whether a label between paragraphs is the site's: known words, a link, or two words at least."""
    if any(_is_marked(place) or place.seen.page.links[place.row] > LABEL_SHARE for place in places):
        return True
    letters = _LETTER.findall(start)
    return len(start.split()) > 1 or (bool(letters) and all("\u2e80" <= char <= "\u9fff" for char in letters))


def _breadcrumb(start: str, gaps: Sequence[str]) -> str | None:
    """Give the pattern of a path, with its last section but one as a group."""
    found = regex.search(r"\s?([/>›»→|])\s?$", start)
    if found is None:
        return None
    mark = quoted(found[1])
    if all(found[0] in gap for gap in gaps):
        return rf"{quoted(start)}(?P<section>[^{mark}]{{1,40}}){quoted(found[0])}.{{1,300}}"
    if any(found[1] in gap for gap in gaps):
        return None
    return rf"{quoted(start)}(?P<section>[^{mark}.!?]{{1,40}})" if max(map(len, gaps)) <= 30 else None


def _with_date(affix: str, places: Sequence[Place]) -> str:
    """Give the pattern of a shape's end, with its first date as a group."""
    if DATE_MARK not in affix:
        return unmarked(affix)
    before, _, after = affix.partition(DATE_MARK)
    dates = [date for place in places if (date := date_in(place.text))]
    return f"{unmarked(before)}(?P<date>{date_pattern(dates)}){unmarked(after)}"
