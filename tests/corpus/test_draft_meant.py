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


def test_what_is_left_alone_is_told_once() -> None:
    made, _ = after([story(number, above="Good night from the weir." if number % 2 else "") for number in range(8)])
    assert "\n".join(made.unsure).count("Good night from the weir") == 1


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
    lists = [f"Heard along the river\n{_listed(number)}" for number in range(8)]
    made, texts = after([story(number, below=lists[number]) for number in range(8)])
    assert not any(line in text for text in texts for line in (*SAME, "ever sleep", "dance", "Heard"))
    (start,) = [line for line in made.text.split("\n") if line.startswith("from = ")]
    assert "Heard along the river" in start
    assert not any(line in made.text.partition("[[example]]")[0] for line in SAME)


def test_a_sentence_of_the_site_below_a_list_does_not_hide_it_from_rules() -> None:
    imprint = "The Weir Echo is a paper of the cooperative of the upper valley, founded in 1987 by nine lock keepers."
    lists = [f"Heard along the river\n{_listed(number)}\n\n{imprint}" for number in range(8)]
    made, texts = after([story(number, below=lists[number]) for number in range(8)])
    assert not any(line in text for text in texts for line in (*SAME, "ever sleep", "dance", "Heard", "paper of"))
    assert f'lines = ["{imprint}"]' in made.text


@pytest.mark.parametrize(
    "question",
    [
        "Τι θα παίρνατε μαζί σας στο νησί;",
        "Ի՞նչ կվերցնեիք ձեզ հետ կղզի։",
        "無人島に何を持って行きますか。",
        "ماذا ستأخذ معك إلى الجزيرة؟",
        "“What would you take along to the island?”",
        "What would you take along to the island?!",
    ],
)
def test_a_question_is_one_in_any_writing(question: str) -> None:
    _, texts = after([story(number, middle=[question]) for number in range(8)])
    assert all(question in text for text in texts)


def below(number: int, *lines: str) -> str:
    """Give a page with lines of the author's behind the last paragraph."""
    return story(number, below="\n\n".join(lines))


def test_the_last_question_stays_and_so_does_its_answer() -> None:
    question = "What is your favourite word of all?"
    made, texts = after([below(number, question, f"“{WHO[number].title()}”") for number in range(8)])
    assert all(question in text and f"“{WHO[number].title()}”" in text for number, text in enumerate(texts))
    assert not any("Towpath tales" in text for text in texts)
    assert any(question in text and "the last question" in text for text in made.unsure)


def test_a_subheading_stays_with_what_stands_under_it_where_no_paragraph_follows() -> None:
    pages = [
        below(n, "Method", f"Boil the milk with the {WHO[n]}") if n % 2 else story(n, middle=["Method"])
        for n in range(8)
    ]
    _, texts = after(pages)
    assert all("Method" in text for text in texts)
    assert all(f"Boil the milk with the {WHO[n]}" in texts[n] for n in range(1, 8, 2))


def test_a_label_that_a_rule_takes_already_opens_no_block() -> None:
    pages = [below(n, "More: locks" if n % 2 else "More: mills").replace("Towpath tales\n", "") for n in range(8)]
    made, texts = after(pages)
    assert not any("More:" in text for text in texts)
    assert not any(line.startswith("from = ") for line in made.text.split("\n"))


@pytest.mark.parametrize("line", ["Le bedeau a crié « au voleur » sur le pont", "Mud » water in the lock this year"])
def test_a_rule_for_paths_takes_no_line_with_the_same_mark(line: str) -> None:
    pages = []
    for number in range(8):
        title = f"{WHO[number].title()} loses a brass key"
        pages.append(story(number).replace(title, f"{'Mills' if number % 2 else 'Locks'} » {title}\n\n{title}", 1))
    made, _ = after(pages)
    file, _ = read_text(made.text, "weir-echo.example.toml", "site")
    assert file is not None
    document = Cleaner(rules=rules_with(file)).clean(
        pages[0].replace("\n\nIn the spring", f"\n\n{line}\n\nIn the spring", 1), "https://weir-echo.example/"
    )
    assert line in document.text
    assert document.section == "Locks"
