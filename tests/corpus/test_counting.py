from __future__ import annotations

import pytest
from made_sites import SITES

from cleaner.corpus.counting import LineCounter, text_of
from cleaner.corpus.sources import RawPage, site_of
from cleaner.frequency import Frequencies
from cleaner.frequency.proposals import MIN_PAGES

SITE = SITES[0]


def texts(count: int, first: int = 0) -> list[str]:
    return [SITE.page(number).raw for number in range(first, first + count)]


def count(pages: list[str], counter: LineCounter | None = None) -> LineCounter:
    counter = counter or LineCounter()
    for text in pages:
        counter.add("a", text)
    return counter


def test_each_line_counts_once_a_page() -> None:
    counter = count(["Swans\nswans\n\nBoats", "SWANS"])
    assert counter.sites["a"].pages == 2
    assert counter.sites["a"].keys == {"swans": 2, "boats": 1}


def test_another_version_of_a_page_is_passed_over() -> None:
    pages = texts(3)
    changed = pages[0].replace("•", "* ") + "\nCorrected at noon."
    counter = count([*pages, changed, pages[1]])
    assert (counter.pages, counter.copies) == (3, 2)
    assert counter.sites["a"].keys == count(pages).sites["a"].keys


def test_parts_add_up_to_the_whole() -> None:
    whole, part = count(texts(12)), count(texts(5))
    part.sites["a"].add(count(texts(7, first=5)).sites["a"])
    assert part.sites == whole.sites


def test_counting_goes_on_from_earlier_counts() -> None:
    assert count(texts(7, first=5), LineCounter(count(texts(5)).sites)).sites == count(texts(12)).sites


def test_memory_is_bounded_and_what_recurs_is_found_all_the_same() -> None:
    limited, all_ = LineCounter(max_keys=400), LineCounter()
    held = 0
    for number in range(200):
        for site in SITES[:4]:
            limited.add(site.host, site.page(number).raw)
            all_.add(site.host, site.page(number).raw)
        held = max(held, sum(len(counts.keys) for counts in limited.sites.values()))
    assert held < 500 < sum(len(counts.keys) for counts in all_.sites.values())
    for site, counts in limited.sites.items():
        true = all_.sites[site]
        assert counts.pages == true.pages
        assert all(pages <= true.keys[key] for key, pages in counts.keys.items())
        often = {key: pages for key, pages in true.keys.items() if pages > 0.4 * true.pages}
        assert often == {key: counts.keys[key] for key in often}


def test_more_sites_than_memory_holds_lose_counts_and_not_the_bound() -> None:
    counter = LineCounter(max_keys=300)
    for number in range(500):
        counter.add(f"site {number}", SITE.page(number).raw)
    assert sum(len(counts.keys) for counts in counter.sites.values()) <= 300
    assert len(counter.sites) == 500


def test_what_recurs_nowhere_is_not_written() -> None:
    counter = count(texts(40))
    recurring = Frequencies(counter.sites).digest
    counter.forget_rare()
    assert min(counter.sites["a"].keys.values()) == 3
    assert Frequencies(counter.sites).digest == recurring


def test_prose_that_sites_share_is_written() -> None:
    shared = "A story that an agency sold to both papers, with a lock keeper, two swans and a lantern in it, all lost."
    counter = count([*texts(40), shared])
    counter.add("b", shared)
    counter.forget_rare()
    assert counter.sites["a"].keys[shared.casefold()] == 1


def test_few_pages_are_all_written() -> None:
    counter = count(texts(MIN_PAGES))
    before = counter.sites["a"].keys.copy()
    counter.forget_rare()
    assert counter.sites["a"].keys == before


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"Swans\r\nand\rboats", "Swans\nand\nboats"),
        (b"<html><body><ul><li>Swans</li></ul><p>and <b>boats</b></p></body></html>", "- Swans\nand boats"),
        ("Лебеди\nи лодки, и ещё раз лебеди".encode("cp1251"), "Лебеди\nи лодки, и ещё раз лебеди"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0d\x00\x01\x02\x03\x04\x05", None),
    ],
)
def test_the_lines_are_those_that_cleaning_sees(raw: bytes, text: str | None) -> None:
    assert text_of(raw) == text


@pytest.mark.parametrize(
    ("page", "site"),
    [
        (RawPage("anything", b"", "https://news.weir.co.uk/a"), "weir.co.uk"),
        (RawPage("news.weir.co.uk", b""), "weir.co.uk"),
        (RawPage("The weir", b""), "The weir"),
        (RawPage("blog.example.blogspot.com", b""), "example.blogspot.com"),
    ],
)
def test_a_site_is_named_as_cleaning_names_it(page: RawPage, site: str) -> None:
    assert site_of(page) == site
