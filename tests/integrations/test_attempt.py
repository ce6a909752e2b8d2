"""A document cleaned for somebody else's pipeline: nothing is raised for it, and its cleaner is made once."""

from __future__ import annotations

import sys
from importlib import import_module
from pathlib import Path

import pytest

from cleaner.integrations import MissingLibraryError
from cleaner.integrations.attempt import RECORD, attempt, cleaner_of
from cleaner.model import ConfigError, Document, Edit, Flag, NotTextError, RuleError
from cleaner.render import metadata

RULE_FILE = """schema = 1
id = "ellerby-post.example"

[match]
host = ["ellerby-post.example"]

[[drop]]
id = "weather-sponsor"
where = "head"
line = '^Weather brought to you by .+$'

[[example]]
diff = '''
-Weather brought to you by Kettle & Sons
-
 The ferry to the islands runs again since Monday morning, after the pier had been closed for nine days.
'''

[[example]]
keep = '''
The ferry to the islands runs again since Monday morning, after the pier had been closed for nine days.

Weather brought to you by the sea itself, the captain said, is the only weather worth having.
'''
"""
SPONSORED = """Weather brought to you by Kettle & Sons

The ferry to the islands runs again since Monday morning, after the pier had been closed for nine days.
"""


class Gives:
    """A cleaner that gives a document, or raises, and remembers the address."""

    def __init__(self, outcome: Document | Exception) -> None:
        self.outcome = outcome
        self.url: str | None = "none was given"

    def clean(self, raw: str | bytes, url: str | None = None) -> Document:
        self.url = url
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


def test_the_record_holds_the_metadata_the_flags_and_no_error() -> None:
    edit = Edit(0, 5, "-", "repair", "why", "Home ")
    guard = (Flag("guard", "one"), Flag("guard", "two"))
    document = Document("-Dam.", title="Dam", authors=("Ann Lee",), edits=(edit,), flags=guard)
    came = attempt(Gives(document), "Home Dam.")
    assert (came.text, came.removed, came.error) == ("-Dam.", 4, None)
    assert tuple(came.record) == RECORD
    assert came.record == {**metadata(document), "flags": ["guard"], "error": None}


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (NotTextError("not text: NUL bytes"), "not text: NUL bytes"),
        (ValueError("two\nlines"), "ValueError: two lines"),
        (RecursionError(), "RecursionError:"),
    ],
)
def test_what_goes_wrong_is_said_in_one_line(error: Exception, said: str) -> None:
    came = attempt(Gives(error), "raw")
    assert (came.text, came.error, came.removed) == (None, said, 0)
    assert {**came.record, "error": None} == {name: [] if name in ("authors", "flags") else None for name in RECORD}


@pytest.mark.parametrize("raw", [None, 7, ["text"]])
def test_what_is_no_text_is_not_cleaned(raw: object) -> None:
    assert attempt(Gives(Document("text")), raw).error == f"neither a string nor bytes, but {type(raw).__name__}"


@pytest.mark.parametrize(
    ("given", "seen"), [("https://a.example/1", "https://a.example/1"), (b"\xff", "\ufffd"), (3, None)]
)
def test_addresses_are_strings_or_none(given: object, seen: str | None) -> None:
    cleaner = Gives(Document("text"))
    attempt(cleaner, "raw", given)
    assert cleaner.url == seen


def test_every_value_can_be_written_as_utf8() -> None:
    came = attempt(Gives(Document("a \ud800 é", title="\udfff", authors=("\ud83d", "Zoë"))), "raw")
    assert (came.text, came.record["title"], came.record["authors"]) == ("a \\ud800 é", "\\udfff", ["\\ud83d", "Zoë"])
    assert attempt(Gives(ValueError("\ud800")), "raw").error == "ValueError: \\ud800"


def test_a_cleaner_is_made_once_for_the_same_options() -> None:
    assert cleaner_of(None) is cleaner_of({})
    assert cleaner_of({"skip": ["caption"]}) is cleaner_of({"skip": {"caption"}})
    assert cleaner_of({"skip": ["caption"]}) is not cleaner_of(None)
    mine = Gives(Document("text"))
    assert cleaner_of(mine) is mine


def test_rules_are_named_by_their_folder(tmp_path: Path) -> None:
    (tmp_path / "ellerby-post.example.toml").write_text(RULE_FILE, "utf-8")
    url = "https://ellerby-post.example/ferry"
    kept = attempt(cleaner_of(None), SPONSORED, url)
    for folders in (tmp_path, str(tmp_path), [tmp_path]):
        came = attempt(cleaner_of({"rules": folders}), SPONSORED, url)
        assert came.text == SPONSORED.splitlines()[2]
    assert kept.text is not None
    assert kept.text.startswith("Weather")


def test_options_that_do_not_fit_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"^a cleaner has no option 'skips' \(did you mean 'skip'\?\)$"):
        cleaner_of({"skips": ["caption"]})
    with pytest.raises(ConfigError, match="no heuristic, rule file or rule is named 'captoin'"):
        cleaner_of({"skip": ["captoin"]})
    with pytest.raises(ConfigError, match="plain values: not <object"):
        cleaner_of({"skip": object()})
    with pytest.raises(ConfigError, match="no such folder of rules"):
        cleaner_of({"rules": tmp_path / "nowhere"})
    (tmp_path / "bad.toml").write_text('schema = 1\nid = "bad"\nverb = 1\n', "utf-8")
    with pytest.raises(RuleError, match=r"bad\.toml:3"):
        cleaner_of({"rules": tmp_path})


@pytest.mark.parametrize(
    ("module", "library"), [("arrow", "pyarrow"), ("datatrove", "datatrove"), ("scrapy", "scrapy")]
)
def test_a_library_that_is_missing_is_named(module: str, library: str, monkeypatch: pytest.MonkeyPatch) -> None:
    name = f"cleaner.integrations.{module}"
    monkeypatch.delitem(sys.modules, name, raising=False)
    for blocked in (library, "itemadapter", "datatrove.data"):
        monkeypatch.setitem(sys.modules, blocked, None)
    with pytest.raises(MissingLibraryError) as caught:
        import_module(name)
    assert str(caught.value) == f"{name} needs {library}: pip install {library}"
    assert isinstance(caught.value, ImportError)
