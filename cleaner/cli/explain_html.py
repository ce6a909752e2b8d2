"""``clean explain --html``: documents and what became of them, as one page for a browser."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.cli.errors import say
from cleaner.model import CleanerError, ConfigError

if TYPE_CHECKING:
    from cleaner.report import Failure, Trace

MAX_DOCUMENTS = 200
"""Documents that one page shows: more make it slow to open, and nobody reads them."""


def write_report(names: Sequence[str], target: Path | None, trace: Callable[[bytes], Trace]) -> bool:
    """Write the page for files and the files in folders; tell whether all of them could be read."""
    from cleaner.report import Failure, to_html

    found = [pair for name in names for pair in _files(name)]
    if not found:
        raise ConfigError(f"{', '.join(names)}: there is no file in it")
    _check(target, [path for _, path in found])
    chosen = found[:MAX_DOCUMENTS]
    failures = 0

    def entries() -> Iterator[tuple[str, Trace | Failure]]:
        nonlocal failures
        for name, path in chosen:
            try:
                yield name, trace(_read(path))
            except CleanerError as error:
                if len(found) == 1:
                    raise
                failures += 1
                say(f"clean: {name}: {error}")
                yield name, Failure(str(error))

    page = to_html(entries(), left_out=len(found) - len(chosen)).encode("utf-8", "backslashreplace")
    _write(target, page)
    if len(found) > len(chosen):
        say(f"The report shows the first {len(chosen):,} of {len(found):,} documents")
    return not failures


def _files(name: str) -> Iterator[tuple[str, str]]:
    """Give the documents that an argument names, each with its path; ``-`` is stdin."""
    from cleaner.batch.inputs import Walk

    if name == "-":
        yield "stdin", "-"
    elif Path(name).is_dir():
        yield from ((each.name, each.path) for each in Walk().inputs(Path(name)) if each.problem is None)
    else:
        yield name, name


def _read(path: str) -> bytes:
    if path == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except OSError as error:
        raise ConfigError(f"{path}: {error.strerror}") from None


def _check(target: Path | None, inputs: Sequence[str]) -> None:
    """Refuse to write over an input, or onto a terminal."""
    if target is None:
        if sys.stdout.isatty():
            raise ConfigError("a report is for a browser: name a file for it, -o report.html")
        return
    if target.is_dir():
        raise ConfigError(f"{target}: is a folder; name a file for the report, {target / 'report.html'}")
    if any(path != "-" and Path(path).resolve() == target.resolve() for path in inputs):
        raise ConfigError(f"{target}: is one of the documents; name another file for the report")


def _write(target: Path | None, page: bytes) -> None:
    from cleaner.batch.writing import write_atomically

    if target is None:
        sys.stdout.buffer.write(page)
        return
    try:
        write_atomically(target, page, scratch=target.parent)
    except OSError as error:
        raise ConfigError(f"{target}: {error.strerror}") from None
