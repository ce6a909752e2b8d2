"""Named columns of numbers, one entry a row of the page, and the ways to look at a row's neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import ArrayLike, NDArray

from cleaner.measures import Bools, Floats, Ints

Matrix = NDArray[np.float32]

REACHES = (2, 6, 20)
"""Rows on each side that are looked at together."""


class Columns:
    """The features of a page's rows as they are computed: blocks of columns, each with its names.

    The names and their order are the same on every page.
    """

    def __init__(self, rows: int) -> None:
        self.rows = rows
        self._names: list[str] = []
        self._blocks: list[Matrix] = []

    def add(self, name: str, values: ArrayLike) -> None:
        """Add a column; a single number stands for every row (a measure of the whole page)."""
        block = np.empty((1, self.rows), np.float32)
        block[0] = values
        self._names.append(name)
        self._blocks.append(block)

    def add_block(self, names: Iterable[str], values: NDArray[np.generic]) -> None:
        """Add a column for each name: the rows of a matrix."""
        self._names += names
        self._blocks.append(values.astype(np.float32))

    @property
    def names(self) -> list[str]:
        """The columns' names, in the order in which they were added."""
        return self._names

    def matrix(self) -> Matrix:
        """Give all columns as a matrix, each a row of it."""
        return np.concatenate(self._blocks)


def shifted(values: Matrix, by: int) -> Matrix:
    """Give the values ``by`` rows further down (up where negative); -1 beyond the page's ends."""
    moved = np.full_like(values, -1)
    if by > 0:
        moved[:, :-by] = values[:, by:]
    else:
        moved[:, -by:] = values[:, :by]
    return moved


def sums_around(values: NDArray[np.generic], reach: int) -> Floats:
    """Give, for each row of the page, the sum over the rows no further than ``reach`` from it, of each column."""
    count = values.shape[1]
    sums = sums_before(values)
    places = np.arange(count)
    return np.asarray(sums[:, np.minimum(places + reach + 1, count)] - sums[:, np.maximum(places - reach, 0)])


def sums_before(values: NDArray[np.generic]) -> Floats:
    """Give the sum of a column's entries before each one, and of all at the end; of a matrix, for each column."""
    sums = np.zeros((*values.shape[:-1], values.shape[-1] + 1))
    np.cumsum(values, axis=-1, out=sums[..., 1:])
    return sums


def since(marked: Bools) -> Ints:
    """Give how many rows each row lies below the last marked one; the page's length where there is none."""
    count = len(marked)
    places = np.arange(count)
    last = np.maximum.accumulate(np.where(marked, places, -1))
    return np.where(last < 0, count, places - last)


def until(marked: Bools) -> Ints:
    """Give how many rows each row lies above the next marked one; the page's length where there is none."""
    return since(marked[::-1])[::-1]


def numbered(name: str, items: Sequence[object]) -> list[str]:
    """Give a name for each item: the name and the item."""
    return [f"{name} {item}" for item in items]
