"""Lines that recur on cleaned pages become drafts of rules that take them, and nothing else."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence

import pytest

from cleaner.corpus.counting import LineCounter
from cleaner.frequency import Frequencies
from cleaner.health.findings import Finding
from cleaner.health.recurring import recurring
from cleaner.model import Document
from cleaner.phrases import Lexicon
from cleaner.pipeline import Cleaner
from cleaner.rules import RuleSet
from cleaner.rules.load import Layer, read_text

WHO = ("lock keeper", "diver", "miller", "piper", "ferryman", "baker", "teacher")
LEXICON = Lexicon.load()


def page(who: str, above: Sequence[str] = (), below: Sequence[str] = ()) -> str:
    story = [
        f"In the {part} of the year the {who} lost a brass key below the bridge, and nobody has found it since."
        for part in ("spring", "summer", "winter")
    ]
    return "\n\n".join([*above, f"The {who} and the brass key", *story, *below])


def look(pages: Sequence[str], rules: str = "", others: Sequence[str] = ()) -> Finding | None:
    text = f'schema = 1\nid = "weir.example"\n[match]\nhost = "weir.example"\n{rules}'
    file, errors = read_text(text, "own/weir.example.toml", "site")
    assert file is not None, errors
    counter = LineCounter()
    for site, some in (("weir.example", pages), ("other.example", others)):
        for one in some:
            counter.add(site, one)
    documents = [Document(text=one, site="weir.example") for one in pages]
    return recurring(
        "weir.example", documents, Frequencies(counter.sites), RuleSet([Layer((file,), ())]), file, LEXICON
    )


def drafts(found: Finding | None) -> list[dict[str, str]]:
    return [] if found is None else tomllib.loads(found.draft)["drop"]


def test_a_line_becomes_a_rule_with_its_zone() -> None:
    found = look([page(who, ["Weir [beta]"], ["Send us a note (by Friday)"]) for who in WHO])
    assert found is not None
    assert found.message == "2 lines that no rule takes stand on 30% of its cleaned pages or more"
    assert {draft["id"]: (draft["where"], draft["line"]) for draft in drafts(found)} == {
        "send-us-a-note-by-friday": ("tail", r"Send us a note \(by Friday\)"),
        "weir-beta": ("head", r"Weir \[beta\]"),
    }
    assert "# On 7 of 7 cleaned pages, below the last paragraph.\n" in found.draft


def test_the_drafts_do_what_they_are_for() -> None:
    pages = [
        page(who, [f"{number} people read Weir's «letter»"], ["Pas d'eau | l'écluse"]) for number, who in enumerate(WHO)
    ]
    found = look(pages)
    assert found is not None
    text = f'schema = 1\nid = "weir.example"\n[match]\nhost = "weir.example"\n\n{found.draft}\n'
    file, errors = read_text(text, "weir.example.toml", "site")
    assert file is not None, errors
    cleaner = Cleaner(rules=RuleSet([Layer((file,), ())]), only=["weir.example"])
    assert [cleaner.clean(one, "https://weir.example/a").text for one in pages] == [page(who) for who in WHO]


def test_numbers_and_letter_case_may_differ() -> None:
    pages = [
        page(who, below=[f"{number},5 NOTES" if number % 2 else f"{number}.5 notes"]) for number, who in enumerate(WHO)
    ]
    (draft,) = drafts(look(pages))
    assert draft["line"].startswith("(?i)[\\d.,:]+ ")
    assert draft["id"] == "notes"


@pytest.mark.parametrize("text", ["읽은 글", "Письма читателей", "読者の手紙"])
def test_a_line_in_any_script_gets_an_id(text: str) -> None:
    (draft,) = drafts(look([page(who, below=[text]) for who in WHO]))
    assert (draft["id"], draft["line"]) == ("line", text)


def test_what_a_rule_keeps_what_is_rare_and_what_is_prose_elsewhere_is_left() -> None:
    assert look([page(who) for who in WHO]) is None
    assert look([page(who, below=["Note"] if who == "diver" else []) for who in WHO]) is None
    kept = "[[keep]]\nid = 'note'\nline = 'Note'"
    assert look([page(who, below=["Note"]) for who in WHO], kept) is None
    prose = "The agency reported on Monday that the river had reached its highest mark in more than ninety years."
    shared = [page(who, below=[prose]) for who in WHO]
    assert len(drafts(look(shared))) == 1
    assert look(shared, others=[prose]) is None


def test_the_ids_of_the_file_are_taken() -> None:
    (draft,) = drafts(look([page(who, below=["Note"]) for who in WHO], "[[drop]]\nid = 'note'\nline = 'Another note'"))
    assert draft["id"] == "note-2"
