"""Share bars: the names of networks and "Share this", "Tweet", "Teilen", one line or one a line.

It must not touch sentences that speak of sharing, or a heading of an article about a network.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 60.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("share-bar", MAX_WEIGHT, "a share bar")
