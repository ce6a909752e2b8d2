from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rule_pages import MORE_PROSE, PROSE, make_file, make_page, make_rules, propose, touched

from cleaner.model import Capture, Drop, Keep, Rank, Replace
from cleaner.rules.patterns import Pattern
from cleaner.rules.search import runs
from cleaner.rules.view import Clock, View

PAGE = f"""Home
Share
One

{PROSE}
Share
{MORE_PROSE}

Share
Two
Three

Four
"""


def drop(body: str) -> str:
    return f"[[drop]]\nid = 'a'\n{body}"


@pytest.mark.parametrize(
    ("body", "lines"),
    [
        ("lines = ['Share']", ["Share", "Share", "Share"]),
        ("lines = ['Share']\nwhere = 'head'", ["Share"]),
        ("lines = ['Share']\nwhere = 'body'", ["Share"]),
        ("lines = ['Share', 'Four']\nwhere = 'tail'", ["Share", "Four"]),
        ("lines = ['share']", []),
        ("lines = ['Home', 'Share', 'One']\nmin = 3", ["Home", "Share", "One"]),
        ("line = 'T.{2,4}'", ["Two", "Three"]),
        ("line = '(?i)share|home'\nwhere = 'head'", ["Home", "Share"]),
        ("line = 'Shar'", []),
        ("line = '^Share$'\nwhere = 'tail'", ["Share"]),
        ("run = '[A-Z][a-z]{2,4}'\nmin = 3", ["Home", "Share", "One", "Share", "Two", "Three", "Four"]),
        ("run = 'Share|Two|Four'", ["Share", "Two"]),
        ("from = 'Share'\nwhere = 'tail'", ["Share", "Two", "Three"]),
        ("from = 'Share'\nto = 'end'\nwhere = 'tail'", ["Share", "Two", "Three", "Four"]),
        ("from = 'Home'\nto = 'end'\nwhere = 'head'", ["Home", "Share", "One"]),
        ("from = 'Share'\nto = 'Three'\nwhere = 'tail'", ["Share", "Two", "Three"]),
        ("from = 'Share'\nto = 'Five'\nwhere = 'tail'", []),
        ("from = 'Two'\nto = 'Home'", []),
        ("from = 'Home'\nto = 'T.*'\nwhere = 'head'", []),
        ("from = 'Four'", ["Four"]),
        ("from = 'Four'\nto = 'end'\nwhere = 'tail'", ["Four"]),
    ],
)
def test_selectors(body, lines):
    assert touched(drop(body), PAGE) == lines


def test_blocks_do_not_overlap_and_go_on_after_each_other():
    page = "Box\na\nBox\nEnd\nb\nBox\nEnd\nBox"
    assert touched(drop("from = 'Box'\nto = 'End'"), page) == ["Box", "a", "Box", "End", "Box", "End"]
    assert touched(drop("from = 'Box'"), "Box\na\nBox\nb\n\nc\nBox\n\nd") == ["Box", "a", "Box", "b", "Box"]


def test_rules_for_zones_do_nothing_without_prose():
    page = "Home\nShare\nHome"
    for where in ("head", "body", "tail"):
        assert touched(drop(f"lines = ['Home']\nwhere = '{where}'"), page) == []
    assert touched(drop("lines = ['Home']"), page) == ["Home", "Home"]


def test_lines_match_as_a_reader_sees_them_too():
    page, visible = "* [Share](http://a.example)\n**Home**\n- x\n![](y)", ["Share", "Home", "x", ""]
    for body in (
        "lines = ['Share']",
        "line = 'Shar.'",
        r"line = '\* \[Share\].*'",
        "from = 'Share'\nto = 'Share|Home'",
    ):
        assert touched(drop(body), page, visible=visible)[0].startswith("* [Share]")
    assert touched(drop("run = 'Share|Home'"), page, visible=visible) == page.split("\n")[:2]
    assert touched(drop("line = '.{0}'"), page, visible=visible) == []


@pytest.mark.parametrize(
    ("body", "day", "fires"),
    [
        ("since = 2024-01-01", "2024-01-01", True),
        ("since = 2024-01-01", "2023-12-31T23:59:59", False),
        ("until = 2024-01-01", "2024-01-01T00:00:00", False),
        ("until = 2024-01-01", "2023-12-31", True),
        ("since = 2023-01-01\nuntil = 2024-01-01", "2023-06-01", True),
        ("since = 2024-01-01", None, False),
        ("until = 2024-01-01", None, False),
    ],
)
def test_dates(body, day, fires):
    assert bool(touched(drop(f"line = 'Share'\n{body}"), "Share", date=day)) == fires
    assert day is None or date.fromisoformat(day[:10])


