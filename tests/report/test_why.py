"""Why a line stays or goes."""

from __future__ import annotations

import tomllib

import pytest

from cleaner import Cleaner
from cleaner.model import ConfigError, Document
from cleaner.report import find_line, lines_of, trace, why
from cleaner.report.why import Why, skip_name
from cleaner.rules import RuleSet
from cleaner.rules.load import Layer, read_text

STORY = (
    "Old tram rolls again\n\n"
    "The old tram on the hill has been running again since Sunday, after nine years in which a bus did the work.\n\n"
    "Valley Post menu\n\n"
    "Passengers stood in a queue to the river, and the driver rang the bell at every corner and at every gate.\n"
)
PAGE = "Sign in\nPowered by Blogger.\n\n" + STORY
RULES = """schema = 1
id = "valley.example"
[match]
text = ['Valley Post menu']
# The paper's menu.
[[drop]]
id = "menu"
lines = ["Valley Post menu"]
# What the paper is proud of.
[[keep]]
id = "proud"
lines = ["Powered by Blogger."]
"""


def _cleaner(skip: tuple[str, ...] = (), **options: float) -> Cleaner:
    file, errors = read_text(RULES, "valley.toml", "site")
    assert file is not None, errors
    rules = RuleSet([Layer((file,), ())])
    return Cleaner(rules=rules, skip=skip, scorer=None, max_removed=options.get("max_removed", 0.75))


def _why(wanted: str, page: str = PAGE) -> Why:
    def without(names: tuple[str, ...]) -> Document:
        return _cleaner(names).clean(page)

    return why(trace(_cleaner(), page), wanted, without)


def test_a_rule_file_decides() -> None:
    found = _why("Valley Post menu")
    assert (found.line.fate, found.line.zone, found.prose) == ("removed", "body", (6, 10))
    assert [(say.verb, say.rule, say.decides) for say in found.rounds[0].says] == [
        ("drop", "valley.example/menu", True)
    ]
    assert found.rounds[0].outcome == "goes: valley.example/menu drops it, and nobody else has a say"
    assert found.change is not None
    assert found.change.skips == ("valley.example/menu",)
    assert tomllib.loads(found.change.rule)["keep"][0]["lines"] == ["Valley Post menu"]


def test_a_keep_beats_a_heuristic_and_can_be_switched_off() -> None:
    found = _why("2")
    assert found.line.text == "Powered by Blogger."
    assert found.line.fate == "kept"
    first = found.rounds[0]
    assert (first.says[0].verb, first.says[0].rule, first.says[0].decides) == ("keep", "valley.example/proud", True)
    assert any((say.verb, say.rule) == ("drop", "heuristics/powered-by") and not say.decides for say in first.says)
    assert first.outcome.endswith("a rule file's keep beats every drop")
    assert found.change is not None
    assert found.change.skips == ("valley.example/proud",)
    assert found.change.verb == "drop"
    assert tomllib.loads(found.change.rule)["drop"][0]["where"] == "head"


def test_what_is_switched_off_is_tried_until_the_line_stays() -> None:
    page = "Sign in\n\n" + STORY.replace("Valley Post menu\n\n", "")
    found = _why("1", page)
    assert found.line.fate == "removed"
    assert found.change is not None
    assert found.change.skips[0] == "login-prompt"
    assert "Sign in" in _cleaner(found.change.skips).clean(page).text


def test_the_guard_takes_its_word_back() -> None:
    page = PAGE.replace(
        "menu\n",
        "menu\n"
        + "".join(f"The harbour, pier {n}, was closed in the night, they said, and again at noon. " for n in range(9))
        + "\n",
    )
    rules = RULES.replace('lines = ["Valley Post menu"]', "line = '.*(?:harbour|old tram|Passengers).*'")
    file, errors = read_text(rules, "valley.toml", "site")
    assert file is not None, errors
    cleaner = Cleaner(rules=RuleSet([Layer((file,), ())]), scorer=None)
    found = why(trace(cleaner, page), "pier 3")
    assert found.line.fate == "kept"
    assert "the guard took valley.example/menu's word back" in found.rounds[0].outcome


def test_nobody_has_a_say_in_most_lines() -> None:
    found = _why("Passengers stood in a queue")
    assert found.rounds == ()
    assert found.line.fate == "kept"
    assert "prose" in found.measures
    assert found.change is not None
    assert found.change.skips == ()


def test_html_tells_the_element_and_its_selector() -> None:
    body = "".join(f"<p>{part}</p>" for part in STORY.split("\n\n"))
    found = why(
        trace(_cleaner(), f"<body><main class=story>{body}</main><div class='promo box'>Buy a tram bell!</div>"),
        "tram bell",
    )
    assert found.line.path == "div.promo.box"
    assert found.change is not None
    assert 'css = "div.promo.box"' in found.change.rule


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("TH", '"TH" is in the lines 6, 10; name one by its number'),
        ("3", "line 3 is blank"),
        ("99", "there is no line 99; the last one is 10"),
        ("Old tramm rolls again", 'no line has "Old tramm rolls again" in it; line 4 reads "Old tram rolls again"'),
        ("x" * 200, 'no line has "' + "x" * 59 + '…" in it'),
        ("  ", "--why needs the number of a line, or some of its text"),
    ],
)
def test_mistakes_are_told_in_a_line(wanted: str, message: str) -> None:
    with pytest.raises(ConfigError) as error:
        find_line(lines_of(trace(_cleaner(), PAGE)), wanted)
    assert str(error.value) == message


def test_a_whole_line_is_meant_before_a_part_of_another() -> None:
    lines = lines_of(trace(_cleaner(), "Sport\n\nSport and culture\n"))
    assert find_line(lines, "Sport").number == 1


def test_names_to_skip() -> None:
    rules = ["heuristics/ticker", "anews.az/fx-ticker", "scorer/html", "repair/escape", "extractor/trafilatura"]
    assert [skip_name(rule) for rule in rules] == ["ticker", "anews.az/fx-ticker", "scorer", "repair", ""]
