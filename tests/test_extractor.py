"""The choice of extractor: trafilatura's answer too is a list of edits."""

from __future__ import annotations

import pytest

from cleaner import Cleaner
from cleaner.blocks import read_html
from cleaner.extractor import EXTRACTORS, TRAFILATURA_RULE, is_unsure
from cleaner.model import ConfigError, Drop, Proposal, Rank

PARAGRAPHS = (
    "The clock of the town hall has been running backwards since Tuesday, and the mayor has asked for patience.",
    "A watchmaker from the next valley looked at it for an hour, and then he set his own watch by it, just in case.",
    "Children are said to like it, since the school bell is wired to the clock and now rings before the break.",
)
PAGE = (
    "<!DOCTYPE html><html><head><title>Clock runs backwards</title></head><body>"
    "<nav><ul><li><a href=/>Home</a></li><li><a href=/news>News</a></li></ul></nav>"
    f"<article><h1>Clock runs backwards</h1>{''.join(f'<p>{p}</p>' for p in PARAGRAPHS)}</article>"
    "<footer><p>Imprint of the paper</p></footer></body></html>"
)


@pytest.mark.parametrize("extractor", EXTRACTORS)
def test_every_extractor_gives_the_article_and_the_page_back(extractor: str) -> None:
    document = Cleaner(extractor=extractor).clean(PAGE)
    assert all(paragraph in document.text for paragraph in PARAGRAPHS)
    assert "Imprint" not in document.text
    assert document.restore() == read_html(PAGE).text


def test_trafilatura_is_named_as_the_reason() -> None:
    document = Cleaner(extractor="trafilatura").clean(PAGE)
    assert TRAFILATURA_RULE in {edit.rule for edit in document.edits}


def test_our_own_answer_is_taken_where_it_leaves_the_text() -> None:
    document = Cleaner(extractor="auto").clean(PAGE)
    assert TRAFILATURA_RULE not in {edit.rule for edit in document.edits}


def test_an_answer_that_leaves_nothing_is_doubted() -> None:
    page = read_html(PAGE)
    everything = Proposal("heuristics/x", Rank.HEURISTIC, Drop(range(len(page)), "all of it"))
    assert is_unsure(page, [everything])
    assert not is_unsure(page, [])


def test_an_unknown_extractor_is_a_mistake() -> None:
    with pytest.raises(ConfigError, match="blocks, trafilatura"):
        Cleaner(extractor="magic")
