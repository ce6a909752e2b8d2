"""Inputs that would harm a run, of every kind that we know: each is accounted for, and costs nobody else anything."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from random import Random

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from backports import zstd
from fastwarc.warc import WarcRecord, WarcRecordType

from cleaner.batch.cleaners import CleanerOptions
from cleaner.batch.crew import Setup
from cleaner.batch.document import Output
from cleaner.batch.inputs import Input, Walk
from cleaner.batch.manifest import Known, Manifest
from cleaner.batch.outcome import Kind
from cleaner.batch.restoring import Restored, restore
from cleaner.batch.run import LEFT_OUT as LEFT_OUT_FILE
from cleaner.batch.run import Plan, Run, Summary
from cleaner.batch.storage import LocalInputs
from cleaner.config import Format
from cleaner.model import CleanerError

LIMIT = 2
"""Megabytes that a document may have here."""

STORY = (
    "The ferry stays at its pier\n\n"
    "The river rose in the night, and the ferry stayed at its pier until Monday, as the harbour master had asked.\n\n"
    "Nobody was hurt, but two boats came loose and drifted down to the mill, where children found them in the reeds.\n"
)
PAGE = f"<html><body><article><p>{STORY}</p></article></body></html>"

MANY = LIMIT * 1_000_000


def parquet(table: pa.Table) -> bytes:
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def warc(*pages: bytes, url: str = "https://reeds.example/a") -> bytes:
    sink = io.BytesIO()
    for page in pages:
        record = WarcRecord()
        record.init_headers(record_type=WarcRecordType.response)
        record.headers["WARC-Target-URI"] = url
        record.set_bytes_content(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=no-such\r\n\r\n" + page)
        record.write(sink)
    return sink.getvalue()


def documents(*texts: object) -> bytes:
    return b"".join(json.dumps({"id": number, "text": text}).encode() + b"\n" for number, text in enumerate(texts))


GOOD_ROWS = parquet(pa.table({"text": [STORY] * 20}))
GOOD_WARC = warc(*[PAGE.encode()] * 3)

SINGLE: dict[str, bytes] = {
    "empty.txt": b"",
    "nothing but NULs.txt": b"\0" * 5000,
    "nothing but line ends.txt": b"\n" * 1_000_000,
    "a line of two megabytes.txt": b"word " * (MANY // 5),
    "a word of two megabytes.txt": b"w" * MANY,
    "a line that is too long.txt": b"x" * (20 * MANY),
    "a million marks on one letter.txt": ("a" + "\u0301" * 400_000).encode(),
    "every direction.txt": ("\u202e\u2066\u202d\u200f" * 1000 + STORY).encode(),
    "control characters.txt": bytes(range(1, 32)) * 100 + STORY.encode(),
    "escape sequences.txt": b"\x1b[2J\x1b]0;title\x07" * 100 + STORY.encode(),
    "no encoding at all.txt": bytes(range(128, 256)) * 300,
    "half a character.txt": STORY.encode() + "日本"[1:].encode()[:2],
    "surrogates.txt": STORY.encode() + b"\xed\xa0\x80\xed\xb0\x80",
    "two bytes a character.txt": STORY.encode("utf-16"),
    "two bytes and an odd one.txt": STORY.encode("utf-16-le")[:-1],
    "a picture.txt": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 40,
    "a program.html": b"\x7fELF\x02\x01\x01" + b"\0" * 5000,
    "deep.html": b"<div>" * 20_000 + PAGE.encode(),
    "deep and crooked.html": b"<b><p><i><table><tr><td>" * 5000 + PAGE.encode(),
    "open tags.html": b"<" * 300_000 + PAGE.encode(),
    "an endless comment.html": b"<!--" * 200_000 + PAGE.encode(),
    "an endless attribute.html": b"<p title='" + b"x " * 500_000,
    "a hundred thousand attributes.html": b"<p "
    + b" ".join(b"a%d=1" % n for n in range(100_000))
    + b">"
    + PAGE.encode(),
    "laughs.html": b'<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "' + b"&b;" * 50 + b'">]><p>&a;' + PAGE.encode(),
    "links only.md": b"[a](b) " * 100_000,
    "brackets.md": b"[" * 200_000,
    "fences.md": b"```\n" * 50_000 + STORY.encode(),
    "tables.md": b"|" * 500_000 + b"\n|-|\n" + STORY.encode(),
    "quotes.md": b">" * 200_000 + STORY.encode(),
    "underscores.md": b"_*" * 200_000,
    "a bomb.txt.gz": gzip.compress(b"x" * (60 * MANY)),
    "a bomb.txt.bz2": bz2.compress(b"x" * (60 * MANY)),
    "a bomb.txt.xz": lzma.compress(b"x" * (60 * MANY), preset=0),
    "a bomb.txt.zst": zstd.compress(b"x" * (60 * MANY)),
    "cut off.txt.gz": gzip.compress(os.urandom(5000))[:-2000],
    "cut off.txt.zst": zstd.compress(os.urandom(5000))[:-2000],
    "not packed.txt.gz": STORY.encode(),
    "not packed.txt.xz": STORY.encode(),
    "x" * 240 + ".txt": STORY.encode(),
    "-rf.txt": STORY.encode(),
    "a\nb.txt": STORY.encode(),
    "caf\u00e9.txt": STORY.encode(),
    "cafe\u0301.txt": STORY.encode(),
    "Case.txt": STORY.encode(),
    "case.txt": STORY.encode(),
    "same.html": PAGE.encode(),
    "same.htm": PAGE.encode(),
    "same.txt": STORY.encode(),
    "same.meta.json": b"{}",
}

CONTAINERS: dict[str, bytes] = {
    "empty.jsonl": b"",
    "blank lines.jsonl": b"\n\n \n",
    "no objects.jsonl": b'1\n"two"\n[3]\nnull\n',
    "no text.jsonl": documents(None, 7, [], {}) + b'{"other": 1}\n',
    "broken lines.jsonl": b'{"text": "' + STORY.encode()[:50] + b'\n{"text"\n\xff\xfe{}\n' + documents(STORY),
    "deep.jsonl": b'{"text": ' + b"[" * 100_000 + b"\n" + documents(STORY),
    "odd numbers.jsonl": b'{"text": "a", "n": NaN, "m": 1e999, "i": ' + b"9" * 5000 + b"}\n" + documents(STORY),
    "twice the key.jsonl": b'{"text": "a", "text": "b"}\n',
    "half characters.jsonl": b'{"id": "\\ud800", "text": "\\ud800 ' + b'and so on"}\n' + documents(STORY),
    "a long line.jsonl": documents("x" * (8 * MANY)) + documents(STORY),
    "a line without an end.jsonl": b'{"text": "' + b"x" * (8 * MANY),
    "two bytes a character.jsonl": documents(STORY).decode().encode("utf-16"),
    "names of others.jsonl": b"".join(
        json.dumps({"id": one, "url": one, "text": STORY}).encode() + b"\n"
        for one in ("../../x", "/etc/passwd", "a\0b", "x" * 5000, "https://[::1", "javascript:alert(1)", "\ud800")
    ),
    "a bomb.jsonl.gz": gzip.compress(documents("x" * (60 * MANY))),
    "cut off.jsonl.gz": gzip.compress(documents(*[STORY + os.urandom(400).hex()] * 50))[:-300],
    "cut off.jsonl.zst": zstd.compress(documents(*[STORY] * 50))[:-20],
    "not packed.jsonl.gz": documents(STORY),
    "empty.parquet": b"",
    "noise.parquet": b"PAR1" + os.urandom(3000) + b"PAR1",
    "cut off.parquet": GOOD_ROWS[:-30],
    "a hole.parquet": GOOD_ROWS[:20] + b"\0" * 200 + GOOD_ROWS[220:],
    "no text.parquet": parquet(pa.table({"other": [1, 2]})),
    "numbers.parquet": parquet(pa.table({"text": [1, 2]})),
    "lists.parquet": parquet(pa.table({"text": [[STORY], []]})),
    "no rows.parquet": parquet(pa.table({"text": pa.array([], pa.string())})),
    "nothing in it.parquet": parquet(pa.table({"text": pa.array([None, ""], pa.string())})),
    "empty.warc": b"",
    "noise.warc": os.urandom(5000),
    "cut off.warc": GOOD_WARC[:-200],
    "a wrong length.warc": GOOD_WARC.replace(b"Content-Length: ", b"Content-Length: 9", 1),
    "cut off.warc.gz": gzip.compress(GOOD_WARC)[:-60],
    "no page.warc": b"WARC/1.0\r\nWARC-Type: metadata\r\nContent-Length: 3\r\n\r\nabc\r\n\r\n",
    "a large page.warc": warc(b"x" * (8 * MANY), PAGE.encode()),
    "a bad address.warc": warc(PAGE.encode(), url="https://[::1/../../" + "x" * 5000),
}

GOOD = 40
"""Documents between these that are as they should be."""


LEFT_OUT = {
    f"larger than {LIMIT} MB": [
        "a line that is too long.txt",
        "a line without an end.jsonl",
        *(f"a bomb.txt.{end}" for end in ("gz", "bz2", "xz", "zst")),
    ],
    "not text": ["nothing but NULs.txt", "a picture.txt", "a program.html", "control characters.txt"],
    "not readable": [
        *("cut off.txt.gz", "cut off.txt.zst", "not packed.txt.gz", "not packed.txt.xz"),
        *("a bomb.jsonl.gz", "not packed.jsonl.gz", "noise.warc", "cut off.warc.gz"),
        *("empty.parquet", "noise.parquet", "cut off.parquet", "a hole.parquet"),
    ],
    "cannot be cleaned": ["no objects.jsonl", "no text.parquet", "numbers.parquet", "lists.parquet"],
    "broken link": ["nowhere.txt", "itself.txt"],
    "no file": ["pipe.txt"],
    "folder loop": ["loop"],
}
"""What becomes of those that cannot be cleaned at all."""


def fill(raw: Path) -> None:
    """Write every input, and some that no file's content can be: links that lead in circles, pipes, sockets."""
    raw.mkdir()
    for name, content in {**SINGLE, **CONTAINERS}.items():
        (raw / name).write_bytes(content)
    for number in range(GOOD):
        (raw / f"good-{number:02}.txt").write_text(STORY)
    (raw / "folder.txt").mkdir()
    (raw / "loop").symlink_to(raw)
    (raw / "nowhere.txt").symlink_to(raw / "nothing")
    (raw / "itself.txt").symlink_to("itself.txt")
    os.mkfifo(raw / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as one, suppress(OSError):  # the path may be too long for it
        one.bind(str(raw / "s.txt"))
    with suppress(OSError), open(os.fsencode(raw) + b"/no utf-8 \xff.txt", "wb") as file:  # noqa: PTH123
        file.write(STORY.encode())


def go(raw: Path, out: Path, **about: object) -> Summary:
    format_ = Format(about.pop("format", "same"))
    output = Output(None if format_ in (Format.JSONL, Format.PARQUET) else out, format=format_)
    setup = Setup(CleanerOptions().make, output, max_size=LIMIT)
    return Run(Plan(raw, setup, out=out, jobs=2, **about)).go()  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "linux", reason="makes files that other systems do not have")
