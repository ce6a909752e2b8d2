"""The elements that metadata is read from, gathered in one walk: each further walk of a page costs as much again."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST = 4_000
"""Elements that are gathered: a page of thousands of items has its own at its start."""
_SELECTOR = (
    "title, h1, meta, time, link[rel~=canonical i], script[type*='ld+json' i], [itemscope], [rel~=author i],"
    " [itemprop~=author i]"
)


@dataclass(slots=True)
class Elements:
    """Elements by what they are for, each list in the page's order."""

    titles: list[LexborNode] = field(default_factory=list)
    headings: list[LexborNode] = field(default_factory=list)
    metas: list[LexborNode] = field(default_factory=list)
    canonicals: list[LexborNode] = field(default_factory=list)
    scripts: list[LexborNode] = field(default_factory=list)
    items: list[LexborNode] = field(default_factory=list)
    """Roots of microdata items."""
    signed: list[LexborNode] = field(default_factory=list)
    """Elements marked as the author."""
    times: list[LexborNode] = field(default_factory=list)
    """Time elements, with the first-level headings between them."""


def gather(tree: LexborHTMLParser) -> Elements:
    """Gather the elements of a page."""
    found = Elements()
    by_tag = {
        "title": (found.titles,),
        "h1": (found.headings, found.times),
        "meta": (found.metas,),
        "time": (found.times,),
        "script": (found.scripts,),
    }
    for node in tree.css(_SELECTOR)[:MOST]:
        tag = node.tag or ""
        for place in by_tag.get(tag, ()):
            place.append(node)
        if tag in _PLAIN:
            continue
        attributes = node.attributes
        if "itemscope" in attributes:
            found.items.append(node)
        if tag == "link" and "canonical" in (attributes.get("rel") or "").lower():
            found.canonicals.append(node)
        elif "author" in f"{attributes.get('rel') or ''} {attributes.get('itemprop') or ''}".lower():
            found.signed.append(node)
    return found


_PLAIN = frozenset({"title", "meta", "script"})
"""Elements that are nothing else beside what their name says."""
