import pytest
from rule_pages import MORE_PROSE, PROSE, make_file, make_page, make_rules

from cleaner.blocks import read_html

ANEWS = make_file(
    r"""
    schema = 1
    id = "anews.az"
    use = ["helper"]
    [match]
    host = ["anews.az"]
    text = ['Anews TV', 'Our channel']
    """
)
WORLD = make_file('schema = 1\nid = "anews-world"\n[match]\nhost = ["anews.az"]\npath = ["/world/**"]')
OLD = make_file('schema = 1\nid = "old"\n[match]\nhost = ["old.anews.az"]')
EXACT = make_file('schema = 1\nid = "exact"\n[match]\nhost = ["=exact.example.com"]\ntext = ["Our channel"]')
HELPER = make_file('schema = 1\nid = "helper"\nuse = ["blogger"]')
BLOGGER = make_file(
    r"""
    schema = 1
    id = "blogger"
    [match]
    host = ["blogspot.com"]
    text = ['Powered by Blogger.', '\w+ \(Atom\)']
    """,
    "platform",
)
WORDPRESS = make_file("schema = 1\nid = 'wordpress'\n[match]\ntext = ['(?i).*powered by wordpress']", "platform")
MARKDOWN = make_file("schema = 1\nid = 'md'\n[match]\nmarkup = 'markdown'\ntext = ['Marked']", "platform")
GENERIC = make_file('schema = 1\nid = "generic"', "generic")
RULES = make_rules(ANEWS, WORLD, OLD, EXACT, HELPER, BLOGGER, WORDPRESS, MARKDOWN, GENERIC)


def recognise(text, url=None, site=None, markup="text", visible=None):
    return RULES.recognise(make_page(text, visible, markup), url, site)


def ids(recognition):
    return {file.id for file in recognition.files}


@pytest.mark.parametrize(
    ("url", "site", "files"),
    [
        ("https://anews.az/", "anews.az", {"anews.az", "helper", "blogger", "generic"}),
        (
            "https://www.anews.az/world/1",
            "anews.az",
            {"anews.az", "anews-world", "helper", "blogger", "generic"},
        ),
        ("https://old.anews.az/world/1", "anews.az", {"old", "generic"}),
        ("https://exact.example.com/", "example.com", {"exact", "generic"}),
        ("https://www.exact.example.com/", "example.com", {"generic"}),
        ("https://notanews.az/", "notanews.az", {"generic"}),
        ("https://someone.blogspot.com/2024/", "someone.blogspot.com", {"blogger", "generic"}),
        ("https://news.example.co.uk/", "example.co.uk", {"generic"}),
        ("http://127.0.0.1/", None, {"generic"}),
    ],
)
def test_a_given_url_tells_the_site(url, site, files):
    found = recognise(PROSE, url)
    assert (found.site, found.url, ids(found)) == (site, url, files)


def test_the_site_named_by_the_user_outweighs_the_url():
    found = recognise(PROSE, "https://other.example.com/world/1", "anews.az")
    assert found.site == "anews.az"
    assert found.url == "https://other.example.com/world/1"
    assert "anews.az" in ids(found)
    assert ids(recognise(PROSE, None, "exact")) == {"exact", "generic"}
    assert recognise(PROSE, None, "www.unknown.example.org").site == "example.org"


ADDRESS = "https://www.example.com/2024/03/a-story"


@pytest.mark.parametrize(
    "trailer",
    [
        f"Original url:\n\n<{ADDRESS}>",
        f"Original URL: {ADDRESS}",
        f"**Original url:** <{ADDRESS}>",
        f"Source: {ADDRESS}",
        f"Source: [{ADDRESS}]({ADDRESS})",
        f"> Permalink : [here]({ADDRESS})",
        f"来源：{ADDRESS}",
        f"Источник: {ADDRESS}.",
        f"URL:\n{ADDRESS}",
    ],
)
def test_a_labelled_address_outside_the_prose_is_the_page_s_own(trailer):
    for text in (f"Title\n{PROSE}\n{trailer}", f"{trailer}\n{PROSE}"):
        found = recognise(text)
        assert (found.site, found.url) == ("example.com", ADDRESS)


