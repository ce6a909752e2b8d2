"""Reads what a page shows of its author and date where its metadata say nothing: bylines, time elements.

Elements in comments, related articles, sidebars and footers are about something else and are left out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.dates import holds_year, iso_date
from cleaner.structured.elements import Elements
from cleaner.structured.names import is_by, opens_with_by
from cleaner.structured.plain_text import lines_of, text_of

MOST = 60
"""Elements of a sort that are looked at: the first ones stand nearest to the headline."""
MOST_LABELLED = 400
LONGEST = 120
"""Characters of a line that holds a byline or a date."""
ABOVE = 6
"""Elements around one that are looked at for what it stands in."""
NEIGHBOURHOOD = 1_200
"""Characters around the headline that are searched for a byline and a date."""
LINES_BEFORE, LINES_AFTER = 3, 10
_AUTHOR_LABELS = ("author", "byline")
_DATE_LABELS = ("date", "publish", "time", "byline")
_LABELLED = ", ".join(
    (
        "h1",
        *(f"[class*={label} i]" for label in dict.fromkeys(_AUTHOR_LABELS + _DATE_LABELS)),
        "a[href*='/author']",
    )
)
_POSTERS = (
    "[data-author]",
    (
        "[class*=username i], [class*=user-name i], [class*=author i], [class*=poster i], a[href*='/user'], "
        "a[href*='/u/'],"
        " a[href*='/profile/'], a[href*='/member'], a[href^='member']"
    ),
)
_ASIDE = regex.compile(
    r"comment|related|sidebar|widget|footer|avatar|(?:^|[-_ ])nav|menu|recommend|teaser|popular|latest",
    regex.IGNORECASE,
)
_ASIDES = frozenset({"aside", "footer", "nav"})
_MODIFIED = regex.compile(r"modif|updat|edit", regex.IGNORECASE)


class Shown:
    """What a page shows of its author and date. Nothing is looked for before it is asked for."""

    def __init__(self, tree: LexborHTMLParser, elements: Elements) -> None:
        self._tree = tree
        self._elements = elements

    def authors(self) -> Iterator[str]:
        """Give the bylines of a page, the surest first."""
        yield from _texts(self._elements.signed)
        yield from _signed_lines(self._around_headline)
        yield from _texts(node for node, label in self._labelled if any(word in label for word in _AUTHOR_LABELS))

    def posters(self) -> Iterator[str]:
        """Give the names on the posts of a thread."""
        first, second = (self._tree.css(selector) for selector in _POSTERS)
        yield from _texts(first)
        yield from _texts(self._elements.signed)
        yield from _texts(second)

    def dates(self) -> Iterator[str]:
        """Give the dates that a page shows: in time elements, in those named so, then around the headline.

        A time element that the lines around the headline do not have, where they have a date of their own, is of
        something else: a comment, another article.
        """
        published = (_MODIFIED.split(line, maxsplit=1)[0] for line in self._around_headline)
        near = list(filter(holds_year, published))
        if not self._has_time_near and any(map(iso_date, near)):
            yield from near
        yield from _dates(self._elements.times)
        yield from near
        yield from _dates(
            node for node, label in self._labelled if node.tag == "h1" or any(word in label for word in _DATE_LABELS)
        )

    @property
    def _has_time_near(self) -> bool:
        """Whether what a time element shows is said around the headline."""
        said = " ".join(self._around_headline)
        times = (node for node in self._elements.times[:MOST] if node.tag == "time")
        return any(text and text in said for text in (text_of(node, LONGEST) for node in times))

    @cached_property
    def _labelled(self) -> list[tuple[LexborNode, str]]:
        """Elements whose class, id or target names authors or dates, with these labels."""
        return [(node, _label(node)) for node in self._tree.css(_LABELLED)[:MOST_LABELLED]]

    @cached_property
    def _around_headline(self) -> list[str]:
        """Lines next to the first headline, from the smallest element around it that has enough of them."""
        if not self._elements.headings:
            return []
        headline = self._elements.headings[0]
        title, at = text_of(headline), headline.parent
        near: list[str] = []
        for _ in range(ABOVE):
            if at is None or at.tag in {"body", "html"}:
                break
            lines = lines_of(at, NEIGHBOURHOOD)
            if title not in lines:
                break
            place = lines.index(title)
            near = lines[place + 1 : place + LINES_AFTER] + lines[max(0, place - LINES_BEFORE) : place]
            if len(lines) > place + LINES_AFTER:
                break
            at = at.parent
        return [line for line in near if len(line) <= LONGEST]


def _label(node: LexborNode) -> str:
    attributes = node.attributes
    target = (attributes.get("href") or "") if node.tag == "a" else ""
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''} {target}".lower()


def _texts(nodes: Iterable[LexborNode]) -> Iterator[str]:
    for number, node in enumerate(nodes):
        if number == MOST:
            return
        if _stands_aside(node):
            continue
        attributes = node.attributes
        text = attributes.get("data-author") or attributes.get("content") or text_of(node, LONGEST * 2)
        if 0 < len(text) <= LONGEST:
            yield text


def _signed_lines(lines: Iterable[str]) -> Iterator[str]:
    """Give the lines that open with a word for authorship, and those behind a line that is only such a word."""
    open_line = False
    for line in lines:
        if open_line:
            yield line
        open_line = is_by(line)
        if not open_line and opens_with_by(line):
            yield line


def _dates(nodes: Iterable[LexborNode]) -> Iterator[str]:
    """Give the dates behind the headline first, then those before it from the nearest on."""
    before: list[str] = []
    below = False
    for number, node in enumerate(nodes):
        if number == MOST:
            break
        if node.tag == "h1":
            below = True
            continue
        text = _date_text(node)
        if text and below:
            yield text
        elif text:
            before.append(text)
    yield from reversed(before)


def _date_text(node: LexborNode) -> str | None:
    attributes = node.attributes
    if _MODIFIED.search(f"{attributes.get('class') or ''} {attributes.get('itemprop') or ''}") or _stands_aside(node):
        return None
    text = attributes.get("datetime") or attributes.get("content") or text_of(node, LONGEST * 2)
    text = _MODIFIED.split(text, maxsplit=1)[0] if len(text) <= LONGEST else ""
    return text if holds_year(text) else None


def _stands_aside(node: LexborNode) -> bool:
    """Tell whether an element stands in comments, related articles, a sidebar or a footer."""
    at: LexborNode | None = node
    for _ in range(ABOVE):
        if at is None or at.tag in {"body", "main", "article"}:
            return False
        if at.tag in _ASIDES and at is not node:
            return True
        attributes = at.attributes
        if _ASIDE.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
            return True
        at = at.parent
    return False
