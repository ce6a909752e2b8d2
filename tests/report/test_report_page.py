"""The page of a report: whole in itself, safe whatever a document says, and at work in a browser."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleaner import Cleaner
from cleaner.report import Failure, to_html, trace

CLEANER = Cleaner(scorer=None)
STORY = (
    "The old tram on the hill has been running again since Sunday, after nine years in which a bus did its work.\n\n"
    "Passengers stood in a queue down to the river, and the driver rang the bell at every corner and at every gate.\n"
)
HOSTILE = (
    (
        "</script><script>document.title='taken'</script>\n\n"
        "<img src=x onerror=\"document.title='taken'\"> <!-- %%data%% \u2028 </SCRIPT >\n\n"
    )
    + STORY
    + "\nPowered by Blogger.\n"
)
TURNED = (
    "[a bridge](javascript:document.title='taken') \u202e gnp.exe \u2066\n\n"
    "\x1b]0;taken\x07 \x00 data:text/html,<script>document.title='taken'</script>\n\n" + STORY
)
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


class _Elements(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.addresses += [value or "" for name, value in attrs if name in ("src", "href")]


def _data(page: str) -> dict[str, list[dict[str, object]]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.DOTALL)
    assert found is not None
    data: dict[str, list[dict[str, object]]] = json.loads(found[1])
    return data


def test_a_page_needs_nothing_else() -> None:
    elements = _Elements()
    elements.feed(to_html([("page.txt", trace(CLEANER, HOSTILE))]))
    assert elements.addresses == ["#lines"]
    assert elements.tags.count("script") == 2
    assert "img" not in elements.tags
    assert "link" not in elements.tags


@given(st.text(), st.sampled_from(["", "</script>", "<!--", "<script>", "]]>", "&lt;", "%%"]))
def test_no_text_leaves_its_place(text: str, mark: str) -> None:
    page = to_html([(text + mark, trace(CLEANER, f"{mark}{text}{mark}\n\n{STORY}"))])
    assert page.count("</script") == 2
    assert page.count("<script") == 2
    assert page.count("<!--") == 0
    assert _data(page)["documents"][0]["name"] == text + mark


def test_documents_that_cannot_be_read_and_those_left_out_are_told() -> None:
    page = to_html([("a.txt", trace(CLEANER, STORY)), ("b.png", Failure("a PNG image"))], left_out=7)
    data = _data(page)
    assert data["cut"] == "These are the first 2 of 9 documents."
    assert data["documents"][1]["flags"] == [["not read", "a PNG image"]]


def test_lines_are_bounded_and_the_page_says_so() -> None:
    entries = [(name, trace(CLEANER, STORY)) for name in ("a", "b", "c")]
    shown = _data(to_html(entries, max_lines=3))["documents"]
    assert [len(list(each["lines"])) for each in shown] == [2, 1, 0]  # type: ignore[call-overload]
    assert [each["cut"] for each in shown] == ["", "Here 1 of 2 lines are shown.", "Here 0 of 2 lines are shown."]


def test_the_same_documents_give_the_same_page() -> None:
    assert to_html([("a", trace(CLEANER, HOSTILE))]) == to_html([("a", trace(CLEANER, HOSTILE))])


@pytest.fixture(scope="module")
def browser() -> str:
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        pytest.skip(f"no browser to open the report in: none of {', '.join(BROWSERS)} is installed")
    return found


def _opened(browser: str, page: str, folder: Path, *, act: str = "") -> tuple[str, str]:
    """Open a page, do something in it, and give what it has become and what the console says."""
    if act:  # the page's own policy lets no other script run
        page = re.sub("<meta http-equiv[^>]*>", "", page).replace("</body>", f"<script>{act}</script></body>")
    file = folder / "report.html"
    file.write_text(page, "utf-8")
    done = subprocess.run(
        [browser, "--headless", "--no-sandbox", "--disable-gpu", "--enable-logging=stderr", "--virtual-time-budget=999",
         f"--user-data-dir={folder / 'profile'}", "--dump-dom", file.as_uri()],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    return done.stdout, "\n".join(line for line in done.stderr.splitlines() if "CONSOLE" in line)


def test_a_browser_runs_nothing_of_a_document(browser: str, tmp_path: Path) -> None:
    entries = [("hostile.txt", trace(CLEANER, HOSTILE)), ("<b>two</b>.txt", trace(CLEANER, STORY))]
    dom, console = _opened(browser, to_html(entries), tmp_path)
    assert console == ""
    assert 'data-ready="true"' in dom
    assert '<span class="name">powered-by<small>blogger</small></span><span class="count">1</span>' in dom
    assert "<title>2 documents – clean explain</title>" in dom
    elements = _Elements()
    elements.feed(dom)
    assert "img" not in elements.tags
    assert elements.tags.count("script") == 2
    assert "b" in elements.tags  # the numbers at the top
    assert "&lt;b&gt;two&lt;/b&gt;.txt" in dom
    assert "&lt;img src=x onerror=" in dom
    assert dom.count('class="line ') == 5
    assert dom.count('class="line removed') == 1


def test_a_browser_filters_by_rule_and_moves_to_removals(browser: str, tmp_path: Path) -> None:
    page = to_html([("hostile.txt", trace(CLEANER, HOSTILE))])
    act = "document.querySelector('.legend [data-rule]').click(); $('next').click()"
    dom, console = _opened(browser, page, tmp_path, act=act)
    assert console == ""
    assert 'data-rule="blogger/powered-by"' in dom
    assert 'aria-pressed="true"' in dom
    assert dom.count('class="line removed') == 1
    assert dom.count('class="line ') == 2  # and the one above
    assert "3 other lines" in dom
    assert '<span id="step" aria-live="polite">1 / 1</span>' in dom
    assert re.search('class="line removed gap ruled on" id="line-[0-9]+" role="row" tabindex="0"', dom)
    assert 'id="card" role="tooltip" style=' in dom


def test_addresses_and_control_characters_are_text_and_nothing_else(browser: str, tmp_path: Path) -> None:
    page = to_html([("javascript:taken\u202e.txt", trace(CLEANER, TURNED))])
    assert re.search(r"[\x00-\x08\x0b-\x1f]", page) is None
    dom, console = _opened(browser, page, tmp_path)
    assert console == ""
    assert "<title>taken" not in dom
    elements = _Elements()
    elements.feed(dom)
    assert elements.addresses == ["#lines"]
    assert elements.tags.count("script") == 2
    assert '<span class="shapeless">U+202E</span> gnp.exe' in dom
    shown = dom[dom.index('id="lines"') : dom.index("<noscript")]
    assert re.search("[\u202a-\u202e\u2066-\u2069]", shown) is None


def test_a_browser_says_that_nothing_was_removed(browser: str, tmp_path: Path) -> None:
    dom, console = _opened(browser, to_html([("calm.txt", trace(CLEANER, STORY))]), tmp_path)
    assert console == ""
    assert '<p class="quiet" id="nothing">Nothing was removed.</p>' in dom
    assert "<b>All 2 lines</b> stay" in dom
    assert "of the characters went" not in dom[dom.index('id="sums"') : dom.index('id="lines"')]
    assert '<span id="step" aria-live="polite">none</span>' in dom


def test_the_keyboard_reaches_every_line_and_what_is_known_of_it(browser: str, tmp_path: Path) -> None:
    page = to_html([("hostile.txt", trace(CLEANER, HOSTILE))])
    press = "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: '%s', bubbles: true}));"
    dom, _ = _opened(browser, page, tmp_path, act=press % "n" + "document.body.title = $('card').textContent;")
    assert re.search('<body title="blogger/powered-by[^"]*"', dom)
    dom, _ = _opened(browser, page, tmp_path, act="$('lines').querySelector('.line').focus();" + press % "ArrowDown")
    assert dom[: dom.index("<script")].count('tabindex="0"') == 1
    line = re.search('<div class="line[^>]* tabindex="0"[^>]*>', dom)
    assert line is not None
    assert 'id="line-3"' in line[0]
    assert 'aria-describedby="card"' in line[0]
