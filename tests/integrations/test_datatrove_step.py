"""A step of a datatrove pipeline: documents cleaned in place, dropped or kept, and counted."""

from __future__ import annotations

import json
import pickle
from pathlib import Path
from typing import Any

import pytest

from cleaner.model import ConfigError

pytest.importorskip("datatrove")

STORY = "The ferry to the islands runs again since Monday morning, after the pier had been closed for nine days."
PAGE = f"<html><body><nav><a href='/'>Home</a></nav><article><p>{STORY}</p></article></body></html>"
MENU = "<nav><a href='/'>Home</a></nav>"


def document(text: str, **metadata: Any) -> Any:
    from datatrove.data import Document

    return Document(text=text, id="1", metadata=metadata)


def run(documents: list[Any], **options: Any) -> tuple[list[Any], dict[str, int]]:
    """Give the documents that go on, and what was counted."""
    from cleaner.integrations.datatrove import CleanStep

    step = pickle.loads(pickle.dumps(CleanStep(**options)))  # as it comes to a worker
    passed = list(step(documents))
    return passed, {name: step.stats[name].total for name in step.stats.stats}


def test_a_document_is_cleaned_in_place() -> None:
    ((cleaned,), counted) = run([document(PAGE, url="https://ellerby-post.example/news/ferry", crawl="one")])
    assert cleaned.text == STORY
    assert cleaned.metadata["crawl"] == "one"
    assert cleaned.metadata["clean"]["site"] == "ellerby-post.example"
    assert cleaned.metadata["clean"]["error"] is None
    assert counted["total"] == counted["forwarded"] == 1
    assert counted["removed_characters"] == len("Home\n\n")
    assert counted["doc_len"] == len(STORY)


def test_pages_in_the_metadata() -> None:
    raw = document("a summary", page=PAGE.encode(), address="https://ellerby-post.example/news/ferry")
    ((cleaned,), _) = run([raw], html="page", url="address", into="about")
    assert cleaned.text == STORY
    assert cleaned.metadata["page"] == PAGE.encode()
    assert cleaned.metadata["about"]["site"] == "ellerby-post.example"


def test_what_is_left_of_nothing_is_dropped() -> None:
    passed, counted = run([document(MENU), document(""), document(PAGE)])
    assert [each.text for each in passed] == [STORY]
    assert (counted["total"], counted["dropped"], counted["dropped_empty"]) == (3, 2, 2)
    assert counted["flag_no-prose"] == 2


@pytest.mark.parametrize("keeps", [False, True])
def test_what_cannot_be_cleaned_is_dropped_or_kept(keeps: bool) -> None:
    passed, counted = run(
        [document("raw", page=b"\x7fELF\0\0\1"), document("raw"), document("raw", page=STORY)],
        html="page",
        keep_failed=keeps,
    )
    errors = ["not text: looks like an ELF program", "neither a string nor bytes, but NoneType"]
    assert [(each.text, each.metadata["clean"]["error"]) for each in passed] == [
        *([("raw", error) for error in errors] if keeps else []),
        (STORY, None),
    ]
    assert counted["kept_failed" if keeps else "dropped_failed"] == 2


def test_dropped_documents_are_written_raw(tmp_path: Path) -> None:
    pytest.importorskip("orjson")
    from datatrove.pipeline.writers import JsonlWriter

    run([document(MENU), document(PAGE)], exclusion_writer=JsonlWriter(str(tmp_path), compression=None))
    (line,) = (tmp_path / "00000.jsonl").read_text().splitlines()
    written = json.loads(line)
    assert (written["text"], written["metadata"]["filter_reason"]) == (MENU, "empty")


def test_options_are_those_of_a_cleaner() -> None:
    ((kept,), _) = run([document(f"{STORY}\n\nPowered by Blogger.")], options={"only": ["repair"]})
    assert kept.text.endswith("Powered by Blogger.")
    with pytest.raises(ConfigError, match="no option 'skips'"):
        run([], options={"skips": []})
