"""What the samples clean to: their snapshots, their hand-made gold, and what must hold for each of them.

``samples/<host or topic>/<name>.txt|md|html`` is a raw document; ``<name>.gold`` beside it is what a careful
person makes of it. The snapshot says what the cleaner makes of it, and where the two differ.
``samples/keep/<heuristic>-<number>.txt|md`` looks like that heuristic's noise and is none. The samples of HTML there,
``<heuristic>-html-<number>.html``, have a gold with the lines that must stay.
"""

from __future__ import annotations

from collections import Counter
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from snapshot_extension import SNAPSHOTS, SampleSnapshotExtension

from cleaner.blocks import Page, read, read_html
from cleaner.heuristics import Stage, heuristics
from cleaner.model import Drop
from cleaner.phrases import Lexicon
from cleaner.pipeline import Cleaner

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

    from cleaner.model import Document, Edit

SAMPLES = Path(__file__).parent / "samples"
RAW = (".txt", ".md", ".html")
KEEP = "keep"

PROSE_CHARS = 60
"""Characters from which a line of the gold counts as a paragraph of prose."""
PROSE_CHARS_DENSE = 20
"""The same for scripts that write a word in a character or two."""
KEEP_SAMPLES = 2
"""Keep samples that each heuristic must have."""
SAMPLES_OF_A_LANGUAGE = 2
LANGUAGES = ["en", "de", "fr", "es", "it", "pt", "nl", "pl", "ru", "uk", "tr", "ar", "zh", "ja", "ko", "hi"]


KNOWN_LOSSES = {
    "keep/cookie-consent-html-1": "a sentence with the words of a consent notice",
}
"""Samples that lose a line of the author's, and which."""


def _known(names: list[str]) -> list[object]:
    """Mark the samples that are known to lose something: once one does not, its test says so."""
    return [
        pytest.param(name, marks=pytest.mark.xfail(reason=KNOWN_LOSSES[name], strict=True))
        if name in KNOWN_LOSSES
        else name
        for name in names
    ]


def _name(path: Path) -> str:
    return path.relative_to(SAMPLES).with_suffix("").as_posix()


PATHS = {_name(path): path for path in sorted(SAMPLES.rglob("*")) if path.suffix in RAW}
NOISY = sorted(name for name in PATHS if not name.startswith(f"{KEEP}/"))
KEPT = sorted(name for name in PATHS if name.startswith(f"{KEEP}/"))


@cache
def _cleaner() -> Cleaner:
    return Cleaner()


@cache
def _document(name: str) -> Document:
    return _cleaner().clean(PATHS[name].read_bytes())


@cache
def _raw(name: str) -> str:
    """Give a sample's text; of HTML, what a reader sees of it, or what its structured data hold."""
    text = PATHS[name].read_bytes().decode()
    if PATHS[name].suffix != ".html":
        return text
    if any(flag.name == "structured-text" for flag in _document(name).flags):
        return _document(name).restore()
    return read_html(text).text


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip()]


def _gold(name: str) -> list[str]:
    return _lines(PATHS[name].with_suffix(".gold").read_text(encoding="utf-8"))


def _flat(text: str) -> str:
    """Give the text without its line breaks: a paragraph counts as kept however its parts are joined."""
    return " ".join(text.split())


def _is_prose(line: str) -> bool:
    dense = sum("\u3040" <= char <= "\u9fff" or "\uac00" <= char <= "\ud7a3" for char in line) > len(line) / 4
    return len(line) >= (PROSE_CHARS_DENSE if dense else PROSE_CHARS)


def _missing(gold: list[str], document: Document) -> list[str]:
    text = _flat(document.text)
    return [line for line in gold if _flat(line) not in text]


def _surplus(lines: list[str], other: list[str]) -> list[str]:
    """Give the lines that are not, or not as often, among the others."""
    spare = Counter(other)
    surplus = []
    for line in lines:
        if spare[line]:
            spare[line] -= 1
        else:
            surplus.append(line)
    return surplus


def _section(title: str, lines: list[str]) -> list[str]:
    return ["", f"======== {title}", *lines] if lines else []


def _removed(edits: tuple[Edit, ...]) -> list[str]:
    """Show the edits in their order, a heading for each rule and its reason; white space is only counted."""
    shown: list[str] = []
    heading = ""
    spaces = 0
    for edit in edits:
        if not edit.removed.strip() and not edit.replacement.strip():
            spaces += 1
            continue
        above = f"[{edit.rule}] {edit.reason}"
        if above != heading:
            shown.append(above)
            heading = above
        shown += [f"- {line}" for line in _lines(edit.removed)]
        shown += [f"+ {line}" for line in _lines(edit.replacement)]
    if spaces:
        shown.append(f"[white space] {spaces} edits")
    return shown


def _render(document: Document, gold: list[str]) -> str:
    """Write a document down for a reviewer: what is known of it, what stays, what went and why."""
    fields = {
        "title": document.title,
        "authors": ", ".join(document.authors),
        "date": document.date,
        "section": document.section,
        "language": document.language,
        "site": document.site,
        "platform": document.platform,
        "url": document.url,
        "markup": document.markup,
        "flags": "; ".join(f"{flag.name}: {flag.detail}" for flag in document.flags),
    }
    kept = _lines(document.text)
    lost = _missing(gold, document)
    lines = [f"{key + ':':<10}{value or '-'}" for key, value in fields.items()]
    lines += _section("kept", document.text.strip("\n").split("\n"))
    lines += _section("left behind: kept, and not in the gold", _surplus(kept, gold))
    lines += _section("lost: in the gold, and not kept", lost)
    lines += _section("removed", _removed(document.edits))
    return "\n".join(lines) + "\n"


