"""Newsletter and subscription boxes: the invitation, the promise about spam, the consent.

It must not touch an article about newsletters: the phrases are those of the form, in the imperative.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 300.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("newsletter", MAX_WEIGHT, "a newsletter box")
