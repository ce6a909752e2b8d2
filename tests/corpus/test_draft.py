"""``clean rules new`` on made-up sites: what a draft makes of further pages, and what it must leave alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import pytest
import regex
from made_sites import SITES, Page, Site
from tongues import TONGUES

from cleaner.blocks import read
from cleaner.corpus.draft import MIN_PAGES, Draft, draft
from cleaner.model import ConfigError
from cleaner.phrases import Lexicon
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.examples import run_examples
from cleaner.rules.lint import lint
from cleaner.rules.load import Layer, RuleFile, read_text
from cleaner.rules.style import styled

LEAST = 0.97
"""Mean F1 over the words of a site's pages."""
KINDS = {site.host: site for site in SITES}
LANTERN, KAIBRIEF = KINDS["lantern-quay.example"], KINDS["kaibrief.example"]
WHO = ("lock keeper", "diver", "miller", "piper", "ferryman", "baker", "teacher", "weaver")
WORD = regex.compile(r"[\u3040-\u9fff]|\w+")


def f1(text: str, gold: str) -> float:
    ours, theirs = Counter(WORD.findall(text)), Counter(WORD.findall(gold))
    return 2 * (ours & theirs).total() / (ours.total() + theirs.total())


def draft_of(site: Site, numbers: Sequence[int] = range(10)) -> Draft:
    return draft(site.host, [(site.page(number).raw.encode(), None) for number in numbers])


def file_of(site: Site, made: Draft) -> RuleFile:
    file, errors = read_text(made.text, f"{site.host}.toml", "site")
    assert file is not None, errors
    return file


def rules_with(file: RuleFile) -> RuleSet:
    return RuleSet([Layer(RuleSet.builtin().files, ()), Layer((file,), ())])


def measure(site: Site, cleaner: Cleaner, pages: Sequence[Page], url: str | None) -> tuple[float, list[str]]:
    """Give the mean F1, and the lines of articles that are lost."""
    total, lost = 0.0, []
    for page in pages:
        text = cleaner.clean(page.raw, url).text
        lines = {line.lstrip("# ") for line in text.split("\n")}
        lost += [line for line in page.gold if line not in lines]
        total += f1(text, "\n".join(page.gold))
    return total / len(pages), lost


@pytest.mark.parametrize("host", KINDS)
def test_a_draft_from_ten_pages_cleans_twenty_others(host: str) -> None:
    site = KINDS[host]
    made = draft_of(site)
    file = file_of(site, made)
    cleaner = Cleaner(rules=rules_with(file))
    pages = [site.page(number) for number in range(100, 120)]
    for url in (f"https://{host}/news/1", None):
        score, lost = measure(site, cleaner, pages, url)
        assert score >= LEAST, url
        assert lost == [], url
    assert made.text == styled(made.text)
    assert made.text.startswith("#:schema ../rules.schema.json\n# " + host)
    problems = lint(file, lambda text: read(text, Lexicon.load()))
    assert [str(problem) for problem in problems if problem.level == "error"] == []
    outcomes = run_examples(rules_with(file), lambda some: Cleaner(rules=some, scorer=None).clean, [file])
    assert [outcome.failure for outcome in outcomes if outcome.failure] == []
    assert made.before > made.after or made.before == sum(len(site.page(number).gold) for number in range(10))
    assert made.pages == 10
    unsure = [
        text for text in made.unsure if "begins in the same words" not in text
    ]  # made-up prose is of few patterns
    assert unsure == [] or host == KAIBRIEF.host


@pytest.mark.slow
@pytest.mark.parametrize(("host", "code"), list(product(KINDS, TONGUES)))
def test_templates_are_found_in_any_language(host: str, code: str) -> None:
    """The articles quote every wording of their site."""
    tongue = TONGUES[code]
    names = ("related", "share", "most", "editor", "also", "sponsor", "ad")
    site = replace(KINDS[host], tongue=tongue, quotes=tuple(tongue.words[name] for name in names))
    cleaner = Cleaner(rules=rules_with(file_of(site, draft_of(site))))
    score, lost = measure(site, cleaner, [site.page(number) for number in range(100, 112)], f"https://{host}/")
    assert (score >= LEAST, lost) == (True, [])


