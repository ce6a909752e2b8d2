"""Gives back the article, and only the article, from raw scraped text.

The public names load on first use, so that importing the package costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from cleaner.version import __version__

if TYPE_CHECKING:
    from cleaner.model import Document, Edit, Flag
    from cleaner.pipeline import Cleaner, clean
    from cleaner.rules import RuleSet

__all__ = ["Cleaner", "Document", "Edit", "Flag", "RuleSet", "__version__", "clean"]

_HOMES = {
    "Cleaner": "cleaner.pipeline",
    "clean": "cleaner.pipeline",
    "Document": "cleaner.model",
    "Edit": "cleaner.model",
    "Flag": "cleaner.model",
    "RuleSet": "cleaner.rules",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
