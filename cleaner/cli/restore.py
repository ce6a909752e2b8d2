"""``clean restore``: give the inputs back, rebuilt from what a run wrote."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cleaner.cli.commands import examples
from cleaner.cli.errors import ExitCode, say
from cleaner.model import ConfigError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.batch.restoring import NotRestored, Restored


EXAMPLES = examples(
    [
        ("clean restore out/ raw-again/", "a whole run"),
        ("clean restore out/page.json", "one document, to stdout"),
        ("clean restore out/page.txt | diff page.txt -", "to see that nothing was lost"),
    ]
)


def restore(
    cleaned: Annotated[
        str,
        typer.Argument(metavar="CLEANED", help="A folder that clean run wrote, or its address; or one file of it."),
    ],
    folder: Annotated[
        Path | None,
        typer.Argument(metavar="DIR", help="Where the inputs go; a single one goes to stdout without."),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Overwrite files in DIR.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but errors.")] = False,
) -> None:
    """Give the inputs back, exactly, from cleaned texts and their edits.

    The edits are in the notes of every run, in OUT/_clean, and in whatever was written as JSON or with --meta. Of
    HTML they give back the text that a reader sees of the page, as NAME.txt, and not its markup. A document that
    shared its file with others comes back as a file of its own, NAME/NUMBER.txt.
    """
    from cleaner.batch.restoring import restore as restored
    from cleaner.batch.storage import is_distant

    source = Path(cleaned)
    if not is_distant(cleaned) and not source.exists():
        raise ConfigError(f"{cleaned}: no such file or folder")
    if folder is None:
        if is_distant(cleaned) or source.is_dir() or source.suffix == ".jsonl":
            raise ConfigError("where to? Name a folder for the restored inputs")
        _to_stdout(restored(cleaned))
    else:
        _to_folder(restored(cleaned), cleaned, folder, force=force, quiet=quiet)


def _to_stdout(results: Iterable[Restored | NotRestored]) -> None:
    from cleaner.batch.restoring import NotRestored

    for result in results:
        if isinstance(result, NotRestored):
            raise ConfigError(f"{result.name}: {result.why}")
        if result.is_rendered:
            say("The input was HTML: this is its rendered text")
        sys.stdout.buffer.write(result.content)


def _to_folder(
    results: Iterable[Restored | NotRestored], cleaned: str, folder: Path, *, force: bool, quiet: bool
) -> None:
    from cleaner.batch.restoring import NotRestored

    if folder.exists() and folder.resolve() == Path(cleaned).resolve():
        raise ConfigError("DIR is CLEANED: the cleaned files would be overwritten; name another folder")
    done: Counter[str] = Counter()
    for result in results:
        target = folder / result.name
        if isinstance(result, NotRestored):
            problem = f"{result.name}: {result.why}"
        elif target.exists() and not force:
            problem = f"{target}: exists already (--force overwrites)"
        else:
            problem = _write(target, result.content)
        if problem:
            say(f"not restored: {problem}")
        done[_NOT_RESTORED if problem or isinstance(result, NotRestored) else _how(result)] += 1
    if not done:
        raise ConfigError(f"{cleaned}: no edits are kept here; is it a folder that clean run wrote?")
    if not quiet:
        say(_told(done))
    raise typer.Exit(ExitCode.ATTENTION if done[_NOT_RESTORED] else ExitCode.FINE)


_BYTE_FOR_BYTE = "restored byte for byte"
_IN_UTF8 = "as the same text in UTF-8"
_RENDERED = "as rendered text, from HTML"
_NOT_RESTORED = "not restored"


def _how(result: Restored) -> str:
    if result.is_rendered:
        return _RENDERED
    return _BYTE_FOR_BYTE if result.is_exact else _IN_UTF8


def _told(done: Counter[str]) -> str:
    """Sum up what was restored how."""
    others = "".join(f", and {done[how]:,} {how}" for how in (_IN_UTF8, _RENDERED) if done[how])
    failed = f"; {done[_NOT_RESTORED]:,} {_NOT_RESTORED}" if done[_NOT_RESTORED] else ""
    return f"{done[_BYTE_FOR_BYTE]:,} {_BYTE_FOR_BYTE}{others}{failed}"


def _write(target: Path, content: bytes) -> str:
    """Write a restored input; say what is wrong if that fails."""
    from cleaner.batch.writing import write_atomically

    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(target, content, scratch=target.parent)
    except OSError as error:
        return f"{target}: {error.strerror or error}"
    return ""
