"""Newsletter and subscription boxes: the invitation, the promise about spam, the consent.

It must not touch an article about newsletters: the phrases are those of the form, in the imperative.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 300.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("newsletter", MAX_WEIGHT, "a newsletter box")

MOST_TEXT = 0.2
"""Share of the page's running text that an element with such a class may hold."""

propose_in_tree = drop_elements(
    "a newsletter box, by its markup",
    most=MOST_TEXT,
    words=("newsletter", "subscribe", "subscription", "signup", "mailchimp", "optin"),
)
