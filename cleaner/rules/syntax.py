r"""Reads a rule's pattern: checks it, confines it to one line, and gives its structure.

Rules are regular expressions in the syntax of the ``regex`` module, less what makes no sense for one line of
text or cannot be kept fast: flags other than ``(?i)``, line breaks, recursion, conditionals, fuzzy matching.

The engine scans all the lines of a page at once, as one text with a line break between lines. So that this
finds just what matching line by line would find, :func:`parse` rewrites the few constructs that could match a
line break: ``\s`` becomes ``[^\S\n]``, ``[^|]`` becomes ``[^\n|]``. Authors need not think of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple, TypeAlias

import regex


class PatternError(ValueError):
    """A pattern does not fit; ``at`` is the offset where."""

    def __init__(self, message: str, at: int) -> None:
        self.at = at
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Text:
    """Characters that stand for themselves; ``ignore_case`` where ``(?i)`` holds."""

    text: str
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class Class:
    """One of several characters. ``chars`` lists them where they are few and known."""

    source: str
    chars: tuple[str, ...] | None
    ignore_case: bool


@dataclass(frozen=True, slots=True)
class Empty:
    """Something that matches no characters: an anchor, a look-around."""


@dataclass(frozen=True, slots=True)
class Reference:
    """A repetition of what a group matched."""


@dataclass(frozen=True, slots=True)
class Sequence:
    """Parts one after the other."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several branches."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part that comes ``low`` to ``high`` times; ``high`` is None where nothing limits it."""

    part: Node
    low: int
    high: int | None
    possessive: bool


Node: TypeAlias = Text | Class | Empty | Reference | Sequence | Choice | Repeat


class Parsed(NamedTuple):
    """A pattern that was read: its structure, its names, and the form that cannot match a line break."""

    node: Node
    names: frozenset[str]
    confined: str


def parse(source: str) -> Parsed:
    """Read a pattern, or raise :class:`PatternError`."""
    return _Parser(source).read()


_SPACES = r"\t\x0b-\r\x1c-\x1f \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
"""What ``\\s`` matches, but for the line break."""

_CLASSES = {"d": r"\d", "w": r"\w", "S": r"\S", "s": r"[^\S\n]", "D": r"[^\d\n]", "W": r"[^\w\n]", "h": r"\h"}
_CLASS_NODES = {letter: Class(source, None, False) for letter, source in _CLASSES.items()}
_EMPTY = Empty()
_IN_SETS = _CLASSES | {"s": _SPACES, "D": r"\D", "W": r"\W"}
_ANCHORS = {"b": r"\b", "B": r"\B", "A": "^", "Z": "$", "m": r"\m", "M": r"\M"}
_CONTROLS = {"t": "\t", "f": "\f", "v": "\v", "a": "\a"}
_HEX_DIGITS = {"x": 2, "u": 4, "U": 8}
_MANY = 1000
"""Repeat counts beyond this make patterns that cost too much to compile."""
_DEPTH = 40
_FEW = 8
"""A set of at most so many characters is spelled out for the literal prefilter."""

_ENDS = ("", "|", ")")
_REPEATS = ("*", "+", "?", "{")
_PLAIN = regex.compile(r"[^\\()\[{*+?|.^$]+")
_COUNTS = regex.compile(r"\{(?:(?P<low>\d{1,6})(?P<comma>,(?P<high>\d{1,6})?)?|,(?P<top>\d{1,6}))\}")
_PROPERTY = regex.compile(r"\{\^?[\w ]+(?:[=:][\w ]+)?\}|[A-Za-z]")
_NAME = regex.compile(r"[A-Za-z_]\w{0,40}")

_Item: TypeAlias = tuple[str, str | None]
"""One entry of a set: its source, and its character if it is one."""


class _Parser:
    """A recursive-descent reader of one pattern. Rewrites while it reads."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0
        self.ignore_case = False
        self.groups = 0
        self.names: dict[str, int] = {}
        self.closed: set[int] = set()
        self.depth = 0

    def read(self) -> Parsed:
        if "\n" in self.source:
            raise PatternError("a pattern is matched inside one line and cannot contain a line break", 0)
        self.ignore_case = self._take("(?i)")
        node, confined = self._choice()
        if self.at < len(self.source):
            raise self._error('unexpected ")"; write "\\)" for the character')
        if self.source.startswith("(?i)"):
            confined = f"(?i:{confined})"
        return Parsed(node, frozenset(self.names), confined)

    def _error(self, message: str, at: int | None = None) -> PatternError:
        return PatternError(message, self.at if at is None else at)

    def _take(self, token: str) -> bool:
        if self.source.startswith(token, self.at):
            self.at += len(token)
            return True
        return False

    def _peek(self) -> str:
        return self.source[self.at : self.at + 1]

    def _next(self) -> str:
        char = self._peek()
        if not char:
            raise self._error("the pattern ends too early")
        self.at += 1
        return char

    def _choice(self) -> tuple[Node, str]:
        self.depth += 1
        if self.depth > _DEPTH:
            raise self._error("groups are nested too deeply")
        branches = [self._sequence()]
        while self._take("|"):
            branches.append(self._sequence())
        self.depth -= 1
        confined = "|".join(text for _, text in branches)
        if len(branches) == 1:
            return branches[0][0], confined
        return Choice(tuple(node for node, _ in branches)), confined

    def _sequence(self) -> tuple[Node, str]:
        parts: list[Node] = []
        texts: list[str] = []
        while self.source[self.at : self.at + 1] not in _ENDS:
            if self._comment():
                continue
            node, text = self._plain_text() or self._quantified()
            if isinstance(node, Text) and parts and isinstance(last := parts[-1], Text):
                parts[-1:] = _merged(last, node)
            else:
                parts.append(node)
            texts.append(text)
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts)), "".join(texts)

    def _plain_text(self) -> tuple[Node, str] | None:
        """Read the characters from here on that stand for themselves and are not repeated."""
        found = _PLAIN.match(self.source, self.at)
        if found is None:
            return None
        end = found.end()
        if self.source[end : end + 1] in _REPEATS:
            end -= 1
        text = self.source[self.at : end]
        self.at = end
        return (Text(text, self.ignore_case), text) if text else None

    def _comment(self) -> bool:
        if not self.source.startswith("(?#", self.at):
            return False
        end = self.source.find(")", self.at + 3)
        if end < 0:
            raise self._error("the comment has no end")
        self.at = end + 1
        return True

    def _quantified(self) -> tuple[Node, str]:
        start = self.at
        node, text = self._atom()
        bounds = self._quantifier()
        if bounds is None:
            return node, text
        if isinstance(node, Empty):
            raise self._error("nothing to repeat", start)
        low, high, mark = bounds
        mode = next((mode for mode in "?+" if self._take(mode)), "")
        if self._quantifier() is not None:
            raise self._error("a repeat of a repeat; put the first into a group")
        return Repeat(node, low, high, mode == "+"), text + mark + mode

    def _quantifier(self) -> tuple[int, int | None, str] | None:
        mark = self._peek()
        if mark not in _REPEATS:
            return None
        if mark != "{":
            self.at += 1
            return (1 if mark == "+" else 0), (1 if mark == "?" else None), mark
        found = _COUNTS.match(self.source, self.at)
        if found is None:
            raise self._error('"{" starts no count; write "\\{" for the character')
        low = int(found["low"] or 0)
        top = found["high"] or found["top"] or (None if found["comma"] else found["low"])
        high = None if top is None else int(top)
        if max(low, high or 0) > _MANY:
            raise self._error(f"a count above {_MANY}")
        if high is not None and low > high:
            raise self._error("the lower count is above the upper one")
        self.at = found.end()
        return low, high, found[0]

    def _atom(self) -> tuple[Node, str]:
        char = self._next()
        if char == "(":
            return self._group()
        if char == "[":
            return self._set()
        if char == "\\":
            return self._escape()
        if char in "^$":
            return _EMPTY, char
        if char == ".":
            return Class(".", None, self.ignore_case), "."
        if char in "*+?{":
            raise self._error(f'nothing to repeat; write "\\{char}" for the character', self.at - 1)
        return Text(char, self.ignore_case), char

    def _group(self) -> tuple[Node, str]:
        start = self.at - 1
        if not self._take("?"):
            if self._peek() == "*":
                raise self._error("verbs are not supported", start)
            return self._numbered("(", None, start)
        for opening in (":", ">"):
            if self._take(opening):
                return self._plain(f"(?{opening}", start)
        if self._take("P<"):
            return self._named(start)
        for opening in ("<=", "<!", "=", "!"):
            if self._take(opening):
                _, text = self._choice()
                self._close(start)
                return _EMPTY, f"(?{opening}{text})"
        for opening, ignore_case in (("i:", True), ("-i:", False)):
            if self._take(opening):
                before, self.ignore_case = self.ignore_case, ignore_case
                inner = self._plain(f"(?{opening}", start)
                self.ignore_case = before
                return inner
        if self._take("P="):
            return self._named_reference()
        if self._take("<"):
            return self._named(start)
        raise self._error("no such group; the only flag is (?i), at the start, or as (?i:...)", start)

    def _plain(self, opening: str, start: int) -> tuple[Node, str]:
        node, text = self._choice()
        self._close(start)
        return _as_part(node), f"{opening}{text})"

    def _numbered(self, opening: str, name: str | None, start: int) -> tuple[Node, str]:
        self.groups += 1
        number = self.names.setdefault(name, self.groups) if name else self.groups
        if number < self.groups:
            self.groups -= 1  # groups that share a name share a number
        node, text = self._plain(opening, start)
        self.closed.add(number)
        return node, text

    def _named(self, start: int) -> tuple[Node, str]:
        name = self._name(">")
        return self._numbered(f"(?P<{name}>", name, start)

    def _named_reference(self) -> tuple[Node, str]:
        at = self.at
        name = self._name(")")
        if self.names.get(name) not in self.closed:
            raise self._error(f'no group "{name}" before this', at)
        return Reference(), f"(?P={name})"

    def _name(self, end: str) -> str:
        found = _NAME.match(self.source, self.at)
        if found is None or not self.source.startswith(end, found.end()):
            raise self._error("a group needs a name of letters, digits and underscores")
        self.at = found.end() + 1
        return str(found[0])

    def _close(self, start: int) -> None:
        if not self._take(")"):
            raise self._error('"(" is never closed', start)

    def _escape(self) -> tuple[Node, str]:
        start = self.at - 1
        char = self._next()
        if char in _CLASSES:
            return _CLASS_NODES[char], _CLASSES[char]
        if char in _ANCHORS:
            return _EMPTY, _ANCHORS[char]
        if char in "pP":
            source = self._property(char)
            return Class(source, None, False), f"(?:(?!\\n){source})"
        if char in "123456789":
            if int(char) not in self.closed or self._peek().isdigit():
                raise self._error(f"no group {char} before this", start)
            return Reference(), f"(?:\\{char})"
        literal = self._literal(char, start)
        return Text(literal, self.ignore_case), _quoted(literal)

    def _literal(self, char: str, start: int) -> str:
        """Read what follows the backslash as one character."""
        if char in "nr":
            raise self._error("a pattern is matched inside one line, which has no line break", start)
        if char in _CONTROLS:
            return _CONTROLS[char]
        if char in _HEX_DIGITS:
            digits = self.source[self.at : self.at + _HEX_DIGITS[char]]
            self.at += len(digits)
            return self._code_point(digits, _HEX_DIGITS[char], start)
        if char.isascii() and char.isalnum():
            raise self._error(f'"\\{char}" means nothing here', start)
        return char

    def _code_point(self, digits: str, count: int, start: int) -> str:
        try:
            literal = chr(int(digits, 16)) if len(digits) == count and digits.isalnum() else ""
        except (ValueError, OverflowError):
            literal = ""
        if literal in ("", "\n", "\r"):
            raise self._error("not a character of one line", start)
        return literal

    def _property(self, letter: str) -> str:
        found = _PROPERTY.match(self.source, self.at)
        source = f"\\{letter}{found[0] if found else ''}"
        if found is None or not _is_property(source):
            raise self._error(f'unknown property "{source}"', self.at - 2)
        self.at = found.end()
        return source

    def _set(self) -> tuple[Node, str]:
        start = self.at - 1
        negated = self._take("^")
        items: list[_Item] = []
        while not items or self._peek() != "]":
            if not self._peek():
                raise self._error('"[" is never closed', start)
            items.append(self._set_item())
        self.at += 1
        body = "".join(text for text, _ in items)
        chars = [char for _, char in items if char is not None]
        if negated:
            source = f"[^\\n{body}]"
            return Class(source, None, self.ignore_case), source
        source = f"[{body}]"
        few = tuple(chars) if len(chars) == len(items) <= _FEW else None
        node = Class(source, few, self.ignore_case)
        if few is None and _matches_line_break(source):
            return node, f"(?:(?!\\n){source})"
        return node, source

    def _set_item(self) -> _Item:
        start = self.at
        low, char = self._set_member()
        if char is None or self._peek() != "-" or self.source.startswith("-]", self.at):
            return low, char
        self.at += 1
        high, end = self._set_member()
        if end is None or end < char:
            raise self._error("this range has no characters", start)
        return f"{low}-{high}", None

    def _set_member(self) -> _Item:
        start = self.at
        char = self._next()
        if char == "[":
            raise self._error('write "\\[" for the character inside a set', start)
        if char != "\\":
            return _quoted(char), char
        char = self._next()
        if char in _IN_SETS:
            return _IN_SETS[char], None
        if char in "pP":
            return self._property(char), None
        literal = self._literal(char, start)
        return _quoted(literal), literal


def _merged(left: Text, right: Text) -> list[Node]:
    if left.ignore_case != right.ignore_case:
        return [left, right]
    return [Text(left.text + right.text, left.ignore_case)]


def _as_part(node: Node) -> Node:
    """Give a group as something that can be repeated, even when it is empty."""
    return Sequence((node,)) if isinstance(node, Empty) else node


def _quoted(char: str) -> str:
    """Write a character so that it stands for itself, inside a set and outside."""
    return char if char.isalnum() or not char.isascii() else f"\\x{ord(char):02x}"


@cache
def _is_property(source: str) -> bool:
    try:
        regex.compile(source)
    except regex.error:
        return False
    return True


@cache
def _matches_line_break(source: str) -> bool:
    return regex.match(source, "\n") is not None
