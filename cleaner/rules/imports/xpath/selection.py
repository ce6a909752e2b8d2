"""XPath expressions as a whole: the elements that they lead to, and what is read of these."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from cleaner.rules.imports.xpath.conditions import ELSEWHERE, POSITION, TEXT, adjoining, compound, condition
from cleaner.rules.imports.xpath.css import Compound, NoCounterpart
from cleaner.rules.imports.xpath.syntax import (
    ANYWHERE,
    Call,
    Expression,
    Literal,
    Number,
    Operation,
    Path,
    Step,
    parse,
)
from cleaner.rules.selectors import misfit

MAX_BRANCHES = 50
"""Alternatives of one expression."""


@dataclass(frozen=True, slots=True)
class Selection:
    """What an XPath expression selects."""

    css: tuple[str, ...]
    """Selectors: their elements together are those of the expression."""
    tags: frozenset[str] = frozenset()
    """Of the elements that they select; ``*`` is any."""
    attribute: str | None = None
    """What is read is this attribute of the elements."""
    is_text: bool = False
    """What is read is the text right in the elements, without that of elements in them."""
    is_first: bool = False
    """Of all the elements the expression takes the first only."""
    after: str = ""
    """Of the text that is read, only what stands behind this string."""
    before: str = ""
    """And of that only what stands before this string."""


_Part: TypeAlias = tuple[str, Compound]
"""A combinator, and what is said of the element behind it."""
_Chain: TypeAlias = tuple[_Part, ...]


@dataclass(frozen=True, slots=True)
class _Found:
    """Elements on the way along a path."""

    chains: tuple[_Chain, ...]
    attribute: str | None = None
    is_text: bool = False
    is_first: bool = False


def select(source: str) -> Selection:
    """Say an XPath expression as CSS selectors.

    Raises :class:`XPathError` if it is none, and :class:`NoCounterpart` if selectors cannot say the same.
    """
    expression, after, before = _cut(parse(source))
    found = _select(expression)
    css = tuple(dict.fromkeys(_written(chain) for chain in found.chains))
    if len(css) > MAX_BRANCHES:
        raise NoCounterpart(f"it has more than {MAX_BRANCHES} alternatives")
    for selector in css:
        if problem := misfit(selector):
            raise NoCounterpart(problem)
    tags = frozenset(chain[-1][1].tag for chain in found.chains)
    return Selection(css, tags, found.attribute, found.is_text, found.is_first, after, before)


def _cut(expression: Expression) -> tuple[Expression, str, str]:
    """Take off what cuts the text that is read: give what is left, and the strings behind and before which it lies."""
    after = before = ""
    while isinstance(expression, Call):
        match expression:
            case Call("normalize-space" | "string", (operand,)):
                pass
            case Call("substring-after", (operand, Literal(text))) if text and not after:
                after = text
            case Call("substring-before", (operand, Literal(text))) if text and not (before or after):
                before = text
            case _:
                raise NoCounterpart(f"nothing here makes a value by {expression.name}()")
        expression = operand
    return expression, after, before


def _written(chain: _Chain) -> str:
    return "".join(f"{mark}{element}" for mark, element in chain)


def _select(expression: Expression) -> _Found:
    if isinstance(expression, Operation) and expression.operator == "|":
        return _together([_select(path) for path in expression.operands])
    if not isinstance(expression, Path):
        raise NoCounterpart("it selects no element")
    if expression.start is None:
        return _along(_Found(()), expression.steps)
    return _along(_filtered(_select(expression.start), expression.predicates), expression.steps)


def _together(found: Sequence[_Found]) -> _Found:
    """Join the branches of ``a | b``, of which the same must be read."""
    if len({(each.attribute, each.is_text) for each in found}) > 1:
        raise NoCounterpart("it reads several things at once")
    chains = tuple(chain for each in found for chain in each.chains)
    return replace(found[0], chains=chains, is_first=any(each.is_first for each in found))


def _filtered(found: _Found, predicates: Sequence[Expression]) -> _Found:
    """Apply the conditions of ``(...)[...]``, which count over the whole page."""
    for predicate in predicates:
        if predicate in (Number(1), Operation("=", (Call("position", ()), Number(1)))) and not found.is_first:
            found = replace(found, is_first=True)
        elif found.is_first or isinstance(predicate, Number) or predicate == Call("last", ()):
            raise NoCounterpart(POSITION)
        else:
            said = condition(predicate)
            chains = ((*chain[:-1], (chain[-1][0], chain[-1][1].with_condition(said))) for chain in found.chains)
            found = replace(found, chains=tuple(chains))
    return found


def _along(found: _Found, steps: Sequence[Step]) -> _Found:
    """Follow steps, from the root of the page where nothing was found yet."""
    is_deep = False
    for step in steps:
        if step == ANYWHERE:
            is_deep = True
        elif step != Step("self", "node()"):
            found = _next(found, step, is_deep=is_deep)
            is_deep = False
    if is_deep or not found.chains:
        raise NoCounterpart("it selects no element")
    return found


def _next(found: _Found, step: Step, *, is_deep: bool) -> _Found:
    if found.attribute is not None or found.is_text:
        raise NoCounterpart(ELSEWHERE)
    if not found.chains:
        return replace(found, chains=(_first(step, is_deep=is_deep),))
    if step.axis == "attribute" and not is_deep:
        if step.test == "*" or step.predicates:
            raise NoCounterpart("it does not name the attribute that it reads")
        return replace(found, attribute=step.test.lower())
    if step.test == "text()" and step.axis == "child":
        if step.predicates not in ((), (Number(1),)):
            raise NoCounterpart(TEXT)
        return replace(found, is_text=not is_deep)
    if found.is_first:
        raise NoCounterpart(POSITION)
    chains = tuple(longer for chain in found.chains for longer in _longer(chain, step, is_deep=is_deep))
    return replace(found, chains=chains)


def _first(step: Step, *, is_deep: bool) -> _Chain:
    """Give the first element of a path: any on the page, or its root."""
    if step.axis == "descendant" or (is_deep and step.axis == "child"):
        return (("", compound(step)),)
    if step.axis == "child" and step.test in ("html", "*"):
        return (("", compound(step).with_condition("" if step.test == "html" else ":root")),)
    raise NoCounterpart("it begins at the root of the page, where there is html alone; // would find it anywhere")


def _longer(chain: _Chain, step: Step, *, is_deep: bool) -> Sequence[_Chain]:
    """Follow one step: give the selectors of the elements that it leads to."""
    near = adjoining(step)
    mark, last = chain[-1]
    if step.axis in ("child", "descendant"):
        return [(*chain, (" " if is_deep or step.axis == "descendant" else " > ", compound(step)))]
    if is_deep:
        raise NoCounterpart(ELSEWHERE)
    there = compound(near or step)
    match step.axis:
        case "self":
            return [(*chain[:-1], (mark, last.that_is(there)))]
        case "parent":
            return _parents(chain, there)
        case "ancestor" if len(chain) == 1:
            return [(("", there.with_condition(f":has({last})")),)]
        case "following-sibling":
            return [(*chain, (" + " if near else " ~ ", there))]
        case "preceding-sibling" if mark in ("", " ", " > "):
            return [(*chain[:-1], (mark, there.with_condition(f":has({'+' if near else '~'} {last})")))]
    raise NoCounterpart(ELSEWHERE)


def _parents(chain: _Chain, there: Compound) -> Sequence[_Chain]:
    """Give the parents of elements: with ``a b``, that is an ``a`` or something in it."""
    mark, last = chain[-1]
    there = there.with_condition(f":has(> {last})")
    if not mark:
        return [(("", there),)]
    if mark not in (" ", " > "):
        raise NoCounterpart(ELSEWHERE)
    found: list[_Chain] = [(*chain[:-1], (" ", there))] if mark == " " else []
    above, outer = chain[-2]
    try:
        found.append((*chain[:-2], (above, outer.that_is(there))))
    except NoCounterpart:
        if not found:
            raise
    return found
