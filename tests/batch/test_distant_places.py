"""RAW and OUT at addresses: in fsspec's memory, and on a server that speaks S3."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import fsspec
import pytest
import stub_cleaner
from test_batch_run import CLEAN, STORY, kinds
from test_containers import RECORDS, lines, read
from typer.testing import CliRunner, Result

from cleaner.batch.crew import Setup
from cleaner.batch.document import Output
from cleaner.batch.merging import merge
from cleaner.batch.parts import Part
from cleaner.batch.restoring import Restored, restore
from cleaner.batch.run import Plan, Run, Summary
from cleaner.cli.app import app
from cleaner.config import Format
from cleaner.model import ConfigError


@pytest.fixture(params=["memory", "s3"])
def place(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """Give the address of an empty place."""
    if request.param == "memory":
        fsspec.filesystem("memory").store.clear()
        yield "memory://bucket"
        return
    server = pytest.importorskip("moto.server", reason="needs moto[server] and s3fs")
    pytest.importorskip("s3fs")
    running = server.ThreadedMotoServer(port=0, verbose=False)
    running.start()
    host, port = running.get_host_and_port()
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://{host}:{port}")
    fsspec.get_filesystem_class("s3").clear_instance_cache()
    fsspec.filesystem("s3").mkdir("bucket")
    yield "s3://bucket"
    fsspec.filesystem("s3").rm("bucket", recursive=True)
    running.stop()


def go(raw: str | Path, out: str | Path, format: str = "same", **options: Any) -> Summary:  # noqa: A002
    folder = out if isinstance(out, Path) else None
    about = Output(folder, format=Format(format), distant=isinstance(out, str))
    return Run(Plan(raw, Setup(stub_cleaner.make, about), out=out, **options)).go()


def put(place: str, files: dict[str, bytes]) -> None:
    system, root = fsspec.url_to_fs(place)
    for name, content in files.items():
        system.makedirs(f"{root}/{name}".rpartition("/")[0], exist_ok=True)
        system.pipe_file(f"{root}/{name}", content)


def get(place: str) -> dict[str, bytes]:
    system, root = fsspec.url_to_fs(place)
    system.invalidate_cache()
    found = {path[len(root) :].lstrip("/"): path for path in system.find(root)}
    return {name: system.cat_file(path) for name, path in found.items() if not name.startswith("_clean")}


RAW = {"a.txt": STORY.encode(), "sub/b.md": STORY.encode(), "docs.jsonl": lines(*RECORDS), ".hidden": b"x"}


def test_from_place_to_place_and_again(place: str) -> None:
    put(f"{place}/raw", RAW)
    assert kinds(go(f"{place}/raw", f"{place}/out")) == {"cleaned": 5, "skipped": 1}
    made = get(f"{place}/out")
    assert list(made) == ["a.txt", "docs.jsonl", "sub/b.md"]
    assert made["sub/b.md"] == CLEAN.encode()
    assert [record["id"] for record in read(made["docs.jsonl"])] == ["a", "../../b", 3]
    assert kinds(go(f"{place}/raw", f"{place}/out")) == {"unchanged": 5, "skipped": 1}
    put(f"{place}/raw", {"a.txt": b"New and longer than before, that is.\n"})
    assert kinds(go(f"{place}/raw", f"{place}/out")) == {"cleaned": 1, "unchanged": 4, "skipped": 1}


@pytest.mark.parametrize("format", ["jsonl", "parquet"])
def test_shared_files_go_to_a_place(place: str, tmp_path: Path, format: str) -> None:  # noqa: A002
    for name, content in RAW.items():
        target = tmp_path / "raw" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    assert kinds(go(tmp_path / "raw", f"{place}/out", format)) == {"cleaned": 5, "skipped": 1}
    assert list(get(f"{place}/out")) == [f"docs.{format}", f"documents-00000.{format}"]
    assert kinds(go(tmp_path / "raw", f"{place}/out", format)) == {"unchanged": 5, "skipped": 1}


def test_parts_at_a_place_are_merged_and_restored(place: str) -> None:
    put(f"{place}/raw", RAW)
    for number in (1, 2):
        go(f"{place}/raw", f"{place}/out", part=Part(number, 2))
    assert len(merge(f"{place}/out").runs) == 2
    assert kinds(go(f"{place}/raw", f"{place}/out")) == {"unchanged": 5, "skipped": 1}
    restored = {one.name: one.content for one in restore(f"{place}/out") if isinstance(one, Restored)}
    assert restored["sub/b.md"] == STORY.encode()
    assert len(restored) == 5
    system, root = fsspec.url_to_fs(f"{place}/raw/a.txt")
    system.rm_file(root)
    for number in (1, 2):
        go(f"{place}/raw", f"{place}/out", part=Part(number, 2))
    assert merge(f"{place}/out", prune=True).leftovers == (0, 1)
    assert list(get(f"{place}/out")) == ["docs.jsonl", "sub/b.md"]
    assert merge(f"{place}/out").leftovers == (0, 0)


def test_commands_take_addresses(tmp_path: Path) -> None:
    place = "memory://commands"
    (tmp_path / "raw").mkdir()
    (tmp_path / "raw/a.txt").write_text(STORY)
    (tmp_path / "raw/b.txt").symlink_to(tmp_path / "nowhere")

    def clean(*arguments: object) -> Result:
        return CliRunner().invoke(app, [str(argument) for argument in arguments])

    nothing = "no notes of a run are here"
    for command in ("status", "retry", "restore"):
        result = clean(command, f"{place}/out", *([tmp_path / "again"] if command == "restore" else []))
        assert result.exit_code == 2
        assert nothing in result.stderr
    assert clean("run", tmp_path / "raw", f"{place}/out", "-j1", "-q").exit_code == 1
    result = clean("status", f"{place}/out")
    assert "quarantined  1" in result.stdout
    (tmp_path / "nowhere").write_text(STORY)
    assert clean("retry", f"{place}/out", "-j1").exit_code == 0
    assert list(get(f"{place}/out")) == ["a.txt", "b.txt"]
    assert clean("restore", f"{place}/out", tmp_path / "again").exit_code == 0
    assert (tmp_path / "again/b.txt").read_text() == STORY


def test_a_place_that_is_not_there_is_told() -> None:
    with pytest.raises(ConfigError, match="nothing is there"):
        go("memory://nowhere/raw", "memory://bucket/out")
    with pytest.raises(ConfigError, match="nothing-of-the-kind"):
        go("nothing-of-the-kind://x", "memory://bucket/out")
