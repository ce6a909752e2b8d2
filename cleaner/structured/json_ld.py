"""Reads JSON-LD: finds the node that is the page's main entity, and what it claims."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias
from urllib.parse import urlsplit

from cleaner.structured.claims import KINDS, Claims
from cleaner.structured.json_repair import loads
from cleaner.structured.plain_text import line_of
from cleaner.structured.word_lists import words

Node: TypeAlias = Mapping[str, Any]

LONGEST_SCRIPTS = 2_000_000
"""Characters of all scripts of a page that are read."""
MOST_NODES = 3_000
"""Nodes that are looked at: shops list every variant of every product."""
DEEPEST = 5
_ENTRIES = ("@graph", "mainEntity", "mainEntityOfPage", "@list", "hasVariant")
"""Keys whose values may be the page's main entity; what hangs on other keys is about something else."""
_PAGES = words("""
    webpage itempage aboutpage medicalwebpage faqpage contactpage profilepage checkoutpage collectionpage qapage
""")
_OPEN_LISTS = frozenset({"faqpage", "itemlist", "breadcrumblist"})
"""Types whose entries are parts, never the page's main entity."""
_ORGANISATIONS = words("website organization newsmediaorganization corporation onlinestore")
WEIGHTS = {"article": 4.0, "forum": 4.0, "product": 3.0, "listing": 1.5}
PAGE_WEIGHT = 1.0
SAME_URL, OTHER_URL, SAME_TITLE = 3.0, -2.5, 3.0
SHORT = 10
"""Characters of a title that stands in others by chance."""
FEW_ALIKE = 2
"""Nodes of one kind of which the first is taken unseen; of more, one must have the page's URL or title."""


@dataclass(frozen=True, slots=True)
class PageIdentity:
    """What tells the main entity from the others: the page's own address and titles."""

    url: str | None
    titles: tuple[str, ...]


def read(scripts: Sequence[str], page: PageIdentity) -> Claims:
    """Give what the scripts claim of the page: its main entity's words first, then the page node's."""
    roots = [value for script in _within(scripts, LONGEST_SCRIPTS) for value in loads(script)]
    nodes = list(islice(_entries(roots, 0), MOST_NODES))
    index = _by_id(nodes)
    claims = Claims()
    main = _main(nodes, page)
    if main is not None:
        _claim(claims, main, index)
        claims.kind = KINDS.get(_kind_type(main))
    for node in nodes:
        types = _types(node)
        if types & _PAGES and node is not main and claims.kind in (None, "article"):
            _claim_page(claims, node)
        elif types & _ORGANISATIONS:
            claims.sites += _texts(node.get("name"))
    return claims


def _within(scripts: Sequence[str], limit: int) -> Iterator[str]:
    for script in scripts:
        limit -= len(script)
        if limit >= 0:
            yield script


