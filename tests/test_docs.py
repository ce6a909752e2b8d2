"""What the documents show is so: rule files load and pass their examples, commands exist, the tutorial works."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import typer
from typer.testing import CliRunner

from cleaner.cli.app import app
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.examples import run_examples

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
RULES = ROOT / "docs/rules.md"
ARCHITECTURE = ROOT / "docs/architecture.md"


class Block(NamedTuple):
    """A fenced block of a document."""

    before: str
    """The text between the block before and this one."""
    language: str
    content: str
    line: int


def _blocks(document: Path) -> Iterator[Block]:
    text = document.read_text("utf-8")
    at = 0
    for found in re.finditer(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL):
        yield Block(text[at : found.start()], found[1], found[2], text.count("\n", 0, found.start()) + 1)
        at = found.end()


def _is_rule_file(block: Block) -> bool:
    return block.language == "toml" and (block.content.startswith("schema =") or "[match]" in block.content)


def _command_lines(document: Path) -> Iterator[list[str]]:
    """Give the arguments of every ``clean ...`` in the document's code, blocks and spans."""
    text = document.read_text("utf-8")
    lines = [line for block in _blocks(document) if block.language in ("sh", "console") for line in _typed(block)]
    prose = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    lines += [" ".join(span.split()) for span in re.findall(r"`(clean [^`]+)`", prose)]
    for line in lines:
        for command in re.split(r"&&|\|", line):
            words = shlex.split(command, comments=True)
            if words and Path(words[0]).name == "clean":
                yield words[1:]


def _typed(block: Block) -> list[str]:
    lines = block.content.splitlines()
    if block.language == "sh":
        return lines
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


RULE_FILES = [
    pytest.param(block, id=f"{document.name}:{block.line}")
    for document in (README, RULES)
    for block in _blocks(document)
    if _is_rule_file(block)
]
COMMAND_LINES = [
    pytest.param(words, id=f"{document.name}: {' '.join(words)}")
    for document in (README, RULES, ARCHITECTURE)
    for words in _command_lines(document)
]


def test_the_documents_show_rule_files_and_commands() -> None:
    assert {str(case.id).partition(":")[0] for case in RULE_FILES} == {"README.md", "rules.md"}
    assert {str(case.id).partition(":")[0] for case in COMMAND_LINES} == {"README.md", "rules.md", "architecture.md"}


@pytest.mark.parametrize("block", RULE_FILES)
def test_rule_files_load_and_pass_their_examples(block: Block, tmp_path: Path) -> None:
    (tmp_path / "shown.toml").write_text(block.content, "utf-8")
    rules = RuleSet.load([tmp_path])
    assert rules.errors == []
    (file,) = (file for file in rules.files if Path(file.path).parent == tmp_path)
    outcomes = run_examples(rules, lambda some: Cleaner(rules=some).clean, [file])
    assert [outcome.failure for outcome in outcomes if outcome.failure is not None] == []


@pytest.mark.parametrize("words", COMMAND_LINES)
def test_commands_and_their_options_exist(words: list[str]) -> None:
    command = typer.main.get_command(app)
    words = list(words)
    while words and hasattr(command, "commands"):
        assert words[0] in command.commands, f"clean has no command {words[0]!r}"
        command = command.commands[words.pop(0)]
    if words:  # a command that is named alone is meant as such, not as one to type
        command.make_context("clean", words)


def test_the_tutorial_does_what_it_shows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Follow it: save and change the files as told, type the commands, and compare what they say."""
    monkeypatch.chdir(tmp_path)
    path = Path()
    shown: list[str] = []
    said: list[str] = []
    for before, language, content, _ in _blocks(RULES):
        told = re.search(r"(Save as|Add\s+to)\s+`([^`]+)`:\n\n$", before)
        if told:
            path = Path(told[2])
            path.parent.mkdir(parents=True, exist_ok=True)
            kept = path.read_text("utf-8") if told[1] != "Save as" else ""
            path.write_text(kept + content, "utf-8")
        changed = re.search(r"change `([^`]+)` to `([^`]+)`:\n\n$", before)
        if changed:
            assert path.read_text("utf-8").count(changed[1]) == 1
            path.write_text(path.read_text("utf-8").replace(changed[1], changed[2]), "utf-8")
        if language == "console":
            shown.append(content)
            said.append("".join(map(_say, re.findall(r"^\$ (.+)\n", content, re.MULTILINE))))
    assert said == shown
    assert len(shown) > 5


def _say(line: str) -> str:
    """Type a command; give it, and what it says."""
    words = shlex.split(line)
    if words[0] == "cat":
        return f"$ {line}\n{Path(words[1]).read_text('utf-8')}"
    assert words[0] == "clean"
    more = ["--jobs", "1"] if words[1] == "run" else []
    result = CliRunner(env={"NO_COLOR": "1", "COLUMNS": "100"}).invoke(app, [*words[1:], *more])
    return f"$ {line}\n{result.stdout}{result.stderr}"
