"""Paywall prompts: "Subscribe to read on", "You have 3 free articles left".

It must not touch reports on subscriptions and prices.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 300.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("paywall", MAX_WEIGHT, "a paywall prompt")
