"""One style for rule files: the same data, every comment, and nothing left to do the second time."""

import re
import tomllib
from collections import Counter
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner.rules import RuleSet
from cleaner.rules.source import scan
from cleaner.rules.style import WIDTH, styled

UNTIDY = r"""

# The Valley Post, a weekly.
# It has no masthead.
id  =  "valley.example"   # as registered
schema=1


# Sharing.

# The links to other services.
[[ drop ]]   # none is the author's
  line = "Share \\d \"now\""
    # Above the story only.
  where="head"
  id = "share"
# So much for sharing.

[[example]]
keep = '''
# This is no comment,

[[and]] this is no table.
'''
meta={title="x",  author = 'y'}
[[drop]]
lines = ["a",  # the first
  # those below are in French
  "b" , "c"
  ]
id = "others"
# Below a key and above a header: of the header.
[match]
text = [ ]
host=["valley.example",   "www.valley.example"]
# The end.
"""
TIDY = r"""# The Valley Post, a weekly.
# It has no masthead.
schema = 1
id = "valley.example"  # as registered

# Below a key and above a header: of the header.
[match]
host = ["valley.example", "www.valley.example"]
text = []
# The end.

# Sharing.

# The links to other services.
[[drop]]  # none is the author's
id = "share"
# Above the story only.
where = "head"
line = 'Share \d "now"'
# So much for sharing.

[[example]]
keep = '''
# This is no comment,

[[and]] this is no table.
'''
meta = { title = "x", author = 'y' }

[[drop]]
id = "others"
lines = [
  "a",  # the first
  # those below are in French
  "b", "c",
]
"""


def test_order_and_style():
    assert styled(UNTIDY) == TIDY
    assert styled(TIDY) == TIDY


def test_other_line_breaks_and_a_mark_of_byte_order_go():
    assert styled("\ufeff" + UNTIDY.replace("\n", "\r\n")) == TIDY


@pytest.mark.parametrize("file", RuleSet.builtin().files, ids=lambda file: file.id)
def test_the_shipped_files_have_the_style(file):
    assert styled(file.text) == file.text


def test_the_reason_of_content_stays_with_it():
    text = "# A farm.\n\n# The post.\ncontent = '.post'\nschema = 1\n"
    assert styled(text) == "# A farm.\n\nschema = 1\n\n# The post.\ncontent = '.post'\n"
    assert styled("# The post.\ncontent = '.post'\nschema = 1") == "schema = 1\n\n# The post.\ncontent = '.post'\n"


def test_a_list_that_is_too_long_is_broken():
    items = ", ".join(f'"line number {number}"' for number in range(20))
    lines = styled(f"[[drop]]\nlines = [{items}]\n").split("\n")
    assert lines[1] == "lines = ["
    assert max(map(len, lines)) <= WIDTH
    assert len(lines) == 8


def test_an_escape_that_says_more_than_a_quote_stays():
    for value in (r'"a\u00a0\\"', r'''"it's \"so\""''', r'"\t"'):
        assert styled(f"line = {value}\n") == f"line = {value}\n"


def test_what_is_not_toml_is_refused():
    with pytest.raises(tomllib.TOMLDecodeError):
        styled("id = ")


GAPS = st.sampled_from(["", " ", "  ", "\t"])
BREAKS = st.sampled_from(
    ["\n", "\n\n", "\n\n\n", "  \n", " # beside\n", "\n# below\n", "\n\n#apart\n\n", "\n# end  \n\n"]
)
ITEMS = st.sampled_from(['"a"', "'b, # c'", r'"d \\\\ \"e\""', "'''\nf]\n# g'''", '"""h"""', r'"\u00e9"'])
COMMAS = st.sampled_from([", ", ",", " ,\n ", ", # of an item\n", ",\n# of the next\n", ",\n\n\n"])
KEYS = ["schema", "id", "use", "content", "where", "line", "lines", "html", "odd", '"a b"', "dotted.one", "dotted.two"]
HEADERS = st.sampled_from(["[[drop]]", "[[ keep ]]", "[[example]]", "[match]", "[[replace]]"])


@st.composite
def values(draw):
    items = draw(st.lists(ITEMS, max_size=4))
    kind = draw(st.sampled_from(["one", "one", "list", "table"]))
    if kind == "one" or not items:
        return draw(ITEMS)
    if kind == "table":
        plain = [item for item in items if "\n" not in item]
        return "{" + ", ".join(f"k{number} ={item}" for number, item in enumerate(plain)) + "}"
    return "[" + "".join(item + draw(COMMAS) for item in items) + "]"


@st.composite
def files(draw):
    text = draw(BREAKS)
    headers = ["", *draw(st.lists(HEADERS, max_size=5))]
    for number, header in enumerate(headers):
        if header == "[match]" and header in headers[:number]:
            continue
        text += header and draw(GAPS) + header + draw(BREAKS)
        for key in draw(st.lists(st.sampled_from(KEYS), max_size=4, unique=True)):
            text += draw(GAPS) + key + draw(GAPS) + "=" + draw(GAPS) + draw(values()) + draw(BREAKS)
    return text


def comments(text):
    """Count the comments, and what looks like one within strings: neither may change."""
    return Counter(re.findall(r"#\s*(\w+)", text))


@given(files())
def test_no_data_and_no_comment_is_lost(text):
    written = styled(text)
    assert tomllib.loads(written) == tomllib.loads(text)
    assert comments(written) == comments(text)
    assert styled(written) == written


@given(files())
def test_what_documents_a_rule_goes_on_documenting_it(text):
    before, after = scan(text).comments, scan(styled(text)).comments
    assert {place: said for place, said in before.items() if len(place) > 1} == {
        place: said for place, said in after.items() if len(place) > 1
    }
    assert before.get(("content",)) == after.get(("content",))


def test_blank_lines_within_a_list_go():
    text = dedent("""
        [[drop]]
        lines = [
          "one", "two",

          "three",
        ]
    """)
    assert "\n\n" not in styled(text)
