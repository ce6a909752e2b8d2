"""Makes captures for HTML pages: of the date, the author and the section, off the elements around the headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence

import numpy as np
import regex

from cleaner.blocks.dom import label_words
from cleaner.corpus.draft.observed import Observed, Rows
from cleaner.corpus.draft.shapes import (
    MOST_NAME_WORDS,
    SENTENCE_ENDS,
    affixes,
    date_in,
    date_pattern,
    gap_pattern,
    names_pattern,
    shape,
    unmarked,
)
from cleaner.corpus.draft.sketch import Sketch
from cleaner.corpus.draft.slots import LONGEST, SHARE, Slot, around, elements, slots
from cleaner.dates import iso_date
from cleaner.measures import rows_where
from cleaner.model import Field
from cleaner.rules.values import Value
from cleaner.structured.names import opens_with_by

MENU_SHARE = 0.5
"""Share of the sections that must be in the menu, too: it seldom has all."""
LEAST_DATES = 0.3
"""Dates of publication, as a share of the pages, that must differ: today's date is the same on all."""
SENTENCE_WORDS = 6
"""Words from which a text that ends as a sentence is one, and says when something happened."""
LONGEST_SECTION = 40
MOST_NAMES = 3
"""Authors of one article, of whose names a pattern is made."""
SIGNING = frozenset(("author", "authors", "autor", "autoren", "auteur", "autore", "byline", "avtor", "yazar"))
"""Words of class names that say whose name an element holds."""
_JOINT = regex.compile(r"\s*[,;&/|]\s*")


class Captures:
    """Finds the captures of one site."""

    def __init__(self, pages: Sequence[Observed]) -> None:
        self._pages = pages
        self._menu = _menu(pages)
        self.signatures: Rows = {number: np.zeros(len(seen.page), np.bool_) for number, seen in enumerate(pages)}
        """Rows with an author or a date of publication, and what stands beside it."""
        self.alone: list[str] = []
        """Selectors of elements that are lines of their own."""

    def find(self) -> Iterator[Sketch]:
        """Give a capture for each of date, author and section that is found."""
        found = slots(self._pages)
        dated = self._dated(found)
        if dated is not None:
            yield dated
        if dated is None or "author" not in dated.fields:
            yield from self._first(found, self._author)
        yield from self._first(found, self._section)

    @staticmethod
    def _first(found: Sequence[Slot], make: Callable[[Slot], Sketch | None]) -> Iterator[Sketch]:
        for slot in found:
            if (sketch := make(slot)) is not None:
                yield sketch
                return

    # --- dates -------------------------------------------------------------------------------------------------

    def _dated(self, found: Sequence[Slot]) -> Sketch | None:
        """Choose the slot whose dates are those that the cleaner finds without it, wherever it finds any."""
        able = [(self._agreement(slot), slot) for slot in found if _holds_dates(slot)]
        best = max((agreement for agreement, _ in able), default=None)
        if best is None or best < SHARE:
            return None
        slot = next(slot for agreement, slot in able if agreement == best)
        texts = list(slot.texts.values())
        dates = [date for text in texts if (date := date_in(text))]
        both = _name_and_date(texts, dates)
        if both is not None:
            about = "The name of the author and the date of publication."
            return self._capture("byline", about, slot, {"pattern": both}, "author", "date")
        value = {"field": "date"}
        if [_day(text) for text in texts] != [_day(date) for date in dates]:  # another date stands before it
            value = {"pattern": f"(?P<date>{date_pattern(dates)})"}
        return self._capture("date", "The date of publication.", slot, value, "date")

    def _agreement(self, slot: Slot) -> float:
        """Give the share of pages on which a slot's date is the one that is known; those to the minute count more."""
        days = minutes = known = 0
        for number, text in slot.texts.items():
            document = self._pages[number].document
            if document is None or document.date is None:
                continue
            date = iso_date(text, document.language) or ""
            known += 1
            days += date[:10] == document.date[:10]
            minutes += date[:16] == document.date[:16] if "T" in document.date else "T" in date
        if not known:
            return SHARE
        return (days + minutes / 100) / known

    # --- authors -----------------------------------------------------------------------------------------------

    def _author(self, slot: Slot) -> Sketch | None:
        texts = list(slot.texts.values())
        if any(map(date_in, texts)) or max(map(len, texts)) > LONGEST or len(set(texts)) < 2:
            return None
        if not self._is_signed(slot) and SIGNING.isdisjoint(label_words(slot.selector)):
            return None
        value = _author_value(texts)
        if value is None or not all(self._are_together(seen, slot.selector) for seen in self._pages):
            return None  # all that it matches are authors: those of comments are not
        return self._capture("author", "The name of the author.", slot, value, "author")

    def _is_signed(self, slot: Slot) -> bool:
        """Tell whether a phrase for bylines stands in the rows of most of these elements."""
        found = 0
        for number, span in slot.spans.items():
            page = self._pages[number].page
            assert page.dom is not None
            row = int(page.dom.origins.searchsorted(span.start, "right")) - 1
            found += bool(page.marked("byline")[row])
        return found >= SHARE * len(slot.spans)

    @staticmethod
    def _are_together(seen: Observed, selector: str) -> bool:
        """Tell whether the elements of a page are one, or few around the headline."""
        found = elements(seen, selector)
        first, end = around(seen)
        return len(found) <= 1 or (len(found) <= MOST_NAMES and first <= found[0].start and found[-1].end <= end)

    # --- sections ----------------------------------------------------------------------------------------------

    def _section(self, slot: Slot) -> Sketch | None:
        texts = [text.casefold() for text in slot.texts.values()]
        in_menu = sum(text in self._menu for text in texts)
        if max(map(len, texts)) > LONGEST_SECTION or len(set(texts)) < 2 or in_menu < MENU_SHARE * len(texts):
            return None
        return self._capture("section", "The section.", slot, {"field": "section"}, "section")

    # --- what they become --------------------------------------------------------------------------------------

    def _capture(self, name: str, about: str, slot: Slot, value: Mapping[str, Value], *fields: Field) -> Sketch:
        keys: dict[str, Value] = {"css": [slot.selector], **value}
        is_alone = not any(self._pages[number].page.inside(span) for number, span in slot.spans.items())
        if is_alone:
            self.alone.append(slot.selector)
        if is_alone or "section" not in fields:
            keys["drop"] = True
        if "section" not in fields:
            self._sign(slot)
        return Sketch("capture", name, about, keys, pages=len(slot.texts), fields=frozenset(fields))

    def _sign(self, slot: Slot) -> None:
        """Note the rows of a slot, but for those that say more than who and when."""
        for number, span in slot.spans.items():
            page = self._pages[number].page
            assert page.dom is not None
            starts, ends = page.dom.bounds
            for row in rows_where((starts < span.end) & (ends > span.start)).tolist():
                if len(page.visible[row]) <= LONGEST and not _is_sentence(page.visible[row]):
                    self.signatures[number][row] = True


