"""Files of many documents: read, cleaned and written record by record, and known again."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import stub_cleaner
from fastwarc.warc import ArchiveIterator
from test_batch_run import CLEAN, STORY, files, go, kinds, reasons

from cleaner.batch.compression import DamagedError, packed, unpacked
from cleaner.batch.merging import merge
from cleaner.batch.parts import Part, part_of
from cleaner.batch.records import Fields
from cleaner.batch.restoring import Restored, restore
from cleaner.config import Compression, Container
from cleaner.model import ConfigError

RECORDS = [
    {"id": "a", "url": "https://one.example/1", "text": STORY, "tags": ["x", 1, None], "deep": {"er": 1.5}},
    {"id": "../../b", "html": "<html><h2>\nNOISE menu\nThe river # rose.\n</h2></html>", "n": 7},
    {"id": 3, "text": "Nothing to remove.\n", "clean": "a field of theirs"},
]


def lines(*records: object) -> bytes:
    return b"".join(json.dumps(record).encode() + b"\n" for record in records)


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    (tmp_path / "raw").mkdir()
    return tmp_path / "raw"


def read(content: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in content.splitlines()]


def age(folder: Path) -> None:
    """Let all files be old enough to be known by their times."""
    for file in folder.rglob("*"):
        os.utime(file, (time.time() - 60, time.time() - 60))


@pytest.mark.parametrize(
    ("suffix", "pack"), [("", bytes), (".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)]
)
def test_json_lines_keep_their_fields_and_their_compression(raw: Path, tmp_path: Path, suffix: str, pack: Any) -> None:
    (raw / f"docs.jsonl{suffix}").write_bytes(pack(lines(*RECORDS)))
    assert kinds(go(raw, tmp_path / "out")) == {"cleaned": 3}
    compression = Compression(suffix[1:] or "none")
    with unpacked((tmp_path / f"out/docs.jsonl{suffix}").open("rb"), compression) as file:
        first, second, third = read(file.read())
    assert first["text"] == CLEAN
    assert (first["tags"], first["deep"], first["id"]) == (["x", 1, None], {"er": 1.5}, "a")
    assert (first["clean"]["site"], first["clean"]["title"], first["clean"]["removed"]) == (
        "one.example",
        "A title",
        11,
    )
    assert second["text"] == "\nThe river # rose.\n"
    assert "html" not in second
    assert third["text"] == RECORDS[2]["text"]


def test_zstd_is_read_and_written(raw: Path, tmp_path: Path) -> None:
    held = io.BytesIO()
    with packed(held, Compression.ZSTD) as file:
        file.write(lines(*RECORDS))
    (raw / "docs.jsonl.zst").write_bytes(held.getvalue())
    go(raw, tmp_path / "out")
    with unpacked((tmp_path / "out/docs.jsonl.zst").open("rb"), Compression.ZSTD) as file:
        assert len(read(file.read())) == 3


def test_fields_have_the_names_that_they_have(raw: Path, tmp_path: Path) -> None:
    (raw / "docs.jsonl").write_bytes(lines({"body": STORY, "link": "https://two.example/", "text": "not this"}))
    go(raw, tmp_path / "out", fields=Fields(text="body", url="link"))
    (record,) = read(files(tmp_path / "out")["docs.jsonl"])
    assert (record["body"], record["text"], record["clean"]["site"]) == (CLEAN, "not this", "two.example")


def table(path: Path) -> pa.Table:
    return pq.read_table(path)


def test_parquet_keeps_its_columns_and_their_types(raw: Path, tmp_path: Path) -> None:
    columns = {
        "when": pa.array([1, 2, 3], pa.timestamp("us")),
        "text": [STORY, STORY, None],
        "price": pa.array([1, 2, 3], pa.decimal128(5, 2)),
    }
    pq.write_table(pa.table(columns), raw / "docs.parquet", row_group_size=2)
    assert kinds(go(raw, tmp_path / "out")) == {"cleaned": 2, "quarantined": 1}
    made = table(tmp_path / "out/docs.parquet")
    assert made.column_names == ["when", "text", "price", "clean"]
    assert made.schema.field("when").type == pa.timestamp("us")
    assert made.column("text").to_pylist() == [CLEAN, CLEAN]
    assert made.column("clean")[0].as_py()["removed"] == 11


@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_every_kind_becomes_every_other(raw: Path, tmp_path: Path, format: str) -> None:  # noqa: A002
    (raw / "a.jsonl").write_bytes(lines(*RECORDS))
    pq.write_table(pa.table({"text": [STORY], "k": [1]}), raw / "b.parquet")
    (raw / "c.txt").write_text(STORY)
    (raw / "d.warc").write_bytes(archive(response("https://one.example/", "text/html; charset=cp1252", b"<p>\x80")))
    assert kinds(go(raw, tmp_path / "out", format=format)) == {"cleaned": 6}
    names = [f"a.{format}", f"b.{format}", f"d.{format}", f"documents-00000.{format}"]
    assert list(files(tmp_path / "out")) == names
    if format == "parquet":
        records = [row for name in names for row in table(tmp_path / "out" / name).to_pylist()]
    else:
        records = [row for content in files(tmp_path / "out").values() for row in read(content)]
    texts = [record["text"] for record in records]
    assert texts == [CLEAN, "\nThe river # rose.\n", "Nothing to remove.\n", CLEAN, "€", CLEAN]


def test_records_become_files_whose_names_lead_nowhere_else(raw: Path, tmp_path: Path) -> None:
    (raw / "docs.jsonl").write_bytes(lines(*RECORDS, {"id": "/etc/x\0y" * 99, "text": STORY}))
    assert kinds(go(raw, tmp_path / "out", format="txt")) == {"cleaned": 4}
    names = list(files(tmp_path / "out"))
    assert names[:3] == ["docs.jsonl/0000001-a.txt", "docs.jsonl/0000002-b.txt", "docs.jsonl/0000003-3.txt"]
    assert names[3].startswith("docs.jsonl/0000004-etc-x-y")
    assert len(names[3]) < 100


def archive(*records: bytes) -> bytes:
    return b"".join(records)


def record_of(kind: str, url: str, body: bytes, mime: str = "application/http; msgtype=response") -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: {url}\r\n"
    head += f"WARC-Date: 2024-01-01T00:00:00Z\r\nContent-Type: {mime}\r\nContent-Length: {len(body)}\r\n\r\n"
    return head.encode() + body + b"\r\n\r\n"


def response(url: str, mime: str, body: bytes, status: str = "200 OK", more: str = "") -> bytes:
    http = f"HTTP/1.1 {status}\r\nContent-Type: {mime}\r\n{more}Content-Length: {len(body)}\r\n\r\n".encode()
    return record_of("response", url, http + body)


def test_archives_give_pages_with_their_charset_and_address(raw: Path, tmp_path: Path) -> None:
    packed_body = gzip.compress(STORY.encode())
    content = archive(
        record_of("warcinfo", "", b"x", "application/warc-fields"),
        record_of("request", "https://one.example/", b"GET / HTTP/1.1\r\n\r\n"),
        response("https://one.example/a", "text/html; charset=windows-1251", "<p>Река".encode("cp1251")),
        response("https://one.example/i.png", "image/png", b"\x89PNG"),
        response("https://one.example/gone", "text/html", b"<p>no", "404 Not Found"),
        response("https://one.example/z", "text/plain", packed_body, more="Content-Encoding: gzip\r\n"),
    )
    (raw / "crawl.warc.gz").write_bytes(gzip.compress(content))
    (raw / "crawl.warc.wet").write_bytes(record_of("conversion", "https://two.example/", STORY.encode(), "text/plain"))
    summary = go(raw, tmp_path / "out")
    assert kinds(summary) == {"cleaned": 3, "skipped": 2}
    assert set(reasons(summary).values()) == {"no page", "not text"}
    assert len(list(ArchiveIterator(io.BytesIO(content)))) == 6
    first, second = read(gzip.decompress(files(tmp_path / "out")["crawl.jsonl.gz"]))
    assert (first["text"], first["url"], first["clean"]["site"]) == ("Река", "https://one.example/a", "one.example")
    assert second["text"] == CLEAN
    (wet,) = read(files(tmp_path / "out")["crawl.jsonl"])
    assert (wet["text"], wet["clean"]["site"]) == (CLEAN, "two.example")


def test_what_did_not_change_is_not_done_again(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (raw / "a.jsonl").write_bytes(lines(*RECORDS, "no object"))
    pq.write_table(pa.table({"text": [STORY]}), raw / "b.parquet")
    first = kinds(go(raw, out))
    assert first == {"cleaned": 4, "quarantined": 1}
    for _ in range(2):
        summary = go(raw, out)
        assert kinds(summary) == {"unchanged": 4, "quarantined": 1}
        assert reasons(summary) == {"a.jsonl#4": "cannot be cleaned"}
        age(raw)
    assert json.loads((out / "_clean/left_out.jsonl").read_text())["path"] == "a.jsonl#4"
    (out / "b.parquet").unlink()
    assert kinds(go(raw, out)) == {"unchanged": 3, "cleaned": 1, "quarantined": 1}
    (raw / "b.parquet").unlink()
    (raw / "a.jsonl").write_bytes(lines(RECORDS[0]))
    assert kinds(go(raw, out)) == {"cleaned": 1}
    assert kinds(go(raw, out, make=stub_cleaner.make_with_a_rule_for_others)) == {"unchanged": 1}
    assert kinds(go(raw, out, make=stub_cleaner.make_with_other_rules)) == {"cleaned": 1}


def test_only_documents_of_a_changed_rule_are_done_again(raw: Path, tmp_path: Path) -> None:
    for name in "abc":
        (raw / f"{name}.txt").write_text(STORY)
    age(raw)
    out = tmp_path / "out"
    go(raw, out)
    assert kinds(go(raw, out, make=stub_cleaner.make_with_a_rule_for_others)) == {"unchanged": 3}
    assert kinds(go(raw, out, make=stub_cleaner.make_with_other_rules)) == {"cleaned": 3}


def test_quarantined_records_are_kept_and_tried_again(raw: Path, tmp_path: Path) -> None:
    (raw / "a.jsonl").write_bytes(lines({"text": STORY}, {"text": "DIE"}, {"text": "RAISE"}) + b"{broken\n")
    (raw / "b.txt").write_text("DIE")
    age(raw)
    out = tmp_path / "out"
    for _ in range(2):
        summary = go(raw, out)
        assert summary.tally.kinds["quarantined"] == 4
    saved = {file.name: file.read_bytes() for file in (out / "_clean/quarantine").rglob("*") if file.is_file()}
    assert saved == {"2": b'{"text": "DIE"}\n', "3": b'{"text": "RAISE"}\n', "4": b"{broken\n"}
    assert [record["text"] for record in read(files(out)["a.jsonl"])] == [CLEAN]
    assert kinds(go(raw, out, retry=True)) == {"cleaned": 1, "quarantined": 4}


def test_a_damaged_file_gives_what_can_be_read_of_it(raw: Path, tmp_path: Path) -> None:
    whole = gzip.compress(lines(*[{"text": f"{number} {os.urandom(40).hex()}\n"} for number in range(3000)]))
    (raw / "cut.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    (raw / "cut.warc").write_bytes(response("https://one.example/", "text/plain", STORY.encode())[:-40])
    (raw / "none.parquet").write_bytes(b"PAR1 no, not at all PAR1")
    (raw / "none.jsonl.zst").write_bytes(b"not packed")
    summary = go(raw, tmp_path / "out")
    assert summary.tally.kinds["quarantined"] == 4
    assert 100 < summary.tally.kinds["cleaned"] < 3000
    assert set(reasons(summary).values()) == {"not readable"}
    assert list(files(tmp_path / "out")) == ["cut.jsonl.gz"]


@pytest.mark.parametrize("compression", [Compression.GZIP, Compression.ZSTD, Compression.BZIP2, Compression.XZ])
def test_a_bomb_ends_soon(compression: Compression) -> None:
    held = io.BytesIO()
    with packed(held, compression) as file:
        for _ in range(80):
            file.write(bytes(1_000_000))
    with pytest.raises(DamagedError, match="a bomb"):
        unpacked(io.BytesIO(held.getvalue()), compression).read()


def test_a_line_that_is_too_long_costs_only_itself(raw: Path, tmp_path: Path) -> None:
    (raw / "a.jsonl").write_bytes(lines({"text": STORY}, {"text": "x" * 5_000_000}, {"text": STORY}))
    summary = go(raw, tmp_path / "out")
    assert kinds(summary) == {"cleaned": 2, "quarantined": 1}
    assert reasons(summary) == {"a.jsonl#2": "larger than 1 MB"}


def test_a_pipe_of_records_is_a_filter() -> None:
    pieces: list[bytes] = []
    stream = io.BytesIO(lines(*RECORDS))
    go(stream, None, container=Container.JSONL, format="jsonl", write=pieces.append)  # type: ignore[arg-type]
    assert [record["id"] for record in read(b"".join(pieces))] == ["a", "../../b", 3]


class Pipe(io.BytesIO):
    """What can be read once only."""

    def seekable(self) -> bool:
        return False

    def seek(self, offset: int, whence: int = 0) -> int:
        raise io.UnsupportedOperation("File or stream is not seekable.")


@pytest.mark.parametrize("name", ["docs.jsonl", "docs.parquet"])
def test_a_pipe_of_records_becomes_a_file(tmp_path: Path, name: str) -> None:
    form = name.partition(".")[2]
    pipe = Pipe(lines(*RECORDS))
    summary = go(pipe, tmp_path / "out", file=name, container=Container.JSONL, format=form)  # type: ignore[arg-type]
    assert kinds(summary) == {"cleaned": 3}
    assert list(files(tmp_path / "out")) == [name]


def test_parts_add_up_to_the_whole(tmp_path: Path, raw: Path) -> None:
    for number in range(20):
        (raw / f"{number}.txt").write_text(STORY)
    (raw / "a.jsonl").write_bytes(lines(*RECORDS))
    age(raw)
    out = tmp_path / "out"
    with pytest.raises(ConfigError, match="no part was run"):
        merge(out)
    go(raw, out, part=Part(1, 2))
    with pytest.raises(ConfigError, match="1 of the parts"):
        merge(out)
    go(raw, out, part=Part(2, 2))
    assert len(merge(out).runs) == 2
    go(raw, tmp_path / "whole")
    assert files(out) == files(tmp_path / "whole")
    assert kinds(go(raw, out)) == {"unchanged": 23}
    report, whole = (json.loads((folder / "_clean/report.json").read_text()) for folder in (out, tmp_path / "whole"))
    assert report["rules"] == whole["rules"]
    assert len([one for one in restore(out) if isinstance(one, Restored)]) == 23


@pytest.mark.parametrize("meta", [False, True])
def test_files_of_records_that_are_no_more_go(raw: Path, tmp_path: Path, meta: bool) -> None:
    out = tmp_path / "out"
    for count in (3, 2, 1):
        (raw / "a.jsonl").write_bytes(lines(*RECORDS[3 - count :]))
        go(raw, out, format="txt", meta=meta)
        shutil.rmtree(tmp_path / "anew", ignore_errors=True)
        go(raw, tmp_path / "anew", format="txt", meta=meta)
        assert files(out) == files(tmp_path / "anew")


def test_another_format_takes_the_place_of_one(raw: Path, tmp_path: Path) -> None:
    (raw / "a.jsonl").write_bytes(lines(*RECORDS))
    for form in ("same", "txt", "json", "same"):
        assert kinds(go(raw, tmp_path / "out", format=form)) == {"cleaned": 3}
        go(raw, tmp_path / form, format=form)
        assert files(tmp_path / "out") == files(tmp_path / form)


def test_another_format_takes_the_place_of_one_that_was_begun(raw: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    (raw / "a.jsonl").write_bytes(lines(*RECORDS))
    for before, after in (("same", "txt"), ("txt", "same")):
        shutil.rmtree(out, ignore_errors=True)
        go(raw, out, format=before)
        notes = (out / "_clean/manifest.sqlite").read_bytes()
        go(raw, out, format=after)
        whole = files(out)
        (out / "_clean/manifest.sqlite").write_bytes(notes)  # as if it had been killed before it noted anything
        assert kinds(go(raw, out, format=after)) == {"cleaned": 3}
        assert files(out) == whole


def in_parts(raw: Path, out: Path, **options: Any) -> None:
    for number in (1, 2):
        go(raw, out, part=Part(number, 2), **options)


def paths(out: Path) -> list[str]:
    return sorted(record["path"] for content in files(out).values() for record in read(content))


def test_no_document_is_there_twice_whether_parts_or_the_whole_come_first(tmp_path: Path, raw: Path) -> None:
    names = [f"{number:02}.txt" for number in range(30)]
    for name in names:
        (raw / name).write_text(STORY)
    out = tmp_path / "out"
    for _ in range(2):
        in_parts(raw, out, format="jsonl")
        merge(out)
        assert paths(out) == names
        go(raw, out, format="jsonl")
        assert paths(out) == names
        with pytest.raises(ConfigError, match="run as a whole after part 1of2"):
            merge(out)
        assert paths(out) == names
    in_parts(raw, out, format="jsonl")
    go(raw, out, format="jsonl")  # without a merge between
    assert paths(out) == names


def test_parts_that_were_begun_anew_are_merged_anew(tmp_path: Path, raw: Path) -> None:
    out = tmp_path / "out"
    for story in (STORY, STORY + "More NOISE.\n"):
        (raw / "a.txt").write_text(story)
        in_parts(raw, out)
        merge(out)
        (restored,) = restore(out)
        assert isinstance(restored, Restored)
        assert restored.content == story.encode()
        shutil.rmtree(out / "_clean/parts")


@pytest.mark.parametrize(
    ("said", "environment", "part"),
    [
        ("3/8", {}, Part(3, 8)),
        ("auto", {"SLURM_ARRAY_TASK_ID": "5", "SLURM_ARRAY_TASK_MIN": "5", "SLURM_ARRAY_TASK_COUNT": "2"}, Part(1, 2)),
        ("auto/4", {"JOB_COMPLETION_INDEX": "3"}, Part(4, 4)),
    ],
)
def test_a_part_is_said_or_told_by_the_job_runner(said: str, environment: dict[str, str], part: Part) -> None:
    assert part_of(said, environment) == part


@pytest.mark.parametrize("said", ["0/8", "9/8", "x", "auto", "1"])
def test_a_part_that_is_none_is_refused(said: str) -> None:
    with pytest.raises(ConfigError, match="--shard"):
        part_of(said, {})
