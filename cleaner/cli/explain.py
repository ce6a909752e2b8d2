"""``clean explain``: a document with every line that goes, and the rule that wants it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from rich.text import Text

    from cleaner.model import Document


EXAMPLES = examples(
    [
        ("clean explain page.txt", ""),
        ("clean explain page.txt --url https://www.anews.az/en/1", "where the text does not tell"),
        ("clean explain page.txt --skip share-bar", "without one heuristic"),
        ("curl -s ... | clean explain -", ""),
    ]
)


def explain(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A raw file, or - for stdin.")],
    rules: options.Rules = None,
    only: options.Only = None,
    skip: options.Skip = None,
    site: options.Site = None,
    url: options.Url = None,
    max_removed: options.MaxRemoved = None,
    fix_mojibake: options.FixMojibake = None,
    config: options.Config = None,
) -> None:
    """Show a document line by line: what stays, what goes, and why.

    A line that goes is marked with "-" and followed by its rule and the reason. Where a line was mended,
    the old one comes with "-" and the new one with "+". Nothing is written.
    """
    from cleaner import config as configuration
    from cleaner.batch.cleaners import CleanerOptions

    settings = configuration.load(Path.cwd(), config).over(
        {
            "rules": tuple(rules or ()),
            "only": tuple(only or ()),
            "skip": tuple(skip or ()),
            "site": site,
            "max_removed": max_removed,
            "fix_mojibake": fix_mojibake,
        }
    )
    cleaner, warnings = CleanerOptions.of(settings).make()
    document = cleaner.clean(_read(file), url)
    _show(document)
    for warning in warnings:
        say(f"clean: {warning}")
    if warnings:
        raise typer.Exit(ExitCode.MISTAKE)


def _read(file: str) -> bytes:
    if file == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError as error:
        raise ConfigError(f"{file}: {error.strerror}") from None


def _show(document: Document) -> None:
    """Write the metadata, the lines, and how much went."""
    from rich.text import Text

    from cleaner import render
    from cleaner.cli.screen import colours, console, visible

    out = console(sys.stdout)
    width = out.width if colours(sys.stdout) else None
    known = {name: value for name, value in render.metadata(document).items() if value}
    known["authors"] = ", ".join(document.authors)
    for name, value in [
        *known.items(),
        *(("flag", f"{flag.name}: {flag.detail}") for flag in document.flags),
    ]:
        if value:
            out.print(Text.assemble((f"{name:<9} ", "dim"), visible(str(value))))
    out.print()
    lines = list(_lines(document))
    for line in lines:
        out.print(line.rendered(width))
    gone = sum(len(edit.removed) - len(edit.replacement) for edit in document.edits)
    total = len(document.text) + gone
    share = f" ({gone / total:.1%})" if total else ""
    out.print()
    removed = sum(line.mark == "-" for line in lines)
    lines_gone = f"{removed:,} {'line' if removed == 1 else 'lines'} gone or mended"
    out.print(Text(f"{lines_gone}, {gone:,} of {total:,} characters gone{share}", style="dim"))


@dataclass(frozen=True, slots=True)
class _Line:
    """A line on the screen: ``mark`` is a space for one that stays, "-" for the old and "+" for the new."""

    text: str
    mark: str = " "
    rule: str = ""
    reason: str = ""
    changed: tuple[int, int] | None = None
    """The part of a mended line that changed; None where it is all of it."""

    def rendered(self, width: int | None) -> Text:
        """Give the line with its rule: at the right edge where a terminal has one, else behind the text."""
        from rich.cells import cell_len
        from rich.text import Text

        from cleaner.cli.screen import visible

        colour = _COLOURS[self.mark]
        line = Text(visible(f"{self.mark} {self.text}".rstrip()))
        start, end = self.changed or (0, len(self.text))
        line.stylize(colour, 0, 1)
        line.stylize(colour, start + 2, end + 2)
        note = visible(": ".join(part for part in (self.rule, self.reason) if part))
        if not note:
            return line
        if width is None:
            return line.append(f"  [{note}]")
        room = width - cell_len(line.plain) % width - cell_len(note)
        gap = " " * room if room >= 2 else "\n" + " " * max(width - cell_len(note), 0)
        return line.append(gap + note, style="dim")


_COLOURS = {" ": "", "-": "red", "+": "green"}


def _lines(document: Document) -> Iterator[_Line]:
    """Lay the changes out as lines. Changes of white space alone are shown as what they lead to."""
    from cleaner import render

    told = ("", "")
    for change in render.changes(document):
        old = [line.strip() for line in change.before if line.strip()]
        new = [line.strip() for line in change.after if line.strip()]
        if old == new:
            yield from (_Line(line.rstrip()) for line in change.after)
            told = ("", "") if new else told
            continue
        edits = [edit for edit in change.edits if edit.removed.strip() or edit.replacement.strip()] or change.edits
        rule = ", ".join(dict.fromkeys(edit.rule for edit in edits))
        reason = "; ".join(dict.fromkeys(edit.reason for edit in edits))
        for line in old:
            yield _Line(line, "-", rule, "" if told == (rule, reason) else reason, _changed(line, new))
            told = (rule, reason)
        for line in new:
            yield _Line(line, "+", changed=_changed(line, old))


def _changed(line: str, others: list[str]) -> tuple[int, int] | None:
    """Tell which part of a line is not in what it became or came from; None if that is nothing."""
    if not others:
        return None
    start = _common_start(line, others[0])
    return start, len(line) - _common_start(line[start:][::-1], others[-1][::-1])


def _common_start(one: str, other: str) -> int:
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (here, there) in pairs if here != there), min(len(one), len(other)))
