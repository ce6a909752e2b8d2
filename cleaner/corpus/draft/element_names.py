"""What the elements of a page are called in selectors: by class, by id, and few by their tag alone.

Some names are made by a tool, as ``css-1x2y3z``, and may differ once the site is built anew; those that people gave are
better where both will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import regex

from cleaner.phrases import Lexicon
from cleaner.scorer import LineScorer

_NAME = regex.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_GIVEN = regex.compile(r"[A-Za-z][A-Za-z_-]*[0-9]{0,2}(?:[_-][A-Za-z]+)*")
_UTILITY = regex.compile(
    r"flex|grid|block|inline|inline-block|hidden|uppercase|lowercase|capitalize|italic|underline|truncate|relative"
    r"|absolute|fixed|sticky|clearfix|antialiased|rounded|border|shadow|sr-only|not-italic"
    r"|(?:font|text|flex|grid|gap|bg|border|rounded|items|justify|self|content|space|leading|tracking|shadow|max|min|opacity"
    r"|cursor|overflow|object|align|float|order|list|top|left|right|bottom|inset|divide|columns|col|row|d|fs|fw|lh"
    r"|[pmwhz][trblxyse]?)"
    r"(?:-(?:[xytrblwh]|\d+|\dxl|xs|sm|md|lg|xl|xxl|auto|full|screen|none|bold|semibold|medium|normal|light|thin|italic|center"
    r"|left|right|top|bottom|middle|start|end|between|around|evenly|stretch|baseline|row|col|column|cols|span|wrap|nowrap"
    r"|hidden|visible|scroll|cover|contain|disc|decimal|inside|outside|white|black|gr[ae]y|red|blue|green|muted|primary"
    r"|secondary|dark|transparent|tight|snug|relaxed|wide|wider))+"
    r"|d(?:-(?:sm|md|lg|xl))?-(?:none|flex|grid|block|inline(?:-block|-flex)?)|text-(?:uppercase|lowercase|capitalize)"
)
"""Names that say how an element looks, as those of Tailwind and Bootstrap: any other may have them tomorrow."""
_SELECTED = regex.compile(r"[.#]([\w-]+)")
LANDMARKS = ("header", "nav", "aside", "footer")


def names_of(tag: str, attributes: Mapping[str, str | None]) -> Iterator[str]:
    """Give the simple selectors that match an element, if it is not just any."""
    classes = dict.fromkeys((attributes.get("class") or "").split())
    names = [name for name in classes if _NAME.fullmatch(name) and not _UTILITY.fullmatch(name)]
    for name in names:
        yield f".{name}"
        if tag in ("h1", "h2", "h3"):
            yield f"{tag}.{name}"
    identity = attributes.get("id") or ""
    if _GIVEN.fullmatch(identity) and not any(map(str.isdigit, identity)):
        yield f"#{identity}"
    if not names and tag in ("h1", *LANDMARKS):
        yield tag


def is_given(selector: str) -> bool:
    """Tell whether all names in a selector read as if people gave them."""
    return all(map(_GIVEN.fullmatch, _SELECTED.findall(selector)))


@cache
def common_words() -> frozenset[str]:
    """Give the words of class names that the scorer knows from many sites, and those of the word lists."""
    return frozenset(LineScorer.load().labels) | Lexicon.load().function_words


def is_common(name: str) -> bool:
    """Tell whether a class name or an id is one word that many sites use."""
    return name.lstrip(".#").lower() in common_words()
