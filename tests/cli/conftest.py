"""A folder of raw pages of our own, rules for what goes from them, and the command as a function."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result
from valley_post import FOOTER, MENU, RULES, STORY

from cleaner.cli.app import app

Clean = Callable[..., Result]


@pytest.fixture
def raw(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Go to a folder with ``raw/``, in which two pages lie, and with rules and settings of its own."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "own").mkdir()
    (tmp_path / "own/valley.example.toml").write_text(RULES)
    (tmp_path / "clean.toml").write_text('rules = ["own"]\n')
    folder = tmp_path / "raw"
    (folder / "news").mkdir(parents=True)
    (folder / "mill.txt").write_text(MENU + STORY + FOOTER)
    (folder / "news/mill.md").write_text(STORY)
    return folder


@pytest.fixture
def clean() -> Clean:
    """Give the command, as a function of its arguments. Runs start one worker, to be done sooner."""

    def run(*arguments: object, stdin: bytes | None = None, **environment: str) -> Result:
        if arguments[0] == "run" and "--jobs" not in arguments:
            arguments = (*arguments, "--jobs", 1)
        settings = {"NO_COLOR": "1", "COLUMNS": "100", **environment}
        return CliRunner(env=settings).invoke(app, [str(argument) for argument in arguments], input=stdin)

    return run
