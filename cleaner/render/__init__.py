"""A document as text, Markdown or JSON, and its cleaning as a list of changes that people can read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from cleaner.model import Block, CleanerError, Document, Edit, Flag, Link
from cleaner.render.markdown import blocks_to_markdown

METADATA = (
    "title",
    "authors",
    "date",
    "url",
    "site",
    "platform",
    "section",
    "modified",
    "site_name",
    "description",
    "image",
    "language",
)
"""The metadata of a document, in the order in which it is written everywhere."""

CONTEXT = 3
"""Unchanged lines around a change in a diff, as in ``diff -u``."""

_LINE_BREAKS_TO_SOME = str.maketrans({"\x85": "\\u0085", "\u2028": "\\u2028", "\u2029": "\\u2029"})


def metadata(document: Document) -> dict[str, Any]:
    """Give the metadata of a document as plain values."""
    values = {name: getattr(document, name) for name in METADATA}
    return {**values, "authors": list(document.authors)}


def to_text(document: Document) -> str:
    """Give the cleaned text, in the markup it came in, as the content of a file: its last line ends too."""
    return _ended(document.text)


def to_markdown(document: Document, *, front_matter: bool = False, links: bool = False) -> str:
    """Give the cleaned text, after a block of YAML front matter with the metadata if asked for.

    A text or Markdown stays as it came. What was HTML is written by its structure, with ``links`` as links too.
    """
    front = to_front_matter(document) if front_matter else ""
    return front + (blocks_to_markdown(document, links=links) if document.blocks else to_text(document))


def to_front_matter(document: Document) -> str:
    """Give the metadata that is known as YAML front matter. Values are written as JSON, which YAML reads."""
    known = {name: value for name, value in metadata(document).items() if value}
    lines = [f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in known.items()]
    return "\n".join(["---", *lines, "---", "", ""])


def to_record(document: Document, *, text: bool = True) -> dict[str, Any]:
    """Give a document as a dictionary for JSON, without its text if that is written beside it.

    What was HTML has its ``blocks`` too.
    """
    return {
        **({"text": document.text} if text else {}),
        **metadata(document),
        "flags": [asdict(flag) for flag in document.flags],
        "edits": [asdict(edit) for edit in document.edits],
        "markup": document.markup,
        "encoding": document.encoding,
        **({"blocks": [_block_record(block) for block in document.blocks]} if document.blocks else {}),
    }


def _block_record(block: Block) -> dict[str, Any]:
    """Give a block without what it has not: most have neither level nor links."""
    record = {name: value for name, value in asdict(block).items() if value or name in ("start", "end")}
    return {**record, "links": [asdict(link) for link in block.links]} if block.links else record


def _block(record: Mapping[str, Any]) -> Block:
    return Block(**{**record, "links": tuple(Link(**link) for link in record.get("links", ()))})


def to_json(document: Document) -> str:
    """Give a document as indented JSON: text, metadata, flags and edits."""
    return json_text(to_record(document))


def json_text(record: Mapping[str, Any]) -> str:
    """Write a record as indented JSON with a line break at its end."""
    return json.dumps(record, ensure_ascii=False, indent=2) + "\n"


def json_line(record: Mapping[str, Any]) -> str:
    """Write a record as one line of JSON, without any character that some reader takes for a line break."""
    return json.dumps(record, ensure_ascii=False).translate(_LINE_BREAKS_TO_SOME) + "\n"


def from_record(record: object, *, text: str | None = None) -> Document:
    """Read a document back from what :func:`to_record` gave; ``text`` is given where the record has none."""
    if not isinstance(record, dict):
        raise CleanerError("not a record of a cleaned document")
    try:
        return Document(
            text=record["text"] if text is None else text,
            edits=tuple(Edit(**edit) for edit in record["edits"]),
            flags=tuple(Flag(**flag) for flag in record.get("flags", ())),
            markup=record.get("markup", "text"),
            encoding=record.get("encoding"),
            blocks=tuple(map(_block, record.get("blocks", ()))),
            **_metadata(record),
            authors=tuple(record.get("authors") or ()),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise CleanerError(f"not a record of a cleaned document: {error}") from None


def _metadata(record: Mapping[str, Any]) -> dict[str, Any]:
    return {name: record.get(name) for name in METADATA if name != "authors"}


@dataclass(frozen=True, slots=True)
class Change:
    """Lines of the input and what became of them: the same where there are no edits, else changed by those."""

    before: tuple[str, ...]
    after: tuple[str, ...]
    edits: tuple[Edit, ...] = ()


def changes(document: Document) -> Iterator[Change]:
    """Walk the input line by line and say what became of each line.

    Lines whose edits hang together (an edit crosses the line break, or joins two lines) come as one change.
    Every line ends in a line break, the last one too, as in a file.
    """
    text, edits = document.restore(), document.edits
    start = at = 0  # of the open group of lines; of what is not carried over yet
    after: list[str] = []
    group: list[Edit] = []
    upcoming = 0
    for begin, end in _line_spans(text):
        last = end == len(text)
        while upcoming < len(edits) and (edits[upcoming].start < end or last):
            edit = edits[upcoming]
            after += (text[at : edit.start], edit.replacement)
            at = edit.end
            group.append(edit)
            upcoming += 1
        if not group:
            line = _ended(text[begin:end])
            yield Change((line,), (line,))
            start = at = end
            continue
        if at < end:
            after.append(text[at:end])
            at = end
        became = "".join(after)
        if last or (at == end and (not became or became.endswith("\n"))):
            yield from _parted(_lines(_ended(text[start:end])), _lines(_ended(became)), tuple(group))
            start, after, group = end, [], []


def unified_diff(document: Document, name: str) -> Iterator[str]:
    """Give the cleaning as a unified diff, line by line without line breaks; nothing if no line changed.

    It is read off the edits and not searched for, so it takes time in proportion to the text.
    """
    rows = [row for change in changes(document) for row in _diff_rows(change)]
    touched = [number for number, (mark, _) in enumerate(rows) if mark != " "]
    if not touched:
        return
    yield f"--- raw/{name}"
    yield f"+++ cleaned/{name}"
    old_line = new_line = done = 0
    for first, last in _hunks(touched, len(rows)):
        old_line += sum(mark != "+" for mark, _ in rows[done:first])
        new_line += sum(mark != "-" for mark, _ in rows[done:first])
        old_count = sum(mark != "+" for mark, _ in rows[first:last])
        new_count = sum(mark != "-" for mark, _ in rows[first:last])
        yield f"@@ -{_range(old_line, old_count)} +{_range(new_line, new_count)} @@"
        for mark, line in rows[first:last]:
            yield mark + line.removesuffix("\n")
        old_line, new_line, done = old_line + old_count, new_line + new_count, last


def _ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


def _line_spans(text: str) -> Iterator[tuple[int, int]]:
    begin = 0
    while begin < len(text):
        end = text.find("\n", begin) + 1 or len(text)
        yield begin, end
        begin = end


def _lines(text: str) -> tuple[str, ...]:
    return tuple(text[begin:end] for begin, end in _line_spans(text))


def _parted(before: tuple[str, ...], after: tuple[str, ...], edits: tuple[Edit, ...]) -> Iterator[Change]:
    """Set aside the lines at both ends that an edit only touched at their line break."""
    shorter = min(len(before), len(after))
    head = next((i for i in range(shorter) if before[i] != after[i]), shorter)
    tail = next((i for i in range(shorter - head) if before[-1 - i] != after[-1 - i]), shorter - head)
    for line in before[:head]:
        yield Change((line,), (line,))
    yield Change(before[head : len(before) - tail], after[head : len(after) - tail], edits)
    for line in before[len(before) - tail :]:
        yield Change((line,), (line,))


def _diff_rows(change: Change) -> Iterator[tuple[str, str]]:
    if not change.edits:
        yield from ((" ", line) for line in change.before)
        return
    yield from (("-", line) for line in change.before)
    yield from (("+", line) for line in change.after)


def _hunks(touched: list[int], length: int) -> Iterator[tuple[int, int]]:
    """Group touched rows, with their context, into ranges that do not meet."""
    first, last = touched[0], touched[0]
    for number in touched[1:]:
        if number - last > 2 * CONTEXT:
            yield max(first - CONTEXT, 0), min(last + CONTEXT + 1, length)
            first = number
        last = number
    yield max(first - CONTEXT, 0), min(last + CONTEXT + 1, length)


def _range(line: int, count: int) -> str:
    return f"{line + bool(count)},{count}"
