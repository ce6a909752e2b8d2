"""Dates as pages write them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.dates import holds_numeric_date, is_clock, iso_date, known_date


@pytest.mark.parametrize(
    ("written", "language", "expected"),
    [
        ("2023-07-12", None, "2023-07-12"),
        ("2023-07-12T14:05:09Z", None, "2023-07-12T14:05:09"),
        ("10.07.2023 09:30", None, "2023-07-10T09:30:00"),
        ("3/4/2021", "en", "2021-03-04"),
        ("3/4/2021", "fr", "2021-04-03"),
        ("23/4/2021", "en", "2021-04-23"),
        ("July 12, 2023 | 02:00 PM", None, "2023-07-12T14:00:00"),
        ("12th Jul, 2023", None, "2023-07-12"),
        ("Updated Sept. 3, 2021 at 12:15 am", None, "2021-09-03T00:15:00"),
        ("2023年7月12日", "zh", "2023-07-12"),
        ("2023년 7월 12일", "ko", "2023-07-12"),
        ("4. Juli 2023", "de", "2023-07-04"),
        ("5 сентября 2024", "ru", "2024-09-05"),
        ("12 de julio de 2023", "es", "2023-07-12"),
        ("4 września 2025", "pl", "2025-09-04"),
        ("31.02.2023", None, None),
        ("version 2.10.3", None, None),
        ("Tuesday", "en", None),
        ("", None, None),
    ],
)
def test_dates(written: str, language: str | None, expected: str | None) -> None:
    assert iso_date(written, language) == expected


def test_the_cheap_way_leaves_foreign_months_alone() -> None:
    assert known_date("4. Juli 2023") is None
    assert known_date("12 March 2023") == "2023-03-12"


def test_lines() -> None:
    assert holds_numeric_date("Lviv, 03.02.2024, 12:00")
    assert not holds_numeric_date("a score of 3:2 in 2024")
    assert is_clock("14:05")
    assert is_clock("2:05 pm")
    assert not is_clock("14:05 the train left")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Publicado a 14 de março de 2024", "2024-03-14"),
        ("Publicado em 14 de março de 2024, às 09:30", "2024-03-14T09:30:00"),
        ("14 de março de 2024, 09h30", "2024-03-14T09:30:00"),
        ("14 de março de 2024 às 9h30", "2024-03-14T09:30:00"),
        ("Publié le 14 mars 2024 à 9h30", "2024-03-14T09:30:00"),
        ("Publié le 1er mars 2024 à 9 h 30", "2024-03-01T09:30:00"),
        ("14 mars 2024, 9 h 30", "2024-03-14T09:30:00"),
        ("Veröffentlicht am 14. März 2024", "2024-03-14"),
        ("14. März 2024, 9 Uhr 30", "2024-03-14T09:30:00"),
        ("14. März 2024 um 9.30 Uhr", "2024-03-14T09:30:00"),
        ("14. März 2024, 9 Uhr", "2024-03-14T09:00:00"),
        ("Publicado el 14 de marzo de 2024 a las 9:30", "2024-03-14T09:30:00"),
        ("marzo 14, 2024", "2024-03-14"),
        ("Pubblicato il 14 marzo 2024 alle ore 9:30", "2024-03-14T09:30:00"),
        ("Опубликовано 14 марта 2024 в 9:30", "2024-03-14T09:30:00"),
        ("14 березня 2024 р., 09:30", "2024-03-14T09:30:00"),
        ("Gepubliceerd op 14 maart 2024 om 9:30", "2024-03-14T09:30:00"),
        ("Publicerad 14 mars 2024 kl. 9.30", "2024-03-14T09:30:00"),
        ("Publicerad 14 mars 2024 kl 09:30", "2024-03-14T09:30:00"),
        ("Published: March 14, 2024 at 9.30 am", "2024-03-14T09:30:00"),
        ("March 14, 2024 9:30 p.m. EST", "2024-03-14T21:30:00"),
        ("14/03/2024 09h30", "2024-03-14T09:30:00"),
        ("14.03.2024 - 16.03.2024", "2024-03-14"),
        ("14.03.2024, 16.03.2024", "2024-03-14"),
        ("2024-03-14T09:30:00.123Z", "2024-03-14T09:30:00"),
        ("2024-03-14T09:30:00+01:00", "2024-03-14T09:30:00"),
        ("2024年3月14日 09時30分", "2024-03-14T09:30:00"),
        ("2024年3月14日 下午3時15分", "2024-03-14"),
        ("2024년 3월 14일 오후 3시 15분", "2024-03-14"),
        ("2024년 3월 14일 09:30", "2024-03-14T09:30:00"),
        ("March 14, 2024 | Mark 10:45", "2024-03-14"),
        ("Sermon of March 14, 2024: Luke 12:30", "2024-03-14"),
        ("14 March 2024 – 5 comments", "2024-03-14"),
        ("14 March 2024 5 min read", "2024-03-14"),
        ("2024. március 14. 9:30", "2024-03-14T09:30:00"),
        ("14 Mart 2024 09:30", "2024-03-14T09:30:00"),
        ("१४ मार्च २०२४", "2024-03-14"),
        ("14 मार्च 2024 को प्रकाशित", "2024-03-14"),
        ("نُشر في 14 مارس 2024", "2024-03-14"),
        ("Opublikowano 14 marca 2024, godz. 9:30", "2024-03-14T09:30:00"),
        ("Aktualisiert 14. März 2024 · 3 Kommentare", "2024-03-14"),
        ("Band 5 Nummer 2024", None),
        ("5 apples 2024", None),
        ("Issue 12, 2024", None),
        ("2024 edition 12", None),
        ("14 tháng 3, 2024", "2024-03-14"),
        ("9 de outubro, 2024", "2024-10-09"),
        ("Uppdaterad 3 maj 2024", "2024-05-03"),
        ("14 марта 2024 г. в 9:30", "2024-03-14T09:30:00"),
    ],
)
def test_dates_are_found_with_words_around_them(written: str, expected: str | None) -> None:
    assert iso_date(written) == expected


PROSE = (
    "The work on the old bridge began yesterday morning, and everyone in the village came to see what went on at the "
    "water.\n\nAfter lunch the engineers explained that it will take half a year, if the weather lets them.\n"
)


@pytest.mark.parametrize(
    "line",
    [
        "Publicerad 14 mars 2024 kl. 9.30",
        "Gepubliceerd op 14 maart 2024 om 9:30",
        "Publiceret d. 14. marts 2024",
        "Julkaistu 14.3.2024 klo 9.30",
        "Publikováno 14. března 2024",
        "Objavljeno 14. ožujka 2024. u 9:30",
        "Postado em 14/03/2024 às 09h30",
        "Atualizado em 14 de março de 2024 por Ana Sousa",
        "14 de março de 2024 | por Ana Sousa | 3 comentários",
        "Por Ana Sousa, 14 de março de 2024 às 9h30",
        "Le 14 mars 2024 à 09h30",
        "Mis à jour le 14/03/2024 à 9h30",
        "Jeudi 14 mars 2024, 9h30",
        "Stand: 14. März 2024, 9.30 Uhr",
        "Posted on March 14th, 2024",
        "Thursday, March 14, 2024 - 9:30am",
        "14 Mar 2024, 09:30 IST",
        "الخميس 14 مارس 2024 - 09:30",
        "14 मार्च 2024, 09:30 बजे",
        "발행 2024.03.14 09:30",
        "2024-03-14 09:30 来源：新华",
        "公開日：2024年3月14日 9時30分",
        "Ημερομηνία: 14 Μαρτίου 2024",
        "Đăng ngày 14/03/2024 lúc 9h30",
        "Publicat pe 14 martie 2024, ora 9:30",
        "Közzétéve: 2024. március 14. 9:30",
        "פורסם ב-14 במרץ 2024",
        "Yayınlanma: 14.03.2024 - 09:30",
        "14 березня 2024 р., 09:30",
        "Написано 14 марта 2024 года",
    ],
)
def test_lines_with_a_date_under_the_title_give_it_and_go(line: str) -> None:
    document = Cleaner().clean(f"A bridge for the old river\n\n{line}\n\n{PROSE}")
    assert document.date is not None
    assert document.date.startswith("2024-03-14")
    assert document.text.split() == f"A bridge for the old river\n\n{PROSE}".split()


@pytest.mark.parametrize(
    "line",
    [
        "Top 10 bridges 2024",
        "What the year 2024 brought to 14 villages",
        "The 5 best walks 2024",
        "Room 12, 2024",
        "Opened on 4. maj 1839",
    ],
)
def test_a_line_with_numbers_and_no_date_stays(line: str) -> None:
    assert line in Cleaner().clean(f"A bridge for the old river\n\n{line}\n\n{PROSE}").text


@pytest.mark.parametrize("line", ["By Ana Sousa²", "By Ana Sousa ①"])
def test_a_digit_that_counts_nothing_is_no_date(line: str) -> None:
    document = Cleaner().clean(f"A bridge for the old river\n\n{line}\n\n{PROSE}")
    assert document.date is None
    assert document.authors


PIECES = ["14", "2024", "März", "de", "|", "·", ".", ":", "²", "①", "٣", "9h30", "30.02.2024"]


@given(st.lists(st.sampled_from(PIECES), max_size=6).map(lambda pieces: " ".join(["By Ana Sousa", *pieces])))
@settings(deadline=None, max_examples=100)
def test_pieces_of_date_lines_in_any_order_are_cleaned(line: str) -> None:
    document = Cleaner().clean(f"A bridge for the old river\n\n{line}\n\n{PROSE}")
    assert PROSE.split("\n")[0] in document.text
    assert document.restore() == f"A bridge for the old river\n\n{line}\n\n{PROSE}"
