"""What a decoded text is, told by its content and never by its name: HTML, a feed, or text.

Where a text begins with what only a document begins with (a doctype, ``<html>``, an XML declaration), that
decides. Otherwise it may be a fragment, as a content system stores it, or Markdown with some tags, or an article
about HTML. In a fragment the tags that make blocks hold nearly all of the words. In an article about HTML they are
mentioned within prose or stand in listings between it. So what counts is the share of words within blocks.

Whoever is in doubt says text: read as HTML, a text loses its lines; read as text, HTML only stays ugly.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import Literal, TypeAlias

Kind: TypeAlias = Literal["html", "feed", "text"]

HEADS = (2048, 16_384)
"""Characters that are looked at: more, where the first hold hardly any words (badges, menus of pictures)."""

MIN_WORDS = 200
"""Characters of words that show enough."""

WITHIN = 0.8
"""Share of the characters within blocks from which on a text is a fragment of HTML."""

MIN_TAGS = 2
"""Tags of blocks that a fragment has at least, where it begins with one."""

MIN_TAGS_LATE = 3
"""The same where it begins with text."""

MIN_AFTER = 200
"""Characters of text without any tag after ``</html>`` from which on a document may be a listing in an article."""

MIN_AFTER_SHARE = 0.5
"""What they are of the document, at least."""

MARKS_PER_TAG = 3
"""Tags of blocks that a mark of Markdown weighs."""

_BLOCK = (
    "address|article|aside|blockquote|body|center|dd|details|div|dl|dt|fieldset|figcaption|figure|footer|form|frameset|"
    "h[1-6]|header|hr|li|main|nav|ol|p|pre|section|table|tbody|td|tfoot|th|thead|tr|ul"
)
_PROLOG = r"[\ufeff\0\s]*+(?P<xml><\?xml\b[^>]*+>\s*+)?(?:<!--(?:(?!-->).)*+-->\s*+|<\?[^>]*+>\s*+)*+"
_BEGINS = re.compile(
    _PROLOG + r"(?:<!doctype\s++(?P<doctype>[a-z:]++)[^>]*+>\s*+(?:<!--(?:(?!-->).)*+-->\s*+|<\?[^>]*+>\s*+)*+)?"
    r"(?:<(?P<tag>[a-z][a-z0-9:]*+)(?=[\s/>])[^<>]*+>?)?",
    re.IGNORECASE | re.DOTALL,
)
_FEEDS = frozenset(("rss", "feed", "rdf:rdf"))
_DOCUMENTS = frozenset(("html", "head", "body", "title", "meta", "link", "script", "style", "base", "frameset"))
_BLOCKS = re.compile(_BLOCK)
_TAG = re.compile(rf"<(?P<close>/?+)(?P<name>{_BLOCK}|br)(?=[\s/>])[^<>]*+>", re.IGNORECASE)
_ANY_TAG = re.compile(r"<(?:[/?]?[a-zA-Z]|!)[^<>]*+>")
_MARKDOWN = re.compile(r"^ {0,3}(?:#{1,6} \S|```|~~~|[-*+] \S|> \S|\d{1,2}\. \S|\|.*\|)|\]\(|\*\*\w", re.MULTILINE)
_ONLY_HTML = re.compile(r"<(?:script|style|svg|noscript|iframe)[\s>]", re.IGNORECASE)
"""What no Markdown begins with, in a block."""
_SPACE = re.compile(r"\s+")
_MENTIONED = frozenset(".,;:!?)]}\"'`’”")
_EMPTY = frozenset(("br", "hr"))


def kind_of(text: str) -> Kind:
    """Tell what a decoded text is.

    >>> kind_of("<!DOCTYPE html><title>A bridge</title>"), kind_of("<p>One.</p><p>Two.</p>")
    ('html', 'html')
    >>> kind_of("Use <p> for a paragraph, and <br> to break a line.")
    'text'
    """
    head = text[: HEADS[0]]
    if "<" not in head:
        return "text"
    begins = _BEGINS.match(head)
    tag = (begins["tag"] or "").lower() if begins else ""
    if begins and tag in _FEEDS:
        return "feed"
    if begins and (begins["xml"] or begins["doctype"] or tag in ("html", "frameset")):
        return "text" if _is_listing(text) else "html"
    starts = bool(tag and begins and not _is_mentioned(head, begins.end()))
    if starts and tag in _DOCUMENTS:
        return "text" if _is_listing(text) else "html"
    starts = starts and _BLOCKS.fullmatch(tag) is not None
    return "html" if _is_fragment(text, starts=starts) else "text"


def _is_listing(text: str) -> bool:
    """Tell a document from a text that begins with the listing of one: prose follows after its end."""
    end = max(text.rfind("</html>"), text.rfind("</HTML>"))
    after = text[end + len("</html>") :].strip() if end >= 0 else ""
    return len(after) >= max(MIN_AFTER, MIN_AFTER_SHARE * end) and "<" not in after


def _is_fragment(text: str, *, starts: bool) -> bool:
    """Tell whether blocks of HTML hold the words of a text; ``starts`` says that it begins with one."""
    for size in HEADS:
        head = text[:size]
        if starts and _ONLY_HTML.search(head):
            return True
        tags = [tag for tag in _TAG.finditer(head) if _is_structure(head, tag)]
        if len(tags) < (MIN_TAGS if starts else MIN_TAGS_LATE):
            return False
        stretches = list(_stretches(head, tags, starts=starts))
        total = sum(length for length, _ in stretches)
        if total >= MIN_WORDS or size >= len(text):
            break
    if MARKS_PER_TAG * len(_MARKDOWN.findall(head)) >= len(tags):
        return False
    return sum(length for length, within in stretches if within) >= WITHIN * total


def _stretches(head: str, tags: list[re.Match[str]], *, starts: bool) -> Iterator[tuple[int, bool]]:
    """Give the length of the text between each two tags, and whether it is within a block.

    In a text that does not begin with a block, a block holds no more than the text up to the next blank line: tags
    in a listing may well stay open.
    """
    depth = at = 0
    opened = False
    for tag in [*tags, None]:
        end = tag.start() if tag else len(head)
        stretch = head[at:end]
        closes = tag is not None and bool(tag["close"] or tag["name"].lower() == "br")
        if starts:
            yield _length(stretch), depth > 0 or closes
        else:
            yield from _late_stretches(stretch, opened=opened, closes=closes)
        if tag is None:
            return
        at = tag.end()
        opened = True
        if tag["name"].lower() not in _EMPTY:
            depth = max(0, depth - 1) if tag["close"] else depth + 1


def _late_stretches(stretch: str, *, opened: bool, closes: bool) -> Iterator[tuple[int, bool]]:
    """Give what lies between two tags of a text that begins with text: what touches a tag is within a block."""
    pieces = re.split(r"\n\s*\n", stretch)
    for number, piece in enumerate(pieces):
        touches = (opened and number == 0) or (closes and number == len(pieces) - 1)
        yield _length(piece), touches


def _length(stretch: str) -> int:
    """Characters that a reader sees."""
    return len(_SPACE.sub("", _ANY_TAG.sub("", stretch)))


def _is_structure(head: str, tag: re.Match[str]) -> bool:
    """Tell a tag that is part of a page from one that prose speaks of."""
    if _is_mentioned(head, tag.end()):
        return False
    if tag["close"] or tag["name"].lower() in _EMPTY:
        return True
    before = head[head.rfind("\n", 0, tag.start()) + 1 : tag.start()].rstrip()
    return not before or before.endswith(">")


def _is_mentioned(head: str, end: int) -> bool:
    """Tell by what follows after a tag whether a sentence goes on around it."""
    if end >= len(head):
        return False
    if head[end] in _MENTIONED:
        return True
    rest = head[end : end + 8]
    return rest[0] in " \t" and rest.lstrip(" \t")[:1].islower()


# ---- feeds

_ITEM = re.compile(r"<(?:item|entry)(?:\s[^>]*+)?>", re.IGNORECASE)
_ITEM_ENDS = re.compile(r"</(?:item|entry)\s*>", re.IGNORECASE)
_TITLE = re.compile(r"<(title)(\s[^>]*+)?>")
_BODY = re.compile(r"<(content:encoded|content)(\s[^>]*+)?>")
_SUMMARY = re.compile(r"<(description|summary)(\s[^>]*+)?>")
_XHTML = re.compile(r"""\btype\s*=\s*["']xhtml["']""")
_CDATA, _CDATA_ENDS = "<![CDATA[", "]]>"


def feed_to_html(text: str) -> str:
    r"""Write an RSS or Atom feed as a page: its title, and for each item its title and its fullest text.

    >>> feed_to_html("<rss><channel><title>Mill</title><item><title>A</title><description>&lt;p&gt;B</description>"
    ...     "</item></channel></rss>")
    '<html><head><title>Mill</title></head><body>\n<article><h2>A</h2>\n<p>B</article>\n</body></html>'
    """
    about, *items = _ITEM.split(text)
    articles = (_item_as_html(_ITEM_ENDS.split(item, maxsplit=1)[0]) for item in items)
    title = html.escape(_as_text(_part(about, _TITLE)), quote=False)
    return "\n".join([f"<html><head><title>{title}</title></head><body>", *articles, "</body></html>"])


def _item_as_html(item: str) -> str:
    title = html.escape(_as_text(_part(item, _TITLE)), quote=False)
    body = _part(item, _BODY) or _part(item, _SUMMARY)
    return f"<article><h2>{title}</h2>\n{body}</article>" if title else f"<article>{body}</article>"


def _part(markup: str, element: re.Pattern[str]) -> str:
    """Give the content of an element of a feed as HTML; empty if it is not there, or never ends."""
    begin = element.search(markup)
    end = markup.find(f"</{begin[1]}", begin.end()) if begin else -1
    if begin is None or end < 0:
        return ""
    content = markup[begin.end() : end].strip()
    if _XHTML.search(begin[2] or ""):
        return content
    escaped, *sections = content.split(_CDATA)
    pieces = [html.unescape(escaped)]
    for section in sections:
        verbatim, _, escaped = section.partition(_CDATA_ENDS)
        pieces += (verbatim, html.unescape(escaped))
    return "".join(pieces).strip()


def _as_text(markup: str) -> str:
    """Give a title without the tags that some feeds write in it."""
    return " ".join(html.unescape(_ANY_TAG.sub("", markup)).split())
