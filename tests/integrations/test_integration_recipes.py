"""Every recipe of docs/integrations.md, run as it stands with the library that it is for, prints what is shown."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import pytest

DOCUMENT = Path(__file__).parents[2] / "docs/integrations.md"
HEAVY = {"pyspark", "ray"}
"""Libraries that start processes of their own and take many seconds."""
WRITER_NEEDS = {"JsonlWriter": "orjson"}
"""Libraries that a name in a recipe needs besides the one that it is imported from."""


class Recipe(NamedTuple):
    """A program of the document."""

    title: str
    code: str
    shown: str

    @property
    def libraries(self) -> list[str]:
        """The top-level packages that it imports, but for ours, the sample and the standard library."""
        found = set()
        for node in ast.walk(ast.parse(self.code)):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            found |= {name.partition(".")[0] for name in names}
        found |= {library for name, library in WRITER_NEEDS.items() if name in self.code}
        return sorted(found - {"cleaner", "sample"} - sys.stdlib_module_names)


def _read() -> tuple[str, list[Recipe]]:
    """Give the sample, and the recipes."""
    text = DOCUMENT.read_text("utf-8")
    sample = re.search(r"Save as `sample\.py`:\n\n```python\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert sample
    recipes = []
    for title, section in re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL):
        found = re.findall(r"^```python\n(.*?)^```\n\n```text\n(.*?)^```$", section, re.MULTILINE | re.DOTALL)
        assert len(found) == section.count("```python"), f"a recipe for {title} does not show what it prints"
        recipes += [Recipe(title, code, shown) for code, shown in found]
    return sample[1], recipes


SAMPLE, RECIPES = _read()
CASES = [
    pytest.param(recipe, id=recipe.title, marks=[pytest.mark.slow] if HEAVY & set(recipe.libraries) else [])
    for recipe in RECIPES
]


def test_there_is_a_recipe_for_each_library() -> None:
    named = {
        "datasets",
        "datatrove",
        "haystack",
        "langchain_core",
        "orjson",
        "pandas",
        "polars",
        "pyarrow",
        "pyspark",
        "ray",
        "scrapy",
    }
    assert {library for recipe in RECIPES for library in recipe.libraries} == named


@pytest.mark.parametrize("recipe", CASES)
def test_a_recipe_prints_what_it_shows(recipe: Recipe, tmp_path: Path) -> None:
    missing = [library for library in recipe.libraries if find_spec(library) is None]
    if missing:
        pytest.skip(f"not installed: {', '.join(missing)}")
    (tmp_path / "sample.py").write_text(SAMPLE, "utf-8")
    (tmp_path / "recipe.py").write_text(recipe.code, "utf-8")
    environment = {**os.environ, "HOME": str(tmp_path), "PYSPARK_PYTHON": sys.executable}
    run = subprocess.run(
        [sys.executable, "recipe.py"], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", timeout=300
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.rstrip() == recipe.shown.rstrip()
