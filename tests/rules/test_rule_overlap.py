"""Rules that can never act, and rules whose work another one does."""

from itertools import product

import pytest
from hypothesis import given
from random_patterns import patterns
from rule_pages import make_file, make_rules

from cleaner.rules.overlap import applied_with, overlaps, texts_of, unreachable
from cleaner.rules.patterns import Pattern
from cleaner.rules.syntax import PatternError

TEXTS = ["".join(chars) for length in range(4) for chars in product("abA7é ,", repeat=length)]
HEAD = "schema = 1\nid = 'test'\n[match]\nhost = ['example.com']\n"


def found(text, *others):
    """Give what is found in each rule of a file."""
    file = make_file(text if "schema" in text else HEAD + text)
    return [
        (rule.name, finding.check, finding.message)
        for rule in file.rules
        for finding in [*unreachable(rule, file), *overlaps(rule, file, others)]
    ]


def two(first, second):
    return f"[[drop]]\nid = 'a'\n{first}\n[[drop]]\nid = 'b'\n{second}\n"


SHADOWED = ("b", "shadowed", "does nothing of its own: test/a does all of it")


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("lines = ['x', 'y']", "lines = ['x']"),
        ("lines = ['x']", "where = 'head'\nlines = ['x']"),
        ("line = 'Share (?:on|to) .+'", "lines = ['Share on A', 'Share to B']"),
        ("line = 'Share .+'", "line = 'Share (?:on|to) (?:A|B)\\.?'"),
        ("lines = ['x', 'y', 'z']", "line = '[xy]'"),
        ("line = 'x.{2,4}'", "line = 'x(?:ab?|c){2}'"),
        ("line = '(?i)share .+'", "line = '(?i)share on a'"),
        ("run = 'x+'\nmin = 2", "run = 'x+'\nmin = 3"),
        ("line = 'x+'", "run = 'x+'"),
        ("css = ['.a', '.b']", "css = '.b'"),
        ("from = 'x'\nto = 'end'", "where = 'tail'\nfrom = 'x'\nto = 'end'"),
        ("lines = ['x']\nsince = 2020-01-01", "lines = ['x']\nsince = 2021-01-01\nlang = 'en'"),
        ("lines = ['x']\nlang = ['de', 'fr']", "lines = ['x']\nlang = 'de'"),
    ],
)
def test_a_rule_whose_work_another_one_does_is_named(wide, narrow):
    assert found(two(wide, narrow)) == [SHADOWED]
    [(name, check, message)] = found(two(narrow, wide))
    assert (name, check, message) == ("a", "shadowed", "does nothing of its own: test/b does all of it")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("lines = ['x']", "lines = ['y']"),
        ("where = 'head'\nlines = ['x']", "where = 'tail'\nlines = ['x']"),
        ("lines = ['x', 'y']\nmin = 2", "lines = ['x']"),
        ("line = 'x.*'", "line = 'x\\w*'"),
        ("line = 'x.{2}'", "line = 'x(?:ab?|c){2}'"),
        ("line = 'Share .+'", "line = '(?i)share on a'"),
        ("line = 'x\\b.*'", "from = 'x'"),
        ("from = 'x'", "from = 'x'\nto = 'end'"),
        ("lines = ['x']\nsince = 2021-01-01", "lines = ['x']\nuntil = 2022-01-01"),
        ("lines = ['x']\nlang = 'de'", "lines = ['x']\nlang = 'fr'"),
        ("css = '.a'", "lines = ['.a']"),
    ],
)
def test_rules_that_both_do_something_are_not(one, other):
    assert found(two(one, other)) == []


def test_of_two_that_are_the_same_the_second_is_named():
    assert found(two("line = 'x+'", "line = 'x+'")) == [SHADOWED]


def test_a_pattern_for_any_letter_case_is_more_than_some_of_the_cases():
    shadowed = ("a", "shadowed", "does nothing of its own: test/b does all of it")
    assert found(two("line = '[Ss]hare|SHARE'", "line = '(?i)share'")) == [shadowed]


def test_captures_and_replacements_are_the_same_only_as_they_stand():
    capture = "[[capture]]\nid = '{}'\nline = 'By (?P<author>.+)'\n"
    assert found(capture.format("a") + capture.format("b")) == [SHADOWED]
    assert found(capture.format("a") + capture.format("b") + "drop = true\n") == [
        ("a", "shadowed", "does nothing of its own: test/b does all of it")
    ]
    replace = "[[replace]]\nid = '{}'\npattern = '{}'\nwith = ''\n"
    assert found(replace.format("a", "x+") + replace.format("b", "x")) == []


