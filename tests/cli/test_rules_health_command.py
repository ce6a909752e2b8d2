"""``clean rules health``: silent when all is well, and precise when not."""

from __future__ import annotations

import datetime
import json
import shutil
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cleaner.cli.app import app

Clean = Callable[..., Result]

MANIFEST = Path("out/_clean/manifest.sqlite")
SITE = "weir-echo.example"
WHO = (
    "keeper",
    "diver",
    "miller",
    "piper",
    "ferryman",
    "baker",
    "teacher",
    "tailor",
    "smith",
    "weaver",
    "cooper",
    "mason",
)
RULES = """schema = 1
id = "weir-echo.example"

[match]
host = ["weir-echo.example"]
text = ['The Weir Echo']

# The name of the paper.
[[drop]]
id = "masthead"
where = "head"
line = 'The Weir Echo'

# The list of other stories.
[[drop]]
id = "tales"
where = "tail"
from = 'Towpath tales'
to = "end"
"""
EATER = """
# All that is told of a season.
[[drop]]
id = "seasons"
line = '.+ lost a brass key .+'
"""


def page(who: str, below: str = "") -> str:
    story = "\n\n".join(
        f"In the {part} of the year the {who} lost a brass key below the bridge, and nobody has found it since."
        for part in ("spring", "summer", "winter")
    )
    return f"The Weir Echo\n\nThe {who} and the brass key\n\n{story}\n\n{below}Towpath tales\nThe goat of the mill\n"


