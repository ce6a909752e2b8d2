"""Rules that name elements of an HTML page, run over pages of the real front end."""

import pytest
from rule_pages import MORE_PROSE, PROSE, make_page, propose

from cleaner.blocks import read_html
from cleaner.model import Capture, Drop, Keep, Replace

PAGE = f"""<!doctype html>
<html><head><title>Ferry</title>
<meta name="author" content=" Ada  Roe "><meta property="article:published_time" content="2024-04-02T10:00:00Z"></head>
<body>
<div class="bar"><a class="share">Chirp</a></div>
<h1 class="title">The ferry sails again</h1>
<div class="by">By <a class="name">Ada Roe</a> and <a class="name">Bo Li</a></div>
<div class="story"><p>{PROSE}</p>
<p class="note">{MORE_PROSE} <sup>[1]</sup> <sup>[2]</sup></p>
<ul><li><b>New</b> Two boats</li><li><b>New</b></li></ul></div>
<div class="aside"><p class="share">Share</p><p>Others</p></div>
</body></html>"""


def page_of(html=PAGE):
    return read_html(html)


def actions(rules, page=None, **options):
    proposals, flags = propose(rules, page or page_of(), **options)
    assert not flags
    return [proposal.action for proposal in proposals]


def lines(page, action):
    return [page.lines[row] for row in action.rows]


def cut(page, found):
    """Carry out replacements."""
    text = page.text
    for action in sorted(found, key=lambda action: -action.start):
        text = text[: action.start] + action.replacement + text[action.end :]
    return text


def test_drop_takes_the_rows_of_all_elements_and_says_by_which_selector():
    page = page_of()
    found = actions("# Buttons.\n[[drop]]\nid = 'a'\ncss = ['.share', '.aside']", page)
    assert [(lines(page, action), action.reason) for action in found] == [
        (["Chirp", "Share"], "Buttons. (.share)"),
        (["Share", "Others"], "Buttons. (.aside)"),
    ]


def test_a_selector_alone_stands_for_a_list():
    assert len(actions("[[drop]]\nid = 'a'\ncss = '.share, .aside'")) == 1


def test_keep_protects_rows_and_those_that_an_element_is_part_of():
    page = page_of()
    found = actions("[[keep]]\nid = 'a'\ncss = ['.title', 'sup']", page)
    assert all(isinstance(action, Keep) for action in found)
    assert [lines(page, action) for action in found] == [
        ["The ferry sails again"],
        [f"{MORE_PROSE} [1] [2]"],
    ]


def test_drop_cuts_out_elements_that_are_part_of_a_row_with_the_white_space_before():
    page = page_of()
    found = actions("[[drop]]\nid = 'a'\ncss = 'sup'", page)
    assert all(isinstance(action, Replace) for action in found)
    assert f"{MORE_PROSE}\n" in cut(page, found)
    assert found[0].reason == "a (sup)"


def test_the_mark_of_a_list_item_stays_unless_all_of_it_goes():
    page = page_of()
    found = actions("[[drop]]\nid = 'a'\ncss = 'li > b'", page)
    drops = [action for action in found if isinstance(action, Drop)]
    assert [lines(page, action) for action in drops] == [["- New"]]
    assert "- Two boats\n" in cut(page, [action for action in found if isinstance(action, Replace)])


@pytest.mark.parametrize(
    ("row", "after"),
    [
        ("<i>x</i> Word", "Word"),
        ("Word <i>x</i>", "Word"),
        ("One <i>x</i> two", "One two"),
        ("One <i>x</i>, two", "One, two"),
        ("One<i>x</i>two", "Onetwo"),
        ("<i>x</i> <i>y</i> Word", "Word"),
        ("One <i>x</i> <i>y</i> two", "One two"),
        ("<i>x <i>y</i></i> Word", "Word"),
    ],
)
def test_white_space_around_what_is_cut_out(row, after):
    page = page_of(f"<p>{row}</p>")
    assert cut(page, actions("[[drop]]\nid = 'a'\ncss = 'i'", page)) == after


def test_a_row_of_nothing_but_such_elements_goes_as_a_whole():
    page = page_of("<p><i>x</i> <i>y</i></p><p>Word</p>")
    [action] = actions("[[drop]]\nid = 'a'\ncss = 'i'", page)
    assert lines(page, action) == ["x y"]


def test_zones_hold_for_elements_too():
    page = page_of()
    found = actions("[[drop]]\nid = 'a'\ncss = '.share'\nwhere = 'tail'", page)
    assert [lines(page, action) for action in found] == [["Share"]]
    assert actions("[[drop]]\nid = 'a'\ncss = 'sup'\nwhere = 'head'") == []


def test_days_and_languages_hold_too():
    rule = "[[drop]]\nid = 'a'\ncss = '.share'\nsince = 2024-01-01\nlang = 'en'"
    assert actions(rule) == []
    assert actions(rule, date="2024-02-01", language=lambda: "de") == []
    assert len(actions(rule, date="2024-02-01", language=lambda: "en")) == 1


def test_rules_for_lines_work_on_html():
    page = page_of()
    assert [lines(page, action) for action in actions("[[drop]]\nid = 'a'\nlines = ['Share']", page)] == [["Share"]]


