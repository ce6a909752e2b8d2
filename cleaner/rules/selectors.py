"""CSS selectors of rules: what does not fit in one, and what a page must contain for it to match."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import TypeAlias

import regex
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from cleaner.rules.fold import fold
from cleaner.rules.literals import LONGEST, is_selective

Needs: TypeAlias = tuple[frozenset[str], ...]
"""For each branch of a selector, folded words that are in the source of each page where it matches."""

MAX_STEPS = 2
"""Descendant and sibling combinators of one branch. The engine tries all ways to lay them out, so that on elements
nested 200 deep two cost 0.1 s, three 1.5 s and four 80 s."""

_TOKEN = regex.compile(
    r"""  /\*.*?(?:\*/|\Z)
        | (?P<string>"(?:[^"\\]|\\.)*+"?|'(?:[^'\\]|\\.)*+'?)
        | (?P<open>[(\[]\s*+)
        | (?P<close>\s*+[)\]])
        | (?P<combinator>\s*+(?:[>+,]|~(?!=))\s*+|\s++)
        | (?P<name>[.\#]?(?:[\w-]|[^\x00-\x7f]|\\.)++)
        | (?P<pseudo>::?[\w-]++)
        | .
    """,
    regex.VERBOSE | regex.DOTALL,
)
_UNSAFE = regex.compile(r"[^A-Za-z0-9_. -]+")
"""Characters that a page may write as references: ``&amp;``, ``&#x2F;``."""


@dataclass(slots=True)
class _Branch:
    """What one of the alternatives between commas is made of."""

    words: set[str] = field(default_factory=set)
    steps: int = 0


class _Reader:
    """Reads a selector that the engine accepts, as far as costs and words go. What it does not know is no word."""

    def __init__(self) -> None:
        self.branches = [_Branch()]
        self.pseudos: list[str] = []
        """Names before the parentheses that are open."""
        self.attribute: list[str] | None = None
        self.last_pseudo = ""
        self.has_in_has = False

    def read(self, selector: str) -> None:
        """Read a whole selector."""
        for token in _TOKEN.finditer(selector.strip()):
            text = token[0].strip()
            match token.lastgroup:
                case "combinator" if self.attribute is None:
                    self._combine(text)
                case "open":
                    self._open(text)
                case "close":
                    self._close(text)
                case "name" | "string":
                    self._name(text)
                case "pseudo":
                    self.last_pseudo = text

    def _combine(self, mark: str) -> None:
        if mark == "," and not self.pseudos:
            self.branches.append(_Branch())
        elif mark in ("", "~"):
            self.branches[-1].steps += 1

    def _open(self, mark: str) -> None:
        if mark == "[":
            self.attribute = []
            return
        self.has_in_has |= self.last_pseudo == ":has" and ":has" in self.pseudos
        self.pseudos.append(self.last_pseudo)

    def _close(self, mark: str) -> None:
        if mark == ")":
            del self.pseudos[-1:]
        elif self.attribute is not None:
            name, *values = self.attribute or [""]
            self._add(name if name.startswith("data-") else "")
            self._add(*values[:1])
            self.attribute = None

    def _name(self, text: str) -> None:
        if self.attribute is not None:
            self.attribute.append(text.strip("\"'"))
        elif text[0] in ".#":
            self._add(text[1:])
        elif "-" in text:  # an element of somebody's own
            self._add(text)

    def _add(self, *words: str) -> None:
        if self.pseudos:  # what ":not" or ":is" say need not be there
            return
        for word in words:
            pieces = [] if "\\" in word else _UNSAFE.split(fold(word))
            self.branches[-1].words.update(piece[:LONGEST] for piece in pieces if is_selective(piece))


def alternatives(selector: str) -> list[str]:
    """Give what stands between the commas of a selector, but not between those inside of ``:is()`` and the like."""
    found, depth, at = [], 0, 0
    for token in _TOKEN.finditer(selector):
        depth += (token["open"] is not None) - (token["close"] is not None)
        if token["combinator"] is not None and token[0].strip() == "," and not depth:
            found.append(selector[at : token.start()])
            at = token.end()
    return [one.strip() for one in (*found, selector[at:])]


def misfit(selector: str) -> str | None:
    """Say what is wrong with a selector, or give None where it fits."""
    try:
        _empty_page().css(selector)
    except (SelectolaxError, ValueError):
        return "no selector that can be read"
    reader = _Reader()
    reader.read(selector)
    if reader.has_in_has:
        return "a :has() in a :has() takes too long on large pages"
    if max(branch.steps for branch in reader.branches) > MAX_STEPS:
        return f'more than {MAX_STEPS} combinators " " or "~" take too long on large pages; use ">" and "+"'
    return None


@lru_cache(maxsize=4096)
def needs(selector: str) -> Needs | None:
    """Give what a page's source must have for a selector to match, or None where there is nothing to look for."""
    reader = _Reader()
    reader.read(selector)
    branches = tuple(frozenset(branch.words) for branch in reader.branches)
    return branches if all(branches) else None


@cache
def _empty_page() -> LexborHTMLParser:
    return LexborHTMLParser("<p>")
