"""Ordinary prose in many languages, that no rule may match and that near misses are made of."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

PARAGRAPHS = 3
"""The first so many sentences of each language are paragraphs of prose by themselves."""


@cache
def prose() -> Mapping[str, tuple[str, ...]]:
    """Give the sentences of each language."""
    data = tomllib.loads(files("cleaner.rules").joinpath("prose.toml").read_text("utf-8"))
    return {language: tuple(sentences) for language, sentences in data.items()}


def paragraphs(language: str = "en") -> tuple[str, ...]:
    """Give the paragraphs of a language, or of English where there are none in it."""
    return prose().get(language, prose()["en"])[:PARAGRAPHS]
