"""A file for each document."""

from __future__ import annotations

import pickle

from cleaner.batch.outcome import Kind, Outcome
from cleaner.batch.storage import OutputPlace
from cleaner.batch.writing import refused


class Files:
    """A file for each document: written by the workers, or here where they cannot reach the place."""

    MANY = 64
    """Files that are sent to a distant place at a time."""

    def __init__(self, place: OutputPlace) -> None:
        self._place = place
        self._waiting: dict[str, bytes] = {}

    def put(self, outcome: Outcome) -> None:
        """Write the document's file, if the worker has not."""
        if outcome.kind is Kind.CLEANED and outcome.payload:
            self._waiting |= split(outcome.payload)
            if len(self._waiting) >= self.MANY:
                self._send()

    def finish(self) -> int:
        """Write what still waits."""
        self._send()
        return 0

    def abandon(self) -> None:
        """Write what still waits: each of these files is whole."""
        self._send()

    def _send(self) -> None:
        if self._waiting:
            with refused("outputs"):
                self._place.write_many(self._waiting)
            self._waiting = {}


def join(files: dict[str, bytes]) -> bytes:
    """Pack the files of one document for the way from the worker to the run."""
    return pickle.dumps(list(files.items()))


def split(payload: bytes) -> dict[str, bytes]:
    """Unpack what :func:`join` packed."""
    return dict(pickle.loads(payload))  # noqa: S301 - written by a worker of ours
