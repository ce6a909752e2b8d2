"""Runs after which an output might be gone, or another's: what is in the way, written over or known by halves."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path
from typing import Any

import fsspec
import pytest
from test_batch_run import STORY, files, go, kinds, reasons
from test_containers import lines
from test_distant_places import get
from test_distant_places import go as go_far
from typer.testing import CliRunner

from cleaner.batch.inputs import STATE_FOLDER
from cleaner.batch.manifest import MANIFEST, Manifest
from cleaner.batch.merging import merge
from cleaner.batch.outcome import Outcome
from cleaner.batch.parts import Part
from cleaner.batch.restoring import NotRestored, restore
from cleaner.batch.run import NOTHING_OFFERED, Run
from cleaner.batch.writing import OutputError
from cleaner.cli.app import app
from cleaner.cli.status import _told
from cleaner.model import ConfigError

RECORD = {"text": STORY}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "out"


def write(file: Path, content: str | bytes = STORY) -> None:
    """Write a file that is old enough to be known by its time."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    os.utime(file, (time.time() - 60, time.time() - 60))


def in_parts(raw: Path, out: Path, **options: Any) -> None:
    for number in (1, 2):
        go(raw, out, part=Part(number, 2), **options)


def four(raw: Path) -> None:
    for name in "abcd":
        write(raw / f"{name}.txt")


def names(out: Path) -> list[str]:
    return sorted(files(out))


def test_parts_from_before_a_whole_run_are_not_merged_into_it(raw: Path, out: Path) -> None:
    four(raw)
    in_parts(raw, out)
    merge(out)
    go(raw, out, format="json")
    with pytest.raises(ConfigError, match="run as a whole after part 1of2"):
        merge(out)
    assert names(out) == ["a.json", "b.json", "c.json", "d.json"]


def test_a_whole_run_goes_on_from_parts_that_were_never_merged(raw: Path, out: Path) -> None:
    four(raw)
    in_parts(raw, out)
    (raw / "a.txt").unlink()
    summary = go(raw, out)
    assert kinds(summary) == {"unchanged": 3}
    assert summary.leftovers == (1, 0)
    assert {type(one) for one in restore(out)} != {NotRestored}
    assert sorted(one.name for one in restore(out)) == ["a.txt", "b.txt", "c.txt", "d.txt"]
    go(raw, out, format="json", prune=True)
    assert names(out) == ["b.json", "c.json", "d.json"]
    with Manifest(out / STATE_FOLDER / MANIFEST, readonly=True) as manifest:
        assert [documents for _, _, rule, documents, *_ in manifest.weeks() if not rule] == [4 + 3]


def test_a_whole_run_waits_for_parts_at_work(raw: Path, out: Path) -> None:
    four(raw)
    in_parts(raw, out)
    with Manifest(out / STATE_FOLDER / "parts/1of2" / MANIFEST), pytest.raises(OutputError, match="another run"):
        go(raw, out)


def test_what_parts_shared_at_a_place_goes_when_a_whole_run_shares_it(raw: Path) -> None:
    four(raw)
    place = "memory://lost/out"
    fsspec.filesystem("memory").store.clear()
    for number in (1, 2):
        go_far(raw, place, "jsonl", part=Part(number, 2))
    go_far(raw, place, "jsonl")
    assert list(get(place)) == ["documents-00000.jsonl"]
    assert len(list(restore(place))) == 4


def test_a_raw_that_vanishes_while_a_run_goes_on_takes_nothing_with_it(raw: Path, out: Path) -> None:
    four(raw)
    go(raw, out)
    (raw / "a.txt").unlink()
    write(raw / "b.txt", STORY + "More.\n")

    def unmount(outcome: Outcome) -> None:
        if outcome.name == "b.txt":
            shutil.rmtree(raw)
            raw.mkdir()

    assert go(raw, out, prune=True, notice=unmount).leftovers == (0, 0)
    assert names(out) == ["a.txt", "b.txt", "c.txt", "d.txt"]