def _holds_dates(slot: Slot) -> bool:
    """Tell whether each text of a slot has a date, and is no sentence; one date on all pages is today's."""
    texts = list(slot.texts.values())
    if max(map(len, texts)) > LONGEST or any(map(_is_sentence, texts)):
        return False
    dates = [date_in(text) for text in texts]
    return all(dates) and len(set(dates)) >= max(2, LEAST_DATES * len(dates))


def _day(text: str) -> str:
    return (iso_date(text) or "")[:10]


def _is_sentence(text: str) -> bool:
    return text.endswith(tuple(SENTENCE_ENDS)) and len(text.split()) >= SENTENCE_WORDS


def _author_value(texts: Sequence[str]) -> dict[str, str] | None:
    """Say how names are read off these texts, or None where they are none."""
    signed = [text for text in texts if opens_with_by(text)]
    before = ""
    if 0 < len(signed) < len(texts):  # "Von Eva Moll", and elsewhere "Eva Moll"
        before = affixes(signed)[0] if len(set(signed)) > 1 else f"{signed[0].split()[0]} "
        texts = [text.removeprefix(before) for text in texts]
    start, end = affixes(texts)
    gaps = [text[len(start) : len(text) - len(end)] for text in map(shape, texts)]
    longest = MOST_NAMES * MOST_NAME_WORDS
    if names_pattern([_JOINT.sub(" ", gap) for gap in gaps], longest) is None:
        return None
    if not (before or start.strip() or end.strip()):
        return {"field": "author"}
    names = names_pattern(gaps, longest) or gap_pattern(gaps)
    optional = f"(?:{unmarked(before)})?" if before else ""
    pattern = f"^{optional}{unmarked(start)}(?P<author>{names}){unmarked(end)}$"
    return {"pattern": pattern} if all(regex.search(pattern, text) for text in texts) else None


def _name_and_date(texts: Sequence[str], dates: Sequence[str]) -> str | None:
    """Give a pattern for lines that have a name, with words before it, and a date behind it."""
    signed = [text.partition(date)[0] for text, date in zip(texts, dates, strict=True)]
    if not all(signed) or len(set(signed)) < 2:
        return None
    start, end = affixes(signed)
    names = names_pattern([text[len(start) : len(text) - len(end)] for text in map(shape, signed)])
    if names is None or not start.strip() or not end.strip():
        return None
    pattern = f"{unmarked(start)}(?P<author>{names}){unmarked(end)}(?P<date>{date_pattern(dates)})"
    return pattern if all(regex.search(pattern, text) for text in texts) else None


def _menu(pages: Sequence[Observed]) -> frozenset[str]:
    """Give what the links say that stand on most pages."""
    counts: Counter[str] = Counter()
    for seen in pages:
        assert seen.page.dom is not None
        tree = seen.page.dom.whole
        spans = (tree.span_of_pieces(first, end) for first, end, _ in tree.anchors)
        counts.update({seen.page.text_in(span).casefold() for span in spans})
    return frozenset(text for text, count in counts.items() if text and count >= SHARE * len(pages))
