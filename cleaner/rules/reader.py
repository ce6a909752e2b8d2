"""Reads the text of a rule file, and says what does not fit so that its author can mend it."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import regex

from cleaner.model import RuleError
from cleaner.rules import schema
from cleaner.rules.hosts import is_public_suffix, normalise
from cleaner.rules.patterns import Pattern
from cleaner.rules.schema import (
    Block,
    Contents,
    Elements,
    Example,
    Inside,
    Kind,
    Line,
    Lines,
    Match,
    Outside,
    Rule,
    Selector,
    Value,
    Verb,
)
from cleaner.rules.selectors import misfit
from cleaner.rules.source import Path, scan
from cleaner.rules.syntax import PatternError, parse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

_T = TypeVar("_T")
_CONDITIONS = ("id", "where", "since", "until", "lang")
_SELECTORS = ("lines", "line", "run", "from", "css")
KEYS: dict[str, tuple[str, ...]] = {
    "": ("schema", "id", "use", schema.CONTENT, "match", *schema.VERBS, "example"),
    "match": ("host", "path", "text", "html", "markup"),
    "drop": (*_CONDITIONS, *_SELECTORS, "to", "min"),
    "keep": (*_CONDITIONS, *_SELECTORS, "to", "min"),
    "replace": (*_CONDITIONS, "pattern", "with"),
    "capture": (*_CONDITIONS, "line", "css", "attribute", "field", "pattern", "drop"),
    "example": ("url", "diff", "html", "text", "keep", "meta"),
    "meta": schema.META,
}
"""The keys of each table, and of the file itself under an empty name, in the order in which they are written."""
_TYPES: dict[type, str] = {
    str: "a string",
    int: "a number",
    bool: "true or false",
    list: "a list of strings",
    dict: "a table",
}
_ID = re.compile(r"[a-z0-9][a-z0-9._-]*")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DOCTYPE = "<!doctype"
"""With it in front of an example, a part of a page is read as HTML too."""
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_TOML_LINE = re.compile(r" ?\(at line (\d+), column \d+\)")
_LAST_LINE = re.compile(r" ?\(at end of document\)")


def nearest(name: str, names: Iterable[str]) -> str:
    """Say which valid name was meant, or which there are, to end a message with."""
    names = list(names)
    close = get_close_matches(name, names, n=1, cutoff=0.6)
    if close:
        return f'; did you mean "{close[0]}"?'
    return f"; valid are {', '.join(names)}" if 0 < len(names) <= 16 else ""


def read(text: str, path: str, kind: Kind) -> tuple[Contents | None, list[RuleError]]:
    """Read a rule file's text: what it says, or all the errors in it."""
    text = text.replace("\r\n", "\n")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        return None, [_toml_error(str(error), text, path)]
    reader = _Reader(data, kind)
    contents = reader.read()
    if not reader.problems:
        return contents, []
    source = scan(text)
    problems = [RuleError(path, source.line(*place), message) for place, message in reader.problems]
    return None, sorted(problems, key=lambda problem: problem.line or 0)


def _toml_error(message: str, text: str, path: str) -> RuleError:
    found = _TOML_LINE.search(message)
    line = int(found[1]) if found else text.count("\n") + 1
    return RuleError(path, line, f"not TOML: {_LAST_LINE.sub('', _TOML_LINE.sub('', message))}")


class _Misfit(Exception):  # noqa: N818 - a value that does not fit, on its way to the list of problems
    """One problem, where it stands."""


