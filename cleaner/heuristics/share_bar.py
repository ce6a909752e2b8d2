"""Share bars: the names of networks and "Share this", "Tweet", "Teilen", one line or one a line.

It must not touch sentences that speak of sharing, or a heading of an article about a network.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 60.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("share-bar", MAX_WEIGHT, "a share bar")

MOST_TEXT = 0.3
"""Share of the page's running text that an element with such a class may hold."""

propose_in_tree = drop_elements(
    "a share box, by its markup",
    most=MOST_TEXT,
    words=(
        "share",
        "sharing",
        "social",
        "sharedaddy",
        "addthis",
        "addtoany",
        "facebook",
        "twitter",
        "pinterest",
        "linkedin",
        "whatsapp",
        "instagram",
        "socials",
    ),
)
