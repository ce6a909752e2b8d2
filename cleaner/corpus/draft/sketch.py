"""A rule on its way into a file: its keys, what it is and how often it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

from cleaner.rules.schema import Verb
from cleaner.rules.tables import quoted

Value: TypeAlias = str | int | bool | list[str]

_WIDTH = 110
"""Characters of a line of the file, where lists and comments are broken."""


@dataclass
class Sketch:
    """A rule that is proposed."""

    verb: Verb
    id: str
    about: str
    keys: Mapping[str, Value]
    line: str = ""
    """A raw line that it takes, for near misses."""
    pages: int = 0
    """Pages that it was seen on."""
    html: list[str] = field(default_factory=list)
    """Elements that it takes, each as a little HTML for the example."""
    standing: bool = False
    """It takes prose that recurs, so that the zones are others once it has run."""

    def write(self, total: int) -> str:
        """Write the rule as TOML, with its comment."""
        seen = f"Seen on {self.pages} of {total} pages."
        keys = [f"id = {write_value(self.id)}", *(f"{key} = {write_value(value)}" for key, value in self.keys.items())]
        return "\n".join([*comment(f"{self.about} {seen}"), f"[[{self.verb}]]", *keys])


def comment(text: str) -> list[str]:
    """Write a text as the lines of a comment."""
    lines: list[str] = []
    for word in " ".join("".join(char if char.isprintable() else " " for char in text).split()).split(" "):
        if lines and len(lines[-1]) + len(word) < _WIDTH:
            lines[-1] += f" {word}"
        else:
            lines.append(f"# {word}")
    return lines


def write_value(value: Value) -> str:
    """Write a value as TOML: a list that is long a line for each item."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return str(value)
    if isinstance(value, str):
        text = quoted(value)
        is_plain = value.isprintable() and "'''" not in value and not value.endswith("'")
        return f"'''{value}'''" if "\\" in value and text.startswith('"') and is_plain else text
    flat = f"[{', '.join(map(write_value, value))}]"
    if len(flat) <= _WIDTH:
        return flat
    return "[\n" + "".join(f"{write_value(item)},\n" for item in value) + "]"
