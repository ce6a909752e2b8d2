"""Runs the examples of rule files through the whole cleaner, and shows what went wrong as a patch."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import unified_diff
from typing import TYPE_CHECKING, TypeAlias

from cleaner.rules.hosts import registrable
from cleaner.rules.schema import Example

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.model import Document
    from cleaner.rules.load import RuleFile
    from cleaner.rules.ruleset import RuleSet

Clean: TypeAlias = "Callable[[str, str | None], Document]"
"""Cleans a text that came from a URL."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one example; ``failure`` is for the author to read, and None where all is well."""

    file: RuleFile
    example: Example
    failure: str | None

    @property
    def line(self) -> int | None:
        """The line of the file where the example stands."""
        return self.file.line(*self.example.place)


@dataclass(frozen=True, slots=True)
class Sample:
    """A raw page of a site, and its gold: what a careful person makes of it."""

    path: str
    raw: str
    gold: str

    def as_example(self) -> Example:
        """Give the sample as an example: not all that comes out need be in the gold."""
        return Example(self.raw, self.gold, False, ("sample", 0), url="")


def run_examples(
    rules: RuleSet, make_clean: Callable[[RuleSet], Clean], files: Iterable[RuleFile] | None = None
) -> Iterator[Outcome]:
    """Run the examples of some files, or of all.

    ``make_clean`` makes a cleaner for a set of rules. For a near miss the file is applied whether the page is
    recognised or not, so that it tests the rules; a diff must be recognised.
    """
    clean = make_clean(rules)
    for file in rules.files if files is None else files:
        forced = make_clean(rules.forcing(file.id))
        for example in file.contents.examples:
            yield Outcome(file, example, failure(file, example, forced if is_forced(file, example) else clean))


def is_forced(file: RuleFile, example: Example) -> bool:
    """Tell whether a file is applied to an example's page even if that is not recognised.

    So it is for near misses, but for one with an address, of a file for paths: that shows where the paths end.
    """
    return example.is_near_miss and not (example.url and file.contents.match.paths)


def lost_lines(sample: Sample, file: RuleFile, clean: Clean) -> list[tuple[str, str]]:
    """Give the lines of a sample's gold that the file's rules take, each with the rule."""
    gold = set(lines_of(sample.gold))
    return [
        (line, edit.rule)
        for edit in clean(sample.raw, None).edits
        if edit.rule.startswith(f"{file.id}/") and not edit.replacement
        for line in lines_of(edit.removed)
        if line in gold
    ]


def failure(file: RuleFile, example: Example, clean: Clean) -> str | None:
    """Say how an example comes out otherwise than it says, or None."""
    document = cleaned(file, example, clean)
    expected, got = lines_of(example.expected), lines_of(document.text)
    if example.is_part:
        wanted = set(expected)
        got = [line for line in got if line in wanted]
    if expected != got:
        return _patch(expected, got) + _reasons(document, set(expected))
    wrong = [
        f'{key} is {_shown(found)}, not "{_joined(value)}"'
        for key, value in example.meta.items()
        if not agrees(key, value, found := actual(document, key))
    ]
    return "\n".join(wrong) or None


def cleaned(file: RuleFile, example: Example, clean: Clean) -> Document:
    """Clean the example's page: from its URL, or as it is, or from the file's host where it tells no site."""
    if example.url is not None:
        return clean(example.raw, example.url or None)
    document = clean(example.raw, None)
    hosts = file.contents.match.hosts
    if file.kind == "platform" or not hosts:
        return document
    is_recognised = document.site == registrable(hosts[0].removeprefix("="))
    if is_recognised and not file.contents.match.paths:
        return document
    return clean(example.raw, _default_url(file))


def _default_url(file: RuleFile) -> str:
    """Make up the URL of a page that the file is for."""
    match = file.contents.match
    path = match.paths[0] if match.paths else "/"
    return f"https://{match.hosts[0].removeprefix('=')}{path.replace('*', 'x').replace('?', 'x')}"


def lines_of(text: str) -> list[str]:
    """Give what is compared: the lines, without blank ones and without the white space around them."""
    return [line for line in map(str.strip, text.split("\n")) if line]


def _patch(expected: list[str], got: list[str]) -> str:
    lines = list(unified_diff(expected, got, "expected", "cleaned", lineterm="", n=1))
    return "\n".join(lines)


def _reasons(document: Document, expected: set[str]) -> str:
    """Say which rules took lines that should have stayed."""
    lost = [
        f'\n"{line}" was removed by {edit.rule}'
        for edit in document.edits
        for line in lines_of(edit.removed)
        if line in expected
    ]
    return "".join(dict.fromkeys(lost))


def actual(document: Document, key: str) -> str | tuple[str, ...] | None:
    """Give a value of metadata as ``meta`` names it."""
    if key == "author":
        return document.authors
    actual: str | tuple[str, ...] | None = getattr(document, key)
    return actual


def agrees(key: str, expected: str | tuple[str, ...], actual: str | tuple[str, ...] | None) -> bool:
    """Tell whether a value is the one expected; a date may say the time as well."""
    if key == "author":
        return actual == (expected,) or (isinstance(actual, tuple) and ", ".join(actual) == expected)
    if key == "date" and isinstance(actual, str) and isinstance(expected, str):
        return actual == expected or actual.startswith(f"{expected}T")
    return actual == expected or (expected == "" and not actual)


def _shown(actual: str | tuple[str, ...] | None) -> str:
    return f'"{_joined(actual)}"' if actual else "missing"


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else ", ".join(value)
