"""Threads: pages whose replies are the content."""

from __future__ import annotations

from cleaner.blocks.page import Page, once_a_page

THREAD_MARKS = 5
THREAD_START = 0.35
"""Of the WCXB development split, 64 % of forum pages have five marks of a forum, the first of them before this
share of the prose; 2 % of articles have."""


@once_a_page
def is_thread(page: Page) -> bool:
    """Tell whether the words of a forum recur from the first post on."""
    rows = page.rows("forum")
    if len(rows) < THREAD_MARKS:
        return False
    return bool(page.prose_before[rows[0]] < THREAD_START)
