"""Where raw files come from and outputs go: folders of this machine, or any place that fsspec knows.

A run keeps its notes in a folder of this machine in any case; those of a distant OUT are fetched when a run begins
and brought back while it goes on, so that the next run, on any machine, knows what is done.
"""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO, Any, Protocol

from cleaner.batch.inputs import STATE_FOLDER, Input, Walk
from cleaner.config import Container
from cleaner.model import ConfigError

PARTS = "parts"
"""The folder with the notes of runs that do one part of the inputs each."""


def is_distant(place: str) -> bool:
    """Tell an address that fsspec opens from a path: ``s3://bucket/raw``, ``memory://raw``."""
    scheme, colon, _ = place.partition("://")
    return bool(colon) and scheme.replace("+", "").isalnum()


class InputPlace(Protocol):
    """Where raw files come from."""

    in_reach: bool
    """Whether the workers can open its files by their paths."""

    def inputs(self, walk: Walk) -> Iterator[Input]:
        """Find the inputs."""

    def names(self, walk: Walk) -> Iterator[str]:
        """Name the inputs, in no order, as fast as it goes: for counting them."""

    def open(self, path: str) -> IO[bytes]:
        """Open a file for reading."""

    def stamp(self, path: str) -> str:
        """Give the size and time of a file, by which it is known again; empty if there is no such file."""

    def size(self, path: str) -> int:
        """Give the bytes of a file."""

    def read_many(self, paths: Sequence[str], limit: int) -> Mapping[str, bytes | OSError]:
        """Read small files at one go; no more than ``limit`` + 1 bytes of each."""


class OutputPlace(Protocol):
    """Where outputs go."""

    in_reach: bool
    """Whether the workers can write its files by their paths."""
    state: Path
    """The folder of this machine in which the run keeps its notes."""

    def publish(self, file: Path, name: str, *, synced: bool = True) -> None:
        """Put a finished file of this machine in its place, in one step, and remove it from where it was."""

    def write_many(self, files: Mapping[str, bytes]) -> None:
        """Write small files, each in one step."""

    def size(self, name: str) -> int | None:
        """Give the bytes of an output; None if it is not there."""

    def open(self, name: str) -> IO[bytes]:
        """Open an output for reading."""

    def is_folder(self, name: str) -> bool:
        """Whether a folder stands where an output is to be."""

    def remove(self, name: str) -> None:
        """Remove an output, if it is there, and the folders above it that are then empty."""

    def fetch_state(self, wanted: Callable[[str], bool] | None = None) -> None:
        """Bring the notes of earlier runs to this machine: all, or those that are ``wanted``."""

    def keep_state(self) -> None:
        """Bring the notes to where the next run finds them."""

    def remove_state(self, names: Collection[str]) -> None:
        """Remove some of the notes."""


class LocalInputs:
    """A folder or a file of this machine."""

    in_reach = True

    def __init__(self, root: Path) -> None:
        self._root = root

    def inputs(self, walk: Walk) -> Iterator[Input]:
        """Walk through the folder."""
        return walk.inputs(self._root)

    def names(self, walk: Walk) -> Iterator[str]:
        """Look at the folder."""
        return walk.names(self._root)

    def open(self, path: str) -> IO[bytes]:
        """Open a file."""
        return open(path, "rb")  # noqa: PTH123 - paths are strings here

    def stamp(self, path: str) -> str:
        """Look at the file."""
        try:
            return stamp_of(os.stat(path))  # noqa: PTH116 - a hot path
        except OSError:
            return ""

    def size(self, path: str) -> int:
        """Look at the file."""
        return os.stat(path).st_size  # noqa: PTH116

    def read_many(self, paths: Sequence[str], limit: int) -> Mapping[str, bytes | OSError]:
        """Read one file after the other."""
        contents: dict[str, bytes | OSError] = {}
        for path in paths:
            try:
                with self.open(path) as file:
                    contents[path] = file.read(limit + 1)
            except OSError as error:
                contents[path] = error
        return contents


