"""A forest of small decision trees, predicted with numpy alone.

The trees are grown elsewhere (gradient boosting, see ``bench/train.py``) and stored filled up to one depth, so that
all rows go down all trees at once, a level at a time: five steps for a page, whatever its length.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from cleaner.measures import Floats
from cleaner.scorer.columns import Matrix


@dataclass(frozen=True)
class Forest:
    """Trees of one depth. Node ``n`` of a level goes to ``2 n`` where its feature is at most the threshold."""

    names: tuple[str, ...]
    """The features that the trees ask for."""
    features: tuple[NDArray[np.int32], ...]
    """For each level, the feature of each node: an array of trees by nodes."""
    thresholds: tuple[Matrix, ...]
    """For each level, the threshold of each node."""
    values: tuple[Matrix, ...]
    """For each level, the mean of what is under each node; the last is what the trees say: log odds."""
    base: float
    """Log odds before any tree is asked."""

    @classmethod
    def from_arrays(cls, arrays: Mapping[str, NDArray[np.generic]]) -> Forest:
        """Make a forest from its stored form (:meth:`to_arrays`)."""
        depth = int(arrays["depth"])
        features, thresholds = arrays["features"], arrays["thresholds"]
        values = arrays["values"].astype(np.float32)
        levels = [slice(2**level - 1, 2 ** (level + 1) - 1) for level in range(depth + 1)]
        return cls(
            names=tuple(bytes(arrays["names"].astype(np.uint8)).decode().split("\n")),
            features=tuple(features[:, level].astype(np.int32) for level in levels[:-1]),
            thresholds=tuple(thresholds[:, level].astype(np.float32) for level in levels[:-1]),
            values=tuple(values[:, level] for level in levels),
            base=float(arrays["base"]),
        )

    def to_arrays(self) -> dict[str, NDArray[np.generic]]:
        """Give the forest as plain arrays, for a file."""
        return {
            "depth": np.array(len(self.features)),
            "names": np.frombuffer("\n".join(self.names).encode(), np.uint8),
            "features": np.concatenate(self.features, axis=1).astype(np.int16),
            "thresholds": np.concatenate(self.thresholds, axis=1).astype(np.float32),
            "values": np.concatenate(self.values, axis=1).astype(np.float32),
            "base": np.array(self.base),
        }

    @cached_property
    def _heap(self) -> tuple[NDArray[np.intp], Matrix, Matrix, NDArray[np.intp]]:
        """Features, thresholds and values of all nodes, level by level, tree by tree; and where each tree starts."""
        values = np.concatenate(self.values, axis=1)
        features, thresholds = np.zeros(values.shape, np.intp), np.zeros_like(values)
        inner = sum(level.shape[1] for level in self.features)
        features[:, :inner] = np.concatenate(self.features, axis=1)
        thresholds[:, :inner] = np.concatenate(self.thresholds, axis=1)
        starts = np.arange(len(values))[:, None] * values.shape[1]
        return features.ravel(), thresholds.ravel(), values.ravel(), starts

    def log_odds(self, matrix: Matrix) -> Floats:
        """Give the log odds of each row; the matrix has a row for each of :attr:`names`."""
        features, thresholds, values, starts = self._heap
        count = matrix.shape[1]
        asked_of = matrix.ravel()
        places = np.arange(count)
        node = np.repeat(starts, count, axis=1)
        for _ in self.features:
            above = asked_of.take(features.take(node) * count + places) > thresholds.take(node)
            node *= 2
            node += 1 - starts
            node += above
        return np.asarray(values.take(node).sum(axis=0, dtype=np.float64) + self.base)

    def _paths(self, matrix: Matrix) -> list[NDArray[np.intp]]:
        """Give the node of each tree and row on each level, from the roots to the leaves."""
        count = matrix.shape[1]
        flat = np.ascontiguousarray(matrix).ravel()
        places = np.arange(count)
        node = np.zeros((len(self.features[0]), count), np.intp)
        paths = [node]
        for features, thresholds in zip(self.features, self.thresholds, strict=True):
            at = node + (np.arange(len(features)) * features.shape[1])[:, None]
            asked = flat[features.ravel()[at] * count + places]
            node = 2 * node + (asked > thresholds.ravel()[at])
            paths.append(node)
        return paths

    def moved_most(self, matrix: Matrix, count: int) -> list[list[tuple[str, float]]]:
        """For each row, name the features that moved its log odds the most, with by how much.

        What a step down a tree changes of the mean is laid to the feature asked there (Saabas, 2014).
        """
        paths = self._paths(matrix)
        rows = matrix.shape[1]
        moved = np.zeros((len(self.names), rows))
        trees = np.arange(len(paths[0]))[:, None]
        places = np.broadcast_to(np.arange(rows), paths[0].shape)
        for level, features in enumerate(self.features):
            step = self.values[level + 1][trees, paths[level + 1]] - self.values[level][trees, paths[level]]
            np.add.at(moved, (features[trees, paths[level]], places), step)
        order = np.argsort(-np.abs(moved), axis=0, kind="stable")[:count]
        return [[(self.names[at], float(moved[at, row])) for at in order[:, row]] for row in range(rows)]


def probability(log_odds: Floats | Sequence[float]) -> Floats:
    """Turn log odds into probabilities."""
    return np.asarray(1 / (1 + np.exp(-np.asarray(log_odds, np.float64))))
