"""Site files of the FTR format, and the rule files that they become."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.model import ConfigError
from cleaner.rules import RuleFile, RuleSet
from cleaner.rules.imports.ftr import Translation, read, to_toml, translate
from cleaner.rules.imports.ftr.rule_file import folder_of, id_of
from cleaner.rules.imports.ftr.site_file import MAX_CHARS
from cleaner.rules.load import Layer, read_text
from cleaner.rules.style import styled

SITE = """\
# The Weir Post
# a paper of our own

tidy: no
title: //h1[@class='headline']
title: //meta[@property="og:title"]/@content
author: substring-after(//p[@class="by"], 'By ')
date: //time/@datetime

# The story itself
body: //div[contains(concat(' ', normalize-space(@class), ' '), ' story ')]
body: (//article)[1]

# Share buttons
strip: //ul[contains(@class, 'share')]
strip_id_or_class: 'social'
# what has no name
strip: //h2 | //p[@class='teaser']

strip: //h1[@class='headline']
strip: //p[contains(., 'Read more')]
strip: //img[@width='1']
strip_image_src: /pixel.gif
next_page_link: //a[@rel='next']

replace_string(<i>):
replace_string(The Weir Post reports): It says
find_string: <a
replace_string: <b
find_string: lonely
a line of nothing
colour: blue
strip: //div[@class='a

# two pages
test_url: https://weir-post.example/1
test_contains: the "first" sluice
#strip: //aside
"""

PAGE = """<!doctype html><html><head><title>Weir Post</title></head><body>
<div class="menu"><a href="/">Home of the paper that nobody asked for in a sentence of its own, says the menu.</a></div>
<h1 class="headline">The weir is mended</h1>
<p class="by">By Ada Fold</p><time datetime="2024-05-14T06:30:00">today</time>
<div class="lead story">
<p>The weir below the mill was mended on Tuesday, after two winters in which the water went around it.</p>
<ul class="share-buttons"><li>Tell everybody about this</li></ul>
<p>The miller counted forty-one baskets of stones, and the last of them was carried by the teacher and by her class.</p>
<p class="teaser">A goat was seen in the town hall, and more of the like on page nine.</p>
</div>
</body></html>"""


def translated(text: str, name: str = "weir-post.example.txt") -> Translation:
    return translate(read(name, text))


def written(text: str, name: str = "weir-post.example.txt") -> RuleFile:
    translation = translated(text, name)
    toml = to_toml(translation)
    assert styled(toml) == toml
    kind = "platform" if folder_of(translation.site) == "platforms" else "site"
    file, errors = read_text(toml, f"rules/{id_of(translation.site)}.toml", kind)
    assert errors == []
    assert file is not None
    return file


def test_a_site_file_becomes_a_rule_file() -> None:
    file = written(SITE)
    data = tomllib.loads(file.text)
    assert file.text.startswith("#:schema ../rules.schema.json\n")
    assert data["id"] == "weir-post.example"
    assert data["match"] == {"host": ["=weir-post.example", "=www.weir-post.example"]}
    assert data["content"] == ['h1[class="headline"], div.story', 'h1[class="headline"], article']
    assert [(each["id"], each["css"]) for each in data["drop"]] == [
        ("share-buttons", ['ul[class*="share"]', '[class*="social"]', '[id*="social"]']),
        ("what-has-no-name", ['p[class="teaser"]']),
    ]
    assert data["capture"] == [
        {"id": "title", "css": ['h1[class="headline"]'], "field": "title"},
        {"id": "title-2", "css": ['meta[property="og:title"]'], "attribute": "content", "field": "title"},
        {"id": "author", "css": ['p[class="by"]'], "pattern": "By (?P<author>.+)"},
        {"id": "date", "css": ["time"], "attribute": "datetime", "field": "date"},
    ]
    assert data["replace"] == [{"id": "replaced", "pattern": "The Weir Post reports", "with": "It says"}]


def test_the_rules_clean_a_page_of_the_site() -> None:
    rules = RuleSet([Layer((written(SITE),), ())])
    document = Cleaner(rules=rules, scorer=None).clean(PAGE, "https://www.weir-post.example/1")
    lines = [line for line in document.text.split("\n") if line]
    assert lines[0] == "The weir is mended"
    assert [line[:12] for line in lines[1:]] == ["The weir bel", "The miller c"]
    assert (document.title, document.authors) == ("The weir is mended", ("Ada Fold",))
    assert (document.date or "").startswith("2024-05-14")


def test_nothing_of_a_site_file_is_lost() -> None:
    text = written(SITE).text
    for line in SITE.split("\n"):
        said = line.strip("# ").replace("replace_string(<i>):", "<i>")
        value = said.partition(": ")[2].strip("'")
        selectors = ("title:", "author:", "date:", "body: //", "strip: //ul", "strip_id", "replace_string(The")
        if said.startswith(selectors):
            continue
        assert said in text or (value and value in text), line


@pytest.mark.parametrize(
    ("line", "outcome", "why"),
    [
        ("strip: //p[contains(., 'Read more')]", "no counterpart", "looks at text"),
        ("strip: //h1[@class='headline']", "no counterpart", "the headline"),
        ("strip: //h2 | //p[@class='teaser']", "turned over", "but for h2: it takes elements that every page has"),
        ("body: (//article)[1]", "turned over", "all such elements"),
        ("strip: //img[@width='1']", "nothing to do", "pictures"),
        ("strip_image_src: /pixel.gif", "nothing to do", "pictures"),
        ("tidy: no", "nothing to do", "setting"),
        ("next_page_link: //a[@rel='next']", "no counterpart", "not fetched"),
        ("replace_string(<i>):", "no counterpart", "source of the page"),
        ("find_string: <a", "no counterpart", "source of the page"),
        ("find_string: lonely", "no counterpart", "no replace_string"),
        ("colour: blue", "no counterpart", "no such directive"),
        ("strip: //div[@class='a", "no counterpart", "no XPath: the string is never closed"),
    ],
)
def test_what_becomes_of_a_directive(line: str, outcome: str, why: str) -> None:
    [judged] = [each for each in translated(SITE).judged if str(each.directive) == line]
    assert judged.outcome == outcome
    assert why in judged.why


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("strip: (//aside)[1]", "leaves the others"),
        ("strip: //a/@class", "attributes are no text"),
        ("body: //div/text()", "text out of elements"),
        ("strip:", "no value"),
        ("strip_id_or_class: ''", "no value"),
        ("replace_string: b", "no find_string"),
        ("replace_string(The Weir Post): The Weir Post, a paper", "replaced again"),
        ("replace_string(carousel-item): item", "source of the page"),
    ],
)
def test_what_has_no_counterpart(line: str, why: str) -> None:
    [judged] = translated(line).judged
    assert judged.outcome == "no counterpart"
    assert why in judged.why
    assert translated(line).is_empty


def test_a_headline_is_kept_where_the_title_is_no_element() -> None:
    body = "\nbody: //div[@id='story']\nstrip: //h1\n"
    found = translated("title: //meta[@name='title']/@content" + body)
    assert found.content == ["h1, div#story"]
    [kept] = found.with_outcome("no counterpart")
    assert kept.why == "it takes the headline, which is part of the text here"


@pytest.mark.parametrize(
    ("name", "hosts", "place"),
    [
        ("weir.example.txt", ("=weir.example", "=www.weir.example"), "sites/weir.example"),
        ("news.weir.example.txt", ("=news.weir.example",), "sites/news.weir.example"),
        (".weir.example.txt", ("weir.example",), "sites/weir.example-subdomains"),
        ("WWW.Weir.example", ("=weir.example", "=www.weir.example"), "sites/weir.example"),
        (".blogspot.com.txt", ("blogspot.com",), "platforms/blogspot.com"),
    ],
)
def test_hosts(name: str, hosts: tuple[str, ...], place: str) -> None:
    site = read(name, "body: //article[@class='a']")
    assert site.hosts == hosts
    assert f"{folder_of(site)}/{id_of(site)}" == place
    assert written("body: //article[@class='a']", name).contents.match.hosts == hosts


def test_arguments_may_have_colons_and_brackets() -> None:
    [directive] = read("weir.example.txt", "replace_string(a: (b)): c: d").directives
    assert (directive.argument, directive.value) == ("a: (b)", "c: d")


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("global.txt", "body: //article", "named after its host"),
        ("co.uk.txt", "body: //article", "co.uk is no site"),
        ("weir.example.txt", "", "no line such as"),
        ("weir.example.txt", 'Once upon a time: a story\n{"json": 1}', "no line such as"),
        ("weir.example.txt", "#" * (MAX_CHARS + 1), "more than 200,000 characters"),
    ],
)
def test_what_is_no_site_file(name: str, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        read(name, text)


HOSTILE = st.sampled_from(
    ["body: //a", "strip: //a[", "strip: " + "(" * 3000, "strip: //a" + "[b" * 900, "title: //h1/@x",
     "# ''' \"\"\" ]]",
     "strip_id_or_class: a\"b\\c\x00", "strip_id_or_class: ]']\"", "author: substring-after(//a, \"'\\\")",
     "test_url: \x7f\x1b",
     "replace_string(a b): \\1 \\g<x>", "date: substring-before(//a, '(?P<x>')", "strip: //a[@b='\\']", "", "#",
     ":", "(:)"]
)  # fmt: skip


@given(st.lists(HOSTILE | st.text(max_size=20), max_size=8))
def test_any_site_file_becomes_a_rule_file_that_can_be_read(lines: list[str]) -> None:
    written("\n".join(["body: //article", *lines]))
