"""Finds and reads rule files. The only module here that opens files."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.model import Rank, RuleError
from cleaner.rules.program import Program
from cleaner.rules.reader import read
from cleaner.rules.source import Source, scan

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cleaner.rules.schema import Contents, Kind, Rule

GENERIC = "generic.toml"
"""The file of this name holds rules for every document."""
_PLATFORMS = "platforms"
"""Files below a folder of this name are for platforms."""
_RANKS: dict[Kind, Rank] = {"generic": Rank.GENERIC, "platform": Rank.PLATFORM, "site": Rank.HOST}


@dataclass(frozen=True, eq=False)
class RuleFile:
    """A rule file that fits."""

    path: str
    kind: Kind
    text: str
    contents: Contents

    @property
    def id(self) -> str:
        """Its name, the first part of the ids of its rules."""
        return self.contents.id

    @property
    def rules(self) -> tuple[Rule, ...]:
        """Its rules, verb by verb."""
        return self.contents.rules

    @property
    def rank(self) -> Rank:
        """How much its rules are trusted."""
        return Rank.PATH if self.contents.match.paths else _RANKS[self.kind]

    @cached_property
    def source(self) -> Source:
        """Where everything stands in the file."""
        return scan(self.text)

    @cached_property
    def program(self) -> Program:
        """Its rules, made ready to run."""
        return Program(self.rules, [self.reason(rule) for rule in self.rules])

    def with_contents(self, contents: Contents) -> RuleFile:
        """Give the file with other contents, whose places are those of this file's text."""
        other = RuleFile(self.path, self.kind, self.text, contents)
        other.__dict__["source"] = self.source
        return other

    def reason(self, rule: Rule) -> str:
        """Say what a rule is for: the comment above it or beside its header, or else its id in words."""
        return self.source.comments.get(rule.place) or rule.name.replace("-", " ").replace("_", " ")

    def line(self, *place: str | int) -> int | None:
        """Give the line of the file where something stands."""
        return self.source.line(*place)


@dataclass(frozen=True)
class Layer:
    """The files of one folder, which lie over those of the layers before it."""

    files: tuple[RuleFile, ...]
    errors: tuple[RuleError, ...]


def builtin_folder() -> Path:
    """Give the folder of the rules that come with the package, installed or in a source checkout."""
    package = Path(__file__).parents[1]
    installed = package / "_rules"
    return installed if installed.is_dir() else package.parent / "rules"


def read_layer(root: Path) -> Layer:
    """Read all the rule files in a folder and the folders in it, or one file."""
    paths = [root] if root.is_file() else sorted(root.rglob("*.toml")) if root.is_dir() else None
    if paths is None:
        return Layer((), (RuleError(str(root), None, "no such folder or file"),))
    files: dict[str, RuleFile] = {}
    errors: list[RuleError] = []
    for path in paths:
        file, problems = _read_file(path, root)
        errors += problems
        if file is None:
            continue
        if file.id in files:
            errors.append(RuleError(file.path, file.line("id"), f'id "{file.id}" is taken by {files[file.id].path}'))
        else:
            files[file.id] = file
    return Layer(tuple(files.values()), tuple(errors))


def read_text(text: str, path: str, kind: Kind) -> tuple[RuleFile | None, Sequence[RuleError]]:
    """Read the text of a rule file: the file, or what does not fit in it."""
    contents, errors = read(text, path, kind)
    return (RuleFile(path, kind, text, contents) if contents else None), errors


def _read_file(path: Path, root: Path) -> tuple[RuleFile | None, Sequence[RuleError]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        return None, [RuleError(str(path), None, f"cannot be read: {error.strerror or error}")]
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        return None, [RuleError(str(path), line, "not UTF-8")]
    return read_text(text, str(path), kind_of(path, root))


def kind_of(path: Path, root: Path) -> Kind:
    """Tell by its place what a file is for: every document, a platform, or a site."""
    if path.name == GENERIC:
        return "generic"
    folders = (path.parent.name,) if path == root else (root.name, *path.relative_to(root).parent.parts)
    return "platform" if _PLATFORMS in folders else "site"
