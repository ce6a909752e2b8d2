"""``clean rules import ftr``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Clean = Callable[..., Result]

SITE = """\
title: //h1[@class='headline']
body: //div[@id='story']
strip_id_or_class: share
strip: //p[contains(., 'Read more')]
prune: no
"""
FILE = Path("weir-post.example.txt")
TARGET = Path("own/sites/weir-post.example.toml")


@pytest.fixture
def here(raw: Path) -> None:
    FILE.write_text(SITE)


def test_a_rule_file_is_written(clean: Clean, here: None) -> None:
    result = clean("rules", "import", "ftr", FILE)
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.splitlines() == [
        f"{FILE} -> {TARGET}: 3 of 5 directives turned over, 1 with nothing to do, 1 without counterpart",
        "Without counterpart:",
        "  line 4: strip: //p[contains(., 'Read more')]",
        "    it looks at text, and selectors do not; a rule for lines does",
    ]
    assert clean("rules", "fmt", TARGET, "--check").exit_code == 0
    checked = clean("rules", "check", TARGET).stdout.splitlines()
    assert len(checked) == 3
    assert all(line.endswith("no example shows what it does") for line in checked)


def test_a_file_that_is_there_is_left_alone(clean: Clean, here: None) -> None:
    TARGET.parent.mkdir()
    TARGET.write_text("mine")
    result = clean("rules", "import", "ftr", FILE)
    assert (result.exit_code, result.stderr) == (2, f"clean: {TARGET} is there already; --force writes over it\n")
    assert TARGET.read_text() == "mine"
    assert clean("rules", "import", "ftr", FILE, "--force").exit_code == 0
    assert "div#story" in TARGET.read_text()


def test_a_dry_run_writes_to_stdout(clean: Clean, here: None) -> None:
    result = clean("rules", "import", "ftr", FILE, "--dry-run", "--rules", "elsewhere")
    assert result.exit_code == 0
    assert result.stdout.startswith("#:schema ../rules.schema.json\n\n# weir-post.example, from the FTR site file")
    assert not Path("elsewhere").exists()
    assert not TARGET.exists()


def test_a_folder_of_site_files_is_summed_up(clean: Clean, here: None) -> None:
    folder = Path("theirs")
    folder.mkdir()
    FILE.rename(folder / FILE)
    (folder / ".weir-post.example.txt").write_text("tidy: no\nhttp_header(user-agent): x\n")
    (folder / "global.txt").write_text("title: //h1\n")
    (folder / "mill.example.txt").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    (folder / "goat.example.txt").write_bytes("body: //div[@class='größe']".encode("latin-1"))
    result = clean("rules", "import", "ftr", folder, "--rules", "new")
    assert result.exit_code == 2
    assert sorted(path.name for path in Path("new").rglob("*.toml")) == ["goat.example.toml", "weir-post.example.toml"]
    assert 'div[class="größe"]' in Path("new/sites/goat.example.toml").read_text("utf-8")
    told = result.stderr.splitlines()
    assert ".weir-post.example.txt: nothing was written, since nothing of it has a counterpart here" in told
    assert any(line.startswith("clean: global.txt: a site file is named after its host") for line in told)
    assert any(line.startswith("clean: theirs/mill.example.txt: ") for line in told)
    at = next(place for place, line in enumerate(told) if line.startswith("3 files: "))
    assert told[at] == (
        "3 files: 4 of 8 directives turned over (50%), 2 with nothing to do, 2 without counterpart; "
        "2 files not read or written"
    )
    assert told[at + 1].split(maxsplit=1)[0] == "1"


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere.example.txt"], "nowhere.example.txt: cannot be read: No such file or directory"),
        (["empty"], "empty: there is no site file in it, such as news.example.txt"),
        (["clean.toml"], "clean.toml: no FTR site file: it has no line"),
        ([FILE, "--rules", FILE], "weir-post.example.txt is a file; name a folder with --rules"),
    ],
)
def test_mistakes_are_said_in_a_line(clean: Clean, here: None, arguments: list[str], message: str) -> None:
    Path("empty").mkdir()
    result = clean("rules", "import", "ftr", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1
