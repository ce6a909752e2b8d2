"""``clean explain``, ``restore`` and ``rules``, and how soon the command is there."""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result
from valley_post import FOOTER, MENU, PAGE, RULES, STORY

from cleaner.version import __version__

START_UP = 0.15
"""Seconds of processor time that ``clean --version`` may take."""


def test_explain_shows_each_line_and_its_rule(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("explain", "raw/mill.txt")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "title     Old mill reopens as a library" in lines
    assert "  Old mill reopens as a library" in lines
    assert "- Valley Post menu  [valley.example/frame: The frame around each page.]" in lines
    assert any(line.startswith("- Valley Post footer  [valley.example/frame") for line in lines)
    assert lines[-1].startswith("2 lines gone or mended, ")
    assert result.stderr == ""


def test_explain_names_what_moved_the_scorer(clean: Callable[..., Result]) -> None:
    page = (Path(__file__).parent.parent / "samples" / "policy-digest.example" / "seed-library.txt").read_bytes()
    shown = clean("explain", "-", stdin=page).stdout
    reasons = [line for line in shown.splitlines() if "[scorer/text: content with probability 0." in line]
    assert reasons
    assert all(reason.count("(") == 3 for reason in reasons)
    assert "scorer/" not in clean("explain", "-", "--scorer", "off", stdin=page).stdout


def test_explain_reads_stdin_and_shows_mended_lines(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("explain", "-", stdin=STORY.replace("books and", "books\n\nand").encode())
    marked = [line for line in result.stdout.splitlines() if line.startswith(("-", "+"))]
    assert [line[:5] for line in marked] == ["- The", "- and", "+ The"]
    assert "  [repair/" in marked[0]
    assert marked[2].endswith("under the roof.")


def test_explain_is_coloured_on_a_terminal_and_keeps_it_safe(clean: Callable[..., Result], raw: Path) -> None:
    (raw / "mill.txt").write_text(MENU + STORY.replace("cat", "c\x9bat \x1b[2J") + FOOTER)
    result = clean("explain", "raw/mill.txt", NO_COLOR="", FORCE_COLOR="1")
    assert "\x1b[31m-\x1b[0m \x1b[31mValley Post footer" in result.stdout
    assert "\x1b[2J" not in result.stdout
    assert "\x9b" not in result.stdout


def test_explain_shows_html_as_a_reader_sees_it(clean: Callable[..., Result], raw: Path) -> None:
    Path("page.html").write_text(PAGE)
    result = clean("explain", "page.html")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "title       Old mill reopens as a library" in lines
    assert "description Nine thousand books under one roof" in lines
    assert "  - The cat may be stroked, if it agrees" in lines
    assert any(line.startswith("- Valley Post menu  [") for line in lines)
    assert any(line.startswith("- Home") and "[" in line for line in lines)
    assert "<" not in result.stdout


def test_explain_refuses_what_it_cannot_read(clean: Callable[..., Result], raw: Path) -> None:
    assert clean("explain", "nowhere").stderr == "clean: nowhere: No such file or directory\n"
    Path("logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    result = clean("explain", "logo.png")
    assert result.exit_code == 2
    assert "PNG" in result.stderr


def test_restore_gives_the_inputs_back(clean: Callable[..., Result], raw: Path) -> None:
    clean("run", "raw", "out", "--meta", "-q")
    result = clean("restore", "out", "back")
    assert (result.exit_code, result.stderr) == (0, "2 restored byte for byte\n")
    for name in ("mill.txt", "news/mill.md"):
        assert Path("back", name).read_bytes() == Path("raw", name).read_bytes()
    assert clean("restore", "out/mill.txt").stdout_bytes == Path("raw/mill.txt").read_bytes()
    again = clean("restore", "out", "back")
    assert again.exit_code == 1
    assert "back/mill.txt: exists already (--force overwrites)" in again.stderr
    assert clean("restore", "out", "back", "--force", "-q").exit_code == 0
    (Path("out") / "mill.txt").write_text("something else")
    assert clean("restore", "out/mill.txt").stderr.startswith("clean: ")


def test_restore_gives_html_back_as_rendered_text(clean: Callable[..., Result], raw: Path) -> None:
    (raw / "page.html").write_text(PAGE)
    clean("run", "raw", "out", "--meta", "-q")
    result = clean("restore", "out", "back")
    assert result.stderr == "2 restored byte for byte, and 1 as rendered text, from HTML\n"
    text = Path("back/page.html.txt").read_text()
    assert "Valley Post menu" in text
    assert "<" not in text
    one = clean("restore", "out/page.txt")
    assert one.stdout == text
    assert one.stderr == "The input was HTML: this is its rendered text\n"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["raw"], "where to?"),
        (["raw", "back"], "no edits are kept here"),
        (["raw", "raw"], "DIR is CLEANED"),
        (["raw/mill.txt"], "does not lie in a folder that clean run wrote"),
    ],
)
def test_restore_tells_mistakes(clean: Callable[..., Result], raw: Path, arguments: list[str], message: str) -> None:
    result = clean("restore", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr


def test_rules_are_listed(clean: Callable[..., Result], raw: Path) -> None:
    lines = clean("rules", "list").stdout.splitlines()
    first_words = {line.split()[0] for line in lines if line.startswith("  ")}
    assert {"generic", "anews.az", "blogger", "share-bar", "repair"} <= first_words


def test_rules_are_shown_with_what_they_are_for(clean: Callable[..., Result], raw: Path) -> None:
    shown = clean("rules", "show", "anews.az/fx-ticker").stdout
    assert 'id = "fx-ticker"' in shown
    assert "[[drop]]" in shown
    assert "[[capture]]" not in shown
    assert 'id = "anews.az"' in clean("rules", "show", "anews.az").stdout
    assert "Share bars" in clean("rules", "show", "heuristics/share-bar").stdout
    mistake = clean("rules", "show", "anews.as")
    assert mistake.exit_code == 2
    assert "did you mean 'anews.az'?" in mistake.stderr


def test_rules_are_checked(clean: Callable[..., Result], raw: Path) -> None:
    file = Path("own/valley.example.toml")
    good = clean("rules", "check", "own")
    assert good.exit_code == 0, good.stdout
    assert good.stderr.startswith("1 file, 1 rule, 1 example: ")
    file.write_text(RULES.replace("-Valley Post menu", "-Valley Post menu\n Valley Post footer"))
    bad = clean("rules", "check", file)
    assert bad.exit_code == 2
    assert f"{file}:13: error: example:" in bad.stdout
    assert "was removed by valley.example/frame" in bad.stdout
    file.write_text(RULES.replace("lines =", "liens ="))
    worse = clean("rules", "check", "own")
    assert worse.exit_code == 2
    assert f"{file}:" in worse.stdout
    assert worse.stderr.endswith(" errors\n")
    assert clean("rules", "check", "no/where").stderr == "clean: no/where: no such file or folder\n"


def test_the_version_is_there_at_once() -> None:
    command = [sys.executable, "-c", "from cleaner.cli import main; main()", "--version"]

    def seconds() -> float:
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        done = subprocess.run(command, capture_output=True, text=True, check=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        assert done.stdout == f"clean {__version__}\n"
        return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime

    assert min(seconds() for _ in range(5)) < START_UP


def test_the_command_line_imports_nothing_heavy() -> None:
    code = "import sys, cleaner.cli.app; print(*sys.modules)"
    loaded = set(
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    )
    assert not loaded & {
        "numpy",
        "rich.console",
        "regex",
        "sqlite3",
        "multiprocessing",
        "dateparser",
        "cleaner.pipeline",
    }
