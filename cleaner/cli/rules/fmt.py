"""``clean rules fmt``: rule files in one order and one style."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from typing import Annotated

import typer

from cleaner.cli import options
from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.cli.rules.listing import plural, short, write
from cleaner.model import ConfigError

EXAMPLES = examples(
    [
        ("clean rules fmt my-rules/", ""),
        ("clean rules fmt my-rules/ --check", "what it would change"),
        ("clean rules fmt - < draft.toml", "from stdin to stdout"),
    ]
)
STDIN = Path("-")


def fmt(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            metavar="PATH", help="Rule files or folders of them, or -; if none is named, the rules of clean.toml."
        ),
    ] = None,
    check: Annotated[bool, typer.Option("--check", help="Change no file, and write what would be to stdout.")] = False,
    config: options.Config = None,
) -> None:
    """Put rule files into one order and style: keys, quotes, lists, blank lines. No comment is lost.

    Rules and examples stay in the order that they have. With --check, exit code 1 says that files would change.
    """
    if paths == [STDIN]:
        sys.stdout.write(_styled(sys.stdin.read(), "-"))
        return
    changed = 0
    files = list(_files(paths or _configured(config)))
    for path in files:
        try:
            before = path.read_bytes().decode()
            after = _styled(before, short(str(path)))
            if after == before:
                continue
            changed += 1
            if check:
                lines = unified_diff(before.split("\n"), after.split("\n"), str(path), str(path), lineterm="")
                write("\n".join(line.rstrip("\r") for line in lines))
            else:
                path.write_bytes(after.encode())
        except UnicodeDecodeError:
            raise ConfigError(f"{path}: not UTF-8") from None
        except OSError as error:
            raise ConfigError(f"{path}: {error.strerror or error}") from None
    say(f"{plural(len(files), 'file')}: {changed} {'would change' if check else 'changed'}")
    if changed and check:
        raise typer.Exit(ExitCode.ATTENTION)


def _styled(text: str, name: str) -> str:
    import tomllib

    from cleaner.rules.style import styled

    try:
        return styled(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{name}: not TOML: {error}") from None


def _configured(config: Path | None) -> tuple[Path, ...]:
    from cleaner import config as configuration

    paths = tuple(configuration.load(Path.cwd(), config).rules)
    if not paths:
        raise ConfigError("name rule files or folders, or a folder as `rules` in clean.toml")
    return paths


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if not path.exists():
            raise ConfigError(f"{path}: no such file or folder")
        yield from sorted(path.rglob("*.toml")) if path.is_dir() else [path]
