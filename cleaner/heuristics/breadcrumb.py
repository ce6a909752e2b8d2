"""Breadcrumbs: the path of sections that leads to the page, "Home / Security / Headline".

Short parts between separators that stand free, from a word for the home page or to the page's own title.
The section is captured, but not from parts between bars that do not end in the title: such a line may be the menu.

It must not touch prose with slashes or dashes ("and / or"), a verse set in one line with slashes, a line with
quotation marks that look like arrows ("entre « oui » et « non »"), or a "question > answer > note" in running
text: so the line must start at home, end in the title, or stand in the head with short parts only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._paths import parts_of
from cleaner.heuristics.title import find
from cleaner.measures import rows_where
from cleaner.model import Capture, Drop

_SEPARATOR = re.compile(r"\s(?:[/>›»→|\\❯‹«◂▸➔]|::|//)\s|[›»❯]")
MAX_WEIGHT = 300.0
NEAR = 40
"""Rows between a breadcrumb and the prose."""
MAX_PART = 30
"""Characters of a part, but for the last, which may be the title."""
_END = ".!?…。！？"


def propose(page: Page) -> Iterator[Drop | Capture]:
    """Propose the breadcrumbs of the head and the tail."""
    head = page.head_end if page.has_prose else min(len(page), 30)
    home = set(page.rows("breadcrumb").tolist())
    row_of_title = find(page)
    title = page.visible[row_of_title].casefold() if row_of_title is not None else None
    able = (page.measures.punctuation > 0) & (page.measures.weight <= MAX_WEIGHT) & ~page.prose
    able[head : page.tail_start] = False
    able[: max(0, head - NEAR)] = False
    able[page.tail_start + NEAR :] = False
    sections: dict[bool, list[str]] = {True: [], False: []}
    for row in rows_where(able).tolist():
        line = page.visible[row]
        if row == row_of_title or not _SEPARATOR.search(line) or _in_table(page, row):
            continue
        parts = [stripped for part in parts_of(line, _SEPARATOR) if (stripped := part.strip())]
        if len(parts) < 2 or any(len(part) > MAX_PART or part[-1] in _END for part in parts[:-1]):
            continue
        ends_in_title = title is not None and len(parts[-1]) > MAX_PART / 3 and _is_start(parts[-1].casefold(), title)
        ends_in_title &= len(parts[-1]) > max(map(len, parts[:-1]))  # else a title and the name of its site
        if (
            row not in home
            and not ends_in_title
            and not (len(parts) >= 3 and row < head and len(parts[-1]) <= MAX_PART)
        ):
            continue
        yield Drop((row,), "a breadcrumb")
        section = parts[1:-1] if row in home else parts[:-1]
        if section and row < head and (ends_in_title or (row in home and " | " not in line)):
            sections[ends_in_title].append(section[-1])
    for path in (sections[True] or sections[False])[:1]:  # the path to this page, before one to anywhere
        yield Capture("section", path, "the breadcrumb's last section")


def _in_table(page: Page, row: int) -> bool:
    """Tell whether a line is the row of a table: a neighbour has as many bars."""
    bars = page.visible[row].count(" | ")
    beside = page.visible[max(0, row - 1) : row] + page.visible[row + 1 : row + 2]
    return bars > 0 and any(line.count(" | ") == bars for line in beside)


def _is_start(part: str, title: str) -> bool:
    """Tell whether a part is the title, or its start cut short with dots."""
    return title.startswith(part.rstrip(". …"))
