"""Pagination, "previous" and "next", with or without the titles of the neighbours, "page 2 of 7", "load more".

It must not touch steps and pages inside the article: only the head and the tail are looked at.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels_outside

MAX_WEIGHT = 90.0
"""Latin characters of the longest line that goes."""

propose = drop_labels_outside("pagination", MAX_WEIGHT, "pagination")
