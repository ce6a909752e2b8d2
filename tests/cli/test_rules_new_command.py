"""``clean rules new``: where the draft goes, what is said, and what is refused."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Clean = Callable[..., Result]

ABOUT = "The Weir Echo has been set by hand since the mill closed, and its editors walk the towpath each Friday."
WHO = ("lock keeper", "diver", "miller", "piper", "ferryman", "baker", "teacher", "weaver", "carpenter", "beekeeper")
HOST = "weir-echo.example"
FILE = Path(f"rules/sites/{HOST}.toml")


def page(number: int) -> str:
    who = WHO[number]
    story = [f"In the {part} of the year the {who} lost a brass key below the bridge, and nobody has found it since."
             for part in ("spring", "summer", "winter")]  # fmt: skip
    head = ["Weir Echo", "Sluices and locks", f"The {who} and the brass key", f"By Ada {who.split()[0].title()}"]
    middle = [story[0], "Ingredients", story[1], "Rowing lessons at the weir", story[2]]
    return "\n\n".join([*head, f"{number + 3} rowers have read this", *middle, "Towpath tales", f"A {who}", ABOUT])


@pytest.fixture
def pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with ten pages of one site."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "raw"
    folder.mkdir()
    for number in range(10):
        (folder / f"{number}.txt").write_text(page(number))
    return folder


def test_a_draft_is_written_and_passes_all_checks(pages: Path, clean: Clean) -> None:
    result = clean("rules", "new", HOST, "--from", "raw")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    text = FILE.read_text()
    assert text.startswith(
        f"#:schema ../rules.schema.json\n# {HOST}: a draft by `clean rules new`, from 10 of its pages."
    )
    checked = clean("rules", "check", "--rules", "rules", "rules")
    assert checked.exit_code == 0, checked.output
    assert "error" not in checked.output
    assert clean("rules", "fmt", "--check", "rules").exit_code == 0
    assert clean("run", "raw", "out", "--rules", "rules", "--quiet").exit_code == 0
    story = page(4).split("\n\n")
    left = [line for line in Path("out/4.txt").read_text().split("\n") if line]
    assert left == [story[2], story[5], "Ingredients", story[7], story[9]]


def test_it_says_what_was_found_and_what_was_not(pages: Path, clean: Clean) -> None:
    said = clean("rules", "new", HOST, "--from", "raw").stderr
    assert said.startswith("10 pages compared\n")
    assert "\n  rule " in said
    assert "\n  byline " in said
    assert "\nPages without an address are recognised by\n  Weir Echo\n" in said
    assert (
        "\nLeft out as unsure\n  “Ingredients” (on 10 pages): recurs between paragraphs, but may be a subheading"
        in said
    )
    assert f"\n{FILE} is written: a draft" in said
    assert (
        f" --rules rules  # what it takes, and why\n  clean rules check {FILE}\n  clean rules mutate {FILE} --add"
        in said
    )
    assert "clean rules schema > rules/rules.schema.json" in said


def test_a_dry_run_writes_to_stdout_alone(pages: Path, clean: Clean) -> None:
    result = clean("rules", "new", HOST, "--from", "raw", "--dry-run")
    assert result.stdout.startswith("#:schema ")
    assert result.stderr.endswith("Nothing was written.\n")
    assert not Path("rules").exists()
    clean("rules", "new", HOST, "--from", "raw")
    assert FILE.read_text() == result.stdout


def test_the_file_goes_to_the_folder_of_rules_that_is_named(pages: Path, clean: Clean) -> None:
    Path("clean.toml").write_text('rules = ["own"]\n')
    Path("own").mkdir()
    assert clean("rules", "new", HOST, "--from", "raw").exit_code == 0
    assert Path(f"own/sites/{HOST}.toml").is_file()
    Path("mine").mkdir()
    assert clean("rules", "new", f"www.{HOST}", "--from", "raw", "--rules", "mine").exit_code == 0
    assert Path(f"mine/sites/{HOST}.toml").read_text() == Path(f"own/sites/{HOST}.toml").read_text()


def test_a_file_in_another_folder_is_no_hindrance(pages: Path, clean: Clean) -> None:
    assert clean("rules", "new", HOST, "--from", "raw").exit_code == 0
    result = clean("rules", "new", HOST, "--from", "raw", "--rules", "mine")
    assert result.exit_code == 0, result.output
    assert Path(f"mine/sites/{HOST}.toml").read_text() == FILE.read_text()


def test_records_of_the_site_are_taken_from_files_of_many(pages: Path, clean: Clean) -> None:
    records = [{"body": page(number), "address": f"https://www.{HOST}/{number}"} for number in range(10)]
    records += [{"body": f"Another story of another site, number {number}.", "address": "https://other.example/"}
                for number in range(30)]  # fmt: skip
    lines = "".join(json.dumps(record) + "\n" for record in records)
    Path("crawl.jsonl.gz").write_bytes(gzip.compress((lines + "{broken\n").encode()))
    clean("rules", "new", HOST, "--from", "raw")
    alone = FILE.read_text()
    result = clean(
        "rules", "new", HOST, "--from", "crawl.jsonl.gz", "--text-field", "body", "--url-field", "address", "--force"
    )
    assert result.exit_code == 0, result.output
    assert result.stderr.startswith("10 pages compared (1 passed over")
    assert FILE.read_text() == alone


def test_of_many_pages_some_are_drawn_the_same_every_time(
    pages: Path, clean: Clean, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.cli.rules.new.MOST_PAGES", 6)
    first, second = (clean("rules", "new", HOST, "--from", "raw", "--dry-run") for _ in range(2))
    assert first.stderr.startswith("6 pages compared")
    assert first.stdout == second.stdout


def test_a_file_that_is_there_is_not_written_over_unasked(pages: Path, clean: Clean) -> None:
    clean("rules", "new", HOST, "--from", "raw")
    text = FILE.read_text()
    FILE.write_text(text + "# mine\n")
    refused = clean("rules", "new", HOST, "--from", "raw")
    assert refused.exit_code == 2
    assert refused.stderr == f"clean: {FILE} is there already; --force writes over it\n"
    assert FILE.read_text().endswith("# mine\n")
    assert clean("rules", "new", HOST, "--from", "raw", "--force").exit_code == 0
    assert FILE.read_text() == text
    FILE.rename("rules/elsewhere.toml")
    beside = clean("rules", "new", HOST, "--from", "raw", "--force")
    assert beside.stderr == f"clean: rules/elsewhere.toml has the id {HOST} already; remove it first, or add to it\n"


def test_built_in_rules_are_replaced_only_when_asked(pages: Path, clean: Clean) -> None:
    refused = clean("rules", "new", "anews.az", "--from", "raw")
    assert "anews.az has rules already (clean rules show anews.az); --force puts yours in their place" in refused.stderr
    assert clean("rules", "new", "anews.az", "--from", "raw", "--force").exit_code == 0
    assert clean("rules", "check", "rules").exit_code == 0


@pytest.mark.parametrize(
    ("host", "raw", "said"),
    [
        (HOST, "nowhere", "nowhere: no such folder or file"),
        (HOST, "empty", f"no page of {HOST} in empty"),
        (HOST, "raw/0.txt", f"{HOST}: 1 page with an article of its own, of 1; a draft needs 3"),
        ("https://weir-echo.example/news", "raw", "is no host, such as news.example.com; weir-echo.example would be"),
        ("weir echo", "raw", "'weir echo' is no host"),
        ("co.uk", "raw", "co.uk is no site: anyone can have one below it"),
        ("blogspot.com", "raw", "blogspot.com is no site"),
    ],
)
def test_what_makes_no_draft_is_said_in_one_line(pages: Path, clean: Clean, host: str, raw: str, said: str) -> None:
    Path("empty").mkdir()
    result = clean("rules", "new", host, "--from", raw)
    assert result.exit_code == 2
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not Path("rules").exists()


def test_a_draft_that_is_not_in_force_is_found_by_what_tests_it(pages: Path, clean: Clean) -> None:
    clean("rules", "new", HOST, "--from", "raw")
    for command in ("test", "mutate"):
        result = clean("rules", command, HOST)
        assert result.exit_code == 2
        assert f"{FILE} is not among the rules in force: add --rules rules" in result.stderr
    assert clean("rules", "test", HOST, "--rules", "rules").exit_code == 0
