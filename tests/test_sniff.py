"""What a text is, by its content: pages and fragments, feeds, and texts that merely hold tags."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.sniff import feed_to_html, kind_of

SAMPLES = Path(__file__).parent / "samples"
PROSE = "The ferry runs again since Monday, after nine days in which nobody came to the island and nobody left it. "

PAGES = {
    "doctype": "<!doctype html><p>x",
    "old doctype": '\n <!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "x">\n<HTML>',
    "mark": "\ufeff<HTML lang=en>",
    "comments": "<!-- a --><!---->\n<!--b--> <html>",
    "xhtml": '<?xml version="1.0"?>\n<!DOCTYPE html PUBLIC "x">\n<html xmlns="x">',
    "title": "<title>A",
    "xml": '<?xml version="1.0"?><nitf><body><p>x</p></body></nitf>',
    "one paragraph": "<p>Hello there, this is short.</p>",
    "article": "<article><h1>A</h1><p>B</p></article>",
    "wrapped": f'<div class="a">\n<p>\n{PROSE}\n{PROSE}\n</p></div>',
    "unclosed": "<p>One paragraph of old.\n<p>Another one of them.\n<p>Third.",
    "lead": "Lead sentence.</p><p>Second one.</p><p>Third one.</p>",
    "line breaks": "Erste Zeile.<br>\nZweite Zeile.<br />\nDritte.<br>\n",
    "double breaks": "<b>City.</b> Text one.<br><br>Text two.<br><br>Text three.",
    "picture": '<img src="a.jpg"><p>Text is here.</p><p>Text is there.</p>',
    "editor": "<!-- wp:paragraph -->\n<p>Hello world, here we are.</p>\n<!-- /wp:paragraph -->",
    "script": "<div>\n<script>\n# - **x**\n</script>\n</div>",
    "table": "<table><tr><td>1</td><td>2</td></tr></table>",
    "lower case": "<p>so it goes on in lower case</p><p>and on</p>",
    "followed by a note": f"<!DOCTYPE html><html><body>{PROSE * 20}</body></html>\n" + PROSE * 3,
}

TEXTS = {
    "nothing": "",
    "prose": PROSE,
    "hearts": "<3 this. " + PROSE,
    "address": "<ann@example.org> wrote: hello",
    "autolink": "<https://example.org/> says so",
    "comparison": "if a < b and c > d: x = <T>(y)\nvector<int> p; map<p, q> z;\n",
    "mention": "Use the <p> tag for paragraphs and <br> for line breaks. Then close with </p>. A block is <div>.",
    "mention at the end": "To break a line, write <br>. To end a paragraph, write </p>. A block is <div>.",
    "mention at the start": "<p> is for paragraphs, <ul> for lists and <table> for tables, and <br> breaks a line.",
    "title": "<title> is the element that names a page. It stands in the head.",
    "listing": f"How to\n\n{PROSE}\n\n<ul>\n  <li>One</li>\n  <li>Two</li>\n  <li>Three</li>\n</ul>\n\n{PROSE}\n",
    "open listing": f'How to\n\n{PROSE}\n\n<div class="a">\n  <p>\n\n{PROSE}\n\n{PROSE}',
    "document in a lesson": f"First page\n\nWrite:\n\n<!DOCTYPE html>\n<html>\n<p>Hi</p>\n</html>\n\n{PROSE}",
    "lesson begins with it": "<!DOCTYPE html>\n<html><p>Hi</p></html>\n\n" + PROSE * 3,
    "readme": '<div align="center">\n\n# A project\n\n</div>\n\nText of it.\n',
    "readme with badges": '<p align="center">\n' + '<a href="x"><img src="y"></a>\n' * 120 + "</p>\n\n" + PROSE * 3,
    "details": "<details>\n<summary>More</summary>\n\n- a\n- b\n\n</details>\n",
    "markdown breaks": "# Title\n\nText<br>\nmore<br>\nand more<br>\n",
    "comment": "<!-- toc -->\n\nA text with a comment before it, and then <b>nothing</b> else.\n",
    "escaped": "&lt;p&gt;Hello&lt;/p&gt;&lt;p&gt;Hello&lt;/p&gt;",
}


@pytest.mark.parametrize("text", PAGES.values(), ids=PAGES)
def test_html_is_known(text: str) -> None:
    assert kind_of(text) == "html"


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_text_is_no_html(text: str) -> None:
    assert kind_of(text) == "text"


@pytest.mark.parametrize("path", sorted(SAMPLES.rglob("*.*")), ids=lambda path: str(path.relative_to(SAMPLES)))
def test_samples_are_what_they_are(path: Path) -> None:
    wanted = "html" if path.suffix == ".html" else "text"
    if path.suffix in (".txt", ".md", ".html", ".gold"):
        assert kind_of(path.read_text("utf-8", "replace")) == wanted


TAGS = st.sampled_from(["<p>", "</p>", "<br>", "<div>", "<b>", "<", "< ", "<3", "<-", "a<b", "<T>", "</", "<!--", "<?"])
WORDS = st.sampled_from(["the", "ferry", "runs", "again", "after", "nine", "days", "came,", "said", "captain"])


@given(st.lists(st.tuples(WORDS, TAGS, WORDS), max_size=30), st.sampled_from([" ", "\n", "\n\n"]))
def test_prose_with_tags_in_it_is_text(mentions: list[tuple[str, str, str]], gap: str) -> None:
    """Tags between the words of sentences, as somebody writes who writes about them."""
    words = [" ".join(mention) for mention in mentions]
    sentences = [" ".join(["Then", *words[at : at + 3], "it ended."]) for at in range(0, len(words), 3)]
    assert kind_of(gap.join(sentences)) == "text"


HOSTILE = "<|<!--|<?xml|<p |<!-- -->|<p>|a<br>|<item>|<?a>|<!doctype html|<p>\n](\n|</p> |<item><title>|<item><content>"


@pytest.mark.parametrize("text", [*HOSTILE.split("|"), "<item><content><![CDATA["])
def test_nothing_holds_it_up(text: str) -> None:
    start = time.process_time()
    kind_of(text * 20_000)
    feed_to_html(text * 20_000)
    assert time.process_time() - start < 1


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!-- made by hand -->
<rss version="2.0"><channel><title>Mill &amp; Weir</title><description>All of it</description>
<item><title><![CDATA[Doors <b>open</b>]]></title><link>https://valley.example/1</link>
<description>&lt;p&gt;Short &amp;amp; sweet.&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>Long & good.</p>]]> &lt;p&gt;End.&lt;/p&gt;</content:encoded></item>
<item><description>Nothing &lt;b&gt;but&lt;/b&gt; this</description></item>
</channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title type="text">Mill</title>
<entry><title>One</title><summary>less</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>More &amp; more</p></div></content></entry></feed>"""


def test_feeds_become_pages_of_articles() -> None:
    assert kind_of(RSS) == kind_of(ATOM) == "feed"
    assert feed_to_html(RSS) == (
        "<html><head><title>Mill &amp; Weir</title></head><body>\n"
        "<article><h2>Doors open</h2>\n<p>Long & good.</p> <p>End.</p></article>\n"
        "<article>Nothing <b>but</b> this</article>\n</body></html>"
    )
    assert feed_to_html(ATOM) == (
        "<html><head><title>Mill</title></head><body>\n<article><h2>One</h2>\n"
        '<div xmlns="http://www.w3.org/1999/xhtml"><p>More &amp; more</p></div></article>\n</body></html>'
    )
    assert kind_of(feed_to_html(RSS)) == "html"


def test_a_feed_without_items_is_an_empty_page() -> None:
    assert feed_to_html("<rss><channel>") == "<html><head><title></title></head><body>\n</body></html>"
