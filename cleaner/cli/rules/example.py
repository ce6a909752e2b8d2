"""``clean rules example``: makes a test of a raw page."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import say
from cleaner.cli.rules.appending import append
from cleaner.cli.rules.choosing import choose
from cleaner.cli.rules.listing import plural, report_errors, short, write
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.rules.from_page import Exemplifier
    from cleaner.rules.tables import Table

EXAMPLES = examples(
    [
        ("clean rules example millbrook.example raw/orchard.txt --rules my-rules", "a page that is cleaned well"),
        ("clean rules example millbrook.example raw/orchard.txt --keep story.txt", "with a page that must stay whole"),
    ]
)

_LONGEST_PATH = 255
"""What has more characters is a text, and not asked for as a file."""


def example(
    host: Annotated[str, typer.Argument(metavar="HOST", help="A rule file: its host, its id or its path.")],
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A raw page that comes out as it should.")],
    keep: Annotated[
        str | None,
        typer.Option(metavar="FILE_OR_TEXT", help="A near miss: a page, or a line of one, that must stay whole."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Write the examples to stdout, and no file.")] = False,
    rules: options.Rules = None,
    config: options.Config = None,
) -> None:
    """Turn a raw page into an example, and append it to the host's rule file.

    The page is shortened: what goes stays whole, and of what stays only so much is kept as is needed for the same
    lines to go. What is written passes clean rules test. A rule needs a near miss too: it is asked for, or given
    with --keep.
    """
    from cleaner.pipeline import Cleaner
    from cleaner.rules.from_page import Exemplifier

    rule_set, chosen = choose([host], rules, config)
    report_errors(rule_set)
    if len(chosen) != 1:
        names = ", ".join(short(found.path) for found in chosen)
        raise ConfigError(f"{host} names more than one rule file; give the path of one: {names}")
    [rule_file] = chosen
    maker = Exemplifier(rule_set, rule_file, lambda some: Cleaner(rules=some, scorer=None).clean)
    made = [_of_page(maker, file)]
    if keep is None and sys.stdin.isatty():
        keep = typer.prompt("A line or a file that must stay whole (empty for none)", default="", show_default=False)
    if keep:
        made.append(_near_miss(maker, keep, maker.language_of(made[0])))
    if dry_run:
        write("\n\n".join(table.toml for table in made))
    else:
        append(rule_file, made)
        say(f"{short(rule_file.path)}: {plural(len(made), 'example')} appended")
    if not keep and not any(one.is_near_miss for one in rule_file.contents.examples):
        say(
            "A near miss is missing, a page that looks like what goes and must stay: give one with --keep FILE_OR_TEXT,"
        )
        say(f"or let `clean rules mutate {rule_file.id}` propose some.")


def _of_page(maker: Exemplifier, page: Path) -> Table:
    """Make an example of a page, as short as it can be."""
    from cleaner.rules.from_page import UnshownError

    try:
        return maker.of_page(_text_of(page))
    except UnshownError as error:
        hint = "; write the rule first, or use --keep" if "\n" not in str(error) else ""
        raise ConfigError(f"{page}: {error}{hint}") from None


def _near_miss(maker: Exemplifier, given: str, language: str) -> Table:
    """Make a near miss of a page, or of a line, which is put between two paragraphs."""
    from cleaner.pipeline import Cleaner
    from cleaner.rules import tables
    from cleaner.rules.examples import lines_of
    from cleaner.rules.prose import paragraphs
    from cleaner.sniff import kind_of

    path = Path(given)
    if len(given) < _LONGEST_PATH and path.is_file():
        text = _text_of(path)
    else:
        first, second, *_ = paragraphs(language)
        text = f"{first}\n\n{given}\n\n{second}"
    table = tables.keep(text)
    if kind_of(text) == "html":
        name = maker.file.id
        without = Cleaner(rules=maker.rules.forcing(name), scorer=None, skip=(name,)).clean(text)
        table = tables.html(text, lines_of(without.text), is_near_miss=True)
    failure = maker.failure(table)
    if failure is not None:
        raise ConfigError(f"the near miss does not stay whole:\n{failure}")
    return table


def _text_of(page: Path) -> str:
    from cleaner.decode import decode

    try:
        return decode(page.read_bytes()).text.replace("\r\n", "\n")
    except OSError as error:
        raise ConfigError(f"{page}: cannot be read: {error.strerror or error}") from None
