"""Makes mutants of a rule file, each with a rule or a guard less, and tells which of them no example catches.

An example that only shows a rule at work lets its guards rot: drop ``where``, and everything still passes. A
mutant that is not caught is such a guard. It is caught if an example fails with it, or if the rules alone, without
heuristics, which might do a deleted rule's work, come further from what an example or the gold of a sample says.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from cleaner.rules.examples import actual, agrees, cleaned, failure, is_forced, lines_of
from cleaner.rules.patterns import Pattern
from cleaner.rules.schema import Block, Inside, Line, Lines, Value
from cleaner.rules.syntax import Class, PatternError, Repeat, Sequence

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.model import Document
    from cleaner.rules.examples import Clean, Sample
    from cleaner.rules.load import RuleFile
    from cleaner.rules.ruleset import RuleSet
    from cleaner.rules.schema import Example, Rule, Selector
    from cleaner.rules.syntax import Node

PARAGRAPH_CHARS = 80
"""Characters from which a line of an example is a paragraph."""
FIRST, LAST = "^", "$"
"""The guards that a pattern begins and ends where a line does."""


@dataclass(frozen=True, slots=True)
class Mutant:
    """A rule file with one rule or one guard less."""

    file: RuleFile
    """The file as it would be."""
    rule: Rule | None
    """The rule that lost something; None where it is the file's ``[match]``."""
    guard: str
    """The key of the guard that is gone, ``^`` or ``$``; empty where the whole rule is."""
    key: str
    """The key of the file where that stands."""

    @property
    def line(self) -> int | None:
        """The line of the file that the guard stands in."""
        return self.file.line(*(self.rule.place if self.rule else ("match",)), self.key)

    def __str__(self) -> str:
        if not self.guard:
            return "without this rule"
        if self.guard in (FIRST, LAST):
            end = "begins" if self.guard == FIRST else "ends"
            return f'with a "{self.key}" that need not match where the line {end}'
        return f'without "{self.guard}"'


def mutants(file: RuleFile) -> Iterator[Mutant]:
    """Give all mutants of a file that can behave otherwise than it does."""
    if file.contents.match.paths:
        match = replace(file.contents.match, paths=())
        yield Mutant(file.with_contents(replace(file.contents, match=match)), None, "path", "path")
    for rule in file.rules:
        others = tuple(other for other in file.rules if other is not rule)
        yield Mutant(file.with_contents(replace(file.contents, rules=others)), rule, "", "id")
        for guard, key, wider in _widened(rule):
            rules = tuple(wider if other is rule else other for other in file.rules)
            yield Mutant(file.with_contents(replace(file.contents, rules=rules)), rule, guard, key)


_Change: TypeAlias = "tuple[str, str, Rule]"


def _widened(rule: Rule) -> Iterator[_Change]:
    if rule.where != "any":
        yield "where", "where", replace(rule, where="any")
    if rule.since is not None:
        yield "since", "since", replace(rule, since=None)
    if rule.until is not None:
        yield "until", "until", replace(rule, until=None)
    if rule.languages:
        yield "lang", "lang", replace(rule, languages=frozenset())
    for guard, key, selector in _wider_selectors(rule.selector):
        yield guard, key, replace(rule, selector=selector)


def _wider_selectors(selector: Selector) -> Iterator[tuple[str, str, Selector]]:
    if isinstance(selector, Line | Lines) and selector.least > 1:
        yield "min", "min", replace(selector, least=1)
    match selector:
        case Line(pattern, least):
            for guard, wider in _unanchored(pattern):
                yield guard, "run" if least > 1 else "line", replace(selector, pattern=wider)
        case Block():
            yield from _wider_blocks(selector)
        case Inside(pattern):
            for guard, wider in _unfastened(pattern):
                yield guard, "pattern", replace(selector, pattern=wider)
        case Value(_, Pattern() as pattern):
            for guard, wider in _unfastened(pattern):
                yield guard, "pattern", replace(selector, gives=wider)


def _wider_blocks(block: Block) -> Iterator[tuple[str, str, Block]]:
    if block.to is not None:
        yield "to", "to", replace(block, to=None)
    for guard, wider in _unanchored(block.start):
        yield guard, "from", replace(block, start=wider)
    if isinstance(block.to, Pattern):
        for guard, wider in _unanchored(block.to):
            yield guard, "to", replace(block, to=wider)


