import tomllib

from hypothesis import given
from hypothesis import strategies as st

from cleaner.rules.source import scan

SOURCE = """\
# At the top.
schema = 1

[match]
host = [
  "a.example",  # not a comment of a table [
]

# A ticker of currencies,
# at the top.
[[drop]]
id = "ticker"
line = '''[#x'''

# On its own.

[[drop]]  # beside
id = "box"

[[example]]
diff = '''
-[[drop]]
 # no comment
 id = 3
'''
meta = { date = "}", authors = ["a"] }

[[drop]]
"""


def test_lines_and_comments():
    tomllib.loads(SOURCE)
    source = scan(SOURCE)
    assert source.line("schema") == 2
    assert source.line("match", "host") == 5
    assert source.line("drop", 0) == 11
    assert source.line("drop", 0, "line") == 13
    assert source.line("drop", 1, "id") == 18
    assert source.line("example", 0, "meta") == 26
    assert source.line("drop", 2) == 28
    assert source.comments["drop", 0] == "A ticker of currencies, at the top."
    assert source.comments["drop", 1] == "beside"
    assert source.comments["drop", 2] == ""


def test_a_key_at_the_top_has_its_comment():
    source = scan("# The story.\ncontent = 'p'\n\n# The host.\n[match]\n# Not at the top.\nhost = 'a'\n")
    assert source.comments["content",] == "The story."
    assert ("match", "host") not in source.comments


def test_what_has_no_line_takes_that_of_its_table():
    source = scan(SOURCE)
    assert source.line("drop", 1, "where") == 17
    assert source.line("nothing") is None


@given(st.text("[]{}\"'#=\n a\\"))
def test_nonsense_is_no_error(text):
    scan(text)
