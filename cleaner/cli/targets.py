"""Where ``clean run`` puts what it makes: a folder, a file, stdout, or nowhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cleaner.config import Container, Format, Settings
from cleaner.model import ConfigError

STANDARD = "-"
"""What stands for stdin as RAW and for stdout as OUT."""


@dataclass(slots=True)
class Target:
    """A place for outputs: a folder, or something that takes their bytes."""

    folder: Path | str | None = None
    """A folder of this machine, or the address of another."""
    file: str = ""
    """The name in the folder, where OUT names the one file of many documents to be written."""
    write: Callable[[bytes], object] | None = None
    finish: Callable[[], object] = lambda: None
    """To be called when everything is written."""
    on_terminal: bool = False
    """Whether a person sees the outputs pass by."""
    format: Format = Format.SAME


@dataclass(frozen=True, slots=True)
class _Source:
    """What RAW is."""

    said: str
    container: Container | None
    """What it holds, if it is one file, or a stream, of many documents."""
    is_folder: bool

    @property
    def is_stdin(self) -> bool:
        return self.said == STANDARD

    @property
    def has_many(self) -> bool:
        return self.is_folder or self.container is not None


def choose(raw: str, out: str | None, settings: Settings, *, dry: bool, diff: bool, piped: Container | None) -> Target:
    """Understand RAW and OUT, or say what is wrong with them."""
    source = _source(raw, piped)
    target = _chosen(source, out, settings, dry=dry, diff=diff)
    if target.format is Format.SAME:
        target.format = settings.format
    return target


def _source(raw: str, piped: Container | None) -> _Source:
    from cleaner.batch.readers import container_of
    from cleaner.batch.storage import is_distant

    if raw == STANDARD:
        if piped is Container.PARQUET:
            raise ConfigError("Parquet cannot be read from a pipe: its list of contents is at its end; name the file")
        return _Source(raw, piped, is_folder=False)
    if piped is not None:
        raise ConfigError("--input says what stdin holds, and RAW is not -; files are told by their names")
    source = Path(raw)
    if not is_distant(raw) and not source.is_dir() and not source.is_file():
        missing = "no such file or folder" if not source.exists() else "neither a file nor a folder"
        raise ConfigError(f"{raw}: {missing}")
    found = container_of(raw.rpartition("/")[2])
    is_folder = not source.is_file() if is_distant(raw) else source.is_dir()
    container = found[1] if found is not None and not source.is_dir() else None
    return _Source(raw, container, is_folder=is_folder and container is None)


def _chosen(source: _Source, out: str | None, settings: Settings, *, dry: bool, diff: bool) -> Target:
    from cleaner.batch.storage import is_distant

    if out is None and source.is_stdin:
        out = STANDARD
    if diff:
        return _stdout(_write_diff)
    if dry:
        if out in (None, STANDARD) or source.is_stdin or _names_a_file(source, out):
            return Target()
        return Target(out) if is_distant(out) else _folder(source, Path(out))
    if out is None:
        raise ConfigError("where to? Name a folder for OUT, or - for stdout (or look first: --dry-run, --diff)")
    if source.container is not None and out != STANDARD and (named := _container_file(source, out, settings)):
        return named
    if out == STANDARD or source.is_stdin or _names_a_file(source, out):
        return _one_stream(source, out, settings)
    return Target(out) if is_distant(out) else _folder(source, Path(out))


def _names_a_file(source: _Source, out: str) -> bool:
    """Whether OUT is meant as a file: RAW is one, and OUT looks like one or is one."""
    from cleaner.batch.storage import is_distant

    if source.is_folder or is_distant(out) or out == STANDARD or out.endswith(("/", os.sep)):
        return False
    target = Path(out)
    return target.is_file() or (bool(target.suffix) and not target.is_dir())


def _container_file(source: _Source, out: str, settings: Settings) -> Target | None:
    """Understand OUT as the name of a file of many documents, in the format that its name says."""
    from cleaner.batch.readers import container_of
    from cleaner.batch.storage import is_distant

    if is_distant(out) or out.endswith(("/", os.sep)) or Path(out).is_dir():
        return None
    target = Path(out)
    found = container_of(target.name)
    if found is None:
        if source.is_stdin or target.suffix or target.is_file():
            raise ConfigError(f"{source.said} holds many documents: name a folder for OUT, a .jsonl or a .parquet file")
        return None
    if found[1] is Container.WARC:
        raise ConfigError(f"{out}: archives are read and not written; name a .jsonl or a .parquet file")
    wanted = Format.PARQUET if found[1] is Container.PARQUET else Format.JSONL
    if settings.format not in (Format.SAME, wanted):
        raise ConfigError(f"OUT is a file of {found[1]}, and --format says {settings.format}")
    if target.exists() and not source.is_stdin and target.samefile(source.said):
        raise ConfigError(f"OUT is RAW ({source.said}): the raw file would be overwritten; name another file")
    return Target(folder=target.parent, file=target.name, format=wanted)


def _one_stream(source: _Source, out: str, settings: Settings) -> Target:
    if (
        source.has_many
        and settings.format is not Format.JSONL
        and not (source.container is not None and settings.format is Format.SAME)
    ):
        raise ConfigError("many documents fit on stdout only with --format jsonl; name a folder for OUT")
    if settings.format is Format.PARQUET:
        raise ConfigError("Parquet does not fit in a pipe; name a folder for OUT, or a .parquet file")
    if settings.meta and settings.format in (Format.SAME, Format.TXT):
        raise ConfigError("--meta writes a file beside the text, so OUT must be a folder (or --format json or md)")
    if out == STANDARD:
        target = _stdout(_write_data)
        target.format = Format.JSONL if source.container is not None else Format.SAME
        return target
    path = Path(out)
    if path.is_dir():
        raise ConfigError(f"{out} is a folder, and stdin has no name; name a file")
    if not source.is_stdin and path.exists() and path.samefile(source.said):
        raise ConfigError(f"OUT is RAW ({source.said}): the raw file would be overwritten; name another file")
    return _file(path)


def _folder(source: _Source, out: Path) -> Target:
    from cleaner.batch.places import check

    check(Path(source.said), out)
    return Target(folder=out)


def _stdout(write: Callable[[bytes], object]) -> Target:
    return Target(write=write, finish=_finish_stdout, on_terminal=sys.stdout.isatty())


def _file(target: Path) -> Target:
    from cleaner.batch.writing import refused, write_atomically

    pieces: list[bytes] = []

    def finish() -> None:
        if not pieces:
            return  # it was skipped or quarantined
        with refused(str(target)):
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, b"".join(pieces), scratch=target.parent)

    return Target(write=pieces.append, finish=finish)


@contextmanager
def _stdout_refused() -> Iterator[None]:
    """Tell in a line what stands against stdout, such as a full disk; a reader that has gone is no error."""
    from cleaner.batch.writing import OutputError
    from cleaner.cli.errors import forget_stdout

    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        forget_stdout()
        raise OutputError(f"cannot write to stdout: {error.strerror or error}") from None


def _finish_stdout() -> None:
    with _stdout_refused():
        sys.stdout.flush()


def _write_data(content: bytes) -> None:
    with _stdout_refused():
        sys.stdout.buffer.write(content)


def _write_diff(content: bytes) -> None:
    from cleaner.cli.screen import write_diff

    if content:
        write_diff(content)
