"""``clean rules test`` and ``clean rules mutate``: the loop of a rule author."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from typer.testing import Result
from valley_post import RULES, STORY

Clean = Callable[..., Result]


def test_examples_are_run_by_id_host_path_and_all(clean: Clean, raw: Path) -> None:
    for name in ("valley.example", "www.valley.example", "own", "own/valley.example.toml"):
        result = clean("rules", "test", name)
        assert result.exit_code == 0, result.output
        assert result.stdout == ""
        assert result.stderr.startswith("1 file, 1 example in ")
        assert result.stderr.endswith(": all is well\n")


def test_a_failure_is_a_patch_coloured_only_on_request(clean: Clean, raw: Path) -> None:
    Path("own/valley.example.toml").write_text(RULES.replace("-Valley Post menu", " Valley Post menu\n-Mill"))
    plain = clean("rules", "test", "own")
    assert plain.exit_code == 2
    assert plain.stdout.startswith("own/valley.example.toml:13: example\n    --- expected\n")
    assert "    -Valley Post menu\n" in plain.stdout
    assert "\x1b[" not in plain.stdout
    coloured = clean("rules", "test", "own", NO_COLOR="", FORCE_COLOR="1")
    assert "\x1b[31m" in coloured.stdout


def test_samples_beside_the_rules_are_run(clean: Clean, raw: Path) -> None:
    folder = Path("samples/valley.example")
    folder.mkdir(parents=True)
    (folder / "mill.txt").write_text(f"Valley Post menu\n\n{STORY}")
    (folder / "mill.gold").write_text(STORY)
    good = clean("rules", "test", "own")
    assert "1 example, 1 sample in" in good.stderr
    assert good.exit_code == 0
    (folder / "mill.gold").write_text(f"Valley Post menu\n\n{STORY}")
    bad = clean("rules", "test", "own")
    assert bad.exit_code == 2
    assert bad.stdout == (
        "samples/valley.example/mill.txt: sample\n    -Valley Post menu\n"
        '    "Valley Post menu" was removed by valley.example/frame\n'
    )


def test_names_that_are_none_are_mistakes(clean: Clean, raw: Path) -> None:
    mistake = clean("rules", "test", "valey.example")
    assert mistake.exit_code == 2
    assert "did you mean 'valley.example'?" in mistake.stderr
    assert clean("rules", "test", "no/where.toml").stderr == "clean: no/where.toml: no such file or folder\n"
    Path("empty").mkdir()
    assert "no rule file in it" in clean("rules", "test", "empty").stderr
    Path("own/valley.example.toml").write_text("schema = 2\n")
    broken = clean("rules", "test", "own")
    assert broken.exit_code == 2
    assert "own/valley.example.toml:1:" in broken.stderr


def test_mutants_that_survive_are_named_with_what_would_catch_them(clean: Clean, raw: Path) -> None:
    file = Path("own/valley.example.toml")
    file.write_text(RULES.replace("lines = [", 'where = "head"\nlines = ['))
    result = clean("rules", "mutate", "valley.example")
    assert result.exit_code == 1
    assert 'own/valley.example.toml:11: valley.example/frame: no example fails without "where"\n' in result.stdout
    assert result.stderr == "1 file, 2 mutants: 1 survived\n"
    example = result.stdout[result.stdout.index("[[example]]") :]
    file.write_text(f"{file.read_text()}\n{example}")
    assert clean("rules", "test", "own").exit_code == 0
    caught = clean("rules", "mutate", "valley.example", "--no-propose")
    assert caught.exit_code == 0
    assert caught.stdout == ""


def test_a_file_that_fails_its_own_examples_is_not_tried(clean: Clean, raw: Path) -> None:
    file = Path("own/valley.example.toml")
    file.write_text(RULES.replace('"Valley Post menu", ', '"Valley Post meadow", '))
    result = clean("rules", "mutate", "valley.example", "--add")
    assert result.exit_code == 2
    assert result.stdout == "own/valley.example.toml:13: this example fails with the file as it is\n"
    assert result.stderr == (
        "1 file not tried, for an example that fails; this shows how:\n  clean rules test own/valley.example.toml\n"
    )


def test_near_misses_are_appended_on_request(clean: Clean, raw: Path) -> None:
    file = Path("own/valley.example.toml")
    file.write_text(RULES.replace("lines = [", 'where = "head"\nlines = ['))
    result = clean("rules", "mutate", "valley.example", "--add")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr == "own/valley.example.toml: 1 example appended\n1 file, 2 mutants: none survived\n"
    assert file.read_text().count("[[example]]") == RULES.count("[[example]]") + 1
    assert clean("rules", "check", "own").exit_code == 0
    assert clean("rules", "mutate", "valley.example", "--add").stderr == "1 file, 2 mutants: none survived\n"