def test_language_is_asked_for_only_where_a_rule_would_fire():
    asked = []

    def language() -> str:
        asked.append(1)
        return "az"

    assert touched(drop("line = 'Share'\nlang = 'az'"), "Home", language=language) == []
    assert not asked
    assert touched(drop("line = 'Share'\nlang = ['en', 'az']"), "Share", language=language) == ["Share"]
    assert touched(drop("line = 'Share'\nlang = 'en'"), "Share", language=language) == []
    assert touched(drop("line = 'Share'\nlang = 'en'"), "Share", language=lambda: None) == []


def test_keep_protects():
    [proposal], _ = propose("[[keep]]\nid = 'quote'\nline = 'Share .*'", make_page("Share this"))
    assert proposal.action == Keep([0], "quote")


def test_the_comment_of_a_rule_is_its_reason():
    [proposal], _ = propose("# A bar of links.\n[[drop]]\nid = 'share-bar'\nline = 'Share'", make_page("Share"))
    assert proposal.rule == "test/share-bar"
    assert proposal.rank is Rank.GENERIC
    assert proposal.action == Drop([0], "A bar of links.")
    [proposal], _ = propose("[[drop]]\nid = 'share-bar'\nline = 'Share'", make_page("Share"))
    assert proposal.action == Drop([0], "share bar")


def test_replace_stays_inside_lines():
    text = "It cost \\$3.\n\n  And \\$4\\$5 \\\n$6\n"
    rules = "[[replace]]\nid = 'escape'\npattern = '\\\\(\\$|\\s)'\nwith = '\\1'"
    proposals, _ = propose(rules, make_page(text))
    actions = [proposal.action for proposal in proposals]
    assert [text[action.start : action.end] for action in actions] == ["\\$", "\\$", "\\$"]
    assert {action.replacement for action in actions} == {"$"}


def test_replace_without_effect_is_no_proposal():
    rules = "[[replace]]\nid = 'same'\npattern = 'a*'\nwith = 'a'"
    proposals, _ = propose(rules, make_page("b a aa"))
    assert [proposal.action for proposal in proposals] == [Replace(4, 6, "a", "same")]


def test_replace_in_many_lines_and_in_few_is_the_same():
    rules = "[[replace]]\nid = 'word'\npattern = '\\bneedle\\b'\nwith = ''"
    for count in (3, 60):
        text = "\n".join(f"{number} needle needles" for number in range(count))
        proposals, _ = propose(rules, make_page(text))
        assert [text[p.action.start : p.action.end] for p in proposals] == ["needle"] * count


def test_capture_reads_the_first_match_and_can_drop_the_line():
    rules = r"""
        [[capture]]
        id = "head"
        where = "head"
        line = '(?P<author>\w+) \| (?P<date>\d+)(?P<section>x)?'
        drop = true
    """
    proposals, _ = propose(rules, make_page(f"Title\nAda | 2024\nBob | 2023\n{PROSE}"))
    assert [proposal.action for proposal in proposals] == [
        Capture("author", "Ada", "head"),
        Capture("date", "2024", "head"),
        Drop([1], "head"),
    ]


def test_capture_inside_a_line_drops_only_what_it_matched():
    rules = r"""
        [[capture]]
        id = "dateline"
        pattern = '^[A-Z]\w+, \((?P<date>[^)]+)\) ?: ?'
        drop = true
    """
    text = f"Title\n  Vilnius, (12th July) :{PROSE}"
    proposals, _ = propose(rules, make_page(text))
    capture, replacement = (proposal.action for proposal in proposals)
    assert capture == Capture("date", "12th July", "dateline")
    assert text[: replacement.start] + text[replacement.end :] == f"Title\n  {PROSE}"


def test_capture_reads_what_a_reader_sees():
    page = make_page("By [Ada Berg](#)", ["By Ada Berg"], "markdown")
    [proposal], _ = propose("[[capture]]\nid = 'by'\nline = 'By (?P<author>[\\w ]+)'", page)
    assert proposal.action == Capture("author", "Ada Berg", "by")


def test_only_and_skip_name_files_and_rules():
    rules = "[[drop]]\nid = 'a'\nline = 'Share'\n[[drop]]\nid = 'b'\nline = 'Home'"
    page = "Share\nHome"
    assert touched(rules, page, only={"test/a"}) == ["Share"]
    assert touched(rules, page, only={"test"}) == ["Share", "Home"]
    assert touched(rules, page, only={"share-bar"}) == []
    assert touched(rules, page, skip={"test/a"}) == ["Home"]
    assert touched(rules, page, skip={"test"}) == []