@pytest.mark.parametrize(
    "text",
    [
        f"{PROSE}\nSource: {ADDRESS}\n{MORE_PROSE}",
        f"Source: the archive at {ADDRESS}\n{PROSE}",
        f"Title\n{ADDRESS}\n{PROSE}",
        f"{PROSE}\n{ADDRESS}",
        f"{PROSE}\nSource: www.example.com",
        f"{PROSE}\nSource: https://www.example.com/",
        f"{PROSE}\nSource: Reuters",
        f"{PROSE}\nSource:",
        f"{PROSE}\nResource: {ADDRESS}",
        f"{PROSE}\nSource: {ADDRESS}\nSource: https://other.example.org/b",
        f"{PROSE}\nOriginal url: https://www.example.nonsense-tld/a",
        f"{PROSE}\nwww.example.com",
        f"See [the site]({ADDRESS}) for more.\n{PROSE}",
        "",
    ],
)
def test_other_addresses_are_not(text):
    found = recognise(text)
    assert (found.site, found.url) == (None, None)


def test_a_strong_label_outweighs_a_weak_one():
    found = recognise(f"{PROSE}\nSource: https://agency.example.org/1\nOriginal url: {ADDRESS}")
    assert (found.site, found.url) == ("example.com", ADDRESS)
    assert recognise(f"{PROSE}\nOriginal url: www.example.com").site == "example.com"


def test_a_first_line_that_is_an_url_is_the_page_s_own():
    assert recognise(f"{ADDRESS}\nTitle\n{PROSE}").url == ADDRESS
    assert recognise(f"<{ADDRESS}>\nTitle").site == "example.com"


def test_a_host_line_names_a_site_that_has_rules():
    found = recognise(f"Title\n{PROSE}\nwww.anews.az\nSimilar news")
    assert (found.site, found.url) == ("anews.az", None)
    assert ids(found) == {"anews.az", "helper", "blogger", "generic"}, "a path file needs a path"
    assert recognise(f"{PROSE}\nwww.anews.az\n{MORE_PROSE}").site is None
    assert recognise(f"{PROSE}\nsee www.anews.az").site is None
    assert recognise(f"{PROSE}\nanews.az/\nold.anews.az").site == "anews.az"
    assert recognise(f"{PROSE}\nanews.az\nsomeone.blogspot.com").site is None


def test_fingerprints_tell_the_site():
    assert recognise(f"{PROSE}\nAnews TV").site == "anews.az"
    assert recognise(f"{PROSE}\nWatch Anews TV").site is None
    assert recognise("x\n* Anews TV", visible=["x", "Anews TV"]).site == "anews.az"


def test_the_file_with_most_fingerprints_wins_and_a_tie_wins_nothing():
    assert recognise(f"{PROSE}\nOur channel").site is None
    assert recognise(f"{PROSE}\nOur channel\nAnews TV").site == "anews.az"
    assert recognise(f"{PROSE}\nPowered by Blogger.\nProudly powered by WordPress").platform is None
    assert recognise(f"{PROSE}\nPowered by Blogger.\nPosts (Atom)\nPowered by WordPress").platform == "blogger"


def test_fingerprints_tell_the_platform():
    found = recognise(f"{PROSE}\nPowered by Blogger.")
    assert (found.site, found.platform, ids(found)) == (None, "blogger", {"blogger", "generic"})
    found = recognise(f"{PROSE}\nPROUDLY POWERED BY WORDPRESS", "https://example.com/a")
    assert (found.site, found.platform) == ("example.com", "wordpress")


def test_a_host_outweighs_fingerprints_of_platforms():
    found = recognise(f"{PROSE}\nProudly powered by WordPress", "https://someone.blogspot.com/")
    assert found.platform == "blogger"


def test_a_site_that_uses_a_platform_s_rules_runs_on_it():
    assert recognise(PROSE, "https://anews.az/").platform == "blogger"


def test_markup_limits_a_file():
    assert recognise("Marked", markup="markdown").platform == "md"
    assert recognise("Marked", markup="text").platform is None


def test_slow_fingerprints_are_flagged(monkeypatch):
    monkeypatch.setattr("cleaner.rules.recognise.TIME_LIMIT", 0.2)
    slow = make_file("schema = 1\nid = 'slow'\n[match]\ntext = ['(?:(?:a|b|ab)+)+[cd]']")
    found = make_rules(slow).recognise(make_page("ab" * 40), None)
    assert found.site is None
    assert [flag.name for flag in found.flags] == ["pattern-timeout"]
    assert "slow" in found.flags[0].detail


