"""``clean rules schema``."""

from __future__ import annotations

import json
from collections.abc import Callable

from typer.testing import Result

from cleaner.rules.json_schema import json_schema


def test_the_schema_is_written_as_json(clean: Callable[..., Result]) -> None:
    result = clean("rules", "schema")
    assert result.exit_code == 0
    assert result.stderr == ""
    assert json.loads(result.stdout) == json_schema()
