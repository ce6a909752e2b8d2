"""What XPath says of an element in square brackets, as conditions of CSS selectors."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from cleaner.rules.imports.xpath.css import Compound, NoCounterpart, Operator, any_of, attribute, none_of, tag
from cleaner.rules.imports.xpath.syntax import ANYWHERE, Call, Expression, Literal, Number, Operation, Path, Step

TEXT = "it looks at text, and selectors do not; a rule for lines does"
POSITION = "it counts elements in a way that selectors cannot"
ELSEWHERE = "its condition looks at another place of the page"
NUMBERS = "selectors do not calculate"
VALUE = "a bare value is no condition; was a comparison meant?"

_FLIPPED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
_UPPER, _LOWER = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), frozenset("abcdefghijklmnopqrstuvwxyz")
_BACKWARDS = {"parent": " > *", "ancestor": " *", "preceding-sibling": " ~ *"}
"""Axes that lead to what comes before an element, with what a selector says of the element from there."""

_NAMED = re.compile(r":is\(([\w-]+)\)")
"""What ``*[self::aside]`` comes out as first."""


def condition(expression: Expression) -> str:
    """Give the condition that an expression is, or an empty string if it always holds.

    Raises :class:`NoCounterpart`.
    """
    match expression:
        case Path():
            return _of_path(expression)
        case Operation("and", operands):
            return "".join(dict.fromkeys(map(condition, operands)))
        case Operation("or" | "|", operands):
            return any_of([condition(operand) for operand in operands])
        case Operation(operator, (left, right)) if operator in _FLIPPED:
            if isinstance(left, Literal | Number):
                left, right, operator = right, left, _FLIPPED[operator]
            return _comparison(operator, left, right)
        case Operation():
            raise NoCounterpart(NUMBERS)
        case Call():
            return _of_call(expression)
    raise NoCounterpart(VALUE)


def _of_call(call: Call) -> str:
    match call:
        case Call("not", (operand,)):
            return none_of(condition(operand))
        case Call("boolean", (operand,)):
            return condition(operand)
        case Call("true", ()):
            return ""
        case Call("contains" | "starts-with" | "ends-with", (value, Literal(part))):
            return _part_of_value(call.name, value, part)
        case Call("contains" | "starts-with" | "ends-with"):
            raise NoCounterpart(f"{call.name}() does not look for a string")
    raise NoCounterpart(TEXT if _is_text(call) else f"selectors have nothing like {call.name}()")


def compound(step: Step) -> Compound:
    """Give what a step says of the element that it leads to."""
    found = Compound(_tag(step.test))
    counted = False
    for place, predicate in enumerate(step.predicates):
        position = _position(predicate)
        if position is None:
            said = condition(predicate)
            named = _NAMED.match(said) if found == Compound() else None
            found = Compound(named[1]).with_condition(said[named.end() :]) if named else found.with_condition(said)
            continue
        if counted or step.axis != "child":
            raise NoCounterpart(POSITION)
        found = found.with_condition(_nth(found.tag, position) if not place else _nth_such(found, position))
        counted = True
    return found


def adjoining(step: Step) -> Step | None:
    """Give a step to a sibling without its ``[1]`` if it leads to the very next element, else None."""
    if step.axis.endswith("-sibling") and step.predicates[:1] == (Number(1),) and step.test == "*":
        return replace(step, predicates=step.predicates[1:])
    return None


def _tag(test: str) -> str:
    if test == "text()":
        raise NoCounterpart(TEXT)
    if test == "node()":
        return "*"
    if test.endswith((")", ":*")):
        raise NoCounterpart(f"selectors have nothing like {test}")
    return tag(test)


@dataclass(frozen=True, slots=True)
class _Position:
    """The elements that are counted: those from ``first`` to ``last``, or the one ``from_end``."""

    first: int = 1
    last: int | None = None
    from_end: int = 0


def _position(predicate: Expression) -> _Position | None:
    """Read a predicate that counts, or give None for another one."""
    match predicate:
        case Number(value):
            return _between("=", value)
        case Call("last", ()):
            return _Position(from_end=1)
        case Operation("-", (Call("last", ()), Number(value))):
            return _Position(from_end=int(value) + 1)
        case Operation("=", (Call("position", ()), Call("last", ()))):
            return _Position(from_end=1)
        case Operation(operator, (Call("position", ()), Number(value))) if operator in _FLIPPED:
            return _between(operator, value)
        case Operation(operator, (Number(value), Call("position", ()))) if operator in _FLIPPED:
            return _between(_FLIPPED[operator], value)
    return None


def _between(operator: str, value: float) -> _Position:
    number = int(value)
    if number != value or operator == "!=":
        raise NoCounterpart(POSITION)
    first = {">": number + 1, ">=": number, "=": number}.get(operator, 1)
    last = {"<": number - 1, "<=": number, "=": number}.get(operator)
    if last is not None and last < max(first, 1):
        raise NoCounterpart("it never matches")
    return _Position(max(first, 1), last)


def _nth(name: str, position: _Position) -> str:
    """Say that an element is at a place among its siblings of the same tag, or among all of them."""
    kind = "child" if name == "*" else "of-type"
    if position.from_end:
        return f":nth-last-{kind}({position.from_end})" if position.from_end > 1 else f":last-{kind}"
    if position.first == position.last:
        return f":nth-{kind}({position.first})" if position.first > 1 else f":first-{kind}"
    from_first = f":nth-{kind}(n+{position.first})" if position.first > 1 else ""
    return from_first + (f":nth-{kind}(-n+{position.last})" if position.last is not None else "")


def _nth_such(found: Compound, position: _Position) -> str:
    """Say that an element is the first or the last of those siblings of which the same is said."""
    if position == _Position(1, 1):
        return f":not({found} ~ {found})"
    if position.from_end == 1:
        return f":not(:has(~ {found}))"
    raise NoCounterpart(POSITION)


def _of_path(path: Path) -> str:
    steps = _steps(path)
    if steps and steps[-1].axis == "attribute":
        return _somewhere(steps[:-1], attribute(_attribute_name(steps[-1])))
    return _somewhere(steps, "")


def _steps(path: Path) -> tuple[Step, ...]:
    """Give the steps of a path from the element itself, without those that stay there."""
    if path.is_absolute or path.start is not None:
        raise NoCounterpart(ELSEWHERE)
    return tuple(step for step in path.steps if step != Step("self", "node()"))


def _attribute_name(step: Step) -> str:
    if step.predicates or step.test == "*":
        raise NoCounterpart("selectors ask for an attribute by its name")
    return step.test


def _somewhere(steps: Sequence[Step], leaf: str) -> str:
    """Say that there is an element where the steps lead, and that ``leaf`` holds of it."""
    if not steps:
        return leaf
    first = steps[0]
    if first.axis == "self" and len(steps) == 1:
        found = compound(first).with_condition(leaf)
        return (f":is({found.tag})" if found.tag != "*" else "") + "".join(found.conditions)
    if first.axis in _BACKWARDS and len(steps) == 1:
        near = adjoining(first)
        found = compound(near or first).with_condition(leaf)
        return f":is({found}{' + *' if near else _BACKWARDS[first.axis]})"
    return f":has({_forwards(steps, leaf)})"


def _forwards(steps: Sequence[Step], leaf: str) -> str:
    chain, mark = "", "> "
    for step in steps:
        if step == ANYWHERE:
            mark = ""
            continue
        near = adjoining(step)
        if step.axis == "following-sibling":
            mark = "+ " if near else "~ "
        elif step.axis == "descendant":
            mark = ""
        elif step.axis != "child":
            raise NoCounterpart(ELSEWHERE)
        chain += f"{' ' if chain else ''}{mark}{compound(near or step)}"
        mark = "> "
    return chain + leaf


@dataclass(frozen=True, slots=True)
class _Value:
    """The value of an attribute, of the element itself or of one that a step leads to."""

    name: str
    steps: tuple[Step, ...] = ()
    ignore_case: bool = False
    is_padded: bool = False
    """A space stands before and behind it, so that each word in it can be looked for."""

    def like(self, operator: Operator, value: str) -> str:
        """Say what the value is like."""
        return _somewhere(self.steps, attribute(self.name, operator, value, ignore_case=self.ignore_case))


def _value(expression: Expression) -> _Value:
    match expression:
        case Path():
            steps = _steps(expression)
            if steps and steps[-1].axis == "attribute":
                return _Value(_attribute_name(steps[-1]), steps[:-1])
            raise NoCounterpart(TEXT)
        case Call("normalize-space" | "string", (operand,)):
            return _value(operand)
        case Call("lower-case", (operand,)):
            return replace(_value(operand), ignore_case=True)
        case Call("translate", (operand, Literal(upper), Literal(lower))):
            if len(upper) == len(lower) and set(upper) >= _UPPER and set(lower) >= _LOWER:
                return replace(_value(operand), ignore_case=True)
        case Call("concat", (Literal(" "), operand, Literal(" "))):
            return replace(_value(operand), is_padded=True)
    if _is_text(expression):
        raise NoCounterpart(TEXT)
    raise NoCounterpart(f"selectors have nothing like {expression.name}()" if isinstance(expression, Call) else NUMBERS)


def _is_text(expression: Expression) -> bool:
    """Tell whether an expression is the text of an element, or what is said of that."""
    if isinstance(expression, Call):
        return expression.name in ("string", "normalize-space", "string-length") and (
            not expression.arguments or _is_text(expression.arguments[0])
        )
    return isinstance(expression, Path) and not any(step.axis == "attribute" for step in expression.steps[-1:])


def _part_of_value(how: str, expression: Expression, part: str) -> str:
    value = _value(expression)
    if any(step.axis not in ("parent", "self") for step in value.steps):
        raise NoCounterpart(ELSEWHERE)
    if not part:
        return ""
    if value.is_padded:
        return _word(how, value, part)
    operators: dict[str, Operator] = {"contains": "*=", "starts-with": "^=", "ends-with": "$="}
    return value.like(operators[how], part)


def _word(how: str, value: _Value, part: str) -> str:
    """Say that there is a word in a value, or one that begins or ends so."""
    word = part.strip(" ")
    if how != "contains" or not word or " " in word or len(part) > len(word) + 2:
        raise NoCounterpart("it looks for several class names at once")
    begins, ends = part[0] == " ", part[-1] == " "
    if begins and ends:
        return value.like("~=", word)
    if begins:
        return any_of([value.like("^=", word), value.like("*=", f" {word}")])
    if ends:
        return any_of([value.like("$=", word), value.like("*=", f"{word} ")])
    return value.like("*=", word)


def _comparison(operator: str, left: Expression, right: Expression) -> str:
    if isinstance(left, Call) and left.name == "count" and isinstance(right, Number):
        return _count(operator, left, right.value)
    if operator not in ("=", "!="):
        raise NoCounterpart(NUMBERS)
    if isinstance(right, Call) and right.name in ("true", "false") and not right.arguments:
        holds = condition(left)
        return holds if (right.name == "true") == (operator == "=") else none_of(holds)
    if not isinstance(right, Literal | Number):
        raise NoCounterpart("it compares two parts of the page")
    wanted = right.text if isinstance(right, Literal) else f"{right.value:g}"
    if isinstance(left, Call) and left.name in ("name", "local-name") and not left.arguments and operator == "=":
        return any_of([tag(wanted)])
    value = _value(left)
    if value.is_padded:
        raise NoCounterpart("it looks for several class names at once")
    if operator == "=":
        return value.like("=", wanted)
    if value.steps:
        raise NoCounterpart(ELSEWHERE)
    return attribute(value.name) + none_of(value.like("=", wanted))


def _count(operator: str, call: Call, number: float) -> str:
    """Read a count that only asks whether there is any."""
    if len(call.arguments) != 1:
        raise NoCounterpart(NUMBERS)
    some = (operator, number) in ((">", 0), (">=", 1), ("!=", 0))
    none = (operator, number) in (("=", 0), ("<", 1), ("<=", 0))
    if not some and not none:
        raise NoCounterpart(POSITION)
    found = condition(call.arguments[0])
    return none_of(found) if none else found
