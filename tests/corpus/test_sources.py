"""Raw pages to learn from: what is read of folders, records and distant places, and of which site it is."""

from __future__ import annotations

import bz2
import gzip
import json
from pathlib import Path

import fsspec
import pytest

from cleaner.batch.records import Fields
from cleaner.corpus.sources import pages_in, site_of
from cleaner.model import ConfigError

PAGE = "The ferry kept its bell.\n"


def found(place: str | Path, **options: object) -> list[tuple[str, bytes | str | None]]:
    return [(page.site, page.raw) for page in pages_in(place, max_size=0.001, **options)]  # type: ignore[arg-type]


def test_files_are_read_unpacked_and_lie_where_they_lie(tmp_path: Path) -> None:
    raw = tmp_path / "raw"
    (raw / "a.example/news").mkdir(parents=True)
    (raw / "a.example/news/1.txt").write_text(PAGE)
    (raw / "a.example/2.txt.gz").write_bytes(gzip.compress(PAGE.encode()))
    (raw / "3.html.bz2").write_bytes(bz2.compress(PAGE.encode()))
    (raw / ".hidden").write_text(PAGE)
    assert found(raw) == [("raw", PAGE.encode()), ("a.example", PAGE.encode()), ("a.example", PAGE.encode())]
    assert found(raw / "a.example/2.txt.gz") == [("a.example", PAGE.encode())]
    assert found(raw, extensions=["TXT"]) == found(raw)[1:]
    assert found(raw, avoid=raw / "a.example") == found(raw)[:1]
    assert [Path(page.path).name for page in pages_in(raw, max_size=1)] == ["3.html.bz2", "2.txt.gz", "1.txt"]


def test_what_is_damaged_or_too_large_is_given_without_content(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a" * 1001)
    (tmp_path / "b.txt.gz").write_bytes(gzip.compress(b"b" * 9000))
    (tmp_path / "c.txt.gz").write_bytes(gzip.compress(b"c" * 900)[:-9])
    (tmp_path / "d.jsonl").write_text(f'{{"text": "{"d" * 1001}"}}\n[1]\n{{"body": "d"}}\n{{"text": "fine"}}\n')
    (tmp_path / "e.jsonl.gz").write_bytes(gzip.compress(b'{"text": "e"}\n')[:-9])
    assert [raw for _, raw in found(tmp_path)] == [*[None] * 6, "fine", "e", None]


def test_records_have_addresses_and_names_of_fields(tmp_path: Path) -> None:
    rows = [{"t": PAGE, "u": "https://b.example/1"}, {"h": f"<p>{PAGE}</p>", "u": None}]
    file = tmp_path / "crawl.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    pages = list(pages_in(file, max_size=1, fields=Fields(text="t", html="h", url="u")))
    assert [(page.raw, page.url) for page in pages] == [(PAGE, "https://b.example/1"), (f"<p>{PAGE}</p>", None)]
    assert [site_of(page) for page in pages] == ["b.example", tmp_path.name]


def test_rows_of_parquet_are_records_too(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    pq = pytest.importorskip("pyarrow.parquet")
    rows = [
        {"text": f"{PAGE} {number}", "url": f"https://c.example/{number}", "other": number} for number in range(600)
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "crawl.parquet")
    pages = list(pages_in(tmp_path, max_size=1))
    assert [(page.raw, page.url) for page in pages] == [(row["text"], row["url"]) for row in rows]


def test_archives_say_the_encoding_of_pages(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc")
    body = "<p>Паром сохранил колокол.</p>".encode("koi8-r")
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=koi8-r\r\n\r\n" + body
    head = (
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://d.example/1\r\n"
        "WARC-Date: 2024-05-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {len(http)}\r\n\r\n"
    )
    (tmp_path / "crawl.warc.gz").write_bytes(gzip.compress(head.encode() + http + b"\r\n\r\n"))
    [page] = pages_in(tmp_path, max_size=1)
    assert (page.raw, page.url, page.charset) == (body, "https://d.example/1", "koi8-r")


def test_distant_places_are_read_as_folders_here_are(tmp_path: Path) -> None:
    fsspec.filesystem("memory").store.clear()
    for number in range(40):
        name = f"raw/{'a.example' if number % 2 else 'b.example'}/{number:02}.txt"
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(f"{PAGE}{number}")
        fsspec.filesystem("memory").pipe_file(f"/{name}", f"{PAGE}{number}".encode())
    assert found("memory://raw") == found(tmp_path / "raw")
    assert len(found("memory://raw")) == 40
    assert found("memory://raw/a.example/01.txt") == found(tmp_path / "raw/a.example/01.txt")


def test_a_place_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such folder or file"):
        found(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="nothing is there"):
        found("memory://nowhere")
