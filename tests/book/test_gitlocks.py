"""Git's locks: what a killed command of ours left is cleared away, and nothing else is touched."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aftercare.book import gitlocks, history
from aftercare.book.locking import OWN
from aftercare.errors import NotCommitted

SALE = "sales/2026/SA26-0001.yaml"
OTHER = "sales/2026/SA26-0002.yaml"
GIT = shutil.which("git") or ""


@pytest.fixture(autouse=True)
def _clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests, and little patience."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    monkeypatch.setattr(gitlocks, "_WAIT", 0.1)


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Path:
    """A book with one commit."""
    root = tmp_path / "book"
    root.mkdir()
    subprocess.run(["git", "init", "-q", "-b", "main"], cwd=root, check=True)
    history.commit(root, [put(root, SALE)], "one")
    return root


def put(root: Path, relative: str) -> str:
    """A file in the book; its path."""
    file = root / relative
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"id: {file.stem}\n")
    return relative


def files_in(root: Path) -> list[str]:
    """Every file of the newest commit."""
    listed = ["git", "ls-tree", "-r", "--name-only", "--full-tree", "HEAD"]
    return subprocess.run(listed, cwd=root, capture_output=True, text=True, check=True).stdout.split()


def note(root: Path) -> Path:
    """Where the note of a commit under way is."""
    return root / OWN / "committing"


def left_by_a_killed_command(root: Path, *names: str, named: str = "") -> list[Path]:
    """Locks of these names in git's folder, with a note that was written before them."""
    note(root).write_text(named or "HEAD.lock\nrefs/heads/main.lock\nindex.lock")
    files = [root / ".git" / name for name in names]
    for file in files:
        file.touch()
    return files


def wrapped_git(folder: Path, monkeypatch: pytest.MonkeyPatch, at_update_ref: str) -> None:
    """Put a git on the path that does what is said, in the shell, instead of ``update-ref``."""
    wrapper = folder / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\ncase " $* " in *" update-ref "*)\n{at_update_ref}\n;; esac\nexec {GIT} "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")


def commit_elsewhere(root: Path, path: str) -> int:
    """Commit in a process of its own; how that ended."""
    code = "import sys; from pathlib import Path; from aftercare.book import history\n"
    code += "history.commit(Path(sys.argv[1]), [sys.argv[2]], 'killed')"
    return subprocess.run([sys.executable, "-c", code, root, path], check=False).returncode


