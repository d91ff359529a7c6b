"""The README is as the code has it, and what it tells the reader to type works."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from api import docs

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text("utf-8")
_CONSOLE = re.compile(r"```console\n(.*?)```", re.DOTALL)
_PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def commands() -> list[str]:
    return [line[2:] for block in _CONSOLE.findall(README) for line in block.splitlines() if line.startswith("$ ")]


def test_the_generated_blocks_are_up_to_date() -> None:
    assert docs.main(["--check"]) == 0, "run `make docs`"


def test_every_block_of_the_code_stands_in_the_readme() -> None:
    assert set(re.findall(r"<!-- generated: (\w+) -->", README)) == set(docs.BLOCKS)


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that looks like a checkout to the commands, with a home of its own."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "ingest").symlink_to(ROOT / "ingest")
    return folder


def run(place: Path, *words: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, "XINPU_HOME": str(place / ".xinpu"), "PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    return subprocess.run(words, capture_output=True, text=True, cwd=place, env=env, check=False)


def test_the_commands_of_the_readme_run_in_their_order(place: Path) -> None:
    listed = commands()
    assert len(listed) >= 15
    for command in listed:
        program, *words = shlex.split(command)
        assert program == "xinpu"
        done = run(place, sys.executable, "-m", "api.cli", *words)
        assert done.returncode == 0, f"{command}\n{done.stdout[-500:]}{done.stderr[-1500:]}"
    assert (place / "case.graphml").exists()


def test_the_python_of_the_readme_runs(place: Path) -> None:
    [code] = _PYTHON.findall(README)
    done = run(place, sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("yes (")


def test_every_verb_and_setting_is_in_the_readme() -> None:
    from api.verbs import VERBS

    assert all(f"`xinpu {verb.name}`" in README for verb in VERBS)
