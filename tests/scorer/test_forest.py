"""The forest in numpy."""

from __future__ import annotations

import numpy as np

from cleaner.scorer.forest import Forest, probability


def forest() -> Forest:
    """One tree: above 0.5 of "a" it says 2; else by "b", up to 1 -1, above it 1."""
    return Forest.from_arrays(
        {
            "depth": np.array(2),
            "names": np.frombuffer(b"a\nb", np.uint8),
            "features": np.array([[0, 1, 0]], np.int16),
            "thresholds": np.array([[0.5, 1.0, 0.0]], np.float32),
            "values": np.array([[0.5, 0.0, 2.0, -1.0, 1.0, 2.0, 2.0]], np.float32),
            "base": np.array(0.25),
        }
    )


ROWS = np.array([[0, 0, 1], [0, 2, 9]], np.float32)


def test_rows_go_down_to_their_leaves() -> None:
    assert forest().log_odds(ROWS).tolist() == [-0.75, 1.25, 2.25]


def test_a_value_at_the_threshold_goes_left() -> None:
    assert forest().log_odds(np.array([[0.5], [1.0]], np.float32)).tolist() == [-0.75]


def test_the_stored_form_gives_the_same_forest() -> None:
    again = Forest.from_arrays(forest().to_arrays())
    assert again.log_odds(ROWS).tolist() == forest().log_odds(ROWS).tolist()


def test_what_moved_a_row_adds_up_to_its_log_odds() -> None:
    moved = forest().moved_most(ROWS, 2)
    assert moved[0] == [("b", -1.0), ("a", -0.5)]
    assert moved[2][0] == ("a", 1.5)
    for row, said in enumerate(moved):
        assert 0.5 + sum(step for _, step in said) + 0.25 == forest().log_odds(ROWS)[row]


def test_probabilities() -> None:
    assert probability([0.0]).tolist() == [0.5]
