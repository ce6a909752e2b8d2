"""``clean rules new`` on HTML: what elements of a page are read, dropped and shown, and what must stay of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from made_sites import SITES

from cleaner.blocks import read_html
from cleaner.corpus.draft import Draft, draft
from cleaner.corpus.draft.captures import around_names
from cleaner.corpus.draft.element_names import is_given, names_of
from cleaner.corpus.draft.excerpt import LONGEST_URL, excerpt
from cleaner.model import Document
from cleaner.phrases import Lexicon
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.load import Layer, read_text

HOST = "turmblatt.example"
THINGS = (
    *("brass key", "tin whistle", "rope ladder", "bread oven", "glass float", "sun dial", "hay cart"),
    *("iron kettle", "paper boat", "weather vane", "wool blanket", "copper bell", "wooden leg", "stone trough"),
)
SECTIONS = ("Markets", "Rivers", "Schools", "Roofs")
WRITERS = ("Edda Vorlik", "Ansgar Tamm", "Runa Sell")
ADS = (
    "Sleep on Dunmore mattresses for thirty nights, and send back the ones that you do not like.",
    "The Harbour Baths are open until ten at night, with two new slides for children and a quiet pool.",
    "Whoever buys two jars of Pellam honey this week gets a wooden spoon and the recipe for the cake.",
)
CODAS = (
    "Should the next tide bring another {}, the mayor says, it may stay where it lies.",
    "Children have named the {} after the dog of the ferryman.",
    "Nobody has been seen to cry over a {} before.",
    "Whoever lost it may ask at the window beside the clock, where a {} is understood.",
    "And the {}, for its part, has begun to rust.",
)


def story(number: int) -> list[str]:
    """Give the paragraphs of an article that nobody else has."""
    thing = THINGS[number]
    return [
        f"On the morning after the flood the {thing} stood on the steps of the town hall, and nobody knew whose.",
        f"A diver said that he had seen the {thing} in the mill pond two summers ago, below the third sluice gate.",
        f"The council has now put the {thing} into a glass case, where children may look at it on Thursday afternoons.",
    ]


def title(number: int) -> str:
    return f"The {THINGS[number]} that came with the flood"


def page(number: int, body: Callable[[int], str] | None = None, above: str = "", below: str = "") -> str:
    """Give a page with a path, a headline, a signature, and what stands around and between the paragraphs."""
    section, writer = SECTIONS[number % 4], WRITERS[number % 3]
    menu = "".join(f"<li><a href='/{name}'>{name}</a></li>" for name in SECTIONS)
    text = body(number) if body else "".join(f"<p>{line}</p>" for line in story(number))
    return (
        f"<html lang='en'><head><title>{title(number)} | Turmblatt</title></head><body><ul class='menu'>{menu}</ul>"
        f"<ol class='path'><li><a href='/'>Start</a></li><li><a href='/s'>{section}</a></li></ol>{above}"
        f"<div class='piece'><h1>{title(number)}</h1><p class='meta'><span class='author'>{writer}</span>"
        f"<span class='day'>{number + 1}. May 2025, 07:{number + 10}</span></p><div class='text'>{text}</div>{below}"
        f"</div><div class='foot'>© Turmblatt 2025</div></body></html>"
    )


def pages(**parts: Any) -> list[str]:
    return [page(number, **parts) for number in range(10)]


def draft_of(raws: Sequence[str]) -> Draft:
    return draft(HOST, [(raw, None) for raw in raws])


def cleaned(made: Draft, raw: str) -> Document:
    file, errors = read_text(made.text, f"{HOST}.toml", "site")
    assert file is not None, errors
    rules = RuleSet([Layer(RuleSet.builtin().files, ()), Layer((file,), ())])
    return Cleaner(rules=rules).clean(raw, f"https://{HOST}/x")


def lines(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line]


def rules_of(made: Draft, verb: str) -> dict[str, dict[str, Any]]:
    return {rule["id"]: rule for rule in tomllib.loads(made.text).get(verb, [])}


# --- what is read ---------------------------------------------------------------------------------------------------


def test_author_date_and_section_are_read_off_their_elements() -> None:
    made = draft_of(pages())
    captures = rules_of(made, "capture")
    assert {name: rule["css"] for name, rule in captures.items()} == {
        "date": [".meta .day"], "author": [".meta .author"], "section": [".path li:nth-of-type(2)"]
    }  # fmt: skip
    for number in (11, 12, 13):
        document = cleaned(made, page(number))
        assert lines(document) == [title(number), *story(number)]
        assert document.authors == (WRITERS[number % 3],)
        assert document.date == f"2025-05-{number + 1}T07:{number + 10}:00"
        assert document.section == SECTIONS[number % 4]
    assert dict(made.found) == {"title": 10, "author": 10, "date": 10, "section": 10}


def test_who_comments_is_no_author() -> None:
    talk = "<div class='talk'><h3>2 comments</h3><p><b class='author'>Otter</b> What a find!</p></div>"
    made = draft_of(pages(below=talk))
    assert rules_of(made, "capture")["author"]["css"] == [".meta .author"]
    assert cleaned(made, page(12, below=talk)).authors == (WRITERS[0],)


def test_a_signature_in_words_gives_the_name_and_the_date() -> None:
    def body(number: int) -> str:
        who = WRITERS[number % 3]
        return f"<small>Posted by {who} on {number + 1} May 2025 in Town</small>" + "".join(
            f"<p>{line}</p>" for line in story(number)
        )

    made = draft_of([re.sub(r"<p class='meta'>.*?</p>", "", raw) for raw in pages(body=body)])
    assert rules_of(made, "capture")["byline"]["css"] == [".text small"]
    document = cleaned(made, page(12, body=body))
    assert (document.authors, document.date) == ((WRITERS[0],), "2025-05-13")


def test_the_date_of_publication_is_neither_todays_nor_a_storys_nor_the_last_change() -> None:
    def head(number: int) -> str:
        return "<div class='today'>3 June 2026</div>"

    def body(number: int) -> str:
        said = f"The miller lost the {THINGS[number]} on {number + 1} June 1925."
        times = (
            f"<p class='posted'>Published on {number + 1} May 2025 at 07:{number + 10}</p>"
            f"<p class='redone'>Updated {number + 2} May 2025</p>"
        )
        return f"<p class='lead'>{said}</p>{times}" + "".join(f"<p>{line}</p>" for line in story(number))

    raws = [re.sub(r"<p class='meta'>.*?</p>", "", page(number, body, above=head(number))) for number in range(14)]
    made = draft_of(raws[:10])
    assert rules_of(made, "capture")["date"]["css"] == [".posted"]
    document = cleaned(made, raws[12])
    assert document.date == "2025-05-13T07:22:00"
    assert lines(document)[1] == f"The miller lost the {THINGS[12]} on 13 June 1925."


def test_a_word_before_some_of_the_names_is_none_of_a_name() -> None:
    def signed(number: int) -> str:
        who = WRITERS[number % 3]
        return page(number).replace(f">{who}<", f">{'Von ' if number % 2 else ''}{who}<")

    made = draft_of([signed(number) for number in range(10)])
    assert [cleaned(made, signed(number)).authors for number in (12, 13)] == [(WRITERS[0],), (WRITERS[1],)]


def test_numbers_beside_a_name_differ() -> None:
    def signed(number: int) -> str:
        who = WRITERS[number % 3]
        return page(number).replace(f">{who}<", f">By {who}, {number + 3} min read<")

    made = draft_of([signed(number) for number in range(10)])
    pattern = rules_of(made, "capture")["author"]["pattern"]
    assert re.fullmatch(r"[ -~\xa0-\uffff]+", pattern)
    assert cleaned(made, signed(12)).authors == (WRITERS[0],)


def test_whom_an_article_quotes_is_no_author() -> None:
    made = draft_of(pages())
    quoting = page(12).replace(
        "</div><div class='foot'>", "<p>As <b class='author'>Olga Krall</b> said.</p></div><div>"
    )
    assert cleaned(made, quoting).authors == (WRITERS[0],)


def test_links_to_authors_say_who_wrote() -> None:
    def signed(number: int) -> str:
        who = "".join(f"<a href='/autor/{name.split()[0].lower()}'>{name}</a> " for name in WRITERS[number % 3 :][:2])
        count = f"<a href='#talk'>{number + 4} remarks</a>"
        return re.sub(r"<span class='author'>.*?</span>", f"{who} | {count}", page(number))

    made = draft_of([signed(number) for number in range(10)])
    assert rules_of(made, "capture")["author"]["css"] == ['.meta a[href*="/autor/"]']
    assert cleaned(made, signed(12)).authors == WRITERS[:2]


def test_a_menu_is_no_section() -> None:
    assert "section" not in rules_of(draft_of([raw.replace("class='path'", "") for raw in pages()]), "capture")


def test_a_headline_without_a_name_is_found_within_what_has_one() -> None:
    raws = [raw.replace("h1>", "h2>").replace("<div class='text'>", "</div><div class='text'>") for raw in pages()]
    made = draft_of(raws)
    assert tomllib.loads(made.text)["content"] == [".piece h2, .text"]
    assert lines(cleaned(made, raws[3])) == [title(3), *story(3)]


@pytest.mark.parametrize(
    ("texts", "names"),
    [
        (["By Eva Moll", "By Eva Kern"], ["Eva Moll", "Eva Kern"]),
        (["By Eva Moll", "Eva Moll", "Ida Kern"], ["Eva Moll", "Eva Moll", "Ida Kern"]),
        (["Eva Moll", "Ida Kern and Eva Moll"], ["Eva Moll", "Ida Kern and Eva Moll"]),
        (["Testo di Redazione", "Testo di Ivo Sartoris"], ["Redazione", "Ivo Sartoris"]),
        (["Von Eva Moll, Redakteurin", "Von Ida Kern, Redakteurin"], ["Eva Moll", "Ida Kern"]),
        (["Text: Eva Moll", "Text: Ida Kern"], ["Eva Moll", "Ida Kern"]),
        (["بقلم علي حسن", "بقلم سامي خليل"], ["علي حسن", "سامي خليل"]),
    ],
)
def test_what_names_share_is_theirs(texts: list[str], names: list[str]) -> None:
    before, found, after = around_names(texts)
    assert found == names
    assert all(re.fullmatch(f"{before}{re.escape(name)}{after}", text) for name, text in zip(names, texts, strict=True))


def test_an_entry_of_the_menu_that_one_page_lacks_is_no_section() -> None:
    raws = pages()
    raws[3] = raws[3].replace("<ul class='menu'>", "<ul class='menu'><li><a href='/live'>Live</a></li>")
    assert rules_of(draft_of(raws), "capture")["section"]["css"] == [".path li:nth-of-type(2)"]


# --- boxes ----------------------------------------------------------------------------------------------------------


def advertising(number: int) -> str:
    first, *rest = (f"<p>{line}</p>" for line in story(number))
    ad = f"<div class='lb7'>Advertisement</div><div class='x-7d2e'><p>{ADS[number % 3]}</p></div>"
    return first + ad + "".join(rest)


def test_what_a_label_announces_goes_with_it_if_it_comes_again() -> None:
    made = draft_of(pages(body=advertising))
    assert rules_of(made, "drop")["boxes"]["css"] == [".lb7 + div"]
    assert lines(cleaned(made, page(12, body=advertising))) == [title(12), *story(12)]


def test_a_box_that_a_label_opens_goes_whatever_it_says() -> None:
    def boxed(number: int) -> str:
        first, *rest = (f"<p>{line}</p>" for line in story(number))
        said = f"Whoever needs a {THINGS[number]} finds it at Pellam's, who are open until six."
        inner = f"<span class='box__tag'>Advertisement</span><p>{said}</p>"
        other = f"<div><b class='lb7'>Advertisement</b><p>{said}</p></div>"
        return "".join((first, f"<div class='box'>{inner}</div>", other, *rest))

    made = draft_of(pages(body=boxed))
    assert rules_of(made, "drop")["boxes"]["css"] == [".box", "div:has(> .lb7)"]
    assert lines(cleaned(made, page(12, body=boxed))) == [title(12), *story(12)]


def test_a_label_with_any_name_and_elements_of_anybodys_make_no_selector() -> None:
    def boxed(number: int) -> str:
        first, *rest = (f"<p>{line}</p>" for line in story(number))
        small = f"<b class='small'>Advertisement</b><div>{ADS[number % 3]}</div>"
        odd = f"<o:p><b class='lb7'>Advertisement</b><p>{ADS[number % 3]}</p></o:p>"
        return "".join((first, small, odd, *rest))

    assert "boxes" not in rules_of(draft_of(pages(body=boxed)), "drop")


def test_what_holds_the_whole_article_is_no_box() -> None:
    def all_of_it(number: int) -> str:
        return "<b class='lb7'>Advertisement</b>" + "".join(f"<p>{line}</p>" for line in story(number))

    made = draft_of(pages(body=all_of_it))
    assert lines(cleaned(made, page(12, body=all_of_it))) == [title(12), *story(12)]


def test_an_element_with_a_sentence_of_the_authors_on_some_pages_stays_and_is_told() -> None:
    asked = ("Could you spare the price of a bun for the roof of our reading room this month?",
             "Bring your old newspapers to the yard on Friday, where the brass band will collect them.")  # fmt: skip
    ends = [f"<p class='last'>{CODAS[n // 4].format(THINGS[n]) if n % 4 == 0 else asked[n % 2]}</p>" for n in range(14)]
    made = draft_of([page(number, below=ends[number]) for number in range(10)])
    assert any(".last" in text for text in made.unsure)
    assert lines(cleaned(made, page(12, below=ends[12])))[-1] == CODAS[3].format(THINGS[12])


def test_a_paragraph_behind_a_label_stays_and_so_does_a_box_that_is_never_the_same() -> None:
    def beside(number: int) -> str:
        first, second, third = story(number)
        return (
            f"<div class='lb7'>Advertisement</div><p>{first}</p>"
            f"<div class='lb7'>Advertisement</div><div class='lead'>{second}</div><p>{third}</p>"
        )

    made = draft_of(pages(body=beside))
    assert "boxes" not in rules_of(made, "drop")
    assert lines(cleaned(made, page(12, body=beside))) == [title(12), *story(12)]


def test_lines_about_the_author_go_and_a_note_under_the_article_stays() -> None:
    about = {
        who: f"{who} has written for this paper since the bridge was built, and keeps bees on its roof in the summer."
        for who in WRITERS
    }
    boxes = [f"<div class='css-9k2fa'><b>{who}</b><p>{text}</p></div>" for who, text in about.items()]
    said = [form.format(thing) for thing, form in zip(THINGS, CODAS * 3, strict=False)]
    notes = [f"<div class='coda'><p>{text}</p></div>" for text in said]
    raws = [page(number, below=notes[number] + boxes[number % 3]) for number in range(14)]
    made = draft_of(raws[:10])
    assert rules_of(made, "drop")["boxes"]["css"] == [".css-9k2fa"]
    assert lines(cleaned(made, raws[12])) == [
        title(12), *story(12), said[12]
    ]  # fmt: skip


def test_sentences_that_comments_make_of_an_article_are_none() -> None:
    def talk(number: int) -> str:
        said = (
            f"My grandmother had a {THINGS[-number]} of the same kind, and she would never have let it near the water."
        )
        return f"<h3 id='comments'>1 comment</h3><ol class='commentlist'><li>Otter says: <p>{said}</p></li></ol>"

    raws = [page(number, below=talk(number)) for number in range(14)]
    made = draft_of(raws[:10])
    assert tomllib.loads(made.text)["content"] == [".piece"] or tomllib.loads(made.text)["content"] == ["h1, .text"]
    assert lines(cleaned(made, raws[12])) == [title(12), *story(12)]


# --- what is told ---------------------------------------------------------------------------------------------------


def test_lines_that_stay_and_may_be_no_articles_are_told() -> None:
    def marked(number: int) -> str:
        first, *rest = (f"<p>{line}</p>" for line in story(number))
        return f"{first}<p>Rowing</p>" + "".join(rest)

    made = draft_of(pages(body=marked))
    assert any("Rowing" in text for text in (*made.left, *made.unsure))
    assert not any("flood" in text for text in made.left)


def test_prose_that_begins_alike_on_many_pages_is_told_and_stays() -> None:
    def sponsored(number: int) -> str:
        paid = f"This week's page is brought to you by the people who make the {THINGS[number]}, and by nobody else."
        return "".join(f"<p>{line}</p>" for line in (story(number)[0], paid, *story(number)[1:]))

    made = draft_of(pages(body=sponsored))
    [told] = [text for text in made.unsure if "begins in the same words" in text]
    assert "This week's page is brought to you by" in told
    assert any(line.startswith("This week's page") for line in lines(cleaned(made, page(12, body=sponsored))))


def test_pages_that_say_they_are_of_another_site_are_told() -> None:
    link = "<link rel='canonical' href='https://turmblatt-online.example/a'></head>"
    raws = [raw.replace("</head>", link) if number < 7 else raw for number, raw in enumerate(pages())]
    assert draft_of(raws).unsure[0].startswith("7 pages of 10 give turmblatt-online.example as their site")


def test_a_draft_does_not_depend_on_the_order_of_pages() -> None:
    raws = [page(number, advertising).replace("class='text'", f"class='{'a b' if number % 2 else 'b a'} text'")
            for number in range(10)]  # fmt: skip
    assert draft_of(raws).text == draft_of(raws[::-1]).text == draft_of(raws[5:] + raws[:5]).text


def test_a_page_of_which_nothing_but_a_box_is_prose_is_no_harm() -> None:
    def thin(number: int) -> str:
        return advertising(number).replace(f"<p>{story(number)[0]}</p>", "") if number else (
            f"<div class='lb7'>Advertisement</div><div class='x-7d2e'><p>{ADS[0]}</p></div>")  # fmt: skip

    assert draft_of(pages(body=thin)).pages == 10


def test_a_menu_of_thousands_of_entries_takes_no_time() -> None:
    long = "".join(f"<a class='m{number % 50}' href='/{number}'>Entry {number}</a> " for number in range(4_000))
    deep = "<div>" * 1_000 + "<b>By Ida Roe</b>" + "</div>" * 1_000
    raws = [page(number, above=long + deep) for number in range(3)]
    assert draft_of(raws).pages == 3


# --- fingerprints ---------------------------------------------------------------------------------------------------


def test_the_weather_is_no_fingerprint_and_neither_are_names_that_any_theme_has() -> None:
    raws = [
        page(number, above=f"<div class='sky'>Turmblatt weather, {number} °C, rain</div><div class='standfirst'></div>")
        for number in range(10)
    ]
    made = draft_of(raws)
    assert made.marks
    assert not any("°C" in mark or "standfirst" in mark for mark in made.marks)


def test_a_headline_on_most_pages_is_no_fingerprint_and_what_the_site_is_called_is() -> None:
    most = "<ol><li><a href='/m'>Mayor leaves after twenty long years</a></li></ol>"
    name = "<meta property='og:site_name' content='Der Ruf vom Turm'></head>"
    raws = [raw.replace("</head>", name) for raw in pages(below=f"<b>Der Ruf vom Turm, since the flood</b>{most}")]
    made = draft("turmruf.example", [(raw, None) for raw in raws])
    assert not any("Mayor" in mark for mark in made.marks)
    assert any("Ruf vom Turm" in mark for mark in made.marks)


def test_a_name_in_two_words_is_that_of_the_host() -> None:
    raws = [
        raw.replace("<ul class='menu'>", "<b>Weir Echo</b><p>Mail is not published here</p><ul>") for raw in pages()
    ]
    made = draft("weirecho.example", [(raw, None) for raw in raws])
    assert "Weir Echo" in made.marks
    assert not any("Mail" in mark for mark in made.marks)


# --- excerpts -------------------------------------------------------------------------------------------------------


def test_examples_are_made_of_the_pages_own_markup() -> None:
    made = draft_of(pages(body=advertising))
    [html, *_] = [example["html"] for example in tomllib.loads(made.text)["example"] if "html" in example]
    assert '<div class="piece"><h1>' in html
    assert '<div class="lb7">Advertisement</div>\n<div class="x-7d2e"><p>' in html
    assert '<ol class="path"><li><a href="/">Start</a></li>' in html


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_an_excerpt_has_the_rows_it_is_of_and_no_other_blocks(data: st.DataObject) -> None:
    site = data.draw(st.sampled_from([site for site in SITES if site.is_html]))
    whole = read_html(site.page(data.draw(st.integers(0, 20))).raw, Lexicon.load())
    chosen = np.array(data.draw(st.lists(st.booleans(), min_size=len(whole), max_size=len(whole))), np.bool_)
    wanted = [whole.visible[row] for row in np.flatnonzero(chosen)]
    found = read_html(excerpt(whole, chosen)).visible
    assert [line for line in wanted if line not in found] == []
    assert whole.dom is not None
    blocks = set(whole.dom.elements[chosen].tolist())
    others = [whole.visible[row] for row, block in enumerate(whole.dom.elements.tolist()) if block not in blocks]
    assert [line for line in others if line in found and line not in wanted] == []


def test_an_excerpt_keeps_what_rules_go_by_and_nothing_of_readers() -> None:
    source = f"<p id='a' style='color: red' onclick='go()'><a href='/{'x' * 200}' data-reader='4'>One</a><br>Two</p>"
    written = excerpt(read_html(source), np.array([True, False]))
    assert written.count("x" * (LONGEST_URL - 1)) == 1
    assert "x" * LONGEST_URL not in written
    for left_out in ("style", "onclick", "data-reader"):
        assert left_out not in written


def test_an_excerpt_of_nothing_is_empty_and_deep_pages_are_no_harm() -> None:
    assert excerpt(read_html("<p>One</p>"), np.array([False])) == ""
    deep = read_html("<div>" * 3_000 + "One")
    assert "One" in excerpt(deep, np.array([True]))


# --- names ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selector", "given"),
    [(".story", True), (".box-1", True), ("#top .by-line", True), (".css-9k2fa", False), (".piece .x-7d2e", False),
     ("h1", True), (".lb7 + div", True)],
)  # fmt: skip
def test_names_of_people_are_told_from_those_of_tools(selector: str, given: bool) -> None:
    assert is_given(selector) is given


@pytest.mark.parametrize(
    ("tag", "attributes", "names"),
    [
        ("div", {"class": "box  box-1 md:flex 3col", "id": "post-7"}, [".box", ".box-1"]),
        ("h1", {"class": "head"}, [".head", "h1.head"]),
        ("p", {"class": "font-bold text-3xl mb-4 px-2 rounded-lg justify-between col-md-6 gap-x-2 uppercase"}, []),
        (
            "p",
            {"class": "text text-block grid-news list-view flexible"},
            [".text", ".text-block", ".grid-news", ".list-view", ".flexible"],
        ),
        ("nav", {}, ["nav"]),
        ("p", {"class": None}, []),
        ("div", {"id": "menu"}, ["#menu"]),
    ],
)
def test_names_of_elements(tag: str, attributes: dict[str, str | None], names: list[str]) -> None:
    assert list(names_of(tag, attributes)) == names
