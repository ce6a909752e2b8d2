"""``clean rules show``: what a rule file, a rule or a heuristic does, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.rules.listing import docstring, load, short, write
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.rules import RuleFile
    from cleaner.rules.schema import Rule

EXAMPLES = examples(
    [
        ("clean rules show anews.az", "a rule file"),
        ("clean rules show anews.az/fx-ticker", "one rule"),
        ("clean rules show share-bar", "a heuristic"),
    ]
)


def show(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A rule file, a rule or a heuristic.")],
    rules: options.Rules = None,
    config: options.Config = None,
) -> None:
    """Show what a rule file, a rule or a heuristic does, and why."""
    from cleaner.config import nearest
    from cleaner.heuristics import heuristics

    rule_set = load(rules, config)
    name = name.removeprefix("heuristics/")
    file = rule_set.get(name.partition("/")[0])
    if file is not None and name == file.id:
        write(f"# {short(file.path)}\n{file.text.rstrip()}")
    elif rule := next((rule for rule in file.rules if rule.id == name), None) if file else None:
        assert file is not None
        write(f"# {short(file.path)}:{file.line(*rule.place)}\n{_source(file, rule)}")
    elif name in heuristics():
        write(docstring(name))
    else:
        known = [*heuristics(), *sorted(rule_set.names)]
        raise ConfigError(f"no rule file, rule or heuristic is named {name!r}{nearest(name, known)}")


def _source(file: RuleFile, rule: Rule) -> str:
    """Give a rule as it stands in its file: its comment, and its table up to what comes next."""
    lines = file.text.splitlines()
    first = (file.line(*rule.place) or 1) - 1
    last = first + 1
    while last < len(lines) and not lines[last].startswith("["):
        last += 1
    while lines[last - 1].startswith("#") or not lines[last - 1].strip():
        last -= 1
    while first and lines[first - 1].startswith("#"):
        first -= 1
    return "\n".join(lines[first:last])