@pytest.mark.parametrize("format", ["same", "jsonl"])
def test_a_raw_that_has_nothing_to_offer_takes_nothing_away(raw: Path, out: Path, format: str) -> None:  # noqa: A002
    four(raw)
    go(raw, out, format=format)
    before = files(out)
    assert kinds(go(raw, out, format=format, extensions=("htlm",), prune=True)) == {"skipped": 4}
    shutil.rmtree(raw)
    write(raw / ".keep")
    (raw / "broken").symlink_to("nowhere")
    assert go(raw, out, format=format, prune=True).warnings == (NOTHING_OFFERED,)
    assert files(out) == before


def test_a_part_without_inputs_knows_that_its_inputs_are_gone(raw: Path, out: Path) -> None:
    four(raw)
    write(raw / "a.md")
    assert [Part(1, 2).holds(name) for name in ("a.md", "a.txt")] == [False, True]
    in_parts(raw, out)
    (raw / "a.md").unlink()
    in_parts(raw, out)
    assert merge(out, prune=True).leftovers == (0, 1)
    assert names(out) == ["a.txt", "b.txt", "c.txt", "d.txt"]


def test_files_of_a_damaged_file_of_records_stay(raw: Path, out: Path) -> None:
    write(raw / "d.jsonl", lines(RECORD, RECORD))
    go(raw, out, format="txt")
    before = files(out)
    write(raw / "d.jsonl", "{broken\n")
    assert go(raw, out, format="txt").leftovers == (1, 0)
    assert files(out) == before
    write(raw / "d.jsonl", lines(RECORD))
    assert go(raw, out, format="txt").leftovers == (0, 0)
    assert names(out) == ["d.jsonl/0000001.txt"]


def test_what_is_in_quarantine_now_can_be_restored(raw: Path, out: Path) -> None:
    write(raw / "a.txt")
    go(raw, out)
    write(raw / "a.txt", "RAISE")
    for _ in range(2):
        go(raw, out)
        assert [(one.name, getattr(one, "content", None)) for one in restore(out)] == [("a.txt", STORY.encode())]
    go(raw, out, prune=True)
    assert list(restore(out)) == []


def test_the_notes_count_what_is_there(raw: Path, out: Path) -> None:
    four(raw)
    go(raw, out)
    (raw / "a.txt").unlink()
    go(raw, out)
    with Manifest(out / STATE_FOLDER / MANIFEST, readonly=True) as manifest:
        told = _told(manifest, 10)
    assert (told["documents"], told["left_over"]) == ({"cleaned": 3}, ["a.txt"])
    assert told["run"]["inputs_done"] == 3  # it is done with what is as it was, too


def test_a_file_and_a_folder_may_change_places(raw: Path, out: Path) -> None:
    write(raw / "a.txt")
    write(raw / "b.txt/deep/c.txt")
    write(raw / "d.jsonl/x.txt")
    write(raw / "z.txt")
    go(raw, out)
    before = files(out)
    for name in ("b.txt", "d.jsonl"):
        shutil.rmtree(raw / name)
    (raw / "a.txt").unlink()
    write(raw / "a.txt/x.txt")
    write(raw / "b.txt")
    write(raw / "d.jsonl", lines(RECORD))
    summary = go(raw, out)
    assert reasons(summary) == dict.fromkeys(["a.txt/x.txt", "b.txt", "d.jsonl"], "not writable")
    assert files(out) == before
    assert go(raw, out, prune=True).leftovers == (0, 3)
    assert kinds(go(raw, out)) == {"cleaned": 3, "unchanged": 1}
    assert names(out) == ["a.txt/x.txt", "b.txt", "d.jsonl", "z.txt"]


