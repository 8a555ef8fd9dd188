"""What a command imports before it answers: starting is most of the time that a short command takes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.counter import FILES, TODAY

ROOT = Path(__file__).resolve().parent.parent
HEAVY = frozenset(
    ["pydantic", "yaml", "tabulate", "jinja2", "pypinyin", "filelock", "subprocess", "lunar_python", "csv", "json"]
)
PROBE = """\
import sys
from aftercare.cli import run
code = run(sys.argv[1:])
sys.stderr.write("\\n".join(["--- modules", *sorted(sys.modules)]))
sys.exit(code)
"""


def _imported(*words: str, book: Path | None = None) -> set[str]:
    """The modules there are in a fresh process that has run one command."""
    environment = {"AFTERCARE_TODAY": TODAY, "AFTERCARE_LANG": "en", "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", PROBE, *words], cwd=book, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout
    return set(done.stderr.partition("--- modules\n")[2].split())


@pytest.mark.parametrize(
    "words", [["--help"], ["--version"], ["customer", "--help"], ["sale", "--help"], ["unit", "--help"]], ids=" ".join
)
def test_help_and_version_import_nothing_heavy(words: list[str]) -> None:
    """No record is read, so nothing that reads, writes or shows one is loaded."""
    assert _imported(*words) & HEAVY == set()


def test_help_loads_these_modules_of_ours_and_no_others() -> None:
    """The whole set by name: a module that joins it slows every command, and should be seen to do so."""
    ours = {name for name in _imported("--help") if name.split(".")[0] == "aftercare"}
    assert ours == {
        "aftercare",
        "aftercare.cli",
        "aftercare.commands",
        "aftercare.commands.nouns",
        "aftercare.commands.session",
        "aftercare.commands.verbs",
        "aftercare.errors",
        "aftercare.language",
        "aftercare.plain",
        "aftercare.plain.moments",
        "aftercare.plain.text",
        "aftercare.render",
        "aftercare.render.output",
    }


def test_due_loads_only_what_it_needs(tmp_path: Path) -> None:
    """Reading and reckoning need models and YAML; tables, papers, pinyin, locks and git do not come along."""
    for file, text in FILES.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    spared = {"tabulate", "jinja2", "pypinyin", "filelock", "subprocess", "lunar_python", "openpyxl"}
    assert _imported("due", book=tmp_path) & spared == set()
