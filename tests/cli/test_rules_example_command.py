"""``clean rules example``: a raw page becomes a test of the rule file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from typer.testing import Result
from valley_post import PAGE, RULES, STORY

Clean = Callable[..., Result]
FILE = Path("own/valley.example.toml")
UNTESTED = RULES[: RULES.index("[[example]]")]


def test_a_page_becomes_an_example_with_no_more_prose_than_it_needs(clean: Clean, raw: Path) -> None:
    FILE.write_text(UNTESTED)
    result = clean("rules", "example", "valley.example", raw / "mill.txt")
    assert result.exit_code == 0, result.output
    assert result.stdout == ""
    assert "own/valley.example.toml: 1 example appended\n" in result.stderr
    assert "A near miss is missing" in result.stderr
    text = FILE.read_text()
    assert text.startswith(UNTESTED)
    added = text.removeprefix(UNTESTED)
    assert "\n-Valley Post menu\n" in added
    assert "\n-Valley Post footer\n" in added
    assert sum(line in added for line in STORY.split("\n") if line) == 1
    assert clean("rules", "test", "own").exit_code == 0


def test_an_example_is_shown_and_not_written_on_a_dry_run(clean: Clean, raw: Path) -> None:
    before = FILE.read_text()
    result = clean("rules", "example", "www.valley.example", raw / "mill.txt", "--dry-run")
    assert result.stdout.startswith("[[example]]\ndiff = '''\n-Valley Post menu\n")
    assert FILE.read_text() == before


def test_a_near_miss_is_a_line_or_a_page_and_must_stay(clean: Clean, raw: Path) -> None:
    Path("about.txt").write_text("The Valley Post menu was printed on blue paper.\n")
    for keep in ("Valley Post menus", "about.txt"):
        result = clean("rules", "example", "valley.example", raw / "mill.txt", "--keep", keep)
        assert result.exit_code == 0, result.output
        assert result.stderr == "own/valley.example.toml: 2 examples appended\n"
    text = FILE.read_text()
    assert "\n\nValley Post menus\n\n" in text
    assert "\nkeep = '''\nThe Valley Post menu was printed on blue paper.\n'''" in text
    assert clean("rules", "test", "own").exit_code == 0
    refused = clean("rules", "example", "valley.example", raw / "mill.txt", "--keep", "Valley Post menu")
    assert refused.exit_code == 2
    assert '"Valley Post menu" was removed by valley.example/frame' in refused.stderr
    assert FILE.read_text() == text


def test_an_html_page_becomes_a_smaller_one(clean: Clean, raw: Path) -> None:
    Path("page.html").write_text(PAGE)
    FILE.write_text(UNTESTED)
    result = clean("rules", "example", "valley.example", "page.html")
    assert result.exit_code == 0, result.output
    added = FILE.read_text().removeprefix(UNTESTED)
    assert "<div>Valley Post menu</div>" in added
    assert "<nav>" not in added
    assert added.count("<p>") <= 1
    assert clean("rules", "test", "own").exit_code == 0


def test_each_part_of_the_root_stays_in_an_example(clean: Clean, raw: Path) -> None:
    lead = '<p class="lead">Nine thousand books have moved into the old mill.</p><div class="body">'
    Path("page.html").write_text(PAGE.replace("</h1>", f"</h1>{lead}", 1).replace("</article>", "</div></article>"))
    FILE.write_text(UNTESTED.replace("[match]", 'content = ["h1, .lead, .body"]\n\n[match]'))
    assert clean("rules", "example", "valley.example", "page.html").exit_code == 0
    assert 'class="lead"' in FILE.read_text()
    checked = clean("rules", "check", "own")
    assert "no example has an element" not in checked.output


def test_an_html_near_miss_keeps_what_the_file_leaves_alone(clean: Clean, raw: Path) -> None:
    Path("about.html").write_text(PAGE.replace("Valley Post menu", "A menu").replace("Valley Post footer", "A foot"))
    result = clean("rules", "example", "valley.example", raw / "mill.txt", "--keep", "about.html")
    assert result.exit_code == 0, result.output
    assert clean("rules", "test", "own").exit_code == 0
    Path("about.html").write_text(PAGE)
    refused = clean("rules", "example", "valley.example", raw / "mill.txt", "--keep", "about.html")
    assert "does not stay whole" in refused.stderr


def test_pages_without_work_for_the_file_and_unclear_names_are_mistakes(clean: Clean, raw: Path) -> None:
    nothing = clean("rules", "example", "valley.example", raw / "news/mill.md")
    assert nothing.exit_code == 2
    assert "no rule of valley.example takes anything from it" in nothing.stderr
    assert "cannot be read" in clean("rules", "example", "valley.example", "nowhere.txt").stderr
    Path("own/other.toml").write_text(RULES.replace('id = "valley.example"', 'id = "other"'))
    assert "names more than one rule file" in clean("rules", "example", "own", raw / "mill.txt").stderr
