"""The structure of a document that was HTML, written as Markdown (CommonMark, with the tables of GitHub).

A mark is escaped only where Markdown would read it as one: text shown as Markdown reads as it does unmarked, and
raw Markdown reads well too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from cleaner.model import Block, Document, Link

MAX_HEADING = 6

HARD_BREAK = "  \n"
"""What breaks a line within a paragraph."""

_BAR = " | "
_MARK = re.compile(r"(?:-|(\d{1,9})\.) ")
_BACKTICKS = re.compile("`+")
_RUNNING = ("paragraph", "term", "definition")

_BEGINS_BLOCK = re.compile(
    r"(?P<mark>#{1,6}(?=\s|$)|[-+*](?=\s|$)|>|=+(?=\s*$)|-+(?=\s*$)|(?:[-*_][ \t]*){3,}(?=$)|~~~|```"
    r"|\|(?=.*\|\s*$)|:?-+:?(?=\s*\|)|\[(?=[ xX]\]\s|[^\]]+\]:))|(?P<number>\d{1,9})(?P<stop>[.)](?=\s|$))"
)
"""What makes more of a line than text, where it stands at its beginning."""

_ALWAYS = re.compile(
    r"\\(?=[!-/:-@\[-`{-~]|$)|<(?=[a-zA-Z/!?])|&(?=#\d+;|#[xX][0-9a-fA-F]+;|[a-zA-Z][a-zA-Z0-9]*;)|\](?=\()"
)
_PAIRED = {
    "*": re.compile(r"(?<!\s)\*|\*(?!\s)"),
    "_": re.compile(r"(?<![^\W_])_|_(?![^\W_])"),
    "~": re.compile("~"),
    "`": re.compile("`"),
}
"""Marks that count where there are two of them, and where they may open or close something."""

_CLOSING_HASHES = re.compile(r"(?<=\s)#(?=#*\s*$)|^#(?=#*\s*$)")
_UNSAFE_URL = re.compile(r"\s*(?:javascript|data|file|vbscript):", re.IGNORECASE)
_URL_ENTITY = re.compile(r"&(?=#?\w+;)")
_NEEDS_BRACKETS = re.compile(r"[\s()<>\\]")
_PERCENT = {ord(char): f"%{ord(char):02X}" for char in "\t\n\r <>\\"}


def blocks_to_markdown(document: Document, *, links: bool) -> str:
    """Write a document by its blocks; ``links`` keeps the targets of links."""
    writer = _Writer(document.text, links=links)
    return writer.written(list(_whole(document)))


def _whole(document: Document) -> Iterator[Block]:
    """Give the blocks, and as paragraphs any lines that no block holds."""
    text, at = document.text, 0
    for block in (*document.blocks, Block("paragraph", len(text), len(text))):
        for line in re.finditer(r"\S.*", text[at : block.start]):
            if any(char.isprintable() and char != " " for char in line[0]):  # else it is zero-width
                yield Block("paragraph", at + line.start(), at + line.start() + len(line[0].rstrip()))
        if block.start < block.end:
            yield block
        at = max(at, block.end)


class _Writer:
    """Writes blocks one after the other; it remembers the lists that are open."""

    def __init__(self, text: str, *, links: bool) -> None:
        self._text = text
        self._links = links
        self._indents: list[int] = [0]
        """For each depth of the open list, the column at which the content of its items begins."""
        self._numbers: dict[int, tuple[int, str]] = {}
        """For each depth, the number of the last item and what stands after it."""
        self._paired = ""
        """Marks that the open paragraph holds more than once."""

    def written(self, blocks: Sequence[Block]) -> str:
        """Write all blocks."""
        ends = self._paragraph_ends(blocks)
        out: list[str] = []
        last: Block | None = None
        for _, group in groupby(_numbered(blocks), key=lambda entry: entry[0]):
            several = [block for _, block in group]
            between = self._between(last, several[0]) if last else ""
            if between != HARD_BREAK:
                self._paired = _paired(self._text[several[0].start : ends[several[0].start]])
            out += (between, self._group(several))
            last = several[-1]
        return "".join([*out, "\n"]) if out else ""

    def _paragraph_ends(self, blocks: Sequence[Block]) -> dict[int, int]:
        """Give by the start of each block where the lines end that become one paragraph with it."""
        ends: dict[int, int] = {}
        following: Block | None = None
        for block in reversed(blocks):
            together = following is not None and self._between(block, following) == HARD_BREAK
            ends[block.start] = ends[following.start] if following and together else block.end
            following = block
        return ends

    def _group(self, blocks: list[Block]) -> str:
        block = blocks[0]
        goes_on = block.kind == "item" or self._continues_item(block)
        if not goes_on:
            self._indents, self._numbers = [0], {}
        if block.kind == "code":
            return self._code(blocks)
        if block.kind == "row":
            return self._table(blocks)
        if block.kind == "item":
            return self._item(block)
        if block.kind == "heading":
            return self._heading(block)
        if block.kind == "quote":
            return "> " * max(1, block.level) + self._line(block.start, block.end, block.links)
        if block.kind == "term":
            self._paired += "*"
            return f"**{self._line(block.start, block.end, block.links, begins=False)}**"
        line = self._line(block.start, block.end, block.links)
        return " " * self._indents[-1] + line if goes_on else line

    def _continues_item(self, block: Block) -> bool:
        return block.kind == "paragraph" and 0 < block.level < len(self._indents)

    def _between(self, last: Block, block: Block) -> str:
        """Give what stands between two blocks."""
        close = self._text[last.end : block.start].count("\n") < 2
        if last.kind == block.kind == "item":
            return "\n"
        if close and last.kind in _RUNNING and block.kind in _RUNNING and last.level == block.level:
            return HARD_BREAK
        if last.kind == block.kind == "quote":
            if close and last.level == block.level:
                return HARD_BREAK
            return "\n" + "> " * (max(1, min(last.level, block.level)) - 1) + ">\n"
        return "\n\n"

    def _heading(self, block: Block) -> str:
        line = self._line(block.start, block.end, block.links, begins=False)
        level = min(max(block.level, 1), MAX_HEADING)
        return "#" * level + " " + _CLOSING_HASHES.sub(r"\\#", line)

    def _item(self, block: Block) -> str:
        depth = max(1, block.level)
        found = _MARK.match(self._text, block.start, block.end)
        start = found.end() if found else block.start
        mark = self._ordered(depth, int(found[1])) if found and found[1] else "- "
        if mark == "- ":
            self._numbers.pop(depth, None)
        self._numbers = {at: number for at, number in self._numbers.items() if at <= depth}
        del self._indents[depth:]
        column = self._indents[-1]
        self._indents += [column] * (depth - len(self._indents)) + [column + len(mark)]
        return " " * column + mark + self._line(start, block.end, block.links)

    def _ordered(self, depth: int, number: int) -> str:
        """Give the mark of a numbered item. Where the numbers do not go on, another mark begins another list."""
        last, stop = self._numbers.get(depth, (number - 1, "."))
        if number != last + 1:
            stop = ")" if stop == "." else "."
        self._numbers[depth] = (number, stop)
        return f"{number}{stop} "

    def _code(self, blocks: Sequence[Block]) -> str:
        start = self._text.rfind("\n", 0, blocks[0].start) + 1
        if self._text[start : blocks[0].start].strip():
            start = blocks[0].start
        code = self._text[start : blocks[-1].end]
        longest = max((len(run) for run in _BACKTICKS.findall(code)), default=0)
        fence = "`" * max(3, longest + 1)
        return f"{fence}\n{code}\n{fence}"

    def _table(self, blocks: Sequence[Block]) -> str:
        rows = [self._cells(block) for block in blocks]
        columns = max(map(len, rows))
        if columns == 1:
            return "\n\n".join(self._line(block.start, block.end, block.links) for block in blocks)
        header = rows.pop(0) if blocks[0].header else []
        lines = [header, ["---"] * columns, *rows]
        return "\n".join(f"| {_BAR.join([*row, *[''] * (columns - len(row))])} |" for row in lines)

    def _cells(self, block: Block) -> list[str]:
        cells: list[str] = []
        at = block.start
        for cell in self._text[block.start : block.end].split(_BAR):
            end = at + len(cell)
            cells.append(self._line(at, end, block.links, begins=False).strip().replace("|", r"\|"))
            at = end + len(_BAR)
        return cells

    def _line(self, start: int, end: int, links: Sequence[Link], *, begins: bool = True) -> str:
        """Write the text of a block; ``begins`` says that it stands where a mark could begin a block."""
        linked = [(max(link.start, start), min(link.end, end), link.url) for link in links if self._links]
        pieces: list[str] = []
        line = self._text[start:end].replace("\n", " ")
        escaped = _escapes(line, self._paired, begins=begins)
        at = start
        for first, last, url in sorted(linked):
            if first < at or first >= last or not _leads_somewhere(url) or not self._text[first:last].strip():
                continue
            escaped |= _escapes_of_link(line, first - start, last - start)
            pieces += (
                _apply(line, escaped, at - start, first - start),
                "[",
                _apply(line, escaped, first - start, last - start),
                f"]({_target(url)})",
            )
            at = last
        return "".join([*pieces, _apply(line, escaped, at - start, end - start)])


def _numbered(blocks: Sequence[Block]) -> Iterator[tuple[int, Block]]:
    """Give the blocks with a number that the lines of one code share, and the rows of one table."""
    number = 0
    last: Block | None = None
    for block in blocks:
        together = last is not None and block.kind in ("code", "row")
        if not (together and last is not None and (last.kind, last.level) == (block.kind, block.level)):
            number += 1
        yield number, block
        last = block


def _paired(paragraph: str) -> str:
    return "".join(mark for mark in _PAIRED if paragraph.count(mark) > 1)


def _escapes(line: str, paired: str, *, begins: bool) -> frozenset[int]:
    """Give the places of the characters that need a backslash."""
    places = {found.start() for found in _ALWAYS.finditer(line)}
    for mark in paired:
        places.update(found.start() for found in _PAIRED[mark].finditer(line))
    begin = _BEGINS_BLOCK.match(line) if begins else None
    if begin is not None:
        places.add(begin.start("mark") if begin["mark"] else begin.start("stop"))
    return frozenset(places)


def _escapes_of_link(line: str, start: int, end: int) -> set[int]:
    """Give the places of what would turn the marks of a link into something else, from within or before it."""
    places = {at for at in range(start, end) if line[at] in "[]"}
    places.update(at for at, marks in ((start - 1, "\\!"), (end - 1, "\\")) if at >= 0 and line[at] in marks)
    return places


def _apply(line: str, places: frozenset[int], start: int, end: int) -> str:
    """Write a part of a line with its backslashes."""
    if not places:
        return line[start:end]
    return "".join("\\" + line[at] if at in places else line[at] for at in range(start, end))


def _leads_somewhere(url: str) -> bool:
    return bool(url.strip("# \t\n")) and not _UNSAFE_URL.match(url)


def _target(url: str) -> str:
    url = _URL_ENTITY.sub("&amp;", url.strip())
    if not _NEEDS_BRACKETS.search(url):
        return url
    return f"<{url.translate(_PERCENT)}>"
