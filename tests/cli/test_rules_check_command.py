"""``clean rules check``: its forms, and its exit codes."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result
from valley_post import RULES

from cleaner.rules.problems import CHECKS

Clean = Callable[..., Result]
FILE = Path("own/valley.example.toml")
GOOD = f"{RULES}\n[[example]]\nkeep = 'A Valley Post menu is on blue paper.'\n"
FAILING = GOOD.replace("-Valley Post menu", "-Valley Post menu\n Valley Post footer")
WARNED = GOOD.replace('["Valley Post menu"', '["Valley Post menu", "Valley Post menu"')
UNREADABLE = GOOD.replace("lines =", "liens =")


def test_json_says_what_was_checked_and_found(clean: Clean, raw: Path) -> None:
    FILE.write_text(FAILING)
    result = clean("rules", "check", "own", "--format", "json")
    assert result.exit_code == 2
    found = json.loads(result.stdout)
    [problem] = found.pop("problems")
    assert found == {"files": 1, "rules": 1, "examples": 2}
    assert problem.pop("message").startswith("--- expected\n")
    assert problem == {
        "file": str(FILE),
        "line": 13,
        "level": "error",
        "check": "example",
        "rule": "valley.example",
    }


def test_sarif_names_the_check_and_the_place(clean: Clean, raw: Path) -> None:
    FILE.write_text(WARNED)
    result = clean("rules", "check", "own", "--format", "sarif")
    assert result.exit_code == 0
    log = json.loads(result.stdout)
    assert log["version"] == "2.1.0"
    [run] = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == list(CHECKS)
    [found] = run["results"]
    assert rules[found["ruleIndex"]]["id"] == found["ruleId"] == "duplicate"
    assert found["level"] == "warning"
    assert found["message"]["text"] == "valley.example/frame: 'Valley Post menu' stands here twice"
    assert found["locations"] == [
        {"physicalLocation": {"artifactLocation": {"uri": str(FILE)}, "region": {"startLine": 11}}}
    ]


def test_sarif_has_uris(clean: Clean, raw: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    far = tmp_path_factory.mktemp("far") / "a b.toml"
    near = Path("own/a b.toml")
    FILE.unlink()
    for path in (far, near):
        path.write_text("id = ")
    log = json.loads(clean("rules", "check", far, "own", "--format", "sarif").stdout)
    places = [found["locations"][0]["physicalLocation"] for found in log["runs"][0]["results"]]
    uris = {place["artifactLocation"]["uri"] for place in places}
    assert uris == {"own/a%20b.toml", far.as_uri()}


def test_annotations_are_a_line_each(clean: Clean, raw: Path) -> None:
    FILE.write_text(FAILING)
    failing = clean("rules", "check", "own", "--format", "github").stdout
    assert failing.startswith(f"::error file={FILE},line=13,title=example::valley.example: an example comes out")
    assert "%0A--- expected%0A+++ cleaned" in failing
    assert failing.count("\n") == 1
    FILE.write_text(UNREADABLE)
    first, *_ = clean("rules", "check", "own", "--format", "github").stdout.splitlines()
    assert first.startswith(f"::error file={FILE},line=")
    odd = Path("own/100%,a:b.toml")
    odd.write_text("id = ")
    assert "file=own/100%25%2Ca%3Ab.toml,line=" in clean("rules", "check", odd, "--format", "github").stdout


def test_warnings_count_if_it_is_strict(clean: Clean, raw: Path) -> None:
    FILE.write_text(WARNED)
    calm = clean("rules", "check", "own")
    assert calm.exit_code == 0
    assert calm.stderr == "1 file, 1 rule, 2 examples: 1 warning\n"
    assert clean("rules", "check", "own", "--strict").exit_code == 2
    FILE.write_text(GOOD)
    assert clean("rules", "check", "own", "--strict").exit_code == 0


def test_files_are_named_by_host_and_id_too(clean: Clean, raw: Path) -> None:
    FILE.write_text(GOOD)
    for name in ("valley.example", "www.valley.example", FILE):
        assert clean("rules", "check", name).stderr == "1 file, 1 rule, 2 examples: all is well\n"


def test_a_form_that_is_none_is_a_mistake(clean: Clean, raw: Path) -> None:
    assert clean("rules", "check", "--format", "xml").exit_code == 2
