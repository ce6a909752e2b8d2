"""A rule's pattern, compiled when it is first used."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import regex

from cleaner.rules.literals import Words, required_literals
from cleaner.rules.syntax import Node, parse


@dataclass(frozen=True)
class Pattern:
    """A regular expression of a rule, as its author wrote it.

    A page of thousands of lines is scanned in one go, and still each match lies inside one line: see
    :mod:`cleaner.rules.syntax`.
    """

    source: str

    @cached_property
    def names(self) -> frozenset[str]:
        """The names of its groups; raises :class:`~cleaner.rules.syntax.PatternError` if it does not fit."""
        return parse(self.source).names

    @property
    def node(self) -> Node:
        """Its structure, read anew each time: kept for every rule, it would take more room than the rules."""
        return parse(self.source).node

    @cached_property
    def literals(self) -> Words | None:
        """Folded literals of which each match contains one, or None where there are no useful ones."""
        return required_literals(self.node)

    @cached_property
    def whole(self) -> regex.Pattern[str]:
        """Matches whole lines."""
        return regex.compile(f"^(?:{parse(self.source).confined})$", regex.MULTILINE)

    @cached_property
    def inside(self) -> regex.Pattern[str]:
        """Matches characters inside a line."""
        return regex.compile(parse(self.source).confined, regex.MULTILINE)
