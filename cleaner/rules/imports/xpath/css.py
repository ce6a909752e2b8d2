"""The words of CSS selectors: names, strings, attributes, and what is said of one element."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, TypeAlias

Operator: TypeAlias = Literal["=", "~=", "^=", "$=", "*="]

_IDENTIFIER = re.compile(r"-?(?:[A-Za-z_]|[^\x00-\x7f])(?:[\w-]|[^\x00-\x7f])*")
_PLAIN_LIST = re.compile(r":is\(([^()\"]*|\[[^()\[\]]*\](?:, \[[^()\[\]]*\])*)\)")
"""A ``:is()`` without brackets or commas that mean something else inside."""
_IN_STRINGS = re.compile(r'["\\\x00-\x1f\x7f]')


class NoCounterpart(ValueError):  # noqa: N818 - what cannot be said is no mistake
    """An XPath expression, or a part of it, says what no selector can; the message says why."""


@dataclass(frozen=True, slots=True)
class Compound:
    """What is said of one element: its tag, ``*`` for any, and conditions such as ``.lead:not([id])``."""

    tag: str = "*"
    conditions: tuple[str, ...] = ()

    def __str__(self) -> str:
        conditions = "".join(self.conditions)
        # The engine loses elements where a selector begins with a pseudo-class: ":has(> p) a" finds nothing.
        return conditions if self.tag == "*" and conditions and conditions[0] != ":" else self.tag + conditions

    def with_condition(self, *conditions: str) -> Compound:
        """Add conditions; an empty one, and one that was said already, add nothing."""
        return replace(self, conditions=tuple(dict.fromkeys(filter(None, (*self.conditions, *conditions)))))

    def that_is(self, other: Compound) -> Compound:
        """Give what is said of an element of which both are said."""
        if "*" not in (self.tag, other.tag) and self.tag != other.tag:
            raise NoCounterpart("it never matches")
        tag = other.tag if self.tag == "*" else self.tag
        return Compound(tag, self.conditions).with_condition(*other.conditions)


def tag(name: str) -> str:
    """Write the name of an element."""
    return name if name == "*" else _identifier(name.lower())


def attribute(name: str, operator: Operator | None = None, value: str = "", *, ignore_case: bool = False) -> str:
    """Write a condition on an attribute, as a class name or an id where it is one."""
    name = name.lower()
    if operator is None:
        return f"[{_identifier(name)}]"
    if _IDENTIFIER.fullmatch(value) and not ignore_case:
        if (name, operator) == ("class", "~="):
            return f".{value}"
        if (name, operator) == ("id", "="):
            return f"#{value}"
    return f"[{_identifier(name)}{operator}{_string(value)}{' i' if ignore_case else ''}]"


def any_of(conditions: list[str]) -> str:
    """Say that one of the conditions holds; an empty one always does."""
    if "" in conditions:
        return ""
    distinct = list(dict.fromkeys(conditions))
    if len(distinct) == 1 and not _is_tag(distinct[0]):
        return distinct[0]
    return f":is({', '.join(map(_bare, distinct))})"


def none_of(condition: str) -> str:
    """Say that a condition does not hold."""
    if not condition:
        raise NoCounterpart("it never matches")
    return f":not({_bare(condition)})"


def _bare(condition: str) -> str:
    found = _PLAIN_LIST.fullmatch(condition)
    return found[1] if found else condition


def _is_tag(condition: str) -> bool:
    return condition[0] not in ".#[:"


def _identifier(name: str) -> str:
    if name.count(":") > 1 or not _IDENTIFIER.fullmatch(re.sub("[:.]", "", name)):
        raise NoCounterpart(f'"{name}" is no name that a selector can have')
    return name.replace(":", r"\:").replace(".", r"\.")


def _string(text: str) -> str:
    return (
        '"' + _IN_STRINGS.sub(lambda found: rf"\{ord(found[0]):x} " if found[0] < " " else rf"\{found[0]}", text) + '"'
    )
