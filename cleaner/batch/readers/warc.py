"""Web archives: WARC with the responses of servers, WET with their extracted text."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import IO, Any

from cleaner.batch.compression import DamagedError
from cleaner.batch.outcome import Kind, Problem
from cleaner.batch.records import Form, Record
from cleaner.model import ConfigError

TEXT_TYPES = ("text/", "application/xhtml", "application/xml", "application/rss", "application/atom")
"""Content types of pages and texts; records of others are skipped unread. One that says nothing is looked at."""

MAX_HEADERS = 1 << 20
"""Bytes of HTTP headers that a record may have beside the longest body."""

FINE = 300
"""HTTP status from which on a response is no page: a redirection, an error."""


def read_warc(file: IO[bytes], limit: int) -> Iterator[Record]:
    """Read the responses, resources and conversions of an archive; requests and notes of the crawl are no records."""
    try:
        from fastwarc.warc import ArchiveIterator, WarcRecordType
    except ImportError:
        raise ConfigError("WARC and WET need a package more: pip install 'cleaner[warc]'") from None
    wanted = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
    try:
        archive = ArchiveIterator(_Forward(file), record_types=wanted, parse_http=False, stream_detect=False)
        for record in archive:
            yield _record(record, limit)
    except DamagedError:
        raise
    except Exception as error:  # a broken archive surprises its reader in many ways
        raise DamagedError(f"the archive cannot be read on: {error}") from None
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # the reader is written in Rust and gives up like this
            raise
        raise DamagedError(f"the archive cannot be read on: {error}") from None


class _Forward:
    """A stream in which one can go on without reading: the archive's reader passes over bodies so."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0) -> int:
        left = offset if whence == os.SEEK_CUR else offset - self._at
        if whence == os.SEEK_END or left < 0:
            raise OSError("a stream cannot be read backwards")
        while left > 0 and (data := self.read(min(left, MAX_HEADERS))):
            left -= len(data)
        return self._at

    def close(self) -> None:
        pass


def _record(record: Any, limit: int) -> Record:
    headers = record.headers
    fields = {
        "id": headers.get("WARC-Record-ID", "").strip("<>"),
        "url": headers.get("WARC-Target-URI", "").strip("<>"),
        "date": headers.get("WARC-Date"),
    }
    start = record.stream_pos
    length = record.content_length
    charset, mime = None, headers.get("Content-Type", "")
    if length > limit + MAX_HEADERS:
        return Record(Form.RESPONSE, fields=fields, problem=_too_large(limit, f"{length:,} bytes"), start=start)
    record.freeze()
    if record.content_length < length:
        raise DamagedError(f"the archive is cut off in the record at byte {start:,}")
    if record.is_http:
        try:
            record.parse_http(auto_decode="all")
        except (OSError, ValueError) as error:
            broken = Problem(Kind.QUARANTINED, "not readable", f"no HTTP response: {error}")
            return Record(Form.RESPONSE, fields=fields, problem=broken, start=start)
        status = record.http_headers.status_code if record.http_headers is not None else None
        if status is not None and status >= FINE:
            return _skipped(fields, "no page", f"the server answered {status}", start)
        charset, mime = record.http_charset, record.http_content_type or ""
    if mime and not mime.lower().startswith(TEXT_TYPES):
        return _skipped(fields, "not text", mime, start)
    try:
        body = record.reader.read(limit + 1)
    except (OSError, ValueError) as error:
        broken = Problem(Kind.QUARANTINED, "not readable", f"the body of a response: {error}")
        return Record(Form.RESPONSE, fields=fields, problem=broken, start=start)
    if len(body) > limit:
        return Record(Form.RESPONSE, fields=fields, problem=_too_large(limit, "unpacked"), start=start)
    if str(record.record_type) == "conversion":
        charset = charset or "utf-8"
    return Record(Form.RESPONSE, body, fields, charset, start=start)


def _too_large(limit: int, detail: str) -> Problem:
    return Problem(Kind.QUARANTINED, f"larger than {limit / 1e6:g} MB", detail)


def _skipped(fields: dict[str, Any], reason: str, detail: str, start: int) -> Record:
    return Record(Form.RESPONSE, fields=fields, problem=Problem(Kind.SKIPPED, reason, detail), start=start)
