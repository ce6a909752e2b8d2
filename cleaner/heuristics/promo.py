"""Promotion of apps, channels and stations: "Download our app", "Follow us on Telegram", "Watch live".

It must not touch an article on an app: only lines of the head and the tail that address the reader.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels_outside

MAX_WEIGHT = 140.0
"""Latin characters of the longest line that goes."""

propose = drop_labels_outside("promo", MAX_WEIGHT, "a promotion")
