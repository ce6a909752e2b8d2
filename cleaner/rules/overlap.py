"""Finds rules that can never act, and rules whose work another one does.

Only what is certain is said. Whether one pattern takes all that another one does is decided where the second has a
few texts that can be counted up; of all other pairs, only those with the same source are the same.
"""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Literal, TypeAlias

from cleaner.rules.patterns import Pattern
from cleaner.rules.problems import Finding
from cleaner.rules.schema import Block, Elements, Line, Lines, Outside, Rule, Value
from cleaner.rules.syntax import Choice, Class, Empty, Node, Reference, Repeat, Sequence, Text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from cleaner.rules.load import RuleFile
    from cleaner.rules.ruleset import RuleSet

_MANY = 256
"""Texts of a pattern that are counted up."""
_NAMED = 3
"""So many duplicates are named in a message."""
_BLANKS = (r"[^\S\n]", r"\h")
"""Classes of white space."""

_End: TypeAlias = Literal[0, -1]


def applied_with(file: RuleFile, rules: RuleSet) -> list[RuleFile]:
    """Give the files that are applied to each page that a file is applied to: for every page, or by its use."""
    names = [other.id for other in rules.files if other.kind == "generic"]
    found: dict[str, RuleFile] = {}
    names += file.contents.use
    while names:
        other = rules.get(names.pop())
        if other is not None and other.id not in found:
            found[other.id] = other
            names += other.contents.use
    found.pop(file.id, None)
    markups = (None, file.contents.match.markup)
    return [other for other in found.values() if other.contents.match.markup in markups]


def overlaps(rule: Rule, file: RuleFile, others: Iterable[RuleFile]) -> Iterator[Finding]:
    """Find what other rules, of the file or of those applied with it, do of a rule's work."""
    yield from _repeated(rule)
    number = file.rules.index(rule)
    rivals = [(other, at < number, True) for at, other in enumerate(file.rules) if other is not rule]
    rivals += [(other, True, False) for owner in others for other in owner.rules]
    found: list[Finding] = []
    for other, is_first, is_of_file in rivals:
        if not _has_wider_conditions(other, rule):
            continue
        if other.verb == "keep" and rule.verb == "drop" and _is_of_lines(rule) and _selects(other, rule):
            yield Finding("id", "unreachable", f"never acts: {other.id} keeps all the lines that it selects")
            return
        if other.verb != rule.verb:
            continue
        if _selects(other, rule) and (is_first or not _does_all(rule, other)):
            yield Finding("id", "shadowed", f"does nothing of its own: {other.id} does all of it")
            return
        shared = _shared(other, rule) - (_said_of(other, rule, is_first=is_first) if is_of_file else set())
        if shared:
            verb = "is" if len(shared) == 1 else "are"
            found.append(Finding(_key(rule), "duplicate", f"{_listed(shared)} {verb} taken by {other.id} too"))
    yield from found


def _does_all(wide: Rule, narrow: Rule) -> bool:
    return _has_wider_conditions(wide, narrow) and _selects(wide, narrow)


def _said_of(other: Rule, rule: Rule, *, is_first: bool) -> set[str]:
    """Give what two rules of a file share and what is said of the other one, so that it need not be said twice."""
    if _does_all(rule, other):
        return _shared(other, rule)
    return set() if is_first or not _has_wider_conditions(rule, other) else _shared(rule, other)


def unreachable(rule: Rule, file: RuleFile) -> Iterator[Finding]:
    """Find why a rule can never act, whatever other rules do."""
    markup = file.contents.match.markup
    if markup not in (None, "html") and isinstance(rule.selector, Elements | Value | Outside):
        yield Finding(_key(rule), "unreachable", f"never acts: the file is for {markup} pages, and this is for HTML")
    match rule.selector:
        case Line(pattern, least):
            yield from blank_ends("run" if least > 1 else "line", pattern)
        case Block(start, to):
            yield from blank_ends("from", start)
            if isinstance(to, Pattern):
                yield from blank_ends("to", to)


def blank_ends(key: str, pattern: Pattern) -> Iterator[Finding]:
    """Find why a pattern of whole lines can match none: they have no white space at their ends."""
    ends: tuple[tuple[_End, str], ...] = ((0, "start"), (-1, "end"))
    for end, name in ends:
        if _is_blank(pattern.node, end):
            yield Finding(key, "unreachable", f"never matches: a line has no white space at its {name}")


def _repeated(rule: Rule) -> Iterator[Finding]:
    items = rule.selector.literals if isinstance(rule.selector, Lines) else _css(rule)
    twice = {item for item in items if items.count(item) > 1}
    if twice:
        yield Finding(
            _key(rule), "duplicate", f"{_listed(twice)} {'stands' if len(twice) == 1 else 'stand'} here twice"
        )


def _css(rule: Rule) -> tuple[str, ...]:
    return rule.selector.css if isinstance(rule.selector, Elements | Value | Outside) else ()


