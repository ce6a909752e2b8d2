"""An item pipeline of Scrapy, with items of every kind, as a crawler's settings make it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest

from cleaner.model import ConfigError

scrapy = pytest.importorskip("scrapy")

STORY = "The ferry to the islands runs again since Monday morning, after the pier had been closed for nine days."
PAGE = (
    "<html lang='en'><head><title>The ferry runs again</title><meta name='author' content='Ida Marsh'></head>"
    f"<body><nav><a href='/'>Home</a></nav><article><p>{STORY}</p></article></body></html>"
)
MENU = "<nav><a href='/'>Home</a></nav>"
URL = "https://ellerby-post.example/news/ferry"


@dataclass
class Page:
    html: str
    url: str = URL
    text: str | None = None
    title: str | None = None


class Declared(scrapy.Item):
    html = scrapy.Field()
    url = scrapy.Field()
    text = scrapy.Field()
    authors = scrapy.Field()


@dataclass
class Bare:
    html: str


def pipeline(**settings: Any) -> tuple[Any, Any]:
    """Give the pipeline that a project with these settings has, and the crawler's stats."""
    from scrapy.crawler import Crawler
    from scrapy.statscollectors import MemoryStatsCollector

    from cleaner.integrations.scrapy import CleanPipeline

    crawler = Crawler(scrapy.Spider, settings)
    crawler.stats = MemoryStatsCollector(crawler)
    return CleanPipeline.from_crawler(crawler), crawler.stats


def test_a_dictionary_gets_its_text_and_all_that_is_known() -> None:
    from cleaner.integrations.attempt import RECORD

    pipe, stats = pipeline()
    item = {"html": PAGE, "url": URL, "title": "As the spider found it", "shelf": 7}
    assert pipe.process_item(item) is item
    assert set(item) == {"html", "text", "shelf", *RECORD}
    assert (item["text"], item["html"], item["shelf"]) == (STORY, PAGE, 7)
    assert (item["title"], item["authors"], item["site"]) == (
        "As the spider found it",
        ["Ida Marsh"],
        "ellerby-post.example",
    )
    assert stats.get_value("cleaner/cleaned") == 1


def test_other_items_get_what_they_declare() -> None:
    pipe, _ = pipeline()
    assert pipe.process_item(Page(PAGE)) == Page(PAGE, URL, STORY, "The ferry runs again")
    item = pipe.process_item(Declared(html=PAGE.encode(), url=URL))
    assert dict(item) == {"html": PAGE.encode(), "url": URL, "text": STORY, "authors": ["Ida Marsh"]}


def test_a_field_for_the_text_must_be_declared() -> None:
    pipe, _ = pipeline()
    with pytest.raises(ConfigError, match=r"^Bare has no field 'text': declare it, or set CLEANER_TARGET to another$"):
        pipe.process_item(Bare(PAGE))
    assert pipeline(CLEANER_TARGET="html")[0].process_item(Bare(PAGE)) == Bare(STORY)


def test_settings_name_the_fields_and_the_options() -> None:
    pipe, _ = pipeline(
        CLEANER_FIELD="body",
        CLEANER_URL_FIELD="address",
        CLEANER_TARGET="story",
        CLEANER_METADATA="site,title",
        CLEANER_OPTIONS={"only": ["repair"]},
    )
    item = pipe.process_item({"body": f"{STORY}\n\nPowered by Blogger.", "address": URL})
    assert set(item) == {"body", "address", "story", "site", "title"}
    assert item["site"] == "ellerby-post.example"
    assert item["story"].endswith("Powered by Blogger.")


def test_items_of_which_nothing_is_left_are_dropped() -> None:
    from scrapy.exceptions import DropItem

    pipe, stats = pipeline()
    with pytest.raises(DropItem, match=r"^no text is left of the page$"):
        pipe.process_item({"html": MENU})
    with pytest.raises(DropItem, match=r"^the page cannot be cleaned: not text: looks like an ELF program$"):
        pipe.process_item({"html": b"\x7fELF\0\0\1"})
    assert (stats.get_value("cleaner/empty"), stats.get_value("cleaner/failed")) == (1, 1)
    assert stats.get_value("cleaner/flag/no-prose") == 1
    assert stats.get_value("cleaner/cleaned") is None


def test_or_they_say_why() -> None:
    pipe, _ = pipeline(CLEANER_DROP=False)
    assert pipe.process_item({"html": MENU})["text"] == ""
    failed = pipe.process_item({"html": b"\x7fELF\0\0\1"})
    assert (failed["text"], failed["error"]) == (None, "not text: looks like an ELF program")


def test_an_item_without_a_page_passes() -> None:
    pipe, stats = pipeline()
    assert pipe.process_item({"image": "owl.jpeg"}) == {"image": "owl.jpeg"}
    assert stats.get_value("cleaner/no_page") == 1


def test_settings_that_do_not_fit_are_refused() -> None:
    with pytest.raises(
        ConfigError, match=r"^CLEANER_METADATA: nothing is known as 'titel' \(did you mean 'title'\?\)$"
    ):
        pipeline(CLEANER_METADATA=["titel"])
    with pytest.raises(ConfigError, match="no option 'skips'"):
        pipeline(CLEANER_OPTIONS={"skips": []})
