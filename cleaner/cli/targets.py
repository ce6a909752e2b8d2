"""Where ``clean run`` puts what it makes: a folder, a file, stdout, or nowhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from cleaner.config import Format, Settings
from cleaner.model import ConfigError

STANDARD = "-"
"""What stands for stdin as RAW and for stdout as OUT."""


@dataclass(slots=True)
class Target:
    """A place for outputs: a folder, or something that takes their bytes."""

    folder: Path | None = None
    write: Callable[[bytes], object] | None = None
    finish: Callable[[], object] = lambda: None
    """To be called when everything is written."""
    on_terminal: bool = False
    """Whether a person sees the outputs pass by."""


def choose(raw: str, out: str | None, settings: Settings, *, dry: bool, diff: bool) -> Target:
    """Understand RAW and OUT, or say what is wrong with them."""
    source = Path(raw)
    folder = raw != STANDARD and source.is_dir()
    if raw != STANDARD and not folder and not source.is_file():
        missing = "no such file or folder" if not source.exists() else "neither a file nor a folder"
        raise ConfigError(f"{raw}: {missing}")
    if out is None and raw == STANDARD:
        out = STANDARD
    if diff:
        return _stdout(_write_diff)
    if dry:
        if out in (None, STANDARD) or _names_a_file(source, out):
            return Target()
        return _folder(source, Path(out)) if raw != STANDARD else Target()
    if out is None:
        raise ConfigError("where to? Name a folder for OUT, or - for stdout (or look first: --dry-run, --diff)")
    if out == STANDARD or raw == STANDARD or _names_a_file(source, out):
        return _one_stream(source, out, settings, folder=folder, stdin=raw == STANDARD)
    return _folder(source, Path(out))


def _names_a_file(source: Path, out: str) -> bool:
    """Whether OUT is meant as a file: RAW is one, and OUT looks like one or is one."""
    if source.is_dir() or out == STANDARD or out.endswith(("/", os.sep)):
        return False
    target = Path(out)
    return target.is_file() or (bool(target.suffix) and not target.is_dir())


def _one_stream(source: Path, out: str, settings: Settings, *, folder: bool, stdin: bool) -> Target:
    if folder and settings.format is not Format.JSONL:
        raise ConfigError("many documents fit on stdout only with --format jsonl; name a folder for OUT")
    if settings.meta and settings.format in (Format.SAME, Format.TXT):
        raise ConfigError("--meta writes a file beside the text, so OUT must be a folder (or --format json or md)")
    if out == STANDARD:
        return _stdout(_write_data)
    target = Path(out)
    if target.is_dir():
        raise ConfigError(f"{out} is a folder, and stdin has no name; name a file")
    if not stdin and target.exists() and target.samefile(source):
        raise ConfigError(f"OUT is RAW ({source}): the raw file would be overwritten; name another file")
    return _file(target)


def _folder(source: Path, out: Path) -> Target:
    from cleaner.batch.places import check

    check(source, out)
    return Target(folder=out)


def _stdout(write: Callable[[bytes], object]) -> Target:
    return Target(write=write, finish=sys.stdout.flush, on_terminal=sys.stdout.isatty())


def _file(target: Path) -> Target:
    from cleaner.batch.writing import OutputError, write_atomically

    pieces: list[bytes] = []

    def finish() -> None:
        if not pieces:
            return  # it was skipped or quarantined
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, b"".join(pieces), scratch=target.parent)
        except OSError as error:
            raise OutputError(f"cannot write {target}: {error.strerror or error}") from None

    return Target(write=pieces.append, finish=finish)


def _write_data(content: bytes) -> None:
    sys.stdout.buffer.write(content)


def _write_diff(content: bytes) -> None:
    from cleaner.cli.screen import write_diff

    if content:
        write_diff(content)
