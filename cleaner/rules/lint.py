"""Finds rules that load and run, and still are not right: too greedy, too slow, or untested."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from itertools import chain
from typing import TYPE_CHECKING, TypeAlias

import regex
from selectolax.lexbor import LexborHTMLParser

from cleaner.blocks import read_html
from cleaner.phrases import Lexicon
from cleaner.rules.effect import touched
from cleaner.rules.growth import nested_repeat, sample, slow_line
from cleaner.rules.overlap import blank_ends, overlaps, unreachable
from cleaner.rules.patterns import Pattern
from cleaner.rules.problems import Finding, Problem
from cleaner.rules.prose import prose
from cleaner.rules.schema import CONTENT, END, Block, Elements, Inside, Line, Lines, Outside, Rule, Value
from cleaner.rules.selectors import alternatives, needs
from cleaner.rules.syntax import PatternError
from cleaner.rules.view import view_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from cleaner.blocks.page import Page
    from cleaner.rules.load import RuleFile

Read: TypeAlias = "Callable[[str], Page]"

_PLAIN_PAGE = (
    "<!doctype html><html><head><meta charset=utf-8><meta name=viewport content=width=device-width><title>Page</title>"
    "<link rel=stylesheet href=style.css></head><body><div><main><article><h1>A bridge</h1><section><h2>Timber</h2>"
    "<p>The <a href=bridge>bridge</a> is of <em>oak</em> and <strong>iron</strong>.</p><ul><li>Oak</li></ul>"
    "<blockquote><p>It holds.</p></blockquote></section></article></main></div></body></html>"
)
"""A page without class names and ids, which no rule should match."""


def lint(file: RuleFile, read: Read, others: Iterable[RuleFile] = ()) -> list[Problem]:
    """Check a rule file; ``read`` turns the text of an example into a page.

    ``others`` are the files that are applied to each of its pages too: what they do need not be done again.
    """
    pages = _Pages(file, read)
    others = list(others)
    problems = [
        Problem(file.path, file.line("match", found.key), file.id, found.message, found.check)
        for found in _match_problems(file)
    ]
    for rule in file.rules:
        found_all = chain(
            _pattern_problems(rule),
            _guard_problems(rule),
            unreachable(rule, file),
            overlaps(rule, file, others),
            _test_problems(rule, pages),
        )
        problems += [
            Problem(file.path, file.line(*rule.place, found.key), rule.id, found.message, found.check)
            for found in found_all
        ]
    return sorted(problems, key=lambda problem: problem.line or 0)


def _match_problems(file: RuleFile) -> Iterator[Finding]:
    match = file.contents.match
    if file.kind != "generic" and not match.hosts and not match.has_fingerprints:
        yield Finding("", "not-applied", "no host and no fingerprint: nothing applies this file")
    for selector in match.css:
        if is_ordinary(selector):
            yield Finding("html", "ordinary-element", f"the fingerprint {selector!r} matches any page")
        elif needs(selector) is None:
            message = f"the fingerprint {selector!r} has no name or value to look for, so every page pays for it"
            yield Finding("html", "costly-fingerprint", message)
    for pattern in match.texts:
        if pattern.literals is None:
            message = f"the fingerprint {pattern.source!r} has no text to look for, so every page pays for it"
            yield Finding("text", "costly-fingerprint", message)
        if _matches_prose(pattern):
            yield Finding("text", "prose", f"the fingerprint {pattern.source!r} matches ordinary sentences")
        yield from _whole_problems("text", pattern)
        yield from blank_ends("text", pattern)


def _patterns(rule: Rule) -> list[tuple[str, Pattern]]:
    """Give the patterns of a rule, each with its key."""
    match rule.selector:
        case Line(pattern, least):
            return [("run" if least > 1 else "line", pattern)]
        case Block(start, Pattern() as to):
            return [("from", start), ("to", to)]
        case Block(start, _):
            return [("from", start)]
        case Inside(pattern) | Value(_, Pattern() as pattern):
            return [("pattern", pattern)]
    return []


def _selectors(rule: Rule) -> tuple[str, ...]:
    return rule.selector.css if isinstance(rule.selector, Elements | Value | Outside) else ()


def _selector_key(rule: Rule) -> str:
    return CONTENT if isinstance(rule.selector, Outside) else "css"


def is_ordinary(selector: str) -> bool:
    """Tell whether a selector matches elements without class names and ids, which every page has."""
    return _plain_page().css_first(selector) is not None


@cache
def _plain_page() -> LexborHTMLParser:
    return LexborHTMLParser(_PLAIN_PAGE)


def _pattern_problems(rule: Rule) -> Iterator[Finding]:
    if isinstance(rule.selector, Elements) and rule.verb == "drop":
        for selector in filter(is_ordinary, rule.selector.css):
            yield Finding("css", "ordinary-element", f"{selector!r} matches ordinary elements")
    for key, pattern in _patterns(rule):
        if key == "pattern":
            yield from _cost_problems(key, pattern, whole=False)
        else:
            yield from _whole_problems(key, pattern)
        if key not in ("to", "pattern") and (rule.verb == "drop" or rule.drops) and _matches_prose(pattern):
            yield Finding(key, "prose", "matches ordinary sentences")
    if rule.verb == "replace" and isinstance(rule.selector, Inside) and not _settles(rule, rule.selector.pattern):
        yield Finding("with", "unsettled", "what it writes matches again, so a clean text would not stay as it is")


def _whole_problems(key: str, pattern: Pattern) -> Iterator[Finding]:
    if pattern.whole.match("") is not None:
        yield Finding(key, "empty-line", "matches the empty line")
    if pattern.source.startswith("^") and not pattern.source.endswith(("$", ".*", ".+", ".*+", ".++")):
        yield Finding(key, "anchor", 'starts with "^" and does not end with "$": it must match the whole line anyway')
    yield from _cost_problems(key, pattern, whole=True)


def _cost_problems(key: str, pattern: Pattern, *, whole: bool) -> Iterator[Finding]:
    if nested_repeat(pattern):
        message = "repeats a repeat, which can take for ever; make the inner one possessive, like a++"
        yield Finding(key, "cost", message)
    elif (line := slow_line(pattern, whole=whole)) is not None:
        yield Finding(key, "cost", f"its cost grows faster than the line, for example on {line!r} and so on")


def _matches_prose(pattern: Pattern) -> bool:
    return any(pattern.whole.match(sentence) for sentences in prose().values() for sentence in sentences)


def _settles(rule: Rule, pattern: Pattern) -> bool:
    """Tell whether a replacement leaves nothing to replace."""
    before = sample(pattern.node)
    after = pattern.inside.sub(rule.replacement, before)
    return after == before or pattern.inside.sub(rule.replacement, after) == after


def _guard_problems(rule: Rule) -> Iterator[Finding]:
    if isinstance(rule.selector, Block) and rule.selector.to == END and rule.verb == "drop" and rule.where != "tail":
        yield Finding("to", "open-end", 'goes on to the end and may take prose along; say where = "tail"')


class _Pages:
    """The examples of a file as pages, and what a rule does to them."""

    def __init__(self, file: RuleFile, read: Read) -> None:
        self._views = [
            (view_of(_read_html(example.raw) if example.is_html else read(example.raw)), _kept(example.expected))
            for example in file.contents.examples
        ]

    def fires(self, rule: Rule) -> bool:
        """Tell whether the rule does anything on any page."""
        return any(touched(rule, view) for view, _ in self._views)

    def has(self, selector: str) -> bool:
        """Tell whether any page has an element that a selector matches."""
        return any(view.page.dom is not None and view.page.dom.has(selector) for view, _ in self._views)

    def catches(self, rule: Rule, widened: Rule) -> bool:
        """Tell whether some page shows that a wider rule would be wrong: it would touch a line that stays."""
        return any(
            view.page.lines[row] in kept
            for view, kept in self._views
            for row in touched(widened, view) - touched(rule, view)
        )


def _read_html(text: str) -> Page:
    return read_html(text, Lexicon.load())


def _test_problems(rule: Rule, pages: _Pages) -> Iterator[Finding]:
    plain = replace(rule, since=None, until=None, languages=frozenset())
    if not pages.fires(plain):
        yield Finding("id", "untested", "no example shows what it does")
        return
    for selector in chain.from_iterable(map(alternatives, _selectors(rule))):
        if not pages.has(selector):
            message = f"no example has an element that {selector!r} matches"
            yield Finding(_selector_key(rule), "unseen-selector", message)
    if rule.verb != "drop":
        return
    for key, widened in _widened(plain):
        if not pages.catches(plain, widened):
            yield Finding(key, "near-miss", _UNTESTED[key])


_UNTESTED = {
    "where": "no example has such a line in another place, where it stays",
    "min": "no example has fewer of such lines, which stay",
    "id": "no near miss: no example has a line that looks like this and stays",
}


def _widened(rule: Rule) -> Iterator[tuple[str, Rule]]:
    """Give the rule with one guard taken off, for each that it has."""
    selector = rule.selector
    if rule.where != "any":
        yield "where", replace(rule, where="any")
    if isinstance(selector, Line | Lines) and selector.least > 1:
        yield "min", replace(rule, selector=replace(selector, least=1))
    if isinstance(selector, Lines):
        source = "|".join(map(_quoted, selector.literals))
        yield "id", replace(rule, where="any", selector=Line(_containing(source)))
    elif isinstance(selector, Line):
        yield "id", replace(rule, where="any", selector=Line(_containing(selector.pattern.source)))
    elif isinstance(selector, Block):
        yield "id", replace(rule, where="any", selector=Line(_containing(selector.start.source)))


def _quoted(literal: str) -> str:
    return str(regex.escape(literal, special_only=True))


def _containing(source: str) -> Pattern:
    """Give a pattern for lines that contain a match of another one, heeding letter case or not."""
    body = source.removeprefix("(?i)").removeprefix("^")
    if body.endswith("$") and not body.endswith("\\$"):
        body = body[:-1]
    pattern = Pattern(f"(?i).*(?:{body}).*")
    try:
        pattern.names  # noqa: B018 - taking "^" and "$" off may have broken it
    except PatternError:
        return Pattern(source)
    return pattern


def _kept(expected: str) -> frozenset[str]:
    return frozenset(map(str.strip, expected.split("\n")))
