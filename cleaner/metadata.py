"""Title, authors, date, section and language of a document, from what rules and heuristics captured."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from cleaner.dates import iso_date, known_date
from cleaner.model import Capture, Field, Rank
from cleaner.structured import PageMetadata
from cleaner.structured.names import split_authors

if TYPE_CHECKING:
    from cleaner.blocks.page import Page
    from cleaner.rules import Recognition

LANGUAGE_SAMPLE = 160
"""Characters of prose that the language is told from: longer samples do not change the answer."""
CODE_LENGTH = 2
"""Letters of an ISO 639-1 code; the identifier knows a few languages that have none."""
LANGUAGE_MINIMUM = 25
"""Letters below which the language is not guessed."""


@dataclass(slots=True)
class Findings:
    """What is known of a document while it is cleaned: the highest rank's capture, the first among equals.

    What an HTML page's own data say (``about``) comes after the captures of rules and before those of heuristics.
    """

    url: str | None = None
    about: PageMetadata = field(default_factory=PageMetadata)
    site: str | None = None
    platform: str | None = None
    date_hint: str | None = None
    given_url: str | None = None
    counted_site: str | None = None
    """The site whose frequencies are for the document."""
    _recognition: Recognition | None = None
    _best: dict[Field, tuple[int, list[str]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.given_url = self.url
        self.date_hint = self.about.date

    def recognise(self, recognition: Recognition) -> Recognition:
        """Take over what the rules recognised; give it together with what they recognised before."""
        self._recognition = self._recognition.and_then(recognition) if self._recognition else recognition
        self.url = self.url or recognition.url
        self.site = self.site or recognition.site
        self.platform = self.platform or recognition.platform
        return self._recognition

    @property
    def rule_files(self) -> tuple[str, ...]:
        """Ids of the rule files that were for the document."""
        return tuple(file.id for file in self._recognition.files) if self._recognition else ()

    def capture(self, capture: Capture, rank: Rank) -> None:
        """Note a captured value; all authors and titles of one rank are kept."""
        value = capture.value.strip()
        if not value:
            return
        known = self._best.get(capture.field)
        if known is None or rank > known[0]:
            self._best[capture.field] = (rank, [value])
        elif rank == known[0] and capture.field in {"author", "title"} and value not in known[1]:
            known[1].append(value)
        if capture.field == "date" and self.date_hint is None:
            self.date_hint = known_date(value)

    def settle(self, page: Page) -> dict[str, Any]:
        """Give the values of a document's metadata fields; ``page`` is the cleaned page."""
        about = self.about
        language = language_of(page) or about.language
        date = self._first("date", about.date is not None)
        authors: dict[str, None] = {}
        for value in self._values("author", bool(about.authors)):
            authors |= dict.fromkeys(split_authors(value))
        return {
            "title": self._title(page),
            "authors": tuple(authors) or about.authors,
            "date": iso_date(date, language) if date else about.date,
            "modified": about.modified,
            "url": self.url or self._first("url") or about.url,
            "site": self.site,
            "site_name": about.site_name,
            "platform": self.platform,
            "section": self._first("section", about.section is not None) or about.section,
            "description": about.description,
            "image": about.image,
            "language": language,
        }

    def _title(self, page: Page) -> str | None:
        """Give the title that a rule captured, or the first of the heuristics' that stands in the cleaned page."""
        rank, titles = self._best.get("title", (Rank.HEURISTIC, []))
        if rank > Rank.HEURISTIC:
            return titles[0]
        if self.about.title:
            return self.about.title
        standing = set(page.visible)
        return next((title for title in titles if title in standing), None)

    def _values(self, name: Field, sure: bool = False) -> list[str]:
        """Give the captures of a field; where the page's own data are at hand, those of rules alone."""
        rank, values = self._best.get(name, (Rank.HEURISTIC, []))
        return [] if sure and rank <= Rank.HEURISTIC else values

    def _first(self, name: Field, sure: bool = False) -> str | None:
        return next(iter(self._values(name, sure)), None)


def language_of(page: Page) -> str | None:
    """Tell the language of a page's prose, or of all its text where it has none: an ISO 639-1 code."""
    rows = page.prose_rows.tolist() if page.has_prose else range(len(page))
    sample: list[str] = []
    length = 0
    for row in rows:
        sample.append(page.visible[row])
        length += len(page.visible[row])
        if length >= LANGUAGE_SAMPLE:
            break
    text = " ".join(sample)[:LANGUAGE_SAMPLE]
    if sum(map(str.isalpha, text)) < LANGUAGE_MINIMUM:
        return None
    from py3langid import classify  # loads its model: 0.2 s, once

    code = str(classify(text)[0])
    return code if len(code) == CODE_LENGTH else None
