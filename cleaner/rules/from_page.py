"""Makes an example of a raw page: as short as it can be, and seen to pass."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from cleaner.rules import tables
from cleaner.rules.examples import actual, cleaned, failure, is_forced, lines_of
from cleaner.rules.load import read_text
from cleaner.rules.minimise import minimise_html, minimise_text
from cleaner.rules.patterns import Pattern
from cleaner.rules.schema import FIELDS, Example, Inside, Line, Value
from cleaner.sniff import kind_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from cleaner.model import Document
    from cleaner.rules.examples import Clean
    from cleaner.rules.load import RuleFile
    from cleaner.rules.ruleset import RuleSet
    from cleaner.rules.tables import Table

_PLACE = ("example", 0)


class UnshownError(Exception):
    """A page makes no example of a rule file; the message says why."""


@dataclass(frozen=True)
class Exemplifier:
    """Makes examples for one rule file, which is among ``rules``. ``make_clean`` makes a cleaner for a set of rules."""

    rules: RuleSet
    file: RuleFile
    make_clean: Callable[[RuleSet], Clean]

    def of_page(self, raw: str) -> Table:
        """Make an example of a page, as short as it can be. Raises :class:`UnshownError`."""
        clean = self.make_clean(self.rules)
        is_html = kind_of(raw) == "html"

        def as_example(text: str) -> Document:
            example = tables.html(text, [], is_near_miss=False).example if is_html else Example(text, "", False, _PLACE)
            return cleaned(self.file, example, clean)

        if not any(edit.rule.startswith(f"{self.file.id}/") for edit in as_example(raw).edits):
            raise UnshownError(f"no rule of {self.file.id} takes anything from it")
        shorter = minimise_html(raw, as_example, self.file.id) if is_html else minimise_text(raw, as_example)
        failed = ""
        for text in (shorter, raw):
            document = as_example(text)
            after, meta = lines_of(document.text), self.meta(document)
            table = tables.html(text, after, meta, is_near_miss=False) if is_html else tables.diff(text, after, meta)
            failed = self.failure(table) or ""
            if not failed:
                return table
        raise UnshownError(f"it does not come out of an example as it does by itself:\n{failed}")

    def meta(self, document: Document) -> dict[str, str]:
        """Give the metadata that tell the site, and those that the file's captures are for."""
        captured: set[str] = set()
        for rule in self.file.rules:
            match rule.selector:
                case Line(pattern) | Inside(pattern) | Value(_, Pattern() as pattern):
                    captured |= pattern.names
                case Value(_, str() as name):
                    captured.add(name)
        site = [] if self.file.kind == "generic" else [self.file.kind]
        values = {key: actual(document, key) for key in [*(field for field in FIELDS if field in captured), *site]}
        return {key: value if isinstance(value, str) else ", ".join(value) for key, value in values.items() if value}

    def failure(self, table: Table) -> str | None:
        """Say how what is written would fail, read back from the file with it."""
        changed, errors = read_text(f"{self.file.text.rstrip()}\n\n{table.toml}\n", self.file.path, self.file.kind)
        if changed is None:
            return str(errors[0])
        written = changed.contents.examples[-1]
        some = self.rules.forcing(self.file.id) if is_forced(self.file, written) else self.rules
        return failure(self.file, written, self.make_clean(some))
