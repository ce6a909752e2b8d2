"""Raw pages to learn from: single files, records of files with many, here or where fsspec reaches.

What ``clean run`` reads is read here by the same readers, one page at a time.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, NamedTuple

from cleaner.batch.compression import DamagedError, split_suffix, unpacked
from cleaner.batch.inputs import Input, Walk
from cleaner.batch.readers import container_of, records
from cleaner.batch.records import Fields, Opened, opened
from cleaner.batch.shards import ahead
from cleaner.batch.storage import DistantInputs, InputPlace, LocalInputs, is_distant
from cleaner.config import Compression
from cleaner.model import CleanerError, ConfigError
from cleaner.rules.hosts import host_of, normalise, registrable

READ_AHEAD = 16
"""Pages that are fetched together from a distant place."""


class RawPage(NamedTuple):
    """A page as it came. ``site`` is where it lay, which may be a host; ``url`` is its address, where that is known."""

    site: str
    raw: bytes | str | None
    """None for what cannot be read: a broken file or record, one that is too large."""
    url: str | None = None
    charset: str | None = None
    """What the server said of the encoding."""
    path: str = ""
    """The file that it is, if that is one of this machine and holds nothing else."""


def pages_in(
    place: str | Path,
    extensions: Iterable[str] = (),
    *,
    max_size: float,
    fields: Fields | None = None,
    avoid: Path | None = None,
) -> Iterator[RawPage]:
    """Read the pages below a folder, in the order of their names, or those of one file; ``place`` may be an address.

    A page's site is the first folder of its path below ``place``, or else the folder that it lies in. What is no
    document (see :class:`~cleaner.batch.inputs.Walk`) is passed over, and what has more than ``max_size`` megabytes
    is given without its content. The folder ``avoid`` is not entered. Raises :class:`~cleaner.model.ConfigError`
    where there is no such place.
    """
    reader = _Reader(str(place), int(max_size * 1_000_000), fields or Fields())
    walk = Walk(extensions=tuple("." + extension.lower().lstrip(".") for extension in extensions), avoid=avoid)
    found = (found for found in reader.inputs(walk) if found.problem is None)
    for some in ahead(found, READ_AHEAD if reader.is_distant else 1):
        yield from reader.pages(some)


def site_of(page: RawPage) -> str:
    """Name a page's site as cleaning does: the domain of its address, or of where it lay; else that name as it is."""
    host = (host_of(page.url) if page.url else None) or normalise(page.site)
    return (registrable(host) if host else None) or page.site


class _Reader:
    """Reads the pages of a place."""

    def __init__(self, place: str, limit: int, fields: Fields) -> None:
        self.is_distant = is_distant(place)
        self._limit = limit
        self._fields = fields
        self._place: InputPlace
        if self.is_distant:
            self._place = DistantInputs(place)
        elif not Path(place).exists():
            raise ConfigError(f"{place}: no such folder or file")
        else:
            self._place = LocalInputs(Path(place))

    def inputs(self, walk: Walk) -> Iterator[Input]:
        return self._place.inputs(walk)

    def pages(self, some: list[Input]) -> Iterator[RawPage]:
        """Read inputs that lie side by side."""
        single = [found.path for found in some if found.container is None]
        contents = self._place.read_many(single, self._limit) if single else {}
        for found in some:
            site = self._site(found)
            if found.container is not None:
                yield from self._records(found, site)
            else:
                content = contents.get(found.path)
                plain = plain_of(found.name, content, self._limit) if isinstance(content, bytes) else None
                yield RawPage(site, plain, path="" if self.is_distant else found.path)

    def _site(self, found: Input) -> str:
        """Name the first folder below the place, or else the one that a file lies in."""
        folder, below, _ = found.name.partition("/")
        if below:
            return folder
        parent = found.path.rpartition("/")[0] if self.is_distant else Path(found.path).parent.resolve().as_posix()
        return parent.rpartition("/")[2]

    def _records(self, found: Input, site: str) -> Iterator[RawPage]:
        """Read a file with many documents, up to where it is damaged."""
        try:
            with self._place.open(found.path) as file:
                for page in documents_of(file, found.name, self._fields, self._limit):
                    yield RawPage(site, page.raw, page.url, page.charset) if page is not None else RawPage(site, None)
        except OSError:
            yield RawPage(site, None)


def plain_of(name: str, content: bytes, limit: int) -> bytes | None:
    """Unpack a file that is one page; None where it is damaged, or of more than ``limit`` bytes."""
    if len(content) > limit:
        return None
    compression = split_suffix(name)[1]
    if compression is Compression.NONE:
        return content
    try:
        plain = unpacked(io.BytesIO(content), compression).read(limit + 1)
    except DamagedError:
        return None
    return plain if len(plain) <= limit else None


def documents_of(file: IO[bytes], name: str, fields: Fields, limit: int) -> Iterator[Opened | None]:
    """Read the documents of a file with many, up to where it is damaged; None for each that cannot be read."""
    found = container_of(name)
    assert found is not None
    _, container, compression = found
    try:
        for record in records(file, container, compression, fields, limit):
            try:
                yield (
                    None
                    if record.problem is not None
                    else opened(record.form, record.content, record.fields, fields, record.charset)
                )
            except CleanerError:
                yield None
    except DamagedError:
        yield None
