"""Parquet: from records of any kind, or laid over the batches of a Parquet input."""

from __future__ import annotations

import json
import pickle
from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from cleaner.batch.outcome import Outcome
from cleaner.batch.readers.parquet import ParquetBatches, arrow
from cleaner.batch.records import ABOUT
from cleaner.batch.storage import OutputPlace
from cleaner.batch.writing import refused
from cleaner.config import Compression
from cleaner.model import CleanerError

if TYPE_CHECKING:
    import pyarrow as pa

ROWS = 1000
"""Rows of a row group; the types of columns are told from the first group."""

EXTRA = "extra"
"""The column for values that do not fit the types of the first rows: an object of JSON for each row."""


def about_type(pa: Any) -> pa.DataType:
    """Give the type of the column that says what was found out about a document."""
    names = ["title", "date", "url", "site", "platform", "section", "modified", "site_name", "description", "image"]
    fields = [(name, pa.string()) for name in [*names, "language", "markup"]]
    lists = [(name, pa.list_(pa.string())) for name in ("authors", "flags")]
    return pa.struct([*fields, *lists, ("characters", pa.int64()), ("removed", pa.int64())])


class _File:
    """A Parquet file while it is written: opened when its schema is known."""

    def __init__(self, place: OutputPlace, name: str, scratch: Path) -> None:
        self._place = place
        self._name = name
        self._scratch = scratch
        self._writer: Any = None

    def write(self, batch: Any) -> None:
        """Write a batch as a row group."""
        with refused(self._name):
            if self._writer is None:
                self._writer = arrow().parquet.ParquetWriter(self._scratch, batch.schema, compression="zstd")
            self._writer.write_batch(batch)

    def finish(self, schema: Any) -> int:
        """Put the file in its place; one without rows has ``schema``."""
        with refused(self._name):
            if self._writer is None:
                self._writer = arrow().parquet.ParquetWriter(self._scratch, schema, compression="zstd")
            self._writer.close()
            size = self._scratch.stat().st_size
            self._place.publish(self._scratch, self._name, synced=False)
        return size

    def abandon(self) -> None:
        """Remove the file."""
        if self._writer is not None:
            with suppress(OSError):  # what is not yet on the disk may not fit there
                self._writer.close()
        self._scratch.unlink(missing_ok=True)


