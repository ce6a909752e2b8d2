"""The JSON Schema of rule files, by which editors complete and check them as they are written.

It says what :mod:`cleaner.rules.reader` checks of keys and the shape of values. What needs a look at several values,
such as whether a pattern can be read, is left to the reader. The descriptions are the one place where keys are
explained, in Markdown: editors show them, and :mod:`cleaner.rules.reference` puts them into ``docs/rules.md``.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from cleaner.rules import schema

Json: TypeAlias = dict[str, Any]

SCHEMA_FILE = "rules.schema.json"
"""The file beside the folders of rule files that ``clean rules schema`` is meant to be written to."""
SCHEMA_COMMENT = f"#:schema ../{SCHEMA_FILE}"
"""What editors find it by, at the head of a rule file."""

_FILE: Json = {
    "schema": "The version of the format: `1`, always. Required.",
    "id": (
        "The file's name: small letters, digits, `.`, `_` and `-`; for a site, its host. The first part of the ids of "
        "its rules, `<file>/<rule>`, which `--only`, `--skip`, `clean rules show` and every edit use. Required."
    ),
    "use": "Ids of other files that are to be applied with this one, and what these use in turn.",
    "content": "CSS selectors of the article's root on an HTML page: all that lies outside goes.",
    "match": "Which pages the file is for.",
    "drop": "Lines that go.",
    "keep": "Lines that no rule and no heuristic may take.",
    "replace": "Characters that are changed inside lines that stay.",
    "capture": "Metadata that are read by named groups or from elements.",
    "example": "A page and what the file makes of it: a test.",
}
_MATCH: Json = {
    "host": (
        'Hosts, each with all its subdomains; `"=news.example"` is that host alone. Public suffixes such as `co.uk` '
        "are refused; those that sell subdomains, such as `blogspot.com`, are allowed for platforms only."
    ),
    "path": (
        "Globs of URL paths, each with a leading `/`: `*` stands for anything inside one segment, `**` across "
        "segments, `?` for one character, and `/world/**` matches `/world` too. The file is then for these pages "
        "only. Needs `host`."
    ),
    "text": "Fingerprints: patterns of whole lines that tell the site or platform of a page that carries no address.",
    "html": (
        "Fingerprints of HTML pages: CSS selectors, each of which counts if any element matches, shown or not. They "
        "look at the page as it came, whatever was removed from it."
    ),
    "markup": '`"text"`, `"markdown"` or `"html"`: for pages of this kind only.',
}
_RULE: Json = {
    "id": "The rule's name, unique in its file.",
    "where": (
        'The zone: `"head"` is before the first prose paragraph, `"tail"` after the last one, `"body"` from the first '
        'to the last; `"any"`, if not said. On a page without prose the first three do nothing. '
        "Prose that rules drop does not count, unless a `keep` holds it."
    ),
    "since": (
        'A day, `2024-01-31` or `"2024-01-31"`: for documents dated from it on. A document whose date is not known is '
        "left alone."
    ),
    "until": "A day: for documents dated before it. A document whose date is not known is left alone.",
    "lang": "ISO 639-1 codes: for documents in one of these languages.",
}
_LINES: Json = {
    "lines": "Lines that read like one of these literals.",
    "line": "Lines that match this pattern.",
    "run": (
        "At least `min` lines in a row (2, if not said) that all match this pattern. Blank lines between them do not "
        "matter."
    ),
    "from": "A block, from each line that matches this pattern to what `to` says.",
    "css": (
        "On an HTML page, the lines of all elements that one of these CSS selectors matches. Of an element that is "
        "only a part of a line, such as a link in a sentence, `drop` takes the characters, with the white space before "
        "them; `keep` protects the line."
    ),
    "to": (
        'With `from`: `"end"` is the end of the page, or of the zone that `where` names; a pattern is the next line '
        "that matches it, which goes too, and without such a line the rule does nothing; if not said, the block ends "
        "before the next blank line."
    ),
    "min": "With `run` or `lines`: how many lines must follow each other for the rule to act.",
}
_REPLACE: Json = {
    "pattern": "What to find, anywhere in a line, as it stands in the raw text.",
    "with": (
        r"What to write; `\1` and `\g<name>` stand for groups, and an empty string removes what was found. It must not "
        "match the pattern again: a clean text stays as it is."
    ),
}
_CAPTURE: Json = {
    "line": "A pattern for a whole line, with named groups.",
    "pattern": (
        "A pattern for characters inside a line, with named groups; with `css`, in place of `field`, what reads parts "
        "of the value."
    ),
    "css": (
        "On an HTML page, CSS selectors of elements that are read, shown or not. The first selector that gives a value "
        "counts, and of its elements the first that has one; for authors, all of them."
    ),
    "field": "With `css`: what the whole value is, one of the names of groups.",
    "attribute": (
        'With `css`: the attribute that has the value, such as `"content"`, `"datetime"` or `"href"`; without it, the '
        "element's text."
    ),
    "drop": "`true`: what was matched goes too, the line, the characters, or the element.",
}
_EXAMPLE: Json = {
    "diff": (
        "A page, each line behind a sign: `-` goes, `+` comes, a space stays. An empty line is a blank line. Something "
        "must change."
    ),
    "keep": (
        "A near miss: a page of which every line must stay. The file is applied to it whether the page is recognised "
        "or not. With `html`: lines that must all come out, among others."
    ),
    "html": "An HTML page, whole or in part, as the site sends it.",
    "text": "With `html`: all the lines that must come out.",
    "meta": (
        'Metadata that must come out: `title`, `author` (one, or all joined by `", "`), `authors` (a list), `date` '
        "(the day will do), `section`, `url`, `site`, `platform`, `language`. An empty string says that there must "
        "be none."
    ),
    "url": 'The address of the page; `""` says that it has none.',
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
