"""What one source on a page - JSON-LD, microdata, its meta elements - says of it, as it says it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal, TypeAlias

from cleaner.structured.word_lists import words

Kind: TypeAlias = Literal["article", "product", "forum", "listing"]

_ARTICLES = words("""
    article newsarticle blogposting report techarticle scholarlyarticle opinionnewsarticle analysisnewsarticle
    reportagenewsarticle reviewnewsarticle backgroundnewsarticle askpublicnewsarticle liveblogposting
    advertisercontentarticle satiricalarticle medicalscholarlyarticle recipe howto review criticreview apireference
    webcontent learningresource newsletter socialmediaposting blogpost podcastepisode
""")
_PRODUCTS = words("product productgroup individualproduct productmodel vehicle car")
_LISTINGS = words("collectionpage itemlist searchresultspage offercatalog imagegallery")
KINDS: dict[str, Kind] = {
    **dict.fromkeys(_ARTICLES, "article"),
    **dict.fromkeys(_PRODUCTS, "product"),
    **dict.fromkeys(("discussionforumposting", "question"), "forum"),
    **dict.fromkeys(_LISTINGS, "listing"),
}
"""What a schema.org type, in lower case, says of the page it is the main entity of."""


@dataclass(slots=True)
class Claims:
    """Raw values of one source, the best first. Nothing is cleaned or checked yet."""

    titles: list[str] = field(default_factory=list)
    authors: list[tuple[str, ...]] = field(default_factory=list)
    """A group for each statement: names of one group belong together, those of two say the same again."""
    dates: list[str] = field(default_factory=list)
    modified: list[str] = field(default_factory=list)
    sites: list[str] = field(default_factory=list)
    sections: list[str] = field(default_factory=list)
    languages: list[str] = field(default_factory=list)
    urls: list[str] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    images: list[str] = field(default_factory=list)
    body: str | None = None
    kind: Kind | None = None
