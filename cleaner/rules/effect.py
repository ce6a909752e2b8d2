"""Tells what one rule does to a page, whatever its conditions of date and language say."""

from __future__ import annotations

from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from cleaner.model import Drop, Keep, Replace
from cleaner.rules.program import Context, Program
from cleaner.rules.view import Clock

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cleaner.model import Action
    from cleaner.rules.schema import Rule
    from cleaner.rules.view import View

TIME_LIMIT = 10.0
"""Seconds that a rule may take for a page."""
NOWHERE = -1
"""The row of a captured value."""


def touched(rule: Rule, view: View) -> set[int]:
    """Give the rows that a rule acts on; with :data:`NOWHERE` if it reads metadata."""
    undated = replace(rule, since=None, until=None, languages=frozenset())
    context = Context(date=None, language=lambda: None, is_active=lambda _: True)
    outcomes = Program([undated], [""]).run(view, context, Clock(TIME_LIMIT))
    return {row for _, actions in outcomes for action in actions or () for row in _rows_of(action, view)}


def groups(rows: Iterable[int]) -> list[list[int]]:
    """Put rows that follow each other together."""
    ordered = sorted(row for row in rows if row != NOWHERE)
    runs = groupby(enumerate(ordered), lambda pair: pair[1] - pair[0])
    return [[row for _, row in run] for _, run in runs]


def _rows_of(action: Action, view: View) -> Iterable[int]:
    if isinstance(action, Drop | Keep):
        return action.rows
    return [view.page.row_of(action.start)] if isinstance(action, Replace) else [NOWHERE]
