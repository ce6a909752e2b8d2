"""The development sets: raw text of real pages in four dump styles, with the text of their articles."""

from __future__ import annotations

import io
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import py3langid  # type: ignore[import-untyped]
import zstandard

SEED = 7
LANGUAGE_SAMPLE = 2000
"""Characters of the gold text that tell its language."""


@dataclass(frozen=True)
class Sample:
    """A page as one kind of scraper leaves it."""

    id: str
    page_type: str
    style: str
    language: str
    raw: str
    gold: str

    @property
    def is_markdown(self) -> bool:
        """Tell whether the raw text is Markdown, which is scored by what a reader sees."""
        return self.style == "md"


def load(folder: Path, *, news: bool = False, pages: int | None = None, style: str | None = None) -> list[Sample]:
    """Read a development set: all of it, or a number of pages drawn by a fixed seed, in all styles or one."""
    gold_file, raw_file = ("news-dev", "rawtext-news-dev") if news else ("wcxb-dev", "rawtext-dev")
    golds = {record["id"]: record["gold"] for record in records(folder / f"{gold_file}.jsonl.zst")}
    if pages is not None and pages < len(golds):
        chosen = random.Random(SEED).sample(sorted(golds), pages)
        golds = {page: golds[page] for page in chosen}
    languages = {page: _language(gold) for page, gold in golds.items()}
    return [
        Sample(record["id"], record["page_type"], record["style"], languages[page], record["raw"], golds[page])
        for record in records(folder / f"{raw_file}.jsonl.zst")
        if (page := record["id"].removeprefix("dev-")) in golds and style in (None, record["style"])
    ]


def _language(gold: str) -> str:
    return str(py3langid.classify(gold[:LANGUAGE_SAMPLE])[0])


def records(path: Path) -> Iterator[dict[str, Any]]:
    """Read the records of a development set's file."""
    with path.open("rb") as file:
        stream = zstandard.ZstdDecompressor(max_window_size=2**31).stream_reader(file)
        for line in io.TextIOWrapper(stream, "utf-8"):
            yield json.loads(line)
