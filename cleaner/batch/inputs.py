"""Finding the inputs: a walk through a folder that names each entry once, in the same order every time.

Whatever the walk comes to and cannot be a document (a broken link, a folder that leads back to itself, a
device) is an input too, with its problem, so that the books of a run show it.
"""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple, TypeAlias

from cleaner.batch.compression import split_suffix, suffix_of
from cleaner.batch.outcome import Kind, Problem
from cleaner.batch.readers import container_of
from cleaner.config import Compression, Container, Format

HTML_SUFFIXES = (".html", ".htm", ".xhtml", ".xml")
"""Suffixes of names that no text should keep."""

TEXT_SUFFIX = ".txt"

STATE_FOLDER = "_clean"
"""The folder under OUT in which a run keeps its notes."""

SIDECAR_SUFFIX = ".meta.json"

SHARED_NAME = re.compile(r"documents-(?:\d+of\d+-)?\d{5,}\.(?:jsonl(?:\.(?:gz|bz2|xz|zst))?|parquet)")
"""What the files are called that single documents share (:func:`~cleaner.batch.shards.documents_name`)."""


def scratch_folder(out: Path) -> Path:
    """Give the folder under OUT for files that are being written."""
    return out / STATE_FOLDER / "scratch"


_Identity: TypeAlias = tuple[int, int]
"""The device and the number of a folder."""


class Input(NamedTuple):
    """Something found under RAW: where it lies, its name relative to RAW, and the name of its output."""

    path: str
    name: str
    output: str
    problem: Problem | None = None
    container: Container | None = None
    """What it is, where it holds many documents; its output does too, or is a folder."""
    content: bytes | None = None
    """The input itself, where it is no file."""


