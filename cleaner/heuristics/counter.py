"""Counters: views, likes, comments, shares, with their number.

It must not touch figures in prose, or a table of results.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 40.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("counter", MAX_WEIGHT, "a counter")