def _unanchored(pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    """Give a pattern of whole lines as one for their ends, and as one for their starts, unless it is that already."""
    flag, body = _split(pattern.source)
    first, last = _bare(body)
    if not _is_open(pattern.node, 0):
        yield from _valid(FIRST, f"{flag}.*(?:{first})")
    if not _is_open(pattern.node, -1):
        yield from _valid(LAST, f"{flag}(?:{last}).*")


def _unfastened(pattern: Pattern) -> Iterator[tuple[str, Pattern]]:
    """Give a pattern of characters inside a line without its anchors, if it has any."""
    flag, body = _split(pattern.source)
    first, last = _bare(body)
    if first != body:
        yield from _valid(FIRST, flag + first)
    if last != body:
        yield from _valid(LAST, flag + last)


def _split(source: str) -> tuple[str, str]:
    flag = "(?i)" if source.startswith("(?i)") else ""
    return flag, source.removeprefix(flag)


def _bare(body: str) -> tuple[str, str]:
    """Give a pattern without a "^" at its start, and without a "$" at its end."""
    escapes = len(body) - 1 - len(body[:-1].rstrip("\\"))
    return body.removeprefix("^"), body[:-1] if body.endswith("$") and escapes % 2 == 0 else body


def _valid(guard: str, source: str) -> Iterator[tuple[str, Pattern]]:
    pattern = Pattern(source)
    try:
        pattern.names  # noqa: B018 - taking an anchor off may have broken it
    except PatternError:
        return
    yield guard, pattern


def _is_open(node: Node, end: int) -> bool:
    """Tell whether a pattern takes whatever the line begins (or ends) with: it has a ``.*`` or ``.+`` there."""
    if isinstance(node, Sequence) and node.parts:
        return _is_open(node.parts[end], end)
    return isinstance(node, Repeat) and node.high is None and _is_any(node.part)


def _is_any(node: Node) -> bool:
    return isinstance(node, Class) and node.source == "."


class Cleaners(NamedTuple):
    """How to make cleaners of rules: with everything, and of the rules alone."""

    whole: Callable[[RuleSet], Clean]
    alone: Callable[[RuleSet], Clean]


@dataclass(frozen=True, slots=True)
class _Case:
    """An example or a sample, and what the rules alone make of it."""

    example: Example
    lines: list[str]
    values: dict[str, str | tuple[str, ...] | None]
    language: str | None
    is_sample: bool = False


class Trial:
    """A rule file on trial: its examples and samples, and what its rules make of them."""

    def __init__(self, rules: RuleSet, file: RuleFile, cleaners: Cleaners, samples: Iterable[Sample] = ()) -> None:
        self.rules = rules
        self.file = file
        self._cleaners = cleaners
        self._alone = self._pair(cleaners.alone, rules)
        self._cases = [self._case(example) for example in file.contents.examples]
        self._cases += [self._case(sample.as_example(), is_sample=True) for sample in samples]

    @property
    def language(self) -> str:
        """The language that most of the examples are in."""
        counts = Counter(case.language for case in self._cases if case.language)
        return counts.most_common(1)[0][0] if counts else "en"

    @property
    def paragraphs(self) -> list[str]:
        """Long lines of text that stay in the examples, each once."""
        lines = (line for case in self._cases if not case.example.is_html for line in lines_of(case.example.expected))
        return list(dict.fromkeys(line for line in lines if len(line) >= PARAGRAPH_CHARS))

    def survivors(self) -> Iterator[Mutant]:
        """Give the mutants that neither an example nor a sample catches, in the order of the file."""
        for mutant in sorted(mutants(self.file), key=lambda mutant: mutant.line or 0):
            if not self.catches(mutant):
                yield mutant

    def catches(self, mutant: Mutant) -> bool:
        """Tell whether an example or a sample catches a mutant."""
        rules = self.rules.replacing(mutant.file)
        alone = self._pair(self._cleaners.alone, rules)
        if any(self._is_off(case, mutant.file, alone) for case in self._cases):
            return True
        whole = self._pair(self._cleaners.whole, rules)
        return any(
            failure(mutant.file, case.example, whole[is_forced(self.file, case.example)]) is not None
            for case in self._cases
            if not case.is_sample
        )

    def holds(self, example: Example) -> bool:
        """Tell whether the file as it stands passes an example."""
        whole = self._pair(self._cleaners.whole, self.rules)
        return failure(self.file, example, whole[is_forced(self.file, example)]) is None

    def add(self, example: Example) -> None:
        """Let an example catch mutants, too."""
        self._cases.append(self._case(example))

    def with_example(self, example: Example) -> Trial:
        """Give the trial of this file with one example and nothing else."""
        other = object.__new__(Trial)
        other.rules, other.file, other._cleaners, other._alone = self.rules, self.file, self._cleaners, self._alone
        other._cases = [other._case(example)]
        return other

    def clean(self, mutant: Mutant | None, raw: str, url: str | None, *, forced: bool) -> Document:
        """Clean a page with the file, or with a mutant of it, and with everything else."""
        rules = self.rules if mutant is None else self.rules.replacing(mutant.file)
        return self._pair(self._cleaners.whole, rules)[forced](raw, url)

    def _pair(self, make_clean: Callable[[RuleSet], Clean], rules: RuleSet) -> tuple[Clean, Clean]:
        """Give a cleaner that recognises pages, and one that applies the file to any."""
        return make_clean(rules), make_clean(rules.forcing(self.file.id))

    def _case(self, example: Example, *, is_sample: bool = False) -> _Case:
        document = cleaned(self.file, example, self._alone[is_forced(self.file, example)])
        values = {key: actual(document, key) for key in example.meta}
        return _Case(example, lines_of(document.text), values, document.language, is_sample)

    def _is_off(self, case: _Case, file: RuleFile, alone: tuple[Clean, Clean]) -> bool:
        """Tell whether the rules of a mutant come further from what is expected than those of the file did."""
        example = case.example
        document = cleaned(file, example, alone[is_forced(self.file, example)])
        lines = lines_of(document.text)
        if lines != case.lines:
            expected, before, after = Counter(lines_of(example.expected)), Counter(case.lines), Counter(lines)
            if any(after[line] < expected[line] for line in before - after):
                return True
            if not example.is_part and any(after[line] > expected[line] for line in after - before):
                return True
        return any(
            agrees(key, value, case.values[key]) and not agrees(key, value, actual(document, key))
            for key, value in example.meta.items()
        )
