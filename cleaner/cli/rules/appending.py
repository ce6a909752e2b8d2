"""Appending examples to rule files."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cleaner.model import ConfigError

if TYPE_CHECKING:
    from cleaner.rules import RuleFile
    from cleaner.rules.tables import Table


def append(file: RuleFile, tables: Iterable[Table]) -> None:
    """Write examples below what stands in a rule file."""
    path = Path(file.path)
    added = "".join(f"\n{table.toml}\n" for table in tables)
    try:
        path.write_text(f"{path.read_text('utf-8').rstrip()}\n{added}", "utf-8")
    except OSError as error:
        hint = "copy it to a folder of your own and name that with --rules"
        raise ConfigError(f"{path}: cannot be written ({error.strerror or error}); {hint}") from None
