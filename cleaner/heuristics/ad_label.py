"""Ad labels: "Advertisement", "Anzeige", "Publicité", "Реклама", on a line of their own, wherever an ad stood.

It must not touch headings and sentences about advertising: only lines that are the label and nothing else.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 60.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("ad-label", MAX_WEIGHT, "an ad label")
