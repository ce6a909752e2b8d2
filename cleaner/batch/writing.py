"""Writing outputs so that a reader only ever sees whole ones, in one order whatever order they came in."""

from __future__ import annotations

import errno
import itertools
import os
import pickle
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from cleaner.model import CleanerError

_COUNT = itertools.count()


class OutputError(CleanerError):
    """OUT cannot be written to at all (no space, no permission): going on makes no sense."""


NO_WAY_ON = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}
"""Errors that the next output would meet too."""


@contextmanager
def refused(name: str) -> Iterator[None]:
    """Turn what the system says against an output into one line, with its name, that ends the run."""
    try:
        yield
    except OSError as error:
        raise OutputError(f"cannot write {name}: {error.strerror or error}") from None


def sync(file: IO[bytes]) -> None:
    """Be sure that what was written is on the disk."""
    file.flush()
    os.fsync(file.fileno())


def write_atomically(target: Path, content: bytes, *, scratch: Path) -> None:
    """Write a file under a name of its own in ``scratch``, then move it to its place in one step.

    ``scratch`` has to be on the file system of ``target``. A process that is killed leaves its file there,
    and never half an output.
    """
    temporary = scratch / f".clean-{os.getpid()}-{next(_COUNT)}"
    try:
        temporary.write_bytes(content)
        temporary.replace(target)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise


class InOrder:
    """Takes numbered items in any order and hands them on in the order of their numbers, from 0 on.

    What comes too early waits in a temporary file, so that one slow document neither holds up the others
    nor fills the memory.
    """

    def __init__(self, accept: Callable[[Any], None]) -> None:
        self._accept = accept
        self._next = 0
        self._waiting: dict[int, tuple[int, int]] = {}
        self._spool: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as this object

    def add(self, number: int, item: Any) -> None:
        """Take the item with this number, and hand on what can be handed on now."""
        if number != self._next:
            self._put_aside(number, item)
            return
        self._hand_on(item)
        for waiting in self._taken_up():
            self._hand_on(waiting)

    def close(self) -> None:
        """Forget what still waits: an interrupted run will do it again."""
        self._spool.close()

    def _hand_on(self, item: Any) -> None:
        self._next += 1
        self._accept(item)

    def _put_aside(self, number: int, item: Any) -> None:
        start = self._spool.seek(0, os.SEEK_END)
        self._waiting[number] = (start, self._spool.write(pickle.dumps(item)))

    def _taken_up(self) -> Iterator[Any]:
        while self._next in self._waiting:
            start, length = self._waiting.pop(self._next)
            self._spool.seek(start)
            yield pickle.loads(self._spool.read(length))  # noqa: S301 - written by this very object
        if not self._waiting:
            self._spool.seek(0)
            self._spool.truncate()
