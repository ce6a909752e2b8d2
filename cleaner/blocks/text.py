"""Front end for plain text: layout text, one text node a line, or a crawl's text records."""

from __future__ import annotations

import numpy as np

from cleaner.blocks.lines import Lines
from cleaner.measures import Bools

BULLETS = frozenset("*•·∙‣▪▫■□◦●○►▸▶»›–—-+¤✓✔➤➜→")
"""Marks that open a list item when white space follows."""


def strip_bullets(rows: Lines) -> tuple[list[str], Bools]:
    """Give the rows without the marks of list items, and which rows had one."""
    visible: list[str] = []
    bullets: list[bool] = []
    for line in rows.lines:
        if line[0] in BULLETS and len(line) > 2 and line[1] in " \t\xa0":
            visible.append(line[2:].lstrip() or line)
            bullets.append(True)
        else:
            visible.append(line)
            bullets.append(False)
    return visible, np.array(bullets, np.bool_)