def test_a_command_that_is_killed_holds_up_nothing(tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed with git's locks taken, the command leaves its files to the next one, which commits both."""
    locks = ".git/HEAD.lock .git/refs/heads/main.lock .git/index.lock"
    with monkeypatch.context() as patch:
        wrapped_git(tmp_path, patch, f"touch {locks}; kill -9 $PPID; exit")
        assert commit_elsewhere(book, put(book, OTHER)) == -9
    assert note(book).exists()
    assert all((book / lock).exists() for lock in locks.split())
    history.commit(book, [put(book, "sales/2026/SA26-0003.yaml")], "next")
    assert files_in(book) == [SALE, OTHER, "sales/2026/SA26-0003.yaml"]
    assert subprocess.check_output(["git", "status", "--porcelain"], cwd=book) == b""
    assert list((book / ".git").rglob("*.lock")) == []
    assert [file.name for file in (book / OWN).iterdir()] == [".gitignore"]


def test_a_git_that_outlives_its_command_is_waited_for(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where only the command was killed, its git ends its work first, and the next commit builds on that."""
    monkeypatch.setattr(gitlocks, "_WAIT", 10.0)
    with monkeypatch.context() as patch:
        wrapped_git(tmp_path, patch, "kill -9 $PPID; touch .git/HEAD.lock; sleep 0.4; rm .git/HEAD.lock")
        assert commit_elsewhere(book, put(book, OTHER)) == -9
    history.commit(book, [put(book, "sales/2026/SA26-0003.yaml")], "next")
    subjects = subprocess.check_output(["git", "log", "--format=%s"], cwd=book, text=True).split()
    assert subjects == ["next", "killed", "one"]


def test_a_git_that_is_killed_alone_leaves_the_note(
    tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When git is killed, or given up, under a command that lives on, the next commit clears up after it."""
    with monkeypatch.context() as patch:
        wrapped_git(tmp_path, patch, "touch .git/HEAD.lock; kill -9 $$")
        with pytest.raises(NotCommitted, match="killed"):
            history.commit(book, [put(book, OTHER)], "two")
    assert note(book).exists()
    history.commit(book, [], "next")
    assert files_in(book) == [SALE, OTHER]


def test_a_lock_that_git_could_not_take_away(tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When git ends well but leaves its lock, for the disk failed it, the next commit clears that up too."""
    with monkeypatch.context() as patch:
        wrapped_git(tmp_path, patch, f'{GIT} "$@" && touch .git/HEAD.lock; exit')
        history.commit(book, [put(book, OTHER)], "two")
    assert (book / ".git" / "HEAD.lock").exists()
    history.commit(book, [put(book, "sales/2026/SA26-0003.yaml")], "three")
    assert files_in(book) == [SALE, OTHER, "sales/2026/SA26-0003.yaml"]
    assert not note(book).exists()


def test_a_book_within_a_repository_and_a_linked_work_tree(book: Path) -> None:
    """The locks are found where git keeps them, be the book in a sub-folder or in a linked work tree."""
    shop = book / "shops" / "one"
    shop.mkdir(parents=True)
    subprocess.run(["git", "worktree", "add", "-q", "-b", "side", "../side"], cwd=book, check=True)
    side = book.parent / "side"
    for root in (shop, side):
        history.commit(root, [put(root, SALE)], "one")
        left_by_a_killed_command(root, named="HEAD.lock\nrefs/heads/main.lock\nrefs/heads/side.lock\nindex.lock")
    for lock in ("HEAD.lock", "refs/heads/main.lock", "refs/heads/side.lock", "worktrees/side/HEAD.lock"):
        (book / ".git" / lock).touch()
    history.commit(shop, [put(shop, OTHER)], "two")
    assert f"shops/one/{OTHER}" in files_in(shop)
    assert (book / ".git" / "worktrees" / "side" / "HEAD.lock").exists()
    history.commit(side, [put(side, OTHER)], "two")
    assert OTHER in files_in(side)


def test_a_lock_without_a_note_is_never_removed(book: Path) -> None:
    """Where no command of ours was killed, a lock is somebody else's; a refusal by git leaves no note either."""
    lock = book / ".git" / "HEAD.lock"
    lock.touch()
    for _attempt in range(2):
        with pytest.raises(NotCommitted, match="HEAD"):
            history.commit(book, [put(book, OTHER)], "two")
        assert lock.exists()
        assert not note(book).exists()


@pytest.mark.parametrize("seconds", [-0.01, -3600.0, gitlocks.PATIENCE + 1, 86400.0])
def test_a_lock_of_another_time_is_never_removed(book: Path, seconds: float) -> None:
    """A lock older than the note, or younger than the killed command can have made it, is somebody else's."""
    [lock] = left_by_a_killed_command(book, "HEAD.lock")
    at = note(book).stat().st_mtime_ns + int(seconds * 1e9)
    os.utime(lock, ns=(at, at))
    with pytest.raises(NotCommitted, match="HEAD"):
        history.commit(book, [put(book, OTHER)], "two")
    assert lock.exists()


def test_only_what_the_note_names_is_removed(book: Path) -> None:
    """Locks that the killed command could not take stay, and so does what a forged note points to."""
    branch, head, odd = left_by_a_killed_command(
        book, "refs/heads/main.lock", "HEAD.lock", "config.lock", named="HEAD.lock\nconfig.lock\n../victim"
    )
    (book / "victim").touch()
    with pytest.raises(NotCommitted, match="main"):
        history.commit(book, [put(book, OTHER)], "two")
    assert [file.exists() for file in (branch, head, odd, book / "victim")] == [True, False, True, True]


def test_a_link_is_no_lock_of_ours(tmp_path: Path, book: Path) -> None:
    """Git makes its locks as ordinary files; anything else under such a name stays."""
    left_by_a_killed_command(book)
    lock = book / ".git" / "HEAD.lock"
    lock.symlink_to(tmp_path)
    with pytest.raises(NotCommitted, match="HEAD"):
        history.commit(book, [put(book, OTHER)], "two")
    assert lock.is_symlink()


def test_a_lock_that_is_in_use_stays(book: Path) -> None:
    """While any process has the lock open it stays, and the commit is put off; after that it is cleared away."""
    [lock] = left_by_a_killed_command(book, "index.lock")
    with lock.open(), pytest.raises(NotCommitted, match=r"index\.lock, and it may be in use"):
        history.commit(book, [put(book, OTHER)], "two")
    assert lock.exists()
    history.commit(book, [], "three")
    assert files_in(book) == [SALE, OTHER]
    assert not lock.exists()


def test_a_lock_stays_while_a_git_runs_in_the_repository(book: Path) -> None:
    """A git has its locks closed for a while, so one that runs in the repository may be the owner."""
    [lock] = left_by_a_killed_command(book, "HEAD.lock")
    with subprocess.Popen(
        ["git", "cat-file", "--batch-check"], cwd=book, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as other:
        assert other.stdin
        assert other.stdout
        other.stdin.write(b"HEAD\n")
        other.stdin.flush()
        other.stdout.readline()  # now it is at work
        with pytest.raises(NotCommitted, match="may be in use"):
            history.commit(book, [put(book, OTHER)], "two")
        assert lock.exists()
        other.stdin.close()
        other.wait()
    history.commit(book, [], "three")
    assert files_in(book) == [SALE, OTHER]


def test_where_processes_cannot_be_looked_at(tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """There a lock must be a minute old before it counts as left."""
    monkeypatch.setattr(gitlocks, "_PROCESSES", tmp_path / "nothing")
    [lock] = left_by_a_killed_command(book, "HEAD.lock")
    with pytest.raises(NotCommitted, match="may be in use"):
        history.commit(book, [put(book, OTHER)], "two")
    assert lock.exists()
    for file in (note(book), lock):
        os.utime(file, (time.time() - 61, time.time() - 61))
    history.commit(book, [], "three")
    assert files_in(book) == [SALE, OTHER]
