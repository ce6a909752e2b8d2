"""The notes say since when each rule file says what it says."""

from __future__ import annotations

from pathlib import Path

from cleaner.batch.manifest import Manifest


def test_only_news_is_noted(tmp_path: Path) -> None:
    with Manifest(tmp_path / "m.sqlite") as manifest:
        manifest.note_rule_files("2031-W01", {"a": "1", "b": "1"})
        manifest.note_rule_files("2031-W02", {"a": "1", "b": "2"})
        manifest.note_rule_files("2031-W03", {"a": "1"})
        manifest.note_rule_files("2031-W04", {"a": "1", "b": "1", "c": "1"})
        assert manifest.rule_files() == [
            ("a", "2031-W01", "1"),
            ("b", "2031-W01", "1"),
            ("b", "2031-W02", "2"),
            ("b", "2031-W04", "1"),
            ("c", "2031-W04", "1"),
        ]


def test_the_last_word_of_a_week_counts(tmp_path: Path) -> None:
    with Manifest(tmp_path / "m.sqlite") as manifest:
        manifest.note_rule_files("2031-W01", {"a": "1"})
        manifest.note_rule_files("2031-W01", {"a": "2"})
        assert manifest.rule_files() == [("a", "2031-W01", "2")]


def test_parts_are_taken_in(tmp_path: Path) -> None:
    (tmp_path / "part").mkdir()
    with Manifest(tmp_path / "m.sqlite") as whole, Manifest(tmp_path / "part/m.sqlite") as part:
        whole.note_rule_files("2031-W01", {"old": "1"})
        part.note_rule_files("2031-W02", {"a": "1"})
        whole.take_in(lambda: [part])
        assert whole.rule_files() == [("a", "2031-W02", "1"), ("old", "2031-W01", "1")]
