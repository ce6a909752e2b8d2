"""Why one line stays or goes: everything that had a say in it, who won, and what would change it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeAlias

from cleaner.blocks.page import Page
from cleaner.extractor import TRAFILATURA_RULE
from cleaner.model import ConfigError, Document, Drop, Keep, Proposal, Rank, Replace
from cleaner.report.elements import Elements
from cleaner.report.lines import Line, lines_of
from cleaner.report.trace import Look, Trace
from cleaner.resolve import priority
from cleaner.scorer.line_scorer import Judgement

Verb: TypeAlias = Literal["keep", "drop", "replace"]
Retry: TypeAlias = Callable[[tuple[str, ...]], Document]
"""Cleans the document again without what is named."""

MOST_SKIPPED = 4
"""Rules and heuristics that are switched off together to see whether a line changes: with more, write a rule."""
MOVED = 6
"""Features of the scorer that are named."""
SHOWN_NUMBERS = 5
"""Line numbers that a message names."""
_QUOTED = 60
"""Characters of a line that a message quotes."""


@dataclass(frozen=True, slots=True)
class Say:
    """One proposal for the line."""

    verb: Verb
    rule: str
    rank: Rank
    reason: str
    decides: bool = False


@dataclass(frozen=True, slots=True)
class Round:
    """What one pass over the page made of the line."""

    number: int
    """From 1."""
    says: tuple[Say, ...]
    """The strongest first."""
    outcome: str
    """Who won and why, as a sentence."""


@dataclass(frozen=True, slots=True)
class Change:
    """What would change the line's fate."""

    skips: tuple[str, ...]
    """Names for ``--skip`` with which it was tried, and works; empty where there is nothing to switch off."""
    rule: str
    """A rule to write, as TOML."""
    verb: Verb
    """What that rule does."""


@dataclass(frozen=True, slots=True)
class Why:
    """Everything about one line."""

    line: Line
    lines: int
    """Lines of the input that are not blank."""
    measures: tuple[str, ...]
    phrases: tuple[str, ...]
    """Families of phrases that mark the line."""
    prose: tuple[int, int] | None
    """Numbers of the first and the last line of prose."""
    rounds: tuple[Round, ...]
    judgement: Judgement | None
    change: Change | None


def find_line(lines: Sequence[Line], wanted: str) -> Line:
    """Find a line by its number, its text or a part of it.

    Raises :class:`~cleaner.model.ConfigError` where there is none, or more than one.
    """
    wanted = wanted.strip()
    if not wanted:
        raise ConfigError("--why needs the number of a line, or some of its text")
    if wanted.isascii() and wanted.isdigit():
        return _by_number(lines, int(wanted))
    found = [line for line in lines if line.text == wanted]
    if not found:
        part = wanted.casefold()
        found = [line for line in lines if part in line.text.casefold()]
    if len(found) == 1:
        return found[0]
    if found:
        numbers = ", ".join(str(line.number) for line in found[:SHOWN_NUMBERS])
        more = f" and {len(found) - SHOWN_NUMBERS} more" if len(found) > SHOWN_NUMBERS else ""
        raise ConfigError(f'"{_short(wanted)}" is in the lines {numbers}{more}; name one by its number')
    close = get_close_matches(wanted, [line.text for line in lines], 1)
    near = next((line for line in lines if close and line.text == close[0]), None)
    hint = f'; line {near.number} reads "{_short(near.text)}"' if near else ""
    raise ConfigError(f'no line has "{_short(wanted)}" in it{hint}')


def _by_number(lines: Sequence[Line], number: int) -> Line:
    for line in lines:
        if line.number == number:
            return line
    last = lines[-1].number if lines else 0
    what = f"line {number} is blank" if 0 < number < last else f"there is no line {number}; the last one is {last}"
    raise ConfigError(what)


def _short(text: str) -> str:
    return text if len(text) <= _QUOTED else text[: _QUOTED - 1] + "…"


