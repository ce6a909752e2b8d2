"""Parses XPath 1.0 expressions."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import TypeAlias

MAX_LENGTH = 4000
"""Characters of an expression; the longest one of well-known site files has 600."""
MAX_DEPTH = 30
"""Brackets inside brackets: beyond is no expression that a person wrote."""

_NAME = r"[^\W\d][\w.\-\u00b7]*"
_TOKEN = re.compile(
    rf"""\s*(?:
        (?P<literal>"[^"]*"|'[^']*')
      | (?P<number>\d+(?:\.\d*)?|\.\d+)
      | (?P<name>{_NAME}(?::(?!:)(?:{_NAME}|\*))?)
      | (?P<sign>::|//|\.\.|!=|<=|>=|[()\[\]@,|/.+\-=<>*$])
    )""",
    re.VERBOSE,
)
_AXES = frozenset(
    (
        "ancestor", "ancestor-or-self", "attribute", "child", "descendant", "descendant-or-self", "following",
        "following-sibling", "namespace", "parent", "preceding", "preceding-sibling", "self",
    )
)  # fmt: skip
_NODE_TYPES = frozenset(("comment", "node", "processing-instruction", "text"))
_WORD_OPERATORS = frozenset(("and", "or", "mod", "div"))
_BEFORE_OPERAND = frozenset(("@", "::", "(", "[", ",", "/", "//", "|", "+", "-", "=", "!=", "<", "<=", ">", ">="))
"""What a ``*`` or a word such as ``and`` stands behind where it is no operator."""


class XPathError(ValueError):
    """An expression that is no XPath; the message says where."""


@dataclass(frozen=True, slots=True)
class Literal:
    """A string."""

    text: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number."""

    value: float


@dataclass(frozen=True, slots=True)
class Call:
    """A function and its arguments."""

    name: str
    arguments: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Operation:
    """Two operands, or more of the same operator: ``a or b or c``."""

    operator: str
    operands: tuple[Expression, ...]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a path. ``test`` is a name, ``*``, or ``text()``, ``node()`` and so on."""

    axis: str
    test: str
    predicates: tuple[Expression, ...] = ()


@dataclass(frozen=True, slots=True)
class Path:
    """Steps, from the root of the page where ``is_absolute``; ``//`` is a step ``descendant-or-self::node()``."""

    steps: tuple[Step, ...]
    is_absolute: bool = False
    start: Expression | None = None
    """What comes before the first step, in brackets or from a function: ``(//a)[1]/b``."""
    predicates: tuple[Expression, ...] = ()
    """Those of ``start``."""


Expression: TypeAlias = Literal | Number | Call | Operation | Path

ANYWHERE = Step("descendant-or-self", "node()")
"""What ``//`` stands for."""


def parse(source: str) -> Expression:
    """Parse an expression, or raise :class:`XPathError`."""
    if len(source) > MAX_LENGTH:
        raise XPathError(f"it has more than {MAX_LENGTH:,} characters")
    return _Parser(_tokens(source)).read()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    at: int


def _tokens(source: str) -> list[_Token]:
    tokens: list[_Token] = []
    at = 0
    while source[at:].strip():
        found = _TOKEN.match(source, at)
        if found is None or found.lastgroup is None:
            start = at + len(source[at:]) - len(source[at:].lstrip())
            quoted = source[start] in "\"'"
            what = "the string is never closed" if quoted else f'unexpected "{source[start]}"'
            raise XPathError(f"{what} at character {start + 1}")
        tokens.append(_Token(found.lastgroup, found[found.lastgroup], found.start(found.lastgroup)))
        at = found.end()
    for place, token in enumerate(tokens):
        if place and _is_operator(token, tokens[place - 1]):
            tokens[place] = replace(token, kind="operator")
    return tokens


def _is_operator(token: _Token, before: _Token) -> bool:
    """Tell an operator from a name or a wildcard by what stands before it."""
    if before.kind == "operator" or (before.kind == "sign" and before.text in _BEFORE_OPERAND):
        return False
    return token.text == "*" or (token.kind == "name" and token.text in _WORD_OPERATORS)


_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))


