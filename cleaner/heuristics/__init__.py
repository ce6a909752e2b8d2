"""Heuristics: one module for each family of noise, found by walking this package.

A module's name, with dashes, is the heuristic's name. Its docstring says what noise it finds, why that
works, and what it must not touch; its ``propose(page)`` yields actions and changes nothing.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType

from cleaner.blocks.page import Page
from cleaner.model import Capture, Drop, Keep, Replace

Heuristic = Callable[[Page], Iterator[Drop | Keep | Replace | Capture]]


@cache
def heuristics() -> Mapping[str, Heuristic]:
    """Give every heuristic by its name, in the order of the names."""
    found: dict[str, Heuristic] = {}
    for module in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        if not module.name.startswith("_"):
            found[module.name.replace("_", "-")] = import_module(f"{__name__}.{module.name}").propose
    return MappingProxyType(found)
