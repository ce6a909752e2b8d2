"""A rule on its way into a file: its keys, what it is and how often it was seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cleaner.model import Field
from cleaner.rules.schema import Verb
from cleaner.rules.values import Value, value

_WIDTH = 110
"""Characters of a line of a comment."""


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
    fields: frozenset[Field] = frozenset()
    """What it reads."""
    standing: bool = False
    """It takes prose that recurs, so that the zones are others once it has run."""

    def write(self, total: int) -> str:
        """Write the rule as TOML, with its comment."""
        seen = f"Seen on {self.pages} of {total} pages."
        keys = [f"{key} = {value(what)}" for key, what in {"id": self.id, **self.keys}.items()]
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