class _Parser:
    """A recursive-descent parser of bounded depth."""

    def __init__(self, tokens: list[_Token]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    def read(self) -> Expression:
        found = self._binary()
        if self._at < len(self._tokens):
            raise self._error()
        return found

    def _peek(self, ahead: int = 0) -> _Token:
        at = self._at + ahead
        return self._tokens[at] if at < len(self._tokens) else _Token("end", "", -1)

    def _error(self) -> XPathError:
        token = self._peek()
        return XPathError(
            "it ends too early" if token.kind == "end" else f'unexpected "{token.text}" at character {token.at + 1}'
        )

    def _take(self, text: str) -> bool:
        token = self._peek()
        if token.kind != "literal" and token.text == text:
            self._at += 1
            return True
        return False

    def _expect(self, text: str) -> None:
        if not self._take(text):
            raise self._error()

    def _binary(self, level: int = 0) -> Expression:
        if level == len(_LEVELS):
            return self._unary()
        found = self._binary(level + 1)
        changes = 0
        while (token := self._peek()).text in _LEVELS[level] and token.kind in ("sign", "operator"):
            changes += 1
            if changes > MAX_DEPTH:
                raise XPathError(f"it changes its operators more than {MAX_DEPTH} times")
            operands = [found]
            while self._peek().kind == token.kind and self._take(token.text):
                operands.append(self._binary(level + 1))
            found = Operation(token.text, tuple(operands))
        return found

    def _unary(self) -> Expression:
        negative = False
        while self._take("-"):
            negative = not negative
        found = self._union()
        return Operation("-", (Number(0), found)) if negative else found

    def _union(self) -> Expression:
        paths = [self._path()]
        while self._take("|"):
            paths.append(self._path())
        return Operation("|", tuple(paths)) if len(paths) > 1 else paths[0]

    def _path(self) -> Expression:
        token = self._peek()
        if token.kind in ("literal", "number") or token.text == "(" or self._is_call():
            start = self._primary()
            predicates = self._predicates()
            steps = self._more_steps() if self._peek().text in ("/", "//") else ()
            if not predicates and not steps:
                return start
            return Path(steps, start=start, predicates=predicates)
        if token.text == "//":
            return Path(self._more_steps(), is_absolute=True)
        if self._take("/"):
            return Path((self._step(), *self._more_steps()) if self._begins_step() else (), is_absolute=True)
        return Path((self._step(), *self._more_steps()))

    def _is_call(self) -> bool:
        token = self._peek()
        return token.kind == "name" and self._peek(1).text == "(" and token.text not in _NODE_TYPES

    def _primary(self) -> Expression:
        token = self._peek()
        self._at += 1
        if token.kind == "literal":
            return Literal(token.text[1:-1])
        if token.kind == "number":
            return Number(float(token.text))
        if token.text == "(":
            found = self._nested()
            self._expect(")")
            return found
        self._expect("(")
        arguments: list[Expression] = []
        while not self._take(")"):
            if arguments:
                self._expect(",")
            arguments.append(self._nested())
        return Call(token.text, tuple(arguments))

    def _nested(self) -> Expression:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            raise XPathError(f"its brackets are nested more than {MAX_DEPTH} deep")
        found = self._binary()
        self._depth -= 1
        return found

    def _predicates(self) -> tuple[Expression, ...]:
        found: list[Expression] = []
        while self._take("["):
            found.append(self._nested())
            self._expect("]")
        return tuple(found)

    def _more_steps(self) -> tuple[Step, ...]:
        steps: list[Step] = []
        while self._peek().text in ("/", "//") and self._peek().kind == "sign":
            if self._take("//"):
                steps.append(ANYWHERE)
            else:
                self._expect("/")
            steps.append(self._step())
        return tuple(steps)

    def _begins_step(self) -> bool:
        token = self._peek()
        return token.kind == "name" or (token.kind == "sign" and token.text in (".", "..", "@", "*"))

    def _step(self) -> Step:
        for short, step in _SHORT.items():
            if self._take(short):
                return step
        axis = "child"
        if self._take("@"):
            axis = "attribute"
        elif self._peek(1).text == "::":
            axis = self._peek().text
            if axis not in _AXES:
                raise self._error()
            self._at += 2
        return Step(axis, self._test(), self._predicates())

    def _test(self) -> str:
        token = self._peek()
        if token.kind != "name" and token.text != "*":
            raise self._error()
        self._at += 1
        if self._peek().text != "(":
            return token.text
        if token.text not in _NODE_TYPES:
            raise self._error()
        self._expect("(")
        if self._peek().kind == "literal":
            self._at += 1
        self._expect(")")
        return f"{token.text}()"


_SHORT: Mapping[str, Step] = {"..": Step("parent", "node()"), ".": Step("self", "node()")}
