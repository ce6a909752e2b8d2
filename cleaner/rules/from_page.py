"""Makes an example of a raw page: as short as it can be, and seen to pass."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from cleaner.rules import tables
from cleaner.rules.examples import actual, cleaned, failure, is_forced, lines_of
from cleaner.rules.load import read_text
from cleaner.rules.minimise import minimise_html, minimise_text
from cleaner.rules.schema import FIELDS, Elements, Example, Outside
from cleaner.rules.selectors import alternatives
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
        if not any(edit.rule.startswith(f"{self.file.id}/") for edit in self._cleaned(raw).edits):
            raise UnshownError(f"no rule of {self.file.id} takes anything from it")
        if kind_of(raw) == "html":
            shorter = minimise_html(raw, self._cleaned, self.file.id, self._kept())
        else:
            shorter = minimise_text(raw, self._cleaned)
        try:
            return self.as_it_is(shorter)
        except UnshownError:
            return self.as_it_is(raw)

    def _kept(self) -> list[str]:
        """Give the selectors of what stays: what rules keep, and each part of the article's root."""
        kept: list[str] = []
        for rule in self.file.rules:
            if isinstance(rule.selector, Outside) or (isinstance(rule.selector, Elements) and rule.verb == "keep"):
                kept += (one for selector in rule.selector.css for one in alternatives(selector))
        return kept

    def as_it_is(self, raw: str) -> Table:
        """Make an example of a page as it is. Raises :class:`UnshownError`."""
        document = self._cleaned(raw)
        after, meta = lines_of(document.text), self.meta(document)
        is_html = kind_of(raw) == "html"
        table = tables.html(raw, after, meta, is_near_miss=False) if is_html else tables.diff(raw, after, meta)
        failed = self.failure(table)
        if failed:
            raise UnshownError(f"it does not come out of an example as it does by itself:\n{failed}")
        return table

    def language_of(self, table: Table) -> str:
        """Tell the language of an example's page."""
        return self._cleaned(table.example.raw).language or "en"

    def _cleaned(self, raw: str) -> Document:
        """Clean a page as an example of it would be."""
        is_html = kind_of(raw) == "html"
        example = tables.html(raw, [], is_near_miss=False).example if is_html else Example(raw, "", False, _PLACE)
        return cleaned(self.file, example, self._clean)

    @cached_property
    def _clean(self) -> Clean:
        return self.make_clean(self.rules)

    def meta(self, document: Document) -> dict[str, str]:
        """Give the metadata that tell the site, and those that the file's captures are for."""
        captured = {field for rule in self.file.rules for field in rule.fields}
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
