"""The article's title, which stays: the line that the prose below belongs to.

Not a noise: this one proposes to keep. It takes the only first-level heading, or the line that the page's title
element names; else, in the head, the last marked heading of the highest level, or the line nearest to the prose
that is as long as titles are and is no phrase, date or list item; above the byline, if there is one. A path of
sections that ends in a line below it names that line.

It must not take a standfirst, a byline or a menu entry.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from cleaner.blocks.page import PROSE_LINKS, Page, once_a_page
from cleaner.dates import holds_date
from cleaner.heuristics._paths import parts_of
from cleaner.measures import Bools, rows_where
from cleaner.model import Capture, Keep

SHORTEST, LONGEST = 15.0, 220.0
"""Latin characters of a title: 91 % of the titles of the WCXB development split lie between."""
ANCHOR_BEFORE = 0.3
"""Share of the page's prose that may stand above a title that the page itself names."""
ANCHOR_WORDS = 3
SEPARATORS = "|-–—·•:»«/"
"""Marks that part a title from the name of the site."""
TITLE_WORDS = 4
SENTENCE_TITLE = 120.0
"""Latin characters of a title that ends as a sentence does."""
STANDFIRST_WORDS = 6
NEAR = 14
"""Rows above the prose that a title is looked for in where nothing marks it."""
LONGEST_DATE_LINE = 100.0
"""Latin characters of a line with the date of publication and an author."""
NEAR_PATH = 4
"""Rows above the title that the path to it stands in."""
_SEPARATOR = re.compile(r"\s[/›»>|→]\s")
_ASKING = re.compile(r"[?!\u037e？！؟]\W*$|[՜՞]")

SIGNATURES = ("byline", "dateline-label", "reading-widget", "share-bar", "caption-credit")
"""Phrases that stand under a title: what lies between them and the prose is a caption or a standfirst."""
NOT_TITLES = (
    "ad-label", "breadcrumb", "byline", "caption-credit", "comments", "cookie-consent", "counter", "form",
    "dateline-label", "legal", "login-prompt", "navigation", "newsletter", "pagination", "paywall", "powered-by",
    "promo", "reading-widget", "related-news", "share-bar", "shop", "source-trailer", "tag-list", "weather-index",
)  # fmt: skip


def propose(page: Page) -> Iterator[Keep | Capture]:
    """Propose to keep and capture the title."""
    row = find(page)
    if row is None:
        return
    under = row + 1
    if (
        under < len(page)
        and page.headings[row]
        and page.headings[under] > page.headings[row]
        and page.prose_before[under] == 0
    ):
        yield Keep((under,), "the subtitle")
    yield Keep((row,), "the title")
    if under < len(page) and _is_standfirst(page, under):
        yield Keep((under,), "the standfirst")
    yield Capture("title", page.visible[row], "the title")


def may_be_standfirsts(page: Page) -> Bools:
    """Tell which rows read as a standfirst does: a sentence, however short, and no link."""
    measures = page.measures
    return measures.ends & (measures.words >= STANDFIRST_WORDS) & (page.links < PROSE_LINKS)


def _is_standfirst(page: Page, row: int) -> bool:
    """Tell whether the line under the title is a sentence above all prose, and nothing else."""
    is_other = page.prose_before[row] > 0 or page.marked(*NOT_TITLES)[row] or page.repeated[row]
    return bool(may_be_standfirsts(page)[row] and not is_other)


@once_a_page
def anchor(page: Page) -> int | None:
    """Give the title's row where the page itself names it, prose above it or not.

    That is its only first-level heading, or the first line that the page's own title element (its first line)
    begins with. On the WCXB development split, 0.4 % and 2 % of such articles have content above it.
    """
    before = page.prose_before
    first = rows_where(page.headings == 1)
    if len(first) == 1 and before[first[0]] <= ANCHOR_BEFORE and page.measures.weight[first[0]] <= LONGEST:
        return int(first[0])
    if not len(page):
        return None
    opening = page.visible[0].casefold()
    chars = page.measures.chars
    able = (page.measures.words >= ANCHOR_WORDS) & (chars >= SHORTEST) & (chars <= min(len(opening), LONGEST))
    able &= (before <= ANCHOR_BEFORE) & ~page.measures.starts_low & (np.bincount(page.flows) == 1)[page.flows]
    able &= (chars < len(opening)) | (before == 0)  # below prose, the first line said again is an echo of it
    able[0] = False
    rows = rows_where(able).tolist()
    return next((row for row in rows if _opens(opening, page.visible[row].casefold())), None)


def _opens(opening: str, title: str) -> bool:
    """Tell whether a page's first line is the title, alone or with the site's name behind a separator."""
    rest = opening[len(title) :].lstrip()
    return opening.startswith(title) and (not rest or rest[0] in SEPARATORS)


