"""What is written as an example is read back as the same example."""

from hypothesis import given
from hypothesis import strategies as st
from rule_pages import make_file

from cleaner.rules import tables
from cleaner.rules.examples import lines_of

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\x85\u2028\u2029"), max_size=40)
LINE = TEXT.map(lambda text: text.replace("\n", " ")).filter(lambda text: text.strip())
META = st.dictionaries(st.sampled_from(["title", "author", "section"]), LINE, max_size=2)


def read_back(table):
    [example] = make_file(f"[match]\nhost = ['a.example']\n{table.toml}\n").contents.examples
    return example


def same(table):
    found, made = read_back(table), table.example
    assert lines_of(found.raw) == lines_of(made.raw)
    assert lines_of(found.expected) == lines_of(made.expected)
    assert (found.is_near_miss, found.is_html, found.meta, found.url) == (
        made.is_near_miss,
        made.is_html,
        made.meta,
        made.url,
    )


@given(TEXT, META, st.none() | st.just("https://a.example/x"))
def test_near_misses(text, meta, url):
    same(tables.keep(text, meta, url))


@given(st.lists(LINE, min_size=1, max_size=6), st.data())
def test_diffs(lines, data):
    gone = data.draw(st.sets(st.integers(0, len(lines) - 1), min_size=1))
    after = [line.strip() for number, line in enumerate(lines) if number not in gone]
    same(tables.diff("\n\n".join(lines), after))


@given(st.lists(LINE, max_size=4), st.booleans())
def test_html(lines, is_near_miss):
    body = "".join(f"<p>{line}</p>\n" for line in lines)
    same(tables.html(f"<body>\n{body}</body>", lines, is_near_miss=is_near_miss))


def test_a_blank_line_goes_with_the_line_above_it():
    table = tables.diff("Menu\n\nA bridge", ["A bridge"])
    assert table.toml == "[[example]]\ndiff = '''\n-Menu\n-\n A bridge\n'''"


def test_what_comes_stands_below_what_goes():
    table = tables.diff("A brigde\nholds", ["A bridge", "holds"])
    assert table.toml == "[[example]]\ndiff = '''\n-A brigde\n+A bridge\n holds\n'''"
