"""Whole runs over folders, with a cleaner of our own: what is written, remembered and accounted for."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import stub_cleaner

from cleaner.batch.crew import Setup, WorkerError
from cleaner.batch.document import Output
from cleaner.batch.inputs import Walk
from cleaner.batch.outcome import Kind, Outcome
from cleaner.batch.process import Job, process_shard
from cleaner.batch.run import AccountingError, Plan, Run, Summary
from cleaner.batch.shards import Destination, Item, Shard
from cleaner.batch.storage import LocalInputs
from cleaner.batch.writing import OutputError
from cleaner.config import Format
from cleaner.model import CleanerError

STORY = "NOISE menu\nThe river rose in the night.\n"
CLEAN = "The river rose in the night.\n"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "sub").mkdir(parents=True)
    for name in ("a.txt", "b.md", "sub/c.txt", "sub/d.txt"):
        (folder / name).write_text(STORY)
    return folder


def go(
    raw: Path | bytes,
    out: Path | None,
    *,
    make: Any = stub_cleaner.make,
    notice: Any = None,
    runs: Any = None,
    **options: Any,
) -> Summary:
    about = {
        name: options.pop(name) for name in ("format", "meta", "links", "diff", "dry", "fields") if name in options
    }
    max_size = options.pop("max_size", 1.0)
    about["format"] = Format(about.get("format", "same"))
    folder = None if about["format"] in (Format.JSONL, Format.PARQUET) else out
    setup = Setup(make, Output(folder, **about), url=options.pop("url", None), max_size=max_size)
    run = Run(Plan(raw, setup, out=out, **options), **({"notice": notice} if notice else {}))
    if runs is not None:
        runs.append(run)
    return run.go()


def kinds(summary: Summary) -> dict[str, int]:
    assert summary.tally.adds_up
    return {str(kind): count for kind, count in summary.tally.kinds.items() if count}


def reasons(summary: Summary) -> dict[str, str]:
    return {name: reason for (_, reason), found in summary.tally.examples.items() for name, _ in found}


def files(out: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(out)): file.read_bytes()
        for file in sorted(out.rglob("*"))
        if file.is_file() and "_clean" not in file.relative_to(out).parts
    }


def test_names_are_mirrored_and_lines_go(raw: Path, tmp_path: Path) -> None:
    summary = go(raw, tmp_path / "out")
    assert kinds(summary) == {"cleaned": 4}
    assert files(tmp_path / "out") == dict.fromkeys(["a.txt", "b.md", "sub/c.txt", "sub/d.txt"], CLEAN.encode())
    assert (summary.tally.characters, summary.tally.removed) == (4 * len(STORY), 4 * len("NOISE menu\n"))
    assert summary.tally.rules == {"stub/noise": 44}
    assert summary.tally.rule_documents == {"stub/noise": 4}
    assert files(raw) == dict.fromkeys(["a.txt", "b.md", "sub/c.txt", "sub/d.txt"], STORY.encode())


def test_what_did_not_change_is_passed_over(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(raw, out)
    assert kinds(go(raw, out)) == {"unchanged": 4}
    (raw / "a.txt").write_text(STORY + "More.\n")
    (out / "sub/d.txt").unlink()
    (out / "b.md").write_text("somebody was here")
    assert kinds(go(raw, out)) == {"cleaned": 3, "unchanged": 1}
    assert files(out)["a.txt"] == (CLEAN + "More.\n").encode()
    assert kinds(go(raw, out, make=stub_cleaner.make_other)) == {"cleaned": 4}
    assert kinds(go(raw, out, make=stub_cleaner.make_other, force=True)) == {"cleaned": 4}
    assert kinds(go(raw, out, make=stub_cleaner.make_other, url="https://example.com/1")) == {"cleaned": 4}


def test_a_guard_that_tripped_is_remembered(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    (raw / "a.txt").write_text("GUARD")
    for kind in ("cleaned", "unchanged"):
        summary = go(raw, tmp_path / "out")
        assert kinds(summary) == {kind: 1}
        assert summary.tally.flags == {"guard": 1}


def test_documents_that_crash_hang_or_raise_cost_only_themselves(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(60):
        (raw / f"{number:02}.txt").write_text(STORY)
    for name, content in (("07", "DIE"), ("20", "HANG"), ("21", "DIE"), ("40", "RAISE")):
        (raw / f"{name}.txt").write_text(content)
    summary = go(raw, tmp_path / "out", jobs=2, time_limit=1.0)
    assert kinds(summary) == {"cleaned": 56, "quarantined": 4}
    assert reasons(summary) == {
        "07.txt": "its worker process died",
        "21.txt": "its worker process died",
        "20.txt": "took longer than 1 s",
        "40.txt": "error",
    }
    assert len(files(tmp_path / "out")) == 56
    assert not (tmp_path / "out/_clean/scratch").exists()
    listed = [json.loads(line) for line in (tmp_path / "out/_clean/left_out.jsonl").read_text().splitlines()]
    assert sorted(entry["path"] for entry in listed) == ["07.txt", "20.txt", "21.txt", "40.txt"]
    assert "told to" in next(entry["detail"] for entry in listed if entry["path"] == "40.txt")
    again = go(raw, tmp_path / "out", jobs=1, time_limit=1.0)
    assert kinds(again) == {"unchanged": 56, "quarantined": 4}


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_unreadable_files_and_folders_are_quarantined(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt").chmod(0)
    (raw / "sub").chmod(0)
    try:
        summary = go(raw, tmp_path / "out")
    finally:
        (raw / "sub").chmod(0o755)
    assert kinds(summary) == {"cleaned": 1, "quarantined": 2}
    assert reasons(summary) == {"a.txt": "not readable", "sub": "not readable"}


@pytest.mark.skipif(not Path("/proc/self/mem").exists(), reason="no file that even root cannot read")
def test_a_file_that_gives_an_error_is_quarantined(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt").unlink()
    (raw / "a.txt").symlink_to("/proc/self/mem")
    summary = go(raw, tmp_path / "out")
    assert kinds(summary) == {"cleaned": 3, "quarantined": 1}
    assert reasons(summary) == {"a.txt": "not readable"}


def test_every_odd_input_is_accounted_for(raw: Path, tmp_path: Path) -> None:
    (raw / "binary").write_bytes(b"\0\1\2")
    (raw / "large.txt").write_text("x" * 2_000_000)
    (raw / "empty.txt").write_text("")
    (raw / "invalid.txt").write_bytes(b"\xff\xfe\xfd")
    (raw / ".hidden").write_text("x")
    (raw / "broken").symlink_to("nowhere")
    (raw / "sub/loop").symlink_to(raw)
    os.mkfifo(raw / "pipe")
    (raw / "_clean").mkdir()
    summary = go(raw, tmp_path / "out")
    assert kinds(summary) == {"cleaned": 5, "skipped": 5, "quarantined": 3}
    assert reasons(summary) == {
        "binary": "not text",
        "large.txt": "larger than 1 MB",
        "invalid.txt": "error",
        ".hidden": "hidden",
        "broken": "broken link",
        "sub/loop": "folder loop",
        "pipe": "no file",
        "_clean": "notes of an earlier run",
    }
    assert summary.tally.flags == {"empty": 1}
    assert files(tmp_path / "out")["empty.txt"] == b""


PAGE = "<html><h2>\nNOISE menu\nThe river # rose.\n</h2></html>"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Give a folder of HTML pages, one of which has a text for a neighbour that is named alike."""
    folder = tmp_path / "raw"
    folder.mkdir()
    for name in ("a.html", "b.HTM", "b.txt", "c"):
        (folder / name).write_text(PAGE.removeprefix("<html><h2>\n") if name == "c" else PAGE)
    return folder


