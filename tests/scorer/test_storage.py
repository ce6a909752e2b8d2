"""Names and weights as arrays."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.scorer.storage import pack_names, pack_weights, unpack_names, unpack_weights

NAMES = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]))


@given(st.lists(NAMES, min_size=1))
def test_names_come_back(names: list[str]) -> None:
    assert unpack_names(pack_names(names)) == names


@given(st.dictionaries(NAMES, st.floats(-9, 9), min_size=1))
def test_weights_come_back_to_a_byte(weights: dict[str, float]) -> None:
    weights |= {"most": 9.0}
    assert unpack_weights(pack_weights(weights)) == pytest.approx(weights, abs=9 / 127)