def stamp_of(status: os.stat_result) -> str:
    """Write down the size and the time of a file."""
    return f"{status.st_size}-{status.st_mtime_ns}"


class HeldInput:
    """One document, or the stream of a pipe with many."""

    in_reach = True

    def __init__(self, content: bytes | IO[bytes], container: Container | None = None) -> None:
        self._content = content
        self._container = container

    def inputs(self, walk: Walk) -> Iterator[Input]:
        """Give the one input that there is."""
        held = self._content if isinstance(self._content, bytes) else None
        yield Input("", "-", "-", container=self._container, content=held)

    def names(self, walk: Walk) -> Iterator[str]:
        """Name it as on the command line."""
        yield "-"

    def open(self, path: str) -> IO[bytes]:
        """Give the stream."""
        assert not isinstance(self._content, bytes)
        return self._content

    def stamp(self, path: str) -> str:
        """Give nothing: what is held is never known again."""
        return ""

    def size(self, path: str) -> int:
        """Give nothing: where a stream ends shows at its end."""
        return 0

    def read_many(self, paths: Sequence[str], limit: int) -> Mapping[str, bytes | OSError]:
        """Give nothing: there are no files."""
        return {}


class LocalOutputs:
    """A folder of this machine."""

    in_reach = True

    def __init__(self, folder: Path, part: str = "") -> None:
        self.folder = folder
        self.state = part_state(folder / STATE_FOLDER, part)

    def publish(self, file: Path, name: str, *, synced: bool = True) -> None:
        """Move the file, after its content is on the disk."""
        if not synced:
            with file.open("rb") as content:
                os.fsync(content.fileno())
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        file.replace(target)

    def write_many(self, files: Mapping[str, bytes]) -> None:
        """Write the files."""
        from cleaner.batch.writing import write_atomically

        for name, content in files.items():
            target = self.folder / name
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, content, scratch=self.state)

    def size(self, name: str) -> int | None:
        """Look at the file."""
        try:
            return os.stat(self.folder / name).st_size  # noqa: PTH116 - a hot path
        except OSError:
            return None

    def open(self, name: str) -> IO[bytes]:
        """Open the file."""
        return (self.folder / name).open("rb")

    def is_folder(self, name: str) -> bool:
        """Look at it."""
        return (self.folder / name).is_dir()

    def remove(self, name: str) -> None:
        """Remove the file, and the folders above it that are then empty."""
        _remove(self.folder / name)
        with suppress(OSError):
            for above in list(PurePosixPath(name).parents)[1:-1]:
                (self.folder / above).rmdir()

    def fetch_state(self, wanted: Callable[[str], bool] | None = None) -> None:
        """Make the folder for notes."""
        self.state.mkdir(parents=True, exist_ok=True)

    def keep_state(self) -> None:
        """Do nothing: the notes are in their place."""

    def remove_state(self, names: Collection[str]) -> None:
        """Remove some of the notes."""
        for name in names:
            _remove(self.state / name)


def _remove(file: Path) -> None:
    """Remove a file, if there is one (a folder of its name is none), and its folder if that is then empty."""
    with suppress(FileNotFoundError, NotADirectoryError, IsADirectoryError):
        file.unlink()
    with suppress(OSError):
        file.parent.rmdir()


def part_state(state: Path, part: str) -> Path:
    """Give the folder for the notes of a run that does one part of the inputs; ``""`` is the run that does all."""
    return state / PARTS / part if part else state


def _file_system(address: str) -> tuple[Any, str]:
    """Open the file system of an address; give it with the path there."""
    try:
        from fsspec.core import url_to_fs
    except ImportError:
        raise ConfigError(f"{address} needs packages more: pip install 'cleaner[cloud]'") from None
    try:
        system, path = url_to_fs(address)
    except (ImportError, ValueError) as error:
        raise ConfigError(f"{address}: {error}") from None
    return system, str(path).rstrip("/")


