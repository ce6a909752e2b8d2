"""Cuts an HTML page down to some of its rows: the elements that these stand in, as they are, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from html import escape
from typing import TYPE_CHECKING

from cleaner.blocks.html import INLINE, UNREAD
from cleaner.measures import rows_where

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from cleaner.blocks import Page
    from cleaner.blocks.dom import Tree
    from cleaner.measures import Bools

ATTRIBUTES = (
    *("id", "class", "role", "rel", "itemprop", "itemscope", "itemtype", "datetime", "href", "lang", "dir"),
    *("hidden", "aria-hidden", "start", "value"),
)
"""Attributes that rules and heuristics go by; the others are left out."""
LONGEST_URL = 60
"""Characters of an address that are written; what follows may be about a reader."""
CELLS = ("td", "th")
_VOID = frozenset(("br", "hr", "img", "input", "wbr"))


def excerpt(page: Page, rows: Bools) -> str:
    """Give the HTML of some rows of a page with a tree, in the elements that they stand in."""
    writer = _Writer(page, rows)
    root = page.dom.tree.root if page.dom is not None else None
    if root is not None:
        writer.walk(root)
    return "".join(writer.parts).strip()


class _Writer:
    """The state of one walk."""

    def __init__(self, page: Page, rows: Bools) -> None:
        assert page.dom is not None
        self.parts: list[str] = []
        self._index = page.dom.whole.index
        self._firsts, self._ends = page.dom.extent
        self._chosen = rows_where(rows)
        self._blocks = frozenset(_with_cells(page.dom.whole, page.dom.elements[self._chosen].tolist()))
        self._block = [-1]
        """The open block elements, innermost last."""

    def walk(self, root: LexborNode) -> None:
        """Write a tree: no recursion, for broken pages nest their elements by the thousand."""
        above: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None:
            child = self._enter(node)
            if child is not None:
                above.append(node)
                node = child
                continue
            following = node.next
            while following is None and above:
                node = above.pop()
                self._leave(node)
                following = node.next
            node = following

    def _enter(self, node: LexborNode) -> LexborNode | None:
        """Write what a node begins with, and give its first child, if its children are to be written."""
        tag = node.tag or ""
        if tag == "-text":
            if self._block[-1] in self._blocks:
                self.parts.append(escape(node.text_content or "", quote=False))
            return None
        if tag in UNREAD:
            return None
        if not self._is_wanted(node, tag):
            if self._block[-1] in self._blocks and _is_block(tag):
                self.parts.append("<hr>" if tag == "hr" else f"<{tag}></{tag}>")  # it parts what stands around it
            return None
        self.parts.append(f"<{tag}{_attributes(node, ATTRIBUTES)}>")
        if tag in _VOID:
            return None
        if _is_block(tag):
            self._block.append(self._index[node.mem_id])
        if node.first_child is None:
            self._leave(node)
        return node.first_child

    def _is_wanted(self, node: LexborNode, tag: str) -> bool:
        number = self._index.get(node.mem_id)
        if number is None:
            return False
        if not _is_block(tag) and self._block[-1] in self._blocks:
            return True
        if number in self._blocks:
            return True
        first, end = self._firsts[number], self._ends[number]
        return bool(self._chosen.searchsorted(first) < self._chosen.searchsorted(end))

    def _leave(self, node: LexborNode) -> None:
        tag = node.tag or ""
        self.parts.append(f"</{tag}>")
        if _is_block(tag):
            self._block.pop()
            if self._block[-1] not in self._blocks:
                self.parts.append("\n")


def _with_cells(tree: Tree, blocks: Iterable[int]) -> Iterator[int]:
    """Give blocks, and with the first cell of a table's row the others, which stand in its line."""
    for block in blocks:
        yield block
        if tree.tags[block] in CELLS:
            above = tree.parents[block]
            inside = range(above + 1, int(tree.lasts[above]))
            yield from (other for other in inside if tree.parents[other] == above and tree.tags[other] in CELLS)


def _is_block(tag: str) -> bool:
    return tag not in INLINE and "-" not in tag


def _attributes(node: LexborNode, names: Collection[str]) -> str:
    written = ""
    for name, value in node.attributes.items():
        if name in names:
            text = (value or "")[:LONGEST_URL] if name == "href" else value or ""
            written += f' {name}="{escape(text)}"'
    return written
