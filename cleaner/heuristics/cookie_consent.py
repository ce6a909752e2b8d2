"""Cookie notices and consent dialogues, whole paragraphs of them.

It must not touch recipes for cookies or articles on browser cookies: the phrases address the reader.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 900.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("cookie-consent", MAX_WEIGHT, "a cookie notice")