def test_text_has_no_elements():
    assert actions("content = 'p'\n[[drop]]\nid = 'a'\ncss = 'p'", make_page(PROSE)) == []


def test_content_drops_what_lies_outside_the_first_element_with_prose():
    page = page_of()
    [action] = actions("# The story.\ncontent = ['.missing', '.aside', '.title, .story', 'body']", page)
    assert action.reason == "The story. (.title, .story)"
    assert lines(page, action) == ["Chirp", "By Ada Roe and Bo Li", "Share", "Others"]


def test_content_keeps_nothing_by_force_and_comes_after_other_rules():
    proposals, _ = propose("content = '.story'\n[[drop]]\nid = 'a'\ncss = ['.note', '.aside']", page_of())
    assert [proposal.rule for proposal in proposals] == ["test/a", "test/a", "test/content"]
    assert {proposal.action.reason for proposal in proposals} == {"a (.note)", "a (.aside)", "content (.story)"}


def test_content_without_prose_does_nothing():
    assert actions("content = '.aside'") == []
    headline = f"<h1>{PROSE}</h1><p>Menu</p>"
    assert actions("content = 'h1'", page_of(headline)) == [], "a headline is no story"


def test_content_that_is_everything_does_nothing():
    assert actions("content = 'body'") == []


def test_content_is_a_name_for_only_and_skip():
    rules = "content = '.story'\n[[drop]]\nid = 'a'\ncss = '.aside'"
    proposals, _ = propose(rules, page_of(), skip=["test/content"])
    assert {proposal.rule for proposal in proposals} == {"test/a"}
    proposals, _ = propose(rules, page_of(), only=["test/content"])
    assert {proposal.rule for proposal in proposals} == {"test/content"}


def values(rule, page=None, **options):
    found = actions(f"[[capture]]\nid = 'a'\n{rule}", page, **options)
    return [(action.field, action.value) for action in found if isinstance(action, Capture)]


def test_capture_reads_the_text_of_the_first_element():
    assert values("css = '.name'\nfield = 'title'") == [("title", "Ada Roe")]
    assert values("css = 'title'\nfield = 'title'") == [("title", "Ferry")]


def test_capture_takes_all_authors():
    assert values("css = '.name'\nfield = 'author'") == [("author", "Ada Roe"), ("author", "Bo Li")]


def test_capture_reads_attributes_of_elements_that_nobody_sees():
    assert values("css = 'meta[name=author]'\nfield = 'author'\nattribute = 'Content'") == [("author", "Ada Roe")]


def test_the_first_selector_that_gives_a_value_counts():
    rule = "css = ['.none', 'h1', '.name']\nfield = 'author'"
    assert values(rule) == [("author", "The ferry sails again")]
    assert values("css = ['h1', 'meta']\nattribute = 'content'\nfield = 'title'") == [("title", "Ada Roe")]


def test_a_pattern_reads_parts_of_the_text():
    rule = r"""css = 'meta'
attribute = 'content'
pattern = '^(?P<date>\d{4}-\d\d-\d\d)T'"""
    assert values(rule) == [("date", "2024-04-02")]
    assert values("css = '.by'\npattern = 'By (?P<author>.+) and (?P<section>.+)'") == [
        ("author", "Ada Roe"),
        ("section", "Bo Li"),
    ]


def test_capture_can_drop_what_it_read():
    page = page_of()
    found = actions("[[capture]]\nid = 'a'\ncss = '.by'\npattern = 'By (?P<author>.+)'\ndrop = true", page)
    assert [lines(page, action) for action in found if isinstance(action, Drop)] == [["By Ada Roe and Bo Li"]]
    found = actions("[[capture]]\nid = 'a'\ncss = '.share'\nfield = 'section'\ndrop = true", page)
    assert [lines(page, action) for action in found if isinstance(action, Drop)] == [["Chirp"]], "the first alone"


def test_capture_in_a_zone_looks_at_what_is_rendered_there():
    assert values("css = '.share'\nfield = 'section'\nwhere = 'tail'") == [("section", "Share")]
    assert values("css = 'meta'\nattribute = 'content'\nfield = 'author'\nwhere = 'head'") == []
    assert values("css = 'h1'\nattribute = 'class'\nfield = 'section'\nwhere = 'head'") == [("section", "title")]


def test_a_line_break_parts_words():
    assert values("css = 'h1'\nfield = 'title'", page_of("<h1>The ferry<br>sails</h1>")) == [
        ("title", "The ferry sails")
    ]


def test_a_second_look_finds_the_rows_that_are_left():
    page = page_of()
    remaining = page.only([1, 3, 4], ["", "\n\n", "\n\n"])
    [action] = actions("content = '.story'", remaining)
    assert [remaining.lines[row] for row in action.rows] == ["The ferry sails again"]


def test_a_rule_out_of_time_does_nothing_and_is_flagged(monkeypatch):
    monkeypatch.setattr("cleaner.rules.view._LEAST_SHARE", 0.0)
    page = page_of()
    proposals, flags = propose("[[drop]]\nid = 'a'\ncss = '.share'", page, deadline_s=-1.0)
    assert proposals == []
    assert [flag.name for flag in flags] == ["pattern-timeout"]
