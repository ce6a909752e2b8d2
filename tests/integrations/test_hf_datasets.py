"""Hugging Face datasets: ``clean_batch`` as the function that is mapped, over tables and over plain columns."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

pytest.importorskip("pyarrow")
datasets = pytest.importorskip("datasets")

STORY = "The ferry to the islands runs again since Monday morning, after the pier had been closed for nine days."
COLUMNS = {"id": [1, 2, 3], "text": [f"{STORY}\n\nPowered by Blogger.\n", None, STORY]}


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    datasets.disable_progress_bars()
    yield
    datasets.enable_progress_bars()


def columns(batch: dict[str, list[Any]]) -> dict[str, list[Any]]:
    import pyarrow as pa

    from cleaner.integrations.arrow import clean_batch

    result: dict[str, list[Any]] = clean_batch(pa.RecordBatch.from_pydict(batch)).to_pydict()
    return result


@pytest.mark.parametrize("is_arrow", [True, False], ids=["arrow", "plain"])
def test_the_texts_of_a_dataset_are_cleaned(is_arrow: bool) -> None:
    from cleaner.integrations.arrow import RECORD_TYPE, clean_batch

    raw = datasets.Dataset.from_dict(COLUMNS)
    mapped = raw.with_format("arrow").map(clean_batch, batched=True) if is_arrow else raw.map(columns, batched=True)
    cleaned = mapped.with_format(None)
    assert cleaned["id"][:] == [1, 2, 3]
    assert cleaned["text"][:] == [STORY, None, STORY]
    assert set(cleaned.features["clean"]) == {field.name for field in RECORD_TYPE}
    assert cleaned[0]["clean"]["platform"] == "blogger"
    assert cleaned[1]["clean"] is None or not any(cleaned[1]["clean"].values())
