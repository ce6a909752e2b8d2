"""The fields and buttons of forms: "Email", "First name", "Submit", "* required".

It must not touch a list of terms that an article explains: only the head and the tail are looked at.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels_outside

MAX_WEIGHT = 80.0
"""Latin characters of the longest line that goes."""

propose = drop_labels_outside("form", MAX_WEIGHT, "a form")
