"""What the elements of a page are called in selectors: by class, by id, and few by their tag alone.

Some names are made by a tool, as ``css-1x2y3z``, and may differ once the site is built anew; those that people gave are
better where both will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import regex

_NAME = regex.compile(r"[A-Za-z][A-Za-z0-9_-]*")
_GIVEN = regex.compile(r"[A-Za-z][A-Za-z_-]*[0-9]{0,2}(?:[_-][A-Za-z]+)*")
_SELECTED = regex.compile(r"[.#]([\w-]+)")
LANDMARKS = ("header", "nav", "aside", "footer")


def names_of(tag: str, attributes: Mapping[str, str | None]) -> Iterator[str]:
    """Give the simple selectors that match an element, if it is not just any."""
    names = [name for name in dict.fromkeys((attributes.get("class") or "").split()) if _NAME.fullmatch(name)]
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
