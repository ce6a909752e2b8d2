"""A decoded document as rows: one for each line that is not blank, with what is known of it."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, wraps
from typing import Any, Literal, NamedTuple, TypeAlias, TypeVar

import numpy as np

from cleaner.blocks.dom import Dom, Span
from cleaner.blocks.lines import indent_of
from cleaner.measures import Bools, Floats, Ints, Measures, measure, rows_where
from cleaner.model import Markup
from cleaner.phrases import Lexicon, Rows

Zone: TypeAlias = Literal["head", "body", "tail"]
"""Where a row lies: before the first row of prose, after the last one, or between them."""

Found = TypeVar("Found")

PROSE_WEIGHT = 80.0
"""Latin characters from which a line that ends as a sentence is prose (jusText's length_low is 70)."""
LONG_PROSE_WEIGHT = 160.0
"""Latin characters from which a line with a sentence mark anywhere is prose (jusText's length_high is 200)."""
PROSE_WORDS = 8
WRAP_LEAST, WRAP_WIDTH = 45.0, 110.0
"""Latin characters of the lines of a text wrapped at a width: 65 to 100 are common, less the last word."""
QUOTING_WEIGHT = 180.0
"""Latin characters of a paragraph that may quote a notice: the notice itself is shorter."""
SHARE_WORDS = 84.0
"""Words of a line that count towards the page's share of prose: one huge line does not make an article."""
PROSE_LINKS = 0.5
"""Share of link text from which a line is a list of links (trafilatura and jusText: 0.2 to 0.8)."""
PROSE_LETTERS = 0.55
"""Share of letters below which a line is a table or code."""
BOILERPLATE_SENTENCES = ("cookie-consent", "legal", "newsletter", "comments", "login-prompt", "paywall")

NO_ROWS: Rows = np.zeros(0, np.int32)


class Untidy(NamedTuple):
    """Kinds of repair that a text may need inside its lines."""

    invisible: bool
    """It has characters without a shape."""
    escapes: bool
    """It is Markdown with backslashes."""
    decomposed: bool
    """It is not in Unicode's composed form (NFC)."""


@dataclass(frozen=True)
class Page:
    """A page as columns. Every front end makes one; rules and heuristics read it and change nothing.

    A row is a line that is not blank: a paragraph, a heading, a menu entry. Offsets point into ``text``.
    """

    text: str
    markup: Markup
    lines: list[str]
    """Each row as it stands, without the white space around it; never empty."""
    visible: list[str]
    """What a reader sees of each row: no bullets, no Markdown marks, no link targets."""
    starts: list[int]
    ends: list[int]
    gaps: Bools
    """A blank line, or the start of the page, comes before the row."""
    indents: Ints
    """Columns of white space before the row."""
    bullets: Bools
    """The row is marked as a list item."""
    headings: Ints
    """Level of a marked heading, 0 for none."""
    links: Floats
    """Share of the visible characters that are link text; 0 where the markup does not tell."""
    fenced: Bools
    """The row is code between fences, or a fence; always False in plain text."""
    measures: Measures
    lexicon: Lexicon | None = None
    """The word lists that mark rows."""
    dom: Dom | None = None
    """The rows' places in the tree of an HTML page."""
    held: Bools | None = None
    """Rows that stay whatever is proposed, since a rule keeps their element of the tree that is gone; None for none."""

    def __len__(self) -> int:
        return len(self.lines)

    @cached_property
    def joined(self) -> str:
        """The rows as one text, a line each: what patterns scan."""
        return "\n".join(self.lines)

    @cached_property
    def joined_starts(self) -> list[int]:
        """Where each row starts in :attr:`joined`."""
        lengths = np.fromiter(map(len, self.lines), np.int64, len(self))
        starts: list[int] = np.concatenate(([0], np.cumsum(lengths + 1)))[: len(self)].tolist()
        return starts

    def row_of(self, offset: int) -> int:
        """Give the row that an offset in :attr:`text` lies in, or the one before it."""
        return bisect_right(self.starts, offset) - 1

    def row_at(self, joined_offset: int) -> int:
        """Give the row that an offset in :attr:`joined` lies in."""
        return bisect_right(self.joined_starts, joined_offset) - 1

    def only(self, rows: Sequence[int], separators: Sequence[str], lines: Sequence[str] | None = None) -> Page:
        """Give the page that remains when other rows go: what reading the remaining text would give.

        ``lines`` is what the remaining rows read now, where some of them were mended.

        ``separators`` is the white space before each remaining row, of line breaks and indents. The measures
        are not taken again, so a second look at a page costs little. Markdown must stay recognisable as such.
        """
        chosen = np.asarray(rows, np.int64)
        before = [self.lines[row] for row in rows]
        changed = lines is not None and lines != before
        lines = list(lines) if lines is not None else before
        visible = lines if self.visible is self.lines else [self.visible[row] for row in rows]
        if changed:
            marks = (len(self.lines[row]) - len(self.visible[row]) for row in rows)
            visible = [line[mark:] or line for line, mark in zip(lines, marks, strict=True)]
        pieces = [piece for pair in zip(separators, lines, strict=True) for piece in pair]
        ends = np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)))[1::2]
        lengths = np.fromiter(map(len, lines), np.int64, len(lines))
        page = Page(
            text="".join(pieces),
            markup=self.markup,
            lines=lines,
            visible=visible,
            starts=(ends - lengths).tolist(),
            ends=ends.tolist(),
            gaps=np.fromiter(
                (not at or gap.count("\n") > 1 for at, gap in enumerate(separators)), np.bool_, len(lines)
            ),
            indents=np.fromiter(map(indent_of, separators), np.int64, len(lines)),
            bullets=self.bullets[chosen],
            headings=self.headings[chosen],
            links=self.links[chosen],
            fenced=self.fenced[chosen],
            measures=measure(visible) if changed else self.measures.select(chosen),
            lexicon=self.lexicon,
            dom=self.dom.only(chosen) if self.dom is not None else None,
            held=self.held[chosen] if self.held is not None else None,
        )
        if not changed:
            page.__dict__["untidy"] = self.untidy
        if "phrases" in self.__dict__ and not changed:
            page.__dict__["phrases"] = self._phrases_of(chosen)
        return page

    def _phrases_of(self, chosen: Ints) -> dict[str, Rows]:
        """Give the marks of some rows, by their new numbers."""
        places = np.full(len(self), -1, np.int32)
        places[chosen] = np.arange(len(chosen), dtype=np.int32)
        phrases: dict[str, Rows] = {}
        for family, marked in self.phrases.items():
            if len(marked):
                marked = places[marked]
                marked = marked[marked >= 0]
            phrases[family] = marked
        return phrases

    @cached_property
    def phrases(self) -> Mapping[str, Rows]:
        """For each family of phrases, the rows that it marks; code is not looked at."""
        if self.lexicon is None:
            return {}
        phrases = self.lexicon.match(self.visible)
        if self.fenced.any():
            phrases = {family: marked[~self.fenced[marked]] for family, marked in phrases.items()}
        return phrases

    def rows_in(self, span: Span) -> list[int]:
        """Give the rows that lie wholly in an element of the tree; none where the page has no tree."""
        if self.dom is None:
            return []
        starts, ends = self.dom.bounds
        return list(range(int(starts.searchsorted(span.start)), int(ends.searchsorted(span.end, "right"))))

    def rows_at(self, span: Span) -> list[int]:
        """Give the rows that have any of an element's text; none where the page has no tree."""
        if self.dom is None:
            return []
        starts, ends = self.dom.bounds
        rows: list[int] = rows_where((starts < span.end) & (ends > span.start)).tolist()
        return rows

    def text_in(self, span: Span) -> str:
        """Give the text of an element of the tree, without the marks of list items, which are no part of it."""
        if self.dom is None:
            return ""
        origins, text = self.dom.origins, self.dom.whole.text
        pieces, at = [], span.start
        for row in range(int(origins.searchsorted(span.start)), int(origins.searchsorted(span.end))):
            start = int(origins[row])
            pieces.append(text[at:start])
            at = start + len(self.lines[row]) - len(self.visible[row])
        return " ".join("".join([*pieces, text[at : span.end]]).split())

    def inside(self, span: Span) -> tuple[int, int] | None:
        """Give where an element lies that is part of one row, in offsets of :attr:`text`; else None."""
        if self.dom is None or span.start == span.end:
            return None
        starts, ends = self.dom.bounds
        row = int(starts.searchsorted(span.start, "right")) - 1
        if row < 0 or span.end > ends[row] or (span.start, span.end) == (starts[row], ends[row]):
            return None
        if self.ends[row] - self.starts[row] != ends[row] - starts[row]:
            return None  # the row was changed since
        shift = self.starts[row] - int(starts[row])
        return span.start + shift, span.end + shift

    @cached_property
    def flows(self) -> Ints:
        """The paragraph of each row, numbered: scrapers break one into lines, at its links or at a width.

        A row goes on from the row above where no blank line parts them and it starts in lower case or with a
        joining mark, or where both are no longer than a text wrapped at a width has them and the row above is long
        for that and does not end as a sentence.
        """
        if self.dom is not None:
            follows = np.diff(self.dom.numbers, prepend=-1) == 1
            return np.cumsum(~(self.dom.continues & follows)) - 1
        measures = self.measures
        goes_on = np.zeros(len(self), np.bool_)
        wrapped = (measures.weight[:-1] >= WRAP_LEAST) & (measures.weight <= WRAP_WIDTH)[:-1]
        open_end = wrapped & (measures.weight[1:] <= WRAP_WIDTH) & ~measures.ends[:-1]
        plain = ~self.bullets[1:] & (self.headings[1:] == 0) & (self.headings[:-1] == 0)
        goes_on[1:] = ~self.gaps[1:] & (measures.starts_low[1:] | open_end) & plain
        return np.cumsum(~goes_on) - 1

    @cached_property
    def prose(self) -> Bools:
        """Rows that read as prose: of a paragraph that is long, mostly not link, and has the marks of sentences.

        Rows that a phrase of consent, of law or of a form marks are boilerplate in sentences, not prose, but for
        a long paragraph beside another, which quotes it.
        """
        measures, flow = self.measures, self.flows
        weight = np.bincount(flow, measures.weight)
        linked = np.bincount(flow, measures.weight * self.links)
        letters = np.bincount(flow, measures.letters)
        chars = np.bincount(flow, measures.chars)
        last = np.concatenate((np.diff(flow) > 0, [True]))[: len(self)]
        ends = np.bincount(flow, measures.ends & last) > 0
        prose = (ends & (weight >= PROSE_WEIGHT)) | (
            (weight >= LONG_PROSE_WEIGHT) & (np.bincount(flow, measures.stops) > 0)
        )
        prose &= (linked < PROSE_LINKS * weight) & (np.bincount(flow, measures.words) >= PROSE_WORDS)
        prose &= letters >= PROSE_LETTERS * chars
        rows = prose[flow] & ~self.fenced
        marked = rows & self.marked(*BOILERPLATE_SENTENCES)
        if marked.any():
            sound = rows & ~marked
            beside = np.zeros(len(self), np.bool_)
            beside[1:] = sound[:-1]
            beside[:-1] |= sound[1:]
            rows &= ~marked | (beside & (measures.weight >= QUOTING_WEIGHT))
        return rows

    @cached_property
    def prose_rows(self) -> Ints:
        """The numbers of the prose rows."""
        return rows_where(self.prose)

    @cached_property
    def has_prose(self) -> bool:
        """Whether any row is prose."""
        return len(self.prose_rows) > 0

    @cached_property
    def head_end(self) -> int:
        """Rows before this one lie before the first prose row; 0 on a page without prose."""
        return int(self.prose_rows[0]) if self.has_prose else 0

    @cached_property
    def tail_start(self) -> int:
        """Rows from this one on lie after the last prose row; the page's length where there is no prose."""
        return int(self.prose_rows[-1]) + 1 if self.has_prose else len(self)

    def zone(self, row: int) -> Zone:
        """Tell where a row lies, seen from the prose; on a page without prose all lie in the body."""
        return "head" if row < self.head_end else "tail" if row >= self.tail_start else "body"

    @cached_property
    def prose_weight(self) -> float:
        """The length of all prose, in Latin characters."""
        return float(self.measures.weight[self.prose].sum())

    @cached_property
    def prose_before(self) -> Floats:
        """The share of the page's prose that stands above each row; 0 on a page without prose."""
        weight = self.measures.weight * self.prose
        total = np.cumsum(weight)
        return np.asarray((total - weight) / max(1.0, float(total[-1]) if len(total) else 1.0), np.float64)

    @cached_property
    def prose_share(self) -> float:
        """The share of the page's words that stand in prose; of a line, at most :data:`SHARE_WORDS` count."""
        words = np.minimum(self.measures.words, SHARE_WORDS)
        total = float(words.sum())
        return float(words[self.prose].sum()) / total if total else 0.0

    @cached_property
    def repeated(self) -> Bools:
        """Rows that stand on the page more than once, but for the rows of tables."""
        again = {line for line, count in Counter(self.visible).items() if count > 1 and not line.startswith("|")}
        if not again:
            return np.zeros(len(self), np.bool_)
        return np.fromiter((line in again for line in self.visible), np.bool_, len(self)) & ~self.fenced

    def rows(self, family: str) -> Rows:
        """Give the rows that a family of phrases marks."""
        return self.phrases.get(family, NO_ROWS)

    def marked(self, *families: str) -> Bools:
        """Tell for each row whether one of these families of phrases marks it."""
        known = self._marked.get(families)
        if known is None:
            known = np.zeros(len(self), np.bool_)
            rows = [found for family in families if len(found := self.phrases.get(family, NO_ROWS))]
            if rows:
                known[np.concatenate(rows)] = True
            known.flags.writeable = False
            self._marked[families] = known
        return known

    @cached_property
    def _marked(self) -> dict[tuple[str, ...], Bools]:
        return {}

    @cached_property
    def untidy(self) -> Untidy:
        """What kinds of repair inside lines the text may need; pages cut from this one need no others."""
        text = self.text
        return Untidy(
            invisible=bool(self.measures.shapeless.any()),
            escapes=self.markup == "markdown" and "\\" in text,
            decomposed=not unicodedata.is_normalized("NFC", text),
        )

    @cached_property
    def memo(self) -> dict[object, Any]:
        """What functions of this page have found out, by function."""
        return {}


def once_a_page(look: Callable[[Page], Found]) -> Callable[[Page], Found]:
    """Make a function of a page remember its answer as long as the page lives."""

    @wraps(look)
    def remembering(page: Page) -> Found:
        memo = page.memo
        if look not in memo:
            memo[look] = look(page)
        found: Found = memo[look]
        return found

    return remembering