def why(trace: Trace, wanted: str, retry: Retry | None = None) -> Why:
    """Tell everything about the line that is wanted. ``retry`` is asked what would change its fate."""
    lines = lines_of(trace, judged=False)
    line = find_line(lines, wanted)
    first = trace.looks[0] if trace.looks else None
    page = first.done.page if first is not None else None
    rounds = tuple(
        found
        for number, look in enumerate(trace.looks, start=1)
        for row in look.rows_in(line.start, line.end)
        if (found := _round(number, look, row)) is not None
    )
    judgement = None
    if first is not None and page is not None and first.done.scorer is not None and line.row is not None:
        judgement = first.done.scorer.judge(page, first.done.proposals, MOVED)[line.row]
    return Why(
        line=line,
        lines=len(lines),
        measures=tuple(_measures(page, line.row)) if page is not None and line.row is not None else (),
        phrases=_phrases(page, line.row) if page is not None and line.row is not None else (),
        prose=_prose(page, lines) if page is not None else None,
        rounds=rounds,
        judgement=judgement,
        change=_change(page, line, rounds, retry) if line.row is not None else None,
    )


def _measures(page: Page, row: int) -> list[str]:
    """Say what was measured on a row, the telling things only."""
    measures = page.measures
    chars = max(1, int(measures.chars[row]))
    words = float(measures.words[row])
    said = [f"{chars:,} character{'s' * (chars != 1)}", f"{words:,.4g} word{'s' * (words != 1)}"]
    for name, part in (
        ("letters", measures.letters[row]),
        ("digits", measures.digits[row]),
        ("symbols", measures.symbols[row]),
        ("link text", page.links[row] * chars),
    ):
        if part:
            said.append(f"{min(1.0, float(part) / chars):.0%} {name}")
    if page.headings[row]:
        said.append(f"a heading of level {int(page.headings[row])}")
    if page.bullets[row]:
        said.append("a list item")
    if page.fenced[row]:
        said.append("code")
    if page.repeated[row]:
        said.append("stands on the page more than once")
    said.append("ends as a sentence" if measures.ends[row] else "does not end as a sentence")
    said.append("prose" if page.prose[row] else "no prose")
    return said


def _phrases(page: Page, row: int) -> tuple[str, ...]:
    return tuple(sorted(family for family, rows in page.phrases.items() if row in rows))


def _prose(page: Page, lines: Sequence[Line]) -> tuple[int, int] | None:
    numbers = {line.row: line.number for line in lines if line.row is not None}
    rows = [row for row in page.prose_rows.tolist() if row in numbers]
    return (numbers[rows[0]], numbers[rows[-1]]) if rows else None


def _round(number: int, look: Look, row: int) -> Round | None:
    """Tell what a pass said of a row; None if nobody said anything."""
    page, verdict = look.done.page, look.done.verdict
    winner = verdict.winner[row]
    found = [
        (_strength(proposal), at, _say(proposal, decides=at == winner))
        for at, proposal in enumerate(look.done.proposals)
        if _concerns(page, proposal, row)
    ]
    if not found:
        return None
    says = tuple(say for _, _, say in sorted(found, key=lambda each: (-each[0], each[1])))
    return Round(number, says, _outcome(look, row, says))


def _concerns(page: Page, proposal: Proposal, row: int) -> bool:
    action = proposal.action
    if isinstance(action, Drop | Keep):
        return row in action.rows
    return isinstance(action, Replace) and page.starts[row] <= action.start < page.ends[row]


def _strength(proposal: Proposal) -> int:
    """Give how much a proposal counts; replacements come last, since they happen in lines that stay."""
    return priority(proposal) if isinstance(proposal.action, Drop | Keep) else -1


def _say(proposal: Proposal, *, decides: bool) -> Say:
    action = proposal.action
    verb: Verb = "keep" if isinstance(action, Keep) else "drop" if isinstance(action, Drop) else "replace"
    return Say(verb, proposal.rule, proposal.rank, action.reason, decides)


