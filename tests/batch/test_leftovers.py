"""What stays in OUT when its input is gone, and what goes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import stub_cleaner
from test_batch_run import CLEAN, STORY, files, go, kinds, raw
from test_containers import age, in_parts, lines

from cleaner.batch.inputs import STATE_FOLDER
from cleaner.batch.manifest import MANIFEST, Manifest
from cleaner.batch.merging import merge
from cleaner.batch.parts import Part
from cleaner.batch.restoring import Restored, restore
from cleaner.model import ConfigError

__all__ = ["raw"]

ALL = ["a.txt", "b.md", "sub/c.txt", "sub/d.txt"]


@pytest.fixture
def out(raw: Path, tmp_path: Path) -> Path:
    age(raw)
    go(raw, tmp_path / "out")
    return tmp_path / "out"


def names(out: Path) -> list[str]:
    return sorted(files(out))


def test_an_output_whose_input_is_gone_stays_with_its_edits(raw: Path, out: Path) -> None:
    (raw / "a.txt").unlink()
    for _ in range(2):
        summary = go(raw, out)
        assert summary.leftovers == (1, 0)
        assert names(out) == ALL
        restored = {one.name: one.content for one in restore(out) if isinstance(one, Restored)}
        assert restored["a.txt"] == STORY.encode()


def test_it_goes_when_asked_for(raw: Path, out: Path) -> None:
    (raw / "a.txt").unlink()
    assert go(raw, out, prune=True).leftovers == (0, 1)
    assert names(out) == ["b.md", "sub/c.txt", "sub/d.txt"]
    assert go(raw, out).leftovers == (0, 0)
    assert {one.name for one in restore(out)} == {"b.md", "sub/c.txt", "sub/d.txt"}


def test_it_is_known_again_when_it_is_back(raw: Path, out: Path) -> None:
    (raw / "a.txt").rename(raw.parent / "away")
    go(raw, out)
    (raw.parent / "away").rename(raw / "a.txt")
    summary = go(raw, out)
    assert kinds(summary) == {"unchanged": 4}
    assert summary.leftovers == (0, 0)


def test_one_comes_back_while_another_goes(raw: Path, out: Path) -> None:
    (raw / "a.txt").rename(raw.parent / "away")
    go(raw, out)
    (raw.parent / "away").rename(raw / "a.txt")
    (raw / "b.md").unlink()
    assert go(raw, out).leftovers == (1, 0)
    assert go(raw, out, prune=True).leftovers == (0, 1)
    assert names(out) == ["a.txt", "sub/c.txt", "sub/d.txt"]


def test_another_input_may_have_taken_its_place(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.html").write_text("<p>NOISE</p>\n<p>The river rose.</p>\n")
    go(raw, out)
    (raw / "a.html").unlink()
    (raw / "b.txt").write_text(STORY)
    assert go(raw, out).leftovers == (1, 0)
    (raw / "a.txt").write_text(STORY)
    assert go(raw, out, prune=True).leftovers == (0, 0)
    assert files(out) == {"a.txt": CLEAN.encode(), "b.txt": CLEAN.encode()}


def test_an_output_under_another_name_takes_the_place_of_the_first(raw: Path, out: Path) -> None:
    assert go(raw, out, format="json", meta=True).leftovers == (0, 0)
    assert names(out) == ["a.json", "b.json", "sub/c.json", "sub/d.json"]
    go(raw, out, meta=True)
    assert names(out) == sorted([*ALL, *(f"{name}.meta.json" for name in ALL)])
    go(raw, out, format="jsonl")
    assert names(out) == ["documents-00000.jsonl"]
    go(raw, out)
    assert names(out) == ALL


def test_an_output_of_what_is_left_out_now_stays_until_asked_for(raw: Path, out: Path) -> None:
    (raw / "a.txt").write_text("RAISE")
    (raw / "b.md").write_text("\0")
    summary = go(raw, out)
    assert kinds(summary) == {"quarantined": 1, "skipped": 1, "unchanged": 2}
    assert summary.leftovers == (2, 0)
    assert go(raw, out).leftovers == (2, 0)
    (raw / "a.txt").write_text(STORY)
    assert go(raw, out).leftovers == (1, 0)
    assert go(raw, out, prune=True).leftovers == (0, 1)
    assert names(out) == ["a.txt", "sub/c.txt", "sub/d.txt"]


def test_files_of_records_too(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "a.txt").write_text(STORY)
    (raw / "docs.jsonl").write_bytes(lines({"text": STORY}, {"text": STORY}))
    go(raw, out, format="txt")
    made = names(out)
    assert len(made) == 3
    (raw / "docs.jsonl").unlink()
    assert go(raw, out, format="txt").leftovers == (1, 0)
    assert names(out) == made
    assert go(raw, out, format="txt", prune=True).leftovers == (0, 1)
    assert names(out) == ["a.txt"]


def test_what_is_below_a_folder_that_nobody_may_read_is_not_gone(raw: Path, out: Path) -> None:
    (raw / "sub").rename(raw.parent / "away")
    (raw / "sub").symlink_to(raw / "nowhere")  # as good as a folder that cannot be read, also for root
    (raw / "a.txt").unlink()
    assert go(raw, out, prune=True).leftovers == (0, 1)
    assert names(out) == ["b.md", "sub/c.txt", "sub/d.txt"]
    (raw / "sub").unlink()
    (raw.parent / "away").rename(raw / "sub")
    assert kinds(go(raw, out)) == {"unchanged": 3}


@pytest.mark.parametrize("format", ["same", "jsonl"])
def test_a_raw_with_nothing_in_it_takes_nothing_away(raw: Path, tmp_path: Path, format: str) -> None:  # noqa: A002
    out = tmp_path / "made"
    go(raw, out, format=format)
    before = files(out)
    for file in [*raw.glob("*.*"), *raw.glob("sub/*")]:
        file.unlink()
    assert go(raw, out, format=format, prune=True).tally.inputs == 0
    assert files(out) == before


def test_a_run_that_was_stopped_takes_nothing_away(raw: Path, out: Path) -> None:
    runs: list[object] = []
    (raw / "a.txt").unlink()
    summary = go(raw, out, prune=True, runs=runs, notice=lambda outcome: runs[0].stop())  # type: ignore[attr-defined]
    assert summary.interrupted
    assert names(out) == ALL


def test_parts_leave_it_to_the_merge(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "parts"
    in_parts(raw, out)
    (raw / "a.txt").unlink()
    in_parts(raw, out)
    assert merge(out).leftovers == (1, 0)
    assert names(out) == ALL
    assert merge(out, prune=True).leftovers == (0, 1)
    assert names(out) == ["b.md", "sub/c.txt", "sub/d.txt"]
    assert merge(out).leftovers == (0, 0)


def test_what_a_whole_run_left_is_known_after_a_merge(raw: Path, out: Path) -> None:
    (raw / "a.txt").unlink()
    go(raw, out)
    (raw / "b.md").unlink()
    in_parts(raw, out)
    assert merge(out).leftovers == (2, 0)
    assert {one.name for one in restore(out) if isinstance(one, Restored)} == set(ALL)
    assert go(raw, out).leftovers == (2, 0)
    in_parts(raw, out, format="json")
    assert merge(out).leftovers == (2, 0)
    assert names(out) == ["a.txt", "b.md", "sub/c.json", "sub/d.json"]
    assert go(raw, out, format="json", prune=True).leftovers == (0, 2)
    assert names(out) == ["sub/c.json", "sub/d.json"]


def test_parts_that_were_run_otherwise_are_not_merged(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "parts"
    settings = {"max_removed": 0.5}
    go(raw, out, part=Part(1, 2), settings=settings)
    go(raw, out, part=Part(2, 2), make=stub_cleaner.make_other, settings={"max_removed": 0.7})
    with pytest.raises(ConfigError, match=r"parts 1of2 and 2of2 were run with max_removed 0\.5 and 0\.7"):
        merge(out)
    go(raw, out, part=Part(2, 2), make=stub_cleaner.make_with_other_rules, settings=settings)
    with pytest.raises(ConfigError, match="other versions of a rule file"):
        merge(out)
    go(raw, out, part=Part(2, 2), settings=settings)
    assert len(merge(out).runs) == 2


def test_weeks_of_whole_runs_outlive_a_merge_and_those_of_parts_count_once(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "parts"
    go(raw, out)
    in_parts(raw, out)
    for _ in range(2):
        merge(out)
        with Manifest(out / STATE_FOLDER / MANIFEST, readonly=True) as manifest:
            assert [documents for _, _, rule, documents, *_ in manifest.weeks() if not rule] == [8]


def test_it_is_told(raw: Path, out: Path) -> None:
    from cleaner.cli.status import _told

    (raw / "a.txt").unlink()
    (raw / "b.md").write_text("RAISE")
    go(raw, out)
    with Manifest(out / STATE_FOLDER / MANIFEST, readonly=True) as manifest:
        assert _told(manifest, 10)["left_over"] == ["a.txt", "b.md"]
        assert json.dumps(_told(manifest, 10))
