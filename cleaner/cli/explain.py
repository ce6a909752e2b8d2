"""``clean explain``: a document with every line that goes, and the rule that wants it."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from rich.text import Text

    from cleaner.model import Document, Edit


_NAME_WIDTH = 9
"""Characters of the longest name of metadata that texts have."""

EXAMPLES = examples(
    [
        ("clean explain page.txt", ""),
        ("clean explain page.txt --url https://www.anews.az/en/1", "where the text does not tell"),
        ("clean explain page.txt --skip share-bar", "without one heuristic"),
        ("clean explain page.txt --scorer off", "rules and heuristics alone"),
        ("clean explain page.html", "the lines that a reader sees, and what selected them"),
        ("curl -s ... | clean explain -", ""),
        ('clean explain page.txt --why "Similar news"', "who had a say in one line, and what would change it"),
        ("clean explain page.txt --why 14", "the same, by the line's number"),
        ("clean explain raw/ --html -o report.html", "all documents in a folder, as a page for a browser"),
    ]
)


def explain(
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="A raw file, or - for stdin; with --html several, or folders of them."),
    ],
    html: Annotated[
        bool, typer.Option("--html", help="Write a page for a browser: raw and cleaned text side by side.")
    ] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="With --html: the file to write, not stdout.")
    ] = None,
    why: Annotated[
        str | None,
        typer.Option("--why", metavar="LINE", help="Tell all about one line, by its number, its text or a part of it."),
    ] = None,
    rules: options.Rules = None,
    only: options.Only = None,
    skip: options.Skip = None,
    site: options.Site = None,
    url: options.Url = None,
    max_removed: options.MaxRemoved = None,
    fix_mojibake: options.FixMojibake = None,
    extractor: options.ExtractorOption = None,
    scorer: options.ScorerOption = None,
    config: options.Config = None,
) -> None:
    """Show a document line by line: what stays, what goes, and why.

    A line that goes is marked with "-" and followed by its rule and the reason. Where a line was mended,
    the old one comes with "-" and the new one with "+". Of HTML the lines are those that a reader sees of
    the page.
    """
    _check(files, url, output, why, html=html)
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
            "extractor": extractor,
            "scorer": scorer,
        }
    )
    wanted = CleanerOptions.of(settings)
    cleaner, warnings = wanted.make(explains=True)
    all_read = True
    if html:
        from cleaner.cli.explain_html import write_report
        from cleaner.report import trace

        all_read = write_report(files, output, lambda raw: trace(cleaner, raw, url))
    elif why is not None:
        from cleaner.cli.explain_why import show_why

        show_why(_read(files[0]), url, why, files[0], wanted, cleaner)
    else:
        _show(cleaner.clean(_read(files[0]), url))
    for warning in warnings:
        say(f"clean: {warning}")
    if warnings:
        raise typer.Exit(ExitCode.MISTAKE)
    if not all_read:
        raise typer.Exit(ExitCode.ATTENTION)


def _check(files: Sequence[str], url: str | None, output: Path | None, why: str | None, *, html: bool) -> None:
    """Refuse options that do not go together."""
    if html and why is not None:
        raise ConfigError("--html shows all lines, --why tells of one: give one of them")
    if output is not None and not html:
        raise ConfigError("-o names the file of a report: give --html too")
    is_one = len(files) == 1 and not Path(files[0]).is_dir()
    if not html and not is_one:
        raise ConfigError("this shows one file; several go into a report: --html -o report.html")
    if url is not None and not is_one:
        raise ConfigError("--url is the address of one document")


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
    about = [*known.items(), *(("flag", f"{flag.name}: {flag.detail}") for flag in document.flags)]
    column = max(_NAME_WIDTH, *(len(name) for name in known))
    for name, value in about:
        if value:
            out.print(Text.assemble((f"{name:<{column}} ", "dim"), visible(str(value))))
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
    """Say of each line of the input what became of it. Changes of white space alone do not count."""
    from cleaner.resolve import REJOINED

    rejoined = REJOINED[0]
    text, edits = document.restore(), document.edits
    at = upcoming = 0
    said = ("", "")
    was_blank = True
    begun = ""  # what is kept of a paragraph that goes on with the next line
    for line in text.splitlines(keepends=True):
        start, end = at, at + len(line)
        at = end
        if not line.strip():
            if not was_blank and not begun:
                yield _Line("")
            was_blank = True
            continue
        was_blank = False
        while upcoming < len(edits) and edits[upcoming].end < start:
            upcoming += 1
        touching = [
            edit for edit in _until(edits, upcoming, end) if edit.rule == rejoined or _counts(text, edit, start, end)
        ]
        goes_on = any(edit.rule == rejoined and start < edit.start < end for edit in touching)
        if not touching and not begun:
            yield _Line(line.strip())
            said = ("", "")
            continue
        rule = ", ".join(dict.fromkeys(edit.rule for edit in touching)) or rejoined
        reason = "; ".join(dict.fromkeys(edit.reason for edit in touching))
        yield _Line(line.strip(), "-", rule, "" if (rule, reason) == said else reason)
        said = (rule, reason)
        new = f"{begun} {_mended(text, start, end, touching).strip()}".strip()
        begun = new if goes_on else ""
        if new and not goes_on:
            yield _Line(new, "+")


def _until(edits: Sequence[Edit], first: int, end: int) -> Iterator[Edit]:
    """Give the edits from the first on that begin before the end."""
    return takewhile(lambda edit: edit.start < end, islice(edits, first, None))


def _counts(text: str, edit: Edit, start: int, end: int) -> bool:
    """Tell whether an edit changes more than white space of the characters ``start:end``."""
    return bool(text[max(start, edit.start) : min(end, edit.end)].strip() or edit.replacement.strip())


def _mended(text: str, start: int, end: int, edits: Iterable[Edit]) -> str:
    """Give what the edits leave of the characters ``start:end``; a replacement stands where its edit begins."""
    pieces: list[str] = []
    for edit in edits:
        pieces += (text[start : max(start, edit.start)], edit.replacement if edit.start >= start else "")
        start = edit.end
    return "".join([*pieces, text[start:end]])
