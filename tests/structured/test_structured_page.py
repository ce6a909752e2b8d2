"""What a whole page says of itself, and which of its sources is believed."""

from __future__ import annotations

import datetime
import json

import pytest
from selectolax.lexbor import LexborHTMLParser

from cleaner.structured import PageMetadata, read

TODAY = datetime.date(2026, 1, 1)


def page(head: str = "", body: str = "", lang: str = "en") -> PageMetadata:
    html = f"<!doctype html><html lang='{lang}'><head>{head}</head><body>{body}</body></html>"
    return read(LexborHTMLParser(html), today=TODAY)


def ld(*nodes: object) -> str:
    return "".join(f'<script type="application/ld+json">{json.dumps(node)}</script>' for node in nodes)


ARTICLE = {
    "@context": "https://schema.org",
    "@type": "NewsArticle",
    "headline": "The ferry comes back to Marrow Quay",
    "author": [{"@type": "Person", "name": "By Ida Voss"}, {"@type": "Person", "name": "Tom Ott, Senior Reporter"}],
    "datePublished": "2024-05-01T10:00:00+02:00",
    "dateModified": "2024-05-03T08:30:00Z",
    "publisher": {"@type": "Organization", "name": "The Daily Tide"},
    "articleSection": "Harbour",
    "mainEntityOfPage": {"@type": "WebPage", "@id": "https://tide.example/harbour/ferry"},
    "articleBody": "&lt;p&gt;The ferry is back.&lt;/p&gt;&lt;p&gt;It rained.&lt;/p&gt;",
}


def test_a_news_page_says_everything() -> None:
    head = (
        "<title>The ferry comes back to Marrow Quay | The Daily Tide</title>"
        "<link rel=canonical href='https://tide.example/harbour/ferry'>"
        "<meta property='og:description' content='After two years, boats again.'>"
        "<meta property='og:image' content='/ferry.jpg'>" + ld(ARTICLE)
    )
    assert page(head, "<h1>The ferry comes back to Marrow Quay</h1>", "en-GB") == PageMetadata(
        title="The ferry comes back to Marrow Quay",
        authors=("Ida Voss", "Tom Ott"),
        date="2024-05-01T10:00:00",
        modified="2024-05-03T08:30:00",
        site_name="The Daily Tide",
        section="Harbour",
        language="en",
        url="https://tide.example/harbour/ferry",
        description="After two years, boats again.",
        image="https://tide.example/ferry.jpg",
        body="The ferry is back.\nIt rained.",
        kind="article",
    )


def test_an_empty_page_says_nothing() -> None:
    assert page(lang="") == PageMetadata()
    assert read(LexborHTMLParser("")) == PageMetadata()


def test_a_related_article_is_not_the_main_one() -> None:
    related = {**ARTICLE, "headline": "Gulls", "author": "Bo Li", "url": "https://tide.example/birds/gulls"}
    del related["mainEntityOfPage"]
    own = {
        "@type": "BlogPosting",
        "headline": "On mending nets",
        "author": "Ann Roe",
        "url": "https://tide.example/nets",
    }
    found = page("<link rel=canonical href='https://tide.example/nets'>" + ld(related, own))
    assert (found.title, found.authors) == ("On mending nets", ("Ann Roe",))


def test_one_of_many_articles_is_none() -> None:
    cards = [{"@type": "NewsArticle", "headline": f"Card {n}", "author": f"Ann Roe{n}"} for n in "abcd"]
    found = page("<title>Latest from the harbour</title>" + ld(cards))
    assert (found.title, found.authors, found.kind) == ("Latest from the harbour", (), None)


def test_the_graph_is_followed_to_its_persons() -> None:
    graph = {
        "@graph": [
            {"@type": "WebPage", "@id": "#page", "datePublished": "2023-02-03"},
            {"@type": ["Article", "Thing"], "headline": "Kelp soup", "author": {"@id": "#ann"}},
            {"@type": "Person", "@id": "#ann", "name": "Ann Roe"},
            {"@type": "WebSite", "name": "Salt Kitchen"},
        ]
    }
    found = page("<title>Kelp soup - Salt Kitchen</title>" + ld(graph))
    assert (found.title, found.authors, found.date, found.site_name) == (
        "Kelp soup",
        ("Ann Roe",),
        "2023-02-03",
        "Salt Kitchen",
    )


