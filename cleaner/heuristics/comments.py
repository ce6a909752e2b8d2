"""The comment form and its invitations: "Leave a reply", "No comments", "Log in to comment".

Short lines with such a phrase go; in the tail a heading of comments takes the rest of the tail with it.

It must not touch a heading such as "Comments on the draft" inside the article.
"""

from __future__ import annotations

from collections.abc import Iterator

from cleaner.blocks.page import Page
from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._kind import is_forum
from cleaner.heuristics._phrases import labels
from cleaner.model import Drop

GUESSES = ("in_tree",)

MAX_WEIGHT = 160.0


def propose(page: Page) -> Iterator[Drop]:
    """Propose the invitations, and what follows them in the tail."""
    if not page.has_prose:
        return
    for row in labels(page, "comments", MAX_WEIGHT).tolist():
        if row >= page.tail_start:
            yield Drop(range(row, len(page)), "comments: the form and all after it")
            return
        yield Drop((row,), "the comment form")


MOST_TEXT = 0.5
"""Share of the page's running text that comments may hold: where they hold more, they are the content."""

_elements = drop_elements(
    "comments, by their markup",
    most=MOST_TEXT,
    words=("comments", "comment", "disqus", "respond", "commentform", "commentlist", "discussion"),
)


def propose_in_tree(page: Page) -> Iterator[Drop]:
    """Propose the comments under an article; on a forum they are the content."""
    if not is_forum(page):
        yield from _elements(page)