@pytest.fixture
def snapshot(snapshot: SnapshotAssertion) -> SnapshotAssertion:
    return snapshot.use_extension(SampleSnapshotExtension)


@pytest.mark.parametrize("name", NOISY)
def test_snapshot(name: str, snapshot: SnapshotAssertion) -> None:
    assert _render(_document(name), _gold(name)) == snapshot


@pytest.mark.parametrize("name", _known(NOISY))
def test_every_paragraph_of_the_gold_is_kept(name: str) -> None:
    assert [line for line in _missing(_gold(name), _document(name)) if _is_prose(line)] == []


@pytest.mark.parametrize("name", _known(KEPT))
def test_text_that_only_looks_like_noise_stays(name: str) -> None:
    gold = PATHS[name].with_suffix(".gold")
    assert _lines(_document(name).text) == (_gold(name) if gold.exists() else _lines(_raw(name)))


@pytest.mark.parametrize("name", sorted(PATHS))
def test_restore_is_exact(name: str) -> None:
    assert _document(name).restore() == _raw(name)


@pytest.mark.parametrize("name", sorted(PATHS))
def test_clean_text_stays_as_it_is(name: str) -> None:
    text = _document(name).text
    assert _cleaner().clean(text).text == text


@pytest.mark.parametrize("name", sorted(PATHS))
def test_kept_text_is_the_authors(name: str) -> None:
    document = _document(name)
    at = 0
    pieces = []
    for edit in document.edits:
        assert at <= edit.start <= edit.end
        assert _raw(name)[edit.start : edit.end] == edit.removed
        assert edit.rule
        assert edit.reason
        pieces += [_raw(name)[at : edit.start], edit.replacement]
        at = edit.end
    assert "".join(pieces) + _raw(name)[at:] == document.text


@pytest.mark.parametrize("name", sorted(PATHS))
def test_cleaning_is_deterministic(name: str) -> None:
    assert Cleaner().clean(PATHS[name].read_bytes()) == _document(name)


def test_every_sample_has_a_gold_and_every_gold_a_sample() -> None:
    golds = sorted(_name(path) for path in SAMPLES.rglob("*.gold"))
    assert golds == sorted([*NOISY, *(name for name in KEPT if PATHS[name].suffix == ".html")])


def test_every_sample_has_a_snapshot_and_every_snapshot_a_sample() -> None:
    snapshots = [path for path in SNAPSHOTS.rglob("*") if path.is_file()]
    assert sorted(path.relative_to(SNAPSHOTS).with_suffix("").as_posix() for path in snapshots) == NOISY


def test_no_two_samples_share_a_name() -> None:
    files = [path for path in SAMPLES.rglob("*") if path.suffix in RAW]
    assert len(files) == len(PATHS)


def test_a_gold_only_drops_and_mends_lines() -> None:
    """A gold line is a line of its sample, but for a mended one, which resembles a stretch of it."""
    for name in NOISY:
        raw = _flat(_raw(name))
        for line in _gold(name):
            if _flat(line) in raw:
                continue
            match = SequenceMatcher(None, raw, line, autojunk=False)
            matched = sum(size for _, _, size in match.get_matching_blocks() if size > 2)
            assert matched >= 0.9 * len(line), f"{name}: {line}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_samples(language: str) -> None:
    assert sum(_document(name).language == language for name in NOISY) >= SAMPLES_OF_A_LANGUAGE


@pytest.mark.parametrize("heuristic", sorted(heuristics()))
def test_every_heuristic_has_samples_that_it_must_not_touch(heuristic: str) -> None:
    named = [name for name in KEPT if name.rpartition("-")[0].removesuffix("-html") == f"{KEEP}/{heuristic}"]
    assert len(named) >= KEEP_SAMPLES


@cache
def _pages(stage: Stage) -> list[Page]:
    """Give the noisy samples as pages that the heuristics of a stage look at."""
    lexicon = Lexicon.load()
    if stage == "in_rows":
        return [read(_raw(name), lexicon) for name in NOISY]
    html = [PATHS[name].read_text(encoding="utf-8") for name in NOISY if PATHS[name].suffix == ".html"]
    pages = [read_html(source, lexicon) for source in html]
    return pages if stage == "in_tree" else [_rest(page) for page in pages]


def _rest(page: Page) -> Page:
    """Give what the heuristics on the tree leave of a page."""
    found = [stages["in_tree"] for stages in heuristics().values() if "in_tree" in stages]
    gone = {row for propose in found for action in propose(page) if isinstance(action, Drop) for row in action.rows}
    rows = [row for row in range(len(page)) if row not in gone]
    return page.only(rows, ["", *["\n"] * (len(rows) - 1)][: len(rows)])


@pytest.mark.parametrize("heuristic", sorted(heuristics()))
def test_every_heuristic_fires_on_a_sample(heuristic: str) -> None:
    for stage, propose in heuristics()[heuristic].items():
        assert any(list(propose(page)) for page in _pages(stage)), stage