def test_a_slow_pattern_is_named_and_the_others_go_on():
    rules = "[[drop]]\nid = 'slow'\nline = '(?:(?:a|b|ab)+)+[cd]'\n[[drop]]\nid = 'fast'\nline = 'Share'"
    proposals, flags = propose(rules, make_page("ab" * 40 + "\nShare"), deadline_s=0.4)
    assert [(flag.name, flag.detail.split(":")[0]) for flag in flags] == [("pattern-timeout", "test/slow")]
    assert [proposal.rule for proposal in proposals] == ["test/fast"]


def test_no_time_at_all_is_told_too():
    rules = "[[drop]]\nid = 'a'\nline = 'Share'"
    _, flags = propose(rules, make_page("Share"), deadline_s=-1.0)
    assert not flags, "each rule has a little time, whatever came before it"
    clock = Clock(-1.0)
    with pytest.raises(TimeoutError):
        clock.left()


@given(st.lists(st.sampled_from(["Share", "share it", "Share x", "Home", "a b", "", "xShare", "İSHARE"]), max_size=60))
def test_the_prefilter_changes_nothing(lines):
    page = make_page("\n".join(lines))
    view = View(page)
    for source in ("Share", "(?i)i?share", "(?:Share|Home)(?: x)?", ".*Share.*"):
        pattern = Pattern(source)
        assert pattern.literals
        expected = [row for row, line in enumerate(page.lines) if pattern.whole.fullmatch(line)]
        assert view.rows_matching(pattern, view.zone("any"), Clock(5)) == expected
        rules = make_rules(make_file(f"[[drop]]\nid = 'a'\nline = '{source}'", "generic"))
        proposals, _ = rules.propose(page, rules.recognise(page, None), language=lambda: None, date=None, deadline_s=5)
        assert [row for proposal in proposals for row in proposal.action.rows] == expected


SELECTORS = [
    "lines = ['A']",
    "line = '[AB]'",
    "run = '.'",
    "from = 'A'",
    "from = 'A'\nto = 'end'",
    "from = '.'\nto = 'B'",
]


@given(
    st.lists(st.sampled_from(["A", "B", "", PROSE, MORE_PROSE]), max_size=30),
    st.sampled_from(SELECTORS),
    st.sampled_from(["head", "body", "tail"]),
)
def test_a_rule_for_a_zone_never_touches_another(lines, selector, where):
    page = make_page("\n".join(lines))
    proposals, _ = propose(f"[[drop]]\nid = 'a'\n{selector}\nwhere = '{where}'", page)
    zone = View(page).zone(where)
    assert all(zone.first <= row < zone.end for proposal in proposals for row in proposal.action.rows)


@given(st.sets(st.integers(0, 30)), st.integers(1, 5))
def test_runs(rows, least):
    kept = runs(rows, least)
    assert kept == sorted(kept)
    for row in rows:
        first = last = row
        while first - 1 in rows:
            first -= 1
        while last + 1 in rows:
            last += 1
        assert (row in kept) == (last - first + 1 >= least)


def test_zones_are_seen_from_the_prose_that_rules_leave() -> None:
    story = "The lock keeper found the brass key under the third stone from the left."
    imprint = "The Weir Echo is a paper of the cooperative of the upper valley, founded long ago."
    text = f"Weir Echo\n\n{story}\n\nMore of the valley\nA mill for sale\n{imprint}\nUp"
    tail = """
        [[drop]]
        id = "more"
        where = "tail"
        from = "More of the valley"
        to = "end"
        """
    assert touched(tail, text) == []
    standing = f'\n        [[drop]]\n        id = "imprint"\n        lines = ["{imprint}"]\n'
    assert touched(tail + standing, text) == [imprint, "More of the valley", "A mill for sale", imprint, "Up"]
    keep = f'\n        [[keep]]\n        id = "kept"\n        lines = ["{imprint}"]\n'
    assert touched(tail + standing + keep, text) == [imprint, imprint]


def test_what_a_rule_proposes_in_both_zones_is_proposed_once() -> None:
    story = "The lock keeper found the brass key under the third stone from the left."
    imprint = "The Weir Echo is a paper of the cooperative of the upper valley, founded long ago."
    rules = f"""
        [[drop]]
        id = "name"
        where = "head"
        line = "Weir Echo"
        [[drop]]
        id = "imprint"
        lines = ["{imprint}"]
        """
    assert touched(rules, f"Weir Echo\n\n{imprint}\n\n{story}\n\nUp") == ["Weir Echo", imprint]
