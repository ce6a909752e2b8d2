"""Mutants of rule files, the near misses that catch them, and that none of the shipped rules survives."""

from functools import cache
from pathlib import Path

import pytest
from rule_pages import make_file, make_rules

from cleaner.cli.rules.mutate import make_cleaners
from cleaner.cli.rules.samples import samples_of
from cleaner.rules import RuleSet
from cleaner.rules.load import read_text
from cleaner.rules.mutants import Trial, mutants
from cleaner.rules.near_misses import near_miss, wording
from cleaner.rules.prose import PARAGRAPHS, paragraphs, prose

RULES = RuleSet.builtin()
HEAD = "schema = 1\nid = 'valley.example'\n[match]\nhost = ['valley.example']\n"
FIRST, SECOND, _ = paragraphs()
DIFF = f"""
[[example]]
diff = '''
-Valley Ticker 1
-Valley Ticker 2

 {FIRST}

 {SECOND}
'''
"""
RULE = "[[drop]]\nid = 'ticker'\nrun = 'Valley Ticker \\d'\n"


@cache
def trial(text):
    file = make_file(text)
    return Trial(make_rules(file), file, make_cleaners())


def guards(text):
    return [(mutant.key, mutant.guard) for mutant in mutants(make_file(HEAD + text))]


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("[[drop]]\nid = 'a'\nlines = 'x'", []),
        ("[[drop]]\nid = 'a'\nlines = 'x'\nmin = 2\nwhere = 'head'", [("where", "where"), ("min", "min")]),
        ("[[drop]]\nid = 'a'\nline = 'x'", [("line", "^"), ("line", "$")]),
        ("[[drop]]\nid = 'a'\nline = 'x.*'", [("line", "^")]),
        ("[[drop]]\nid = 'a'\nline = 'x.+'", [("line", "^")]),
        ("[[drop]]\nid = 'a'\nline = '.*x.{2}'", [("line", "$")]),
        ("[[drop]]\nid = 'a'\nline = '.*x.*'\nlang = 'en'", [("lang", "lang")]),
        (
            "[[drop]]\nid = 'a'\nline = '.*x.*'\nsince = 2024-01-01\nuntil = 2024-02-01",
            [("since", "since"), ("until", "until")],
        ),
        ("[[drop]]\nid = 'a'\nfrom = '.*x.*'\nto = 'y.*'", [("to", "to"), ("to", "^")]),
        ("[[replace]]\nid = 'a'\npattern = '^x$'\nwith = ''", [("pattern", "^"), ("pattern", "$")]),
        ("[[replace]]\nid = 'a'\npattern = 'x\\$'\nwith = ''", []),
    ],
)
def test_each_guard_that_can_matter_makes_a_mutant(rule, expected):
    assert guards(rule) == [("id", ""), *expected]


def test_the_path_of_a_file_is_a_guard():
    text = "schema = 1\nid = 'a'\n[match]\nhost = 'a.example'\npath = '/x/**'\n"
    assert [mutant.guard for mutant in mutants(make_file(text))] == ["path"]


def test_an_example_that_only_shows_a_rule_at_work_leaves_its_guards_untested():
    found = {(mutant.key, mutant.guard) for mutant in trial(HEAD + RULE + DIFF).survivors()}
    assert found == {("min", "min"), ("run", "^"), ("run", "$")}


def test_a_rule_that_no_example_shows_survives_its_deletion():
    assert ("id", "") in {(mutant.key, mutant.guard) for mutant in trial(HEAD + RULE).survivors()}


GUARDED = {
    "where": HEAD + "[[drop]]\nid = 'a'\nwhere = 'head'\nlines = 'Valley Ticker 1'\n",
    "min": HEAD + RULE,
    "^": HEAD + RULE,
    "$": HEAD + RULE,
    "lang": HEAD + "[[drop]]\nid = 'a'\nlines = 'Valley Ticker 1'\nlang = 'en'\n",
    "since": HEAD + "[[drop]]\nid = 'a'\nlines = 'Valley Ticker 1'\nsince = 2020-01-01\nuntil = 2021-01-01\n",
    "until": HEAD + "[[drop]]\nid = 'a'\nlines = 'Valley Ticker 1'\nsince = 2020-01-01\nuntil = 2021-01-01\n",
    "to": HEAD + "[[drop]]\nid = 'a'\nfrom = 'Valley Ticker 1'\nto = 'Valley Ticker 2'\n",
    "path": HEAD + "path = '/news/**'\n[[drop]]\nid = 'a'\nlines = 'Valley Ticker 1'\n",
    "": HEAD + "[[drop]]\nid = 'a'\nlines = 'Valley Ticker 1'\n",
}


