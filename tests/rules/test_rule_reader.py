import pytest

from cleaner.rules.patterns import Pattern
from cleaner.rules.reader import read
from cleaner.rules.schema import Block, Contents, Elements, Inside, Line, Lines, Match, Outside, Value

GOOD = r"""
schema = 1
id = "anews.az"
use = ["generic"]

[match]
host = ["anews.az", "=old.Anews.az"]
path = ["/world/**"]
text = ['www\.anews\.az']
markup = "text"

[[drop]]
id = "menu"
lines = [" Home ", "News"]
min = 2
where = "head"

[[drop]]
id = "ticker"
run = '[$€] \d+'
since = 2020-01-01
until = "2024-01-01"
lang = ["en", "az"]

[[drop]]
id = "others"
from = 'Similar news'
to = "end"

[[drop]]
id = "box"
from = 'Box'
to = 'End of box'

[[keep]]
id = "quote"
line = 'Similar news .*'

[[replace]]
id = "escape"
pattern = '\\(\$)'
with = '\1'

[[capture]]
id = "date"
line = '(?P<date>\d+)'
drop = true

[[example]]
diff = '''
-Home
 Story
-costs \$3
+costs $3
'''
meta = { date = 2023-07-10, authors = ["A", "B"] }

[[example]]
keep = "Similar news are good news"
url = "https://anews.az/world/1"
"""


def errors_of(text: str, kind: str = "site") -> list[str]:
    contents, errors = read(text, "x.toml", kind)  # type: ignore[arg-type]
    assert contents is None
    return [str(error) for error in errors]


def test_a_file_becomes_values():
    contents, errors = read(GOOD, "x.toml", "site")
    assert errors == []
    assert isinstance(contents, Contents)
    assert contents.use == ("generic",)
    assert contents.match == Match(("anews.az", "=old.anews.az"), ("/world/**",), (Pattern(r"www\.anews\.az"),), "text")
    rules = {rule.name: rule for rule in contents.rules}
    assert rules["menu"].selector == Lines(("Home", "News"), 2)
    assert rules["menu"].where == "head"
    assert rules["menu"].id == "anews.az/menu"
    assert rules["ticker"].selector == Line(Pattern(r"[$€] \d+"), 2)
    assert (rules["ticker"].since, rules["ticker"].until) == ("2020-01-01", "2024-01-01")
    assert rules["ticker"].languages == {"en", "az"}
    assert rules["others"].selector == Block(Pattern("Similar news"), "end")
    assert rules["box"].selector == Block(Pattern("Box"), Pattern("End of box"))
    assert rules["quote"].verb == "keep"
    assert rules["escape"].selector == Inside(Pattern(r"\\(\$)"))
    assert rules["escape"].replacement == r"\1"
    assert rules["date"].drops
    diff, keep = contents.examples
    assert diff.raw == "Home\nStory\ncosts \\$3\n"
    assert diff.expected == "Story\ncosts $3\n"
    assert diff.meta == {"date": "2023-07-10", "authors": ("A", "B")}
    assert keep.is_near_miss
    assert keep.raw == keep.expected == "Similar news are good news"
    assert keep.url == "https://anews.az/world/1"


