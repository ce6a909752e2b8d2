"""``clean rules fmt``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from typer.testing import Result
from valley_post import RULES

Clean = Callable[..., Result]
FILE = Path("own/valley.example.toml")
UNTIDY = RULES.replace("schema = 1\n", "").replace("\n\n[match]", "\nschema=1\n[match]")


def test_files_are_put_into_style(clean: Clean, raw: Path) -> None:
    fine = clean("rules", "fmt", "own")
    assert (fine.exit_code, fine.stdout, fine.stderr) == (0, "", "1 file: 0 changed\n")
    FILE.write_text(UNTIDY)
    assert clean("rules", "fmt").stderr == "1 file: 1 changed\n"
    assert FILE.read_text() == RULES


def test_a_check_changes_nothing(clean: Clean, raw: Path) -> None:
    FILE.write_text(UNTIDY)
    result = clean("rules", "fmt", FILE, "--check")
    assert result.exit_code == 1
    assert result.stdout.startswith(f"--- {FILE}\n+++ {FILE}\n")
    assert "\n+schema = 1\n" in result.stdout
    assert FILE.read_text() == UNTIDY


def test_stdin_goes_to_stdout(clean: Clean, raw: Path) -> None:
    assert clean("rules", "fmt", "-", stdin=UNTIDY.encode()).stdout == RULES


def test_what_cannot_be_read_is_a_mistake(clean: Clean, raw: Path) -> None:
    FILE.write_text("id = \n")
    broken = clean("rules", "fmt", "own")
    assert broken.exit_code == 2
    assert broken.stderr.startswith(f"clean: {FILE}: not TOML: ")
    FILE.write_bytes(b"id = '\xff'")
    assert clean("rules", "fmt", "own").stderr == f"clean: {FILE}: not UTF-8\n"
    assert "no such file" in clean("rules", "fmt", "nowhere").stderr
    Path("clean.toml").write_text("")
    assert "name rule files or folders" in clean("rules", "fmt").stderr
