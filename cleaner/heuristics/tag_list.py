"""Lists of tags and topics, before or after the article: "Tags: budget, council".

It must not touch a glossary, or a list of topics inside the article: only the head and the tail are looked at.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels_outside

MAX_WEIGHT = 200.0
"""Latin characters of the longest line that goes."""

propose = drop_labels_outside("tag-list", MAX_WEIGHT, "a list of tags")