def test_what_two_lists_share_is_a_duplicate():
    assert found(two("lines = ['x', 'y', 'z']", "lines = ['z', 'w', 'x']")) == [
        ("b", "duplicate", "'x', 'z' are taken by test/a too")
    ]
    assert found(two("line = 'x+'", "lines = ['x', 'w']")) == [("b", "duplicate", "'x' is taken by test/a too")]
    assert found(two("css = ['.a', '.b']", "css = ['.b', '.c']")) == [("b", "duplicate", "'.b' is taken by test/a too")]
    many = ", ".join(f"'{letter}'" for letter in "abcdefg")
    assert found(two(f"lines = [{many}, 'v']", f"lines = [{many}, 'w']")) == [
        ("b", "duplicate", "'a', 'b', 'c' and 4 more are taken by test/a too")
    ]


def test_what_counts_only_in_company_is_no_duplicate():
    assert found(two("lines = ['x', 'y']", "lines = ['x', 'w']\nmin = 2")) == []
    assert found(two("lines = ['x', 'y']\nmin = 2", "lines = ['x', 'w']")) == []


def test_what_stands_in_a_list_twice():
    assert found("[[drop]]\nid = 'a'\nlines = ['x', 'y', 'x']") == [("a", "duplicate", "'x' stands here twice")]
    assert found("[[drop]]\nid = 'a'\ncss = ['.x', '.x']") == [("a", "duplicate", "'.x' stands here twice")]


def test_a_rule_for_what_is_kept_never_acts():
    text = "[[keep]]\nid = 'a'\nline = 'Note: .+'\n[[drop]]\nid = 'b'\nlines = ['Note: x']\n"
    assert found(text) == [("b", "unreachable", "never acts: test/a keeps all the lines that it selects")]
    assert found(text.replace("lines = ['Note: x']", "line = 'Note.*'")) == []


def test_elements_are_in_html_only():
    text = HEAD + "markup = '{}'\n[[drop]]\nid = 'a'\ncss = '.a'\n"
    assert found(text.format("markdown")) == [
        ("a", "unreachable", "never acts: the file is for markdown pages, and this is for HTML")
    ]
    assert found(text.format("html")) == []


@pytest.mark.parametrize("pattern", [" x", r"\s+x", r"(?: |\t)x", r"^ x", r"(?i) x|\h\d"])
def test_lines_have_no_white_space_at_their_start(pattern):
    assert found(f"[[drop]]\nid = 'a'\nline = '{pattern}'") == [
        ("a", "unreachable", "never matches: a line has no white space at its start")
    ]


def test_nor_at_their_end():
    message = "never matches: a line has no white space at its end"
    assert found("[[drop]]\nid = 'a'\nfrom = 'x'\nto = 'y '") == [("a", "unreachable", message)]
    assert found("[[drop]]\nid = 'a'\nrun = 'x ?'") == []


def test_the_rules_for_every_page_and_those_in_use_count_too():
    text = HEAD.replace("[match]", "use = ['base']\n[match]") + two("lines = ['x', 'w']", "lines = ['y']")
    file = make_file(text)
    generic = make_file("schema = 1\nid = 'generic'\n[[drop]]\nid = 'g'\nlines = ['x']", "generic")
    base = make_file("schema = 1\nid = 'base'\n[[drop]]\nid = 'u'\nlines = ['y']")
    other = make_file("schema = 1\nid = 'other'\n[match]\nhost = 'b.example'\n[[drop]]\nid = 'o'\nlines = ['w']")
    others = applied_with(file, make_rules(file, generic, base, other))
    assert {found.id for found in others} == {"generic", "base"}
    assert found(text, *others) == [
        ("a", "duplicate", "'x' is taken by generic/g too"),
        ("b", "shadowed", "does nothing of its own: base/u does all of it"),
    ]
    assert applied_with(generic, make_rules(generic)) == []


def test_rules_for_pages_of_one_kind_do_not_do_the_work_on_others():
    file = make_file(HEAD + "[[drop]]\nid = 'a'\nlines = ['x']")
    text = "schema = 1\nid = 'generic'\n[match]\nmarkup = 'html'\n[[drop]]\nid = 'g'\nlines = ['x']"
    generic = make_file(text, "generic")
    assert applied_with(file, make_rules(file, generic)) == []


@given(patterns)
def test_no_text_that_a_pattern_matches_is_missed(source):
    try:
        pattern = Pattern(source)
        texts = texts_of(pattern.node)
    except PatternError:
        return
    if texts is not None:
        folded = {text.casefold() for text in texts}
        assert [text for text in TEXTS if pattern.whole.match(text) and text.casefold() not in folded] == []
