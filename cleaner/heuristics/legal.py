"""Copyright lines, terms, and the notices of agencies that nothing may be reproduced.

It must not touch an article on copyright law: only lines of the head and the tail with the wording of a notice.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels_outside

MAX_WEIGHT = 700.0
"""Latin characters of the longest line that goes."""

propose = drop_labels_outside("legal", MAX_WEIGHT, "a legal notice")