@pytest.mark.parametrize("site", [LANTERN, KAIBRIEF], ids=lambda site: site.host)
def test_three_pages_make_a_draft_that_takes_nothing_of_an_article(site: Site) -> None:
    made = draft_of(site, range(MIN_PAGES))
    score, lost = measure(
        site, Cleaner(rules=rules_with(file_of(site, made))), [site.page(number) for number in range(50, 60)], None
    )
    assert lost == []
    assert score > 0.95
    assert "# - 3 pages are few" in made.text


@pytest.mark.parametrize("numbers", [[], [1], [1, 2], [4] * 10, [1, 1, 1, 2, 2, 2]], ids=str)
def test_too_few_pages_that_differ_are_refused(numbers: list[int]) -> None:
    with pytest.raises(ConfigError, match=r"with an article of its own, of \d+; a draft needs 3 that differ at least"):
        draft_of(LANTERN, numbers)


def test_pages_of_the_other_kind_and_files_that_are_none_are_passed_over() -> None:
    pages = [LANTERN.page(number).raw.encode() for number in range(10)]
    other = [KINDS["sluice-gazette.example"].page(number).raw.encode() for number in range(4)]
    rest = [b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR" + bytes(range(32)) * 20, b"", b"<rss version='2.0'></rss>"]
    made = draft(LANTERN.host, [(raw, None) for raw in (*other, *rest, *pages)] + [(None, None)])
    assert (made.pages, made.passed_over) == (10, 8)
    assert made.text == draft_of(LANTERN).text


def test_what_the_server_said_of_the_encoding_is_heeded() -> None:
    site = KINDS["vestnik-shlyuza.example"]
    texts = [site.page(number).raw for number in range(10)]
    made = draft(site.host, [(text.encode("cp1251"), "windows-1251") for text in texts])
    assert made.text == draft(site.host, [(text, None) for text in texts]).text


def story(number: int, *, middle: Sequence[str] = (), above: str = "", below: str = "") -> str:
    """Give a page of a paper with three paragraphs that nobody else has, and lines between them."""
    who = WHO[number]
    parts = [f"In the {part} the {who} lost a brass key below the bridge, and nobody found it for {number + 7} years."
             for part in ("spring", "summer", "winter")]  # fmt: skip
    lines = ["Weir Echo", "Sluices and locks", f"{who.title()} loses a brass key", "", above, "", parts[0], "", *middle]
    return "\n".join([*lines, "", parts[1], "", parts[2], "", below, "", "Towpath tales", f"A tale of the {who}"])


def after(pages: Sequence[str]) -> tuple[Draft, list[str]]:
    """Draft, and give what the draft leaves of the pages."""
    made = draft("weir-echo.example", [(page, None) for page in pages])
    file, errors = read_text(made.text, "weir-echo.example.toml", "site")
    assert file is not None, errors
    cleaner = Cleaner(rules=rules_with(file))
    return made, [cleaner.clean(page, "https://weir-echo.example/").text for page in pages]


def test_subheadings_that_recur_between_paragraphs_stay_and_are_told() -> None:
    made, texts = after([story(number, middle=["Ingredients"]) for number in range(8)])
    assert all("\nIngredients\n" in text for text in texts)
    assert not any("Towpath tales" in text or "Sluices and locks" in text for text in texts)
    assert any("“Ingredients” (on 8 pages): recurs between paragraphs, but may be a subheading" in text
               for text in made.unsure)  # fmt: skip


def test_prose_that_recurs_inside_articles_stays() -> None:
    motto = "Whoever loses a key below the bridge has to buy the whole towpath a round of tea on Sunday, as is known."
    made, texts = after([story(number, middle=[motto]) for number in range(8)])
    assert all(motto in text for text in texts)
    assert any(motto[:40] in text and "prose that recurs, also inside an article" in text for text in made.unsure)


def test_the_same_prose_above_or_below_every_article_goes() -> None:
    about = "The Weir Echo has been set by hand since the mill closed, and its editors walk the towpath each Friday."
    for pages in ([story(number, below=about) for number in range(8)], [story(n, above=about) for n in range(8)]):
        _, texts = after(pages)
        assert not any(about in text for text in texts)
        assert all(text.count("brass key below the bridge") == 3 for text in texts)


def test_what_stands_below_a_plea_that_is_on_all_pages_is_no_article() -> None:
    """On some pages comments follow it."""
    plea = "We are three people at one table, and a pound a month from you keeps the lamp above it burning for a year."
    said = "My grandmother lost a key of brass in the same place, {}, and a heron found it in the year of the flood."
    pages = [
        story(number, below=plea + (f"\n\nRemarks\n\n{said.format(WHO[number])}" if number % 2 else ""))
        for number in range(8)
    ]
    _, texts = after(pages)
    assert not any(plea in text for text in texts)
    assert all(f"the {WHO[number]} lost a brass key" in text for number, text in enumerate(texts))


def test_interviews_keep_their_speakers() -> None:
    talk = [[f"Mrs Quill: No {who} ever lost a key.", f"Mr Bell: Ask the {who}.", f"Mrs Quill: He said {who}, not me."]
            for who in WHO]  # fmt: skip
    _, texts = after([story(number, middle=lines) for number, lines in enumerate(talk)])
    assert all(line in text for lines, text in zip(talk, texts, strict=True) for line in lines)


def test_a_sentence_behind_the_list_that_ends_a_page_stays() -> None:
    notes = [f"Our {who} would like to thank everybody who looked for the key." for who in WHO]
    _, texts = after([f"{story(number)}\n\n{note}" for number, note in enumerate(notes)])
    assert all(note in text for note, text in zip(notes, texts, strict=True))


def test_html_without_names_gets_rules_for_lines_shown_on_html() -> None:
    pages = [story(number, below="Oars for hire at the lock").split("\n") for number in range(8)]
    rows = ["".join(f"<p>{line}</p>" for line in lines if line) for lines in pages]
    made, texts = after([f"<html><body>{some}</body></html>" for some in rows])
    assert not any("Oars for hire" in text or "Sluices" in text or "A tale" in text for text in texts)
    assert all(text.count("brass key below the bridge") == 3 for text in texts)
    assert "<p>Oars for hire at the lock</p>" in made.text
    assert not any("could not be shown" in text for text in made.unsure)


def test_a_counter_that_may_be_the_title_stays_and_is_told() -> None:
    pages = [story(number, above=f"{number} rowers were here").split("\n") for number in range(8)]
    rows = ["".join(f"<p>{line}</p>" for line in lines if line) for lines in pages]
    made, texts = after([f"<html><body>{some}</body></html>" for some in rows])
    assert all("loses a brass key" in text for text in texts)
    assert any("rowers were here” (on 8 pages): recurs, but may be a title" in text for text in made.unsure)


def test_figures_that_recur_stay_and_are_told() -> None:
    made, texts = after([story(number, below=f"Numbers of our lottery\n{number + 3}") for number in range(8)])
    assert all(f"\n{number + 3}" in text for number, text in enumerate(texts))
    assert any("(on 8 pages): has no letters" in text for text in made.unsure)


def test_a_file_that_is_installed_for_the_site_counts_for_nothing() -> None:
    old, errors = read_text(
        "schema = 1\nid = 'lantern-quay.example'\n[match]\nhost = ['lantern-quay.example']\n"
        "[[drop]]\nid = 'all'\nline = '.*'\n", "old.toml", "site",
    )  # fmt: skip
    assert old is not None, errors
    raws = [(LANTERN.page(number).raw, None) for number in range(10)]
    assert draft(LANTERN.host, raws, rules_with(old)).text == draft(LANTERN.host, raws).text


def test_lines_that_installed_examples_have_are_no_fingerprints() -> None:
    mark = "© 2024 The Lantern Quay. All rights reserved."
    text = (
        "schema = 1\nid = 'other.example'\n[match]\nhost = ['other.example']\n[[drop]]\nid = 'a'\nlines = ['b']\n"
        f"[[example]]\nkeep = '''\n{mark}\nThe Lantern Quay\n'''\n"
    )
    other, errors = read_text(text, "other.toml", "site")
    assert other is not None, errors
    raws = [(LANTERN.page(number).raw, None) for number in range(10)]
    assert any(mark.removeprefix("© 2024 ")[:16] in found for found in draft(LANTERN.host, raws).marks)
    assert not any(found == "The Lantern Quay" for found in draft(LANTERN.host, raws, rules_with(other)).marks)
