import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st
from random_patterns import patterns

from cleaner.rules.patterns import Pattern
from cleaner.rules.syntax import PatternError, parse

lines = st.text("abAé7 .,|\t]-", min_size=1, max_size=6).map(str.strip).filter(bool)


@given(patterns, st.lists(lines, min_size=1, max_size=6))
def test_scanning_all_lines_at_once_finds_what_each_line_alone_would(source, texts):
    try:
        pattern = Pattern(source)
        alone = regex.compile(source)
        together = [match[0] for match in pattern.whole.finditer("\n".join(texts))]
    except (PatternError, regex.error):
        return
    assert together == [text for text in texts if alone.fullmatch(text)]


@given(patterns, st.lists(lines, min_size=1, max_size=6))
def test_matches_inside_lines_are_those_of_each_line_alone(source, texts):
    try:
        pattern = Pattern(source)
        alone = regex.compile(source)
        found = [match[0] for match in pattern.inside.finditer("\n".join(texts)) if match[0]]
    except (PatternError, regex.error):
        return
    assert found == [match[0] for text in texts for match in alone.finditer(text) if match[0]]


@given(st.text("ab(){}[]*+?|\\^$.-,:=!<>#iPdspx{1}", max_size=12))
def test_what_can_be_read_can_be_compiled(source):
    try:
        parsed = parse(source)
    except PatternError:
        return
    regex.compile(source)
    regex.compile(parsed.confined)


def test_names_of_groups():
    assert parse(r"(?P<title>.+) \| (?<author>.+)").names == {"title", "author"}


@pytest.mark.parametrize(
    ("source", "message", "at"),
    [
        ("a(b", '"(" is never closed', 1),
        ("ab)", "unexpected", 2),
        ("[ab", '"[" is never closed', 0),
        ("a**", "a repeat of a repeat", 3),
        ("*a", "nothing to repeat", 0),
        ("^*", "nothing to repeat", 0),
        ("a{2,1}", "lower count", 1),
        ("a{e<=1}", '"{" starts no count', 1),
        ("a{5000}", "a count above", 1),
        (r"a\nb", "has no line break", 1),
        ("a\nb", "cannot contain a line break", 0),
        (r"\y", "means nothing", 0),
        (r"\p{Foo}", "unknown property", 0),
        ("a(?s).", "no such group", 1),
        ("a(?i)b", "the only flag is (?i), at the start", 1),
        ("(?R)", "no such group", 0),
        ("(a)(?(1)b)", "no such group", 3),
        (r"\1(a)", "no group 1 before this", 0),
        ("(?P=x)", 'no group "x"', 4),
        ("[z-a]", "no characters", 1),
        ("[[:alpha:]]", r"\[", 1),
        ("a\\", "ends too early", 2),
        ("(" * 60 + ")" * 60, "nested too deeply", 40),
        ("(?P<1>a)", "needs a name", 4),
        (r"\x4", "not a character", 0),
        (r"\x0a", "not a character", 0),
        ("(*FAIL)", "verbs", 0),
        ("(?#x", "no end", 0),
    ],
)
def test_errors_say_what_and_where(source, message, at):
    with pytest.raises(PatternError) as error:
        parse(source)
    assert message in str(error.value)
    assert error.value.at == at
