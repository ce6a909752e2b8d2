"""What a document looks like written down: text, Markdown, JSON, changes and diffs."""

import difflib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import render
from cleaner.model import Block, CleanerError, Document, Edit, Flag, Link, apply

RAW = "Home | News\nA dam holds\n\nThe dam \\$held.\nShare this\n"


def cut(text: str, start: int, end: int, replacement: str = "", rule: str = "heuristics/menu") -> Edit:
    return Edit(start, end, replacement, rule, "why", text[start:end])


def cleaned(raw: str, *edits: Edit, **fields: object) -> Document:
    return Document(apply(raw, edits), edits=edits, **fields)  # type: ignore[arg-type]


@pytest.fixture
def dam() -> Document:
    escape, share = RAW.index("\\"), RAW.index("Share")
    return cleaned(
        RAW,
        cut(RAW, 0, RAW.index("A dam")),
        cut(RAW, escape, escape + 1, rule="repair"),
        cut(RAW, share, len(RAW), rule="heuristics/share-bar"),
        title='A "dam" holds',
        authors=("Ann Lee", "Bo Ek"),
        date="2024-05-01",
        flags=(Flag("guard", "too much"),),
    )


def test_text_is_the_cleaned_text(dam: Document) -> None:
    assert render.to_text(dam) == "A dam holds\n\nThe dam $held.\n"
    assert render.to_text(Document("no line break")) == "no line break\n"
    assert render.to_text(Document("")) == ""


def test_front_matter_holds_the_metadata_that_is_known(dam: Document) -> None:
    assert render.to_markdown(dam, front_matter=True) == (
        '---\ntitle: "A \\"dam\\" holds"\nauthors: ["Ann Lee", "Bo Ek"]\ndate: "2024-05-01"\n---\n\n' + dam.text
    )
    assert render.to_markdown(dam) == dam.text


def test_json_has_the_agreed_keys_and_comes_back(dam: Document) -> None:
    record = json.loads(render.to_json(dam))
    assert list(record) == ["text", *render.METADATA, "flags", "edits", "markup", "encoding"]
    keys = "title authors date url site platform section modified site_name description image language"
    assert list(render.METADATA) == keys.split()
    assert render.from_record(record) == dam
    assert render.from_record(record).restore() == RAW


def test_blocks_come_back_and_say_only_what_they_have() -> None:
    document = Document(
        "Dam\n- holds",
        markup="html",
        image="https://valley.example/dam.jpg",
        blocks=(Block("heading", 0, 3, 1), Block("item", 4, 11, 1, links=(Link(6, 11, "/holds"),))),
    )
    record = json.loads(render.to_json(document))
    assert record["blocks"] == [
        {"kind": "heading", "start": 0, "end": 3, "level": 1},
        {"kind": "item", "start": 4, "end": 11, "level": 1, "links": [{"start": 6, "end": 11, "url": "/holds"}]},
    ]
    assert render.from_record(record) == document


def test_a_record_without_its_text_takes_it_from_beside(dam: Document) -> None:
    record = render.to_record(dam, text=False)
    assert "text" not in record
    assert render.from_record(record, text=dam.text).restore() == RAW


@pytest.mark.parametrize(
    "record",
    [None, [], {}, {"text": "a", "edits": [{"start": 1}]}, {"text": "a"}, {"text": "a", "edits": [], "blocks": [7]}],
)
def test_a_record_of_something_else_is_refused(record: object) -> None:
    with pytest.raises(CleanerError, match="not a record"):
        render.from_record(record)


def test_a_json_line_is_one_line_to_every_reader() -> None:
    line = render.json_line({"text": "a\nb\u2028c\x85d\u2029é"})
    assert line.splitlines() == [line.removesuffix("\n")]
    assert "é" in line
    assert json.loads(line) == {"text": "a\nb\u2028c\x85d\u2029é"}


def test_changes_tell_what_became_of_each_line(dam: Document) -> None:
    told = [(change.before, change.after, [edit.rule for edit in change.edits]) for change in render.changes(dam)]
    assert told == [
        (("Home | News\n",), (), ["heuristics/menu"]),
        (("A dam holds\n",), ("A dam holds\n",), []),
        (("\n",), ("\n",), []),
        (("The dam \\$held.\n",), ("The dam $held.\n",), ["repair"]),
        (("Share this\n",), (), ["heuristics/share-bar"]),
    ]