def test_a_question_is_a_thread_and_its_answers_are_not() -> None:
    thread = {
        "@type": "QAPage",
        "mainEntity": {
            "@type": "Question",
            "name": "Which rope for a dinghy?",
            "text": "Mine frays.",
            "author": {"name": "knotty_ann"},
            "acceptedAnswer": {"@type": "Answer", "text": "Polyester.", "author": {"name": "old_salt"}},
        },
    }
    found = page(ld(thread))
    assert (found.kind, found.authors, found.body) == ("forum", ("knotty_ann",), "Mine frays.")


def test_questions_of_a_faq_are_not_the_page() -> None:
    faq = {
        "@type": "FAQPage",
        "name": "Tide tables",
        "mainEntity": [{"@type": "Question", "name": "When is high water?"}],
    }
    found = page(ld(faq))
    assert (found.kind, found.title) == (None, "Tide tables")


def test_a_product_has_a_description_but_no_author() -> None:
    product = {
        "@type": "Product",
        "name": "Oak oar",
        "description": "<b>Two</b> metres.",
        "review": {"author": "Bo Li"},
    }
    found = page(ld(product), "<span class=author>Bo Li</span>")
    assert (found.kind, found.title, found.authors, found.body) == ("product", "Oak oar", (), "Two metres.")


def test_microdata_belongs_to_the_main_item_alone() -> None:
    body = (
        "<article itemscope itemtype='https://schema.org/Article'><h1 itemprop=headline>Reed cutting</h1>"
        "<span itemprop=author itemscope itemtype='https://schema.org/Person'><b itemprop=name>Ann Roe</b></span>"
        "<time itemprop=datePublished datetime='2022-03-04'>March</time>"
        "<div itemprop=articleBody><p>Reeds are cut in frost.</p></div>"
        "<div itemprop=comment itemscope itemtype='https://schema.org/Comment'>"
        "<span itemprop=author>Bo Li</span><time itemprop=datePublished datetime='2025-01-01'></time></div></article>"
    )
    found = page(body=body)
    assert (found.title, found.authors, found.date, found.body, found.kind) == (
        "Reed cutting",
        ("Ann Roe",),
        "2022-03-04",
        "Reeds are cut in frost.",
        "article",
    )


@pytest.mark.parametrize(
    ("head", "authors"),
    [
        ("<meta name=author content='Ann Roe and Bo Li'>", ("Ann Roe", "Bo Li")),
        ("<meta name=citation_author content='Roe, Ann'>" * 2, ("Ann Roe",)),
        (
            "<meta name=DC.creator content='Roe, Ann M.'><meta name=DC.creator content='Li, Bo'>",
            ("Ann M. Roe", "Bo Li"),
        ),
        ("<meta name='parsely-author' content='Ann Roe'><meta name=author content=admin>", ("Ann Roe",)),
        ("<meta name='twitter:label1' content='Written by'><meta name='twitter:data1' content='Bo Li'>", ("Bo Li",)),
        ("<meta property='article:author' content='https://social.example/annroe'>", ()),
        ("<meta property='og:site_name' content='Eel Pie'><meta name=author content='Eel Pie'>", ("Eel Pie",)),
    ],
)
def test_authors_of_meta_elements(head: str, authors: tuple[str, ...]) -> None:
    assert page(head).authors == authors


@pytest.mark.parametrize(
    ("body", "authors"),
    [
        ("<h1>Nets</h1><p class=byline>By Ann Roe, Staff Writer | 3 May 2024</p>", ("Ann Roe",)),
        ("<h1>Netze</h1><a rel=author href=/ann>Ann Roe</a>", ("Ann Roe",)),
        ("<div><h1>Nets</h1><div>by</div><div>Ann Roe</div><p>One.</p></div>", ("Ann Roe",)),
        ("<div><h1>Nets</h1><p>Reviewed by Bo Li</p></div>", ()),
        ("<h1>Nets</h1><div class=comments><b class=author>Bo Li</b></div>", ()),
        ("<h1>Nets</h1><a class=author-follow>Sign Up</a>", ()),
    ],
)
def test_authors_shown_on_the_page(body: str, authors: tuple[str, ...]) -> None:
    assert page(body=body).authors == authors


