import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_patterns import patterns

from cleaner.rules.fold import fold
from cleaner.rules.literals import required_literals
from cleaner.rules.patterns import Pattern
from cleaner.rules.syntax import parse


@pytest.mark.parametrize(
    ("source", "literals"),
    [
        ("Similar news", {"similar news"}),
        (r"^(www\.anews\.az|Similar news)$", {"www.anews.az", "similar news"}),
        (r"(?i)^\d+ comments?$", {" comment"}),
        (r"\d+ (?:[Cc]omments?|[Ss]hares?)", {" comment", " share"}),
        (r"(?:foo|bar)+bazaar", {"bazaar"}),
        ("(?i:Straße) der Einheit", {" der einheit"}),
        ("分享到.*", {"分享到"}),
        ("© .*", {"© "}),
        ("(?:very )?rare words", {"rare words"}),
        (r"[ABC]\d", None),
        (r"\d\d\.\d\d\.\d{4}", None),
        ("(?:abcdef)?", None),
        ("(?:abcdef)*", None),
        ("abcdef|.", None),
        ("(?!abcdef).*", None),
        (r"https?://\S+", None),
    ],
)
def test_literals(source, literals):
    assert required_literals(parse(source).node) == literals


@given(patterns, st.text("abAéſ7 .,|\t]-", min_size=1, max_size=8))
def test_each_match_has_one_of_the_literals(source, text):
    try:
        pattern = Pattern(source)
        matches = [match[0] for match in pattern.inside.finditer(text)]
    except ValueError:
        return
    if pattern.literals is not None:
        assert all(any(word in fold(text) for word in pattern.literals) for _ in matches)


@given(st.text("aAbB ßſsSKkéÉıIiİςΣσ", min_size=3, max_size=8), st.data())
def test_letter_case_never_hides_a_match(text, data):
    pattern = Pattern(f"(?i){text}")
    written = "".join(data.draw(st.sampled_from([char, char.upper()[0], char.lower()[0]])) for char in text)
    if pattern.literals is not None and pattern.whole.match(written):
        assert any(word in fold(written) for word in pattern.literals)


def test_many_branches_are_all_looked_for():
    words = [f"word{number:03}" for number in range(100)]
    assert Pattern("|".join(words)).literals == set(words)