class _Reader:
    """Turns parsed TOML into a file's contents, and gathers every problem on the way."""

    def __init__(self, data: dict[str, Any], kind: Kind) -> None:
        self.data = data
        self.kind = kind
        self.problems: list[tuple[Path, str]] = []
        self.id = ""

    def read(self) -> Contents:
        self._check_keys((), "", self.data)
        self._read_schema()
        self.id = self._id((), self.data) or "?"
        rules = [
            rule
            for verb in schema.VERBS
            for place, table in self._tables(verb)
            if (rule := self._attempt(self._rule, verb, place, table))
        ]
        if schema.CONTENT in self.data:
            rules.append(self._content())
        self._check_unique(rules)
        examples = [self._attempt(self._example, place, table) for place, table in self._tables("example")]
        match = self._value((), self.data, "match", dict)
        return Contents(
            id=self.id,
            use=tuple(self._strings((), self.data, "use")),
            match=self._match(match) if match else Match(),
            rules=tuple(rules),
            examples=tuple(example for example in examples if example),
        )

    def _problem(self, place: Path, message: str) -> None:
        self.problems.append((place, message))

    def _misfit(self, place: Path, message: str) -> NoReturn:
        self._problem(place, message)
        raise _Misfit

    def _attempt(self, read: Callable[..., _T], *arguments: Any) -> _T | None:
        try:
            return read(*arguments)
        except _Misfit:
            return None

    def _check_keys(self, place: Path, name: str, table: dict[str, Any]) -> None:
        for key in table:
            if key not in KEYS[name]:
                hint = nearest(key, KEYS[name])
                self._problem((*place, key), f'unknown key "{key}"{_within(place)}{hint}')

    def _value(self, place: Path, table: dict[str, Any], key: str, kind: type[_T]) -> _T | None:
        """Give the value of a key, or None where it is missing or of another type."""
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, kind) and (kind is bool or not isinstance(value, bool)):
            return value
        self._problem((*place, key), f'"{key}" must be {_TYPES[kind]}, not {_type_of(value)}')
        return None

    def _strings(self, place: Path, table: dict[str, Any], key: str) -> list[str]:
        """Give a list of strings; a string alone stands for a list of one."""
        value = table.get(key)
        values = [value] if isinstance(value, str) else value
        if values is None:
            return []
        if not isinstance(values, list) or not all(isinstance(item, str) for item in values):
            self._problem((*place, key), f'"{key}" must be a list of strings, not {_type_of(value)}')
            return []
        if not values or not all(item.strip() for item in values):
            self._problem((*place, key), f'"{key}" is empty, or something in it is')
        return values

    def _tables(self, name: str) -> list[tuple[tuple[str, int], dict[str, Any]]]:
        value = self.data.get(name, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            self._problem((name,), f'"{name}" must be a list of tables: write [[{name}]]')
            return []
        tables: list[tuple[tuple[str, int], dict[str, Any]]] = []
        for index, table in enumerate(value):
            self._check_keys((name, index), name, table)
            tables.append(((name, index), table))
        return tables

    def _read_schema(self) -> None:
        version = self._value((), self.data, "schema", int)
        if "schema" not in self.data:
            self._problem((), f'"schema = {schema.SCHEMA}" is missing')
        elif version is not None and version != schema.SCHEMA:
            self._problem(("schema",), f"schema {version} is unknown; this version reads {schema.SCHEMA}")

    def _id(self, place: Path, table: dict[str, Any]) -> str | None:
        value = self._value(place, table, "id", str)
        if "id" not in table:
            self._problem(place, f'"id" is missing{_within(place)}')
        elif value is not None and not _ID.fullmatch(value):
            self._problem((*place, "id"), f'id "{value}": only small letters, digits, ".", "_" and "-", please')
        return value

    def _check_unique(self, rules: Sequence[Rule]) -> None:
        seen: set[str] = set()
        for rule in rules:
            if rule.id in seen:
                self._problem((*rule.place, "id"), f'id "{rule.name}" is used twice')
            seen.add(rule.id)

    def _match(self, table: dict[str, Any]) -> Match:
        place = ("match",)
        self._check_keys(place, "match", table)
        hosts = [self._host(host) for host in self._strings(place, table, "host")]
        paths = self._strings(place, table, "path")
        for path in paths:
            if not path.startswith("/"):
                self._problem((*place, "path"), f'path "{path}" must start with "/"')
        if paths and not hosts:
            self._problem((*place, "path"), '"path" needs a "host"')
        patterns = [self._pattern((*place, "text"), text) for text in self._strings(place, table, "text")]
        return Match(
            hosts=tuple(hosts),
            paths=tuple(paths),
            texts=tuple(pattern for pattern in patterns if pattern),
            markup=self._one_of(place, table, "markup", schema.MARKUPS),
            css=self._css(place, table, "html"),
        )

    def _host(self, written: str) -> str:
        exact = "=" if written.startswith("=") else ""
        host = normalise(written.removeprefix("="))
        place = ("match", "host")
        if host is None:
            self._problem(place, f'"{written}" is no host name; write it like "example.com"')
        elif is_public_suffix(host, shared_hosts=self.kind != "platform"):
            self._problem(place, f'host "{written}" is a public suffix: it stands for many owners')
        return exact + (host or written)

    def _one_of(self, place: Path, table: dict[str, Any], key: str, choices: Sequence[_T]) -> _T | None:
        value = self._value(place, table, key, str)
        for choice in choices:
            if value == choice:
                return choice
        if value is not None:
            names = [str(choice) for choice in choices]
            self._problem((*place, key), f'"{key}" cannot be "{value}"{nearest(value, names)}')
        return None

    def _pattern(self, place: Path, source: str) -> Pattern | None:
        pattern = Pattern(source)
        try:
            pattern.names  # noqa: B018 - reading it is the check
        except PatternError as error:
            self._problem(place, f"bad pattern at character {error.at + 1} of {source!r}: {error}")
            return None
        return pattern

    def _pattern_of(self, place: Path, table: dict[str, Any], key: str) -> Pattern:
        source = self._value(place, table, key, str)
        if source is None:
            raise _Misfit
        pattern = self._pattern((*place, key), source)
        if pattern is None:
            raise _Misfit
        return pattern

    def _rule(self, verb: Verb, place: tuple[str, int], table: dict[str, Any]) -> Rule:
        rule_id = self._id(place, table)
        where = self._one_of(place, table, "where", schema.WHERE)
        since, until = self._day(place, table, "since"), self._day(place, table, "until")
        if since and until and since >= until:
            self._problem((*place, "until"), '"until" must be later than "since"')
        languages = self._languages(place, table)
        selector = self._selector(verb, place, table)
        return Rule(
            id=f"{self.id}/{rule_id}",
            verb=verb,
            selector=selector,
            place=place,
            where=where or "any",
            since=since,
            until=until,
            languages=languages,
            replacement=self._replacement(place, table, selector) if verb == "replace" else "",
            drops=bool(self._value(place, table, "drop", bool)) if verb == "capture" else False,
        )

    def _content(self) -> Rule:
        """Make a rule of the article's root. It comes last, so that others have the first word on what they know."""
        return Rule(
            id=f"{self.id}/{schema.CONTENT}",
            verb="drop",
            selector=Outside(self._css((), self.data, schema.CONTENT)),
            place=(schema.CONTENT,),
        )

    def _css(self, place: Path, table: dict[str, Any], key: str) -> tuple[str, ...]:
        selectors = tuple(self._strings(place, table, key))
        for selector in selectors:
            if selector.strip() and (problem := misfit(selector)):
                self._problem((*place, key), f"bad selector {selector!r}: {problem}")
        return selectors

    def _day(self, place: Path, table: dict[str, Any], key: str) -> str | None:
        value = table.get(key)
        if isinstance(value, dt.date):
            return value.isoformat()[:10]
        if isinstance(value, str) and _DAY.fullmatch(value):
            return value
        if value is not None:
            self._problem((*place, key), f'"{key}" must be a day like 2024-01-31')
        return None

    def _languages(self, place: Path, table: dict[str, Any]) -> frozenset[str]:
        languages = self._strings(place, table, "lang")
        for language in languages:
            if not _LANGUAGE.fullmatch(language):
                self._problem((*place, "lang"), f'"{language}" is no language code like "en"')
        return frozenset(languages)

    def _selector(self, verb: Verb, place: Path, table: dict[str, Any]) -> Selector:
        if verb == "capture" and "css" in table:
            return self._value_of_elements(place, table)
        for key in ("field", "attribute"):
            if verb == "capture" and key in table:
                self._problem((*place, key), f'"{key}" needs "css"')
        choices = {"replace": ("pattern",), "capture": ("line", "pattern", "css")}.get(verb, _SELECTORS)
        chosen = [key for key in choices if key in table]
        if len(chosen) != 1:
            names = " or ".join(f'"{key}"' for key in choices)
            self._misfit(place, f"[[{verb}]] needs {'just one of ' if len(choices) > 1 else ''}{names}")
        least = self._least(place, table, chosen[0])
        if "to" in table and chosen != ["from"]:
            self._problem((*place, "to"), '"to" needs "from"')
        if chosen == ["lines"]:
            return Lines(tuple(self._literals(place, table)), least or 1)
        if chosen == ["css"]:
            return Elements(self._css(place, table, "css"))
        pattern = self._pattern_of(place, table, chosen[0])
        if verb == "capture":
            self._check_groups((*place, chosen[0]), pattern)
        match chosen[0]:
            case "pattern":
                return Inside(pattern)
            case "from":
                return Block(pattern, self._end(place, table))
            case "run":
                return Line(pattern, least or schema.DEFAULT_RUN)
        return Line(pattern)

    def _value_of_elements(self, place: Path, table: dict[str, Any]) -> Value:
        if "line" in table:
            self._misfit((*place, "line"), '"line" does not go with "css"; "pattern" reads the text of elements')
        if ("field" in table) == ("pattern" in table):
            self._misfit(place, '[[capture]] with "css" needs just one of "field" or "pattern"')
        css = self._css(place, table, "css")
        attribute = self._value(place, table, "attribute", str)
        attribute = attribute.lower() if attribute else None
        if "pattern" in table:
            pattern = self._pattern_of(place, table, "pattern")
            self._check_groups((*place, "pattern"), pattern)
            return Value(css, pattern, attribute)
        name = self._one_of(place, table, "field", schema.FIELDS)
        if name is None:
            raise _Misfit
        return Value(css, name, attribute)

    def _least(self, place: Path, table: dict[str, Any], selector: str) -> int | None:
        least = self._value(place, table, "min", int)
        if least is None:
            return None
        if selector not in ("run", "lines"):
            self._problem((*place, "min"), '"min" needs "run" or "lines"')
        if least < 1:
            self._problem((*place, "min"), '"min" must be at least 1')
        return least

    def _literals(self, place: Path, table: dict[str, Any]) -> list[str]:
        literals = [line.strip() for line in self._strings(place, table, "lines")]
        for line in literals:
            if "\n" in line:
                self._problem((*place, "lines"), f'each of "lines" is one line; this has a line break: {line!r}')
        return literals

    def _end(self, place: Path, table: dict[str, Any]) -> Pattern | Any:
        if "to" not in table:
            return None
        return schema.END if table["to"] == schema.END else self._pattern_of(place, table, "to")

    def _check_groups(self, place: Path, pattern: Pattern) -> None:
        names = pattern.names
        if not names:
            valid = ", ".join(schema.FIELDS)
            self._problem(place, f"a capture needs a group like (?P<title>...); valid are {valid}")
        for name in sorted(names.difference(schema.FIELDS)):
            self._problem(place, f'unknown group "{name}"{nearest(name, schema.FIELDS)}')

    def _replacement(self, place: Path, table: dict[str, Any], selector: Selector) -> str:
        replacement = self._value(place, table, "with", str)
        if replacement is None:
            if "with" not in table:
                self._problem(place, '[[replace]] needs "with"; an empty one removes what was found')
            return ""
        if "\n" in replacement:
            self._problem((*place, "with"), '"with" cannot have a line break')
        if isinstance(selector, Inside):
            try:
                regex.sub(f"(?:{parse(selector.pattern.source).confined})|", replacement, "")
            except (regex.error, IndexError) as error:
                self._problem((*place, "with"), f'"with" does not fit the pattern: {error}')
        return replacement

    def _example(self, place: tuple[str, int], table: dict[str, Any]) -> Example:
        diff, keep = self._value(place, table, "diff", str), self._value(place, table, "keep", str)
        url = self._value(place, table, "url", str)
        meta = self._meta(place, table)
        if "html" in table:
            return self._html_example(place, table, meta, url)
        if "text" in table:
            self._problem((*place, "text"), '"text" needs "html"; "diff" shows what comes out of a text')
        if ("diff" in table) == ("keep" in table):
            self._misfit(place, '[[example]] needs just one of "diff" or "keep"')
        if keep is not None:
            return Example(keep, keep, True, place, meta, url)
        if diff is None:
            raise _Misfit
        raw, expected = self._both_sides(place, diff)
        return Example(raw, expected, False, place, meta, url)

    def _html_example(
        self,
        place: tuple[str, int],
        table: dict[str, Any],
        meta: dict[str, str | tuple[str, ...]],
        url: str | None,
    ) -> Example:
        chosen = [key for key in ("text", "keep", "diff") if key in table]
        if len(chosen) != 1 or chosen == ["diff"]:
            self._misfit(place, '[[example]] with "html" needs just one of "text" or "keep"')
        html, expected = self._value(place, table, "html", str), self._value(place, table, chosen[0], str)
        if html is None or expected is None:
            raise _Misfit
        if not html.lstrip().lower().startswith(_DOCTYPE):
            html = f"{_DOCTYPE} html>\n{html}"
        return Example(html, expected, chosen == ["keep"], place, meta, url, is_html=True)

    def _both_sides(self, place: Path, diff: str) -> tuple[str, str]:
        """Split a diff into the page before and after."""
        before: list[str] = []
        after: list[str] = []
        for number, line in enumerate(diff.split("\n"), start=1):
            sign, rest = line[:1], line[1:]
            if sign not in ("", " ", "+", "-"):
                signs = 'not with "-", "+" or a space'
                self._misfit((*place, "diff"), f'line {number} of the diff starts with "{sign}", {signs}: {line!r}')
            if sign != "+":
                before.append(rest)
            if sign != "-":
                after.append(rest)
        if before == after:
            self._problem((*place, "diff"), 'nothing changes in this diff; "keep" shows what stays')
        return "\n".join(before), "\n".join(after)

    def _meta(self, place: Path, table: dict[str, Any]) -> dict[str, str | tuple[str, ...]]:
        values = self._value(place, table, "meta", dict) or {}
        self._check_keys((*place, "meta"), "meta", values)
        meta: dict[str, str | tuple[str, ...]] = {}
        for key, value in values.items():
            if isinstance(value, dt.date):
                meta[key] = value.isoformat()
            elif isinstance(value, str):
                meta[key] = value
            elif isinstance(value, list) and key == "authors":
                meta[key] = tuple(map(str, value))
            else:
                self._problem((*place, "meta"), f'"{key}" must be a string, not {_type_of(value)}')
        return meta


def _within(place: Path) -> str:
    """Name the table for a message."""
    if not place:
        return ""
    if place[-1] == "meta":
        return ' in "meta"'
    return f" in [[{place[0]}]]" if len(place) > 1 else f" in [{place[0]}]"


def _type_of(value: object) -> str:
    if isinstance(value, list) and not all(isinstance(item, str) for item in value):
        return "a list of other things"
    if isinstance(value, dt.date | dt.time):
        return "a date or time"
    return _TYPES.get(type(value), "a number")
