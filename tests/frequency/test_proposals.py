from __future__ import annotations

import pytest
from counted_pages import ABOUT, counted, page, story

from cleaner import Cleaner, Document
from cleaner.blocks import read
from cleaner.frequency import Frequencies
from cleaner.model import ConfigError

PAGES = [page(number) for number in range(12)]
BOATS = [page(number, after=("Boats for hire",)) for number in range(12, 24)]


def clean(text: str, frequencies: Frequencies | None) -> Document:
    return Cleaner(frequencies=frequencies, scorer=None).clean(text, "https://weir-echo.example/a")


def test_what_recurs_goes_and_says_why() -> None:
    document = clean(page(40), counted(PAGES))
    assert document.text.split("\n")[0] == clean(page(40), None).title
    assert document.text.split("\n\n")[1:] == story(40)
    assert {edit.rule for edit in document.edits} >= {"frequency/lines", "frequency/prose"}
    assert "stands on 100% of the pages of weir-echo.example" in {edit.reason for edit in document.edits}


def test_without_frequencies_it_stays() -> None:
    assert ABOUT in clean(page(40), None).text


def test_the_site_is_known_by_its_lines() -> None:
    frequencies = counted(PAGES)
    for text in (
        page(40),
        f"<html><body>{''.join(f'<p>{line}</p>' for line in page(40).split(chr(10)))}</body></html>",
    ):
        document = Cleaner(frequencies=frequencies, scorer=None).clean(text)
        assert ABOUT not in document.text
        assert story(40)[0] in document.text


def test_a_page_that_bears_few_of_a_sites_lines_is_not_of_it() -> None:
    text = "\n\n".join(["Swans", *story(40), ABOUT])
    assert counted(PAGES).site_of(read(text), None) is None


def test_a_named_site_counts_before_its_lines() -> None:
    frequencies = counted(PAGES, other=[page(number) for number in range(20, 32)])
    assert frequencies.site_of(read(page(40)), "other") == "other"
    assert frequencies.site_of(read(page(40)), None) is None, "two sites have the same lines"


def test_prose_that_another_site_has_stays() -> None:
    frequencies = counted(PAGES, other=["\n".join([*story(80), ABOUT])])
    document = clean(page(40), frequencies)
    assert ABOUT in document.text
    assert "Towpath tales" not in document.text


def test_a_page_without_prose_of_its_own_stays() -> None:
    often = [page(number, body=[*story(7), *story(number)]) for number in range(12)]
    text = page(40, body=story(7))
    assert not list(counted(often).propose(read(text), "weir-echo.example"))


def test_short_lines_between_paragraphs_may_be_subheadings() -> None:
    frequencies = counted([page(number, between="What the keeper says") for number in range(12)])
    assert "What the keeper says" in clean(page(40, between="What the keeper says"), frequencies).text


def test_noise_between_paragraphs_goes() -> None:
    frequencies = counted([page(number, between="ADVERTISEMENT") for number in range(12)])
    assert "ADVERTISEMENT" not in clean(page(40, between="ADVERTISEMENT"), frequencies).text


def test_what_is_rare_stays() -> None:
    pages = [page(number, after=("A letter from the weir",) if number < 3 else ()) for number in range(12)]
    assert "A letter from the weir" in clean(page(40, after=("A letter from the weir",)), counted(pages)).text


def test_few_pages_say_nothing() -> None:
    assert counted(PAGES[:4]).lines == {}
    assert counted(PAGES[:5]).lines == {"weir-echo.example": 8}


def test_a_quoted_line_stays() -> None:
    quoting = f"Towpath tales was the name of the column, and {ABOUT}"
    document = clean(page(40, body=[*story(40), quoting, *story(41)]), counted(PAGES))
    assert quoting in document.text


def test_clean_text_stays_as_it_is() -> None:
    frequencies = counted(PAGES)
    for number in range(40, 50):
        text = Cleaner(frequencies=frequencies).clean(page(number)).text
        assert Cleaner(frequencies=frequencies).clean(text).text == text


def test_frequencies_are_skipped_by_name() -> None:
    cleaner = Cleaner(frequencies=counted(PAGES), skip=["frequency"], scorer=None)
    assert cleaner.clean(page(40), "https://weir-echo.example/a").text == clean(page(40), None).text


def test_other_frequencies_make_outputs_stale() -> None:
    one, same, other = (Cleaner(frequencies=counted(pages)).fingerprint for pages in (PAGES, PAGES, [*PAGES, *BOATS]))
    assert one == same
    assert one != other


@pytest.mark.parametrize("share", [0, 1.5])
def test_a_share_that_is_none_is_told(share: float) -> None:
    with pytest.raises(ConfigError, match="min-share"):
        Frequencies({}, min_share=share)
