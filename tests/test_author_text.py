"""What a cleaning must not take: whole short articles, endings, code, words that look like noise."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from cleaner import Cleaner, clean
from tests.noise import PROSE

MENU = "Home\nNews\nSport\nShare\nTweet\n"
FOOTER = "Share\nTweet\nSubscribe to our newsletter\n© 2023 All rights reserved.\n"
LONG = (
    "The council of the harbour town decided on Monday evening that the old ferry will stay in service for ten years."
)
CODE = """```python
def f(x):
    if x:

        return 1

\tprint(x)
end
end
```"""


def test_a_short_article_is_not_emptied() -> None:
    assert LONG in clean(MENU + LONG + "\n" + FOOTER).text
    report = "Fire at the pier\n10.07.2023 09:30\n" + LONG + "\nNobody was hurt.\n"
    text = clean(MENU + report + FOOTER).text
    assert LONG in text
    assert "Nobody was hurt." in text


def test_prose_that_would_all_go_is_kept_and_flagged() -> None:
    rules_take_all = clean(f"{LONG}\n\nPowered by Blogger.")
    assert LONG in rules_take_all.text


def test_a_last_short_sentence_stays() -> None:
    story = "\n\n".join((*PROSE[:3], "He laughed.", "The end."))
    text = clean(f"{MENU}\nA story of the pier\n\n{story}\n\n{FOOTER}").text
    assert text.endswith("The end.")


def test_fenced_code_is_kept_exactly() -> None:
    text = clean(f"# How to\n\n{LONG}\n\n{CODE}\n\n{LONG}").text
    assert CODE in text


def test_a_fence_that_nothing_closes_protects_nothing() -> None:
    text = clean(f"# How to\n\n{LONG}\n\n{LONG} Again.\n\n```\n\n[Home](/)\n\n{FOOTER}").text
    assert "All rights reserved" not in text


def test_prose_above_a_sections_heading_stays() -> None:
    text = "\n\n".join((*PROSE[:2], "# Part two", *PROSE[2:]))
    assert clean(text).text == text


@pytest.mark.parametrize(
    ("line", "authors"),
    [
        ("By Ann Roe", ["Ann Roe"]),
        ("Posted by Ann Roe at 9:30 PM", ["Ann Roe"]),
        ("Par Jean Dupont, avec AFP", ["Jean Dupont"]),
        ("Автор: Иван Петров", ["Иван Петров"]),
        ("한유진 기자", ["한유진"]),
        ("By Monday", []),
        ("By Accident", []),
        ("Von Köln nach Bonn", []),
        ("Di Maria scores twice", []),
    ],
)
def test_bylines_are_names(line: str, authors: list[str]) -> None:
    document = clean(f"The ferry stays for ten more years\n\n{line}\n\n{LONG}\n\n{PROSE[0]}\n\n{PROSE[1]}")
    assert list(document.authors) == authors
    assert (line in document.text) == (not authors)


@pytest.mark.parametrize(
    "kept", [r"| a \| b | c |", r"\(a+b\)", r"C:\Users\_new\.config", r"\![x](y)", r"\*", r"1\. May"]
)
def test_escapes_that_mean_something_stay(kept: str) -> None:
    assert kept in clean(f"# A title\n\n{LONG} {kept} and on.\n\n{LONG}").text


def test_escapes_that_mean_nothing_go() -> None:
    assert "costs $5 & more" in clean(f"# A title\n\n{LONG} It costs \\$5 \\& more.\n\n{LONG}").text


def test_many_escapes_and_code_spans_take_linear_work() -> None:
    """Each escape is looked up among the spans, not compared with all of them: this would take minutes."""
    document = clean("**\n" + "\\- `a` " * 30_000)
    assert document.restore().startswith("**\n\\-")


def test_threads_share_a_cleaner() -> None:
    cleaner = Cleaner()
    pages = [path.read_text("utf-8") for path in sorted((Path(__file__).parent.parent / "examples" / "raw").iterdir())]
    alone = [cleaner.clean(page) for page in pages]
    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(cleaner.clean, pages * 3)) == alone * 3
