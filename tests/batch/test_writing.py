"""Whole files or none, and one order whatever order things came in."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.batch.writing import InOrder, write_atomically


def test_a_file_is_replaced_as_a_whole(tmp_path: Path) -> None:
    target = tmp_path / "a.txt"
    for content in (b"one", b"two"):
        write_atomically(target, content, scratch=tmp_path)
        assert target.read_bytes() == content
    assert list(tmp_path.iterdir()) == [target]


def test_nothing_is_left_of_a_file_that_could_not_be_written(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        write_atomically(tmp_path / "no" / "a.txt", b"one", scratch=tmp_path)
    assert list(tmp_path.iterdir()) == []


@given(st.permutations(range(12)), st.binary(max_size=9))
def test_any_order_comes_out_in_order(order: list[int], content: bytes) -> None:
    out: list[tuple[int, bytes]] = []
    spool = InOrder(out.append)
    for number in order:
        spool.add(number, (number, content))
    spool.close()
    assert out == [(number, content) for number in range(12)]
