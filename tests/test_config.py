"""Settings files: the closest counts, and a mistake in one is told so that it can be mended."""

from pathlib import Path

import pytest

from cleaner.config import Extractor, Format, Scorer, Settings, load
from cleaner.extractor import EXTRACTORS
from cleaner.model import ConfigError


def test_the_scorer_is_switched_off_by_a_word_or_a_truth_value(tmp_path: Path) -> None:
    for value in ('"off"', "false"):
        (tmp_path / "clean.toml").write_text(f"scorer = {value}\n")
        assert load(tmp_path) == Settings(scorer=Scorer.OFF)


def test_without_a_file_the_defaults_count(tmp_path: Path) -> None:
    assert load(tmp_path) == Settings()


def test_the_closest_file_counts_alone(tmp_path: Path) -> None:
    (tmp_path / "clean.toml").write_text('format = "json"\nsite = "far.example"\n')
    near = tmp_path / "near"
    (near / "below").mkdir(parents=True)
    (near / "clean.toml").write_text('rules = ["own"]\nmeta = true\nmax-removed = 0.5\nonly = ["repair"]\njobs = 3\n')
    assert load(near / "below") == Settings(rules=(near / "own",), meta=True, max_removed=0.5, only=("repair",), jobs=3)


def test_settings_for_html(tmp_path: Path) -> None:
    (tmp_path / "clean.toml").write_text('extractor = "blocks"\nlinks = true\n')
    assert load(tmp_path) == Settings(extractor=Extractor.BLOCKS, links=True)
    assert tuple(Extractor) == EXTRACTORS


def test_a_project_counts_if_it_has_the_table(tmp_path: Path) -> None:
    (tmp_path / "clean.toml").write_text('format = "json"\n')
    project = tmp_path / "project"
    project.mkdir()
    (project / "pyproject.toml").write_text('[project]\nname = "tool.clean"\n')
    assert load(project).format == "json"
    (project / "pyproject.toml").write_text('[tool.clean]\nformat = "md"\n')
    assert load(project).format == "md"
    (project / "clean.toml").write_text('format = "txt"\n')
    assert load(project).format == "txt"


def test_a_named_file_counts_before_all(tmp_path: Path) -> None:
    (tmp_path / "clean.toml").write_text('format = "json"\n')
    (tmp_path / "other.toml").write_text('format = "md"\n')
    assert load(tmp_path, tmp_path / "other.toml").format == "md"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ('fromat = "json"', r"clean.toml:1: unknown setting 'fromat' \(did you mean 'format'\?\)"),
        (
            "\nmax_removed = 0.5",
            r"clean.toml:2: unknown setting 'max_removed' \(did you mean 'max-removed'\?\)",
        ),
        ("zzz = 1", r"clean.toml:1: unknown setting 'zzz'$"),
        ('format = "html"', "format must be one of same, txt, md, json, jsonl, parquet, not 'html'"),
        ('scorer = "maybe"', "scorer must be on or off, not 'maybe'"),
        ('extractor = "best"', "extractor must be one of auto, blocks, trafilatura, not 'best'"),
        ("jobs = 0", "jobs must be a whole number from 1 on, not 0"),
        ("jobs = true", "jobs must be a whole number"),
        ("max-removed = 60", "max-removed must be a number between 0 and 1, not 60"),
        ("time-limit = 0", "time-limit must be a number above 0, not 0"),
        ("time-limit = nan", "time-limit must be a number above 0"),
        ('rules = "own"', "rules must be a list of strings, not 'own'"),
        ("site = 1", "site must be a string"),
        ('meta = "yes"', "meta must be true or false"),
        ("meta = ", "clean.toml: not valid TOML: "),
    ],
)
def test_a_mistake_is_told(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "clean.toml").write_text(content)
    with pytest.raises(ConfigError, match=message):
        load(tmp_path)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"no\.toml: No such file"):
        load(tmp_path, tmp_path / "no.toml")


def test_the_table_must_be_one(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("tool.clean = 1\n")
    with pytest.raises(ConfigError, match=r"tool\.clean must be a table"):
        load(tmp_path)


def test_options_come_before_settings() -> None:
    settings = Settings(format=Format.JSON, meta=True, only=("a",), jobs=4)
    assert settings.over({"format": None, "meta": None, "only": (), "jobs": None}) == settings
    assert settings.over({"meta": False, "only": ("b",), "jobs": 1}) == Settings(
        format=Format.JSON, meta=False, only=("b",), jobs=1
    )
    with pytest.raises(ConfigError, match="--max-removed must be a number between 0 and 1, not 7"):
        settings.over({"max_removed": 7.0})
