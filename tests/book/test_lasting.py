"""Many files at once: on the disk where the system cannot be asked for all of them, and in git as one pack."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from aftercare.book import history, lasting, writing
from aftercare.book.journal import Change

_MANY = [Change(f"customers/2026/CU26-{n:04}.yaml", None, f"name: 客户{n}\n".encode()) for n in range(1, 121)]


@pytest.mark.parametrize("kernel", [(5, 8), (5, 7)])
def test_many_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kernel: tuple[int, ...]) -> None:
    """All are there and no temporary file is, also where each has to be asked for by itself."""
    monkeypatch.setattr(lasting, "_kernel", lambda: kernel)
    writing.write(tmp_path, _MANY)
    assert {path.name for path in (tmp_path / "customers/2026").iterdir()} == {Path(c.file).name for c in _MANY}
    assert all((tmp_path / change.file).read_bytes() == change.after for change in _MANY)


def test_not_without_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no ``sync`` nothing is promised."""
    monkeypatch.setenv("PATH", "")
    assert not lasting.all_at_once(tmp_path)


@pytest.mark.parametrize("by", ["sha1", "sha256"])
def test_many_files_in_git(tmp_path: Path, by: str) -> None:
    """They are one commit, whole, under the names that git itself gives them, and nothing is left to be committed."""
    subprocess.run(["git", "init", "-q", f"--object-format={by}", str(tmp_path)], check=True)
    writing.write(tmp_path, _MANY)
    history.commit(tmp_path, [change.file for change in _MANY], "import customer CU26-0001..CU26-0120")

    def git(*words: str) -> str:
        return subprocess.run(["git", *words], cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    git("fsck", "--strict")
    assert len(git("ls-tree", "-r", "--name-only", "HEAD").split()) == len(_MANY)
    assert git("status", "--porcelain", "customers") == ""