def _key(rule: Rule) -> str:
    if isinstance(rule.selector, Outside):
        return "content"
    return "lines" if isinstance(rule.selector, Lines) else "css"


def _listed(items: Collection[str]) -> str:
    names = [repr(item) for item in sorted(items)]
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" and {more} more" if more > 0 else "")


def _is_of_lines(rule: Rule) -> bool:
    return isinstance(rule.selector, Line | Lines)


def _has_wider_conditions(wide: Rule, narrow: Rule) -> bool:
    """Tell whether a rule is on wherever and whenever another one is."""
    return (
        wide.where in ("any", narrow.where)
        and (wide.since is None or (narrow.since is not None and wide.since <= narrow.since))
        and (wide.until is None or (narrow.until is not None and wide.until >= narrow.until))
        and (not wide.languages or (bool(narrow.languages) and narrow.languages <= wide.languages))
    )


def _selects(wide: Rule, narrow: Rule) -> bool:
    """Tell whether a rule selects all that another one selects, but for their conditions."""
    if narrow.verb not in ("drop", "keep"):
        return wide.selector == narrow.selector and wide.drops >= narrow.drops
    match wide.selector, narrow.selector:
        case (Line() | Lines() as one, Line() | Lines() as other):
            return one.least <= other.least and _takes(one, other)
        case Elements(css), Elements(some):
            return set(some) <= set(css)
    return wide.selector == narrow.selector


def _takes(wide: Line | Lines, narrow: Line | Lines) -> bool:
    """Tell whether all lines that one selector takes are taken by another."""
    if isinstance(narrow, Lines):
        return all(_takes_line(wide, line) for line in narrow.literals)
    if isinstance(wide, Line) and wide.pattern.source == narrow.pattern.source:
        return True
    texts = texts_of(narrow.pattern.node)
    return texts is not None and all(_takes_line(wide, text) for text in texts)


def _takes_line(selector: Line | Lines, line: str) -> bool:
    if isinstance(selector, Lines):
        return line in selector.literals
    return selector.pattern.whole.match(line) is not None


def _shared(wide: Rule, narrow: Rule) -> set[str]:
    """Give what is in the list of a rule and is taken by another rule too, one line or selector by itself."""
    match wide.selector, narrow.selector:
        case (Line(_, 1) | Lines(_, 1) as selector, Lines(literals, 1)):
            return {line for line in literals if _takes_line(selector, line)}
        case Elements(css), Elements(some) if narrow.verb in ("drop", "keep"):
            return set(css) & set(some)
    return set()


def texts_of(node: Node) -> set[str] | None:
    """Count up the texts that a pattern matches, or give None where they are many or depend on what is around them.

    What is for any letter case is given in a few of its forms, one of which has both letters in turns.
    """
    match node:
        case Text(text, ignore_case):
            return _forms(text) if ignore_case else {text}
        case Class(_, chars, ignore_case):
            if chars is None:
                return None
            return {form for char in chars for form in (_forms(char) if ignore_case else (char,))}
        case Sequence(parts):
            return _joined([texts_of(part) for part in parts])
        case Choice(branches):
            found = [texts_of(branch) for branch in branches]
            texts = {text for some in found if some is not None for text in some}
            return None if None in found or len(texts) > _MANY else texts
        case Repeat(part, low, high, _):
            return _repeats(texts_of(part), low, high)
        case Empty() | Reference():
            return None


def _forms(text: str) -> set[str]:
    in_turns = "".join(char.upper() if number % 2 else char.lower() for number, char in enumerate(text))
    return {text, text.lower(), text.upper(), in_turns}


def _joined(parts: list[set[str] | None]) -> set[str] | None:
    known = [part for part in parts if part is not None]
    count = 1
    for part in known:
        count *= len(part)
    if len(known) < len(parts) or count > _MANY:
        return None
    return {"".join(pieces) for pieces in product(*known)}


def _repeats(texts: set[str] | None, low: int, high: int | None) -> set[str] | None:
    if texts is None or high is None or high > _MANY:
        return None
    found: set[str] = set()
    for count in range(low, high + 1):
        some = _joined([texts] * count)
        if some is None or len(found) > _MANY:
            return None
        found |= some
    return found


def _is_blank(node: Node, end: _End) -> bool:
    """Tell whether all that a pattern matches begins, or ends, with white space."""
    match node:
        case Text(text, _):
            return text[end].isspace()
        case Class(source, chars, _):
            return source in _BLANKS or (bool(chars) and all(map(str.isspace, chars or ())))
        case Sequence(parts):
            seen = [part for part in parts if not isinstance(part, Empty)]
            return bool(seen) and _is_blank(seen[end], end)
        case Choice(branches):
            return all(_is_blank(branch, end) for branch in branches)
        case Repeat(part, low, _, _):
            return low > 0 and _is_blank(part, end)
    return False