@pytest.mark.parametrize("format", ["same", "jsonl"])
def test_every_hostile_input_is_accounted_for(tmp_path: Path, format: str) -> None:  # noqa: A002
    raw, out = tmp_path / "raw", tmp_path / "out"
    fill(raw)
    before = {path: path.read_bytes() for path in raw.iterdir() if path.is_file()}
    summary = go(raw, out, format=format)
    kinds = summary.tally.kinds
    assert summary.tally.inputs == sum(kinds.values())
    assert not summary.interrupted
    assert not summary.warnings
    with Manifest(out / "_clean/manifest.sqlite", readonly=True) as manifest:
        known = dict(manifest.inputs())
    for line in (out / "_clean" / LEFT_OUT_FILE).read_text().splitlines():  # no row for what is no file
        about = json.loads(line)
        known.setdefault(about["path"], Known(Kind(about["outcome"]), about["reason"]))
    assert len(known) >= len(SINGLE) + len(CONTAINERS) + GOOD
    missing = {path.name for path in raw.iterdir()} - known.keys() - {"folder.txt"}
    assert not missing
    assert all(known[f"good-{number:02}.txt"].kind is Kind.CLEANED for number in range(GOOD))
    for one in known.values():
        assert (one.kind is Kind.CLEANED) or one.reason
    for reason, names in LEFT_OUT.items():
        assert {name: known[name].reason for name in names} == dict.fromkeys(names, reason)
    assert {path: path.read_bytes() for path in before} == before
    kept = [one for one in restore(out) if isinstance(one, Restored)]
    assert sum(one.name.startswith("good-") for one in kept) == GOOD
    again = go(raw, out, format=format).tally.kinds
    assert again[Kind.CLEANED] == 0, again
    assert again.total() == kinds.total()


