"""``.pre-commit-hooks.yaml``: what a book's repository runs before each commit; ``make test-hooks`` asks pre-commit."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from aftercare.cli import run

ROOT = Path(__file__).parent.parent
HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample shop, where a hook stands."""
    shutil.copytree(ROOT / "data", tmp_path / "shop", ignore=shutil.ignore_patterns(".aftercare"))
    monkeypatch.chdir(tmp_path / "shop")
    monkeypatch.setenv("AFTERCARE_TODAY", "2026-11-20")
    monkeypatch.delenv("AFTERCARE_BOOK", raising=False)
    return tmp_path / "shop"


def _words(hook: dict[str, Any]) -> list[str]:
    tool, *words = shlex.split(hook["entry"])
    assert tool == "aftercare"
    return words


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_passes_a_sound_book_and_stops_a_faulty_one(
    hook: dict[str, Any], book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Silent and 0, or every fault with its file and line; the book may be a folder of the repository."""
    assert (run(_words(hook)), capsys.readouterr().out) == (0, "")
    record = sorted((book / "customers").glob("*/*.yaml"))[0]
    record.write_text(record.read_text(encoding="utf-8") + "referred_by: CU26-9999\n", encoding="utf-8")
    assert run(_words(hook)) == 1
    record.write_text("id: none\n", encoding="utf-8")
    assert run([*_words(hook), "-C", str(book)]) == 3
    assert f"{record.relative_to(book)}:1:" in capsys.readouterr().out


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_a_hook_looks_at_the_whole_book(hook: dict[str, Any]) -> None:
    """Whatever files are committed: what is taken away may be what others refer to."""
    assert hook["language"] == "python"
    assert (hook["pass_filenames"], hook["always_run"]) == (False, True)


def test_the_page_names_the_hook() -> None:
    """What is to be copied from the page is there."""
    page = (ROOT / "docs/editor.md").read_text(encoding="utf-8")
    blocks = [yaml.safe_load(text) for text in re.findall(r"```yaml\n(.*?)```", page, re.DOTALL)]
    named = [hook for block in blocks for repo in block["repos"] for hook in repo["hooks"]]
    assert {hook["id"] for hook in HOOKS} <= {hook["id"] for hook in named}
    assert {hook["entry"] for hook in named if "entry" in hook} == {hook["entry"] for hook in HOOKS}


def test_our_own_commits_run_no_hook(book: Path) -> None:
    """A hook is the operator's; a book that comes with one does not get to run it."""
    (book / "aftercare.yaml").write_text(
        (book / "aftercare.yaml").read_text(encoding="utf-8").replace("git: no", "git: yes"), encoding="utf-8"
    )
    subprocess.run(["git", "init", "--quiet"], check=True)
    hook = book / ".git/hooks/pre-commit"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!{sys.executable}\nopen({str(book / 'acted')!r}, 'w')\nraise SystemExit(1)\n", encoding="utf-8")
    hook.chmod(0o755)
    assert run(["staff", "add", "--name", "小刘"]) == 0
    assert not (book / "acted").exists()