@pytest.fixture
def crawl(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with twelve pages of a site and with its rules."""
    monkeypatch.chdir(tmp_path)
    make(tmp_path)
    return tmp_path


def make(folder: Path) -> None:
    (folder / "own").mkdir()
    (folder / "own/weir-echo.example.toml").write_text(RULES)
    (folder / "raw").mkdir()
    for who in WHO:
        (folder / f"raw/{who}.txt").write_text(page(who))


def weeks(fired: Mapping[str, list[int]], documents: list[int], manifest: Path = MANIFEST) -> list[str]:
    """Let OUT have had such weeks, the last of which is that of the run; give their names."""
    with sqlite3.connect(manifest) as db:
        ((last,),) = db.execute("SELECT max(week) FROM weeks")
        db.execute("DELETE FROM weeks")
        monday = datetime.date.fromisocalendar(int(last[:4]), int(last[-2:]), 1)
        names = []
        for ago, of in enumerate(reversed(documents)):
            year, week, _ = (monday - datetime.timedelta(7 * ago)).isocalendar()
            names.insert(0, f"{year}-W{week:02}")
            if of:
                rows = [(names[0], SITE, "", of, 0, 1000 * of, 0)]
                counts = ((rule, each[-1 - ago]) for rule, each in fired.items())
                rows += [
                    (names[0], SITE, f"{SITE}/{rule}", count, count, 30 * count, 0) for rule, count in counts if count
                ]
                db.executemany("INSERT INTO weeks VALUES (?, ?, ?, ?, ?, ?, ?, 0)", rows)
        db.execute("UPDATE rule_files SET week = ?", (names[0],))
    db.close()
    return names


@pytest.fixture(scope="module")
def cleaned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder as ``crawl`` goes to, in which the pages were cleaned."""
    folder = tmp_path_factory.mktemp("crawl")
    make(folder)
    arguments = ["run", f"{folder}/raw", f"{folder}/out", "--rules", f"{folder}/own", "-q", "--jobs", "1"]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    return folder


@pytest.fixture
def out(cleaned: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with cleaned pages, and let OUT have had some steady weeks."""
    monkeypatch.chdir(tmp_path)
    shutil.copytree(cleaned, tmp_path, dirs_exist_ok=True)
    with sqlite3.connect(MANIFEST) as db:
        db.execute("UPDATE runs SET settings = replace(settings, ?, ?)", (str(cleaned), str(tmp_path)))
    db.close()
    weeks({"masthead": [60, 58, 61, 59, 60], "tales": [60, 60, 61, 60, 60]}, [60, 60, 61, 60, 60])
    return tmp_path / "out"


def test_it_is_silent_when_all_is_well(out: Path, clean: Clean) -> None:
    result = clean("rules", "health", "out")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_it_tells_what_it_looked_at_when_asked(out: Path, clean: Clean) -> None:
    result = clean("rules", "health", "out", "-v")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("1 site up to 20")
    assert "samples of 1, without their rules 1 worse" in result.stderr
    assert result.stderr.endswith("all is well\n")


def test_a_rule_that_stopped_is_named_with_what_to_do(out: Path, clean: Clean) -> None:
    names = weeks({"masthead": [60, 58, 61, 59, 0, 0], "tales": [60] * 6}, [60, 60, 61, 60, 60, 60])
    result = clean("rules", "health", "out")
    assert result.exit_code == 1
    first, *then = result.stdout.splitlines()
    assert first == (
        "own/weir-echo.example.toml:9: stopped: weir-echo.example/masthead: "
        f"on none of 120 documents since {names[4]}; before, on 98.8% of 241 in 4 weeks"
    )
    assert [line.strip().removeprefix("next: ") for line in then] == [
        "clean explain raw/baker.txt --rules own",
        "clean rules example weir-echo.example raw/baker.txt --rules own",
        "clean rules check own/weir-echo.example.toml",
    ]
    assert result.stderr.endswith(": 1 stopped\n")


@pytest.mark.parametrize("ignored", ["weir-echo.example/masthead", "weir-echo.example"])
def test_what_is_known_can_be_ignored(out: Path, clean: Clean, ignored: str) -> None:
    weeks({"masthead": [60, 58, 61, 59, 0, 0], "tales": [60] * 6}, [60, 60, 61, 60, 60, 60])
    result = clean("rules", "health", "out", "--ignore", ignored)
    assert (result.exit_code, result.stdout) == (0, "")


@pytest.mark.parametrize("documents", [[60, 60, 61, 60, 3], [60, 60, 61, 60, 0, 0], [0, 0, 0, 60, 60]])
def test_few_or_no_documents_and_a_new_site_are_no_matter(out: Path, clean: Clean, documents: list[int]) -> None:
    fired = [of if of > 3 else 0 for of in documents]
    weeks({"masthead": fired, "tales": fired}, documents)
    result = clean("rules", "health", "out")
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")


def test_a_rule_file_that_was_changed_is_new(out: Path, clean: Clean) -> None:
    weeks({"masthead": [60, 58, 61, 59, 0, 0], "tales": [60] * 6}, [60, 60, 61, 60, 60, 60])
    file = Path("own/weir-echo.example.toml")
    file.write_text(RULES.replace("The name of", "The old name of"))
    assert clean("rules", "health", "out").stdout == "", "it was mended and did not run yet"
    assert clean("run", "raw", "out", "--rules", "own", "-q").exit_code == 0
    assert clean("rules", "health", "out").stdout == "", "it has run once"


def test_folders_are_one_history(out: Path, clean: Clean) -> None:
    weeks({"masthead": [60, 58, 61], "tales": [60] * 3}, [60, 60, 61])
    shutil.copytree("out", "more")
    weeks({"masthead": [0] * 3, "tales": [0] * 3}, [0, 0, 0])
    names = weeks({"masthead": [60, 0], "tales": [60, 60]}, [60, 60], Path("more/_clean/manifest.sqlite"))
    assert clean("rules", "health", "more").exit_code == 0
    with sqlite3.connect(MANIFEST) as db:
        for ago in (2, 3, 4):
            year, week, _ = (
                datetime.date.fromisocalendar(int(names[1][:4]), int(names[1][-2:]), 1) - datetime.timedelta(7 * ago)
            ).isocalendar()
            for rule in ("", "/masthead", "/tales"):
                row = (f"{year}-W{week:02}", SITE, SITE + rule if rule else "", 60, 60, 60_000, 0)
                db.execute("INSERT INTO weeks VALUES (?, ?, ?, ?, ?, ?, ?, 0)", row)
    db.close()
    result = clean("rules", "health", "out", "more")
    assert f"on none of 60 documents since {names[1]}; before, on 100.0% of 240 in 4 weeks" in result.stdout


def test_a_site_that_is_better_off_without_its_rules_is_named(crawl: Path, clean: Clean) -> None:
    Path("own/weir-echo.example.toml").write_text(RULES + EATER)
    assert clean("run", "raw", "out", "--rules", "own", "-q", "--max-removed", 1).exit_code == 0
    result = clean("rules", "health", "out", "--format", "json")
    assert result.exit_code == 1
    told = json.loads(result.stdout)
    (found,) = told["findings"]
    assert (found["kind"], found["site"], found["rule"]) == ("better-without", SITE, SITE)
    assert found["message"] == "of 12 pages of the sample 12 have no prose with them"
    (figures,) = told["sample"]["sites"]
    assert (figures["without"], figures["pages"], figures["emptied"]) == ("better", 12, 12)
    assert set(told["sample"]["measures"]) <= set(figures)


def test_what_recurs_is_told_as_a_draft_that_can_be_pasted(crawl: Path, clean: Clean) -> None:
    for who in WHO:
        Path(f"raw/{who}.txt").write_text(page(who, "Send us your letters by Friday\n\n"))
    assert clean("run", "raw", "out", "--rules", "own", "-q").exit_code == 0
    result = clean("rules", "health", "out")
    assert result.exit_code == 1
    head, draft, *_ = result.stdout.split("\n\n")
    assert head == (
        "own/weir-echo.example.toml: recurs: weir-echo.example: "
        "a line that no rule takes stands on 30% of its cleaned pages or more"
    )
    pasted = "\n".join(line.removeprefix("    ") for line in draft.split("\n"))
    Path("own/weir-echo.example.toml").write_text(f"{RULES}\n{pasted}\n")
    assert clean("run", "raw", "out", "--rules", "own", "-q").exit_code == 0
    assert "letters" not in Path("out/baker.txt").read_text()
    assert clean("rules", "health", "out").stdout == ""


def test_records_of_files_of_many_are_sampled_by_their_addresses(crawl: Path, clean: Clean) -> None:
    shutil.rmtree("raw")
    Path("raw").mkdir()
    rows = [{"url": f"https://www.weir-echo.example/{who}", "text": page(who, "Send us a letter\n\n")} for who in WHO]
    Path("raw/a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in [*rows, {"text": page("carter")}]))
    assert clean("run", "raw", "out", "--rules", "own", "-q").exit_code == 0
    told = json.loads(clean("rules", "health", "out", "--format", "json").stdout)
    assert [figures["pages"] for figures in told["sample"]["sites"]] == [12]
    assert [found["kind"] for found in told["findings"]] == ["recurs"]


def test_the_sample_is_as_large_as_said_and_the_same_each_time(out: Path, clean: Clean) -> None:
    def pages(*more: object) -> list[tuple[int, str]]:
        result = clean("rules", "health", "out", "--format", "json", *more)
        return [(site["pages"], site["worst"]) for site in json.loads(result.stdout)["sample"]["sites"]]

    assert [count for count, _ in pages()] == [12]
    assert [count for count, _ in pages("--sample", 5)] == [5]
    assert pages("--sample", 5) == pages("--sample", 5)
    assert pages("--sample", 0) == []


def test_raw_that_is_gone_is_said_and_the_rest_done(out: Path, clean: Clean) -> None:
    weeks({"masthead": [60, 58, 61, 59, 0, 0], "tales": [60] * 6}, [60, 60, 61, 60, 60, 60])
    Path("raw").rename("moved")
    result = clean("rules", "health", "out")
    assert result.exit_code == 1
    assert "stopped: weir-echo.example/masthead" in result.stdout
    assert "clean explain PAGE --rules own" in result.stdout
    assert "RAW is gone" in result.stderr
    moved = clean("rules", "health", "out", "--raw", "moved")
    assert "clean explain moved/baker.txt --rules own" in moved.stdout
    assert "RAW is gone" not in moved.stderr
    for who in WHO[:3]:
        Path(f"moved/{who}.txt").unlink()
    assert "3 pages of the sample could not be read" in clean("rules", "health", "out", "--raw", "moved").stderr


def test_parts_must_be_merged_first(crawl: Path, clean: Clean) -> None:
    for number in (1, 2):
        assert clean("run", "raw", "out", "--rules", "own", "-q", "--shard", f"{number}/2").exit_code == 0
    result = clean("rules", "health", "out")
    assert result.exit_code == 2
    assert result.stderr == "clean: out: its notes are those of 2 parts; first: clean merge out\n"
    clean("merge", "out")
    assert clean("rules", "health", "out").stderr == ""
    assert clean("run", "raw", "out", "--rules", "own", "-q", "--shard", "2/2", "--force").exit_code == 0
    result = clean("rules", "health", "out")
    assert result.stderr == "clean: out: part 2of2 was run since; until clean merge out, it does not count\n"
    assert result.exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("nowhere",), "nowhere: no notes of a run are here"),
        (("out", "--raw", "nowhere"), "nowhere: no such file or folder"),
        (("out", "--rules", "nowhere"), "nowhere: no such folder of rules"),
        (("out", "--ignore", "weir-echo.example/mastheat"), "did you mean"),
        (("out", "more"), "out and more were cleaned by other rules"),
    ],
)
def test_mistakes_are_told(out: Path, clean: Clean, arguments: tuple[str, ...], message: str) -> None:
    shutil.copytree("out", "more")
    with sqlite3.connect("more/_clean/manifest.sqlite") as db:
        db.execute("UPDATE runs SET settings = json_set(settings, '$.rules', json('[]'))")
    db.close()
    result = clean("rules", "health", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_broken_rule_file_is_said(out: Path, clean: Clean) -> None:
    Path("own/broken.toml").write_text("schema = 2")
    result = clean("rules", "health", "out")
    assert result.exit_code == 2
    assert "own/broken.toml" in result.stderr
