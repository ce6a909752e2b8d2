import pytest
from rule_pages import MORE_PROSE, PROSE, make_file, make_page

from cleaner.rules.growth import nested_repeat, slow_line
from cleaner.rules.lint import lint
from cleaner.rules.patterns import Pattern

MATCH = "schema = 1\nid = 'test'\n[match]\nhost = ['example.com']\n"


def problems(text, kind="site"):
    return [
        (problem.level, problem.rule, problem.line, problem.message)
        for problem in lint(make_file(text, kind), make_page)
    ]


def messages(text, kind="site"):
    return [message for _, _, _, message in problems(text, kind)]


TESTED = f"""{MATCH}
[[drop]]
id = 'share'
where = 'tail'
run = 'Share|Tweet'
[[example]]
diff = '''
 Share
 Tweet
 {PROSE}
 Tweet of the day
-Share
-Tweet
'''
[[example]]
keep = '''
{PROSE}
Share
{MORE_PROSE}
Share
'''
"""


def test_a_tested_rule_has_no_problems():
    assert problems(TESTED) == []


def test_a_rule_without_an_example_is_an_error():
    found = problems(f"{MATCH}[[drop]]\nid = 'share'\nline = 'Share'")
    assert found == [("error", "test/share", 6, "no example shows what it does")]


def test_a_place_that_no_example_tests_is_a_warning():
    text = TESTED.replace(f" Share\n Tweet\n {PROSE}", f" {PROSE}").replace(f"{PROSE}\nShare\n{MORE_PROSE}", PROSE)
    assert messages(text) == ["no example has such a line in another place, where it stays"]


def test_a_rule_without_a_near_miss_is_a_warning():
    text = f"{MATCH}[[drop]]\nid = 'a'\nlines = ['Share']\n[[example]]\ndiff = '-Share'"
    assert problems(text) == [
        ("warning", "test/a", 6, "no near miss: no example has a line that looks like this and stays")
    ]
    assert messages(f"{text}\n[[example]]\nkeep = 'Please share it'") == []


def test_min_needs_a_page_with_fewer_lines():
    text = TESTED.replace(f"{MORE_PROSE}\nShare\n", MORE_PROSE)
    assert "no example has fewer of such lines, which stay" in messages(text)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        ("[[drop]]\nid = 'a'\nline = 'x*'", "matches the empty line"),
        ("[[drop]]\nid = 'a'\nline = '.*'", "matches ordinary sentences"),
        ("[[drop]]\nid = 'a'\nfrom = '.{9,}'", "matches ordinary sentences"),
        ("[[drop]]\nid = 'a'\nline = '[\u0590-\u05ff\\d .,?״]+'", "matches ordinary sentences"),
        ("[[capture]]\nid = 'a'\nline = '(?P<title>.{9,})'\ndrop = true", "matches ordinary sentences"),
        ("[[drop]]\nid = 'a'\nline = '^Copyright'", 'starts with "^" and does not end with "$"'),
        ("[[drop]]\nid = 'a'\nline = '(?:\\w+)+x'", "repeats a repeat"),
        ("[[drop]]\nid = 'a'\nline = '\\w*a\\w*b\\w*c'", "its cost grows faster than the line"),
        ("[[replace]]\nid = 'a'\npattern = '\\s+$'\nwith = '.'", "its cost grows faster than the line"),
        ("[[replace]]\nid = 'a'\npattern = 'a'\nwith = 'aa'", "what it writes matches again"),
        ("[[drop]]\nid = 'a'\nfrom = 'Share'\nto = 'end'", "goes on to the end and may take prose along"),
    ],
)
def test_patterns_that_load_and_are_not_right(rule, message):
    assert any(message in found for found in messages(MATCH + rule)), messages(MATCH + rule)


def test_a_capture_may_match_prose_that_stays():
    assert not any("ordinary" in found for found in messages(f"{MATCH}[[capture]]\nid = 'a'\nline = '(?P<title>.+)'"))


def test_a_fingerprint_must_not_match_prose():
    assert "the fingerprint '[^|]+' matches ordinary sentences" in messages(MATCH + "text = ['[^|]+']")


def test_a_file_that_nothing_applies_is_a_warning():
    assert "no host and no fingerprint: nothing applies this file" in messages("schema = 1\nid = 'test'")
    assert messages("schema = 1\nid = 'generic'", "generic") == []


def test_fingerprints_need_some_text():
    text = MATCH + "text = ['\\d+']"
    assert any("has no text to look for" in message for message in messages(text))
    assert any("matches the empty line" in message for message in messages(MATCH + "text = ['(?:Similar)?']"))


@pytest.mark.parametrize("source", ["(a+)+", "(?:a+|b)*", "(?:a+b?)+", "(?:(?:a+))*", r"x(?:\w+\s*)+y"])
def test_nested_repeats(source):
    assert nested_repeat(Pattern(source))


