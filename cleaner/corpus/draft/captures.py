"""Makes captures for HTML pages: of the date, the author and the section, off the elements around the headlines."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

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
from cleaner.corpus.draft.slots import LONGEST, SHARE, SIGNING, Slot, around, elements, slots
from cleaner.dates import iso_date
from cleaner.model import Field
from cleaner.rules.values import Value
from cleaner.structured.names import by_label

MENU_SHARE = 0.5
"""Share of the sections that must be in the menu, too: it seldom has all."""
LEAST_DATES = 0.3
"""Dates of publication, as a share of the pages, that must differ: today's date is the same on all."""
SENTENCE_WORDS = 6
"""Words from which a text that ends as a sentence is one, and says when something happened."""
LONGEST_SECTION = 40
MOST_ALIKE = 0.7
"""Share of the pages that may be of one section."""
MOST_NAMES = 3
"""Authors of one article, of whose names a pattern is made."""
_NO_NAME = regex.compile(r"\s*[^\s\p{L}\p{M}'’.-]|\s+\p{Ll}")
"""What no name goes on with: a mark, a number, a word in small letters."""
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
            yield from islice(filter(None, map(self._author, found)), 1)
        yield from self._section(found)

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
        is_named = not SIGNING.isdisjoint(label_words(slot.selector))
        if not (is_named or self._is_signed(slot) or self._leads_to_authors(slot)):
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
            found += bool(page.marked("byline")[page.rows_at(span)[0]])
        return found >= SHARE * len(slot.spans)

    def _leads_to_authors(self, slot: Slot) -> bool:
        """Tell whether most of these elements are links to pages of authors: ``/autor/eva-moll``."""
        found = 0
        for number in slot.spans:
            dom = self._pages[number].page.dom
            node = dom.tree.css_first(slot.selector) if dom is not None else None
            target = (node.attributes.get("href") or "") if node is not None else ""
            found += not SIGNING.isdisjoint(label_words(target))
        return found >= SHARE * len(slot.spans)

    @staticmethod
    def _are_together(seen: Observed, selector: str) -> bool:
        """Tell whether the elements of a page are one, or few around the headline, and all of them names."""
        found = elements(seen, selector)
        first, end = around(seen)
        texts = [_JOINT.sub(" ", shape(seen.page.text_in(span))) for span in found]
        if len(texts) > 1 and names_pattern(texts, MOST_NAMES * MOST_NAME_WORDS) is None:
            return False
        return len(found) <= 1 or (len(found) <= MOST_NAMES and first <= found[0].start and found[-1].end <= end)

    # --- sections ----------------------------------------------------------------------------------------------

    def _section(self, found: Sequence[Slot]) -> Iterator[Sketch]:
        """Choose the slot that tells most sections apart."""
        able = [slot for slot in found if self._holds_sections(slot)]
        if able:
            slot = max(able, key=lambda slot: len(set(slot.texts.values())))  # of several, the first
            yield self._capture("section", "The section.", slot, {"field": "section"}, "section")

    def _holds_sections(self, slot: Slot) -> bool:
        """Tell whether texts are of the menu, and none is there nearly always, as an entry of the menu itself is."""
        texts = Counter(text.casefold() for text in slot.texts.values())
        in_menu = sum(count for text, count in texts.items() if text in self._menu)
        most = max(texts.values()) / texts.total()
        return max(map(len, texts)) <= LONGEST_SECTION and most <= MOST_ALIKE and in_menu >= MENU_SHARE * texts.total()

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
            for row in page.rows_at(span):
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
    before, gaps, after = around_names(texts)
    longest = MOST_NAMES * MOST_NAME_WORDS
    if names_pattern([_JOINT.sub(" ", gap) for gap in gaps], longest) is None:
        return None
    if not before and not after:
        return {"field": "author"}
    names = names_pattern(gaps, longest) or gap_pattern(gaps)
    pattern = f"^{before}(?P<author>{names}){after}$"
    return {"pattern": pattern} if all(regex.search(pattern, text) for text in texts) else None


def _name_and_date(texts: Sequence[str], dates: Sequence[str]) -> str | None:
    """Give a pattern for lines that have a name, with words before it, and a date behind it."""
    signed = [text.partition(date)[0] for text, date in zip(texts, dates, strict=True)]
    if not all(signed) or len(set(signed)) < 2:
        return None
    before, gaps, after = around_names(signed)
    names = names_pattern(gaps)
    if names is None or not before or not after.strip():
        return None
    pattern = f"{before}(?P<author>{names}){after}(?P<date>{date_pattern(dates)})"
    return pattern if all(regex.search(pattern, text) for text in texts) else None


def around_names(texts: Sequence[str]) -> tuple[str, list[str], str]:
    """Give the pattern of what stands before names, the names, and the pattern of what stands behind them.

    What several names have in common, as a first name, is no part of what stands around them.
    """
    labels = [by_label(text) for text in texts]
    rests = [text[len(label) :] for text, label in zip(texts, labels, strict=True)]
    said = "|".join(dict.fromkeys(unmarked(label) for label in sorted(filter(None, labels))))
    before = said and (f"(?:{said})" if "|" in said else said)
    if said and not all(labels):
        before = f"(?:{said})?"
    start, end = affixes(rests) if len(set(rests)) > 1 else ("", "")
    shapes = list(map(shape, rests))
    end = end if _NO_NAME.match(end) else _after_a_word(end)
    while _ends_in_a_name(start) and any(len(text[len(start) : len(text) - len(end)].split()) < 2 for text in shapes):
        start = start.rstrip().rpartition(" ")[0]
        start += " " * bool(start)
    gaps = [text[len(start) : len(text) - len(end)] for text in shapes]
    return before + unmarked(start), gaps, unmarked(end)


def _ends_in_a_name(start: str) -> bool:
    """Tell whether the last word of what several texts begin with may be the first of a name."""
    *_, last = start.split() or [""]
    return last[:1].isupper() and last[-1:].isalpha()


def _after_a_word(end: str) -> str:
    """Give what stands behind the words that an end begins with: ", reporter" of " Moll, reporter"."""
    found = _NO_NAME.search(end)
    return end[found.start() :] if found else ""


def _menu(pages: Sequence[Observed]) -> frozenset[str]:
    """Give what the links say that stand on most pages."""
    counts: Counter[str] = Counter()
    for seen in pages:
        assert seen.page.dom is not None
        tree = seen.page.dom.whole
        spans = (tree.span_of_pieces(first, end) for first, end, _ in tree.anchors)
        counts.update({seen.page.text_in(span).casefold() for span in spans})
    return frozenset(text for text, count in counts.items() if text and count >= SHARE * len(pages))
