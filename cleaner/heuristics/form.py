"""The fields and buttons of forms: "Email", "First name", "Submit", "* required".

It must not touch a list of terms that an article explains: only the head and the tail are looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.dom import CONTROL
from cleaner.blocks.page import Page
from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import drop_labels_outside
from cleaner.measures import rows_where
from cleaner.model import Drop

GUESSES = ("in_tree",)

MAX_WEIGHT = 80.0
"""Latin characters of the longest line that goes."""

propose = drop_labels_outside("form", MAX_WEIGHT, "a form")

MOST_TEXT = 0.2
"""Share of the page's running text that a form may hold: some sites put the whole page into one."""

_forms = drop_elements(
    "a form", most=MOST_TEXT, words=("search", "searchform", "form"), tags=("form",), roles=("search",)
)


def propose_in_tree(page: Page) -> Iterator[Drop]:
    """Propose forms, and the labels of buttons and choices wherever they stand."""
    yield from _forms(page)
    if page.dom is None:
        return
    controls = rows_where((page.dom.flags & CONTROL) > 0)
    if len(controls):
        yield Drop(controls.tolist(), "a button or a choice")
