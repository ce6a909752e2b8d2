"""Small pages and rule files to test with, made from text."""

from __future__ import annotations

from textwrap import dedent
from typing import TYPE_CHECKING, Any, cast

import numpy as np

from cleaner.model import Flag, Proposal
from cleaner.rules.load import Layer, RuleFile, read_text
from cleaner.rules.ruleset import RuleSet
from cleaner.rules.schema import Kind

if TYPE_CHECKING:
    from cleaner.blocks.page import Page

PROSE = "The ferry across the bay will sail again in April, the port authority said on Tuesday."
"""A line that the pages here take for prose."""
MORE_PROSE = "Two boats will make eleven crossings a day, and a third will follow before the summer."


class FakePage:
    """What rules need of a page: a line of 60 characters or more that ends in a full stop is prose."""

    def __init__(self, text: str, visible: list[str] | None = None, markup: str = "text") -> None:
        self.text = text
        self.markup = markup
        self.dom = None
        self.memo: dict[object, Any] = {}
        self.lines: list[str] = []
        self.starts: list[int] = []
        gaps: list[bool] = []
        at, gap = 0, True
        for raw in text.split("\n"):
            line = raw.strip()
            if line:
                self.lines.append(line)
                self.starts.append(at + raw.index(line))
                gaps.append(gap)
            gap = not line
            at += len(raw) + 1
        self.visible = self.lines if visible is None else visible
        self.gaps = np.array(gaps, np.bool_)
        prose = [row for row, line in enumerate(self.lines) if len(line) >= 60 and line.endswith(".")]
        self.prose_rows = np.array(prose, np.int64)
        self.has_prose = bool(prose)
        self.head_end = prose[0] if prose else 0
        self.tail_start = prose[-1] + 1 if prose else len(self.lines)
        self.joined = "\n".join(self.lines)
        lengths = [len(line) + 1 for line in self.lines]
        self.joined_starts = [sum(lengths[:row]) for row in range(len(lengths))]

    def __len__(self) -> int:
        return len(self.lines)


def make_page(text: str, visible: list[str] | None = None, markup: str = "text") -> Page:
    return cast("Page", FakePage(text, visible, markup))


def make_file(text: str, kind: Kind = "site", path: str = "rules/test.toml") -> RuleFile:
    """Read a rule file of which the head may be left out."""
    text = dedent(text)
    if "schema" not in text:
        text = f'schema = 1\nid = "test"\n{text}'
    file, errors = read_text(text, path, kind)
    assert file is not None, [str(error) for error in errors]
    return file


def make_rules(*files: RuleFile) -> RuleSet:
    return RuleSet([Layer(files, ())])


def propose(rules: str, page: Page, **options: Any) -> tuple[list[Proposal], list[Flag]]:
    """Run the rules of one file over a page."""
    settings: dict[str, Any] = {"language": lambda: None, "date": None, "deadline_s": 5.0} | options
    ruleset = make_rules(make_file(rules, "generic"))
    return ruleset.propose(page, ruleset.recognise(page, None), **settings)


def touched(rules: str, text: str, **options: Any) -> list[str]:
    """Give the lines that the rules of one file drop or protect."""
    page = make_page(text, options.pop("visible", None))
    proposals, flags = propose(rules, page, **options)
    assert not flags
    return [page.lines[row] for proposal in proposals for row in proposal.action.rows]  # type: ignore[union-attr]
