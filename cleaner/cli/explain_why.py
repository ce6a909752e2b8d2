"""``clean explain --why``: one line, and everything that had a say in it."""

from __future__ import annotations

import sys
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cleaner.batch.cleaners import CleanerOptions
    from cleaner.model import Document
    from cleaner.pipeline import Cleaner
    from cleaner.report import Why
    from cleaner.report.why import Round
    from cleaner.scorer.line_scorer import Judgement

_COLUMN = 9
"""Characters of the longest name of what is told."""
_WORDS = {"kept": "stays", "removed": "goes", "mended": "is mended"}


def show_why(raw: bytes, url: str | None, wanted: str, name: str, options: CleanerOptions, cleaner: Cleaner) -> None:
    """Write to stdout why a line stays or goes. ``cleaner`` is one made with ``options``."""
    from rich.text import Text

    from cleaner.cli.screen import console, visible
    from cleaner.report import trace, why

    def without(names: tuple[str, ...]) -> Document:
        other, _ = replace(options, skip=(*options.skip, *names)).make()
        return other.clean(raw, url)

    out = console(sys.stdout)
    for text, style in _told(why(trace(cleaner, raw, url), wanted, without), name):
        out.print(Text(visible(text), style=style))


def _told(found: Why, name: str) -> list[tuple[str, str]]:
    line = found.line
    by = f", by {', '.join(line.rules)}" if line.rules else ""
    told = [(f"Line {line.number} of {name} {_WORDS[line.fate]}{by}", "bold"), ("", "")]
    told += [(f"  {line.text}", {"kept": "", "removed": "red", "mended": "yellow"}[line.fate])]
    if line.fate == "mended":
        new = "".join(piece.text for piece in line.pieces if piece.state != "removed").strip()
        told.append((f"  {new}", "green"))
    told += [("", ""), *((text, "") for text in _about(found)), ("", "")]
    if not found.rounds:
        told.append(("Nobody has a say in this line.", ""))
    for each in found.rounds:
        told += _round(each, several=len({other.number for other in found.rounds}) > 1)
    return told + [(text, "") for text in _change(found)]


def _row(name: str, value: str) -> str:
    return f"{name:<{_COLUMN}} {value}"


def _about(found: Why) -> list[str]:
    """Tell where the line stands and what it is like."""
    line = found.line
    rows = [_row("zone", _zone(found))]
    if line.path:
        rows.append(_row("element", line.path + (f"  ({line.kind})" if line.kind else "")))
    if found.measures:
        rows.append(_row("measures", ", ".join(found.measures)))
    if found.phrases:
        rows.append(_row("phrases", ", ".join(found.phrases)))
    if found.judgement is not None:
        rows += _scorer(found.judgement)
    return rows


def _zone(found: Why) -> str:
    if found.prose is None:
        return "none: no line of the page reads as prose"
    first, last = found.prose
    zone = {"head": "above", "tail": "below", "body": "within"}.get(found.line.zone)
    return f"{found.line.zone}, {zone} the prose of lines {first} to {last}" if zone else found.line.zone


def _scorer(judgement: Judgement) -> list[str]:
    rows = [_row("scorer", f"content with probability {judgement.probability:.2f}; what moved that the most:")]
    width = max((len(moved.feature) for moved in judgement.moved), default=0)
    rows += [_row("", f"  {moved.feature:<{width}}  {moved.value:>8.3g}  {moved.by:+.2f}") for moved in judgement.moved]
    return rows


def _round(found: Round, *, several: bool) -> list[tuple[str, str]]:
    told = [(f"Pass {found.number}: the line {found.outcome}." if several else f"The line {found.outcome}.", "")]
    rules = max(len(say.rule) for say in found.says)
    ranks = max(len(say.rank.name) for say in found.says)
    for say in found.says:
        mark = ">" if say.decides else " "
        told.append((f"{mark} {say.verb:<7} {say.rule:<{rules}}  {say.rank.name.lower():<{ranks}}  {say.reason}", ""))
    told.append(("", ""))
    return told


def _change(found: Why) -> list[str]:
    """Say what would change the line's fate."""
    change = found.change
    if change is None:
        return []
    goes = found.line.fate == "removed"
    told: list[str] = []
    if change.skips:
        options = " ".join(f"--skip {name}" for name in change.skips)
        what = {"removed": "the line stays", "mended": "the line is left alone"}.get(found.line.fate, "the line goes")
        told.append(f"With {options} {what} (tried).")
    told.append(f"A rule of your own that {'keeps' if goes else 'drops'} it, in a file given with --rules:")
    return [*told, "", *(f"  {text}" for text in change.rule.split("\n"))]
