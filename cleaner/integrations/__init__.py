"""Thin adapters of the cleaner to what people ingest with, one module for each: Arrow, datatrove, Scrapy.

Each needs a library that the package does not install; importing its module without it says what to install. Spark,
Ray Data, ``datasets``, pandas and polars all speak Arrow: docs/integrations.md has a recipe for each.
"""

from __future__ import annotations

from cleaner.model import CleanerError


class MissingLibraryError(CleanerError, ModuleNotFoundError):
    """The library that an adapter adapts to is not installed."""

    def __init__(self, module: str, library: str) -> None:
        super().__init__(f"{module} needs {library}: pip install {library}")
