import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, SelectolaxError

from cleaner.rules.fold import fold
from cleaner.rules.selectors import alternatives, misfit, needs


@pytest.mark.parametrize(
    "selector",
    [
        "div.share",
        ".a, #b > c + d",
        "h2:has(+ ol.references)",
        'meta[name="generator"][content^="WordPress" i]',
        ".a .b .c",
        "/* note */ p:not(.a):nth-child(2n + 1)",
        ":is( .a , .b )",
    ],
)
def test_selectors_that_fit(selector):
    assert misfit(selector) is None


@pytest.mark.parametrize(
    ("selector", "problem"),
    [
        ("div..a", "can be read"),
        ("div[", "can be read"),
        ("p:contains('x')", "can be read"),
        ("p::before", "can be read"),
        ("a,,b", "can be read"),
        (".a .b .c .d", "more than 2 combinators"),
        (".a ~ .b ~ .c ~ .d", "more than 2 combinators"),
        ("p, .a .b .c .d", "more than 2 combinators"),
        (".a:is(.b .c .d) .e", "more than 2 combinators"),
        ("div:has(p:has(a))", "a :has() in a :has()"),
    ],
)
def test_selectors_that_do_not(selector, problem):
    assert problem in (misfit(selector) or "")


@pytest.mark.parametrize(
    ("selector", "words"),
    [
        (".sharedaddy", [{"sharedaddy"}]),
        ("#Main.hentry > p", [{"main", "hentry"}]),
        ('meta[name=generator][content^="WordPress"]', [{"generator", "wordpress"}]),
        ("link[rel='https://api.w.org/']", [{"api.w.org"}]),
        (".widget, #sidebar", [{"widget"}, {"sidebar"}]),
        ("[data-drupal-selector]", [{"data-drupal-selector"}]),
        ("discourse-assets", [{"discourse-assets"}]),
        (".widget:not(.gone):is(.either, .other)", [{"widget"}]),
        ("[class*='share' i]", [{"share"}]),
        ('[content="Tom & Jerry"]', [{" jerry", "tom "}]),
        (r".sm\:flex.grid-box", [{"grid-box"}]),
        ("div > p", None),
        (".widget, p", None),
        (":not(.widget)", None),
        ("[href]", None),
        (r".\31 23456", None),
    ],
)
def test_what_a_page_needs(selector, words):
    found = needs(selector)
    assert (found and [set(branch) for branch in found]) == words


NAMES = st.sampled_from(["abcd", "Efgh", "ijkl-mn", "éclair", "data-x1"])
SIMPLE = st.one_of(
    NAMES.map(".{}".format),
    NAMES.map("#{}".format),
    st.tuples(NAMES, st.sampled_from(["=", "^=", "*=", "~="]), NAMES).map(lambda parts: '[{}{}"{}"]'.format(*parts)),
    NAMES.map(":not(.{})".format),
    NAMES.map("[{}]".format),
    st.sampled_from(["p", "x-element", "*"]),
)
SELECTORS = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        st.tuples(inner, st.sampled_from([" ", " > ", ", ", " + "]), inner).map("".join),
        st.lists(SIMPLE, min_size=1, max_size=2).map(lambda parts: ":is(" + ", ".join(parts) + ")"),
    ),
    max_leaves=4,
)
ATTRIBUTES = st.dictionaries(st.sampled_from(["class", "id", "abcd", "data-x1"]), NAMES, max_size=3)


def written(element):
    tag, attributes = element
    return "<" + " ".join([tag, *(f'{name}="{value}"' for name, value in attributes.items())]) + ">x"


@given(SELECTORS, st.lists(st.tuples(st.sampled_from(["p", "b", "x-element"]), ATTRIBUTES), min_size=1, max_size=4))
def test_where_a_selector_matches_its_words_are_in_the_source(selector, elements):
    source = "<!doctype html><body>" + "".join(map(written, elements))
    branches = needs(selector)
    try:
        matches = LexborHTMLParser(source).css_first(selector) is not None
    except SelectolaxError:
        return
    if matches and branches is not None:
        assert any(all(word in fold(source) for word in branch) for branch in branches)


@given(st.text("ab.#[]()\"'=:,>+~ \\*^|é/-is", max_size=14))
def test_nonsense_is_no_trouble(selector):
    misfit(selector)
    needs(selector)


@pytest.mark.parametrize(
    ("selector", "parts"),
    [
        (".a", [".a"]),
        (".a, .b > c", [".a", ".b > c"]),
        (":is(.a, .b) c, d", [":is(.a, .b) c", "d"]),
        ("[title='a, b'], d", ["[title='a, b']", "d"]),
    ],
)
def test_alternatives_are_parted_by_commas(selector, parts):
    assert alternatives(selector) == parts