def test_an_input_that_vanishes_meanwhile_costs_only_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "raw").mkdir()
    for name in ("a.txt", "b.txt", "c.jsonl", "d.txt"):
        (tmp_path / "raw" / name).write_text(STORY)

    def vanish(place: LocalInputs, walk: Walk) -> Iterator[Input]:
        for found in list(walk.inputs(tmp_path / "raw")):
            if found.name in ("b.txt", "c.jsonl"):
                Path(found.path).unlink()
            yield found

    monkeypatch.setattr(LocalInputs, "inputs", vanish)
    summary = go(tmp_path / "raw", tmp_path / "out")
    assert summary.tally.kinds == {Kind.CLEANED: 2, Kind.QUARANTINED: 2}
    assert summary.tally.reasons == {(Kind.QUARANTINED, "not readable"): 2}


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """Give a disk of one megabyte."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = shutil.which("mount")
    if mount is None or subprocess.run([mount, "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], check=False).returncode:
        pytest.skip("cannot mount a disk here")
    yield disk
    subprocess.run(["umount", "-l", disk], check=True)


@pytest.mark.parametrize("format", ["same", "jsonl", "parquet"])
def test_a_full_disk_ends_the_run_and_the_next_one_goes_on(small_disk: Path, tmp_path: Path, format: str) -> None:  # noqa: A002
    (tmp_path / "raw").mkdir()
    chance = Random(3)
    for number in range(400):
        (tmp_path / "raw" / f"{number:03}.txt").write_text(STORY + chance.randbytes(2500).hex() + "\n")
    with pytest.raises(CleanerError, match="No space left on device"):
        go(tmp_path / "raw", small_disk / "out", format=format)
    there = [path for path in (small_disk / "out").iterdir() if path.name != "_clean"]
    assert all(path.stat().st_size > 5000 for path in there)
    subprocess.run(["mount", "-o", "remount,size=50m", small_disk], check=True)
    kinds = go(tmp_path / "raw", small_disk / "out", format=format).tally.kinds
    assert kinds.keys() <= {Kind.CLEANED, Kind.UNCHANGED}
    assert kinds.total() == 400
