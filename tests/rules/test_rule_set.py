from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from rule_pages import PROSE, make_page

from cleaner.model import Rank
from cleaner.rules import RuleSet
from cleaner.rules.load import builtin_folder, kind_of


def write(folder: Path, name: str, body: str, file_id: str | None = None) -> None:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f'schema = 1\nid = "{file_id or path.stem}"\n{body}', "utf-8")


def drop(line: str) -> str:
    return f"[[drop]]\nid = 'line'\nlines = ['{line}']\n"


def dropped(rules: RuleSet, text: str, url: str | None = None) -> list[str]:
    page = make_page(text)
    proposals, _ = rules.propose(page, rules.recognise(page, url), language=lambda: None, date=None, deadline_s=5)
    return [proposal.rule for proposal in proposals]


def test_the_folder_tells_what_a_file_is_for(tmp_path):
    assert kind_of(tmp_path / "generic.toml", tmp_path) == "generic"
    assert kind_of(tmp_path / "sites" / "a.toml", tmp_path) == "site"
    assert kind_of(tmp_path / "a.toml", tmp_path) == "site"
    assert kind_of(tmp_path / "platforms" / "a.toml", tmp_path) == "platform"
    assert kind_of(tmp_path / "platforms" / "a.toml", tmp_path / "platforms") == "platform"
    assert kind_of(tmp_path / "platforms" / "a.toml", tmp_path / "platforms" / "a.toml") == "platform"


def test_ranks_follow_what_a_file_is_for(tmp_path):
    write(tmp_path, "generic.toml", drop("A"))
    write(tmp_path, "platforms/press.toml", "[match]\ntext = ['Press']\n" + drop("A"))
    write(tmp_path, "sites/host.toml", "[match]\nhost = ['a.example.com']\n" + drop("A"))
    write(tmp_path, "sites/path.toml", "[match]\nhost = ['a.example.com']\npath = ['/a/**']\n" + drop("A"))
    rules = RuleSet.load([tmp_path], builtin=False)
    page = make_page("A\nPress")
    proposals, _ = rules.propose(
        page,
        rules.recognise(page, "https://a.example.com/a/b"),
        language=lambda: None,
        date=None,
        deadline_s=5,
    )
    assert {proposal.rule: proposal.rank for proposal in proposals} == {
        "generic/line": Rank.GENERIC,
        "press/line": Rank.PLATFORM,
        "host/line": Rank.HOST,
        "path/line": Rank.PATH,
    }


def test_one_bad_file_disables_no_other(tmp_path):
    write(tmp_path, "generic.toml", drop("A"))
    write(tmp_path, "sites/bad.toml", "[[drop]]\nid = 'a'\nline = '('")
    write(tmp_path, "sites/worse.toml", "use = [")
    (tmp_path / "sites" / "latin.toml").write_bytes(b'schema = 1\nid = "\xe9"')
    rules = RuleSet.load([tmp_path], builtin=False)
    assert [file.id for file in rules.files] == ["generic"]
    assert dropped(rules, "A") == ["generic/line"]
    errors = {Path(error.path).name: error for error in rules.errors}
    assert set(errors) == {"bad.toml", "worse.toml", "latin.toml"}
    assert errors["bad.toml"].line == 5
    assert errors["latin.toml"].line == 2


def test_a_folder_that_is_not_there_is_an_error(tmp_path):
    rules = RuleSet.load([tmp_path / "none"], builtin=False)
    assert [str(error) for error in rules.errors] == [f"{tmp_path / 'none'}: no such folder or file"]


def test_an_id_is_used_once_in_a_folder(tmp_path):
    write(tmp_path, "a.toml", drop("A"), "same")
    write(tmp_path, "b.toml", drop("B"), "same")
    rules = RuleSet.load([tmp_path], builtin=False)
    [error] = rules.errors
    assert (Path(error.path).name, error.line) == ("b.toml", 2)
    assert 'id "same" is taken by' in error.message