def _opened(system: Any, path: str) -> IO[bytes]:
    """Open a file for reading, with the methods of one of this machine: fsspec's reads no line up to a limit."""
    return io.BufferedReader(system.open(path, "rb"))


class DistantInputs:
    """A folder or a file of a place that fsspec knows."""

    in_reach = False

    def __init__(self, address: str) -> None:
        self._system, self._root = _file_system(address)
        try:
            self._is_file = bool(self._system.isfile(self._root))
            if not self._is_file and not self._system.exists(self._root):
                raise ConfigError(f"{address}: nothing is there")
        except OSError as error:
            raise ConfigError(f"{address}: {error}") from None
        self._known: dict[str, str] = {}

    def inputs(self, walk: Walk) -> Iterator[Input]:
        """List the folder: all files below it, sorted by folder and name."""
        if self._is_file:
            folder, _, name = self._root.rpartition("/")
            yield from walk.files([name], lambda name: f"{folder}/{name}")
            return
        found = self._system.find(self._root, detail=True)
        self._known = {path: _distant_stamp(about) for path, about in found.items()}
        folders: dict[str, list[str]] = {}
        for path in sorted(found):
            below = path[len(self._root) :].lstrip("/")
            folder, _, name = below.rpartition("/")
            if STATE_FOLDER not in folder.split("/")[:1]:
                folders.setdefault(folder, []).append(name)
        for folder, names in sorted(folders.items()):
            prefix = folder + "/" if folder else ""
            sound = [name for name in names if walk.problem(name, "file", prefix) is None]
            inputs = walk.files(sound, partial(_below, f"{self._root}/{prefix}"), prefix=prefix)
            for name in names:
                problem = walk.problem(name, "file", prefix)
                if problem is None:
                    yield next(inputs)
                else:
                    yield Input(f"{self._root}/{prefix}{name}", prefix + name, "", problem)

    def names(self, walk: Walk) -> Iterator[str]:
        """List the folder, too: the list may be at hand."""
        return (one.name for one in self.inputs(walk))

    def open(self, path: str) -> IO[bytes]:
        """Open a file."""
        return _opened(self._system, path)

    def stamp(self, path: str) -> str:
        """Ask for the file's size and tag, or know them from the listing."""
        if path not in self._known:
            try:
                return _distant_stamp(self._system.info(path))
            except OSError:
                return ""
        return self._known[path]

    def size(self, path: str) -> int:
        """Ask for the file's size."""
        return int(self._system.size(path) or 0)

    def read_many(self, paths: Sequence[str], limit: int) -> Mapping[str, bytes | OSError]:
        """Read the files side by side, as far as the place can."""
        found = self._system.cat_ranges(list(paths), [0] * len(paths), [limit + 1] * len(paths), on_error="return")
        return dict(zip(paths, map(_content, found), strict=True))


def _below(folder: str, name: str) -> str:
    return folder + name


def _content(found: object) -> bytes | OSError:
    if isinstance(found, bytes):
        return found
    return found if isinstance(found, OSError) else OSError(str(found))


def _distant_stamp(about: Mapping[str, Any]) -> str:
    tag = (
        about.get("ETag")
        or about.get("etag")
        or about.get("LastModified")
        or about.get("mtime")
        or about.get("created")
    )
    return f"{about.get('size')}-{tag}" if tag else ""