@once_a_page
def find(page: Page) -> int | None:
    """Give the title's row, or None where the page has no prose or nothing above it reads as a title."""
    if not page.has_prose:
        return None
    anchored = anchor(page)
    if anchored is not None:
        return anchored
    end = page.head_end
    headings = page.headings[:end]
    fit = _fit(page, end)
    marked = rows_where((headings > 0) & (headings <= 2) & fit)
    if len(marked):
        highest = headings[marked].min()
        return int(marked[headings[marked] == highest][-1])
    candidates = rows_where(fit).tolist()
    for row in range(max(0, end - NEAR), end):
        led_to = _led_to(page, row)
        if led_to is not None and led_to < end and not _is_section(page, led_to, candidates):
            return led_to
    if not candidates:
        return _sentence_title(page, end)
    signed = rows_where(page.marked(*SIGNATURES)[max(0, end - NEAR) : end]) + max(0, end - NEAR)
    above = [row for row in candidates if len(signed) and row < signed[0]]
    candidates = above or candidates
    worded = [row for row in candidates if page.measures.words[row] >= TITLE_WORDS]
    best: int = (worded or candidates)[-1]
    if not _may_be_standfirst(page, best):
        return best
    dated = _above_date(page, best, worded)
    return dated if dated != best else _said_again(page, best, candidates)


def _may_be_standfirst(page: Page, row: int) -> bool:
    """Tell whether a line ends as a sentence does, and neither asks nor calls, as many titles do."""
    return bool(page.measures.ends[row]) and not _ASKING.search(page.visible[row])


def _above_date(page: Page, sentence: int, candidates: list[int]) -> int:
    """Give the title with a line for the date below it where a sentence, perhaps a standfirst, stands under both.

    Where several lines have a date below them, they are other stories.
    """
    months = page.marked("month")
    dated: list[int] = []
    for row in candidates:
        date = row + 1
        if date >= sentence or page.measures.ends[row] or page.measures.weight[date] > LONGEST_DATE_LINE:
            continue
        if holds_date(page.visible[date], bool(months[date])):
            dated.append(row)
    return dated[0] if len(dated) == 1 else sentence


def _said_again(page: Page, sentence: int, candidates: list[int]) -> int:
    """Give the line above a sentence that a path or a menu said before, as they say the title, else the sentence."""
    row = sentence - 1
    is_said = row in candidates and not page.measures.ends[row] and page.visible[row] in page.visible[:row]
    return row if is_said and page.measures.words[row] >= ANCHOR_WORDS else sentence


def _fit(page: Page, end: int) -> Bools:
    measures = page.measures
    fit = (measures.weight[:end] >= SHORTEST) & (measures.weight[:end] <= LONGEST)
    fit &= ~page.marked(*NOT_TITLES)[:end] & ~page.bullets[:end] & ~page.fenced[:end] & ~measures.starts_low[:end]
    fit &= (measures.letters[:end] > 0.5 * measures.chars[:end]) & (page.links[:end] < 0.5)
    fit[: max(0, end - NEAR)] &= page.headings[: max(0, end - NEAR)] > 0
    months = page.marked("month")
    for row in rows_where(fit).tolist():
        line = page.visible[row]
        if (
            "://" in line
            or len(parts_of(line, _SEPARATOR)) > 2
            or holds_date(line, bool(months[row]))
            or _led_to(page, row) is not None
        ):
            fit[row] = False
    return fit


def _led_to(page: Page, row: int) -> int | None:
    """Give the row that a path above it ends in, "Soups > Pea soup" in "Pea soup"; a short one right below it.

    Sections are shorter than titles: what ends "Title | Name of the site" is no title.
    """
    *path, last = parts_of(page.visible[row], _SEPARATOR)
    below = page.visible[row + 1 : row + 1 + NEAR_PATH]
    if not path or last not in below or max(map(len, path)) >= len(last):
        return None
    found = row + 1 + below.index(last)
    return found if found == row + 1 or page.measures.weight[found] >= SHORTEST else None


def _is_section(page: Page, row: int, candidates: list[int]) -> bool:
    """Tell whether the end of a path may be a section's name: a few words, with a longer line for the title below."""
    words = page.measures.words
    below = [it for it in candidates if it > row and words[it] >= TITLE_WORDS and not _may_be_standfirst(page, it)]
    return bool(words[row] < TITLE_WORDS and below)


def _sentence_title(page: Page, row: int) -> int | None:
    """Give the first prose row where it is a title that ends as a sentence: one line, then longer paragraphs."""
    measures = page.measures
    following = row + 1
    if following >= len(page) or not page.prose[following] or not page.gaps[following]:
        return None
    if holds_date(page.visible[row], False):
        return None
    short = measures.weight[row] <= SENTENCE_TITLE and measures.weight[following] >= 2 * measures.weight[row]
    return row if short and measures.stops[row] <= 1 and not measures.starts_low[row] else None
