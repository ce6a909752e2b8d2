"""A step of a datatrove pipeline that cleans documents, and drops those of which nothing is left."""

from __future__ import annotations

from cleaner.integrations import MissingLibraryError
from cleaner.integrations.attempt import FLAGS, Options, attempt, cleaner_of

try:
    from datatrove.data import Document
    from datatrove.pipeline.filters.base_filter import BaseFilter
    from datatrove.pipeline.writers.disk_base import DiskWriter
except ModuleNotFoundError:
    raise MissingLibraryError(__name__, "datatrove") from None

FAILED, EMPTY = "failed", "empty"
"""Why a document is dropped: it could not be cleaned; it was cleaned, and no text is left of it."""


class CleanStep(BaseFilter):
    """Cleans ``doc.text``, and puts what is known of it under ``doc.metadata["clean"]``.

    ``html`` names the metadata that hold the raw page where ``doc.text`` does not, ``url`` those that hold its
    address, ``into`` those that the record is put under. ``options`` are those of a cleaner
    (``{"skip": ["caption"]}``); each process makes one, once. With ``keep_failed`` a document that cannot be cleaned
    goes on with its raw text, and its record's ``error`` says why; without, it is dropped like one that no text is
    left of. Dropped documents go to the ``exclusion_writer``, raw.

    Counts, besides what every filter counts: ``dropped_failed``, ``dropped_empty``, ``kept_failed``,
    ``removed_characters`` of the documents that go on, and ``flag_<name>`` for each flag. Raises
    :class:`~cleaner.model.ConfigError` for options that do not fit, when the step is made.
    """

    name = "🧼 Clean"
    type = "✂️ - FORMAT"

    def __init__(
        self,
        *,
        html: str | None = None,
        url: str = "url",
        into: str = "clean",
        options: Options | None = None,
        keep_failed: bool = False,
        exclusion_writer: DiskWriter | None = None,
    ) -> None:
        super().__init__(exclusion_writer)
        cleaner_of(options)
        self._html = html
        self._url = url
        self._into = into
        self._options = options
        self._keep_failed = keep_failed

    def filter(self, doc: Document) -> bool | tuple[bool, str]:
        """Clean a document in place; false, with the reason, if it is to be dropped."""
        raw = doc.text if self._html is None else doc.metadata.get(self._html)
        came = attempt(cleaner_of(self._options), raw, doc.metadata.get(self._url))
        doc.metadata[self._into] = came.record
        if came.text is None:
            if self._keep_failed:
                self.stat_update("kept_failed")
            return self._keep_failed or (False, FAILED)
        for flag in came.record[FLAGS]:
            self.stat_update(f"flag_{flag}")
        if not came.text.strip():
            return False, EMPTY
        self.stat_update("removed_characters", value=came.removed)
        doc.text = came.text
        return True