def test_html_becomes_text_under_a_name_of_text(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kinds(go(pages, out)) == {"cleaned": 4}
    assert sorted(files(out)) == ["a.txt", "b.HTM.txt", "b.txt", "c"]
    assert files(out)["a.txt"] == b"\nThe river # rose.\n"
    assert kinds(go(pages, out)) == {"unchanged": 4}
    (pages / "b.txt").unlink()
    assert kinds(go(pages, out)) == {"cleaned": 1, "unchanged": 2}


def test_html_becomes_markdown_with_its_structure(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert kinds(go(pages / "a.html", out, format="md")) == {"cleaned": 1}
    assert files(out) == {"a.md": b"## The river # rose.\n"}
    assert kinds(go(pages / "a.html", out, format="md", links=True)) == {"cleaned": 1}
    assert files(out) == {"a.md": b"## [The river # rose.](/story)\n"}
    assert kinds(go(pages / "a.html", out, format="md", links=True)) == {"unchanged": 1}


def test_html_as_json_has_its_blocks(pages: Path, tmp_path: Path) -> None:
    go(pages, tmp_path / "out", format="json")
    record = json.loads(files(tmp_path / "out")["a.json"])
    assert record["markup"] == "html"
    assert [block["kind"] for block in record["blocks"]] == ["heading"]
    assert "blocks" not in json.loads(files(tmp_path / "out")["c.json"])


def test_out_inside_raw_is_no_input(raw: Path) -> None:
    for kind in ("cleaned", "unchanged"):
        assert kinds(go(raw, raw / "out")) == {kind: 4}


def test_a_link_in_out_does_not_lead_to_raw_files(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "sub").symlink_to(raw / "sub")
    with pytest.raises(CleanerError, match="leads out of OUT"):
        go(raw, out)
    assert (raw / "sub/c.txt").read_text() == STORY


def test_an_output_that_cannot_be_written_is_quarantined(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "a.txt").mkdir(parents=True)
    summary = go(raw, out)
    assert kinds(summary) == {"cleaned": 3, "quarantined": 1}
    assert reasons(summary) == {"a.txt": "not writable"}


def test_extensions_choose_inputs(raw: Path, tmp_path: Path) -> None:
    summary = go(raw, tmp_path / "out", extensions=("MD",))
    assert kinds(summary) == {"cleaned": 1, "skipped": 3}
    assert files(tmp_path / "out") == {"b.md": CLEAN.encode()}


def test_json_has_the_document_and_where_it_came_from(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(raw, out, format="json")
    assert list(files(out)) == ["a.json", "b.json", "sub/c.json", "sub/d.json"]
    record = json.loads((out / "sub/c.json").read_text())
    assert record["text"] == CLEAN
    assert record["path"] == "sub/c.txt"
    assert record["edits"][0]["rule"] == "stub/noise"


def test_json_names_never_meet(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    for name in ("a.txt", "a.md", "a.txt.json", "b", "b.json", "c.json.json"):
        (raw / name).write_text(name)
    (raw / "d.txt").write_text("d.txt")
    (raw / "d.json").mkdir()
    summary = go(raw, tmp_path / "out", format="json")
    assert kinds(summary) == {"cleaned": 7}
    texts = sorted(json.loads(content)["text"] for content in files(tmp_path / "out").values())
    assert texts == sorted(["a.txt", "a.md", "a.txt.json", "b", "b.json", "c.json.json", "d.txt"])


def test_metadata_and_edits_go_beside_the_text(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(raw, out, meta=True)
    assert "a.txt.meta.json" in files(out)
    sidecar = json.loads((out / "a.txt.meta.json").read_text())
    assert "text" not in sidecar
    assert sidecar["title"] == "A title"
    assert sidecar["edits"][0]["removed"] == "NOISE menu\n"
    assert kinds(go(raw, out, meta=True)) == {"unchanged": 4}
    (out / "a.txt.meta.json").unlink()
    assert kinds(go(raw, out, meta=True)) == {"unchanged": 3, "cleaned": 1}


def test_an_input_named_like_a_sidecar_is_not_lost(raw: Path, tmp_path: Path) -> None:
    (raw / "a.txt.meta.json").write_text("x")
    summary = go(raw, tmp_path / "out", meta=True)
    assert reasons(summary) == {"a.txt.meta.json": "name taken"}
    assert kinds(summary) == {"cleaned": 4, "quarantined": 1}


def test_markdown_gets_front_matter(raw: Path, tmp_path: Path) -> None:
    go(raw, tmp_path / "out", format="md", meta=True)
    assert files(tmp_path / "out")["b.md"].decode() == f'---\ntitle: "A title"\n---\n\n{CLEAN}'


@pytest.mark.parametrize("jobs", [1, 2])
def test_json_lines_come_in_the_order_of_the_inputs(tmp_path: Path, jobs: int) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    for number in range(150):
        (raw / f"{number:03}.txt").write_text(f"NOISE {number}\nStory {number}\n")
    go(raw, out, format="jsonl", jobs=jobs)
    lines = (out / "documents-00000.jsonl").read_text().splitlines()
    assert [json.loads(line)["text"] for line in lines] == [f"Story {number}\n" for number in range(150)]
    assert not list((out / "_clean").glob("documents-*"))


def test_json_lines_of_unchanged_inputs_are_kept(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(raw, out, format="jsonl")
    first = (out / "documents-00000.jsonl").read_bytes()
    assert kinds(go(raw, out, format="jsonl")) == {"unchanged": 4}
    assert (out / "documents-00000.jsonl").read_bytes() == first
    (raw / "a.txt").unlink()
    (raw / "b.md").write_text("DIE")
    (raw / "sub/c.txt").write_text("New.\n")
    assert kinds(go(raw, out, format="jsonl")) == {"cleaned": 1, "unchanged": 1, "quarantined": 1}
    records = [json.loads(line) for line in (out / "documents-00000.jsonl").read_text().splitlines()]
    assert [(record["path"], record["text"]) for record in records] == [
        ("sub/c.txt", "New.\n"),
        ("sub/d.txt", CLEAN),
    ]


def test_json_lines_that_somebody_changed_are_made_again(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(raw, out, format="jsonl")
    whole = (out / "documents-00000.jsonl").read_bytes()
    (out / "documents-00000.jsonl").write_bytes(whole[10:])
    assert kinds(go(raw, out, format="jsonl"))["cleaned"] >= 3
    (out / "documents-00000.jsonl").unlink()
    assert kinds(go(raw, out, format="jsonl")) == {"cleaned": 4}
    assert (out / "documents-00000.jsonl").read_bytes() == whole


def stopped_after(count: int, raw: Path, out: Path, how: Any = Run.stop, **options: Any) -> Summary:
    """Stop a run after so many outcomes, as ^C does."""
    left = count

    def notice(outcome: Outcome) -> None:
        nonlocal left
        left -= 1
        if not left:
            how(runs[0])

    runs: list[Run] = []
    return go(raw, out, notice=notice, runs=runs, **options)


def many(tmp_path: Path, count: int) -> Path:
    raw = tmp_path / "raw"
    raw.mkdir()
    for number in range(count):
        (raw / f"{number:03}.txt").write_text(STORY)
    return raw


def test_a_stopped_run_keeps_what_is_done(tmp_path: Path) -> None:
    raw, out = many(tmp_path, 120), tmp_path / "out"
    first = stopped_after(30, raw, out)
    assert first.interrupted
    assert kinds(first)["cleaned"] >= 30
    second = stopped_after(70, raw, out)
    assert second.interrupted
    third = go(raw, out)
    assert kinds(third)["unchanged"] >= kinds(first)["cleaned"]
    go(raw, tmp_path / "whole")
    assert files(out) == files(tmp_path / "whole")


def test_a_run_that_finds_nothing_to_do_can_be_stopped_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleaner.batch.run.FILES_PER_SHARD", 10)
    raw, out = many(tmp_path, 40), tmp_path / "out"
    go(raw, out)
    for file in raw.iterdir():
        os.utime(file, (1_000_000_000, 1_000_000_000))
    go(raw, out)
    stopped = stopped_after(1, raw, out)
    assert stopped.interrupted
    assert kinds(stopped) == {"unchanged": 10}


def test_a_stream_keeps_nothing_of_its_documents(tmp_path: Path) -> None:
    raw = many(tmp_path, 3)
    job = Job(Setup(stub_cleaner.make, Output(None, format=Format.JSONL, audit=False)), LocalInputs(raw), None)
    items = (Item(found) for found in Walk().inputs(raw))
    result = process_shard(job, Shard("stream", items, Destination.STREAM))
    assert result.tally.kinds[Kind.CLEANED] == 3
    assert not result.rows


def interrupt(run: Run) -> None:
    raise KeyboardInterrupt


@pytest.mark.parametrize("how", [Run.stop, interrupt])
@pytest.mark.parametrize("format", ["same", "jsonl", "parquet"])
def test_an_interrupted_run_leaves_whole_files_only(tmp_path: Path, format: str, how: Any) -> None:  # noqa: A002
    raw, out = many(tmp_path, 90), tmp_path / "out"
    assert stopped_after(30, raw, out, how, format=format).interrupted
    assert not (out / "_clean/scratch").exists()
    if format != "same":
        assert not files(out)
    assert not go(raw, out, format=format).interrupted
    go(raw, tmp_path / "whole", format=format)
    assert files(out) == files(tmp_path / "whole")


def test_only_one_run_writes_to_out(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    refusals: list[object] = []

    def again(outcome: Outcome) -> None:
        if not refusals:
            with pytest.raises(OutputError, match="another run") as refusal:
                go(raw, out)
            refusals.append(refusal)

    assert kinds(go(raw, out, notice=again)) == {"cleaned": 4}
    assert refusals


def test_a_damaged_manifest_is_begun_anew(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    go(raw, out)
    (out / "_clean/manifest.sqlite").write_bytes(b"no database" * 1000)
    assert kinds(go(raw, out, dry=True)) == {"cleaned": 4}
    assert kinds(go(raw, out)) == {"cleaned": 4}
    assert kinds(go(raw, out)) == {"unchanged": 4}


def test_a_dry_run_writes_nothing(raw: Path, tmp_path: Path) -> None:
    assert kinds(go(raw, tmp_path / "out", dry=True)) == {"cleaned": 4}
    assert not (tmp_path / "out").exists()
    go(raw, tmp_path / "out")
    (raw / "a.txt").write_text("New")
    assert kinds(go(raw, tmp_path / "out", dry=True)) == {"cleaned": 1, "unchanged": 3}


def test_a_diff_goes_to_the_stream_in_order(raw: Path) -> None:
    pieces: list[bytes] = []
    go(raw, None, diff=True, write=pieces.append, jobs=2)
    heads = [line for line in b"".join(pieces).decode().splitlines() if line.startswith("---")]
    assert heads == [f"--- raw/{name}" for name in ("a.txt", "b.md", "sub/c.txt", "sub/d.txt")]


def test_one_document_comes_as_bytes(tmp_path: Path) -> None:
    pieces: list[bytes] = []
    assert kinds(go(STORY.encode(), None, write=pieces.append)) == {"cleaned": 1}
    assert pieces == [CLEAN.encode()]


def test_warnings_about_rules_come_through(raw: Path, tmp_path: Path) -> None:
    summary = go(raw, tmp_path / "out", make=stub_cleaner.make_warned, jobs=2)
    assert summary.warnings == ("rules/x.toml:3: no such verb",)
    assert kinds(summary) == {"cleaned": 4}


@pytest.mark.parametrize(
    ("make", "error"),
    [(stub_cleaner.refuse, CleanerError), (stub_cleaner.fail, WorkerError), (stub_cleaner.die, WorkerError)],
)
def test_a_worker_that_cannot_start_ends_the_run(raw: Path, tmp_path: Path, make: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        go(raw, tmp_path / "out", make=make)


def test_a_run_that_does_not_add_up_fails(raw: Path, tmp_path: Path) -> None:
    plan = Plan(raw, Setup(stub_cleaner.make, Output(tmp_path / "out")), out=tmp_path / "out")
    run = Run(plan)
    run.tally.inputs = 1
    with pytest.raises(AccountingError, match="5 inputs"):
        run.go()


def test_file_names_that_are_no_utf8_come_through(tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    name = os.fsdecode(b"caf\xe9.txt")
    (raw / name).write_text(STORY)
    assert kinds(go(raw, out, format="json")) == {"cleaned": 1}
    assert kinds(go(raw, out, format="json")) == {"unchanged": 1}
    (file,) = out.glob("*.json")
    assert json.loads(file.read_text())["path"] == name
