"""The JSON Schema says of keys and shapes what the reader says."""

import datetime as dt
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from cleaner.rules import RuleSet
from cleaner.rules.json_schema import json_schema
from cleaner.rules.reader import KEYS, read
from cleaner.rules.source import scan
from cleaner.rules.values import quoted

SCHEMA = json_schema()
VALIDATOR = Draft7Validator(SCHEMA)
TABLES = {
    "": SCHEMA,
    "match": SCHEMA["properties"]["match"],
    **{name: SCHEMA["properties"][name]["items"] for name in ("drop", "keep", "replace", "capture", "example")},
    "meta": SCHEMA["properties"]["example"]["items"]["properties"]["meta"],
}


def as_json(value):
    """Give values as a language server hands them to a JSON Schema: days are strings."""
    if isinstance(value, dict):
        return {key: as_json(item) for key, item in value.items()}
    if isinstance(value, list):
        return [as_json(item) for item in value]
    return value.isoformat() if isinstance(value, dt.date) else value


def accepts(text):
    return VALIDATOR.is_valid(as_json(tomllib.loads(text)))


def test_it_is_a_schema_and_has_the_keys_of_the_reader():
    Draft7Validator.check_schema(SCHEMA)
    assert {name: set(table["properties"]) for name, table in TABLES.items()} == {
        name: set(keys) for name, keys in KEYS.items()
    }


def test_each_key_is_explained():
    for name, table in TABLES.items():
        if name != "meta":
            assert all(key["description"].endswith((".", ":")) for key in table["properties"].values()), name


@pytest.mark.parametrize("file", RuleSet.builtin().files, ids=lambda file: file.id)
def test_the_shipped_files_fit(file):
    errors = VALIDATOR.iter_errors(as_json(tomllib.loads(file.text)))
    assert [error.message for error in errors] == []


VALUES = {
    "id": ["a", "A b"],
    "where": ["head", "middle"],
    "since": ["2024-01-31", "January"],
    "until": ["2024-03-31", 2024],
    "lang": ["en", ["de", "fr"], "German"],
    "lines": ["x", ["x", "y"], [], ["x", " "]],
    "line": ["x(?P<title>y)", 3],
    "run": ["x"],
    "from": ["x"],
    "to": ["end", "x"],
    "min": [1, 3, 0, True],
    "css": [".a", [".a", "#b"], []],
    "pattern": ["x(?P<date>y)"],
    "with": ["", "z"],
    "field": ["title", "heading"],
    "attribute": ["href"],
    "drop": [True, False, "yes"],
    "diff": ["-x\\n y"],
    "keep": ["x"],
    "html": ["<p>x</p>"],
    "text": ["x"],
    "url": ["", "https://a.example/"],
    "meta": [],
    "wher": ["head"],
}


def toml(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return f"[{', '.join(map(toml, value))}]"
    return quoted(value.replace("\\n", "\n")) if isinstance(value, str) else str(value)


@given(st.sampled_from(["drop", "keep", "replace", "capture", "example"]), st.data())
def test_both_take_and_refuse_the_same_tables(name, data):
    keys = [*KEYS[name], "wher"]
    likely = ["id"] if "id" in keys else []
    chosen = [*likely, *data.draw(st.sets(st.sampled_from(keys), max_size=4))]
    lines = [f"{key} = {toml(data.draw(st.sampled_from(VALUES[key])))}" for key in dict.fromkeys(chosen) if VALUES[key]]
    text = "\n".join(["schema = 1", "id = 'a'", "[match]", "host = 'a.example'", f"[[{name}]]", *lines])
    contents, errors = read(text, "a.toml", "site")
    assert accepts(text) == (contents is not None), [str(error) for error in errors] or text


@pytest.mark.parametrize(
    "match",
    [
        "path = '/x'",
        "host = 'a.example'\npath = 'x'",
        "markup = 'pdf'",
        "text = ['']",
        "html = []",
        "hosts = 'a.example'",
    ],
)
def test_matches_that_fit_neither(match):
    text = f"schema = 1\nid = 'a'\n[match]\n{match}"
    assert read(text, "a.toml", "site")[0] is None
    assert not accepts(text)


@pytest.mark.parametrize("head", ["id = 'a'", "schema = 2\nid = 'a'", "schema = 1", "schema = 1\nid = 'a'\nids = 'b'"])
def test_heads_that_fit_neither(head):
    assert read(head, "a.toml", "site")[0] is None
    assert not accepts(head)


def test_the_comment_that_names_the_schema_is_no_documentation():
    text = "#:schema ../rules.schema.json\n# A farm.\ncontent = '.post'\nschema = 1\n"
    assert scan(text).comments[("content",)] == "A farm."
