"""The reference in ``docs/rules.md`` is made of what the schema and the checks say."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from cleaner.rules.json_schema import json_schema
from cleaner.rules.problems import CHECKS
from cleaner.rules.reference import filled

ROOT = Path(__file__).parents[2]
DOCUMENT = (ROOT / "docs/rules.md").read_text("utf-8")
SOURCES = "".join(
    file.read_text("utf-8") for file in sorted((ROOT / "cleaner/rules").glob("*.py")) if file.name != "problems.py"
).replace("\\", "")
"""The code that writes the messages."""


def test_the_document_is_up_to_date() -> None:
    assert filled(DOCUMENT) == DOCUMENT, "run python -m cleaner.rules.reference docs/rules.md"


def test_a_stale_table_is_written_anew() -> None:
    stale = DOCUMENT.replace("| `lines` | Lines that read", "| `lines` | Rows that read")
    assert stale != DOCUMENT
    assert filled(stale) == DOCUMENT


def test_every_key_of_every_table_is_in_it() -> None:
    properties = json_schema()["properties"]
    tables = {"file": properties, "match": properties["match"]["properties"]}
    tables |= {name: properties[name]["items"]["properties"] for name in ("drop", "replace", "capture", "example")}
    for name, keys in tables.items():
        for key, about in keys.items():
            rows = [row for row in DOCUMENT.split("\n") if re.match(rf"\| `\[*{key}\]*` \|", row)]
            said = re.sub(r"\[([^]]*)\]\(#[^)]*\)", r"\1", "\n".join(rows))
            is_common = key in ("id", "where", "since", "until", "lang")  # of all rules, and told once
            assert about["description"] in said or (is_common and name != "file"), (name, key)


def test_a_name_that_does_not_exist_is_no_table() -> None:
    with pytest.raises(KeyError):
        filled("<!-- keys of dorp -->\n<!-- end -->")


def test_pipes_do_not_end_a_cell() -> None:
    rows = filled("<!-- keys of replace -->\n<!-- end -->").split("\n")[1:-1]
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 3 for row in rows)


@pytest.mark.parametrize("name", CHECKS)
def test_checks_say_what_their_advice_is_for(name: str) -> None:
    messages = [message for message, _ in CHECKS[name].advice]
    assert messages
    for message in messages:
        for shown in re.findall("`([^`]+)`", message) if message.startswith("`") else ():
            for piece in filter(str.strip, shown.strip(":").split("...")):
                assert piece.strip(" :") in SOURCES, piece