class Rows:
    """A Parquet file made of records. A field that the first rows have is a column, with their type.

    What does not fit, a later field or a value of another type, goes whole into the column ``extra``.
    """

    def __init__(self, place: OutputPlace, name: str, scratch: Path, text: str) -> None:
        self._arrow = arrow()
        self._file = _File(place, name, scratch)
        self._text = text
        self._rows: list[dict[str, Any]] = []
        self._schema: Any = None

    def put(self, outcome: Outcome) -> None:
        """Take the row of a document."""
        if outcome.payload:
            self._rows.append(pickle.loads(outcome.payload))  # noqa: S301 - written by a worker of ours
            if len(self._rows) >= ROWS:
                self._write()

    def finish(self) -> int:
        """Put the file in its place."""
        if self._rows or self._schema is None:
            self._write()
        return self._file.finish(self._schema)

    def abandon(self) -> None:
        """Remove the file."""
        self._file.abandon()

    def _write(self) -> None:
        if self._schema is None:
            self._schema = self._told_schema()
        columns = {field.name: [row.get(field.name) for row in self._rows] for field in self._schema}
        columns[EXTRA] = [None] * len(self._rows)
        extra: list[dict[str, Any]] = [
            {name: value for name, value in row.items() if name not in columns} for row in self._rows
        ]
        arrays = []
        for field in self._schema:
            if field.name != EXTRA:
                arrays.append(self._array(field, columns[field.name], extra))
            else:
                arrays.append(None)
        said = [json.dumps(values, ensure_ascii=True, default=str) if values else None for values in extra]
        arrays[self._schema.get_field_index(EXTRA)] = self._arrow.array(said, self._arrow.string())
        self._file.write(self._arrow.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._rows = []

    def _array(self, field: Any, values: list[Any], extra: list[dict[str, Any]]) -> Any:
        """Make a column; what does not fit goes to the extra values of its row."""
        try:
            return self._arrow.array(values, field.type)
        except (self._arrow.ArrowException, TypeError, ValueError, OverflowError):
            fitting = []
            for number, value in enumerate(values):
                try:
                    self._arrow.array([value], field.type)
                    fitting.append(value)
                except (self._arrow.ArrowException, TypeError, ValueError, OverflowError):
                    fitting.append(None)
                    extra[number][field.name] = value
            return self._arrow.array(fitting, field.type)

    def _told_schema(self) -> Any:
        """Tell the types from the first rows."""
        pa = self._arrow
        names = dict.fromkeys(name for row in self._rows for name in row)
        names.pop(EXTRA, None)
        types = {name: self._told_type([row.get(name) for row in self._rows]) for name in names}
        fixed = {self._text: pa.string(), ABOUT: about_type(pa), EXTRA: pa.string()}
        return pa.schema([*((name, kind) for name, kind in types.items() if name not in fixed), *fixed.items()])

    def _told_type(self, values: list[Any]) -> Any:
        pa = self._arrow
        try:
            told = pa.array(values).type
        except (pa.ArrowException, TypeError, ValueError, OverflowError):
            return pa.string()
        empty = pa.types.is_null(told) or (pa.types.is_struct(told) and not told.num_fields)
        return pa.string() if empty or _holds_null(pa, told) else told


def _holds_null(pa: Any, told: Any) -> bool:
    """Whether a type has a part of which nothing is known, as of an empty list."""
    if pa.types.is_nested(told):
        return any(_holds_null(pa, told.field(index).type) for index in range(told.num_fields))
    return bool(pa.types.is_null(told))


def read_rows(file: IO[bytes], compression: Compression) -> dict[str, bytes]:
    """Read the rows of documents that were files of their own, by the names of these files."""
    rows = {}
    for batch in ParquetBatches(file):
        for whole in batch.to_pylist():
            row = {name: value for name, value in whole.items() if value is not None}
            row |= json.loads(row.pop(EXTRA, "{}"))
            rows[row["path"]] = pickle.dumps(row)
    return rows


class Overlay:
    """A Parquet file made of another: the same columns, but for the text, and one more with what was found out."""

    def __init__(self, place: OutputPlace, name: str, scratch: Path, text: str, html: str) -> None:
        self._arrow = arrow()
        self._file = _File(place, name, scratch)
        self._text = text
        self._html = html
        self._batches: deque[Any] = deque()
        self._kept: list[int] = []
        self._texts: list[str] = []
        self._abouts: list[Mapping[str, Any]] = []
        self._at = 0
        self._schema: Any = None

    def expect(self, batch: Any) -> None:
        """Be told of a batch of the input before its rows come."""
        self._batches.append(batch)

    def begin(self, schema: Any) -> None:
        """Be told of the schema of the input."""
        self._schema = self._laid_over(schema)

    def put(self, outcome: Outcome) -> None:
        """Take the outcome of a row."""
        if not self._batches:
            return  # what is said of the end of the file
        if outcome.payload:
            row = pickle.loads(outcome.payload)  # noqa: S301 - written by a worker of ours
            self._kept.append(self._at)
            self._texts.append(row[self._text])
            self._abouts.append(row[ABOUT])
        self._at += 1
        if self._at == self._batches[0].num_rows:
            self._write(self._batches.popleft())

    def finish(self) -> int:
        """Put the file in its place."""
        if self._schema is None:
            raise CleanerError("nothing of it can be read")
        return self._file.finish(self._schema)

    def abandon(self) -> None:
        """Remove the file."""
        self._file.abandon()

    def _write(self, batch: Any) -> None:
        pa = self._arrow
        kept = batch.take(pa.array(self._kept, pa.int64()))
        made = {self._text: pa.array(self._texts, pa.string()), ABOUT: pa.array(self._abouts, about_type(pa))}
        arrays = [made[field.name] if field.name in made else kept.column(field.name) for field in self._schema]
        if self._kept:
            self._file.write(pa.RecordBatch.from_arrays(arrays, schema=self._schema))
        self._at, self._kept, self._texts, self._abouts = 0, [], [], []

    def _laid_over(self, schema: Any) -> Any:
        pa = self._arrow
        if self._text not in schema.names and self._html in schema.names:
            position = schema.get_field_index(self._html)
            schema = schema.set(position, pa.field(self._text, pa.string()))
        elif self._text in schema.names:
            schema = schema.set(schema.get_field_index(self._text), pa.field(self._text, pa.string()))
        if ABOUT in schema.names:
            schema = schema.remove(schema.get_field_index(ABOUT))
        return schema.append(pa.field(ABOUT, about_type(pa)))
