"""Front ends: each turns a decoded text into a :class:`~cleaner.blocks.page.Page`."""

from __future__ import annotations

import numpy as np

from cleaner.blocks.lines import split
from cleaner.blocks.markdown import is_markdown, read_marks
from cleaner.blocks.page import Page
from cleaner.blocks.text import strip_bullets
from cleaner.measures import measure
from cleaner.phrases import Lexicon

__all__ = ["Page", "is_markdown", "read"]


def read(text: str, lexicon: Lexicon | None = None) -> Page:
    """Read a decoded text as Markdown or as plain text, told apart by its content.

    A lexicon marks the rows that its phrases are found in.
    """
    rows = split(text)
    count = len(rows.lines)
    if is_markdown("\n".join(rows.lines)):
        marks = read_marks(rows)
        visible, bullets, headings, links, fenced = marks
        measured = [line or "-" for line in visible]
    else:
        visible, bullets = strip_bullets(rows)
        headings, links = np.zeros(count, np.int64), np.zeros(count, np.float64)
        measured = visible
        fenced = np.zeros(count, np.bool_)
    phrases = lexicon.match(visible) if lexicon is not None else {}
    if fenced.any():
        phrases = {family: marked[~fenced[marked]] for family, marked in phrases.items()}
    return Page(
        text=text,
        markup="markdown" if measured is not visible else "text",
        lines=rows.lines,
        visible=visible,
        starts=rows.starts,
        ends=rows.ends,
        gaps=rows.gaps,
        indents=rows.indents,
        bullets=bullets,
        headings=headings,
        links=links,
        fenced=fenced,
        measures=measure(measured),
        phrases=phrases,
    )
