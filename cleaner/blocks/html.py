"""Front end for HTML: one parse and one walk give what a reader sees, as rows with their place in the tree.

Block elements and ``<br>`` break lines, inline elements do not, though a space is read between labels (see
:mod:`cleaner.blocks.labels`). Items of lists begin with ``- `` or their number, the cells of
a table's row stand in one line between bars, unless a cell holds paragraphs of its own, as in the layout tables of
old pages. ``<pre>`` stays as it is. Of ruby the base text is read. What a page shows only later
(tabs, folded answers) is read too and marked as hidden; scripts, styles and templates are not.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from selectolax.lexbor import LexborHTMLParser

from cleaner.blocks.dom import (
    CAPTION,
    CODE,
    CONTROL,
    DEFINITION,
    HEADER_CELL,
    HEADING,
    HIDDEN,
    ITEM,
    NOSCRIPT,
    PARAGRAPH,
    QUOTE,
    ROW,
    TERM,
    Dom,
    Tree,
)
from cleaner.blocks.labels import LABELS, are_apart
from cleaner.blocks.lines import WHITE
from cleaner.blocks.page import Page
from cleaner.measures import Ints, measure

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

    from cleaner.phrases import Lexicon

UNREAD = frozenset(
    ("script", "style", "template", "head", "title", "svg", "math", "iframe", "object", "embed", "canvas", "audio",
     "video", "noembed", "noframes", "frameset", "datalist", "map", "-comment", "rt", "rp", "!doctype", "textarea",
     "meta", "link", "base", "param", "source", "track")
)  # fmt: skip
"""Elements without text for a reader."""
INLINE = frozenset(
    ("a", "abbr", "acronym", "b", "bdi", "bdo", "big", "br", "cite", "code", "data", "del", "dfn", "em", "font", "i",
     "img", "input", "ins", "kbd", "label", "mark", "meter", "nobr", "output", "picture", "progress", "q", "rb", "rbc",
     "ruby", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr", "slot")
)  # fmt: skip
SPACED = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "table", "blockquote", "pre", "article", "section",
     "figure", "header", "footer", "main", "aside", "nav", "form", "fieldset", "hr", "details", "body", "address")
)  # fmt: skip
"""Blocks with a blank line around them."""
CONTROLS = frozenset(("button", "select", "option", "optgroup", "legend"))
PARAGRAPH_CHARS = 80
"""Characters of a line that stands between blank lines, whatever element it is in."""
CELL_CHARS = 160
"""Characters of a cell above which it is a column of a layout and not a value."""
BULLET = "- "
BULLETS = "•·*-–—▪◦‣●"
"""Marks that some authors write before the text of an item."""
HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_KIND = {"li": ITEM, "dt": TERM, "dd": DEFINITION, "blockquote": QUOTE, **dict.fromkeys(HEADINGS, HEADING)}
_INVISIBLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HELD_SPACE = "\ufffc"
_IDEOGRAPHIC_SPACE = {0x3000: _HELD_SPACE, ord(_HELD_SPACE): None}
"""The ideographic space is no white space of HTML: it stays, held by a character that no text has."""
_NO_BREAK, _BR, _LINE, _BLANK = range(4)
"""What parts the next text from the one before: nothing, ``<br>``, the edge of a block, one with a margin."""


def read_html(text: str, lexicon: Lexicon | None = None) -> Page:
    """Read the text of an HTML page, whole or a fragment. Broken HTML is mended as browsers mend it."""
    parser = LexborHTMLParser(text)
    reader = _Reader()
    if parser.root is not None:
        reader.walk(parser.root)
    return reader.page(parser, text, lexicon)


class _Reader:
    """The state of one walk."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.entered: list[tuple[str, int, str, int, int, int]] = []
        """For each element its tag, parent, label, identity, and the first row and piece of its text."""
        self.left: list[tuple[int, int, int, int]] = []
        """In the order of their ends: an element, and the elements, rows and pieces by then."""
        self.anchors: list[tuple[int, int, str]] = []
        self.hrefs: dict[int, str] = {}
        # rows, a column each
        self.first_out: list[int] = []
        self.end_out: list[int] = []
        self.breaks: list[int] = []
        self.marks: list[int] = []
        """Characters of the mark before an item."""
        self.elements: list[int] = []
        self.kinds: list[int] = []
        self.levels: list[int] = []
        self.flags: list[int] = []
        self.linked: list[int] = []
        self.table_rows: list[int] = []
        self.table_numbers: list[int] = []
        self.barred: list[bool] = []
        """The row has cells."""
        # where the walk is
        self.open: list[tuple[int, str, int, int, int, tuple[int, int, int, int, int] | None]] = []
        self.element = -1
        self.block = -1
        self.kind = PARAGRAPH
        self.level = 0
        self.flag = 0
        self.pending = _BLANK
        self.space = False
        self.in_link = 0
        self.after_link = False
        self.after_label = self.at_label = False
        """A label has just ended; another one has begun right behind it."""
        self.labels = 0
        """Labels that are open."""
        self.running = False
        """The open row has text outside of labels."""
        self.in_pre = 0
        """The number of the ``<pre>`` that the walk is in."""
        self.pre_number = 0
        self.pre_lines = 0
        """Line breaks in it since its last text."""
        self.pre_indent = ""
        self.mark = ""
        self.lists: list[int | None] = []
        """For each open list the number of the next item, None where items have none."""
        self.table_row = -1
        self.table_number = 0
        self.cells = 0
        """Bars to be written before the next text of a table's row."""
        self.line_row = -1
        """The table row that the open line belongs to."""
        self.cell_start = 0
        self.cell_lines = 0
        self.fresh_cell = False
        """The cell goes on in its row's line and has no text yet."""
        self.line_chars = 0

    def walk(self, root: LexborNode) -> None:
        """Read a tree: the one loop over its nodes."""
        above: list[LexborNode] = []
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag
            child = None
            if tag == "-text":
                text = node.text_content
                if not text or (text.isspace() and not self.in_pre):
                    self.space = True
                else:
                    self._text(text)
            elif tag is not None and tag not in UNREAD:
                self._enter(node, tag)
                child = node.first_child
                if child is None:
                    self._leave()
            if child is not None:
                above.append(node)
                node = child
                continue
            following = node.next
            while following is None and above:
                node = above.pop()
                self._leave()
                following = node.next
            node = following

    # ---- elements

    def _enter(self, node: LexborNode, tag: str) -> None:
        attributes = node.attributes
        number = len(self.entered)
        parent, self.element = self.element, number
        label = ""
        flag = self.flag
        if attributes:
            label = _label(attributes)
            if _is_hidden(attributes):
                self.flag |= HIDDEN
        if tag in INLINE or "-" in tag:
            self.open.append((number, tag, parent, flag, self.in_link, None))
            if tag == "a" and "href" in attributes:
                self._open_link(attributes["href"] or "")
            elif tag in LABELS:
                self.at_label = self.after_label
                self.labels += 1
        else:
            state = (self.block, self.kind, self.level, self.in_pre, self.table_row)
            self.open.append((number, tag, parent, flag, self.in_link, state))
            self._open_block(tag, attributes)
        self.entered.append((tag, parent, label, node.mem_id, len(self.elements), len(self.out)))

    def _open_link(self, url: str) -> None:
        self.in_link += 1
        self.hrefs[self.element] = url
        if self.after_link and self.out and not self.pending:
            self.space = True

    def _open_block(self, tag: str, attributes: dict[str, str | None]) -> None:
        self.block = self.element
        if tag in ("td", "th"):
            self._open_cell(tag)
            return
        how = _BLANK if tag in SPACED and self._is_spaced(tag) else _LINE
        if how > self.pending and not self.fresh_cell:
            self.pending = how
        if tag in _KIND:
            self.kind = _KIND[tag]
            self._open_kind(tag, attributes)
        elif tag in ("ul", "ol", "menu"):
            self.lists.append(_start(attributes.get("start")) if tag == "ol" else None)
        elif tag == "tr":
            self.table_row = self.element
            self.cells = 0
        elif tag == "table":
            self.table_number += 1
        elif tag == "pre":
            self.pre_number += 1
            self.in_pre = self.pre_number
            self.pre_lines = 0
            self.pre_indent = ""
        elif tag == "noscript":
            self.flag |= NOSCRIPT
        elif tag == "figcaption":
            self.flag |= CAPTION
        elif tag in CONTROLS:
            self.flag |= CONTROL

    def _open_kind(self, tag: str, attributes: dict[str, str | None]) -> None:
        if tag == "li":
            number = self.lists[-1] if self.lists else None
            if number is not None:
                number = _start(attributes.get("value"), number)
                self.lists[-1] = number + 1
            self.mark = BULLET if number is None else f"{number}. "
            self.level = max(1, len(self.lists))
        elif tag in HEADINGS:
            self.level = HEADINGS[tag]
        elif tag == "blockquote":
            self.level += 1

    def _open_cell(self, tag: str) -> None:
        """Go on in the row's line, unless the cell before was a column of its own."""
        goes_on = self.line_row == self.table_row != -1 and not self.cell_lines
        if goes_on and self.line_chars - self.cell_start <= CELL_CHARS:
            self.pending = _NO_BREAK
            self.cells += 1
            self.fresh_cell = True
        else:
            self.fresh_cell = False
            self._break(_LINE)
        self.cell_start = self.line_chars
        self.cell_lines = 0
        if tag == "th":
            self.flag |= HEADER_CELL

    def _leave(self) -> None:
        number, tag, parent, flag, in_link, state = self.open.pop()
        self.left.append((number, len(self.entered), len(self.elements), len(self.out)))
        if state is not None:
            self._close_block(number, tag)
            self.block, self.kind, self.level, self.in_pre, self.table_row = state
        elif tag == "br":
            self._line_break()
        elif in_link != self.in_link:
            self._close_link(number)
        elif tag in LABELS:
            self.after_label = self.after_label or self.entered[number][-1] < len(self.out)
            self.at_label = False
            self.labels -= 1
        self.element, self.flag, self.in_link = parent, flag, in_link

    def _close_link(self, number: int) -> None:
        *_, first = self.entered[number]
        if first < len(self.out):
            self.after_link = True
            self.anchors.append((first, len(self.out), self.hrefs[number]))

    def _close_block(self, number: int, tag: str) -> None:
        if tag in ("ul", "ol", "menu"):
            self.lists.pop()
        elif tag == "li" and self.entered[number][-1] == len(self.out):
            self.mark = ""  # an empty item has none to give away
        elif tag == "tr":
            self.line_row = -1
            self.cells = 0
            self.fresh_cell = False
        how = _BLANK if tag in SPACED and self._is_spaced(tag) else _LINE
        if how > self.pending and not self.fresh_cell:
            self.pending = how

    def _is_spaced(self, tag: str) -> bool:
        """Tell whether a blank line stands around a block: not around a list in a list, nor above an item's text."""
        return not self.mark and not (self.lists and tag in ("ul", "ol"))

    def _break(self, how: int) -> None:
        if not self.fresh_cell:
            self.pending = max(self.pending, how)

    def _line_break(self) -> None:
        if self.in_pre:
            self.pre_lines += 1
        self.pending = _BR if self.pending == _NO_BREAK else _BLANK

    # ---- text

    def _text(self, text: str) -> None:
        if self.in_pre:
            self._preformatted(text)
            return
        words = text.split() if "\u3000" not in text else text.translate(_IDEOGRAPHIC_SPACE).split()
        if not words or not (text.isascii() or text.strip(WHITE)):
            self.space = self.space or bool(text)
            return
        if text[0].isspace():
            self.space = True
        line = " ".join(words)
        self._write(line if "\u3000" not in text else line.replace(_HELD_SPACE, "\u3000").strip("\u3000"))
        self.space = text[-1].isspace()

    def _write(self, text: str) -> None:
        if self.pending or not self.elements:
            if self.mark == BULLET and text[0] in BULLETS:
                self.mark = ""  # the author wrote one
            self._start_row("\n\n" if self.pending == _BLANK else "\n")
        elif self.cells:
            self.out.append(" | " * self.cells)
            self.barred[-1] = True
        elif self.space or (self.at_label and not self.running and are_apart(self.out[-1], text)):
            self.out.append(" ")
        self.cells = 0
        self.fresh_cell = False
        self.out.append(text)
        self.line_chars += len(text)
        self.after_link = self.after_label = self.at_label = False
        self.running = self.running or not self.labels
        if self.in_link:
            self.linked[-1] += len(text)

    def _start_row(self, separator: str) -> None:
        if self.elements:
            self.end_out.append(len(self.out))
            self.out.append(separator)
            if self.table_row != -1 and self.line_row == self.table_row:
                self.cell_lines += 1
        self.breaks.append(self.pending if self.elements else _BLANK)
        self.pending = _NO_BREAK
        self.running = False
        self.line_row = self.table_row
        self.line_chars = self.cell_start = 0
        self.first_out.append(len(self.out))
        if self.mark:
            self.out.append(self.mark)
        self.marks.append(len(self.mark))
        is_bare = self.kind == ITEM and not self.mark  # a further paragraph of an item
        self.elements.append(self.block)
        self.kinds.append(PARAGRAPH if is_bare else self.kind)
        self.levels.append(self.level)
        self.table_rows.append(self.table_row)
        self.table_numbers.append(self.table_number)
        self.barred.append(False)
        self.flags.append(self.flag)
        self.linked.append(0)
        self.mark = ""

    def _preformatted(self, text: str) -> None:
        """Write the text of ``<pre>``: a row for each line that is not blank, its indent before it."""
        for at, line in enumerate(text.replace("\r", " ").split("\n")):
            if at:
                self.pre_lines += 1
                self.pre_indent = ""
                self.pending = max(self.pending, _LINE)
            if not line.strip(WHITE):
                if self.pending:
                    self.pre_indent += line
                else:
                    self.out.append(line)
                continue
            self._write_code(line)
        self.space = False

    def _write_code(self, line: str) -> None:
        if self.pending or not self.elements:
            bare = line.lstrip()
            indent = self.pre_indent + line[: len(line) - len(bare)]
            inside = bool(self.elements) and self.kinds[-1] == CODE and self.levels[-1] == self.in_pre
            self.kind, self.level, kind, level = CODE, self.in_pre, self.kind, self.level
            self._start_row(("\n" * max(1, self.pre_lines) if inside else "\n\n") + indent)
            self.kind, self.level = kind, level
            line = bare
        self.pre_lines = 0
        self.pre_indent = ""
        self.out.append(line)
        if self.in_link:
            self.linked[-1] += len(line)

    # ---- the result

    def page(self, parser: LexborHTMLParser, source: str, lexicon: Lexicon | None) -> Page:
        """Make a page of what was read."""
        count = len(self.elements)
        self.end_out.append(len(self.out))
        if not count:
            self.out, self.end_out = [], []
        breaks = np.asarray(self.breaks, np.int64)
        kinds, levels = self._table_rows()
        lengths = np.fromiter(map(len, self.out), np.int64, len(self.out))
        self._part_paragraphs(breaks, kinds, lengths)
        offsets = np.concatenate(([0], np.cumsum(lengths)))
        text = "".join(self.out)
        starts, ends, lines = _trimmed(text, offsets[self.first_out].tolist(), offsets[self.end_out].tolist())
        visible = [line[mark:] if mark else line for line, mark in zip(lines, self.marks, strict=True)]
        sizes = np.maximum(1, np.fromiter(map(len, visible), np.int64, count))
        tree = self._tree(parser, source, text, lengths)
        continues = breaks == _BR
        dom = Dom(
            whole=tree,
            elements=np.asarray(self.elements, np.int64),
            kinds=kinds,
            levels=levels,
            flags=np.asarray(self.flags, np.int64),
            continues=continues,
            origins=np.asarray(starts, np.int64),
            lengths=np.asarray(ends, np.int64) - np.asarray(starts, np.int64),
            numbers=np.arange(count),
        )
        headings = np.where(kinds == HEADING, dom.levels, 0)
        return Page(
            text=text,
            markup="html",
            lines=lines,
            visible=visible,
            starts=starts,
            ends=ends,
            gaps=breaks == _BLANK,
            indents=np.zeros(count, np.int64),
            bullets=np.asarray(self.marks, np.int64) > 0,
            headings=headings,
            links=np.minimum(1.0, np.asarray(self.linked, np.float64) / sizes),
            fenced=kinds == CODE,
            measures=measure(visible),
            lexicon=lexicon,
            dom=dom,
        )

    def _tree(self, parser: LexborHTMLParser, source: str, text: str, lengths: Ints) -> Tree:
        columns = list(zip(*self.entered, strict=True)) or [()] * 6
        tags, parents, labels, nodes, first_rows, first_pieces = columns
        left = np.fromiter(chain.from_iterable(self.left), np.int64, 4 * len(self.left)).reshape(-1, 4)
        ends = np.empty_like(left)
        ends[left[:, 0]] = left
        return Tree(
            parser=parser,
            source=source,
            text=text,
            tags=tags,
            parents=parents,
            lasts=ends[:, 1],
            rows=(np.asarray(first_rows, np.int64), ends[:, 2]),
            labels=labels,
            pieces=(first_pieces, ends[:, 3]),
            lengths=lengths,
            nodes=nodes,
            anchors=self.anchors,
        )

    def _table_rows(self) -> tuple[Ints, Ints]:
        """Give kinds and levels, with the rows of tables told from the columns of layouts."""
        kinds, levels = np.asarray(self.kinds, np.int64), np.asarray(self.levels, np.int64)
        if any(self.barred):
            rows = np.asarray(self.table_rows, np.int64)
            alone = np.bincount(rows + 1)[rows + 1] == 1
            table = np.asarray(self.barred, np.bool_) & alone & (kinds == PARAGRAPH)
            kinds[table] = ROW
            levels[table] = np.asarray(self.table_numbers, np.int64)[table]
        return kinds, levels

    def _part_paragraphs(self, breaks: Ints, kinds: Ints, lengths: Ints) -> None:
        """Put a blank line beside each long line, which is a paragraph whatever its element.

        ``breaks`` and the ``lengths`` of pieces are changed.
        """
        before = np.concatenate(([0], np.cumsum(lengths)))
        long = before[self.end_out] - before[self.first_out] >= PARAGRAPH_CHARS
        beside = long.copy()
        beside[1:] |= long[:-1]
        loose = (breaks == _LINE) & beside & np.isin(kinds, (PARAGRAPH, QUOTE, HEADING))
        for row in np.flatnonzero(loose).tolist():
            self.out[self.first_out[row] - 1] = "\n\n"
            lengths[self.first_out[row] - 1] = 2
        breaks[loose] = _BLANK


def _trimmed(text: str, starts: list[int], ends: list[int]) -> tuple[list[int], list[int], list[str]]:
    """Cut the rows out of the text, without white space and characters without a shape around them."""
    lines: list[str] = []
    for row, (start, end) in enumerate(zip(starts, ends, strict=True)):
        line = text[start:end]
        bare = line.rstrip() if line.isascii() else line.rstrip(WHITE)
        if not line.isascii():
            shorter = bare.lstrip(WHITE)
            starts[row] += len(bare) - len(shorter)
            bare = shorter
        ends[row] = starts[row] + len(bare)
        lines.append(bare)
    return starts, ends, lines


def _label(attributes: dict[str, str | None]) -> str:
    label = attributes.get("class") or ""
    for name in ("id", "role"):
        if name in attributes:
            label = f"{label} {attributes[name] or ''}"
    return label


def _is_hidden(attributes: dict[str, str | None]) -> bool:
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    return style is not None and _INVISIBLE.search(style) is not None


def _start(value: str | None, default: int = 1) -> int:
    try:
        return int(value) if value else default
    except ValueError:
        return default
