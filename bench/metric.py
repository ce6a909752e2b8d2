"""Word-F1: how much of the article is there, and how little else.

A page's words are the multiset of its lower-cased runs of word characters. Precision is the share of the
predicted words that the gold text has, recall the share of the gold words that the prediction has, F1 their
harmonic mean. A score of many pages is the mean of the pages' F1: a long page counts as much as a short one.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

_WORD = re.compile(r"\w+")
_TOKEN = re.compile(
    r"""
      \\(?P<escaped>[\\`*_{}\[\]()\#+\-.!|>~$])
    | (?P<image>!\[)
    | (?P<open>\[)
    | (?P<target>\]\()
    | (?P<close>\])
    | (?P<autolink><(?:https?|mailto):[^<>\s]+>)
    | (?P<stars>\*+)
    | (?P<underscores>_+)
    """,
    re.VERBOSE,
)
_TARGET = re.compile(
    r"""
    \s* <?
    (?P<address> (?: [^()\s\\]++ | \\. | \( [^()]*+ \) )*+ )
    (?: \s+ "[^"]*" )? \s* \)
    """,
    re.VERBOSE,
)


class Score(NamedTuple):
    """Precision, recall and F1 of one page."""

    precision: float
    recall: float
    f1: float


def words(text: str) -> Counter[str]:
    """Count a text's words."""
    return Counter(_WORD.findall(text.lower()))


def score(predicted: Counter[str], gold: Counter[str]) -> Score:
    """Compare two counts of words. Where the gold text is empty, only an empty prediction is right."""
    if not gold or not predicted:
        right = float(not gold and not predicted)
        return Score(right, right, right)
    shared = (predicted & gold).total()
    precision, recall = shared / predicted.total(), shared / gold.total()
    return Score(precision, recall, 2 * shared / (predicted.total() + gold.total()))


def reading_text(markdown: str) -> str:
    """Give what a reader sees of a Markdown text: no link targets, images, emphasis marks or escapes.

    Works from left to right with a stack of open brackets, in time linear in the text.
    """
    out: list[str] = []
    open_brackets: list[tuple[int, bool]] = []
    at = 0
    while token := _TOKEN.search(markdown, at):
        out.append(markdown[at : token.start()])
        at = token.end()
        kind = token.lastgroup
        if kind == "escaped":
            out.append(token["escaped"])
        elif kind in ("image", "open"):
            open_brackets.append((len(out), kind == "image"))
            out.append(token.group())
        elif kind in ("target", "close") and open_brackets:
            at = _close(markdown, token, out, *open_brackets.pop())
        elif kind == "underscores":
            out.append(_underscores(markdown, token))
        elif kind == "stars":
            out.append(" " * (len(token.group()) % 2))
        else:
            out.append(" " if kind == "autolink" else token.group())
    out.append(markdown[at:])
    return "".join(out)


def _close(markdown: str, bracket: re.Match[str], out: list[str], opened: int, image: bool) -> int:
    """End a link or an image, and give the offset behind it; brackets without a target stay as they are."""
    target = _TARGET.match(markdown, bracket.end()) if bracket.lastgroup == "target" else None
    if not target:
        out.append(bracket.group())
        return bracket.end()
    if image:
        del out[opened:]
        out.append(" ")
    else:
        out[opened] = ""
    return target.end()


def _underscores(markdown: str, mark: re.Match[str]) -> str:
    """Drop underscores at the edge of a word; inside a name (``snake_case``) they are no emphasis."""
    before, after = markdown[mark.start() - 1 : mark.start()], markdown[mark.end() : mark.end() + 1]
    inside_word = before.isalnum() and after.isalnum()
    alone = mark.group() == "_" and not before.strip() and not after.strip()
    return mark.group() if inside_word or alone else ""