class DistantOutputs:
    """A folder of a place that fsspec knows, with its notes in a folder of this machine while a run goes on."""

    in_reach = False

    def __init__(self, address: str, state: Path, part: str = "") -> None:
        self._system, self._root = _file_system(address)
        self._distant_state = f"{self._root}/{STATE_FOLDER}" + (f"/{PARTS}/{part}" if part else "")
        self.state = state
        self._sizes: dict[str, int] | None = None

    def fetch_state(self, wanted: Callable[[str], bool] | None = None) -> None:
        """Fetch the notes of earlier runs; those that an earlier run left on this machine give way to them."""
        shutil.rmtree(self.state, ignore_errors=True)
        self.state.mkdir(parents=True)
        for path in self._system.find(self._distant_state):
            below = str(path)[len(self._distant_state) :].lstrip("/")
            if (wanted is None or wanted(below)) and "scratch" not in below.split("/"):
                target = self.state / below
                target.parent.mkdir(parents=True, exist_ok=True)
                self._system.get_file(path, str(target))

    def publish(self, file: Path, name: str, *, synced: bool = True) -> None:
        """Send the file: such a place shows it when it is there whole."""
        self._make_folder(name)
        size = file.stat().st_size
        self._system.put_file(str(file), f"{self._root}/{name}")
        self._listed[name] = size
        file.unlink()

    def write_many(self, files: Mapping[str, bytes]) -> None:
        """Send the files side by side, as far as the place can."""
        for name in files:
            self._make_folder(name)
        self._system.pipe({f"{self._root}/{name}": content for name, content in files.items()})
        self._listed.update({name: len(content) for name, content in files.items()})

    def size(self, name: str) -> int | None:
        """Look the file up in a list of all that is there, made once."""
        if name.endswith("/"):
            return 0 if any(one.startswith(name) for one in self._listed) else None
        return self._listed.get(name)

    @property
    def _listed(self) -> dict[str, int]:
        if self._sizes is None:
            self._system.invalidate_cache()
            found = self._system.find(self._root, detail=True) if self._system.exists(self._root) else {}
            self._sizes = {path[len(self._root) :].lstrip("/"): int(about["size"]) for path, about in found.items()}
        return self._sizes

    def open(self, name: str) -> IO[bytes]:
        """Open the file."""
        return _opened(self._system, f"{self._root}/{name}")

    def is_folder(self, name: str) -> bool:
        """Say no: such a place has names, and no folders."""
        return False

    def remove(self, name: str) -> None:
        """Remove the file."""
        if self._system.exists(f"{self._root}/{name}"):
            self._system.rm_file(f"{self._root}/{name}")
        if self._sizes is not None:
            self._sizes.pop(name, None)

    def keep_state(self) -> None:
        """Send the notes, those that are new or have changed since they were last sent."""
        for file in sorted(self.state.rglob("*")):
            below = file.relative_to(self.state).as_posix()
            if file.is_file() and "scratch" not in below.split("/") and file.name not in UNSENT:
                target = f"{self._distant_state}/{below}"
                changes = "edits" not in below.split("/")  # an audit file is written once
                if changes or not self._system.exists(target):
                    self._system.makedirs(target.rpartition("/")[0], exist_ok=True)
                    self._system.put_file(str(file), target)

    def remove_state(self, names: Collection[str]) -> None:
        """Remove some of the notes."""
        for name in names:
            _remove(self.state / name)
            if self._system.exists(f"{self._distant_state}/{name}"):
                self._system.rm_file(f"{self._distant_state}/{name}")

    def _make_folder(self, name: str) -> None:
        folder = f"{self._root}/{name}".rpartition("/")[0]
        self._system.makedirs(folder, exist_ok=True)


@contextmanager
def outputs_at(out: str | Path, wanted: Callable[[str], bool] | None = None) -> Iterator[OutputPlace]:
    """Open an OUT that runs wrote, here or at an address, with those of its notes that are ``wanted``."""
    if isinstance(out, Path) or not is_distant(out):
        yield LocalOutputs(Path(out))
        return
    with tempfile.TemporaryDirectory(prefix="clean-") as folder:
        place = DistantOutputs(out, Path(folder) / "notes")
        place.fetch_state(wanted)
        yield place


UNSENT = ("lock.sqlite", "lock.sqlite-journal", "manifest.sqlite-journal")
"""Notes that mean something on this machine only."""
