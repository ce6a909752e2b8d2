"""The summary at the end of a run: a small table on stderr in which the inputs add up."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NamedTuple

import typer

from cleaner.batch.outcome import Kind, Tally
from cleaner.cli.errors import say
from cleaner.cli.screen import colours, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cleaner.batch.run import Plan, Summary

TOP_RULES = 5

_COLOURS = {Kind.CLEANED: "green", Kind.UNCHANGED: None, Kind.SKIPPED: "yellow", Kind.QUARANTINED: "red"}


class _Row(NamedTuple):
    label: str
    number: str = ""
    note: str = ""
    colour: str | None = None


def show(summary: Summary, plan: Plan, *, brief: bool) -> None:
    """Show the summary. A brief one, for a single document on its way to stdout, tells only what is wrong."""
    if not brief:
        output = plan.setup.output
        rows = list(_rows(summary, "nothing was written" if output.dry or output.diff else ""))
        say(_laid_out(rows, coloured=colours(sys.stderr)))
    _name_some(summary, brief=brief)


def figures(summary: Summary) -> dict[str, Any]:
    """Give the summary in numbers, for programs."""
    tally = summary.tally
    return {
        "inputs": tally.inputs,
        **{str(kind): tally.kinds[kind] for kind in Kind},
        "characters": tally.characters,
        "removed": tally.removed,
        "flags": dict(tally.flags),
        "left_over": summary.leftovers.left,
        "pruned": summary.leftovers.pruned,
        "seconds": round(summary.seconds, 2),
        "interrupted": summary.interrupted,
        "left_out": None if summary.left_out is None else str(summary.left_out),
    }


def _laid_out(rows: list[_Row], *, coloured: bool) -> str:
    label_width = max(len(row.label) for row in rows)
    number_width = max(len(row.number) for row in rows)
    lines = []
    for row in rows:
        figures = f"{row.label:<{label_width}}   {row.number:>{number_width}}"
        note = f"   {row.note}" if row.note else ""
        if coloured:
            figures = typer.style(figures, fg=row.colour) if row.colour else figures
            note = typer.style(note, dim=True) if note else note
        lines.append(figures + note)
    return "\n".join(lines)


def _rows(summary: Summary, remark: str) -> Iterator[_Row]:
    tally = summary.tally
    yield _Row("inputs", f"{tally.inputs:,}", remark)
    for kind in Kind:
        count = tally.kinds[kind]
        yield _Row(f"  {kind}", f"{count:,}", _reasons(tally, kind), _COLOURS[kind] if count else None)
    left, pruned = summary.leftovers
    if left:
        yield _Row("left over", f"{left:,}", "outputs of inputs that are gone or left out now; --prune removes them")
    if pruned:
        yield _Row("pruned", f"{pruned:,}", "outputs that were left over")
    if tally.flags:
        yield _Row("flags", f"{tally.flags.total():,}", _counted(dict(tally.flags)))
    if tally.characters:
        yield _Row("characters", f"{tally.characters:,}")
        yield _Row("  removed", f"{tally.removed:,}", f"{tally.removed / tally.characters:.1%}")
    label = "top rules"
    for rule, removed in _top(tally):
        documents = tally.rule_documents[rule]
        yield _Row(label, f"{removed:,}", f"{rule}, {documents:,} document{'s' if documents != 1 else ''}")
        label = ""
    speed = tally.kinds.total() / max(summary.seconds, 0.001)
    yield _Row("time", f"{summary.seconds:.1f} s", f"{speed:,.0f} inputs/s" if speed >= 10 else f"{speed:.1f} inputs/s")


def _top(tally: Tally) -> list[tuple[str, int]]:
    ordered = sorted(tally.rules.items(), key=lambda item: (-item[1], item[0]))
    return [(rule, removed) for rule, removed in ordered if removed > 0][:TOP_RULES]


def _reasons(tally: Tally, kind: Kind) -> str:
    return _counted({reason: count for (of, reason), count in tally.reasons.items() if of is kind})


def _counted(counts: dict[str, int]) -> str:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{count:,} {name}" for name, count in ordered)


def _name_some(summary: Summary, *, brief: bool) -> None:
    """Name some of the inputs that need a look, and where all of them are listed."""
    tally = summary.tally
    for name in tally.guarded:
        say(f"guard: {visible(name)}: prose was kept that rules would have removed, since it was too much")
    kinds = (Kind.SKIPPED, Kind.QUARANTINED) if brief else (Kind.QUARANTINED,)
    shown = 0
    for (kind, reason), examples in sorted(tally.examples.items()):
        if kind in kinds:
            for name, gist in examples:
                why = f"{reason} ({gist})" if gist else reason
                say(f"{kind}: {visible(name)}: {visible(why)}")
                shown += 1
    left_out = tally.kinds[Kind.SKIPPED] + tally.kinds[Kind.QUARANTINED]
    if summary.left_out is not None and left_out > shown:
        say(f"All that was left out, and why: {summary.left_out}")
