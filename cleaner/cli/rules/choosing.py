"""Finding the rule files that an author names: by id, by host, by path."""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeAlias

import typer

from cleaner.cli.rules.listing import load
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.rules import RuleFile, RuleSet

Names: TypeAlias = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="NAME", help="Rule files: their ids, hosts, or paths, or folders of them; if none is named, all."
    ),
]


def choose(
    names: Sequence[str] | None, rules: Iterable[Path] | None, config: Path | None
) -> tuple[RuleSet, list[RuleFile]]:
    """Load the rules, with named paths laid over them, and give the files that were named; if none was, all.

    Raises :class:`~cleaner.model.ConfigError` for a name that is no file's.
    """
    names = list(names or ())
    paths = [Path(name) for name in names if _is_path(name)]
    rule_set = load(rules, config, over=paths)
    if not names:
        return rule_set, list(rule_set.files)
    chosen = [file for name in names for file in _named(name, rule_set)]
    return rule_set, list(dict.fromkeys(chosen))


def is_in(path: Path, roots: Iterable[Path]) -> bool:
    """Tell whether a path is one of others, or lies in one."""
    return any(path.resolve().is_relative_to(root.resolve()) for root in roots)


def _is_path(name: str) -> bool:
    """Tell whether a name is that of a file or folder: an id that is also a folder's name stays an id."""
    path = Path(name)
    return path.exists() and (path.is_file() or "/" in name or not name.count("."))


def _named(name: str, rule_set: RuleSet) -> Iterator[RuleFile]:
    from cleaner.config import nearest

    path = Path(name)
    if _is_path(name):
        found = [file for file in rule_set.files if is_in(Path(file.path), [path])]
        broken = any(error.path and is_in(Path(error.path), [path]) for error in rule_set.errors)
        if not found and not broken:
            raise ConfigError(f"{name}: no rule file in it (their names end in .toml)")
        yield from found
        return
    if file := rule_set.get(name):
        yield file
        return
    found = rule_set.of_host(name)
    if not found:
        if "/" in name or name.endswith(".toml"):
            raise ConfigError(f"{name}: no such file or folder")
        here = next(Path("rules").glob(f"*/{glob.escape(name)}.toml"), None)
        hint = f"; {here} is not among the rules in force: add --rules rules" if here else ""
        near = "" if here else nearest(name, [file.id for file in rule_set.files])
        raise ConfigError(f"no rule file is named {name!r}{hint}{near}")
    yield from found
