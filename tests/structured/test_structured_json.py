"""JSON as pages embed it."""

from __future__ import annotations

from typing import Any

import pytest

from cleaner.structured.json_repair import loads


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ('{"a": 1}', [{"a": 1}]),
        ('<!-- {"a": 1} -->', [{"a": 1}]),
        ('//<![CDATA[\n{"a": 1}\n//]]>', [{"a": 1}]),
        ('/* <![CDATA[ */ {"a": 1}; /* ]]> */', [{"a": 1}]),
        ('{"a": [1, 2,], }', [{"a": [1, 2]}]),
        ('{"a": "x,]y",}', [{"a": "x,]y"}]),
        ('{"a": "one\ntwo\tthree"}', [{"a": "one\ntwo\tthree"}]),
        ('{"a": "it\\\'s"}', [{"a": "it\\'s"}]),
        ('{"a": "c:\\\\dir\\q", }', [{"a": "c:\\dir\\q"}]),
        ("{&quot;a&quot;: 1}", [{"a": 1}]),
        ('{"a": "x"\n "b": 2}', [{"a": "x", "b": 2}]),
        ('[{"a": 1}\n{"b": 2}]', [[{"a": 1}, {"b": 2}]]),
        ('{"a": 1}{"b": 2}', [{"a": 1}, {"b": 2}]),
        ('{"a": 1, /* note */ "b": "http://x"}', [{"a": 1, "b": "http://x"}]),
        ("", []),
        ("   ", []),
        ("window.x = 1", []),
        ('{"a": ', []),
    ],
)
def test_repairs(text: str, values: list[Any]) -> None:
    assert loads(text) == values
