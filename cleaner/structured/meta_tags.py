"""Reads meta elements: Open Graph, Twitter, Dublin Core, Highwire, Parse.ly, Sailthru, and names of no standard."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from selectolax.lexbor import LexborNode

from cleaner.structured.claims import Claims, Kind
from cleaner.structured.names import is_by, turned

LONGEST_CONTENT = 4_000
MOST = 600
"""Meta elements that are read; a page has 75 at the 95th percentile."""

TITLES = (
    *("og:title", "twitter:title", "citation_title", "parsely-title", "sailthru.title", "dc.title", "dcterms.title"),
    *("headline", "fb_title", "article:title", "cxenseparse:title", "title"),
)
AUTHORS = (
    *("citation_author", "citation_authors", "article:author_name", "parsely-author", "sailthru.author", "author"),
    *("dc.creator", "dcterms.creator", "dc.contributor", "article:author", "og:article:author", "cxenseparse:author"),
    *("byl", "byline", "creator", "authors", "article_author", "og:author", "mediator_author", "twitter:creator:name"),
)
CATALOGUED = frozenset({"citation_author", "dc.creator", "dcterms.creator", "dc.contributor"})
"""Names that hold one author each, the family name first."""
DATES = (
    *("article:published_time", "og:article:published_time", "citation_publication_date", "parsely-pub-date"),
    *("datepublished", "article.published", "og:published_time", "published_time", "publishdate", "publish-date"),
    *("publish_date", "pubdate", "date.published", "dc.date.issued", "dcterms.issued", "dcterms.created"),
    *(
        "dc.date.created",
        "dc.date.published",
        "cxenseparse:publishtime",
        "cxenseparse:recs:publishtime",
        "article:published",
    ),
    *("publication_date", "published-date", "article_date_original", "originalpublicationdate", "sailthru.date"),
    *("date", "dc.date", "dcterms.date", "citation_online_date", "citation_date", "article:create_time", "og:pubdate"),
    *(
        "release_date",
        "datecreated",
        "created",
        "article:post_date",
        "og:release_date",
        "ptime",
        "shareaholic:article_published_time",
    ),
)
MODIFIED = (
    *("article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified"),
    *("dc.date.modified", "last-modified", "article:modified", "revised", "lastmod", "modified_time"),
)
SITES = (
    "og:site_name",
    "application-name",
    "apple-mobile-web-app-title",
    "dc.publisher",
    "citation_journal_title",
    "og:site",
)
SECTIONS = (
    *("article:section", "og:article:section", "parsely-section", "sailthru.section", "cxenseparse:section", "section"),
    *("dc.subject", "articlesection"),
)
LANGUAGES = ("og:locale", "content-language", "dc.language", "dcterms.language", "language", "inlanguage")
URLS = ("og:url", "parsely-link", "twitter:url", "citation_abstract_html_url")
DESCRIPTIONS = ("description", "og:description", "twitter:description", "dc.description", "dcterms.description")
IMAGES = ("og:image", "og:image:secure_url", "og:image:url", "twitter:image", "twitter:image:src", "parsely-image-url")
_KEYS = ("property", "name", "http-equiv")
_KINDS: dict[str, Kind] = {"article": "article", "blog": "article", "product": "product", "og:product": "product"}


def names_and_values(metas: Sequence[LexborNode]) -> dict[str, list[str]]:
    """Give the content of all meta elements by name, in lower case, in the page's order."""
    found: dict[str, list[str]] = {}
    for node in metas[:MOST]:
        attributes = node.attributes
        content = attributes.get("content")
        if not content or content.isspace():
            continue
        for key in _KEYS:
            name = attributes.get(key)
            if name:
                found.setdefault(name.strip().lower(), []).append(content[:LONGEST_CONTENT])
                break
    return found


def read(meta: Mapping[str, Sequence[str]]) -> Claims:
    """Give what a page's meta elements claim."""
    kind = meta.get("og:type", ("",))[0].strip().lower()
    return Claims(
        titles=_all(meta, TITLES),
        authors=[_authors(meta, name) for name in AUTHORS if name in meta] + _labelled(meta),
        dates=_all(meta, DATES),
        modified=_all(meta, MODIFIED),
        sites=_all(meta, SITES),
        sections=_all(meta, SECTIONS),
        languages=_all(meta, LANGUAGES),
        urls=_all(meta, URLS),
        descriptions=_all(meta, DESCRIPTIONS),
        images=_all(meta, IMAGES),
        kind=_KINDS.get(kind, "product" if kind.startswith("product.") else None),
    )


def _authors(meta: Mapping[str, Sequence[str]], name: str) -> tuple[str, ...]:
    return tuple(map(turned, meta[name])) if name in CATALOGUED else tuple(meta[name])


def _labelled(meta: Mapping[str, Sequence[str]]) -> list[tuple[str, ...]]:
    """Give the author of the pairs of label and value that are shown beside a shared link."""
    pairs = (("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2"))
    return [tuple(meta[data][:1]) for label, data in pairs if data in meta and is_by(meta.get(label, ("",))[0])]


def _all(meta: Mapping[str, Sequence[str]], names: Sequence[str]) -> list[str]:
    """Give the first value of each of the names that the page has."""
    return [meta[name][0] for name in names if name in meta]
