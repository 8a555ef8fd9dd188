"""The hook in pre-commit itself, which installs the tool from the last commit here: ``make test-hooks``."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from aftercare.cli import run

ROOT = Path(__file__).parent.parent.parent
TOOL = os.environ.get("PRE_COMMIT") or shutil.which("pre-commit")


def test_pre_commit_stops_a_faulty_book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a book's repository would run it: passed while the book is sound, failed with the fault's line after."""
    assert TOOL, "pre-commit is not installed: pip install pre-commit"
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "home"))
    assert run(["init", "shop", "--name", "x", "--country", "CN"]) == 0
    monkeypatch.chdir(tmp_path / "shop")
    assert run(["customer", "add", "--name", "王建国"]) == 0
    words = [TOOL, "try-repo", str(ROOT), "aftercare-check-book", "--all-files", "--color=never"]
    sound = subprocess.run(words, check=False, capture_output=True, text=True)
    assert (sound.returncode, "Passed" in sound.stdout) == (0, True), sound.stdout + sound.stderr
    record = next(Path("customers").rglob("*.yaml"))
    record.write_text(record.read_text(encoding="utf-8") + "referred_by: CU26-0099\n", encoding="utf-8")
    subprocess.run(["git", "add", "-A"], check=True)
    faulty = subprocess.run(words, check=False, capture_output=True, text=True)
    assert (faulty.returncode, f"{record}:" in faulty.stdout) == (1, True), faulty.stdout + faulty.stderr
