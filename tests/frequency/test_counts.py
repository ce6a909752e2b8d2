from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest

from cleaner.frequency import SiteCounts, read_counts
from cleaner.frequency.counts import write_counts
from cleaner.model import ConfigError

SITES = {
    "weir.example": SiteCounts(4, Counter({"swans": 4, "part a": 1})),
    "шлюз.example": SiteCounts(2, Counter({"лебеди": 2})),
}


def write(file: Path, sites: dict[str, SiteCounts]) -> Path:
    file.write_text("".join(write_counts(sites)), encoding="utf-8")
    return file


def test_a_file_gives_back_what_was_written(tmp_path: Path) -> None:
    assert read_counts([write(tmp_path / "f", SITES)]) == SITES


def test_files_are_added_up(tmp_path: Path) -> None:
    more = {"weir.example": SiteCounts(3, Counter({"swans": 3, "part b": 1}))}
    both = read_counts([write(tmp_path / "a", SITES), write(tmp_path / "b", more)])
    assert both["weir.example"] == SiteCounts(7, Counter({"swans": 7, "part a": 1, "part b": 1}))
    assert both["шлюз.example"] == SITES["шлюз.example"]


def test_joined_files_are_one(tmp_path: Path) -> None:
    one = write(tmp_path / "a", SITES)
    joined = tmp_path / "joined"
    joined.write_bytes(one.read_bytes() * 2)
    assert read_counts([joined]) == read_counts([one, one])


def test_the_most_frequent_lines_come_first(tmp_path: Path) -> None:
    lines = write(tmp_path / "f", SITES).read_text(encoding="utf-8").splitlines()
    assert json.loads(lines[1]) == {"site": "weir.example", "pages": 4, "lines": {"swans": 4, "part a": 1}}
    assert list(json.loads(lines[1])["lines"]) == ["swans", "part a"]


@pytest.mark.parametrize(
    "content", ["", "[]", "no JSON", '{"site": "a"}', '{"schema": 1}\n{"site": "a", "pages": "x"}']
)
def test_another_file_is_told(tmp_path: Path, content: str) -> None:
    file = tmp_path / "page.txt"
    file.write_text(content)
    if content:
        with pytest.raises(ConfigError, match="no file of frequencies"):
            read_counts([file])
    else:
        assert read_counts([file]) == {}


def test_another_schema_is_told(tmp_path: Path) -> None:
    (tmp_path / "f").write_text('{"schema": 9}\n')
    with pytest.raises(ConfigError, match="its schema is 9, not 1"):
        read_counts([tmp_path / "f"])


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="No such file"):
        read_counts([tmp_path / "f"])
