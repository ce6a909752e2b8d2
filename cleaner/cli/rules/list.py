"""``clean rules list``: all rule files and heuristics."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.rules.listing import docstring, load, plural, report_errors, short, write

if TYPE_CHECKING:
    from cleaner.rules import RuleFile

KINDS = {"generic": "for every page", "platform": "platforms", "site": "sites"}

EXAMPLES = examples([("clean rules list", ""), ("clean rules list --rules my-rules/", "with your own")])


def list_(rules: options.Rules = None, config: options.Config = None) -> None:
    """List all rule files and heuristics: the names that --only and --skip take."""
    from cleaner.heuristics import heuristics

    rule_set = load(rules, config)
    for kind, title in KINDS.items():
        files = [file for file in rule_set.files if file.kind == kind]
        _print_list(title, ((file.id, _size(file)) for file in files))
    _print_list("heuristics", ((name, _first_sentence(docstring(name))) for name in heuristics()))
    _print_list("and", [("repair", "Mends escapes, broken paragraphs and white space.")])
    report_errors(rule_set)


def _first_sentence(text: str) -> str:
    return " ".join(text.split("\n\n")[0].split()).partition(". ")[0].rstrip(".") + "."


def _size(file: RuleFile) -> str:
    return f"{plural(len(file.rules), 'rule'):<9} {short(file.path)}"


def _print_list(title: str, rows: Iterable[tuple[str, str]]) -> None:
    rows = list(rows)
    if rows:
        width = max(len(name) for name, _ in rows)
        write("\n".join([title, *(f"  {name:<{width}}  {about}".rstrip() for name, about in rows), ""]))