def test_a_name_and_a_date_in_labels_side_by_side() -> None:
    body = "<h1>Bees</h1><p><span class='author'>Edda Vorlik</span><span class='time'>9. May 2025, 07:40</span></p>"
    assert read(LexborHTMLParser(f"<html><body>{body}</body></html>")).authors == ("Edda Vorlik",)


def test_the_time_of_a_comment_is_not_the_pages() -> None:
    body = (
        "<main><h1>Bees</h1><div class='sig'>Edda Vorlik | 20 maja 2024, 06:30 | 14</div><p>In a wall.</p></main>"
        "<section><p>Otter <time datetime='2024-05-21T04:30'>21 maja</time> Bees!</p></section>"
    )
    assert read(LexborHTMLParser(f"<html><body>{body}</body></html>")).date == "2024-05-20T06:30:00"


def test_the_first_poster_of_a_thread_by_its_address() -> None:
    body = (
        "<h1>Rope?</h1><article class=message data-author=knotty_ann></article><article data-author=old_salt></article>"
    )
    assert page("<link rel=canonical href='https://boats.example/threads/rope.7/'>", body).authors == ("knotty_ann",)


@pytest.mark.parametrize(
    ("head", "body", "date"),
    [
        ("<meta property='article:published_time' content='2024-05-01T10:00:00Z'>", "", "2024-05-01T10:00:00"),
        ("<meta property='article:modified_time' content='2024-05-01'>", "", None),
        ("<meta name=date content='2031-05-01'>", "", None),
        ("<meta name=date content='1970-01-01'>", "<time datetime='2020-02-02'>", "2020-02-02"),
        ("<meta name='sailthru.date' content='Wed, 01 May 2024 10:00:00 +0200'>", "", "2024-05-01T10:00:00"),
        ("", "<time datetime='2019-01-01'></time><h1>Nets</h1><time datetime='2020-02-02'></time>", "2020-02-02"),
        ("", "<h1>Nets</h1><time class=updated datetime='2020-02-02'></time>", None),
        ("", "<div><h1>Nets</h1><p>May 3, 2024 – Updated June 7, 2025</p></div>", "2024-05-03"),
        ("", "<div><h1>Nets</h1><p>2 years ago</p></div>", None),
        ("", "<h1>Nets</h1><aside><time datetime='2020-02-02'></time></aside>", None),
        ("<link rel=canonical href='https://tide.example/2021/3/9/nets'>", "", "2021-03-09"),
        ("<meta property='og:url' content='https://tide.example/nets-20210309.html'>", "", "2021-03-09"),
    ],
)
def test_dates(head: str, body: str, date: str | None) -> None:
    assert page(head, body).date == date


@pytest.mark.parametrize(
    ("lang", "text", "date"),
    [
        ("en", "03/04/2024", "2024-03-04"),
        ("en-GB", "03/04/2024", "2024-04-03"),
        ("de", "3. März 2024", "2024-03-03"),
        ("fr-FR", "12 août 2023", "2023-08-12"),
    ],
)
def test_shown_dates_by_language(lang: str, text: str, date: str) -> None:
    assert page("", f"<h1>Nets</h1><span class=date>{text}</span>", lang).date == date


@pytest.mark.parametrize(
    ("lang", "head", "language"),
    [
        ("pt-BR", "", "pt"),
        ("", "<meta property='og:locale' content='sv_SE'>", "sv"),
        ("x-default", "<meta http-equiv='Content-Language' content='de'>", "de"),
        ("klingon", "", None),
    ],
)
def test_languages(lang: str, head: str, language: str | None) -> None:
    assert page(head, lang=lang).language == language


@pytest.mark.parametrize(
    ("head", "url"),
    [
        (
            "<link rel=canonical href='/nets'><meta property='og:url' content='https://tide.example/x'>",
            "https://tide.example/nets",
        ),
        ("<link rel=canonical href='/nets'>", None),
        ("<link rel=canonical href='javascript:alert(1)'>", None),
        ("<link rel=canonical href='http://[broken'>", None),
        ("<link rel=canonical href='ftp://tide.example/nets'>", None),
    ],
)
def test_addresses_are_absolute(head: str, url: str | None) -> None:
    assert page(head).url == url
