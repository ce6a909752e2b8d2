"""Plain text of what markup and attributes hold: entities read, white space in one, no scripts."""

from __future__ import annotations

from collections.abc import Iterable
from html import unescape

import regex
from selectolax.lexbor import LexborHTMLParser, LexborNode

from cleaner.blocks.labels import LABELS, are_apart
from cleaner.structured.word_lists import words

LONGEST_BODY = 400_000
"""Characters of a body that are read: longer ones are cut there, so that no page costs seconds."""
LONGEST_TEXT = 2_000
"""Characters of an element that are read for a title, a name or a date."""
ELEMENT_COST = 4
"""Characters that an element counts as, so that empty ones are not walked for ever."""
_INVISIBLE = regex.compile(
    r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\p{Cs}\p{Cc}--[\t\n\r\f\v\u0085]]+", regex.V1
)
_TAG = regex.compile(r"</?[a-z][^<>]*>|<!--", regex.IGNORECASE)
_ENTITY = regex.compile(r"&(?:#\d{1,7}|#x[0-9a-f]{1,6}|[a-z][a-z0-9]{1,31});", regex.IGNORECASE)
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "button", "select", "textarea"})
_INLINE = words("""
    a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small
    span strike strong sub sup time tt u var wbr
""")
_BLOCKS = words("""
    address article blockquote dd div dl dt figure h1 h2 h3 h4 h5 h6 hr li ol p pre section table tr ul
""")
_START, _END = "\x02", "\x03"
"""Where a label begins and ends, until its text is joined."""
_EDGE = regex.compile(f"[{_START}{_END}]")
_EDGES = regex.compile(f"([{_START}{_END}])")
_APART = regex.compile(f"([^{_START}{_END}]+)(?:{_END}+{_START}+)+(?=([^{_START}{_END}]+))")


def tidy(value: str) -> str:
    r"""Read entities (also those escaped twice), drop invisible characters, and put white space in one.

    >>> tidy("  Salt &amp;amp; sand\n by the\u00ad sea ")
    'Salt & sand by the sea'
    """
    for _ in range(2):
        if "&" not in value or not _ENTITY.search(value):
            break
        value = unescape(value)
    if not value.isprintable():
        value = _INVISIBLE.sub("", value)
    return " ".join(value.split())


def line_of(value: str) -> str:
    """Give one line of plain text: tags out, then as :func:`tidy`."""
    value = value[:LONGEST_TEXT]
    if "<" in value:
        value = _TAG.sub("", value)
    return tidy(value)


def text_of(node: LexborNode, limit: int = LONGEST_TEXT) -> str:
    """Give an element's text in one line; elements that are not inline part words, scripts and styles have none."""
    return tidy(_joined(_pieces(node, limit, " ")))


def body_of(node: LexborNode) -> str:
    """Give an element's text with a line for each of its blocks."""
    return _lines(_joined(_pieces(node, LONGEST_BODY, "\n")))


def lines_of(node: LexborNode, limit: int) -> list[str]:
    """Give the first lines of an element's text, one for each of its blocks."""
    return _lines(_joined(_pieces(node, limit, "\n"))).split("\n")


def _joined(pieces: Iterable[str]) -> str:
    """Join the pieces of a text, with a space between labels that are two, on lines of nothing but labels."""
    text = "".join(pieces)
    if _END not in text:
        return text
    lines = (line if _has_running_text(line) else _APART.sub(_part, line) for line in text.split("\n"))
    return _EDGE.sub("", "\n".join(lines))


def _part(two: regex.Match[str]) -> str:
    return f"{two[1]} " if are_apart(two[1], two[2]) else two[1]


def _has_running_text(line: str) -> bool:
    """Tell whether a line has text outside of labels."""
    depth = 0
    for piece in _EDGES.split(line):
        if piece in (_START, _END):
            depth += 1 if piece == _START else -1
        elif depth <= 0 and piece.strip():
            return True
    return False


def _pieces(root: LexborNode, limit: int, block: str) -> list[str]:
    """Walk an element in document order, without recursion, until ``limit`` characters and elements are seen."""
    pieces: list[str] = []
    ahead: list[LexborNode | str] = [root]
    while ahead and limit > 0:
        at = ahead.pop()
        if isinstance(at, str):
            pieces.append(at)
            continue
        following = at.next if at is not root else None
        if following is not None:
            ahead.append(following)
        tag = at.tag or ""
        if tag == "-text":
            text = at.text_content or ""
            if text.isspace():
                pieces.append(" ")
                continue
            pieces.append(text[:limit])
            limit -= len(text)
        elif tag not in _SILENT and not tag.startswith(("-", "!")):
            limit -= ELEMENT_COST
            mark = "" if tag in _INLINE else block if tag in _BLOCKS or tag == "br" else " "
            inner = at.child
            pieces.append(_START if tag in LABELS else mark)
            ahead.append(_END if tag in LABELS else mark)
            if inner is not None:
                ahead.append(inner)
    return pieces


def strip_markup(value: str) -> str:
    """Give the plain text of a body that may be HTML, escaped HTML, or plain text already."""
    value = value[:LONGEST_BODY]
    if not _TAG.search(value) and _ENTITY.search(value):
        value = unescape(value)
    if not _TAG.search(value):
        return _lines(value)
    root = LexborHTMLParser(value).body
    return _lines(value) if root is None else body_of(root)


def _lines(value: str) -> str:
    lines = (tidy(line) for line in value.splitlines() if line and not line.isspace())
    return "\n".join(filter(None, lines))
