"""``clean learn``, and ``clean run`` with what it wrote."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

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
    assert "8 pages of 2 sites (passed over: 1 that are no text): 5 lines stand on 30% of a site's" in result.stderr
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
        (("run", "raw/other/a.txt", "out", "--two-pass"), "--two-pass compares the pages of a folder"),
    ],
)
def test_mistakes_are_told(pages: Path, clean: Clean, arguments: tuple[str, ...], message: str) -> None:
    result = clean(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