def test_files_that_pages_share_have_names_of_their_own(raw: Path, out: Path) -> None:
    write(raw / "a.txt")
    write(raw / "documents-00000.jsonl", lines(RECORD, RECORD))
    write(raw / "sub/documents-00000.jsonl", lines(RECORD))
    go(raw, out, format="jsonl")
    made = {name: content.count(b"\n") for name, content in files(out).items()}
    assert made == {
        "documents-00000.jsonl": 1,
        "documents-00000.jsonl.jsonl": 2,
        "sub/documents-00000.jsonl": 1,
    }
    go(raw, out)
    assert names(out) == ["a.txt", "documents-00000.jsonl", "sub/documents-00000.jsonl"]


def test_sidecars_go_with_the_option(raw: Path, out: Path) -> None:
    write(raw / "a.txt")
    write(raw / "d.jsonl", lines(RECORD))
    go(raw, out, format="txt", meta=True)
    assert names(out) == ["a.txt", "a.txt.meta.json", "d.jsonl/0000001.txt", "d.jsonl/0000001.txt.meta.json"]
    go(raw, out, format="txt")
    assert names(out) == ["a.txt", "d.jsonl/0000001.txt"]


def test_a_sidecar_may_have_the_name_of_what_is_left_over(raw: Path, out: Path) -> None:
    write(raw / "a.txt")
    write(raw / "a.txt.meta.json")
    go(raw, out)
    (raw / "a.txt.meta.json").unlink()
    go(raw, out)
    go(raw, out, meta=True, prune=True)
    assert names(out) == ["a.txt", "a.txt.meta.json"]
    assert kinds(go(raw, out, meta=True)) == {"unchanged": 1}


def test_a_record_may_have_the_name_of_what_is_left_over(raw: Path, out: Path) -> None:
    for name in ("z.txt", "d.jsonl/0000001.txt", "d.jsonl/0000009.txt"):
        write(raw / name)
    go(raw, out, format="txt")
    shutil.rmtree(raw / "d.jsonl")
    write(raw / "d.jsonl", lines(RECORD, RECORD))
    go(raw, out, format="txt", prune=True)
    assert names(out) == ["d.jsonl/0000001.txt", "d.jsonl/0000002.txt", "z.txt"]


def test_what_a_stopped_run_wrote_over_is_done_again(raw: Path, out: Path) -> None:
    write(raw / "a.html", "<p>The river rose A</p>\n")
    write(raw / "z.txt")
    go(raw, out)
    first = files(out)
    (raw / "a.html").rename(raw.parent / "away")
    write(raw / "a.txt", "The river rose B\n")
    runs: list[Run] = []
    assert go(raw, out, runs=runs, notice=lambda outcome: runs[0].stop()).interrupted
    assert files(out)["a.txt"] == b"The river rose B\n"
    (raw / "a.txt").unlink()
    (raw.parent / "away").rename(raw / "a.html")
    go(raw, out)
    assert files(out) == first


def test_json_with_meta_is_known_again(raw: Path, out: Path) -> None:
    write(raw / "a.txt")
    go(raw, out, format="json", meta=True)
    assert kinds(go(raw, out, format="json", meta=True)) == {"unchanged": 1}


def test_a_place_gets_sidecars_too(raw: Path) -> None:
    write(raw / "a.txt")
    fsspec.filesystem("memory").store.clear()
    clean = CliRunner().invoke
    assert clean(app, ["run", str(raw), "memory://sidecars/out", "--meta", "-j1", "-q"]).exit_code == 0
    assert list(get("memory://sidecars/out")) == ["a.txt", "a.txt.meta.json"]
    assert clean(app, ["run", str(raw), "memory://sidecars/out", "-j1", "-q"]).exit_code == 0
    assert list(get("memory://sidecars/out")) == ["a.txt"]


def test_merged_notes_do_not_grow(raw: Path, out: Path) -> None:
    four(raw)
    for _ in range(3):
        in_parts(raw, out, force=True)
        merge(out)
    used = {file.name for file in (out / STATE_FOLDER / "edits").iterdir()}
    with Manifest(out / STATE_FOLDER / MANIFEST, readonly=True) as manifest:
        assert used == manifest.audits()
