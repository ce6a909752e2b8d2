"""The JSON Schema of rule files, by which editors complete and check them as they are written.

It says what :mod:`cleaner.rules.reader` checks of keys and the shape of values, and a line on each key. What needs a
look at several values, such as whether a pattern can be read, is left to the reader.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from cleaner.rules import schema

Json: TypeAlias = dict[str, Any]

_FILE: Json = {
    "schema": "The version of the format: 1, always.",
    "id": "The file's name; for a site, its host. The first part of the ids of its rules.",
    "use": "Ids of other files that are applied with this one.",
    "content": "CSS selectors of the article's root on an HTML page: all that lies outside goes.",
    "match": "Which pages the file is for.",
    "drop": "Lines that go.",
    "keep": "Lines that no rule and no heuristic may take.",
    "replace": "Characters that are changed inside lines that stay.",
    "capture": "Metadata that are read by named groups or from elements.",
    "example": "A page and what the file makes of it: a test.",
}
_MATCH: Json = {
    "host": 'Hosts, each with its subdomains; "=news.example" is that host alone.',
    "path": "Globs of URL paths: the file is for these pages only. * is inside one segment, ** across segments.",
    "text": "Fingerprints: patterns of whole lines that tell the site of a page without an address.",
    "html": "Fingerprints of HTML pages: CSS selectors.",
    "markup": "For pages of this kind only.",
}
_RULE: Json = {
    "id": "The rule's name, unique in its file.",
    "where": "The zone: before the first prose paragraph, between the first and the last, after the last, or any.",
    "since": "For documents dated from this day on.",
    "until": "For documents dated before this day.",
    "lang": "For documents in one of these languages, by their ISO 639-1 codes.",
}
_LINES: Json = {
    "lines": "Lines that read like one of these literals.",
    "line": "A pattern of whole lines.",
    "run": "A pattern of lines that come one after the other, at least min of them.",
    "from": "A pattern of the first line of a block, which ends at to.",
    "css": "CSS selectors of elements, for HTML pages.",
    "to": 'The last line of a block: a pattern, or "end"; if not said, the block ends before the next blank line.',
    "min": "With run or lines: how many lines must follow each other.",
}
_REPLACE: Json = {
    "pattern": "What to find, anywhere in a line.",
    "with": r"What to write; \1 and \g<name> stand for groups. An empty string removes what was found.",
}
_CAPTURE: Json = {
    "line": "A pattern of whole lines, with named groups.",
    "pattern": "A pattern inside a line, or with css inside the value, with named groups.",
    "css": "CSS selectors of elements that are read, for HTML pages.",
    "field": "With css: what the whole value is.",
    "attribute": "With css: the attribute that has the value; if not said, the element's text.",
    "drop": "Whether what was matched goes too.",
}
_EXAMPLE: Json = {
    "diff": "A page, each line behind a sign: - goes, + comes, a space stays.",
    "keep": "A near miss: a page of which every line must stay; with html, lines that must come out.",
    "html": "An HTML page, whole or in part.",
    "text": "With html: all the lines that must come out.",
    "meta": "Metadata that must come out; an empty string says that there must be none.",
    "url": "The address of the page; an empty string says that it has none.",
}

_TEXT: Json = {"type": "string"}
_FILLED: Json = {"type": "string", "pattern": r"\S"}
_STRINGS = {"$ref": "#/definitions/strings"}
_ID: Json = {"type": "string", "pattern": "^[a-z0-9][a-z0-9._-]*$"}
_DAY: Json = {"type": "string", "pattern": r"^\d{4}-\d\d-\d\d"}
_PATH: Json = {"type": "string", "pattern": "^/"}
_LANGUAGE: Json = {"type": "string", "pattern": "^[a-z]{2,3}$"}
_TYPES: Json = {
    "schema": {"const": schema.SCHEMA},
    "id": _ID,
    "use": _STRINGS,
    "content": _STRINGS,
    "host": _STRINGS,
    "path": {"anyOf": [_PATH, {"type": "array", "minItems": 1, "items": _PATH}]},
    "markup": {"enum": list(schema.MARKUPS)},
    "where": {"enum": list(schema.WHERE), "default": "any"},
    "since": _DAY,
    "until": _DAY,
    "lang": {"anyOf": [_LANGUAGE, {"type": "array", "minItems": 1, "items": _LANGUAGE}]},
    "lines": _STRINGS,
    "css": _STRINGS,
    "min": {"type": "integer", "minimum": 1},
    "field": {"enum": list(schema.FIELDS)},
    "drop": {"type": "boolean"},
}
"""Types of keys that are no strings."""


def json_schema() -> Json:
    """Give the JSON Schema, of the draft that editors for TOML know (07)."""
    verbs = {
        "drop": _rule(_LINES, **_one_of_lines()),
        "keep": _rule(_LINES, **_one_of_lines()),
        "replace": _rule(_REPLACE, required=["id", "pattern", "with"]),
        "capture": _rule(_CAPTURE, **_one_of_capture()),
    }
    file = _table(_FILE, required=["schema", "id"])
    properties = file["properties"]
    properties["match"] = {**_match(), "description": _FILE["match"]}
    for name, table in [*verbs.items(), ("example", _example())]:
        properties[name] = {"type": "array", "items": table, "description": _FILE[name]}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Rule file of cleaner",
        **file,
        "definitions": {"strings": {"anyOf": [_FILLED, {"type": "array", "minItems": 1, "items": _FILLED}]}},
    }


def _table(keys: Json, **more: Any) -> Json:
    """Give the schema of a table with these keys and no others."""
    properties = {key: {**_TYPES.get(key, _TEXT), "description": text} for key, text in keys.items()}
    return {"type": "object", "additionalProperties": False, "properties": properties, **more}


def _match() -> Json:
    table = _table(_MATCH, dependencies={"path": ["host"]})
    for key in ("text", "html"):
        table["properties"][key] = {**_STRINGS, "description": _MATCH[key]}
    return table


def _rule(keys: Json, **more: Any) -> Json:
    return _table({**_RULE, **keys}, **{"required": ["id"], **more})


def _one_of_lines() -> Json:
    """Say that one key selects lines, and which others go with which."""
    return {
        "oneOf": [_needs(key) for key in ("lines", "line", "run", "from", "css")],
        "dependencies": {"to": ["from"], "min": {"anyOf": [_needs("run"), _needs("lines")]}},
    }


def _one_of_capture() -> Json:
    """Say that a line, characters or elements are read, and that elements give a field or are read by a pattern."""
    elements = {"oneOf": [_needs("field"), _needs("pattern")], "not": _needs("line"), **_needs("css")}
    rows = {"oneOf": [_needs("line"), _needs("pattern")], "not": _needs("css")}
    return {"anyOf": [elements, rows], "dependencies": {"field": ["css"], "attribute": ["css"]}}


def _example() -> Json:
    table = _table(_EXAMPLE)
    meta: Json = dict.fromkeys(schema.META, _TEXT)
    meta["authors"] = {"anyOf": [_TEXT, {"type": "array", "items": _TEXT}]}
    table["properties"]["meta"] = {
        "type": "object",
        "additionalProperties": False,
        "properties": meta,
        "description": _EXAMPLE["meta"],
    }
    page = {"oneOf": [_needs("text"), _needs("keep")], "not": _needs("diff"), **_needs("html")}
    text = {"oneOf": [_needs("diff"), _needs("keep")], "not": {"anyOf": [_needs("html"), _needs("text")]}}
    return {**table, "anyOf": [page, text]}


def _needs(key: str) -> Json:
    return {"required": [key]}
