"""Front ends: each turns a decoded text into a :class:`~cleaner.blocks.page.Page`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cleaner.blocks.html import read_html
from cleaner.blocks.lines import split
from cleaner.blocks.markdown import is_markdown, read_marks
from cleaner.blocks.page import Page
from cleaner.blocks.text import strip_bullets
from cleaner.measures import Bools, measure
from cleaner.phrases import Lexicon

__all__ = ["Page", "is_markdown", "read", "read_html", "read_plain"]


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
        lexicon=lexicon,
    )


def read_plain(page: Page, lexicon: Lexicon | None = None, held: Bools | None = None) -> Page:
    """Read what is left of an HTML page as the text that it is now; code stays marked as such.

    ``held`` are the rows of the page that must stay.
    """
    if not page.fenced.any():
        text = read(page.text, lexicon)
        return replace(text, held=held) if held is not None and held.any() and len(text) == len(page) else text
    rows = split(page.text)
    visible, bullets = strip_bullets(rows)
    count = len(rows.lines)
    same = count == len(page)
    return Page(
        text=page.text,
        markup="text",
        lines=rows.lines,
        visible=visible,
        starts=rows.starts,
        ends=rows.ends,
        gaps=rows.gaps,
        indents=rows.indents,
        bullets=bullets,
        headings=np.zeros(count, np.int64),
        links=np.zeros(count, np.float64),
        fenced=page.fenced if same else np.zeros(count, np.bool_),
        measures=measure(visible),
        lexicon=lexicon,
        held=held if same and held is not None and held.any() else None,
    )