def test_a_later_folder_replaces_files_of_an_earlier_one(tmp_path):
    write(tmp_path / "ours", "generic.toml", drop("A"))
    write(tmp_path / "ours", "sites/a.example.toml", drop("A"))
    write(tmp_path / "yours", "generic.toml", drop("B"))
    rules = RuleSet.load([tmp_path / "ours", tmp_path / "yours"], builtin=False)
    assert rules.errors == []
    assert dropped(rules, "A\nB") == ["generic/line"]
    assert rules.get("generic").path.startswith(str(tmp_path / "yours"))
    assert rules.get("a.example") is not None


def test_a_single_file_can_be_laid_over_the_built_in_ones(tmp_path):
    write(tmp_path, "my.toml", "[match]\nhost = ['example.org']\n" + drop("A"))
    rules = RuleSet.load([tmp_path / "my.toml"])
    assert dropped(rules, "A", "https://www.example.org/a") == ["my/line"]
    assert set(rules.names) == set(RuleSet.builtin().names) | {"my", "my/line"}


def test_using_a_file_that_is_not_there_disables_the_file_and_those_that_use_it(tmp_path):
    write(tmp_path, "generic.toml", "")
    write(tmp_path, "a.toml", "use = ['b']")
    write(tmp_path, "b.toml", "use = ['generik']")
    write(tmp_path, "c.toml", "use = ['d']")
    write(tmp_path, "d.toml", "use = ['c']")
    rules = RuleSet.load([tmp_path], builtin=False)
    assert [file.id for file in rules.files] == ["c", "d", "generic"]
    errors = {Path(error.path).name: error for error in rules.errors}
    assert set(errors) == {"a.toml", "b.toml"}
    assert errors["b.toml"].line == 3
    assert '"use" names "generik", which is no rule file; did you mean "generic"?' in errors["b.toml"].message


def test_names_are_those_of_files_and_rules(tmp_path):
    write(tmp_path, "a.toml", drop("A"))
    assert RuleSet.load([tmp_path], builtin=False).names == {"a", "a/line"}


def test_the_digest_changes_with_what_the_rules_say_and_not_with_where_they_lie(tmp_path):
    write(tmp_path / "one", "a.toml", drop("A"))
    write(tmp_path / "two", "a.toml", drop("A"))
    write(tmp_path / "three", "a.toml", drop("B"))
    one, two, three = (RuleSet.load([tmp_path / name], builtin=False) for name in ("one", "two", "three"))
    assert one.digests == two.digests != three.digests
    assert one.match_digest == two.match_digest == three.match_digest


def test_forcing_a_file_applies_it_to_every_page(tmp_path):
    write(tmp_path, "a.toml", drop("A"))
    rules = RuleSet.load([tmp_path], builtin=False)
    assert dropped(rules, "A") == []
    assert dropped(rules.forcing("a"), "A") == ["a/line"]
    assert dropped(rules, "A") == []


def test_the_built_in_rules_load_without_errors():
    rules = RuleSet.builtin()
    assert rules is RuleSet.builtin()
    assert [str(error) for error in rules.errors] == []
    assert len(rules.files) == len(list(builtin_folder().rglob("*.toml")))
    assert rules.get("generic").kind == "generic"


def test_threads_share_a_rule_set():
    rules = RuleSet.load([], builtin=True)
    text = f"Header Ads\n{PROSE}\nNo comments\nPowered by Blogger."

    def run(_: int) -> list[str]:
        return dropped(rules, text)

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(run, range(64)))
    assert all(result == results[0] for result in results)
    assert any(name.startswith("blogger/") for name in results[0])


@pytest.mark.parametrize("text", ["", "\n\n", "x", "\x00\n\u2028", "a\rb", "\ud800\nSource: http://\ud800/a"])
def test_odd_pages_are_no_trouble(text):
    dropped(RuleSet.builtin(), text)
