"""Record batches and tables of Arrow: the text column cleaned, and a column that says what is known of each text.

Spark (``mapInArrow``), Ray Data (``map_batches``) and Hugging Face ``datasets`` (``map``) call :func:`clean_batch`
as it is.
"""

from __future__ import annotations

from itertools import repeat
from typing import TypeVar

from cleaner.config import nearest
from cleaner.integrations import MissingLibraryError
from cleaner.integrations.attempt import LISTS, RECORD, Attempt, CleansDocuments, Options, attempt, cleaner_of, failed
from cleaner.model import ConfigError

try:
    import pyarrow as pa
    from pyarrow import types
except ModuleNotFoundError:
    raise MissingLibraryError(__name__, "pyarrow") from None

Columns = TypeVar("Columns", pa.RecordBatch, pa.Table)

TEXT, URL, INTO = "text", "url", "clean"

RECORD_TYPE = pa.struct([(name, pa.list_(pa.string()) if name in LISTS else pa.string()) for name in RECORD])
"""The type of the column of records: the metadata by name, the names of ``flags``, and the ``error`` or null."""


def clean_batch(
    batch: Columns,
    *,
    text: str = TEXT,
    html: str | None = None,
    url: str = URL,
    into: str = INTO,
    cleaner: CleansDocuments | Options | None = None,
) -> Columns:
    """Clean the texts of a record batch or a table; its rows stay as many as they are, and in their order.

    The column ``text`` is replaced by the cleaned texts. With ``html`` the pages are read from that column, which
    stays, and ``text`` is replaced or made anew. Both may hold strings or bytes, plain or as a dictionary. The column
    ``url``, if there is one, holds the pages' addresses. A struct column ``into`` is added, of :data:`RECORD_TYPE`.

    A null stays null, with a null record. A text that cannot be cleaned becomes null, and its record's ``error`` says
    why. ``cleaner`` is a cleaner, or the options of one (``{"skip": ["caption"]}``), which travel to other processes
    where a cleaner does not; each process makes it once.

    Raises :class:`~cleaner.model.ConfigError` if a column is missing, holds neither text nor bytes, or is in the way.
    """
    schema = clean_schema(batch.schema, text=text, html=html, url=url, into=into)
    use = cleaner_of(cleaner)
    names = batch.schema.names
    urls = batch.column(names.index(url)) if url in names else repeat(None, batch.num_rows)
    pages = batch.column(names.index(html or text))
    rows = [_row(use, page, address) for page, address in zip(pages, urls, strict=True)]
    arrays = [*batch.columns, None, None][: len(schema)]
    arrays[schema.names.index(text)] = pa.array([row.text if row else None for row in rows], schema.field(text).type)
    arrays[-1] = pa.array([row.record if row else None for row in rows], RECORD_TYPE)
    return type(batch).from_arrays(arrays, schema=schema)


def clean_schema(
    schema: pa.Schema, *, text: str = TEXT, html: str | None = None, url: str = URL, into: str = INTO
) -> pa.Schema:
    """Give the schema of what :func:`clean_batch` makes of batches of a schema; it raises the same errors.

    The cleaned texts are strings as wide as the raw ones: of ``large_binary`` they are ``large_string``.
    """
    source = html or text
    wide = _text_type(schema.field(_index(schema, source)).type, source)
    if url != URL or url in schema.names:
        _text_type(schema.field(_index(schema, url)).type, url)
    cleaned = pa.field(text, wide)
    schema = schema.set(_index(schema, text), cleaned) if text in schema.names else schema.append(cleaned)
    if into in schema.names:
        raise ConfigError(f"there is a column {into!r} already: name another one with into=")
    return schema.append(pa.field(into, RECORD_TYPE))


def _index(schema: pa.Schema, name: str) -> int:
    """Give the place of a column that must be there, once."""
    found = schema.get_all_field_indices(name)
    if not found:
        there = ", ".join(map(repr, schema.names))
        raise ConfigError(f"no column is named {name!r}{nearest(name, schema.names)}: there are {there or 'none'}")
    if len(found) > 1:
        raise ConfigError(f"{len(found)} columns are named {name!r}: rename all but one")
    place: int = found[0]
    return place


def _text_type(held: pa.DataType, column: str) -> pa.DataType:
    """Give the type of strings for what a column holds. A column of nulls alone may have no type of its own."""
    if types.is_dictionary(held):
        held = held.value_type
    if types.is_string(held) or types.is_binary(held) or types.is_null(held):
        return pa.string()
    if types.is_large_string(held) or types.is_large_binary(held):
        return pa.large_string()
    if types.is_string_view(held) or types.is_binary_view(held):
        return pa.string_view()
    raise ConfigError(f"the column {column!r} holds {held}: only strings or bytes can be read")


def _row(cleaner: CleansDocuments, page: pa.Scalar, url: pa.Scalar | None) -> Attempt | None:
    """Clean one value; None of a null."""
    if not page.is_valid:
        return None
    try:
        raw = page.as_py()
        address = url.as_py() if url is not None else None
    except UnicodeDecodeError as error:  # nobody checks the strings of a column when it is made
        return failed(f"not text: a string that is not UTF-8 ({error.reason})")
    return attempt(cleaner, raw, address)
