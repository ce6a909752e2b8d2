"""Cookie notices and consent dialogues, whole paragraphs of them.

It must not touch recipes for cookies or articles on browser cookies: the phrases address the reader.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 900.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("cookie-consent", MAX_WEIGHT, "a cookie notice")

MOST_TEXT = 0.6
"""Share of the page's running text that an element with such a class may hold."""

propose_in_tree = drop_elements(
    "a consent notice, by its markup",
    most=MOST_TEXT,
    words=("cookie", "cookies", "consent", "gdpr", "onetrust", "ccpa", "cookiebot"),
)
