"""HTML written as Markdown: it reads back as the same text in the same structure."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from cleaner import render
from cleaner.model import Block, BlockKind, Document, Link

READER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


def document(*lines: tuple[str, str, int] | str, gap: str = "\n\n", header: bool = False) -> Document:
    """Make a document of lines, each with its kind and its level."""
    text, blocks = "", []
    for line in lines:
        content, kind, level = (line, "paragraph", 0) if isinstance(line, str) else line
        text += gap if text else ""
        blocks.append(Block(kind, len(text), len(text) + len(content), level))  # type: ignore[arg-type]
        text += content
    if header:
        blocks[0] = Block(blocks[0].kind, blocks[0].start, blocks[0].end, blocks[0].level, header=True)
    return Document(text, markup="html", blocks=tuple(blocks))


def shown(markdown: str) -> str:
    """Give what a reader sees of Markdown, as one line."""
    pieces = []
    for token in READER.parse(markdown):
        for part in token.children or [token]:
            if part.type in ("softbreak", "hardbreak"):
                pieces.append(" ")
            elif part.type in (
                "text",
                "code_inline",
                "fence",
                "code_block",
                "html_inline",
                "html_block",
                "text_special",
            ):
                pieces.append(part.content)
        pieces.append(" ")
    return " ".join("".join(pieces).split())


def structure(markdown: str) -> list[str]:
    """Give the tags of the blocks of Markdown, in their order."""
    return [token.tag for token in READER.parse(markdown) if token.nesting == 1 and token.tag]


def test_each_kind_of_block_has_its_marks() -> None:
    text = document(
        ("The mill", "heading", 1),
        "It turns again.",
        ("- flour", "item", 1),
        ("1. rye", "item", 2),
        ("2. wheat", "item", 2),
        ("- bran", "item", 1),
        ("Slowly, said the miller.", "quote", 1),
        ("    turn(wheel)", "code", 1),
        ("stop()", "code", 1),
        ("Sack | Weight", "row", 1),
        ("small | 5 kg", "row", 1),
        ("Weir", "term", 0),
        ("What holds the water back.", "definition", 0),
        gap="\n",
        header=True,
    )
    assert render.to_markdown(text) == (
        "# The mill\n\nIt turns again.\n\n- flour\n  1. rye\n  2. wheat\n- bran\n\n> Slowly, said the miller.\n\n"
        "```\n    turn(wheel)\nstop()\n```\n\n"
        "|  |  |\n| --- | --- |\n| Sack | Weight |\n| small | 5 kg |\n\n"
        "**Weir**  \nWhat holds the water back.\n"
    )


def test_what_was_no_html_stays_as_it_came() -> None:
    assert render.to_markdown(Document("# A *text*\n\n1. as it was")) == "# A *text*\n\n1. as it was\n"


def test_front_matter_stands_before() -> None:
    text = Document("Mill", title="Mill", site_name="Valley Post", blocks=(Block("heading", 0, 4, 2),), markup="html")
    front = '---\ntitle: "Mill"\nsite_name: "Valley Post"\n---\n\n'
    assert render.to_markdown(text, front_matter=True) == f"{front}## Mill\n"


def test_lines_of_one_paragraph_break_hard() -> None:
    verse = document("The wheel", "goes round", gap="\n")
    assert render.to_markdown(verse) == "The wheel  \ngoes round\n"
    assert render.to_markdown(document("One.", "Two.")) == "One.\n\nTwo.\n"


def test_marks_that_pair_over_lines_are_escaped() -> None:
    assert shown(render.to_markdown(document("*one", "two*", gap="\n"))) == "*one two*"
    assert render.to_markdown(document("one*", "two*")) == "one*\n\ntwo*\n"


def test_text_that_no_block_holds_is_not_lost() -> None:
    text = Document("left\nover\n\nheld\u200b\n\nend", blocks=(Block("heading", 11, 15, 2),), markup="html")
    assert render.to_markdown(text) == "left  \nover\n\n## held\n\nend\n"


def test_items_go_into_their_parents() -> None:
    text = document(("10. ten", "item", 1), ("- a", "item", 2), ("- b", "item", 3), ("11. eleven", "item", 1), gap="\n")
    assert render.to_markdown(text) == "10. ten\n    - a\n      - b\n11. eleven\n"
    assert structure(render.to_markdown(text)) == ["ol", "li", "p", "ul", "li", "p", "ul", "li", "p", "li", "p"]


def test_an_item_without_a_parent_stands_at_the_edge() -> None:
    assert render.to_markdown(document(("- deep", "item", 3), ("- less", "item", 2), gap="\n")) == "- deep\n- less\n"


def test_paragraphs_of_an_item_stay_in_it() -> None:
    text = document(("1. one", "item", 1), ("more of it", "paragraph", 1), ("2. two", "item", 1), "After.")
    written = render.to_markdown(text)
    assert written == "1. one\n\n   more of it\n\n2. two\n\nAfter.\n"
    assert structure(written) == ["ol", "li", "p", "p", "li", "p", "p"]


def test_numbers_that_begin_again_begin_another_list() -> None:
    text = document(("1. a", "item", 1), ("2. b", "item", 1), ("1. c", "item", 1), ("7. d", "item", 1), gap="\n")
    assert render.to_markdown(text) == "1. a\n2. b\n1) c\n7. d\n"
    assert structure(render.to_markdown(text)).count("ol") == 3


def test_quotes_nest() -> None:
    written = render.to_markdown(document(("one", "quote", 1), ("two", "quote", 2), ("three", "quote", 1)))
    assert structure(written) == ["blockquote", "p", "blockquote", "p", "p"]
    verse = document(("one", "quote", 1), ("two", "quote", 1), gap="\n")
    assert shown(render.to_markdown(verse)) == "one two"
    assert structure(render.to_markdown(verse)) == ["blockquote", "p"]


def test_code_is_fenced_as_one_and_never_ends_early() -> None:
    text = "  first\n````\n\n\tlast"
    blocks = (Block("code", 2, 7, 1), Block("code", 8, 12, 1), Block("code", 14, 19, 1))
    written = render.to_markdown(Document(text, blocks=blocks, markup="html"))
    assert written == f"`````\n{text}\n`````\n"
    two = render.to_markdown(document(("a", "code", 1), ("b", "code", 2), gap="\n"))
    assert two == "```\na\n```\n\n```\nb\n```\n"


def test_tables_have_a_header_and_even_rows() -> None:
    table = document(("a | b|c", "row", 1), ("1 |  | 3", "row", 1), gap="\n", header=True)
    written = render.to_markdown(table)
    assert written == "| a | b\\|c |  |\n| --- | --- | --- |\n| 1 |  | 3 |\n"
    assert structure(written).count("th") == 3
    assert structure(written).count("td") == 3


def test_a_table_of_one_column_is_paragraphs() -> None:
    assert render.to_markdown(document(("one", "row", 1), ("two", "row", 1), gap="\n")) == "one\n\ntwo\n"


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("# no heading", r"\# no heading"),
        ("#hashtag and C#", "#hashtag and C#"),
        ("- no item", r"\- no item"),
        ("-5 degrees - as forecast", "-5 degrees - as forecast"),
        ("1984. A year", r"1984\. A year"),
        ("> no quote", r"\> no quote"),
        ("---", r"\---"),
        ("* * *", r"\* * \*"),
        ("```", r"\`\`\`"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("a *word* here", r"a \*word\* here"),
        ("a footnote*", "a footnote*"),
        ("snake_case_name", "snake_case_name"),
        ("an _emphasis_", r"an \_emphasis\_"),
        ("x < y, <b> and <3", r"x < y, \<b> and <3"),
        ("AT&T &amp; &c.", r"AT&T \&amp; &c."),
        ("[1] and [see](this)", r"[1] and [see\](this)"),
        ("[1]: no definition", r"\[1]: no definition"),
        (r"C:\dir and \*", r"C:\dir and \\*"),
        ("~5 km", "~5 km"),
        ("[ ] no task", r"\[ ] no task"),
    ],
)
def test_marks_are_escaped_where_they_would_count(text: str, written: str) -> None:
    assert render.to_markdown(document(text)) == written + "\n"
    assert shown(written) == text


def test_links_are_kept_on_demand() -> None:
    text = "Wow! See [the] mill and here!"
    links = (
        Link(9, 19, "https://valley.example/a_(b)?x=1&copy;=2"),
        Link(24, 28, "javascript:alert(1)"),
        Link(28, 29, "#"),
        Link(0, 3, "/wow"),
        Link(1, 5, "/overlaps"),
    )
    page = Document(text, blocks=(Block("paragraph", 0, len(text), links=links),), markup="html")
    assert render.to_markdown(page) == text + "\n"
    written = render.to_markdown(page, links=True)
    target = "<https://valley.example/a_(b)?x=1&amp;copy;=2>"
    assert written == rf"[Wow](/wow)! See [\[the\] mill]({target}) and here!" + "\n"
    assert shown(written) == text


def test_links_in_items_tables_and_after_an_exclamation_mark() -> None:
    text = "- Go!there\na | b"
    blocks = (
        Block("item", 0, 10, 1, links=(Link(0, 10, "/all"),)),
        Block("row", 11, 16, 1, links=(Link(15, 16, "/b|c"),)),
    )
    page = Document(text, blocks=blocks, markup="html")
    assert render.to_markdown(page, links=True).startswith(
        "- [Go!there](/all)\n\n|  |  |\n| --- | --- |\n| a | [b](/b\\|c) |"
    )
    image = Document("Go!there", blocks=(Block("paragraph", 0, 8, links=(Link(3, 8, "/x"),)),), markup="html")
    assert "<img" not in READER.render(render.to_markdown(image, links=True))


MARKS = st.text(alphabet="ab1 *_`~[]()<>#!&;:|.\\-+=\"'é", min_size=1, max_size=14).map(
    lambda line: " ".join(line.split()) or "x"
)
KINDS: st.SearchStrategy[BlockKind] = st.sampled_from(["paragraph", "heading", "item", "quote", "term", "definition"])
LINES = st.tuples(MARKS, KINDS, st.integers(1, 3))


@given(st.lists(LINES, min_size=1, max_size=5), st.sampled_from(["\n", "\n\n"]))
def test_any_text_reads_the_same(lines: list[tuple[str, BlockKind, int]], gap: str) -> None:
    text = document(*[("- " + line if kind == "item" else line, kind, level) for line, kind, level in lines], gap=gap)
    wanted = " ".join(" ".join(line for line, _, _ in lines).split())
    written = render.to_markdown(text)
    assert shown(written) == wanted
    assert "<em>" not in READER.render(written)
    assert "<a " not in READER.render(written)


@given(MARKS, st.integers(0, 14), st.integers(1, 14))
def test_any_text_with_a_link_reads_the_same(line: str, start: int, length: int) -> None:
    link = Link(start, min(start + length, len(line)), "/x")
    page = Document(line, blocks=(Block("paragraph", 0, len(line), links=(link,)),), markup="html")
    written = READER.render(render.to_markdown(page, links=True))
    assert written.count("<a href") == (link.start < link.end and bool(line[link.start : link.end].strip()))
    assert shown(render.to_markdown(page, links=True)) == line
    assert "<img" not in written


@given(st.lists(MARKS.filter(lambda cell: " | " not in f" {cell} "), min_size=2, max_size=6))
def test_any_cells_read_the_same(cells: list[str]) -> None:
    row = " | ".join(cells)
    text = Document(row, blocks=(Block("row", 0, len(row), 1, header=True),), markup="html")
    rendered = READER.render(render.to_markdown(text))
    assert len(re.findall("<th>", rendered)) == len(cells)
    assert shown(render.to_markdown(text)) == " ".join(" ".join(cells).split())


@given(st.text(alphabet="a`~ \n#", max_size=30).filter(str.strip))
def test_any_code_stays_as_it_is(code: str) -> None:
    lines = [(found.start(), found.end()) for found in re.finditer(r"\S.*", code)]
    text = code[: lines[-1][1]]
    blocks = tuple(Block("code", start, end, 1) for start, end in lines)
    (fence,) = READER.parse(render.to_markdown(Document(text, blocks=blocks, markup="html")))
    first = text.rfind("\n", 0, lines[0][0]) + 1
    assert fence.content == text[first:] + "\n"
