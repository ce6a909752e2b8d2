"""``clean learn``, and ``clean run`` with what it wrote."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

from cleaner.frequency import read_counts

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

Clean = Callable[..., Result]

ABOUT = "The Weir Echo has been set by hand since the mill closed, and its editors walk the towpath each Friday."
WHO = ("lock keeper", "diver", "miller", "piper", "ferryman", "baker", "teacher")


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with seven pages of one site, and two of another."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "raw/weir-echo.example"
    folder.mkdir(parents=True)
    for number, who in enumerate(WHO):
        story = [
            f"In the {part} of the year the {who} lost a brass key below the bridge, and nobody has found it since."
            for part in ("spring", "summer", "winter")
        ]
        lines = ["Weir", "Sluices", f"{number} rowers", f"The {who} and the brass key", *story, "Towpath tales", ABOUT]
        (folder / f"{who}.txt").write_text("\n\n".join(lines))
    (tmp_path / "raw/other").mkdir()
    (tmp_path / "raw/other/a.txt").write_text("A page of another site, of which there are not enough to tell.")
    (tmp_path / "raw/other/b.bin").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + bytes(range(32)) * 20)
    return tmp_path / "raw"


def test_counts_are_written_and_used(pages: Path, clean: Clean) -> None:
    result = clean("learn", pages, "-o", "frequencies")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert "8 pages of 2 sites (passed over: 1 that are no text or cannot be read): 5 lines stand on" in result.stderr
    assert "1 site has fewer than 5 pages" in result.stderr
    assert clean("run", pages, "out", "--frequencies", "frequencies", "--scorer", "off").exit_code == 0
    text = Path("out/weir-echo.example/diver.txt").read_text()
    assert text.startswith("The diver and the brass key\n\nIn the spring")
    assert text.rstrip().endswith("nobody has found it since.")
    assert ABOUT in (pages / "weir-echo.example/diver.txt").read_text(), "raw pages are not touched"


def test_two_passes_do_both(pages: Path, clean: Clean) -> None:
    clean("learn", pages, "-o", "frequencies")
    clean("run", pages, "one", "--frequencies", "frequencies")
    result = clean("run", pages, "two", "--two-pass")
    assert result.exit_code == 0
    assert "5 lines stand on 30%" in result.stderr
    names = [path.relative_to("one") for path in Path("one").rglob("*.txt")]
    assert len(names) == 8
    assert all(Path("one", name).read_bytes() == Path("two", name).read_bytes() for name in names)


def test_two_passes_again_find_nothing_to_do(pages: Path, clean: Clean) -> None:
    clean("run", pages, "out", "--two-pass")
    assert "unchanged         8" in clean("run", pages, "out", "--two-pass").stderr
    assert "unchanged         8" in clean("retry", "out", "--jobs", 1).stderr


def test_the_counts_of_two_passes_lie_among_the_notes_where_a_retry_finds_them(pages: Path, clean: Clean) -> None:
    story = (pages / "weir-echo.example/diver.txt").read_text()
    (pages / "weir-echo.example/long.txt").write_text(story.replace("brass", "copper") + "\n" * 2000)
    result = clean("run", pages, "out", "--two-pass", "--max-size", "0.002", "--quiet")
    assert result.exit_code == 1
    clean("learn", pages, "-o", "counted", "--max-size", "0.002", "-q")
    assert Path("out/_clean/frequencies").read_bytes() == Path("counted").read_bytes()
    assert clean("retry", "out", "--max-size", "1", "--quiet").exit_code == 0
    text = Path("out/weir-echo.example/long.txt").read_text()
    assert text.startswith("The diver and the copper key\n")
    assert ABOUT not in text


def test_two_passes_that_only_look_write_nothing(pages: Path, clean: Clean) -> None:
    assert clean("run", pages, "out", "--two-pass", "--dry-run").exit_code == 0
    assert f"-{ABOUT}" in clean("run", pages, "--two-pass", "--diff").stdout
    assert not Path("out").exists()


def test_what_two_passes_wrote_below_raw_is_not_counted(pages: Path, clean: Clean) -> None:
    for _ in range(2):
        assert clean("run", pages, pages / "out", "--two-pass", "--quiet").exit_code == 0
        counts = read_counts([pages / "out/_clean/frequencies"])
        assert {site: some.pages for site, some in counts.items()} == {"other": 1, "weir-echo.example": 7}


def records_of(pages: Path) -> list[dict[str, str]]:
    files = sorted((pages / "weir-echo.example").iterdir())
    return [{"body": file.read_text(), "address": f"https://www.weir-echo.example/{file.stem}"} for file in files]


FIELDS = ("--text-field", "body", "--url-field", "address")


def test_records_are_counted_by_their_addresses(pages: Path, clean: Clean) -> None:
    clean("learn", pages, "-o", "whole", "-q")
    Path("crawl").mkdir()
    lines = [json.dumps(record) for record in records_of(pages)]
    Path("crawl/a.jsonl.gz").write_bytes(gzip.compress("\n".join([*lines[:4], "{broken"]).encode()))
    Path("crawl/b.jsonl.zst").write_bytes(zstd.compress("\n".join(lines[4:]).encode()))
    result = clean("learn", "crawl", "-o", "counted", *FIELDS)
    assert "7 pages of 1 site (passed over: 1 that are no text or cannot be read)" in result.stderr
    site = "weir-echo.example"
    assert read_counts([Path("counted")]) == {site: read_counts([Path("whole")])[site]}


def test_two_passes_over_a_file_of_records(pages: Path, clean: Clean) -> None:
    Path("crawl.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records_of(pages)))
    result = clean("run", "crawl.jsonl", "out", "--two-pass", *FIELDS)
    assert result.exit_code == 0, result.output
    texts = [json.loads(line)["body"] for line in Path("out/crawl.jsonl").read_text().splitlines()]
    assert len(texts) == 7
    assert not any(ABOUT in text for text in texts)
    assert clean("run", "crawl.jsonl", "one.jsonl", "--two-pass", *FIELDS, "-q").exit_code == 0
    assert Path("one.jsonl").read_text() == Path("out/crawl.jsonl").read_text()
    assert not Path("_clean").exists()


def test_parts_are_put_together(pages: Path, clean: Clean) -> None:
    clean("learn", pages, "-o", "whole", "--quiet")
    for number, file in enumerate(sorted((pages / "weir-echo.example").iterdir())):
        part = pages.parent / f"part-{number % 2}/weir-echo.example"
        part.mkdir(parents=True, exist_ok=True)
        file.rename(part / file.name)
    assert clean("learn", "part-0", "-o", "a", "-q").exit_code == 0
    assert clean("learn", "part-1", pages, "-o", "b", "-q").exit_code == 0
    assert clean("learn", "-o", "both", "--add", "a", "--add", "b", "-q").stderr == ""
    assert Path("both").read_bytes() == Path("whole").read_bytes()


def test_settings_name_frequencies(pages: Path, clean: Clean) -> None:
    clean("learn", pages, "-o", "frequencies", "-q")
    Path("clean.toml").write_text('frequencies = ["frequencies"]\n')
    clean("run", pages, "out", "-q")
    assert ABOUT not in Path("out/weir-echo.example/diver.txt").read_text()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("learn", "raw"), "where to? Name a file for the counts"),
        (("learn", "-o", "f"), "nothing to count"),
        (("learn", "nowhere", "-o", "f"), "nowhere: no such folder or file"),
        (("learn", "raw", "-o", "raw"), "raw: "),
        (("run", "raw", "out", "--frequencies", "nowhere"), "nowhere: No such file"),
        (("run", "raw", "out", "--frequencies", "raw/other/a.txt"), "no file of frequencies"),
        (("run", "raw/other/a.txt", "out", "--two-pass"), "--two-pass compares the pages of a site"),
        (("run", "-", "-", "--input", "jsonl", "--two-pass"), "stdin can be read only once"),
        (("run", "raw", "memory://out", "--engine", "ray", "--two-pass"), "Ray's workers cannot read them"),
        (("learn", "raw", "memory://nowhere", "-o", "f"), "memory://nowhere: nothing is there"),
    ],
)
def test_mistakes_are_told(pages: Path, clean: Clean, arguments: tuple[str, ...], message: str) -> None:
    result = clean(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