@dataclass(frozen=True, slots=True)
class Walk:
    """How to walk: which endings count, what outputs are called, and which folder is not to be entered."""

    extensions: tuple[str, ...] = ()
    suffix: str | None = None
    """The outputs' suffix; None keeps the inputs' names, but for ``.html`` and its like."""
    sidecars: bool = False
    avoid: Path | None = None
    format: Format = Format.SAME
    compression: Compression | None = None

    def inputs(self, root: Path) -> Iterator[Input]:
        """Find the inputs in a folder, or give the one file that ``root`` is."""
        if not root.is_dir():
            yield from self.files([root.name], lambda name: str(root))
            return
        yield from self._folder(str(root), "", ())

    def files(
        self, names: Sequence[str], path_of: Callable[[str], str], *, prefix: str = "", taken: Collection[str] = ()
    ) -> Iterator[Input]:
        """Give the files of one folder as inputs, in their order."""
        containers = {name: found for name in names if (found := container_of(name)) is not None}
        outputs: dict[str, str] = {}
        used = set(taken)
        for name, (stem, container, compression) in containers.items():
            suffix = self._container_suffix(container, compression)
            may_clash = not prefix and self.format is not Format.SAME
            outputs[name] = _free(stem, suffix, name, used, reserved=SHARED_NAME if may_clash else None)
            used.add(outputs[name])
        outputs |= self._document_outputs([name for name in names if name not in containers], used)
        for name in names:
            if name in outputs:
                kind = containers[name][1] if name in containers else None
                yield Input(path_of(name), prefix + name, prefix + outputs[name], container=kind)
            else:
                clash = Problem(Kind.QUARANTINED, "name taken", "another input's sidecar has this name")
                yield Input(path_of(name), prefix + name, "", clash)

    def _container_suffix(self, container: Container, compression: Compression) -> str | None:
        """Give the suffix of a container's output; None where the output is a folder of single documents."""
        if self.format is Format.PARQUET or (self.format is Format.SAME and container is Container.PARQUET):
            return ".parquet"
        if self.format in (Format.SAME, Format.JSONL):
            return ".jsonl" + suffix_of(self.compression or compression)
        return None

    def _document_outputs(self, names: Sequence[str], taken: Collection[str]) -> dict[str, str]:
        """Name the outputs of single documents as if those that are compressed were not."""
        plain = {name: split_suffix(name)[0] for name in names}
        shared = Counter(plain.values())
        plain = {name: stem if shared[stem] == 1 else name for name, stem in plain.items()}
        outputs = output_names(list(plain.values()), taken=taken, suffix=self.suffix, sidecars=self.sidecars)
        return {name: outputs[stem] for name, stem in plain.items() if stem in outputs}

    def names(self, root: Path) -> Iterator[str]:
        """Name the inputs in no order, without a list of a folder's entries: for counting them."""
        if not root.is_dir():
            yield root.name
            return
        yield from self._names(str(root), "", ())

    def _names(self, path: str, prefix: str, above: tuple[_Identity, ...]) -> Iterator[str]:
        folders: list[str] = []
        try:
            identity = self._entered(path, above)
            if identity is None:
                return
            with os.scandir(path) as entries:
                for entry in entries:
                    if _kind(entry) == "folder" and self.problem(entry.name, "folder", prefix) is None:
                        folders.append(entry.name)
                    else:
                        yield prefix + entry.name
        except (_LoopError, OSError):
            yield _folder_name(prefix)
            return
        for name in folders:
            yield from self._names(os.path.join(path, name), prefix + name + "/", (*above, identity))  # noqa: PTH118

    def _entered(self, path: str, above: tuple[_Identity, ...]) -> _Identity | None:
        """Tell a folder from those above it; None is the one that is not to be entered."""
        identity = _identity(path)
        if identity in above:
            raise _LoopError
        is_barred = self.avoid is not None and self.avoid.exists() and identity == _identity(self.avoid)
        return None if is_barred else identity

    def _folder(self, path: str, prefix: str, above: tuple[_Identity, ...]) -> Iterator[Input]:
        try:
            identity = self._entered(path, above)
            if identity is None:
                return
            entries = _entries(path)
        except _LoopError:
            yield _left_out(path, prefix, Kind.SKIPPED, "folder loop", "leads back to a folder above it")
            return
        except OSError as error:
            yield _left_out(path, prefix, Kind.QUARANTINED, "not readable", error.strerror or str(error))
            return
        problems = {name: problem for name, kind in entries if (problem := self.problem(name, kind, prefix))}
        sound = [name for name, kind in entries if kind == "file" and name not in problems]
        folders = {name for name, kind in entries if kind == "folder"}
        found = self.files(sound, lambda name: os.path.join(path, name), prefix=prefix, taken=folders)  # noqa: PTH118
        for name, kind in entries:
            inside, below = os.path.join(path, name), prefix + name  # noqa: PTH118 - a hot path
            if name in problems:
                yield Input(inside, below, "", problems[name])
            elif kind == "folder":
                yield from self._folder(inside, below + "/", (*above, identity))
            else:
                yield next(found)

    def problem(self, name: str, kind: str, prefix: str) -> Problem | None:
        """Say why an entry of a folder is no input, by its name and kind."""
        if name.startswith("."):
            return Problem(Kind.SKIPPED, "hidden")
        if not prefix and name == STATE_FOLDER:
            return Problem(Kind.SKIPPED, "notes of an earlier run")
        if kind == "broken":
            return Problem(Kind.QUARANTINED, "broken link")
        if kind == "other":
            return Problem(Kind.SKIPPED, "no file", "a device, a socket or a pipe")
        if kind == "file" and self.extensions and not self._wants(name.lower()):
            return Problem(Kind.SKIPPED, "other extension")
        return None

    def _wants(self, name: str) -> bool:
        return name.endswith(self.extensions) or split_suffix(name)[0].endswith(self.extensions)


class _LoopError(Exception):
    """A folder leads back to one above it."""


def _folder_name(prefix: str) -> str:
    return prefix.removesuffix("/") or "."


def _left_out(path: str, prefix: str, kind: Kind, reason: str, detail: str) -> Input:
    return Input(path, _folder_name(prefix), "", Problem(kind, reason, detail))


def _identity(path: str | Path) -> _Identity:
    status = os.stat(path)  # noqa: PTH116 - a hot path
    return status.st_dev, status.st_ino


def _entries(path: str) -> list[tuple[str, str]]:
    with os.scandir(path) as entries:
        return sorted((entry.name, _kind(entry)) for entry in entries)


def _kind(entry: os.DirEntry[str]) -> str:
    with suppress(OSError):  # a link to itself, or to where nobody may look
        if entry.is_dir():
            return "folder"
        if entry.is_file():
            return "file"
    return "broken" if entry.is_symlink() else "other"


def _free(stem: str, suffix: str | None, name: str, used: Collection[str], *, reserved: re.Pattern[str] | None) -> str:
    """Name a container's output: by its stem if that is free and not ``reserved``, else by its whole name."""
    if suffix is None:
        return f"{name}.records/" if reserved is not None and reserved.fullmatch(name) else f"{name}/"
    output = stem + suffix
    while output in used or (reserved is not None and reserved.fullmatch(output)):
        output, name = name + suffix, name + suffix
    return output


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
