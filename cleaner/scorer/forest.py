"""A forest of small decision trees, predicted with numpy alone.

The trees are grown elsewhere (gradient boosting, see ``bench/train.py``) and stored filled up to one depth, so that
all rows go down all trees at once, a level at a time: five steps for a page, whatever its length.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from cleaner.measures import Floats
from cleaner.scorer.columns import Matrix
from cleaner.scorer.storage import pack_names, unpack_names

AT_ONCE = 4096
"""Rows that go down the trees together: what they ask of then stays small, whatever the length of the page."""


@dataclass(frozen=True)
class Forest:
    """Trees of one depth, as arrays of trees by nodes, level by level.

    Below node ``n`` lie ``2 n + 1``, for what is at most its threshold, and ``2 n + 2``.
    """

    names: tuple[str, ...]
    """The features that the trees ask for."""
    depth: int
    features: NDArray[np.intp]
    """The feature of each node; 0 for leaves."""
    thresholds: Matrix
    """The threshold of each node; 0 for leaves."""
    values: Matrix
    """The mean of what is under each node; a leaf's is what its tree says: log odds."""
    base: float
    """Log odds before any tree is asked."""

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Forest:
        """Make a forest from its stored form (:meth:`to_arrays`), which has no features and thresholds of leaves."""
        values = arrays["values"].astype(np.float32)
        inner = arrays["features"].shape[1]
        features, thresholds = np.zeros(values.shape, np.intp), np.zeros_like(values)
        features[:, :inner] = arrays["features"]
        thresholds[:, :inner] = arrays["thresholds"]
        return cls(
            names=tuple(unpack_names(arrays["names"])),
            depth=int(arrays["depth"]),
            features=features,
            thresholds=thresholds,
            values=values,
            base=float(arrays["base"]),
        )

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the forest as plain arrays, for a file."""
        inner = 2**self.depth - 1
        return {
            "depth": np.array(self.depth),
            "names": pack_names(self.names),
            "features": self.features[:, :inner].astype(np.int16),
            "thresholds": self.thresholds[:, :inner],
            "values": self.values,
            "base": np.array(self.base),
        }

    def log_odds(self, matrix: Matrix) -> Floats:
        """Give the log odds of each row; the matrix has a row for each of :attr:`names`."""
        found = np.empty(matrix.shape[1])
        for at in range(0, len(found), AT_ONCE):
            *_, leaves = self._levels(np.ascontiguousarray(matrix[:, at : at + AT_ONCE]))
            found[at : at + AT_ONCE] = self.values.take(leaves).sum(axis=0, dtype=np.float64) + self.base
        return found

    def _levels(self, matrix: Matrix) -> Iterator[NDArray[np.intp]]:
        """Give the node of each tree and row, level by level from the roots, numbered through all trees."""
        count = matrix.shape[1]
        asked_of = matrix.ravel()
        places = np.arange(count)
        starts = np.arange(len(self.values))[:, None] * self.values.shape[1]
        node = np.repeat(starts, count, axis=1)
        yield node
        for _ in range(self.depth):
            above = asked_of.take(self.features.take(node) * count + places) > self.thresholds.take(node)
            node = 2 * node
            node += 1 - starts
            node += above
            yield node

    def moved_most(self, matrix: Matrix, count: int) -> list[list[tuple[str, float]]]:
        """For each row, name the features that moved its log odds the most, with by how much.

        What a step down a tree changes of the mean is laid to the feature asked there (Saabas, 2014).
        """
        rows = matrix.shape[1]
        moved = np.zeros((len(self.names), rows))
        for node, below in pairwise(self._levels(matrix)):
            step = self.values.take(below) - self.values.take(node)
            np.add.at(moved, (self.features.take(node), np.arange(rows)), step)
        order = np.argsort(-np.abs(moved), axis=0, kind="stable")[:count]
        return [[(self.names[at], float(moved[at, row])) for at in order[:, row]] for row in range(rows)]


def probability(log_odds: Floats | Sequence[float]) -> Floats:
    """Turn log odds into probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(log_odds, np.float64))))
