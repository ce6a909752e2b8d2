"""No page, however broken or large, raises or takes long."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaner.structured import PageMetadata, read
from cleaner.structured.json_repair import loads
from cleaner.structured.names import clean_authors
from cleaner.structured.plain_text import line_of, strip_markup, tidy
from cleaner.structured.published import machine_date
from cleaner.structured.titles import best_title

MOST_SECONDS = 2.0
FRAGMENTS = st.sampled_from(
    [
        *("<script type='application/ld+json'>", "</script>", "{", "}", "[", "]", '"@type":"Article",', ","),
        *('"a\\u0000\\ud800b"', '"author":', '"headline":', '{"@id":"x"}', '"@graph":', '"datePublished":'),
        *("null", "1e999", "99999999999", "&quot;", "&#x110000;", "\ud83d", "\x00", "\u202e", "<!--", "//", "\n"),
        *("<meta property='og:title' content='", "<meta name=author content='By ", "'>", "<h1>", "</h1>", "<title>"),
        *("<time datetime='", "2024-02-31", "20249999", "<div itemscope itemtype='x/Article'>", "<p itemprop=author>"),
        *("<link rel=canonical href='", "http://[", "https://a.example/2024/13/40", "<html lang='", " | ", " - "),
        *("By ", "<svg>", "<template>", "<span class=author>"),
    ]
)


@given(st.lists(FRAGMENTS | st.text(max_size=20), max_size=40).map("".join))
def test_no_page_raises(html: str) -> None:
    found = read(LexborHTMLParser(html.encode("utf-8", "ignore").decode()))
    assert isinstance(found, PageMetadata)
    for text in (found.title, found.site_name, found.section, found.description, found.url, found.image, found.body):
        assert text is None or text.encode()  # text that can be written
    assert all(name.encode() and name == name.strip() for name in found.authors)
    assert found.date is None or found.date >= "1995"


@given(st.text(max_size=300))
def test_no_text_raises(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text) or "&" in text
    line_of(text)
    strip_markup(text)
    clean_authors([text])
    machine_date(text)
    best_title([text], text, [text], [text], text)
    loads(text)


MANY = 20_000


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * MANY + "<h1>Nets</h1>",
        "<h1>" * MANY,
        "<div><h1>Nets</h1>" + "<p>x</p>" * MANY,
        "<meta name=author content='" + "a@" * MANY + "'>",
        "<meta name=author content='Ann Roe'>" * MANY,
        "<title>" + " - | " * MANY,
        "<span class='author date'>Ann 2024</span>" * MANY,
        "<div itemscope itemtype='https://schema.org/Article'>" * MANY,
        "<div itemscope itemtype='https://schema.org/Article'>" + "<p itemprop=author>Ann" * MANY,
        "<script type='application/ld+json'>" + "[" * MANY + "</script>",
        "<script type='application/ld+json'>" + '{"a":' * MANY + "</script>",
        "<script type='application/ld+json'>{" + '\\"' * MANY + "</script>",
        '<script type="application/ld+json">{"a":"' + "/*" * MANY + "</script>",
        "<script type='application/ld+json'>[" + '{"@type":"Article","author":["Ann"]},' * MANY + "</script>",
        "<script type='application/ld+json'>{}" + " \n" * MANY + "x</script>",
        "<time datetime='" + "1" * MANY + "'>",
        "<time datetime='2024-01'></time>" * MANY,
        "<div><h1>Nets</h1><p>" + "-" * MANY + "1",
        "<html lang='de'><div><h1>Nets</h1>" + "<p>1. Quux 2024</p>" * MANY,
    ],
    ids=range(19),
)
def test_no_page_takes_long(html: str) -> None:
    tree = LexborHTMLParser(html)
    read(LexborHTMLParser("<html lang=de><h1>Netze</h1><time>3. März 2024</time>"))  # loads what reads dates
    start = time.perf_counter()
    read(tree)
    assert time.perf_counter() - start < MOST_SECONDS
