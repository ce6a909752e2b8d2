"""How ``clean rules check`` writes what it found: for people, for programs, and for services that review changes."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from cleaner.cli.rules.listing import short
from cleaner.version import __version__

if TYPE_CHECKING:
    from cleaner.rules.problems import Problem

SARIF_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


class Format(StrEnum):
    """A form of the report."""

    TEXT = "text"
    JSON = "json"
    SARIF = "sarif"
    GITHUB = "github"


def report(problems: Sequence[Problem], form: Format, counts: Mapping[str, int]) -> str:
    """Write problems in a form; ``counts`` says how much was checked."""
    return _FORMS[form](problems, counts)


def _text(problems: Sequence[Problem], _: Mapping[str, int]) -> str:
    return "".join(f"{problem}\n" for problem in problems)


def _json(problems: Sequence[Problem], counts: Mapping[str, int]) -> str:
    found = [
        {
            "file": short(problem.path),
            "line": problem.line,
            "level": problem.level,
            "check": problem.check,
            "rule": problem.rule or None,
            "message": problem.message,
        }
        for problem in problems
    ]
    return _written({**counts, "problems": found})


def _sarif(problems: Sequence[Problem], _: Mapping[str, int]) -> str:
    from cleaner.rules.problems import CHECKS

    checks = list(CHECKS)
    rules = [
        {
            "id": name,
            "shortDescription": {"text": check.description},
            "defaultConfiguration": {"level": check.level},
        }
        for name, check in CHECKS.items()
    ]
    results = [
        {
            "ruleId": problem.check,
            "ruleIndex": checks.index(problem.check),
            "level": problem.level,
            "message": {"text": _message(problem)},
            "locations": [_location(problem)],
        }
        for problem in problems
    ]
    driver = {"name": "clean rules check", "version": __version__, "rules": rules}
    run = {"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}
    return _written({"$schema": SARIF_SCHEMA, "version": "2.1.0", "runs": [run]})


def _location(problem: Problem) -> dict[str, Any]:
    path = Path(short(problem.path))
    uri = path.as_uri() if path.is_absolute() else quote(path.as_posix())
    place: dict[str, Any] = {"artifactLocation": {"uri": uri}}
    if problem.line:
        place["region"] = {"startLine": problem.line}
    return {"physicalLocation": place}


def _github(problems: Sequence[Problem], _: Mapping[str, int]) -> str:
    return "".join(f"{_annotation(problem)}\n" for problem in problems)


def _annotation(problem: Problem) -> str:
    """Write a problem as a workflow command, which marks the line in a change."""
    places = {"file": short(problem.path), "line": str(problem.line or 1), "title": problem.check}
    values = ",".join(
        f"{name}={_escaped(value).replace(':', '%3A').replace(',', '%2C')}" for name, value in places.items()
    )
    return f"::{problem.level} {values}::{_escaped(_message(problem))}"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _message(problem: Problem) -> str:
    if problem.check == "example":
        return f"{problem.rule}: an example comes out otherwise than it says:\n{problem.message}"
    return f"{problem.rule}: {problem.message}" if problem.rule else problem.message


def _written(data: dict[str, Any]) -> str:
    return json.dumps(data, indent=2, ensure_ascii=False) + "\n"


_FORMS: dict[Format, Callable[[Sequence[Problem], Mapping[str, int]], str]] = {
    Format.TEXT: _text,
    Format.JSON: _json,
    Format.SARIF: _sarif,
    Format.GITHUB: _github,
}
