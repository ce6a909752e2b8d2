"""The parts of a draft: what recurs, sketches as TOML, fingerprints, elements, examples."""

from __future__ import annotations

import tomllib

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_sites import SITES, Site

from cleaner.corpus.draft import draft, fingerprints
from cleaner.corpus.draft.examples import PARAGRAPHS
from cleaner.corpus.draft.markup import ElementRules
from cleaner.corpus.draft.observed import Observed, page_of, survivors
from cleaner.corpus.draft.observed import Site as Compared
from cleaner.corpus.draft.sketch import Sketch, comment
from cleaner.measures import rows_where
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.load import Layer, read_text

BY_HOST = {site.host: site for site in SITES}


def compared(site: Site, count: int = 10) -> Compared:
    pages = []
    for number in range(count):
        found = page_of((site.page(number).raw, None))
        assert found is not None
        pages.append(Observed(found[0], found[1], np.ones(len(found[1]), np.bool_)))
    return Compared(pages)


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_the_articles_own_prose_is_told_from_what_recurs(site: Site) -> None:
    for number, seen in enumerate(compared(site).pages):
        gold = site.page(number).gold
        assert seen.title is not None
        assert seen.page.visible[seen.title] == gold[0]
        assert set(gold) <= {seen.page.visible[row] for row in rows_where(seen.precious).tolist()}
        furniture = {site.tongue.words[name] for name in ("related", "footer", "about")}
        assert furniture.isdisjoint(seen.page.visible[row] for row in rows_where(seen.own).tolist())


def test_zones_are_seen_from_the_articles_own_prose() -> None:
    for seen in compared(SITES[1]).pages:
        zones = [seen.zone(row) for row in range(len(seen.page))]
        assert zones == sorted(zones, key=["head", "body", "tail"].index)
        assert zones[0] == "head"
        assert zones[-1] == "tail"
        assert rows_where(seen.standing).tolist()
        assert not (seen.standing & seen.own).any()


def test_rows_that_any_of_the_cleanings_leaves_survive() -> None:
    source = SITES[1].page(1).raw
    found = page_of((source, None))
    assert found is not None
    page = found[1]
    document, nothing = Cleaner(scorer=None).clean(source), Cleaner(scorer=None, only=("byline",)).clean(source)
    kept = survivors(page, [document])
    assert [page.visible[row] for row in rows_where(kept).tolist()] == [
        line for line in document.text.split("\n") if line
    ]
    assert survivors(page, [document, nothing]).sum() > kept.sum()


@given(st.text())
def test_comments_are_comments_whatever_they_say(text: str) -> None:
    lines = comment(text)
    assert all(line.startswith("# ") and len(line.splitlines()) == 1 for line in lines)
    assert tomllib.loads("\n".join(lines)) == {}


def test_a_sketch_says_how_often_it_was_seen() -> None:
    text = Sketch("drop", "menu", "The menu.", {"where": "head", "lines": ["A", "B"]}, pages=4).write(9)
    assert text == '# The menu. Seen on 4 of 9 pages.\n[[drop]]\nid = "menu"\nwhere = "head"\nlines = ["A", "B"]'


@pytest.mark.parametrize("site", SITES, ids=lambda site: site.host)
def test_fingerprints_are_on_the_sites_pages_and_on_no_others(site: Site) -> None:
    made = draft(site.host, [(site.page(number).raw, None) for number in range(10)])
    file, _ = read_text(made.text, "site.toml", "site")
    assert file is not None
    assert made.marks
    cleaner = Cleaner(rules=RuleSet([Layer(RuleSet.builtin().files, ()), Layer((file,), ())]))
    assert [cleaner.clean(site.page(number).raw).site for number in range(50, 55)] == [site.host] * 5
    assert not any(cleaner.clean(other.page(3).raw).site == site.host for other in SITES if other is not site)


def test_names_that_any_site_may_have_are_no_fingerprints() -> None:
    rows = {".content": {}, ".main": {}, "#header": {}, ".grid": {}, ".kornblume-x": {}}
    assert fingerprints.selectors("a.example", rows, dict.fromkeys(rows, 10), 10, RuleSet()) == []
    assert fingerprints.selectors("kornblume.example", rows, dict.fromkeys(rows, 10), 10, RuleSet()) == [".kornblume-x"]
    assert fingerprints.selectors("kornblume.example", rows, dict.fromkeys(rows, 5), 10, RuleSet()) == []


@pytest.mark.parametrize(
    ("host", "content"),
    [
        ("sluice-gazette.example", "h1.headline, .body-text"),
        ("iskele-postasi.example", "#haber-metni"),
        ("matou-xinwen.example", "h1, .nr"),
        ("kaibrief.example", None),
    ],
)
def test_the_articles_root_is_found_where_there_is_one(host: str, content: str | None) -> None:
    rules = ElementRules(compared(BY_HOST[host]))
    rules.find()
    assert rules.content == content
    assert any("no content" in text for text in rules.unsure) is (content is None)


@pytest.mark.parametrize("host", ["deichbote.example", "hecheng-wanbao.example"])
def test_examples_show_every_rule_on_a_few_paragraphs(host: str) -> None:
    site = BY_HOST[host]
    made = draft(host, [(site.page(number).raw, None) for number in range(10)])
    data = tomllib.loads(made.text)
    diffs = [example["diff"] for example in data["example"] if "diff" in example]
    for diff in diffs:
        prose = [line for line in diff.split("\n") if line.startswith(" ") and len(line) > 40]
        assert 1 <= len(prose) <= PARAGRAPHS
    [keep] = [example["keep"] for example in data["example"] if "keep" in example]
    assert any(site.tongue.words["related"] == line for line in keep.split("\n"))
