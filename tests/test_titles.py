"""Which line of a page without marks is its title, and which path leads to it."""

from __future__ import annotations

import pytest

from cleaner.model import Document
from cleaner.pipeline import Cleaner

PROSE = (
    "The pears of the old tree behind the station ripen late, and whoever wants some of them has to be there early.\n\n"
    "Nobody planted it. A porter is said to have thrown away the core of his lunch, in the year of the great flood."
)


def clean(head: str) -> Document:
    return Cleaner().clean(f"{head}\n\n{PROSE}\n")


@pytest.mark.parametrize("mark", [">", "»", "/", "|"])
def test_a_path_names_the_title_below_it_and_its_section(mark: str) -> None:
    document = clean(f"Recipes from the lower valley\n\nBaking {mark} Late pear cake\n\nLate pear cake\nBy Ada Kern")
    assert (document.title, document.section) == ("Late pear cake", "Baking")
    assert f"Baking {mark}" not in document.text


def test_a_path_to_another_page_names_nothing() -> None:
    document = clean("Baking > Plum cake with almonds\n\nThe last pears of the year\nBy Ada Kern")
    assert document.title == "The last pears of the year"


def test_a_sentence_under_the_date_is_no_title() -> None:
    head = "The last pears of the year\nAda Kern | 22 November 2024\n\nGood morning from the hill above the station."
    document = clean(head)
    assert document.title == "The last pears of the year"
    assert "Good morning from the hill" in document.text


def test_a_date_above_the_title_names_nothing() -> None:
    document = clean("A paper for the lower valley\n22 November 2024\n\nWho wants the last pears of the year")
    assert document.title == "Who wants the last pears of the year"


def test_the_last_entry_of_a_menu_is_no_section() -> None:
    document = clean("Home | Recipes | Baking | About me | Contact\n\nThe last pears of the year\nBy Ada Kern")
    assert document.section is None


def test_a_short_line_further_down_is_not_what_a_path_leads_to() -> None:
    document = clean("Jobs > Crafts > Lowgate\n\nA gardener for the station and its tree\n\nLowgate\nBy Ada Kern")
    assert document.title == "A gardener for the station and its tree"
