"""What a run wrote gives the inputs back, byte for byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import stub_cleaner

from cleaner.batch.crew import Setup
from cleaner.batch.document import Output
from cleaner.batch.records import Fields
from cleaner.batch.restoring import NotRestored, Restored, restore
from cleaner.batch.run import Plan, Run
from cleaner.config import Format

INPUTS = {
    "a.txt": b"NOISE\nThe river rose.\nNOISE\n",
    "a.md": b"No line break at the end NOISE\nStill none",
    "sub/b.txt": b"\r\nLines\r\nNOISE end\r\noddly\r\n",
    "empty.txt": b"",
}


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for name, content in INPUTS.items():
        target = tmp_path / "raw" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return tmp_path / "raw"


def run(raw: Path, out: Path, **about: Any) -> Path:
    about["format"] = Format(about.get("format", "same"))
    folder = None if about["format"] in (Format.JSONL, Format.PARQUET) else out
    Run(Plan(raw, Setup(stub_cleaner.make, Output(folder, **about)), out=out)).go()
    return out


@pytest.mark.parametrize(
    "about",
    [
        {},
        {"format": "json"},
        {"format": "jsonl"},
        {"format": "parquet"},
        {"format": "md"},
        {"meta": True},
        {"format": "txt", "meta": True},
        {"format": "md", "meta": True},
    ],
)
def test_every_format_with_edits_gives_the_inputs_back(raw: Path, tmp_path: Path, about: dict[str, Any]) -> None:
    results = list(restore(run(raw, tmp_path / "out", **about)))
    assert all(isinstance(result, Restored) and result.is_exact for result in results)
    assert {result.name: result.content for result in results if isinstance(result, Restored)} == INPUTS


@pytest.mark.parametrize(
    "about", [{}, {"format": "json"}, {"meta": True}, {"format": "md"}, {"format": "md", "meta": True}]
)
def test_html_comes_back_as_its_rendered_text(tmp_path: Path, about: dict[str, Any]) -> None:
    (tmp_path / "raw/sub").mkdir(parents=True)
    (tmp_path / "raw/sub/a.html").write_text("<h2>\nNOISE\nThe *river*\n</h2>")
    out = run(tmp_path / "raw", tmp_path / "out", **about)
    wanted = Restored("sub/a.html.txt", b"\nNOISE\nThe *river*\n", is_exact=False, is_rendered=True)
    assert list(restore(out)) == [wanted]
    (file,) = (file for file in (out / "sub").iterdir() if not file.name.endswith(".meta.json"))
    assert list(restore(file)) == [wanted]


def test_a_text_is_restored_by_its_sidecar(raw: Path, tmp_path: Path) -> None:
    out = run(raw, tmp_path / "out", meta=True)
    (result,) = restore(out / "a.txt")
    assert result == Restored("a.txt", INPUTS["a.txt"], True)


def test_a_text_that_was_changed_is_not_restored(raw: Path, tmp_path: Path) -> None:
    out = run(raw, tmp_path / "out", meta=True)
    (out / "a.txt").write_text("Somebody's own words")
    (result,) = restore(out / "a.txt")
    assert isinstance(result, NotRestored)
    assert "a.txt was changed since" in result.why


def test_a_file_without_documents_has_nothing_to_restore(tmp_path: Path) -> None:
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/empty.jsonl").write_text("")
    assert list(restore(run(tmp_path / "raw", tmp_path / "out"))) == []


def test_pages_beside_records_whose_text_has_another_name(raw: Path, tmp_path: Path) -> None:
    (raw / "docs.jsonl").write_text('{"body": "NOISE\\nThe river rose."}\n')
    output = Output(None, format=Format.JSONL, fields=Fields(text="body"))
    Run(Plan(raw, Setup(stub_cleaner.make, output), out=tmp_path / "out", settings={"text_field": "body"})).go()
    restored = {one.name: one.content for one in restore(tmp_path / "out") if isinstance(one, Restored)}
    assert restored == {**INPUTS, "docs.jsonl/0000001.txt": b"NOISE\nThe river rose."}


def test_a_page_with_a_name_like_that_of_a_record_is_itself(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    raw.mkdir()
    contents = {"a": b"NOISE\nThe river rose.\n", "a#1": b"NOISE\nIt fell again.\n"}
    for content in (b"Another story.", contents["a#1"]):
        for name in contents:
            (raw / name).write_bytes({**contents, "a#1": content}[name])
        run(raw, tmp_path / "out")
    assert {one.name: one.content for one in restore(tmp_path / "out") if isinstance(one, Restored)} == contents
    assert not [one for one in restore(tmp_path / "out") if isinstance(one, NotRestored)]


def record(**fields: Any) -> str:
    return json.dumps({"text": "x", "edits": [], "path": "x.txt", **fields})


@pytest.mark.parametrize("path", ["../x.txt", "/x.txt", "a/../../x", ""])
def test_a_path_does_not_lead_out_of_the_folder(tmp_path: Path, path: str) -> None:
    (tmp_path / "x.json").write_text(record(path=path))
    (result,) = restore(tmp_path / "x.json")
    assert isinstance(result, NotRestored)
    assert "leads out" in result.why


@pytest.mark.parametrize("content", ["", "[]", "{", "{}", '{"text": 1}', "\x00"])
def test_something_else_is_not_restored(tmp_path: Path, content: str) -> None:
    (tmp_path / "x.json").write_text(content)
    (result,) = restore(tmp_path)
    assert isinstance(result, NotRestored)
    assert "not a record" in result.why


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "cp1251"])
def test_other_encodings_come_back_as_they_were(tmp_path: Path, encoding: str) -> None:
    import hashlib

    content = "Река поднялась".encode(encoding)
    codec = {"utf-8-sig": "utf-8", "utf-16": "utf-16-le"}.get(encoding, encoding)
    (tmp_path / "x.json").write_text(
        record(text="Река поднялась", encoding=codec, sha256=hashlib.sha256(content).hexdigest())
    )
    assert list(restore(tmp_path / "x.json")) == [Restored("x.txt", content, True)]


def test_bytes_that_nobody_can_know_come_back_as_text(tmp_path: Path) -> None:
    (tmp_path / "x.json").write_text(record(text="Река", sha256="0"))
    assert list(restore(tmp_path / "x.json")) == [Restored("x.txt", "Река".encode(), False)]
