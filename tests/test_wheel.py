"""The wheel is complete: it cleans with its own rules, installed apart from the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PAGE = """Header Ads

The lighthouse keeps its second lamp

The second lamp of the lighthouse was lit again on Friday, after the keeper had found the missing lens in a shed.

He says that nobody had looked there since the war, and that the door had been painted shut three times over.

No comments

Powered by Blogger.
"""


@pytest.fixture(scope="module")
def python(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of a fresh environment that has the wheel, and this environment's packages besides."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "environment"
    venv.create(environment, with_pip=False)
    interpreter = environment / "bin" / "python"
    pip = [sys.executable, "-m", "pip", "--python", str(interpreter), "install", "--no-deps", "--no-index", str(wheel)]
    subprocess.run(pip, check=True, capture_output=True)
    (site,) = environment.glob("lib/*/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return interpreter


def test_the_installed_command_cleans_with_its_own_rules(python: Path, tmp_path: Path) -> None:
    raw, out = tmp_path / "raw", tmp_path / "out"
    raw.mkdir()
    (raw / "lamp.txt").write_text(PAGE)
    command = [str(python.with_name("clean")), "run", str(raw), str(out), "--format", "json"]
    subprocess.run(command, check=True, capture_output=True, cwd=tmp_path)
    document = json.loads((out / "lamp.json").read_text())
    assert document["platform"] == "blogger"
    assert document["text"].startswith("The lighthouse keeps its second lamp\n\nThe second lamp")
    assert document["text"].endswith("three times over.")


def test_the_package_is_the_installed_one(python: Path, tmp_path: Path) -> None:
    code = "import cleaner, cleaner.rules as r; print(cleaner.__file__); print(len(r.RuleSet.builtin().files))"
    shown = subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True, cwd=tmp_path)
    place, files = shown.stdout.split()
    assert str(python.parent.parent) in place
    assert int(files) >= 12
