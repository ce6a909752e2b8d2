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


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("Home > News > Local\nLocal\n\nFerry keeps its old brass bell\nBy Ada Kern", "Ferry keeps its old brass bell"),
        ("News | Sport | Local news\nLocal news\n\nWho wants the last pears?", "Who wants the last pears?"),
        ("首页 > 新闻 > 本地新闻\n本地新闻\n\n渡轮保留古老的铜钟多年之后", "渡轮保留古老的铜钟多年之后"),
    ],
)
def test_a_section_said_again_above_the_title_is_none(head: str, title: str) -> None:
    assert clean(head).title == title


@pytest.mark.parametrize("masthead", ["The Weir Echo", "Weir Echo of the valley"])
def test_the_name_of_the_site_behind_the_title_is_none(masthead: str) -> None:
    document = clean(f"Ferry keeps an old brass bell | {masthead}\n\n{masthead}\n22 November 2024")
    assert document.title != masthead or document.section is None
    assert "Ferry keeps an old brass bell" in document.text


def test_stories_with_a_date_each_above_a_sentence_are_no_titles() -> None:
    teasers = "A goat in the waiting room again\n3 May 2024\nThe night the bakery clock stopped\n2 May 2024"
    title = clean(f"{teasers}\n\nFerry keeps its old brass bell\n\nThe ferry keeps its old bell.").title
    assert title not in teasers.split("\n")


def test_a_standfirst_under_a_title_that_a_path_names_is_none() -> None:
    document = clean("Soups > Pea soup\n\nPea soup\n\nA warm one for the first cold days of the year.")
    assert document.title == "Pea soup"


@pytest.mark.parametrize("title", ["Who wants the last pears of the year?", "“Pears for all of the valley!”"])
def test_a_title_that_asks_or_calls_stays_one_below_a_masthead_with_a_date(title: str) -> None:
    assert clean(f"A paper for the lower valley\nFriday, 22 November 2024\n\n{title}").title == title


def test_a_question_in_chinese_stays_a_title_below_a_masthead_with_a_date() -> None:
    assert clean("谷地晚报新闻网站首页\n2024年11月22日\n\n谁想要今年最后的梨呢？").title == "谁想要今年最后的梨呢？"


def test_a_title_with_quotation_marks_like_arrows_is_one() -> None:
    title = "Entre « oui » et « non » dans la vallée"
    assert clean(f"{title}\n\nUn long débat").title == title


@pytest.mark.parametrize(
    "line",
    [
        "Le bedeau a crié « au voleur » sur le vieux pont",
        "Газета «Эхо» и журнал «Шлюз» спорят",
        "Mal »Ja« und mal »Nein« in drei Tagen",
        "Mal ‹Ja› und mal ‹Nein› in drei Tagen",
    ],
)
def test_a_line_with_quotation_marks_like_arrows_is_no_path(line: str) -> None:
    document = clean(f"{line}\n\nThe last pears of the year")
    assert document.title == "The last pears of the year"
    assert line in document.text


def test_a_path_ends_in_a_title_with_quotation_marks_like_arrows() -> None:
    title = "La clé « en laiton » du meunier est perdue"
    document = clean(f"Moulins » {title}\n\n{title}")
    assert (document.title, document.section) == (title, "Moulins")
    assert "Moulins" not in document.text


def test_a_line_that_the_path_said_above_a_standfirst_is_the_title() -> None:
    path = "Home\n/\nOrchards\n/\nThe last pears of the year"
    said = "They ripen late behind the station, and nobody planted the tree."
    document = clean(f"Valley Echo\nMenu\nLog in\n\n{path}\n\nOrchards\nThe last pears of the year\n\n{said}")
    assert document.title == "The last pears of the year"
    assert document.text.startswith(f"The last pears of the year\n\n{said}")


def test_a_byline_below_a_long_standfirst_is_read() -> None:
    said = (
        "They ripen late behind the station, and of the porter who is said to have planted the tree nobody knows more."
    )
    document = clean(f"The last pears of the year\n\n{said}\n\nBy Ada Kern\nPublished 4 June 2024 at 09:30")
    assert (document.authors, document.date) == (("Ada Kern",), "2024-06-04T09:30:00")
    assert document.text.strip() == f"The last pears of the year\n\n{said}\n\n{PROSE}"


def test_the_first_day_of_a_diary_stays_below_the_first_paragraph() -> None:
    said = (
        "Whoever wants the pears has to write down when he came, and so I did for the whole of the month of November."
    )
    document = clean(f"The last pears of the year\n\n{said}\n\n4 November 2024")
    assert "\n4 November 2024\n" in document.text
