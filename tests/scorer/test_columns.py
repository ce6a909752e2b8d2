"""The neighbourhood of a row."""

from __future__ import annotations

import numpy as np

from cleaner.scorer.columns import Columns, shifted, since, sums_around, until


def test_neighbours_beyond_the_ends_are_told_apart_from_zero() -> None:
    values = np.array([[0, 1, 2]], np.float32)
    assert shifted(values, 1).tolist() == [[1, 2, -1]]
    assert shifted(values, -2).tolist() == [[-1, -1, 0]]


def test_sums_around_stop_at_the_ends() -> None:
    assert sums_around(np.array([[1, 2, 3, 4]]), 1).tolist() == [[3, 6, 9, 7]]


def test_distances_to_marked_rows() -> None:
    marked = np.array([False, True, False, False])
    assert since(marked).tolist() == [4, 0, 1, 2]
    assert until(marked).tolist() == [1, 0, 4, 4]


def test_columns_keep_their_order_and_fill_up_single_numbers() -> None:
    columns = Columns(2)
    columns.add("page", 3.0)
    columns.add_block(["a", "b"], np.array([[1, 2], [3, 4]]))
    assert columns.names == ["page", "a", "b"]
    assert columns.matrix().tolist() == [[3, 3], [1, 2], [3, 4]]
