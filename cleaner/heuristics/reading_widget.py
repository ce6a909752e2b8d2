"""Widgets around the text: print, text size, listen, reading time, save, copy the link.

It must not touch instructions on printing or a heading such as "Listening to the river".
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 60.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("reading-widget", MAX_WEIGHT, "a reading widget")
