"""XPath expressions and the CSS selectors that say the same."""

from __future__ import annotations

from contextlib import suppress

import lxml.etree
import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser

from cleaner.rules.imports.xpath import NoCounterpart, XPathError, select
from cleaner.rules.selectors import misfit

WORD = "contains(concat(' ', normalize-space(@class), ' '), ' {} ')"


@pytest.mark.parametrize(
    ("xpath", "css"),
    [
        ("//article", ["article"]),
        ("//div[@class='story lead']", ['div[class="story lead"]']),
        ("//div[@id = 'story']", ["div#story"]),
        ("//*[@id='1st']", ['[id="1st"]']),
        ("//div[contains(@class, 'story')]", ['div[class*="story"]']),
        (f"//div[{WORD.format('story')}]", ["div.story"]),
        (f"//div[{WORD.format('story')} and not({WORD.format('short')})]", ["div.story:not(.short)"]),
        ("//div[contains(concat(' ', @class, ' '), ' st')]", ['div:is([class^="st"], [class*=" st"])']),
        ("//a[starts-with(@href, '/print/')]", ['a[href^="/print/"]']),
        ("//div[@class='a' or @class='b']//p[2]", ['div:is([class="a"], [class="b"]) p:nth-of-type(2)']),
        ("//main/article[1]/*[last()]", ["main > article:first-of-type > *:last-child"]),
        ("//p[position() < 3][@class]", ["p:nth-of-type(-n+2)[class]"]),
        ("//p[@class='x'][1]", ['p[class="x"]:not(p[class="x"] ~ p[class="x"])']),
        ("//h1 | //div[@class='a']", ["h1", 'div[class="a"]']),
        ("//time/parent::div", ["div:has(> time)"]),
        ("//article/a[@rel='tag']/..", ['article:has(> a[rel="tag"])']),
        ("//footer/self::footer | //footer/following-sibling::*", ["footer", "footer ~ *"]),
        ("//img[@src]/following-sibling::*[1][self::div and @class='f']", ['img[src] + div[class="f"]']),
        ("//figure[.//picture[@itemProp='url']]", ['figure:has(picture[itemprop="url"])']),
        ("//p[a/@href and not(*[2])]", ["p:has(> a[href]):not(:has(> *:nth-child(2)))"]),
        ("//h2[following-sibling::*[1][self::ol]]", ["h2:has(+ ol)"]),
        ("//div[not(ancestor::section)]", ["div:not(section *)"]),
        ("/html/body/div[3]", ["html > body > div:nth-of-type(3)"]),
        (
            "//a[translate(@rel, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') = 'tag']",
            ['a[rel="tag" i]'],
        ),
        ("//div[count(p) > 0]", ["div:has(> p)"]),
        ("//*[local-name() = 'aside']", ["aside"]),
        ("""//a[@data-track='{"type":"all"}']""", [r'a[data-track="{\"type\":\"all\"}"]']),
        ("//fb:like", [r"fb\:like"]),
    ],
)
def test_selectors(xpath: str, css: list[str]) -> None:
    found = select(xpath)
    assert list(found.css) == css
    assert all(misfit(selector) is None for selector in css)


def test_what_is_read() -> None:
    assert select("//meta[@property='og:title']/@content").attribute == "content"
    assert select("//span[@class='by']/text()").is_text
    assert select("(//article)[1]").is_first
    assert select("normalize-space(substring-after(//p, 'By '))").after == "By "
    cut = select("substring-before(substring-after(//p, 'By '), ' at ')")
    assert (cut.css, cut.after, cut.before) == (("p",), "By ", " at ")


@pytest.mark.parametrize(
    ("xpath", "reason"),
    [
        ("//p[contains(., 'Read more')]", "looks at text"),
        ("//p[contains(text(), 'Read more')]", "looks at text"),
        ("//p[starts-with(normalize-space(span), 'Read more')]", "looks at text"),
        ("//li[not(.//text())]", "looks at text"),
        ("//p/text()[2]", "looks at text"),
        ("//h2[following-sibling::p[1]]", "counts elements"),
        ("(//div)[3]", "counts elements"),
        ("//div[position() mod 2 = 1]", "calculate"),
        ("//div[string-length(@class) = 15]", "nothing like string-length()"),
        ("//div[@class=//main/@class]", "compares two parts of the page"),
        ("//div[//aside]", "another place of the page"),
        ("//div[@class='a' or 'b']", "bare value"),
        ("//div[@*='a']", "by its name"),
        ("//div[1][2]", "counts elements"),
        ("//div[0]", "never matches"),
        ("//p/self::div", "never matches"),
        ("article/p", "begins at the root"),
        ("concat(//a/@href, '?print')", "concat()"),
        ("//a//b//c//d", "combinators"),
        ("//a[b[.//c]]", ":has()"),
        ("'text'", "selects no element"),
        ("/", "selects no element"),
        (" | ".join(f"//h{number}" for number in range(60)), "more than 50"),
    ],
)
def test_what_no_selector_can_say(xpath: str, reason: str) -> None:
    with pytest.raises(NoCounterpart, match=reason.replace("(", r"\(").replace(")", r"\)")):
        select(xpath)


