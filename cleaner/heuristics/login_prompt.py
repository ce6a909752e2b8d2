"""Login prompts: "Sign in", "Register to continue", "Already have an account?".

It must not touch instructions that explain a login to the reader in whole sentences.
"""

from __future__ import annotations

from cleaner.heuristics._phrases import drop_labels

MAX_WEIGHT = 120.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("login-prompt", MAX_WEIGHT, "a login prompt")
