"""Ad labels: "Advertisement", "Anzeige", "Publicité", "Реклама", on a line of their own, wherever an ad stood.

It must not touch headings and sentences about advertising: only lines that are the label and nothing else.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 60.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("ad-label", MAX_WEIGHT, "an ad label")

MOST_TEXT = 0.15
"""Share of the page's running text that an element with such a class may hold."""

propose_in_tree = drop_elements(
    "advertising, by its markup",
    most=MOST_TEXT,
    words=(
        "ad",
        "ads",
        "advert",
        "advertisement",
        "adsense",
        "sponsor",
        "sponsored",
        "promo",
        "promoted",
        "promotion",
        "banner",
        "dfp",
    ),
)