def test_a_cut_from_line_end_to_line_end_leaves_the_first_line_alone() -> None:
    document = cleaned("one\ntwo\nthree\n", cut("one\ntwo\nthree\n", 3, 7))
    assert [(change.before, change.after) for change in render.changes(document)] == [
        (("one\n",), ("one\n",)),
        (("two\n",), ()),
        (("three\n",), ("three\n",)),
    ]


def test_a_last_line_break_is_no_change() -> None:
    document = cleaned("one\ntwo\n", cut("one\ntwo\n", 7, 8, rule="repair"))
    assert [(change.before, change.after) for change in render.changes(document)] == [
        (("one\n",), ("one\n",)),
        (("two\n",), ("two\n",)),
        ((), ()),
    ]
    assert list(render.unified_diff(document, "x")) == []


def test_joined_lines_come_as_one_change() -> None:
    raw = "a story that\n\ngoes on\nend\n"
    document = cleaned(raw, cut(raw, 12, 14, " "))
    first, second = render.changes(document)
    assert first.before == ("a story that\n", "\n", "goes on\n")
    assert first.after == ("a story that goes on\n",)
    assert second.before == ("end\n",)


def test_diff_reads_as_a_patch(dam: Document) -> None:
    assert list(render.unified_diff(dam, "dam.txt")) == [
        "--- raw/dam.txt",
        "+++ cleaned/dam.txt",
        "@@ -1,5 +1,3 @@",
        "-Home | News",
        " A dam holds",
        " ",
        "-The dam \\$held.",
        "+The dam $held.",
        "-Share this",
    ]
    assert list(render.unified_diff(Document("as it was\n"), "x")) == []


TEXTS = st.text(alphabet="ab\n ", max_size=40)


def ended(text: str) -> str:
    return text if not text or text.endswith("\n") else text + "\n"


@st.composite
def documents(draw: st.DrawFn) -> Document:
    raw = draw(TEXTS)
    points = sorted(draw(st.lists(st.integers(0, len(raw)), max_size=8, unique=True)))
    spans = zip(points[::2], points[1::2], strict=False)
    return cleaned(raw, *(cut(raw, start, end, draw(TEXTS)) for start, end in spans))


@given(documents())
def test_changes_hold_every_line_and_every_edit(document: Document) -> None:
    told = list(render.changes(document))
    assert "".join(line for change in told for line in change.before) == ended(document.restore())
    assert "".join(line for change in told for line in change.after) == ended(document.text)
    assert tuple(edit for change in told for edit in change.edits) == document.edits
    assert all(change.before == change.after for change in told if not change.edits)


def patched(before: list[str], diff: list[str]) -> list[str]:
    """Apply a unified diff whose lines keep no line breaks, as ``patch`` does."""
    after, at = [], 0
    for line in diff[2:]:
        if line.startswith("@@"):
            start, count = (int(number) for number in line.split()[1].removeprefix("-").split(","))
            begin = start - bool(count)
            after += before[at:begin]
            at = begin
        else:
            if line[0] in " -":
                assert before[at] == line[1:] + "\n"
                at += 1
            if line[0] in " +":
                after.append(line[1:] + "\n")
    return after + before[at:]


@given(documents())
def test_the_diff_is_exact(document: Document) -> None:
    before = ended(document.restore()).splitlines(keepends=True)
    diff = list(render.unified_diff(document, "x"))
    assert "".join(patched(before, diff)) == ended(document.text)


def test_a_diff_agrees_with_difflib_where_nothing_repeats() -> None:
    lines = [f"line {number}\n" for number in range(40)]
    raw = "".join(lines)
    at = [raw.index(f"line {number}\n") for number in (3, 8, 20, 39)]
    document = cleaned(raw, *(cut(raw, start, raw.index("\n", start) + 1) for start in at))
    wanted = difflib.unified_diff(lines, document.text.splitlines(keepends=True), "raw/x", "cleaned/x", lineterm="\n")
    assert list(render.unified_diff(document, "x")) == [line.removesuffix("\n") for line in wanted]
