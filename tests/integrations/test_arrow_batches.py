"""Columns of Arrow: texts cleaned in their place, a record beside them, and nothing else touched."""

from __future__ import annotations

import pickle
from functools import partial

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner.model import ConfigError, Document, Edit, NotTextError
from cleaner.pipeline import clean

pa = pytest.importorskip("pyarrow")
arrow = pytest.importorskip("cleaner.integrations.arrow")

NOISE = "NOISE "
TEXT_TYPES = [
    (pa.string(), pa.string()),
    (pa.large_string(), pa.large_string()),
    (pa.string_view(), pa.string_view()),
    (pa.binary(), pa.string()),
    (pa.large_binary(), pa.large_string()),
    (pa.binary_view(), pa.string_view()),
]


class Stub:
    """A cleaner that takes away NOISE, has the address for a title, and misbehaves when told to."""

    def clean(self, raw: str | bytes, url: str | None = None) -> Document:
        text = raw.decode() if isinstance(raw, bytes) else raw
        if "BINARY" in text:
            raise NotTextError("not text: told to")
        if "RAISE" in text:
            raise ValueError("told to")
        edits = (Edit(0, len(NOISE), "", "stub/noise", "it says so", NOISE),) if text.startswith(NOISE) else ()
        return Document(text.removeprefix(NOISE), title=url, edits=edits)


def cleaned(batch: pa.RecordBatch, **options: object) -> pa.RecordBatch:
    result = arrow.clean_batch(batch, cleaner=Stub(), **options)
    result.validate(full=True)
    return result


def told(batch: pa.RecordBatch, field: str, column: str = "clean") -> list[object]:
    return [record and record[field] for record in batch.column(column).to_pylist()]


@pytest.mark.parametrize(("held", "wanted"), TEXT_TYPES, ids=[str(held) for held, _ in TEXT_TYPES])
@pytest.mark.parametrize("coded", [False, True], ids=["plain", "dictionary"])
def test_texts_of_every_type_are_cleaned(held: pa.DataType, wanted: pa.DataType, coded: bool) -> None:
    texts = pa.array(["NOISE a dam", None, "an owl", "NOISE a dam", ""]).cast(held)
    batch = pa.record_batch({"text": texts.dictionary_encode() if coded else texts})
    result = cleaned(batch)
    assert result.schema.field("text").type == wanted
    assert result.column("text").to_pylist() == ["a dam", None, "an owl", "a dam", ""]
    assert told(result, "error") == [None] * 5
    assert result.column("clean").null_count == 1


def test_everything_else_stays_as_it_is() -> None:
    schema = pa.schema(
        [
            pa.field("id", pa.int16(), nullable=False, metadata={"unit": "none"}),
            ("same", pa.string()),
            ("text", pa.string()),
            ("same", pa.float64()),
        ],
        metadata={"made": "by us"},
    )
    arrays = [pa.array([1, 2], pa.int16()), pa.array(["x", None]), pa.array(["NOISE a", "b"]), pa.array([0.5, None])]
    batch = pa.RecordBatch.from_arrays(arrays, schema=schema)
    result = cleaned(batch)
    assert result.schema.names == ["id", "same", "text", "same", "clean"]
    assert result.schema.metadata == {b"made": b"by us"}
    for place in (0, 1, 3):
        assert result.schema.field(place).equals(schema.field(place), check_metadata=True)
        assert result.column(place).equals(batch.column(place))
    assert result.column(2).to_pylist() == ["a", "b"]


def test_a_table_in_chunks_becomes_a_table() -> None:
    texts = pa.chunked_array([["NOISE a"], [], ["b", None]])
    table = pa.table({"text": texts, "id": [1, 2, 3]})
    result = cleaned(table)
    assert isinstance(result, pa.Table)
    assert result.column("text").to_pylist() == ["a", "b", None]
    assert result.column("id").to_pylist() == [1, 2, 3]


def test_pages_may_have_a_column_of_their_own() -> None:
    batch = pa.record_batch({"page": [b"NOISE a", None], "id": [1, 2]})
    result = cleaned(batch, html="page", text="story", into="about")
    assert result.schema.names == ["page", "id", "story", "about"]
    assert result.column("page").equals(batch.column("page"))
    assert result.column("story").to_pylist() == ["a", None]
    over = cleaned(pa.record_batch({"text": ["old"], "page": pa.array([b"new"], pa.large_binary())}), html="page")
    assert over.schema.names == ["text", "page", "clean"]
    assert over.column("text").to_pylist() == ["new"]
    assert over.schema.field("text").type == pa.large_string()