PRESS = make_file(
    """
    schema = 1
    id = "press"
    [match]
    html = ['meta[name="generator"][content^="Press"]', 'link[href*="/press-content/"]', '.press-main']
    text = ['Made with Press']
    """,
    "platform",
)
INK = make_file("schema = 1\nid = 'ink'\n[match]\nhtml = ['.ink-main', '.ink-foot']", "platform")
ODD = make_file("schema = 1\nid = 'odd'\n[match]\nhtml = 'b > i'", "platform")
LEAF = make_file("schema = 1\nid = 'leaf.example'\n[match]\nhost = 'leaf.example'\nhtml = '#leaf-logo'")
MARKED_UP = make_file("schema = 1\nid = 'up'\n[match]\nhost = 'up.example'\nmarkup = 'html'")
HTML_RULES = make_rules(PRESS, INK, ODD, LEAF, MARKED_UP, ANEWS, HELPER, BLOGGER)


def recognise_html(body, head="", url=None):
    return HTML_RULES.recognise(read_html(f"<!doctype html><html><head>{head}</head><body>{body}</body></html>"), url)


def test_selectors_tell_the_platform_and_the_site():
    found = recognise_html("<p>Text</p>", '<meta name="generator" content="Press 6">')
    assert (found.platform, ids(found)) == ("press", {"press"})
    assert recognise_html("<p>Text</p>", '<meta name="generator" content="Xpress">').platform is None
    assert recognise_html("<div id='leaf-logo'>Leaf</div>").site == "leaf.example"


def test_selectors_and_lines_count_alike():
    assert recognise_html("<div class='press-main ink-main'>Text</div>").platform is None
    found = recognise_html("<div class='press-main ink-main'>Text</div><p>Made with Press</p>")
    assert found.platform == "press"
    assert recognise_html("<div class='press-main ink-main ink-foot'>Text</div>").platform == "ink"


def test_a_selector_without_names_is_tried_on_every_page():
    assert recognise_html("<b><i>x</i></b>").platform == "odd"
    assert recognise_html("<b>x</b><i>x</i>").platform is None


def test_selectors_say_nothing_of_text():
    assert HTML_RULES.recognise(make_page("<div class='press-main'>Text</div>"), None).platform is None


def test_few_selectors_are_tried_on_a_page(monkeypatch):
    files = [
        make_file(
            f"schema = 1\nid = 'site{number:04}.example'\n[match]\nhost = 'site{number:04}.example'\n"
            f'html = \'meta[property="og:site_name"][content="Site {number:04}"]\''
        )
        for number in range(500)
    ]
    page = read_html('<meta property="og:site_name" content="Site 0321"><p>Text</p>')
    tried = []
    has = type(page.dom).has
    monkeypatch.setattr(type(page.dom), "has", lambda dom, css: tried.append(css) or has(dom, css))
    rules = make_rules(*files)
    assert rules.recognise(page, None).site == "site0321.example"
    assert len(tried) == 1
    rules.recognise(page.only([0], [""]), None)
    assert len(tried) == 1, "the tree is the same on a second look"


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="https://www.anews.az/world/1">',
        '<LINK REL="Canonical nofollow" HREF=" https://www.anews.az/world/1 ">',
        '<meta property="og:url" content="https://www.anews.az/world/1">',
        '<link rel="canonical" href="/world/1"><meta property="og:url" content="https://www.anews.az/world/1">',
        '<link rel="canonical" href="https://www.anews.az/world/1"><meta property="og:url" content="https://b.example/">',
    ],
)
def test_an_html_page_links_to_itself(head):
    found = recognise_html(f"<p>{PROSE}</p><p>Original url: https://other.example.org/a</p>", head)
    assert (found.site, found.url) == ("anews.az", "https://www.anews.az/world/1")
    assert ids(found) == {"anews.az", "helper", "blogger"}


@pytest.mark.parametrize(
    "head",
    [
        '<link rel="canonical" href="/world/1">',
        '<link rel="canonical" href="http://127.0.0.1/a">',
        '<link rel="canonical" href="">',
        '<link rel="canonical">',
        '<link rel="alternate" href="https://www.anews.az/world/1">',
        '<meta property="og:image" content="https://www.anews.az/world/1.png">',
    ],
)
def test_other_links_are_not_its_address(head):
    assert recognise_html("<p>Text</p>", head).site is None


def test_a_given_address_outweighs_the_link():
    found = recognise_html("<p>Text</p>", '<link rel="canonical" href="https://a.example/">', "https://leaf.example/1")
    assert (found.site, found.url) == ("leaf.example", "https://leaf.example/1")


def test_a_file_may_be_for_html_only():
    link = '<link rel="canonical" href="https://up.example/1">'
    assert "up" in ids(recognise_html("<p>Text</p>", link))
    assert "up" not in ids(HTML_RULES.recognise(make_page(PROSE), "https://up.example/1"))
