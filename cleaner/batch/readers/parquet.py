"""Parquet: a record a row, read batch by batch.

The columns that pass through are never turned into values of Python where the output is Parquet too: they stay in
their batch, which the writer asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO, TYPE_CHECKING, Any

from cleaner.batch.compression import DamagedError
from cleaner.batch.outcome import Kind, Problem
from cleaner.batch.records import Fields, Form, Record
from cleaner.model import ConfigError

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 256
"""Rows that are held at a time."""


def arrow() -> Any:
    """Import pyarrow, or say how to get it."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ConfigError("Parquet needs a package more: pip install 'cleaner[parquet]'") from None
    return pyarrow


class ParquetBatches:
    """The batches of a Parquet file, and its schema."""

    def __init__(self, file: IO[bytes]) -> None:
        self._arrow = arrow()
        try:
            self._file = self._arrow.parquet.ParquetFile(file)
            self.schema: pa.Schema = self._file.schema_arrow
        except (self._arrow.ArrowException, OSError) as error:
            raise DamagedError(f"no Parquet file that can be read: {error}") from None

    def __iter__(self) -> Iterator[pa.RecordBatch]:
        """Give the batches. Raises :class:`DamagedError` at a page that cannot be read."""
        try:
            yield from self._file.iter_batches(batch_size=BATCH)
        except (self._arrow.ArrowException, OSError) as error:
            raise DamagedError(f"a part of it cannot be read: {error}") from None


def rows(batch: pa.RecordBatch, names: Fields, limit: int, *, whole: bool) -> Iterator[Record]:
    """Give the rows of a batch as records, ``whole`` or only with the columns that mean something to us."""
    if not whole:
        wanted = [name for name in (names.text, names.html, names.id, names.url) if name in batch.schema.names]
        batch = batch.select(wanted)
    for fields in batch.to_pylist():
        size = sum(len(value) for value in fields.values() if isinstance(value, str | bytes))
        if size > limit:
            yield Record(Form.ROW, problem=Problem(Kind.QUARANTINED, f"larger than {limit / 1e6:g} MB"))
        else:
            yield Record(Form.ROW, fields=fields)


def read_parquet(file: IO[bytes], names: Fields, limit: int) -> Iterator[Record]:
    """Read whole rows."""
    for batch in ParquetBatches(file):
        yield from rows(batch, names, limit, whole=True)
