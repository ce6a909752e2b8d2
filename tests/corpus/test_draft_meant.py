"""What recurs and may be meant each time stays, and is told; what leads to a page goes and names its section."""

from __future__ import annotations

import pytest
from test_draft import WHO, after, rules_with, story

from cleaner.corpus.draft.text import MOST_TOLD
from cleaner.pipeline import Cleaner
from cleaner.rules.load import read_text


def test_questions_that_each_interview_asks_stay_and_are_told() -> None:
    question = "What would you take along to the island?"
    made, texts = after([story(number, middle=[question]) for number in range(8)])
    assert all(question in text for text in texts)
    assert any(question in text and "a question that is asked in each interview" in text for text in made.unsure)


def test_a_list_of_nothing_but_what_recurs_stays() -> None:
    staples = [
        "2 spoons of flour",
        "1 cup of cold milk",
        "a pinch of sea salt",
        "3 knobs of butter",
        "1 bag of raisins",
    ]
    made, texts = after([story(number, middle=staples) for number in range(8)])
    assert all(line in text for line in staples for text in texts)
    assert not any(line.startswith("line") and "flour" in line for line in made.text.split("\n"))


def test_a_sentence_on_some_pages_stays_above_and_below_the_article() -> None:
    some = ["Good evening from the towpath.", "Good night from the upper lock.", "Hello again from the weir itself."]
    made, texts = after([story(n, above=some[n % 3], below=some[n % 3].replace("from", "at")) for n in range(8)])
    assert all(some[n % 3] in text and some[n % 3].replace("from", "at") in text for n, text in enumerate(texts))
    assert any("a sentence that is not on most pages" in text for text in made.unsure)


def test_what_is_told_for_one_reason_is_told_at_once_and_in_short() -> None:
    names = ["Flour", "Milk", "Salt", "Butter", "Raisins", "Honey", "Water"]
    made, _ = after([story(number, middle=names) for number in range(8)])
    (told,) = (text for text in made.unsure if "subheading" in text)
    assert told.count("(on 8 pages)") == MOST_TOLD
    assert f" and {len(names) - MOST_TOLD} more: recurs between paragraphs" in told


@pytest.mark.parametrize("mark", ["»", "/"])
def test_a_path_that_ends_in_the_title_goes_and_names_the_section(mark: str) -> None:
    sections = ("Locks", "Mills", "Locks", "Mills", "Locks", "Locks", "Locks", "Locks")
    pages = []
    for number, section in enumerate(sections):
        title = f"{WHO[number].title()} loses a brass key"
        pages.append(story(number).replace(title, f"{section} {mark} {title}\n\n{title}", 1))
    made, texts = after(pages)
    assert not any(mark in text for text in texts)
    assert all(f"{WHO[number].title()} loses a brass key" in text for number, text in enumerate(texts))
    file, _ = read_text(made.text, "weir-echo.example.toml", "site")
    assert file is not None
    cleaner = Cleaner(rules=rules_with(file), skip=["breadcrumb"])
    documents = [cleaner.clean(page, "https://weir-echo.example/") for page in pages]
    assert [document.section for document in documents] == list(sections)


SAME = ("Mill for sale", "A choir of fourteen", "The oak falls")


def _listed(number: int) -> str:
    """Give a list of other stories: the first is of few that stand on many pages, the others on this page alone."""
    others = [SAME[number % len(SAME)], f"Does the {WHO[number]} ever sleep?", f"Who saw the {WHO[number]} dance"]
    return "\n".join(f"{place}. {title}" for place, title in enumerate(others, 1))


def test_headlines_that_recur_below_a_heading_go_with_it_and_open_no_blocks() -> None:
    below = [f"Heard along the river\n{_listed(number)}" for number in range(8)]
    made, texts = after([story(number, below=below[number]) for number in range(8)])
    assert not any(line in text for text in texts for line in (*SAME, "ever sleep", "dance", "Heard"))
    (start,) = [line for line in made.text.split("\n") if line.startswith("from = ")]
    assert "Heard along the river" in start
    assert not any(line in made.text.partition("[[example]]")[0] for line in SAME)


def test_a_sentence_of_the_site_below_a_list_does_not_hide_it_from_rules() -> None:
    imprint = "The Weir Echo is a paper of the cooperative of the upper valley, founded in 1987 by nine lock keepers."
    below = [f"Heard along the river\n{_listed(number)}\n\n{imprint}" for number in range(8)]
    made, texts = after([story(number, below=below[number]) for number in range(8)])
    assert not any(line in text for text in texts for line in (*SAME, "ever sleep", "dance", "Heard", "paper of"))
    assert f'lines = ["{imprint}"]' in made.text
