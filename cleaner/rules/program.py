"""Runs the rules of one file over a page."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, cast

from cleaner.model import Capture, Drop, Keep, Replace
from cleaner.rules import elements
from cleaner.rules.schema import Block, Elements, Inside, Line, Lines, Outside, Rule, Value
from cleaner.rules.search import Found, Literals, Search

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from cleaner.model import Action, Field
    from cleaner.rules.patterns import Pattern
    from cleaner.rules.view import Clock, View


@dataclass(frozen=True, slots=True)
class Context:
    """What the conditions of rules depend on, besides the page."""

    date: str | None
    language: Callable[[], str | None]
    """Called only when a rule that asks for a language has found something."""
    is_active: Callable[[Rule], bool]

    def zoned(self) -> Context:
        """Give the context in which only rules with a zone are active."""
        return replace(self, is_active=lambda rule: rule.where != "any" and self.is_active(rule))


class Program:
    """The rules of one file, made ready to run. Holds no state of a page: many threads may run it at once."""

    def __init__(self, rules: Sequence[Rule], reasons: Sequence[str]) -> None:
        self._rules = tuple(rules)
        self._reasons = tuple(reasons)
        self._literal_lines: dict[str, list[int]] = defaultdict(list)
        self._always: list[int] = []
        self._html: list[int] = []
        wanted: dict[int, frozenset[str]] = {}
        for index, rule in enumerate(rules):
            if _names_elements(rule):
                self._html.append(index)
            elif isinstance(rule.selector, Lines):
                for line in rule.selector.literals:
                    self._literal_lines[line].append(index)
            elif (words := _pattern(rule).literals) is not None:
                wanted[index] = words
            else:
                self._always.append(index)
        self._literals = Literals(wanted)

    def run(self, view: View, context: Context, clock: Clock) -> Iterator[tuple[Rule, Sequence[Action] | None]]:
        """Give each rule that has found something, with its actions; None for one that ran out of time."""
        hits = self._literals.find(view.sheets)
        candidates = set(self._always).union(hits)
        if view.page.dom is not None:
            candidates.update(self._html)
        for line in self._literal_lines.keys() & view.every_line:
            candidates.update(self._literal_lines[line])
        for index in sorted(candidates):
            rule = self._rules[index]
            if not context.is_active(rule) or not _is_dated(rule, context.date):
                continue
            clock.start_rule()
            zone, reason = view.zone(rule.where), self._reasons[index]
            try:
                if _names_elements(rule):
                    actions = elements.Search(view.page, zone, rule, reason, clock).actions()
                else:
                    actions = _actions(rule, reason, Search(view, zone, hits.get(index), clock))
            except TimeoutError:
                yield rule, None
                continue
            if actions and (not rule.languages or context.language() in rule.languages):
                yield rule, actions


def _names_elements(rule: Rule) -> bool:
    return isinstance(rule.selector, Elements | Value | Outside)


def _pattern(rule: Rule) -> Pattern:
    """Give the pattern that a rule starts from."""
    selector = cast("Line | Block | Inside", rule.selector)
    return selector.start if isinstance(selector, Block) else selector.pattern


def _is_dated(rule: Rule, date: str | None) -> bool:
    """Tell whether a rule holds for documents of this date; without one, a dated rule does not."""
    if rule.since is None and rule.until is None:
        return True
    if date is None:
        return False
    day = date[:10]
    return (rule.since is None or day >= rule.since) and (rule.until is None or day < rule.until)


def _actions(rule: Rule, reason: str, search: Search) -> list[Action]:
    match cast("Line | Lines | Block | Inside", rule.selector):
        case Inside(pattern) if rule.verb == "replace":
            return _replacements(rule, reason, search.inside(pattern), search.view)
        case Inside(pattern):
            return _captures(rule, reason, search.inside(pattern), search.view)
        case Line(pattern) if rule.verb == "capture":
            return _captures(rule, reason, search.whole(pattern), search.view)
        case Line(pattern, least):
            rows = search.rows(pattern, least)
        case Lines(literals, least):
            rows = search.rows_like(frozenset(literals), least)
        case Block() as block:
            rows = search.blocks(block)
    if not rows:
        return []
    return [Keep(rows, reason) if rule.verb == "keep" else Drop(rows, reason)]


def _replacements(rule: Rule, reason: str, matches: Iterable[Found], view: View) -> list[Action]:
    actions: list[Action] = []
    for found in matches:
        start = view.page.starts[found.row]
        replacement = str(found.match.expand(rule.replacement))
        if replacement != found.match[0]:
            actions.append(Replace(start + found.start, start + found.end, replacement, reason))
    return actions


def _captures(rule: Rule, reason: str, matches: Iterable[Found], view: View) -> list[Action]:
    """Read the groups of the page's first match."""
    found = min(matches, key=lambda match: (match.row, match.start), default=None)
    if found is None:
        return []
    values = {name: (value or "").strip() for name, value in found.match.groupdict().items()}
    actions: list[Action] = [Capture(cast("Field", name), value, reason) for name, value in values.items() if value]
    if rule.drops and isinstance(rule.selector, Line):
        actions.append(Drop([found.row], reason))
    elif rule.drops:
        start = view.page.starts[found.row]
        actions.append(Replace(start + found.start, start + found.end, "", reason))
    return actions
