"""What a person sees: colours on a terminal, plain text elsewhere, and no control character of a document.

``NO_COLOR`` and ``FORCE_COLOR`` are honoured.
"""

from __future__ import annotations

import os
import sys
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

_PICTURES = {code: 0x2400 + code for code in range(0x20) if code != ord("\t")}
_VISIBLE = {**_PICTURES, 0x7F: 0x2421, **dict.fromkeys(range(0x80, 0xA0), 0xFFFD)}


def visible(text: str) -> str:
    """Show control characters as pictures of themselves: a document must not steer the terminal."""
    return text.translate(_VISIBLE).encode("utf-8", "replace").decode()


def console(stream: IO[str]) -> Console:
    """Give a console for a stream that wraps and highlights nothing by itself."""
    from rich.console import Console

    return Console(file=stream, highlight=False, markup=False, emoji=False, soft_wrap=True)


def is_terminal(stream: IO[str]) -> bool:
    """Whether a stream is a terminal on which lines can be drawn again."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def colours(stream: IO[str]) -> bool:
    """Whether what is written to a stream may be coloured."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or is_terminal(stream)


def write_diff(diff: bytes) -> None:
    """Write a unified diff to stdout: as it is for a program, coloured for a person."""
    if not colours(sys.stdout):
        sys.stdout.buffer.write(diff)
        return
    from rich.text import Text

    out = console(sys.stdout)
    for line in diff.decode().removesuffix("\n").split("\n"):
        out.print(Text(visible(line), style=_DIFF_STYLES.get(line[:1], "")))


_DIFF_STYLES = {"-": "red", "+": "green", "@": "cyan"}