HEAD = 'schema = 1\nid = "x"\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("schema = 1\nid = ", "x.toml:2: not TOML: Invalid value"),
        ("schema = 1\nid = x", "x.toml:2: not TOML: Invalid value"),
        ('id = "x"', 'x.toml: "schema = 1" is missing'),
        ('schema = 2\nid = "x"', "x.toml:1: schema 2 is unknown"),
        ("schema = 1", 'x.toml: "id" is missing'),
        ('schema = 1\nid = "A b"', 'x.toml:2: id "A b": only small letters'),
        (HEAD + 'uses = ["a"]', 'x.toml:3: unknown key "uses"; did you mean "use"?'),
        (HEAD + "[[drops]]", 'x.toml:3: unknown key "drops"; did you mean "drop"?'),
        (HEAD + "[drop]\nid = 'a'", 'x.toml:3: "drop" must be a list of tables: write [[drop]]'),
        (HEAD + "[match]\nhots = 'a'", 'x.toml:4: unknown key "hots" in [match]; did you mean "host"?'),
        (HEAD + "[match]\nhost = 3", 'x.toml:4: "host" must be a list of strings, not a number'),
        (HEAD + "[match]\nhost = ['a.com', 3]", "not a list of other things"),
        (HEAD + "[match]\nhost = []", '"host" is empty'),
        (HEAD + "[match]\nhost = ['co.uk']", 'x.toml:4: host "co.uk" is a public suffix'),
        (HEAD + "[match]\nhost = ['blogspot.com']", "is a public suffix"),
        (HEAD + "[match]\nhost = ['https://a.com/']", '"https://a.com/" is no host name'),
        (HEAD + "[match]\nhost = ['a.com']\npath = ['b']", 'x.toml:5: path "b" must start with "/"'),
        (HEAD + "[match]\npath = ['/b']", 'x.toml:4: "path" needs a "host"'),
        (
            HEAD + "[match]\ntext = ['a(']",
            "x.toml:4: bad pattern at character 2 of 'a(': \"(\" is never closed",
        ),
        (HEAD + "[match]\nmarkup = 'pdf'", '"markup" cannot be "pdf"; valid are text, markdown, html'),
        (HEAD + "[[drop]]\nid = 'a'", 'x.toml:3: [[drop]] needs just one of "lines" or "line" or "run"'),
        (HEAD + "[[drop]]\nid = 'a'\nline = 'b'\nrun = 'c'", "x.toml:3: [[drop]] needs just one of"),
        (HEAD + "[[drop]]\nline = 'b'", 'x.toml:3: "id" is missing in [[drop]]'),
        (HEAD + "[[drop]]\nid = 'a'\nline = 3", 'x.toml:5: "line" must be a string, not a number'),
        (
            HEAD + "[[drop]]\nid = 'a'\nline = 'b'\nwher = 'head'",
            'x.toml:6: unknown key "wher" in [[drop]]; did you',
        ),
        (
            HEAD + "[[drop]]\nid = 'a'\nline = 'b'\nwhere = 'haed'",
            '"where" cannot be "haed"; did you mean "head"?',
        ),
        (HEAD + "[[drop]]\nid = 'a'\nline = 'b'\nmin = 2", 'x.toml:6: "min" needs "run" or "lines"'),
        (HEAD + "[[drop]]\nid = 'a'\nrun = 'b'\nmin = 0", '"min" must be at least 1'),
        (HEAD + "[[drop]]\nid = 'a'\nrun = 'b'\nmin = true", '"min" must be a number, not true or false'),
        (HEAD + "[[drop]]\nid = 'a'\nline = 'b'\nto = 'end'", 'x.toml:6: "to" needs "from"'),
        (HEAD + "[[drop]]\nid = 'a'\nfrom = 'b'\nto = '('", "x.toml:6: bad pattern"),
        (HEAD + "[[drop]]\nid = 'a'\nlines = ['a', '']", '"lines" is empty, or something in it is'),
        (HEAD + "[[drop]]\nid = 'a'\nlines = ['''a\nb''']", "is one line; this has a line break"),
        (HEAD + "[[drop]]\nid = 'a'\nline = 'b'\nsince = 'x'", '"since" must be a day like 2024-01-31'),
        (HEAD + "[[drop]]\nid='a'\nline='b'\nsince=2024-01-01\nuntil=2024-01-01", '"until" must be later'),
        (HEAD + "[[drop]]\nid = 'a'\nline = 'b'\nlang = 'English'", '"English" is no language code'),
        (HEAD + "[[drop]]\nid='a'\nline='b'\n[[keep]]\nid='a'\nline='b'", 'x.toml:7: id "a" is used twice'),
        (HEAD + "[[replace]]\nid = 'a'\npattern = 'b'", '[[replace]] needs "with"'),
        (
            HEAD + "[[replace]]\nid = 'a'\npattern = 'b'\nwith = '\\1'",
            'x.toml:6: "with" does not fit the pattern',
        ),
        (HEAD + "[[replace]]\nid = 'a'\npattern = 'b'\nwith = '''c\nd'''", '"with" cannot have a line break'),
        (HEAD + "[[replace]]\nid = 'a'\nwith = 'b'", '[[replace]] needs "pattern"'),
        (HEAD + "[[capture]]\nid = 'a'\nline = 'b'", "a capture needs a group like (?P<title>...)"),
        (HEAD + "[[capture]]\nid='a'\nline='(?P<titel>b)'", 'unknown group "titel"; did you mean "title"?'),
        (
            HEAD + "[[capture]]\nid='a'\nline='(?P<title>b)'\ndrop='yes'",
            '"drop" must be true or false, not a string',
        ),
        (HEAD + "[[example]]\nmeta = {}", '[[example]] needs just one of "diff" or "keep"'),
        (HEAD + "[[example]]\ndiff = 'x'", 'line 1 of the diff starts with "x"'),
        (HEAD + "[[example]]\ndiff = ' x'", "nothing changes in this diff"),
        (
            HEAD + "[[example]]\nkeep = 'x'\nmeta = { titel = 'a' }",
            'unknown key "titel" in "meta"; did you mean "title"?',
        ),
        (HEAD + "[[example]]\nkeep = 'x'\nmeta = { title = 1 }", '"title" must be a string, not a number'),
    ],
)
def test_errors_name_the_line_and_what_was_meant(text, message):
    errors = errors_of(text)
    assert len(errors) == 1, errors
    assert errors[0].startswith("x.toml")
    assert message in errors[0]