def _entries(value: Any, depth: int) -> Iterator[Node]:
    """Walk from the roots along the keys that lead to a main entity."""
    if depth > DEEPEST:
        return
    if isinstance(value, list):
        for item in value:
            yield from _entries(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        closed = bool(_types(value) & _OPEN_LISTS)
        for key in _ENTRIES:
            inner = value.get(key)
            if isinstance(inner, dict | list) and not (closed and key == "mainEntity"):
                yield from _entries(inner, depth + 1)


def _by_id(nodes: Sequence[Node]) -> dict[str, Node]:
    """Index the nodes that others refer to."""
    return {node["@id"]: node for node in nodes if isinstance(node.get("@id"), str) and len(node) > 1}


def _types(node: Node) -> set[str]:
    value = node.get("@type")
    values = value if isinstance(value, list) else [value]
    return {item.rsplit("/", 1)[-1].rsplit(":", 1)[-1].lower() for item in values if isinstance(item, str)}


def _kind_type(node: Node) -> str:
    return next((name for name in sorted(_types(node)) if name in KINDS), "")


def _main(nodes: Sequence[Node], page: PageIdentity) -> Node | None:
    """Choose the main entity: by type, by the page's URL and titles, the first among equals."""
    alike: dict[str, int] = {}
    for node in nodes:
        kind = KINDS.get(_kind_type(node))
        if kind:
            alike[kind] = alike.get(kind, 0) + 1
    best: tuple[float, Node] | None = None
    for node in nodes:
        kind = KINDS.get(_kind_type(node))
        if kind is None and not _types(node) & _PAGES:
            continue
        match = _match(node, page)
        if kind and alike[kind] > FEW_ALIKE and match <= 0 and kind != "product":
            continue
        score = match + (WEIGHTS[kind] if kind else PAGE_WEIGHT)
        if score > 0 and (best is None or score > best[0]):
            best = (score, node)
    return best[1] if best else None


def _match(node: Node, page: PageIdentity) -> float:
    score = 0.0
    here = _address(page.url)
    own = [address for address in map(_address, _urls(node)) if address and here and address[0] == here[0]]
    if here and own:
        score += SAME_URL if here in own else OTHER_URL
    headline = line_of(next(iter(_headlines(node)), "")).casefold()
    if headline and any(headline in title or (len(title) > SHORT and title in headline) for title in page.titles):
        score += SAME_TITLE
    return score


def _urls(node: Node) -> Iterator[str]:
    for key in ("url", "mainEntityOfPage", "@id"):
        value = node.get(key)
        if isinstance(value, dict):
            value = value.get("@id") or value.get("url")
        if isinstance(value, str) and value.startswith(("http://", "https://")):
            yield value


def _address(url: str | None) -> tuple[str, str] | None:
    """Give host and path of an address, what its spellings share; None for a home page, which says nothing."""
    try:
        parts = urlsplit(url or "")
        host = (parts.hostname or "").removeprefix("www.")
    except ValueError:
        return None
    path = parts.path.rstrip("/").lower()
    return (host, f"{path}?{parts.query}") if path or parts.query else None


def _headlines(node: Node) -> list[str]:
    return _texts(node.get("headline")) + _texts(node.get("name")) + _texts(node.get("title"))


def _claim(claims: Claims, node: Node, index: Mapping[str, Node]) -> None:
    claims.titles += _headlines(node)
    if KINDS.get(_kind_type(node)) != "product":
        groups = (_names(node.get(key), index) for key in ("author", "creator"))
        claims.authors += [tuple(group) for group in groups if group]
    claims.sections += _texts(node.get("articleSection"))
    claims.sites += _names(node.get("publisher"), index)
    body = _texts(node.get("articleBody")) or _texts(node.get("text"))
    if not body and _types(node) & {"product", "productgroup", "jobposting"}:
        body = _texts(node.get("description"))
    claims.body = body[0] if body else None
    _claim_page(claims, node)


def _claim_page(claims: Claims, node: Node) -> None:
    claims.dates += _texts(node.get("datePublished")) or _texts(node.get("dateCreated"))
    claims.modified += _texts(node.get("dateModified"))
    claims.languages += _texts(node.get("inLanguage"))
    claims.descriptions += _texts(node.get("description"))
    claims.images += _images(node.get("image")) or _images(node.get("thumbnailUrl"))
    claims.urls += [url for url in _urls(node) if "#" not in url]


def _texts(value: Any) -> list[str]:
    """Give the strings of a value: text, numbers, lists of these, and values with a language of their own."""
    if isinstance(value, list):
        return [text for item in value[:20] if not isinstance(item, list) for text in _texts(item)]
    if isinstance(value, dict):
        value = value.get("@value")
    if isinstance(value, str) and value.strip():
        return [value]
    return [str(value)] if isinstance(value, int) and not isinstance(value, bool) else []


def _names(value: Any, index: Mapping[str, Node]) -> list[str]:
    """Give the names of persons or organisations: strings, nodes, or references to nodes."""
    if isinstance(value, list):
        return [name for item in value[:50] if not isinstance(item, list) for name in _names(item, index)]
    if isinstance(value, dict):
        known = index.get(str(value.get("@id")), value) if "name" not in value else value
        names = _texts(known.get("name"))
        if names:
            return names
        given = _texts(known.get("givenName")) + _texts(known.get("familyName"))
        return [" ".join(given)] if given else []
    return _texts(value)


def _images(value: Any) -> list[str]:
    if isinstance(value, list):
        return [url for item in value[:3] if not isinstance(item, list) for url in _images(item)]
    if isinstance(value, dict):
        return _texts(value.get("url")) or _texts(value.get("contentUrl"))
    return _texts(value)