def test_addresses_reach_the_cleaner() -> None:
    columns = {"text": ["a", "b", None], "url": ["https://a.example/1", None, "https://a.example/2"]}
    assert told(cleaned(pa.record_batch(columns)), "title") == ["https://a.example/1", None, None]
    renamed = pa.record_batch(columns).rename_columns(["text", "address"])
    assert told(cleaned(renamed), "title") == [None, None, None]
    assert told(cleaned(renamed, url="address"), "title") == ["https://a.example/1", None, None]


def test_a_row_that_cannot_be_cleaned_says_why() -> None:
    result = cleaned(pa.record_batch({"text": ["NOISE a", "BINARY", "RAISE", None, "b"]}))
    assert result.column("text").to_pylist() == ["a", None, None, None, "b"]
    assert told(result, "error") == [None, "not text: told to", "ValueError: told to", None, None]
    assert told(result, "authors") == [[], [], [], None, []]


def test_a_string_that_is_not_utf8_costs_its_row() -> None:
    raw = pa.array([b"a", b"\xff\xfe\xff", b"b"])
    broken = pa.Array.from_buffers(pa.string(), 3, raw.buffers())
    result = cleaned(pa.record_batch({"text": broken}))
    assert result.column("text").to_pylist() == ["a", None, "b"]
    assert told(result, "error") == [None, "not text: a string that is not UTF-8 (invalid start byte)", None]


def test_a_column_of_nulls_alone_is_one_of_texts() -> None:
    result = cleaned(pa.record_batch({"text": pa.nulls(2), "url": pa.nulls(2)}))
    assert result.schema.field("text").type == pa.string()
    assert result.column("clean").null_count == 2


@pytest.mark.parametrize(
    ("names", "options", "message"),
    [
        (["test"], {}, r"^no column is named 'text' \(did you mean 'test'\?\): there are 'test'$"),
        ([], {}, r"^no column is named 'text': there are none$"),
        (["text"], {"html": "page"}, "^no column is named 'page'"),
        (["text"], {"url": "address"}, "^no column is named 'address'"),
        (["text", "clean"], {}, "^there is a column 'clean' already: name another one with into=$"),
        (["page"], {"html": "page", "text": "x", "into": "x"}, "^there is a column 'x' already"),
        (["text", "text"], {}, "^2 columns are named 'text': rename all but one$"),
    ],
)
def test_columns_that_do_not_fit_are_refused(names: list[str], options: dict[str, str], message: str) -> None:
    schema = pa.schema([(name, pa.string()) for name in names])
    with pytest.raises(ConfigError, match=message):
        arrow.clean_schema(schema, **options)
    batch = pa.RecordBatch.from_arrays([pa.array(["a"])] * len(names), schema=schema)
    with pytest.raises(ConfigError, match=message):
        arrow.clean_batch(batch, **options)


@pytest.mark.parametrize("column", ["text", "url"])
def test_only_strings_and_bytes_are_read(column: str) -> None:
    batch = pa.record_batch({"text": ["a"], "url": ["b"], column: [7]})
    with pytest.raises(ConfigError, match=f"^the column '{column}' holds int64: only strings or bytes can be read$"):
        arrow.clean_batch(batch)


def test_the_function_and_its_options_travel() -> None:
    function = pickle.loads(pickle.dumps(partial(arrow.clean_batch, cleaner={"skip": ["caption"]})))
    assert function(pa.record_batch({"text": ["One line."]})).column("text").to_pylist() == ["One line."]


@settings(max_examples=40)
@given(st.lists(st.none() | st.text() | st.binary(), max_size=6))
def test_rows_stay_and_are_what_the_cleaner_gives(raws: list[str | bytes | None]) -> None:
    pages = [raw.encode("utf-8", "replace") if isinstance(raw, str) else raw for raw in raws]
    batch = pa.record_batch({"number": range(len(raws)), "text": pa.array(pages, pa.binary())})
    result = arrow.clean_batch(batch)
    result.validate(full=True)
    assert result.schema.equals(arrow.clean_schema(batch.schema), check_metadata=True)
    assert result.column("number").to_pylist() == list(range(len(raws)))
    for page, text, record in zip(
        pages, result.column("text").to_pylist(), result.column("clean").to_pylist(), strict=True
    ):
        assert (page is None) == (record is None)
        if page is None:
            assert text is None
        elif record["error"] is None:
            document = clean(page)
            assert (text, record["title"]) == (document.text, document.title)
        else:
            with pytest.raises(NotTextError):
                clean(page)