def _outcome(look: Look, row: int, says: Sequence[Say]) -> str:
    page, verdict = look.done.page, look.done.verdict
    top = next((say for say in says if say.decides), None)
    if top is None:
        return "nobody wants the line to go: it stays, and is mended"
    others = [say for say in says if say is not top and say.verb != "replace"]
    because = _because(top, others)
    if top.verb == "keep":
        return f"stays: {top.rule} keeps it{because}"
    if verdict.dropped[row]:
        return f"goes: {top.rule} drops it{because}"
    if page.held is not None and page.held[row]:
        return f"stays: a rule kept its element of the page, whatever {top.rule} says of the line"
    if page.fenced[row]:
        return f"stays: code goes whole or not at all, and {top.rule} does not want all of it"
    return f"stays: the guard took {top.rule}'s word back, since too much prose would have gone"


def _because(top: Say, others: Sequence[Say]) -> str:
    """Say why one proposal beat the others."""
    if not others:
        return ", and nobody else has a say"
    against = [say for say in others if say.verb != top.verb]
    if top.verb == "keep" and against:
        who = "a rule file's keep beats every drop" if top.rank >= Rank.GENERIC else "a heuristic's keep beats its drop"
        if top.rank == Rank.SCORER:
            who = "the scorer may overrule a heuristic that guesses areas"
        return f", and {who}"
    if against:
        return f", and a rule file's drop ({_rank(top.rank)}) beats what {_rank(against[0].rank)}s keep"
    weaker = [say for say in others if say.rank < top.rank]
    if len(weaker) == len(others):
        return f", the strongest that wants it ({_rank(top.rank)})"
    return ", the first of those that want it with equal rank"


def _rank(rank: Rank) -> str:
    return rank.name.lower()


def _change(page: Page | None, line: Line, rounds: Sequence[Round], retry: Retry | None) -> Change | None:
    """Find what would turn the line's fate: names to switch off, tried out, and a rule of one's own."""
    verb: Verb = "keep" if line.fate == "removed" else "drop"
    skips = _skips(line, rounds, retry) if retry is not None else ()
    return Change(skips, _own_rule(page, line, verb), verb)


def _skips(line: Line, rounds: Sequence[Round], retry: Retry) -> tuple[str, ...]:
    """Switch off what decided, and what decides then, until the line changes its fate; give up after a few."""
    deciding = list(line.rules)
    if line.fate == "kept":
        deciding = [say.rule for found in rounds for say in found.says if say.decides and say.verb == "keep"]
    skips: list[str] = []
    while deciding and len(skips) < MOST_SKIPPED:
        name = skip_name(deciding.pop(0))
        if not name or name in skips:
            continue
        skips.append(name)
        again = _again(retry(tuple(skips)), line)
        if again is None or again.fate != line.fate:
            return tuple(skips)
        deciding += again.rules
    return ()


def _again(document: Document, line: Line) -> Line | None:
    """Find the line in another cleaning of the same input."""
    lines = lines_of(Trace(document, ()), judged=False)
    return next((other for other in lines if other.number == line.number), None)


def skip_name(rule: str) -> str:
    """Give the name of an edit's rule for ``--skip``; empty for what cannot be switched off so."""
    if rule == TRAFILATURA_RULE:
        return ""
    family, _, name = rule.partition("/")
    if family == "heuristics":
        return name
    return family if family in ("repair", "scorer") else rule


def _own_rule(page: Page | None, line: Line, verb: Verb) -> str:
    """Write a rule that keeps or drops the line."""
    rule = [f"[[{verb}]]", 'id = "choose-a-name"']
    handle = Elements(page).handle(line.row) if page is not None and page.dom and line.row is not None else None
    if handle is not None:
        return "\n".join([*rule, f'css = "{handle}"'])
    if verb == "drop" and line.zone in ("head", "tail"):
        rule.append(f'where = "{line.zone}"')
    text = page.visible[line.row] if page is not None and line.row is not None else line.text
    return "\n".join([*rule, f"lines = [{_toml(text)}]"])


def _toml(text: str) -> str:
    """Write a string as TOML, in single quotes if it fits."""
    if "'" not in text and text.isprintable():
        return f"'{text}'"
    escaped = "".join(
        f"\\{each}" if each in '"\\' else each if each.isprintable() else f"\\U{ord(each):08x}" for each in text
    )
    return f'"{escaped}"'