@pytest.mark.parametrize(
    ("xpath", "reason"),
    [
        ("//div[@class='a'", "ends too early"),
        ("//div[@class='a]", "string is never closed at character 14"),
        ("//div]", 'unexpected "]" at character 6'),
        ("//span[@class='Datum'],/span", 'unexpected "," at character 23'),
        ("", "ends too early"),
        ("//nowhere::a", 'unexpected "nowhere"'),
        ("//a[b c]", 'unexpected "c"'),
        ("(" * 3000 + ")" * 900, "nested more than 30 deep"),
        ("//a" + "[b" * 1900, "nested more than 30 deep"),
        ("(" * 10_000, "more than 4,000 characters"),
        ("1" + "=1!=1" * 500, "changes its operators"),
        ("\x00//a", "unexpected"),
    ],
)
def test_what_is_no_xpath(xpath: str, reason: str) -> None:
    with pytest.raises(XPathError, match=reason.replace("(", r"\(").replace(")", r"\)")):
        select(xpath)


@pytest.mark.parametrize("xpath", ["|".join(["//a"] * 1000), "//a[" + " or ".join(["b"] * 700) + "]", "-" * 3000 + "1"])
def test_long_expressions_end(xpath: str) -> None:
    with suppress(NoCounterpart):
        select(xpath)


@given(st.text(alphabet="/ad[]()@='\"|.*: 1,andor-", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(XPathError, NoCounterpart):
        select(text)


# ---- the same elements, on any page

NAMES = st.sampled_from(["div", "section", "span"])
CLASSES = st.sampled_from(["", "a", "b", "ab", "a b", "b  a", "ab b", " a"])


@st.composite
def elements(draw: st.DrawFn, depth: int = 0) -> str:
    name = draw(NAMES)
    attributes = "".join(f' {attribute}="{draw(CLASSES)}"' for attribute in ("class", "id") if draw(st.booleans()))
    inner = "".join(draw(st.lists(elements(depth + 1), max_size=3))) if depth < 4 else ""
    return f"<{name}{attributes}>{inner}</{name}>"


@st.composite
def values(draw: st.DrawFn) -> str:
    attribute = draw(st.sampled_from(["@class", "@id"]))
    text = draw(st.sampled_from(["a", "b", "ab", "a b", ""]))
    match draw(st.sampled_from(["=", "!=", "contains", "starts-with", "word", "begin", "end", "has", "flip"])):
        case "=":
            return f"{attribute} = '{text}'"
        case "!=":
            return f"{attribute} != '{text}'"
        case "flip":
            return f"'{text}' = {attribute}"
        case "contains" | "starts-with" as function:
            return f"{function}({attribute}, '{text}')"
        case "word":
            return f"contains(concat(' ', normalize-space({attribute}), ' '), ' {text} ')"
        case "begin":
            return f"contains(concat(' ', normalize-space({attribute}), ' '), ' {text}')"
        case "end":
            return f"contains(concat(' ', normalize-space({attribute}), ' '), '{text} ')"
    return attribute


TESTS = st.sampled_from(["div", "section", "span", "*"])
POSITIONS = st.sampled_from(
    ["1", "2", "last()", "last() - 1", "position() = 2", "position() < 3", "position() > 1", "2 >= position()"]
)
AXES = [
    "",
    "./",
    ".//",
    "parent::",
    "ancestor::",
    "self::",
    "following-sibling::",
    "preceding-sibling::",
    "descendant::",
]


@st.composite
def conditions(draw: st.DrawFn, depth: int = 0) -> str:
    kinds = ["value", "value", "path", "position", "next"] + (
        ["not", "and", "or", "count", "deep"] if depth < 2 else []
    )
    match draw(st.sampled_from(kinds)):
        case "path":
            return (
                draw(st.sampled_from(AXES))
                + draw(TESTS)
                + draw(st.sampled_from(["", "[@class]", "/@id", "/*", "//span"]))
            )
        case "position":
            return draw(POSITIONS)
        case "next":
            return draw(st.sampled_from(["following", "preceding"])) + f"-sibling::*[1][self::{draw(TESTS)}]"
        case "not":
            return f"not({draw(conditions(depth + 1))})"
        case "and" | "or" as operator:
            return f"({draw(conditions(depth + 1))} {operator} {draw(conditions(depth + 1))})"
        case "count":
            return f"count({draw(TESTS)}) {draw(st.sampled_from(['> 0', '= 0', '>= 1', '< 1']))}"
        case "deep":
            return f"{draw(TESTS)}[{draw(conditions(depth + 1))}]"
    return draw(values())


@st.composite
def paths(draw: st.DrawFn) -> str:
    steps = "//" + draw(TESTS)
    for place in range(draw(st.integers(0, 3))):
        if place:
            steps += draw(
                st.sampled_from(
                    ["/", "//", "/parent::", "/ancestor::", "/following-sibling::", "/preceding-sibling::", "/self::",
                     "/descendant::"]
                )
            ) + draw(TESTS)  # fmt: skip
        steps += "".join(f"[{condition}]" for condition in draw(st.lists(conditions(), max_size=2)))
    return steps + draw(
        st.sampled_from(["", "", "", "/..", "/following-sibling::*[1]", "/preceding-sibling::*[1]", " | //span"])
    )


@given(elements(), paths())
def test_the_same_elements(element: str, xpath: str) -> None:
    try:
        found = select(xpath)
    except NoCounterpart:
        return
    parts = element.split("<")
    count = iter(range(len(parts)))
    page = "<".join(part if not part or part[0] == "/" else part.replace(">", f" n='{next(count)}'>") for part in parts)
    page = f"<html n='h'><head n='e'></head><body n='b'>{page}</body></html>"
    root = lxml.etree.ElementTree(lxml.etree.fromstring(page))
    tree = LexborHTMLParser(page)  # without a doctype, which the engine counts as a sibling of the root
    chosen = {node.attributes["n"] for selector in found.css for node in tree.css(selector)}
    assert chosen == {each.get("n") for each in root.xpath(xpath)}, (found.css, page)