HTML = r"""
schema = 1
id = "example.com"
content = ["article .story", "main"]

[match]
host = "example.com"
html = 'meta[name="generator"]'
markup = "html"

[[drop]]
id = "share"
where = "tail"
css = [".share", "#buttons > a"]

[[keep]]
id = "note"
css = ".note"

[[capture]]
id = "author"
css = ".by"
field = "author"

[[capture]]
id = "date"
css = ["time", "meta"]
attribute = "Datetime"
pattern = '(?P<date>\d+)'
drop = true

[[example]]
html = "<p>Text</p>"
text = "Text"

[[example]]
html = "\n<!DOCTYPE html><p>Text</p>"
keep = "Text"
"""


def test_what_is_for_html_becomes_values():
    contents, errors = read(HTML, "x.toml", "site")
    assert errors == []
    assert contents is not None
    assert contents.match == Match(("example.com",), markup="html", css=('meta[name="generator"]',))
    assert [rule.name for rule in contents.rules] == ["share", "note", "author", "date", "content"]
    rules = {rule.name: rule for rule in contents.rules}
    assert rules["share"].selector == Elements((".share", "#buttons > a"))
    assert (rules["share"].verb, rules["share"].where) == ("drop", "tail")
    assert rules["note"].verb == "keep"
    assert rules["author"].selector == Value((".by",), "author")
    assert rules["date"].selector == Value(("time", "meta"), Pattern(r"(?P<date>\d+)"), "datetime")
    assert rules["date"].drops
    assert rules["content"].selector == Outside(("article .story", "main"))
    text, keep = contents.examples
    assert (text.raw, text.expected) == ("<!doctype html>\n<p>Text</p>", "Text")
    assert (text.is_html, text.is_near_miss, text.is_part) == (True, False, False)
    assert keep.raw == "\n<!DOCTYPE html><p>Text</p>"
    assert (keep.is_html, keep.is_near_miss, keep.is_part) == (True, True, True)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[[drop]]\nid = 'a'\ncss = 'div..a'", "x.toml:5: bad selector 'div..a': no selector that can be read"),
        ("[[drop]]\nid = 'a'\ncss = ['a',\n 'b c d e']", "x.toml:5: bad selector 'b c d e': more than 2 combinators"),
        ("content = ['a', '::x']", "x.toml:3: bad selector '::x'"),
        ("[match]\nhtml = ':foo'", "x.toml:4: bad selector ':foo'"),
        ("content = []", 'x.toml:3: "content" is empty'),
        ("content = 3", '"content" must be a list of strings, not a number'),
        ("contents = 'a'", 'unknown key "contents"; did you mean "content"?'),
        ("[match]\nhtm = 'a'", 'unknown key "htm" in [match]; did you mean "html"?'),
        ("[[drop]]\nid = 'a'\ncss = 'p'\nline = 'x'", "x.toml:3: [[drop]] needs just one of"),
        ("[[drop]]\nid = 'a'\ncss = 'p'\nmin = 2", 'x.toml:6: "min" needs "run" or "lines"'),
        ("[[drop]]\nid = 'a'\ncss = 'p'\nto = 'end'", 'x.toml:6: "to" needs "from"'),
        ("[[drop]]\nid = 'a'\ncss = 'p'\nfield = 'title'", 'unknown key "field" in [[drop]]'),
        ("[[replace]]\nid = 'a'\ncss = 'p'\npattern = 'x'\nwith = ''", 'unknown key "css" in [[replace]]'),
        ("[[capture]]\nid = 'a'\ncss = 'p'", '[[capture]] with "css" needs just one of "field" or "pattern"'),
        (
            "[[capture]]\nid = 'a'\ncss = 'p'\nfield = 'title'\npattern = '(?P<title>a)'",
            'needs just one of "field" or "pattern"',
        ),
        ("[[capture]]\nid = 'a'\ncss = 'p'\nfield = 'titel'", '"field" cannot be "titel"; did you mean "title"?'),
        ("[[capture]]\nid = 'a'\ncss = 'p'\npattern = 'a'", "a capture needs a group like (?P<title>...)"),
        ("[[capture]]\nid = 'a'\ncss = 'p'\nline = '(?P<title>a)'", '"line" does not go with "css"'),
        ("[[capture]]\nid = 'a'\nline = '(?P<title>a)'\nfield = 'title'", 'x.toml:6: "field" needs "css"'),
        ("[[capture]]\nid = 'a'\nline = '(?P<title>a)'\nattribute = 'x'", 'x.toml:6: "attribute" needs "css"'),
        ("content = 'p'\n[[drop]]\nid = 'content'\ncss = 'p'", 'id "content" is used twice'),
        ("[[example]]\nhtml = 'x'", '[[example]] with "html" needs just one of "text" or "keep"'),
        ("[[example]]\nhtml = 'x'\ntext = 'x'\nkeep = 'x'", 'needs just one of "text" or "keep"'),
        ("[[example]]\nhtml = 'x'\ndiff = '-x'", 'needs just one of "text" or "keep"'),
        ("[[example]]\ntext = 'x'\nkeep = 'x'", 'x.toml:4: "text" needs "html"'),
        ("[[example]]\nhtml = 3\ntext = 'x'", '"html" must be a string, not a number'),
    ],
)
def test_errors_in_what_is_for_html(text, message):
    errors = errors_of(HEAD + text)
    assert len(errors) == 1, errors
    assert message in errors[0]


def test_all_errors_of_a_file_are_told():
    errors = errors_of(HEAD + "foo = 1\n[[drop]]\nid = 'a'\nline = '('\nwhere = 'nowhere'\n[[keep]]\nid = 'b'\n")
    assert len(errors) == 4


def test_a_platform_may_have_a_host_that_many_share():
    text = HEAD + "[match]\nhost = ['blogspot.com']"
    assert read(text, "x.toml", "platform")[1] == []
    assert errors_of(HEAD + "[match]\nhost = ['co.uk']", "platform")


def test_windows_line_breaks_are_no_matter():
    contents, errors = read(GOOD.replace("\n", "\r\n"), "x.toml", "site")
    assert errors == []
    assert contents is not None
    assert contents.examples[0].expected == "Story\ncosts $3\n"
