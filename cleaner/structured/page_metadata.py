"""Puts together what the sources on a page say of it.

Sources that are meant for machines come first; among them the one that is about the page's main entity alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from urllib.parse import urljoin, urlsplit

import regex
from selectolax.lexbor import LexborHTMLParser

from cleaner.structured import json_ld, meta_tags, microdata
from cleaner.structured.bylines import Shown
from cleaner.structured.claims import Claims, Kind
from cleaner.structured.elements import Elements, gather
from cleaner.structured.languages import language_code
from cleaner.structured.names import best_authors, is_person, shown_authors
from cleaner.structured.plain_text import line_of, strip_markup, text_of, tidy
from cleaner.structured.published import date_of_url, first_date, latest
from cleaner.structured.titles import LONGEST_SITE, best_title

MOST_HEADINGS = 8
LONGEST_URL = 2_000
_UNSIGNED = frozenset({"product", "listing"})
"""Kinds of pages on which a name shown is a reviewer's, or that of one article among many."""

_THREAD = regex.compile(
    r"[/.](?:forums?|community|discuss|discourse|boards?)[./]"
    r"|/(?:threads?|topics?|viewtopic|showthread|questions?|discussions?|t|d)(?:[/.?]|-\d)"
)
"""Addresses of threads, which name posters by one word."""


@dataclass(frozen=True, slots=True)
class PageMetadata:
    """What a page says of itself. Dates are ISO 8601, in the local time that the page gives."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    date: str | None = None
    modified: str | None = None
    site_name: str | None = None
    section: str | None = None
    language: str | None = None
    """ISO 639-1 code."""
    url: str | None = None
    """The canonical address: absolute, http or https."""
    description: str | None = None
    image: str | None = None
    body: str | None = None
    """The article's or product's text as JSON-LD or microdata hold it, for pages that scripts would fill."""
    kind: Kind | None = None


def read(tree: LexborHTMLParser, *, today: datetime.date | None = None) -> PageMetadata:
    """Read a page's metadata. Dates after ``today`` (else, by the clock) are none."""
    elements = gather(tree)
    meta = meta_tags.read(meta_tags.names_and_values(elements.metas))
    element = text_of(elements.titles[0]) if elements.titles else None
    headings = [text_of(node) for node in elements.headings[:MOST_HEADINGS]]
    url = _url(elements, meta)
    scripts = [node.text() for node in elements.scripts]
    own = tuple(title.casefold() for title in (*meta.titles, element, *headings) if title)
    linked = json_ld.read(scripts, json_ld.PageIdentity(url, own))
    items = microdata.read(elements.items)
    sources = (linked, meta, items)
    url = url or _first_url(linked.urls, None)
    sites = [line_of(site) for source in (meta, linked) for site in source.sites]
    titles = [*linked.titles, *meta.titles, *items.titles]
    tag = _tag(tree)
    shown = Shown(tree, elements)
    last = latest(today)
    path = urlsplit(url).path if url else ""
    kind: Kind | None = linked.kind or items.kind or meta.kind
    body = linked.body or items.body
    return PageMetadata(
        title=best_title(titles, element, headings, [*sites, *_hosts(url)], path, _subheadings(tree)) or None,
        authors=_authors(shown, sources, sites, kind, url),
        date=_date(shown, sources, url, last, tag, kind),
        modified=first_date(chain.from_iterable(source.modified for source in sources), last),
        site_name=next((site for site in sites if 0 < len(site.split()) <= LONGEST_SITE), None),
        section=_line(sources, "sections"),
        language=_language(tag, sources),
        url=url,
        description=_line((meta, linked, items), "descriptions"),
        image=_first_url([*meta.images, *linked.images, *items.images], url),
        body=(strip_markup(body) or None) if body else None,
        kind=kind,
    )


def _subheadings(tree: LexborHTMLParser) -> Iterator[str]:
    """Give the headings of the second level; the page is searched when the first is asked for."""
    yield from map(text_of, tree.css("h2")[:MOST_HEADINGS])


def _url(elements: Elements, meta: Claims) -> str | None:
    canonical = [node.attributes.get("href") or "" for node in elements.canonicals[:1]]
    shared = _first_url(meta.urls, None)
    return _first_url(canonical, shared) or shared


def _first_url(values: Iterable[str], base: str | None) -> str | None:
    """Give the first of the values that is, beside ``base``, an absolute address on the web."""
    for value in values:
        try:
            url = urljoin(base or "", tidy(value[:LONGEST_URL]).replace(" ", "%20"))
            parts = urlsplit(url)
            if parts.scheme in {"http", "https"} and parts.hostname and "." in parts.hostname:
                return url
        except ValueError:
            continue
    return None


def _hosts(url: str | None) -> list[str]:
    """Give the names that a site's host may stand for: the host, and its longest label."""
    host = (urlsplit(url).hostname or "") if url else ""
    host = host.removeprefix("www.")
    labels = host.split(".")[:-1]
    return [host, max(labels, key=len)] if labels else []


def _authors(
    shown: Shown, sources: Sequence[Claims], sites: Sequence[str], kind: Kind | None, url: str | None
) -> tuple[str, ...]:
    named = best_authors([group for source in sources for group in source.authors], sites)
    if (named and any(map(is_person, named))) or kind in _UNSIGNED or _is_home(url):
        return named
    thread = kind == "forum" or bool(url and _THREAD.search(url))
    bylines = shown.posters() if thread else shown.authors()
    return shown_authors(bylines, sites, thread=thread) or named


def _date(
    shown: Shown, sources: Sequence[Claims], url: str | None, last: str, tag: str | None, kind: Kind | None
) -> str | None:
    found = first_date(chain.from_iterable(source.dates for source in sources), last)
    if found is None and kind not in _UNSIGNED and not _is_home(url):
        found = first_date(shown.dates(), last, tag)
    return found or (date_of_url(url, last) if url else None)


def _is_home(url: str | None) -> bool:
    return url is not None and urlsplit(url).path in {"", "/"}


def _tag(tree: LexborHTMLParser) -> str | None:
    """Give the language tag of the page's root."""
    attributes = tree.root.attributes if tree.root is not None else {}
    return attributes.get("lang") or attributes.get("xml:lang")


def _language(tag: str | None, sources: Sequence[Claims]) -> str | None:
    claimed = chain.from_iterable(source.languages for source in sources)
    return next(filter(None, map(language_code, chain((tag or "",), claimed))), None)


def _line(sources: Sequence[Claims], name: str) -> str | None:
    lines = (line_of(value) for source in sources for value in getattr(source, name))
    return next(filter(None, lines), None)
