"""Finding the inputs: a walk through a folder that names each entry once, in the same order every time.

Whatever the walk comes to and cannot be a document (a broken link, a folder that leads back to itself, a
device) is an input too, with its problem, so that the books of a run show it.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from cleaner.batch.outcome import Kind, Problem

HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".xml")
"""Suffixes of names that no text should keep."""

TEXT_SUFFIX = ".txt"

STATE_FOLDER = "_clean"
"""The folder under OUT in which a run keeps its notes."""

SIDECAR_SUFFIX = ".meta.json"


def scratch_folder(out: Path) -> Path:
    """Give the folder under OUT for files that are being written."""
    return out / STATE_FOLDER / "scratch"


class Input(NamedTuple):
    """Something found under RAW: where it lies, its name relative to RAW, and the name of its output."""

    path: str
    name: str
    output: str
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Walk:
    """How to walk: which endings count, what outputs are called, and which folder is not to be entered."""

    extensions: tuple[str, ...] = ()
    suffix: str | None = None
    """The outputs' suffix; None keeps the inputs' names, but for ``.html`` and its like."""
    sidecars: bool = False
    avoid: Path | None = None

    def inputs(self, root: Path) -> Iterator[Input]:
        """Find the inputs in a folder, or give the one file that ``root`` is."""
        if not root.is_dir():
            output = output_names([root.name], suffix=self.suffix)[root.name]
            yield Input(str(root), root.name, output)
            return
        yield from self._folder(str(root), "", ())

    def _folder(self, path: str, prefix: str, above: tuple[tuple[int, int], ...]) -> Iterator[Input]:
        try:
            identity = _identity(path)
            if identity in above:
                yield _left_out(path, prefix, Kind.SKIPPED, "folder loop", "leads back to a folder above it")
                return
            if self.avoid is not None and self.avoid.exists() and identity == _identity(self.avoid):
                return
            entries = _entries(path)
        except OSError as error:
            yield _left_out(path, prefix, Kind.QUARANTINED, "not readable", error.strerror or str(error))
            return
        problems = {name: self._problem(name, kind, prefix) for name, kind in entries}
        outputs = output_names(
            [name for name, kind in entries if kind == "file" and problems[name] is None],
            taken={name for name, kind in entries if kind == "folder"},
            suffix=self.suffix,
            sidecars=self.sidecars,
        )
        for name, kind in entries:
            inside, below = os.path.join(path, name), prefix + name  # noqa: PTH118 - a hot path
            problem = problems[name]
            if problem is not None:
                yield Input(inside, below, "", problem)
            elif kind == "folder":
                yield from self._folder(inside, below + "/", (*above, identity))
            elif name in outputs:
                yield Input(inside, below, prefix + outputs[name])
            else:
                clash = Problem(Kind.QUARANTINED, "name taken", "another input's sidecar has this name")
                yield Input(inside, below, "", clash)

    def _problem(self, name: str, kind: str, prefix: str) -> Problem | None:
        if name.startswith("."):
            return Problem(Kind.SKIPPED, "hidden")
        if not prefix and name == STATE_FOLDER:
            return Problem(Kind.SKIPPED, "notes of an earlier run")
        if kind == "broken":
            return Problem(Kind.QUARANTINED, "broken link")
        if kind == "other":
            return Problem(Kind.SKIPPED, "no file", "a device, a socket or a pipe")
        if kind == "file" and self.extensions and not name.lower().endswith(self.extensions):
            return Problem(Kind.SKIPPED, "other extension")
        return None


def _left_out(path: str, prefix: str, kind: Kind, reason: str, detail: str) -> Input:
    return Input(path, prefix.removesuffix("/") or ".", "", Problem(kind, reason, detail))


def _identity(path: str | Path) -> tuple[int, int]:
    status = os.stat(path)  # noqa: PTH116 - a hot path
    return status.st_dev, status.st_ino


def _entries(path: str) -> list[tuple[str, str]]:
    with os.scandir(path) as entries:
        return sorted((entry.name, _kind(entry)) for entry in entries)


def _kind(entry: os.DirEntry[str]) -> str:
    if entry.is_dir():
        return "folder"
    if entry.is_file():
        return "file"
    return "broken" if entry.is_symlink() else "other"


def output_names(
    names: Sequence[str], *, taken: Collection[str] = (), suffix: str | None, sidecars: bool = False
) -> dict[str, str]:
    """Name the outputs of the files of one folder so that no two meet, whatever the order of the files.

    An input's suffix is replaced. Where outputs would then meet (``a.txt`` and ``a.md`` as JSON), the inputs
    keep their whole names (``a.txt.json``, ``a.md.json``), except for one whose suffix is right already.
    Where names are kept, an input that has the name of another's sidecar is left out of what is returned, and
    ``a.html`` becomes ``a.txt``, as long as no other output has that name.
    """
    if suffix is not None:
        return _suffixed(names, taken, suffix, sidecars=sidecars)
    pages = [name for name in names if name.lower().endswith(HTML_SUFFIXES)]
    texts = set(names).difference(pages)
    kept = {name: name for name in texts.difference(_sidecars(texts) if sidecars else ())}
    used = {*taken, *kept, *(_sidecars(kept) if sidecars else ())}
    return {**kept, **_suffixed(pages, used, TEXT_SUFFIX, sidecars=sidecars)}


def _sidecars(outputs: Iterable[str]) -> set[str]:
    return {output + SIDECAR_SUFFIX for output in outputs}


def _suffixed(names: Sequence[str], taken: Collection[str], suffix: str, *, sidecars: bool) -> dict[str, str]:
    used = set(taken)
    outputs: dict[str, str] = {}

    def take(name: str, output: str) -> bool:
        wanted = {output, output + SIDECAR_SUFFIX} if sidecars else {output}
        if wanted & used:
            return False
        used.update(wanted)
        outputs[name] = output
        return True

    plain = {name: _replaced(name, suffix) for name in sorted(names)}
    waiting = [name for name, output in plain.items() if output != name or not take(name, output)]
    shared = Counter(plain[name] for name in waiting)
    waiting = [name for name in waiting if shared[plain[name]] > 1 or not take(name, plain[name])]
    for name in waiting:
        output = name + suffix
        while not take(name, output):
            output += suffix
    return outputs


def _replaced(name: str, suffix: str) -> str:
    stem, dot, _ = name.rpartition(".")
    return (stem if dot and stem else name) + suffix
