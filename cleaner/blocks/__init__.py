"""Front ends: each turns a decoded text into a :class:`~cleaner.blocks.page.Page`."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from cleaner.blocks.html import read_html
from cleaner.blocks.lines import Lines, split
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
    if not is_markdown("\n".join(rows.lines)):
        return _plain(text, rows, lexicon)
    visible, bullets, headings, links, fenced = read_marks(rows)
    return Page(
        text=text,
        markup="markdown",
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
        measures=measure([line or "-" for line in visible]),
        lexicon=lexicon,
    )


def _plain(text: str, rows: Lines, lexicon: Lexicon | None) -> Page:
    visible, bullets = strip_bullets(rows)
    count = len(rows.lines)
    return Page(
        text=text,
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
        fenced=np.zeros(count, np.bool_),
        measures=measure(visible),
        lexicon=lexicon,
    )


def read_plain(page: Page, lexicon: Lexicon | None = None, held: Bools | None = None) -> Page:
    """Read what is left of an HTML page as the text that it is now; code stays marked as such.

    ``held`` are the rows of the page that must stay.
    """
    text = _plain(page.text, split(page.text), lexicon) if page.fenced.any() else read(page.text, lexicon)
    if len(text) != len(page):
        return text
    if page.fenced.any():
        text = replace(text, fenced=page.fenced)
    return replace(text, held=held) if held is not None and held.any() else text
