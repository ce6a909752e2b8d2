"""Marks of the software that made the page: "Powered by ...", "Theme by ...", "Hosted by ...".

It must not touch engines and plants that are powered by something: only short lines of the head and the tail.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels_outside

MAX_WEIGHT = 90.0
"""Latin characters of the longest line that goes."""

propose = drop_labels_outside("powered-by", MAX_WEIGHT, "a mark of the software")
