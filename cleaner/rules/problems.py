"""What can be wrong with rule files: the names of the checks, how bad each is, and what it found where."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from cleaner.model import RuleError
    from cleaner.rules.load import RuleFile

Level: TypeAlias = Literal["error", "warning"]


class Check:
    """How bad it is what a check finds, what that is, and the messages that tell of it, each with what to do then.

    Messages and advice are Markdown: :mod:`cleaner.rules.reference` puts them into ``docs/rules.md``.
    """

    def __init__(self, level: Level, description: str, *advice: tuple[str, str]) -> None:
        self.level = level
        self.description = description
        self.advice = advice


CHECKS: dict[str, Check] = {
    "unreadable": Check(
        "error",
        "The file cannot be read, or something in it does not fit.",
        (
            (
                "the file cannot be read: not TOML, an unknown key, a value that does not fit, a bad pattern, an "
                "`id` used twice, a `use` of a file that is not there"
            ),
            "see the message; it names the line",
        ),
    ),
    "empty-line": Check(
        "error",
        "A pattern of whole lines matches the empty line.",
        (
            "`matches the empty line`",
            "make some part of the pattern required",
        ),
    ),
    "prose": Check(
        "error",
        "A pattern matches ordinary sentences.",
        (
            "`matches ordinary sentences`",
            (
                "a fingerprint, or a rule that drops lines, whose pattern takes any of 160 unsuspicious sentences "
                "in 16 languages: narrow it"
            ),
        ),
    ),
    "cost": Check(
        "error",
        "The cost of a pattern grows faster than the line that it is tried on.",
        (
            "`repeats a repeat`, `its cost grows faster than the line`",
            (
                "make the inner repeat possessive, `a++`, say what parts the repetitions, or limit them: `{1,40}`. "
                "A `pattern` that begins with a repeat is tried again from each character: begin it with `\\m` or "
                "a literal text"
            ),
        ),
    ),
    "ordinary-element": Check(
        "error",
        "A selector matches elements that every page has.",
        (
            "`matches ordinary elements`",
            ("a `drop` whose `css` takes an element without any class name or id, such as `p` or `div *`: narrow it"),
        ),
        (
            "`the fingerprint ... matches any page`",
            "the same of `html`, for elements of the page's head too",
        ),
    ),
    "unsettled": Check(
        "error",
        "What a replacement writes is replaced again.",
        (
            "`what it writes matches again`",
            "a `replace` must settle",
        ),
    ),
    "untested": Check(
        "error",
        "No example shows what a rule does.",
        (
            "`no example shows what it does`",
            "add a line that the rule acts on to a `diff`, or an element to an example with `html`",
        ),
    ),
    "example": Check(
        "error",
        "An example comes out otherwise than it says.",
        (
            "`example:` and a patch",
            ("the page came out otherwise than the example says; if a line is missing, the rule that took it is named"),
        ),
    ),
    "not-applied": Check(
        "warning",
        "Nothing applies the file.",
        (
            "`no host and no fingerprint: nothing applies this file`",
            "give it a `host`, a `text` or an `html`, unless other files `use` it",
        ),
    ),
    "costly-fingerprint": Check(
        "warning",
        "A fingerprint has nothing to look for, so that every page pays for it.",
        (
            "`the fingerprint ... has no text to look for`, `... no name or value to look for`",
            "every page pays for it; put some literal text, a class name or an id into it",
        ),
    ),
    "unseen-selector": Check(
        "warning",
        "No example has an element that a selector matches.",
        (
            "`no example has an element that ... matches`",
            "show each selector of `css` and `content` at work: a misspelt one does nothing, silently",
        ),
    ),
    "anchor": Check(
        "warning",
        "A pattern of whole lines has one anchor and not the other.",
        (
            '`starts with "^" and does not end with "$"`',
            "it must match the whole line anyway: did you mean `.*` at the end?",
        ),
    ),
    "open-end": Check(
        "warning",
        "A block may take prose along.",
        (
            "`goes on to the end and may take prose along`",
            'a block to the `"end"`: say `where = "tail"`',
        ),
    ),
    "near-miss": Check(
        "warning",
        "No example shows where a rule stops.",
        (
            "`no near miss`",
            ("add a `keep`, or a line to a `diff`, that looks like what the rule drops, and stays. Not asked of `css`"),
        ),
        (
            "`no example has such a line in another place, where it stays`",
            "show such a line outside the zone of `where`, for example between two paragraphs",
        ),
        (
            "`no example has fewer of such lines, which stay`",
            "show fewer lines than `min`",
        ),
    ),
    "shadowed": Check(
        "warning",
        "Another rule does all that a rule does.",
        (
            "`does nothing of its own: ...`",
            (
                "another rule of the file, of one that it uses or of those for every page does all of its work, "
                "wherever and whenever it would: remove it"
            ),
        ),
    ),
    "duplicate": Check(
        "warning",
        "Something in a rule is said twice, or by another rule too.",
        (
            "`... is taken by ... too`, `... here twice`",
            "remove the line or selector from one of the two",
        ),
    ),
    "unreachable": Check(
        "warning",
        "A rule can never act.",
        (
            "`never acts: ...`, `never matches: ...`",
            (
                "a `keep` has all its lines, or the file is for pages without elements, or its pattern asks for "
                "white space at the end of a line, where there is none"
            ),
        ),
    ),
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