@pytest.mark.parametrize("source", [r"(?:\w+ )+", "(?:a++)+", "(?:ab)+", "(?:a{1,3})+", "(?:a+)?", "(?:a+b)*+c+"])
def test_repeats_that_are_not_nested(source):
    assert not nested_repeat(Pattern(source))


@pytest.mark.parametrize(
    "source",
    [
        r".*a.*b.*c",
        r"(?:a|ab|b)+[cd]",
        r"(?:a|a)+[xy]",
        r"[a-z]*[0-9z]*[x-z]*!",
        r"[א-ת ]*[ \d]*[ .]*x",
        r"(?:\p{Lu}\w*\s?){2,}",
        r"(?:\w\w*\s?)+x",
        r"[^|]*[^-]*[^+]*x",
    ],
)
def test_slow_patterns_are_caught_by_trying(source):
    assert slow_line(Pattern(source), whole=True) is not None


@pytest.mark.parametrize("source", [r"\w+ \w+ \w+", r"[^.]+\.[^!]+!"])
def test_a_search_that_begins_anew_at_each_character_is_slow(source):
    assert slow_line(Pattern(source), whole=False) is not None
    assert slow_line(Pattern(source), whole=True) is None


@pytest.mark.parametrize("source", [r"\b\w+ \w++ \w++", r"Photo: [^.]+\.", r"\d{1,9} \w{1,40}!"])
def test_a_search_with_a_start_of_its_own_is_not(source):
    assert slow_line(Pattern(source), whole=False) is None


@pytest.mark.parametrize("source", [r"(?:\w+ )+\d\d", r"\d{1,3}(?:,\d{3})*", r"Photo: .{3,80}", r"[^|]+\|[^|]+"])
def test_fast_patterns_are_not(source):
    assert slow_line(Pattern(source), whole=True) is None


HTML = f"""<!doctype html><html><body><div class="share">Share</div><article class="story"><p>{PROSE}</p>
<p class="share">Tweet</p><p>{MORE_PROSE}</p></article><div class="share">Pin</div></body></html>"""


def html_example(page=HTML, text=f"Share\n{PROSE}\nTweet\n{MORE_PROSE}"):
    return f"\n[[example]]\nhtml = '''{page}'''\ntext = '''{text}'''\n"


CSS_DROP = "[[drop]]\nid = 'share'\nwhere = 'tail'\ncss = '.share'\n"


def test_a_rule_for_elements_needs_an_example_and_no_near_miss():
    assert messages(MATCH + CSS_DROP + html_example()) == []
    assert messages(MATCH + CSS_DROP) == ["no example shows what it does"]
    text_only = "[[example]]\nkeep = 'Share'\n"
    assert messages(MATCH + CSS_DROP + text_only) == ["no example shows what it does"]


def test_a_zone_of_elements_needs_one_elsewhere():
    page = HTML.replace('<p class="share">Tweet</p>', "").replace('<div class="share">Share</div>', "")
    assert messages(MATCH + CSS_DROP + html_example(page, PROSE)) == [
        "no example has such a line in another place, where it stays"
    ]


def test_a_selector_that_no_example_shows_is_a_warning():
    text = MATCH + CSS_DROP.replace("'.share'", "['.share', '.shaer']") + html_example()
    assert problems(text) == [
        ("warning", "test/share", 8, "no example has an element that '.shaer' matches"),
    ]
    content = "schema = 1\nid = 'test'\ncontent = ['.story', '.stroy']\n[match]\nhost = ['example.com']\n"
    assert problems(content + html_example()) == [
        ("warning", "test/content", 3, "no example has an element that '.stroy' matches"),
    ]


def test_content_needs_an_example():
    content = "schema = 1\nid = 'test'\ncontent = '.story'\n[match]\nhost = ['example.com']\n"
    assert problems(content) == [("error", "test/content", 3, "no example shows what it does")]
    assert problems(content + html_example()) == []


@pytest.mark.parametrize("selector", ["p", "body", "main > article", "div *", "h1:first-child", ":not(nav)"])
def test_elements_of_any_page_are_not_to_be_dropped(selector):
    assert f"{selector!r} matches ordinary elements" in messages(f"{MATCH}[[drop]]\nid = 'a'\ncss = '{selector}'")


def test_fingerprints_of_html_need_a_name_and_must_not_match_any_page():
    match = "schema = 1\nid = 'test'\n[match]\nhtml = "
    assert problems(f"{match}'meta[charset]'") == [
        ("error", "test", 4, "the fingerprint 'meta[charset]' matches any page")
    ]
    [message] = messages(f"{match}'table > td'")
    assert message.endswith("has no name or value to look for, so every page pays for it")
    assert messages(f"{match}'.press-main'") == []


def test_patterns_of_elements_are_checked_too():
    text = f"{MATCH}[[capture]]\nid = 'a'\ncss = 'p'\npattern = '(?P<title>(?:\\w+)+x)'"
    assert any("repeats a repeat" in message for message in messages(text))
