"""Login prompts: "Sign in", "Register to continue", "Already have an account?".

It must not touch instructions that explain a login to the reader in whole sentences.
"""

from __future__ import annotations

from cleaner.heuristics._elements import drop_elements
from cleaner.heuristics._phrases import drop_labels

GUESSES = ("in_tree",)

MAX_WEIGHT = 120.0
"""Latin characters of the longest line that goes."""

propose = drop_labels("login-prompt", MAX_WEIGHT, "a login prompt")

MOST_TEXT = 0.2
"""Share of the page's running text that an element with such a class may hold."""

propose_in_tree = drop_elements(
    "a login or a basket, by its markup",
    most=MOST_TEXT,
    words=("login", "signin", "register", "account", "cart", "minicart", "basket", "wishlist"),
)
