"""Where the rows of an HTML page stand in its tree, in words that a person can find again in a browser."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.blocks.dom import KINDS

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from cleaner.blocks.page import Page

_NAME = re.compile(r"-?[A-Za-z_][\w-]*")
"""Class names and ids that stand in a selector as they are."""
_OUTER = frozenset(("html", "body"))


class Elements:
    """The elements of one page, by row."""

    def __init__(self, page: Page) -> None:
        assert page.dom is not None
        self._dom = page.dom
        self._known: dict[int, str] = {}

    def kind(self, row: int) -> str:
        """Say what the row is, but for a paragraph: ``heading 2``, ``item``."""
        kind = KINDS[int(self._dom.kinds[row])]
        if kind == "paragraph":
            return ""
        return f"{kind} {int(self._dom.levels[row])}" if kind == "heading" else kind

    def path(self, row: int) -> str:
        """Give the elements around a row from the outside, as a selector: ``main > div.text > p``."""
        element = int(self._dom.elements[row])
        names: list[str] = []
        while element >= 0 and (not names or self._dom.whole.tags[element] not in _OUTER):
            names.append(self._name(element))
            element = self._dom.whole.parents[element]
        return " > ".join(reversed(names))

    def handle(self, row: int) -> str | None:
        """Give a selector for the outermost element of this row alone that has an id or a class name, or None."""
        element = int(self._dom.elements[row])
        firsts, ends = self._dom.extent
        found = None
        while element >= 0 and ends[element] - firsts[element] == 1:
            name = self._name(element)
            if self._dom.whole.tags[element] not in _OUTER and ("#" in name or "." in name):
                found = name
            element = self._dom.whole.parents[element]
        return found

    @cached_property
    def _nodes(self) -> dict[int, LexborNode]:
        return {node.mem_id: node for node in self._dom.tree.css("*")}

    def _name(self, element: int) -> str:
        """Name an element with its id and class names, as far as these can stand in a selector."""
        known = self._known.get(element)
        if known is None:
            tree = self._dom.whole
            node = self._nodes.get(tree.nodes[element])
            attributes = node.attributes if node is not None else {}
            names = [f"#{attributes['id']}"] if _NAME.fullmatch(attributes.get("id") or "") else []
            names += [f".{name}" for name in (attributes.get("class") or "").split() if _NAME.fullmatch(name)]
            known = self._known[element] = tree.tags[element] + "".join(names)
        return known
