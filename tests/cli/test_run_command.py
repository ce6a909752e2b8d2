"""``clean run`` as a user types it: where data and messages go, exit codes, and refusals."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from typer.testing import Result
from valley_post import FOOTER, MENU, PAGE, RULES, STORY

COMMAND = [sys.executable, "-c", "from cleaner.cli import main; main()"]


def test_a_folder_is_cleaned_and_summed_up(raw: Path, clean: Callable[..., Result]) -> None:
    result = clean("run", "raw", "out")
    assert result.exit_code == 0
    assert result.stdout == ""
    assert Path("out/mill.txt").read_text() == STORY
    assert Path("out/news/mill.md").read_text() == STORY
    rows = {label: number for label, number, *_ in map(str.split, result.stderr.splitlines())}
    assert {
        "inputs": "2",
        "cleaned": "2",
        "unchanged": "0",
        "skipped": "0",
        "quarantined": "0",
    }.items() <= rows.items()
    assert int(rows["removed"]) >= len(MENU + FOOTER)
    again = clean("run", "raw", "out")
    assert again.exit_code == 0
    assert "  unchanged         2" in again.stderr


def test_the_guide_words_of_help_and_summary_agree(clean: Callable[..., Result]) -> None:
    shown = clean("run", "--help").stdout
    assert all(f"\n  {kind} " in shown for kind in ("cleaned", "unchanged", "skipped", "quarantined"))
    assert "clean run raw/ out/ --format json" in shown
    assert "clean run page.html page.md --format md --links" in shown


def test_stdin_to_stdout_is_a_quiet_filter(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("run", "-", "--url", "https://valley.example/1", "--format", "json", stdin=(MENU + STORY).encode())
    assert (result.exit_code, result.stderr) == (0, "")
    record = json.loads(result.stdout)
    assert record["text"] == STORY.rstrip()
    assert record["url"] == "https://valley.example/1"
    assert clean("run", "-", stdin=STORY.encode()).stdout == STORY


def test_stdin_that_cannot_be_cleaned_is_told(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("run", "-", stdin=b"\x89PNG\r\n\x1a\n\0\0\0\0")
    assert (result.exit_code, result.stdout) == (0, "")
    assert result.stderr.startswith("skipped: -: not text (")
    result = clean("run", "-", "--max-size", 0.001, stdin=b"x" * 2000)
    assert (result.exit_code, result.stderr) == (1, "quarantined: -: larger than 0.001 MB\n")


def test_a_folder_goes_to_stdout_as_json_lines(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("run", "raw", "-", "--format", "jsonl", "-q")
    assert [json.loads(line)["path"] for line in result.stdout.splitlines()] == ["mill.txt", "news/mill.md"]
    assert result.stderr == ""


def test_a_file_goes_to_a_file_or_a_folder(clean: Callable[..., Result], raw: Path) -> None:
    assert clean("run", "raw/mill.txt", "clean/mill.txt", "-q").exit_code == 0
    assert Path("clean/mill.txt").read_text() == STORY
    assert [entry.name for entry in Path("clean").iterdir()] == ["mill.txt"]
    assert clean("run", "raw/mill.txt", "out/", "-q").exit_code == 0
    assert Path("out/mill.txt").read_text() == STORY


def test_html_is_cleaned_to_text_or_markdown(clean: Callable[..., Result], raw: Path) -> None:
    Path("page.html").write_text(PAGE)
    assert clean("run", "page.html", "out/", "-q").exit_code == 0
    text = Path("out/page.txt").read_text()
    assert text.startswith("Old mill reopens as a library\n\nThe old mill on the river")
    assert "menu" not in text
    assert "- The cat may be stroked" in text
    shown = clean("run", "page.html", "-", "--format", "md", "--links", "--extractor", "blocks").stdout
    assert shown.startswith("# Old mill reopens as a library\n\nThe old mill")
    assert "and a [reading room](" in shown
    assert "[reading room]" not in clean("run", "page.html", "-", "--format", "md").stdout


def test_diff_prints_a_patch_and_writes_nothing(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("run", "raw", "--diff", "-q")
    assert result.stdout.startswith(
        "--- raw/mill.txt\n+++ cleaned/mill.txt\n@@ -1,5 +1,3 @@\n-Valley Post menu\n-\n Old mill"
    )
    assert not Path("out").exists()


def test_a_diff_is_coloured_for_people(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("run", "raw/mill.txt", "--diff", "-q", NO_COLOR="", FORCE_COLOR="1")
    assert "\x1b[31m-Valley Post menu" in result.stdout


def test_a_dry_run_writes_nothing(clean: Callable[..., Result], raw: Path) -> None:
    result = clean("run", "raw", "out", "--dry-run", "--verbose")
    assert "nothing was written" in result.stderr
    assert "cleaned      mill.txt" in result.stderr
    assert not Path("out").exists()


def test_settings_come_from_the_closest_file(clean: Callable[..., Result], raw: Path) -> None:
    Path("clean.toml").write_text('format = "json"\nrules = ["own"]\nskip = ["valley.example/frame"]\n')
    assert clean("run", "raw", "out", "-q").exit_code == 0
    assert "Valley Post footer" in json.loads(Path("out/mill.json").read_text())["text"]
    Path("clean.toml").write_text('fromat = "json"\n')
    result = clean("run", "raw", "out")
    assert result.exit_code == 2
    assert result.stderr.endswith("clean.toml:1: unknown setting 'fromat' (did you mean 'format'?)\n")


def test_quarantined_inputs_give_exit_code_1(clean: Callable[..., Result], raw: Path) -> None:
    (raw / "gone.txt").symlink_to("nowhere")
    (raw / "logo.png").write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\0")
    result = clean("run", "raw", "out")
    assert result.exit_code == 1
    assert "  quarantined       1   1 broken link" in result.stderr
    assert "quarantined: gone.txt: broken link" in result.stderr
    assert f"All that was left out, and why: {Path('out/_clean/left_out.jsonl')}" in result.stderr


def test_a_guard_that_trips_gives_exit_code_1(clean: Callable[..., Result], raw: Path) -> None:
    rules = Path("own/valley.example.toml")
    rules.write_text(f"{RULES}\n[[drop]]\nid = 'greedy'\nline = '(?:The|Volunteers|Borrowing) .*'\n")
    result = clean("run", "raw/mill.txt", "out/", "--site", "valley.example")
    assert result.exit_code == 1
    assert "guard: mill.txt: prose was kept" in result.stderr


def test_a_bad_rule_file_is_told_and_the_rest_works(clean: Callable[..., Result], raw: Path) -> None:
    Path("own/x.example.toml").write_text('schema = 1\nid = "x.example"\n[[dorp]]\nid = "a"\n')
    result = clean("run", "raw", "out")
    assert result.exit_code == 2
    assert "x.example.toml:3" in result.stderr
    assert Path("out/mill.txt").read_text() == STORY


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere", "out"], "nowhere: no such file or folder"),
        (["raw"], "where to? Name a folder for OUT"),
        (["raw", "raw"], "OUT is RAW"),
        (["raw", "."], "RAW lies in OUT"),
        (["raw", "raw/news"], "lies in RAW and holds files that no run wrote"),
        (["raw/mill.txt", "raw"], "OUT is the folder of raw/mill.txt"),
        (["raw/mill.txt", "raw/mill.txt"], "OUT is RAW"),
        (["raw", "raw/mill.txt"], "raw/mill.txt is a file; OUT must be a folder"),
        (["-", "raw"], "raw is a folder, and stdin has no name"),
        (["raw", "-"], "only with --format jsonl"),
        (["raw", "out", "--url", "https://valley.example"], "--url is the address of one page"),
        (["raw/mill.txt", "-", "--meta"], "OUT must be a folder"),
        (["raw", "out", "--rules", "nowhere"], "nowhere: no such folder of rules"),
        (["raw", "out", "--jobs", "0"], "--jobs must be a whole number from 1 on, not 0"),
        (["raw", "out", "--max-removed", "60"], "--max-removed must be a number between 0 and 1, not 60"),
        (["raw", "out", "--config", "no.toml"], "no.toml: No such file"),
        (["raw", "out", "--skip", "share-baar"], "'share-baar'; did you mean 'share-bar'?"),
        (["raw", "out", "-q", "-v"], "exclude each other"),
        (["raw", "out", "--format", "html"], "html"),
        (["raw", "out", "--extractor", "magic"], "magic"),
        (["raw", "out", "--scorer", "maybe"], "maybe"),
        (["raw", "out", "--fromat", "json"], "--format"),
    ],
)
def test_a_mistake_is_told_in_a_line(
    clean: Callable[..., Result], raw: Path, arguments: list[str], message: str
) -> None:
    before = {file: file.read_bytes() for file in raw.rglob("*.*")}
    result = clean("run", *arguments)
    assert result.exit_code == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr
    assert {file: file.read_bytes() for file in raw.rglob("*.*")} == before


def test_an_error_of_ours_writes_a_log(
    clean: Callable[..., Result], raw: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cleaner.batch.run.Run.go", lambda self: 1 / 0)
    result = clean("run", "raw", "out")
    assert result.exit_code == 3
    first, second = result.stderr.splitlines()
    assert first == "clean: an error of clean itself: ZeroDivisionError: division by zero"
    log = Path(second.split()[4].rstrip(";"))
    assert "ZeroDivisionError" in log.read_text()
    log.unlink()


def test_a_terminal_shows_a_bar_and_then_the_summary(raw: Path) -> None:
    ours, theirs = os.openpty()
    environment = {**os.environ, "TERM": "xterm", "COLUMNS": "100"}
    subprocess.run([*COMMAND, "run", "raw", "out", "-j1"], stderr=theirs, env=environment, check=True)
    os.close(theirs)
    shown = b""
    with suppress(OSError):  # the end of a terminal
        while piece := os.read(ours, 1 << 16):
            shown += piece
    os.close(ours)
    bar, end, summary = shown.decode().rpartition("\x1b[2K")
    assert "cleaning" in bar
    assert "2/2" in bar
    assert end
    assert summary.startswith("inputs")
    assert "\x1b[32m  cleaned " in summary


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_with_130_and_can_be_resumed(raw: Path, sign: signal.Signals) -> None:
    for number in range(150):
        (raw / f"{number}.txt").write_text(STORY)
    command = [*COMMAND, "run", "raw", "out", "--jobs", "2"]
    with subprocess.Popen([*command, "-v"], stderr=subprocess.PIPE, text=True, start_new_session=True) as process:
        assert process.stderr is not None
        process.stderr.readline()  # it has begun
        os.killpg(process.pid, sign) if sign is signal.SIGINT else process.send_signal(sign)
        said = process.stderr.read()
    assert process.returncode == 130
    assert "the same command goes on from here" in said
    assert "Traceback" not in said
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert len(list(Path("out").glob("*.txt"))) == 151


def test_a_reader_that_leaves_early_is_no_error(raw: Path) -> None:
    for number in range(300):
        (raw / f"{number}.txt").write_text(STORY * 3)
    with subprocess.Popen(
        [*COMMAND, "run", "raw", "-", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read()
    assert said == ""
    assert process.returncode == 0
