"""What a reader sees of an HTML page, row by row, and where each row stands in the tree."""

from __future__ import annotations

import pytest

from cleaner.blocks import Page, read_html
from cleaner.blocks.dom import CAPTION, CONTROL, HIDDEN, KINDS, NOSCRIPT


def page(body: str) -> Page:
    return read_html(f"<!DOCTYPE html><html><head><title>x</title></head><body>{body}</body></html>")


def kinds(read: Page) -> list[str]:
    assert read.dom is not None
    return [KINDS[kind] for kind in read.dom.kinds]


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("<p>one</p><p>two</p>", "one\n\ntwo"),
        ("<div>one</div><div>two</div>", "one\ntwo"),
        ("<p>a <b>bold</b>, <i>slanted</i>word</p>", "a bold, slantedword"),
        ("<p>line<br>break</p>", "line\nbreak"),
        ("<p>one<br><br>two</p>", "one\n\ntwo"),
        ("<p>  white \n\t space  </p>", "white space"),
        ("<p>a</p>text<p>b</p>", "a\n\ntext\n\nb"),
        ("<p>Tea &amp; salt &lt;here&gt; &eacute;&#8364;</p>", "Tea & salt <here> é€"),
        ("<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>", "- a\n- b\n- c"),
        ("<ol start=3><li>a</li><li value=7>b</li><li>c</li></ol>", "3. a\n7. b\n8. c"),
        ("<ul><li><p>a</p><p>b</p></li></ul>", "- a\n\nb"),
        ("<ul><li>• a</li><li>– b</li></ul>", "• a\n– b"),
        ("<ul><li></li></ul><p>after</p>", "after"),
        ("<dl><dt>a</dt><dd>b</dd></dl>", "a\nb"),
        ("<script>var a = 1;</script><style>p {}</style><template><p>t</p></template><p>b</p>", "b"),
        ("<svg><title>icon</title><text>s</text></svg><p>b</p>", "b"),
        ("<p><ruby>舟<rp>(</rp><rt>ふね</rt><rp>)</rp></ruby>が出る</p>", "舟が出る"),
        ("<p>舟が出る　港から</p>", "舟が出る　港から"),
        ("<a href=/a>one</a><a href=/b>two</a>", "one two"),
        ("<p>un<wbr>broken</p>", "unbroken"),
        ("<p><span>Ida Roe</span><span>9. May 2025</span><time>Markets</time></p>", "Ida Roe 9. May 2025 Markets"),
        ("<li><span>Whose cat?</span><span>12 views</span></li>", "- Whose cat? 12 views"),
        ("<p><span class=cap>T</span><span>he cat</span> and H<sub>2</sub>O</p>", "The cat and H2O"),
        ("<p><span>un</span><span>broken</span> <span>12</span><span>99</span></p>", "unbroken 1299"),
        ("<p>the <span>new Mac</span><span>Book Air</span></p>", "the new MacBook Air"),
        ("<p>By <span>Mac</span><span id=x></span>Book One</p>", "By MacBook One"),
        (
            "<p>a <span>see youtu.be/abc</span><span>Def</span> <span>at 10.</span><span>99</span></p>",
            "a see youtu.be/abcDef at 10.99",
        ),
        ("<p><span>You</span><span>Tube</span> <span>the mp</span><span>3</span></p>", "YouTube the mp3"),
        ("<p><span>Ida Roe</span><span class=icon></span><span>9. May</span></p>", "Ida Roe 9. May"),
        (
            "<p><b>Mc</b><i>Kay</i>, Mac<span>Roe</span>, <span>M</span><span>c</span><span>K</span></p>",
            "McKay, MacRoe, McK",
        ),
        ("<p>\u200b</p><p>b</p>", "b"),
        ("<p dir=rtl>سفينة <bdo>abc</bdo></p>", "سفينة abc"),
        ("", ""),
    ],
)
def test_rendering(body: str, text: str) -> None:
    assert page(body).text == text


def test_a_long_line_is_a_paragraph_whatever_its_element() -> None:
    long = "The mill stood still for the whole of the winter, and nobody could say whose turn it was to oil it again."
    assert page(f"<div>Short</div><div>{long}</div><div>Short</div>").text == f"Short\n\n{long}\n\nShort"


def test_the_text_of_an_element_has_no_marks_of_items() -> None:
    read = page("<ol class=path><li>Home</li><li>News</li></ol><ul><li class=one>A <b>bell</b></li></ul>")
    assert read.dom is not None
    assert [read.text_in(span) for span in read.dom.select(".path")] == ["Home News"]
    assert [read.text_in(span) for span in read.dom.select(".one, b")] == ["A bell", "bell"]


