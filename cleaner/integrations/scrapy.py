"""An item pipeline of Scrapy that cleans the page in each item, and fills the item's text and metadata."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from cleaner.config import nearest
from cleaner.integrations import MissingLibraryError
from cleaner.integrations.attempt import FLAGS, RECORD, Attempt, CleansDocuments, Options, attempt, cleaner_of
from cleaner.model import ConfigError

try:
    from itemadapter import ItemAdapter
    from scrapy.crawler import Crawler
    from scrapy.exceptions import DropItem
except ModuleNotFoundError:
    raise MissingLibraryError(__name__, "scrapy") from None

FIELD, URL_FIELD, TARGET = "html", "url", "text"


class CleanPipeline:
    """Cleans the page in an item's ``field``, a string or bytes, and puts the text into the field ``target``.

    The page's address is read from ``url_field``: an item pipeline does not see the response, so the spider puts
    ``response.url`` there. Metadata go to fields of their own names; ``metadata`` says which. What the spider found
    itself stays, and so does what a class of items (dataclass, ``Item``, attrs, pydantic) declares no field for. Items
    without a page pass as they are. With ``drop``, items whose page cannot be cleaned, or of which no text is left,
    are dropped; without, their ``target`` is None or empty and ``error`` says why.

    In a project these are the settings ``CLEANER_FIELD``, ``CLEANER_TARGET``, ``CLEANER_URL_FIELD``,
    ``CLEANER_METADATA``, ``CLEANER_DROP`` and ``CLEANER_OPTIONS``. The stats ``cleaner/cleaned``, ``cleaner/failed``,
    ``cleaner/empty``, ``cleaner/no_page`` and ``cleaner/flag/<name>`` count items. Raises
    :class:`~cleaner.model.ConfigError` for a setting that does not fit.
    """

    def __init__(
        self,
        *,
        field: str = FIELD,
        url_field: str = URL_FIELD,
        target: str = TARGET,
        metadata: Collection[str] = RECORD,
        drop: bool = True,
        cleaner: CleansDocuments | Options | None = None,
        crawler: Crawler | None = None,
    ) -> None:
        for name in metadata:
            if name not in RECORD:
                raise ConfigError(f"CLEANER_METADATA: nothing is known as {name!r}{nearest(name, RECORD)}")
        self._field = field
        self._url_field = url_field
        self._target = target
        self._metadata = tuple(metadata)
        self._drop = drop
        self._cleaner = cleaner_of(cleaner)
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> CleanPipeline:
        """Make the pipeline as the settings of a project say."""
        settings = crawler.settings
        return cls(
            field=settings.get("CLEANER_FIELD", FIELD),
            url_field=settings.get("CLEANER_URL_FIELD", URL_FIELD),
            target=settings.get("CLEANER_TARGET", TARGET),
            metadata=settings.getlist("CLEANER_METADATA", RECORD),
            drop=settings.getbool("CLEANER_DROP", True),
            cleaner=settings.getdict("CLEANER_OPTIONS"),
            crawler=crawler,
        )

    def process_item(self, item: Any, spider: object = None) -> Any:
        """Clean the page of an item, in place. Raises ``DropItem`` for one that is to be dropped."""
        fields = ItemAdapter(item)
        page = fields.get(self._field)
        if page is None:
            self._count("no_page")
            return item
        came = attempt(self._cleaner, page, fields.get(self._url_field))
        self._judge(came)
        declared = fields.get_field_names_from_class(type(item))
        if declared is not None and self._target not in declared:
            kind = type(item).__name__
            raise ConfigError(f"{kind} has no field {self._target!r}: declare it, or set CLEANER_TARGET to another")
        fields[self._target] = came.text
        for name in self._metadata:
            if (declared is None or name in declared) and not fields.get(name):
                fields[name] = came.record[name]
        return item

    def _judge(self, came: Attempt) -> None:
        """Count what came of a page; raise ``DropItem`` where nothing did."""
        for flag in came.record[FLAGS]:
            self._count(f"flag/{flag}")
        if came.text is None:
            self._count("failed")
        elif not came.text.strip():
            self._count("empty")
        else:
            self._count("cleaned")
            return
        if self._drop:
            raise DropItem(f"the page cannot be cleaned: {came.error}" if came.error else "no text is left of the page")

    def _count(self, what: str) -> None:
        if self._crawler is not None and self._crawler.stats is not None:
            self._crawler.stats.inc_value(f"cleaner/{what}")
