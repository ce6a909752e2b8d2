"""``clean rules schema``: what editors need to complete and check rule files."""

from __future__ import annotations

import json

from cleaner.cli.commands import examples
from cleaner.cli.rules.listing import write

EXAMPLES = examples([("clean rules schema > my-rules/rules.schema.json", "")])


def schema() -> None:
    """Write the JSON Schema of rule files to stdout.

    Editors with a language server for TOML, such as taplo, complete and check a rule file by it if a comment at the
    head of the file names it: "#:schema ../rules.schema.json", as seen from the file.
    """
    from cleaner.rules.json_schema import json_schema

    write(json.dumps(json_schema(), indent=2, ensure_ascii=False))
