"""Raw pages are shortened to what an example needs, and never lose what it is there to show."""

from hypothesis import given
from hypothesis import strategies as st
from rule_pages import make_file, make_rules

from cleaner.pipeline import Cleaner
from cleaner.rules.examples import cleaned, lines_of
from cleaner.rules.minimise import MOST_LINES, minimise_html, minimise_text
from cleaner.rules.prose import paragraphs, prose
from cleaner.rules.schema import Example

HEAD = "schema = 1\nid = 'valley.example'\n[match]\nhost = ['valley.example']\n"
FILE = make_file(
    HEAD + "[[drop]]\nid = 'top'\nwhere = 'head'\nlines = ['Valley menu']\n"
    "[[drop]]\nid = 'foot'\nwhere = 'tail'\nfrom = 'Also in the valley'\nto = 'end'\n"
    "[[drop]]\nid = 'box'\ncss = '.box'\n"
)
CLEAN = Cleaner(rules=make_rules(FILE), scorer=None).clean
FIRST, SECOND, THIRD = paragraphs()


def clean(text):
    is_html = text.lstrip().startswith("<")
    return cleaned(FILE, Example(text, "", False, ("example", 0), is_html=is_html), CLEAN)


def removed(text):
    return [(line, edit.rule) for edit in clean(text).edits for line in lines_of(edit.removed)]


def test_what_goes_stays_whole_and_prose_that_bears_no_zone_is_left_out():
    page = f"Valley menu\n\nA bridge\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n\nAlso in the valley\nA goat\nA hen\n"
    short = minimise_text(page, clean)
    assert removed(short) == removed(page)
    assert len([line for line in (FIRST, SECOND, THIRD) if line in short]) == 1
    assert {"Valley menu", "Also in the valley", "A goat", "A hen"} <= set(short.split("\n"))


def test_long_paragraphs_are_cut_after_a_sentence():
    page = f"Valley menu\n\n{FIRST} {SECOND} {THIRD}\n"
    assert minimise_text(page, clean) == f"Valley menu\n\n{FIRST}"


def test_a_line_that_stays_is_left_out_where_another_one_reads_the_same_and_goes():
    page = f"Valley menu\n\n{FIRST}\n\nValley menu\n\n{SECOND}\n"
    short = minimise_text(page, clean)
    assert removed(short) == [("Valley menu", "valley.example/top")]


@given(
    st.sampled_from(sorted(prose())),
    st.lists(st.sampled_from(["Valley menu", "Also in the valley", "", "A goat"]), max_size=6),
    st.lists(st.sampled_from(["Valley menu", "Also in the valley", "", "A hen"]), max_size=6),
)
def test_a_shorter_page_loses_the_same_lines_in_every_language(language, above, below):
    page = "\n".join([*above, "", *paragraphs(language), "", *below])
    short = minimise_text(page, clean)
    assert len(short) <= len(page)
    assert removed(short) == removed(page)


def test_of_many_lines_that_go_for_one_reason_a_few_are_left_in_html():
    menu = "".join(f"<li>Entry {number}</li>" for number in range(20))
    page = f"<html><body><ul class='box'>{menu}</ul><p>{FIRST}</p><p class='box'>A hen</p><p>{SECOND}</p></body></html>"
    short = minimise_html(page, clean, "valley.example")
    assert len(removed(short)) == MOST_LINES
    assert set(removed(short)) <= set(removed(page))


def test_the_headline_and_what_is_to_be_kept_stay_in_html():
    page = (
        f"<html><body><h1>A morning at the weir</h1><ul class='box'><li>Hen</li></ul><p>{FIRST}</p>"
        f"<div class='facts'><b>One</b></div><div class='facts'><b>Two</b></div><p>{SECOND}</p></body></html>"
    )
    short = minimise_html(page, clean, "valley.example", [".facts", ".gone"])
    assert "A morning at the weir" in short
    assert short.count("facts") == 1
    assert "facts" not in minimise_html(page, clean, "valley.example")


def test_elements_without_a_part_in_it_are_taken_out_of_html():
    page = (
        "<!doctype html><html><head><style>p {}</style><script>go()</script></head><body><nav>Home</nav>"
        f"<p>{FIRST}</p><p class='box'>A hen for sale</p><p>{SECOND}</p><img src='hen.png'></body></html>"
    )
    short = minimise_html(page, clean, "valley.example")
    assert "A hen for sale" in short
    assert not any(part in short for part in ("style", "script", "nav", "img"))
    assert (FIRST in short) + (SECOND in short) <= 1
    assert removed(short)[-1] == ("A hen for sale", "valley.example/box")
