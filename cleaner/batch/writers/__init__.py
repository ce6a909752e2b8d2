"""Writers of outputs: of one shard each, in the order of its inputs, seen by a reader only when they are whole."""

from __future__ import annotations

from typing import Protocol

from cleaner.batch.outcome import Outcome


class Writer(Protocol):
    """What a shard needs of the place for its outputs."""

    def put(self, outcome: Outcome) -> None:
        """Take the outcome of the next input."""

    def finish(self) -> int:
        """Complete the output and put it in its place; give its bytes."""

    def abandon(self) -> None:
        """Leave nothing behind: the shard will be done again."""
