"""How values of rule files are written."""

from __future__ import annotations

import tomllib

from hypothesis import example, given
from hypothesis import strategies as st

from cleaner.rules.values import Value, block, quoted, value


def test_quotes_are_chosen_to_save_escapes() -> None:
    assert quoted("plain") == '"plain"'
    assert quoted('a "b"') == "'a \"b\"'"
    assert quoted('it\'s "b"') == '"it\'s \\"b\\""'
    assert quoted(r"it's \d+") == r"'''it's \d+'''"
    assert block("a'''b\\") == '"""\na\'\'\'b\\\\\n"""'


@given(st.one_of(st.booleans(), st.integers(0, 99), st.text(), st.lists(st.text())))
@example("\\'")
@example("'''\\")
@example(["\\'a", "\r\n\x7f"])
def test_values_are_written_as_toml_that_says_the_same(written: Value) -> None:
    assert tomllib.loads(f"key = {value(written)}") == {"key": written}