@pytest.mark.parametrize("guard", GUARDED)
def test_a_near_miss_is_found_for_each_guard_and_can_be_pasted(guard):
    text = GUARDED[guard]
    [mutant] = [mutant for mutant in trial(text).survivors() if mutant.guard == guard][:1]
    found = near_miss(trial(text), mutant)
    assert found is not None
    pasted = trial(f"{text}\n{found.toml}\n")
    assert all(pasted.holds(example) for example in pasted.file.contents.examples)
    assert (mutant.key, guard) not in {(other.key, other.guard) for other in pasted.survivors()}


def test_near_misses_are_in_the_language_of_the_site():
    prose = paragraphs("de")
    shown = f"[[example]]\ndiff = '''\n-Tal-Ticker 1\n\n {prose[0]}\n\n {prose[1]}\n'''\n"
    text = HEAD + "[[drop]]\nid = 'a'\nwhere = 'head'\nlines = 'Tal-Ticker 1'\n" + shown
    tried = trial(text)
    assert tried.language == "de"
    [mutant] = [mutant for mutant in tried.survivors() if mutant.guard == "where"]
    found = near_miss(tried, mutant)
    assert found is not None
    assert prose[0] in found.toml


def test_near_misses_in_a_language_without_prose_are_made_of_the_examples_own():
    said = (
        "Färjan till de yttre öarna går igen sedan måndag morgon, efter att bryggan varit stängd i nio dagar.",
        "Kaptenen, som har kört sträckan i trettio år, säger att han aldrig har sett hamnen så full av sand som i vår.",
        "Tills vidare tar båten bara folk med väskor ombord, och bagaren skickar sitt bröd med posten varje torsdag.",
    )
    shown = "[[example]]\ndiff = '''\n-Skär 1\n\n" + "\n\n".join(f" {line}" for line in said) + "\n'''\n"
    tried = trial(HEAD + "[[drop]]\nid = 'a'\nwhere = 'head'\nlines = 'Skär 1'\n" + shown)
    [mutant] = [mutant for mutant in tried.survivors() if mutant.guard == "where"]
    found = near_miss(tried, mutant)
    assert found is not None
    assert said[0] in found.toml


@pytest.mark.parametrize("language", prose())
def test_there_is_wording_in_each_language(language):
    words = wording(language)
    assert len(words.before) == 4
    assert len(words.after) == 6
    assert all(text.strip() for text in (*words.before, *words.after, words.title, words.short))


def test_where_nothing_tells_the_two_apart_none_is_found():
    text = HEAD + "[[drop]]\nid = 'a'\nline = 'Valley .*'\n[[drop]]\nid = 'b'\nline = 'Valley Ticker \\d'\n"
    [mutant] = [mutant for mutant in trial(text).survivors() if mutant.rule.name == "b" and not mutant.guard]
    assert near_miss(trial(text), mutant) is None


@pytest.mark.parametrize("file", RULES.files, ids=lambda file: file.id)
def test_no_mutant_of_a_shipped_rule_survives(file):
    on_trial = Trial(RULES, file, make_cleaners(), samples_of(file))
    assert [f"{Path(file.path).name}:{mutant.line}: {mutant}" for mutant in on_trial.survivors()] == []


def test_replacing_a_file_leaves_the_others_as_they_are():
    file, other = make_file(HEAD + RULE), make_file("schema = 1\nid = 'b'\n[match]\nhost = ['b.example']")
    changed, _ = read_text(HEAD + RULE.replace("ticker", "board"), "x.toml", "site")
    rules = make_rules(file, other).replacing(changed)
    assert rules.get("valley.example") is changed
    assert rules.get("b") is other
    assert [found.id for found in rules.of_host("www.valley.example")] == ["valley.example"]
    assert rules.of_host("c.example") == []


def test_there_is_prose_in_many_languages():
    assert len(prose()) >= 12
    assert {len(sentences) for sentences in prose().values()} == {10}
    assert {"ar", "he", "zh", "ja", "ko"} <= prose().keys()
    assert all(len(paragraphs(language)) == PARAGRAPHS for language in prose())
