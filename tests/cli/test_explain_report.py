"""``clean explain --html`` and ``--why``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result
from valley_post import PAGE


def test_a_report_of_a_folder(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("explain", "raw", "--html", "-o", "report.html")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    page = Path("report.html").read_text("utf-8")
    assert page.startswith("<!doctype html>")
    assert '"name":"mill.txt"' in page
    assert '"name":"news/mill.md"' in page
    assert "valley.example/frame" in page
    assert [path.name for path in Path().iterdir() if path.name.startswith(".")] == []


def test_a_report_goes_to_stdout(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("explain", "--html", "-", stdin=PAGE.encode())
    assert result.stdout.startswith("<!doctype html>")
    assert '"name":"stdin"' in result.stdout


def test_a_report_says_what_it_could_not_read_and_where_it_ends(
    clean: Callable[..., Result], raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (raw / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    monkeypatch.setattr("cleaner.cli.explain_html.MAX_DOCUMENTS", 2)
    result = clean("explain", "raw", "--html", "-o", "report.html")
    assert result.exit_code == 1
    told = result.stderr.splitlines()
    assert told[0].startswith("clean: logo.png: ")
    assert told[1:] == ["The report shows the first 2 of 3 documents"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["raw/mill.txt", "--html", "-o", "raw/mill.txt"], "raw/mill.txt: is one of the documents"),
        (["raw/mill.txt", "--html", "-o", "raw"], "raw: is a folder; name a file for the report, raw/report.html"),
        (["raw/mill.txt", "--html", "-o", "no/where.html"], "no/where.html: No such file or directory"),
        (["raw/mill.txt", "--html", "--why", "1"], "give one of them"),
        (["raw/mill.txt", "-o", "x.html"], "give --html too"),
        (["raw"], "several go into a report: --html -o report.html"),
        (["raw", "--html", "--url", "https://valley.example/"], "--url is the address of one document"),
        (["empty", "--html"], "empty: there is no file in it"),
        (["raw/mill.txt", "--why", "pigeon"], 'no line has "pigeon" in it'),
    ],
)
def test_mistakes_cost_nothing(clean: Callable[..., Result], raw: Path, arguments: list[str], message: str) -> None:
    Path("empty").mkdir()
    before = (raw / "mill.txt").read_bytes()
    result = clean("explain", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
    assert (raw / "mill.txt").read_bytes() == before


def test_why_a_line_goes(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("explain", "raw/mill.txt", "--why", "post MENU")
    assert (result.exit_code, result.stderr) == (0, "")
    lines = result.stdout.splitlines()
    assert lines[0] == "Line 1 of raw/mill.txt goes, by valley.example/frame"
    assert "zone      head, above the prose of lines 5 to 9" in lines
    assert any(line.startswith("scorer    content with probability 0.") for line in lines)
    assert any(line.startswith("> drop    valley.example/frame") for line in lines)
    assert any(line.startswith("With --skip valley.example/frame") and line.endswith("(tried).") for line in lines)
    assert "  [[keep]]" in lines


def test_why_a_line_of_html_stays(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("explain", "-", "--why", "cat may be stroked", "--scorer", "off", stdin=PAGE.encode())
    assert " stays" in result.stdout.splitlines()[0]
    assert "element   article > ul > li  (item)" in result.stdout
    assert "scorer" not in result.stdout