def test_cells_stand_in_one_line() -> None:
    read = page("<table><tr><th>Boat</th><th>Oars</th></tr><tr><td><p>Heron</p></td><td>4</td></tr></table>")
    assert read.lines == ["Boat | Oars", "Heron | 4"]
    assert kinds(read) == ["row", "row"]


def test_an_empty_cell_keeps_its_place() -> None:
    assert page("<table><tr><td>a</td><td></td><td>c</td></tr></table>").text == "a |  | c"


def test_the_columns_of_a_layout_are_no_row() -> None:
    read = page("<table><tr><td><p>One story.</p><p>It goes on.</p></td><td>Menu</td></tr></table>")
    assert read.lines == ["One story.", "It goes on.", "Menu"]
    assert kinds(read) == ["paragraph"] * 3


def test_code_stays_as_it_is() -> None:
    code = "def sail(boat):\n    # first  the rope\n\n    return <b>boat</b>\n"
    read = page(f"<p>Run:</p><pre><code>{code}</code></pre><p>Done.</p>")
    assert read.text == "Run:\n\ndef sail(boat):\n    # first  the rope\n\n    return boat\n\nDone."
    assert kinds(read) == ["paragraph", "code", "code", "code", "paragraph"]
    assert read.fenced.tolist() == [False, True, True, True, False]


def test_kinds_and_levels() -> None:
    read = page("<h2>A</h2><blockquote>b</blockquote><ul><li>c<ul><li>d</li></ul></ul><dl><dt>e<dd>f</dl>")
    assert read.dom is not None
    assert kinds(read) == ["heading", "quote", "item", "item", "term", "definition"]
    assert read.headings.tolist() == [2, 0, 0, 0, 0, 0]
    assert read.dom.levels.tolist()[:4] == [2, 1, 1, 2]


def test_hints_of_visibility_and_use() -> None:
    read = page(
        "<p hidden>a</p><p style='color: red; display : none'>b</p><div aria-hidden=true><p>c</p></div>"
        "<noscript><p>d</p></noscript><button>e</button><figure><figcaption>f</figcaption></figure><p>g</p>"
    )
    assert read.dom is not None
    assert read.dom.flags.tolist() == [HIDDEN, HIDDEN, HIDDEN, NOSCRIPT, CONTROL, CAPTION, 0]


def test_share_of_links() -> None:
    read = page("<p><a href=/a>1234</a> 567</p><p><a href=/b>all</a></p><p><a name=c>no link</a></p>")
    assert read.links.tolist() == [0.5, 1.0, 0.0]


def test_offsets_point_at_the_rows() -> None:
    read = page("<ul><li>one</ul><table><tr><td>a<td>b</table><pre>\n  x\n   y</pre>\u200b")
    assert [read.text[start:end] for start, end in zip(read.starts, read.ends, strict=True)] == read.lines


def test_selectors_find_rows_and_parts_of_rows() -> None:
    read = page("<div class=box><p>one</p><p>two <em>or</em> three</p></div><p>four</p>")
    assert read.dom is not None
    (box,) = read.dom.select("div.box")
    assert read.rows_in(box) == [0, 1]
    (part,) = read.dom.select("em")
    assert read.rows_in(part) == []
    place = read.inside(part)
    assert place is not None
    assert read.text[slice(*place)] == "or"


def test_what_remains_knows_its_place() -> None:
    read = page("<div class=a><p>one</p><p>two</p></div><div class=b><p>three</p></div>")
    rest = read.only([1, 2], ["", "\n\n"])
    assert rest.dom is not None
    assert rest.text == "two\n\nthree"
    assert rest.rows_in(rest.dom.select(".a")[0]) == [0]
    assert rest.dom.within(rest.dom.whole.found(["b"])).tolist() == [False, True]


def test_words_of_labels() -> None:
    read = page("<div class='navBar top-menu' id=x9 role=navigation><p>a</p></div>")
    assert read.dom is not None
    assert {"nav", "bar", "top", "menu", "x", "navigation"} <= read.dom.whole.by_word.keys()


@pytest.mark.parametrize(
    "source",
    [
        "<p>one<p>two",
        "<div><p>one</div><p>two</p></div></section>",
        "<table><p>one</p><tr><td>two</table>",
        "one<p>two",
    ],
)
def test_broken_html_is_mended(source: str) -> None:
    assert read_html(source).lines == ["one", "two"]


def test_deep_nesting_is_read() -> None:
    depth = 10_000
    assert read_html("<div>" * depth + "deep" + "</div>" * depth).text == "deep"


def test_nothing_is_read_of_nothing() -> None:
    read = read_html("")
    assert read.text == ""
    assert len(read) == 0
