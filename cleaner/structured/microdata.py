"""Reads microdata: the article, thread or product that the page is about, and the properties of that item alone."""

from __future__ import annotations

from collections.abc import Sequence

from selectolax.lexbor import LexborNode

from cleaner.structured.claims import KINDS, Claims
from cleaner.structured.plain_text import body_of, text_of
from cleaner.structured.word_lists import words

MOST_ITEMS, MOST_PROPERTIES = 400, 400
"""Items, and properties of the chosen one, that are looked at: threads and shops have thousands."""
HIGHEST = 40
"""Elements that are climbed from a property to its item."""
FEW_ALIKE = 2
"""Items of one kind of which the first is taken; more are a list, and the page is none of them."""
_PARTS = words("""
    comment review reviews suggestedanswer acceptedanswer itemlistelement isrelatedto haspart relatedlink
    item issimilarto blogpost blogposts offers itemreviewed about mentions
""")
"""Properties whose items are about something else than the page."""


def read(items: Sequence[LexborNode]) -> Claims:
    """Give what the page's main item claims, of the roots of all its items."""
    claims = Claims()
    main = _main(items[:MOST_ITEMS])
    if main is None:
        return claims
    claims.kind = KINDS[_type(main)]
    for node in main.css("[itemprop]")[:MOST_PROPERTIES]:
        if _owner(node) == main.mem_id:
            for name in (node.attributes.get("itemprop") or "").lower().split():
                _claim(claims, name, node)
    return claims


def _main(items: Sequence[LexborNode]) -> LexborNode | None:
    alike: dict[str, list[LexborNode]] = {}
    for node in items:
        kind = KINDS.get(_type(node))
        properties = set((node.attributes.get("itemprop") or "").lower().split())
        if kind and not properties & _PARTS and (not properties or "mainentity" in properties):
            alike.setdefault(kind, []).append(node)
    for wanted in ("article", "forum", "product"):
        found = alike.get(wanted, [])
        if 0 < len(found) <= FEW_ALIKE:
            return found[0]
    return None


def _type(node: LexborNode) -> str:
    return (node.attributes.get("itemtype") or "").strip().rstrip("/").rsplit("/", 1)[-1].lower()


def _owner(node: LexborNode) -> int | None:
    """Give the identity of the item that a property is of: the nearest one around it."""
    at = node.parent
    for _ in range(HIGHEST):
        if at is None:
            return None
        if "itemscope" in at.attributes:
            return int(at.mem_id)
        at = at.parent
    return 0


def _claim(claims: Claims, name: str, node: LexborNode) -> None:
    match name:
        case "headline" | "name":
            claims.titles.append(_value(node))
        case "author" | "creator":
            names = tuple(_value(inner) for inner in node.css("[itemprop~=name]")[:5] if inner.mem_id != node.mem_id)
            claims.authors.append(names or (_value(node),))
        case "datepublished" | "datecreated":
            claims.dates.append(_value(node))
        case "datemodified":
            claims.modified.append(_value(node))
        case "articlesection":
            claims.sections.append(_value(node))
        case "description":
            claims.descriptions.append(_value(node))
            if claims.kind == "product" and claims.body is None:
                claims.body = _body(node)
        case "image":
            claims.images.append(node.attributes.get("src") or _value(node))
        case "articlebody" | "text" if claims.body is None:
            claims.body = _body(node)


def _value(node: LexborNode) -> str:
    attributes = node.attributes
    return attributes.get("content") or attributes.get("datetime") or text_of(node)


def _body(node: LexborNode) -> str:
    return node.attributes.get("content") or body_of(node)
