"""What can be wrong with rule files: the names of the checks, how bad each is, and what it found where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from cleaner.model import RuleError
    from cleaner.rules.load import RuleFile

Level: TypeAlias = Literal["error", "warning"]


class Check(NamedTuple):
    """How bad it is what a check finds, and what that is."""

    level: Level
    description: str


CHECKS: dict[str, Check] = {
    "unreadable": Check("error", "The file cannot be read, or something in it does not fit."),
    "empty-line": Check("error", "A pattern of whole lines matches the empty line."),
    "prose": Check("error", "A pattern matches ordinary sentences."),
    "cost": Check("error", "The cost of a pattern grows faster than the line that it is tried on."),
    "ordinary-element": Check("error", "A selector matches elements that every page has."),
    "unsettled": Check("error", "What a replacement writes is replaced again."),
    "untested": Check("error", "No example shows what a rule does."),
    "example": Check("error", "An example comes out otherwise than it says."),
    "not-applied": Check("warning", "Nothing applies the file."),
    "costly-fingerprint": Check("warning", "A fingerprint has nothing to look for, so that every page pays for it."),
    "unseen-selector": Check("warning", "No example has an element that a selector matches."),
    "anchor": Check("warning", "A pattern of whole lines has one anchor and not the other."),
    "open-end": Check("warning", "A block may take prose along."),
    "near-miss": Check("warning", "No example shows where a rule stops."),
    "shadowed": Check("warning", "Another rule does all that a rule does."),
    "duplicate": Check("warning", "Something in a rule is said twice, or by another rule too."),
    "unreachable": Check("warning", "A rule can never act."),
}
"""The checks by name."""


class Finding(NamedTuple):
    """What a check found in a rule: at which of its keys, and what."""

    key: str
    check: str
    message: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Something to mend in a rule file. A warning is worth a look; an error must not ship."""

    path: str
    line: int | None
    rule: str
    """The id of the rule, or of the file; empty where it is not known."""
    message: str
    check: str

    @classmethod
    def of_error(cls, error: RuleError) -> Problem:
        """Give the problem of a file that cannot be read."""
        return cls(error.path, error.line, "", error.message, "unreadable")

    @classmethod
    def of_example(cls, file: RuleFile, line: int | None, failure: str) -> Problem:
        """Give the problem of an example that fails."""
        return cls(file.path, line, file.id, failure, "example")

    @property
    def level(self) -> Level:
        """How bad it is."""
        return CHECKS[self.check].level

    def __str__(self) -> str:
        where = f"{self.path}:{self.line}" if self.line else self.path
        if self.check == "example":
            patch = "\n".join(f"    {line}" for line in self.message.split("\n"))
            return f"{where}: {self.level}: example:\n{patch}"
        if self.check == "unreadable":
            return f"{where}: {self.message}"
        return f"{where}: {self.level}: {self.rule}: {self.message}"
