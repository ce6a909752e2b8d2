"""Heuristics: one module for each family of noise, found by walking this package.

A module's name, with dashes, is the heuristic's name. Its docstring says what noise it finds, why that
works, and what it must not touch. It has one or more functions, which yield actions and change nothing:

- ``propose(page)`` looks at the rows of a page, whatever it was;
- ``propose_in_tree(page)`` looks at the tree of an HTML page (``page.dom``), before its rows are looked at;
- ``propose_in_rest(page)`` looks at what the heuristics on the tree have left of an HTML page.

``GUESSES`` names the stages in which a heuristic judges areas rather than lines, so that a part of what it drops is
content: on the WCXB development split 4 to 27 % of the words. There its proposals are evidence that the scorer may
overrule; all others stand.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Literal, TypeAlias

from cleaner.blocks.page import Page
from cleaner.model import Capture, Drop, Keep, Replace

Actions: TypeAlias = Iterator[Drop | Keep | Replace | Capture]


Propose: TypeAlias = Callable[[Page], Actions]
Stage: TypeAlias = Literal["in_tree", "in_rest", "in_rows"]
STAGES: tuple[Stage, ...] = ("in_tree", "in_rest", "in_rows")
"""When heuristics are asked, in their order; the first two only of HTML pages."""
_NAMES: dict[Stage, str] = {"in_tree": "propose_in_tree", "in_rest": "propose_in_rest", "in_rows": "propose"}


@cache
def heuristics() -> Mapping[str, Mapping[Stage, Propose]]:
    """Give every heuristic by its name, in the order of the names: its functions by stage."""
    found: dict[str, Mapping[Stage, Propose]] = {}
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        if not info.name.startswith("_"):
            module = import_module(f"{__name__}.{info.name}")
            functions = {stage: getattr(module, name) for stage, name in _NAMES.items() if hasattr(module, name)}
            found[info.name.replace("_", "-")] = MappingProxyType(functions)
    return MappingProxyType(found)


@cache
def guesses(*stages: Stage) -> frozenset[str]:
    """Give the heuristics whose proposals in one of these stages are guesses."""
    modules = {name: import_module(f"{__name__}.{name.replace('-', '_')}") for name in heuristics()}
    return frozenset(name for name, module in modules.items() if set(stages) & set(getattr(module, "GUESSES", ())))
