"""Whatever state git is in, a command that writes is done: exit 0 or 6, one line, and the next commit has it all.

A shop that could not write a sale because of its history, or that lost one from it without a word, would be the worse
for having one.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeAlias

import pytest

from tests import under_git
from tests.counter import Counter
from tests.the_index import left_beside_it
from tests.under_git import git

State: TypeAlias = "Callable[[Path, pytest.MonkeyPatch], Iterator[None]]"


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop under git, all of it committed by hand at first."""
    return under_git.opened(tmp_path / "book", capsys, monkeypatch)


def in_front_of_git(root: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> None:
    """Put a shell script before git, which may go on to it with ``real "$@"``."""
    real = shutil.which("git")
    script = root.parent / "bin" / "git"
    script.parent.mkdir()
    script.write_text("\n".join(("#!/bin/sh", f'real() {{ exec {real} "$@"; }}', *lines)) + "\n")
    script.chmod(0o755)
    monkeypatch.setenv("PATH", f"{script.parent}{os.pathsep}{os.environ['PATH']}")


def no_git(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The program is not there."""
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(root.parent))
        yield


def head_lock(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody left HEAD.lock."""
    (root / ".git" / "HEAD.lock").touch()
    yield
    (root / ".git" / "HEAD.lock").unlink()


def branch_lock(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Somebody left the lock of the branch."""
    lock = root / ".git" / f"{git(root, 'symbolic-ref', 'HEAD')}.lock"
    lock.touch()
    yield
    lock.unlink()


def detached(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No branch is checked out."""
    branch = git(root, "symbolic-ref", "--short", "HEAD")
    git(root, "checkout", "-q", "--detach")
    yield
    git(root, "checkout", "-q", branch)


def merging(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A merge is under way."""
    (root / ".git" / "MERGE_HEAD").write_text(git(root, "rev-parse", "HEAD") + "\n")
    yield
    (root / ".git" / "MERGE_HEAD").unlink()


def rebasing(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A rebase is under way."""
    (root / ".git" / "rebase-merge").mkdir()
    yield
    (root / ".git" / "rebase-merge").rmdir()


def bare(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The repository says that it has no work tree."""
    git(root, "config", "core.bare", "true")
    yield
    git(root, "config", "core.bare", "false")


def nowhere(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The file .git points to a folder that is gone."""
    (root / ".git").rename(root.parent / "away")
    (root / ".git").write_text(f"gitdir: {root.parent / 'gone'}\n")
    yield
    (root / ".git").unlink()
    (root.parent / "away").rename(root / ".git")


def empty_git(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The folder .git is there, and nothing in it."""
    (root / ".git").rename(root.parent / "away")
    (root / ".git").mkdir()
    yield
    (root / ".git").rmdir()
    (root.parent / "away").rename(root / ".git")


def bad_config(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The repository's settings cannot be read."""
    kept = (root / ".git" / "config").read_bytes()
    (root / ".git" / "config").write_text("[core\n")
    yield
    (root / ".git" / "config").write_bytes(kept)


def bad_head(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A power cut left the branch empty."""
    branch = root / ".git" / git(root, "symbolic-ref", "HEAD")
    kept = branch.read_bytes()
    branch.write_bytes(b"")
    yield
    branch.write_bytes(kept)


def full_disk(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Git can write no byte, as on a disk that is full, and is killed for trying."""
    with monkeypatch.context() as patch:
        in_front_of_git(root, patch, "ulimit -f 0", 'real "$@"')
        yield


def full_disk_said(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Git can write no byte, and says so."""
    with monkeypatch.context() as patch:
        in_front_of_git(root, patch, "trap '' XFSZ", "ulimit -f 0", 'real "$@"')
        yield


def read_only(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Git's folder takes no new object: what lies in its place is no folder."""
    objects = root / ".git" / "objects"
    git(root, "gc", "-q")
    away = root.parent / "objects"
    shutil.copytree(objects, away)
    for folder in objects.iterdir():
        if len(folder.name) == 2:
            shutil.rmtree(folder)
    for number in range(256):
        (objects / f"{number:02x}").write_text("in the way")
    yield
    shutil.rmtree(objects)
    away.rename(objects)


def crashing(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Git dies in the midst of the commit."""
    with monkeypatch.context() as patch:
        in_front_of_git(root, patch, 'case "$*" in *commit-tree*) kill -9 $$;; esac', 'real "$@"')
        yield


HELD_UP: list[State] = [
    no_git, head_lock, branch_lock, detached, merging, rebasing, bare, nowhere, empty_git, bad_config, bad_head,
    full_disk, full_disk_said, read_only, crashing,
]  # fmt: skip


LOCKS = [head_lock, branch_lock]


def index_lock(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """An editor of the operator has the index locked."""
    (root / ".git" / "index.lock").touch()
    yield
    (root / ".git" / "index.lock").unlink()


def no_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Nobody said under which name to commit, and git is told not to guess."""
    git(root, "config", "user.useConfigOnly", "true")
    with monkeypatch.context() as patch:
        patch.setenv("EMAIL", "")
        yield


def empty_name(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A name is set, and says nothing."""
    git(root, "config", "user.name", "")
    git(root, "config", "user.email", "<>")
    with monkeypatch.context() as patch:
        patch.setenv("GIT_AUTHOR_NAME", " ")
        yield


def wrong_date(_root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The environment names a day that there is not."""
    with monkeypatch.context() as patch:
        patch.setenv("GIT_COMMITTER_DATE", "the day before the flood")
        yield


def failing_hooks(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Hooks that refuse every commit."""
    hooks = root / ".git" / "hooks"
    hooks.mkdir(exist_ok=True)
    for name in ("pre-commit", "commit-msg", "reference-transaction", "post-commit"):
        (hooks / name).write_text("#!/bin/sh\nexit 1\n")
        (hooks / name).chmod(0o755)
    yield
    shutil.rmtree(hooks)


def signing(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commits are to be signed, with a program that is not there."""
    git(root, "config", "commit.gpgsign", "true")
    git(root, "config", "gpg.program", "/nowhere")
    yield
    git(root, "config", "commit.gpgsign", "false")


def line_ends(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Git is told to turn line ends about, and to refuse what it could not turn back."""
    git(root, "config", "core.autocrlf", "true")
    git(root, "config", "core.safecrlf", "true")
    yield


def sparse(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Only a part of the files is checked out, and the index holds no more."""
    git(root, "sparse-checkout", "set", "--cone", "--sparse-index", "customers", "products")
    yield
    git(root, "sparse-checkout", "disable")


def split_index(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The operator's index lies in two files."""
    git(root, "config", "core.splitIndex", "true")
    git(root, "update-index", "--split-index")
    yield


def other_encoding(root: Path, _monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Commits are said to be written in another encoding than they are."""
    git(root, "config", "i18n.commitEncoding", "GB18030")
    yield
    assert "encoding" not in git(root, "cat-file", "commit", "HEAD").split("\n\n")[0]


UNHINDERED: list[State] = [
    index_lock, no_name, empty_name, wrong_date, failing_hooks, signing, line_ends, sparse, split_index, other_encoding,
]  # fmt: skip


def settled(counter: Counter) -> None:
    """The next command leaves nothing uncommitted, and git finds nothing wrong."""
    counter.done("customer set CU25-0007 note=next")
    assert git(counter.folder, "status", "--porcelain") == ""
    assert git(counter.folder, "fsck", "--strict", "--no-dangling") == ""
    assert "note: tried" in git(counter.folder, "show", "HEAD:customers/2026/CU26-0001.yaml")
    assert left_beside_it(counter.folder) == ["holder", "lock"]


@pytest.mark.parametrize("state", HELD_UP, ids=lambda state: state.__name__)
def test_saved_and_committed_later(counter: Counter, monkeypatch: pytest.MonkeyPatch, state: State) -> None:
    """Exit 6 and one line that says why; the commit of the next command takes it along and names it."""
    with contextmanager(state)(counter.folder, monkeypatch):
        printed = counter("customer set CU26-0001 note=tried")
        assert printed.code == 6, printed.err
        assert printed.err.splitlines()[0].startswith("aftercare: saved, but not committed to git: ")
        assert printed.err.splitlines()[1:] == (["look at it with: aftercare doctor"] if state in LOCKS else [])
        assert str(counter.folder.parent) not in printed.err
        assert "note: tried" in counter.text("CU26-0001")
        assert counter("customer show CU26-0001").code == 0
    settled(counter)
    assert git(counter.folder, "log", "-1", "--format=%b").strip() == "Also: customer set CU26-0001"


@pytest.mark.parametrize("state", UNHINDERED, ids=lambda state: state.__name__)
def test_committed_at_once(counter: Counter, monkeypatch: pytest.MonkeyPatch, state: State) -> None:
    """What need not stop a commit does not; what is set for the operator's own commits has no say in ours."""
    with contextmanager(state)(counter.folder, monkeypatch):
        assert counter.done("customer set CU26-0001 note=tried").err == ""
        assert git(counter.folder, "log", "-1", "--format=%s") == "customer set CU26-0001"
    settled(counter)


def test_a_submodule_and_a_branch_without_commits(counter: Counter, tmp_path: Path) -> None:
    """A book that is a module of another repository commits to its own; a first commit is made where there is none."""
    git(tmp_path, "init", "-q", "around")
    around = tmp_path / "around"
    git(around, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(counter.folder), "shop")
    shop = around / "shop"
    assert (shop / ".git").is_file()
    counter.done(f"-C {shop} customer set CU26-0001 note=tried")
    assert git(shop, "log", "-1", "--format=%s") == "customer set CU26-0001"
    git(counter.folder, "update-ref", "-d", "HEAD")
    counter.done("customer set CU26-0001 note=tried")
    assert git(counter.folder, "log", "--format=%s") == "customer set CU26-0001"


def test_many_that_failed_are_all_named(counter: Counter) -> None:
    """Two days without git: the commit that makes it good names what was done, and undoing it undoes it all."""
    before = under_git.records(counter)
    lock = counter.folder / ".git" / "HEAD.lock"
    lock.touch()
    for number in range(3):
        assert counter(f"customer set CU26-000{number % 2 + 1} note=n{number}").code == 6
    lock.unlink()
    counter.done("staff set ST26-0001 note=next")
    assert git(counter.folder, "log", "-1", "--format=%b").splitlines() == [
        "Also: customer set CU26-0001",
        "Also: customer set CU26-0002",
    ]
    counter.done("undo")
    assert under_git.records(counter) == before


def test_what_was_committed_by_hand_meanwhile_is_not_claimed(counter: Counter) -> None:
    """The next command would have said that it made good what somebody else's commit holds."""
    lock = counter.folder / ".git" / "HEAD.lock"
    lock.touch()
    assert counter("customer set CU26-0001 note=tried").code == 6
    assert counter("customer set CU26-0002 note=waits").code == 6
    lock.unlink()
    git(counter.folder, "commit", "-qm", "by hand", "--", "customers/2026/CU26-0001.yaml")
    counter.done("staff set ST26-0001 note=next")
    assert git(counter.folder, "log", "-1", "--format=%b").strip() == "Also: customer set CU26-0002"


def test_an_undo_that_takes_a_command_along_can_be_taken_back_itself(counter: Counter) -> None:
    """What was saved and not committed before it would have been passed over by every undo for ever."""
    counter.done("customer set CU26-0002 note=one")
    (lock := counter.folder / ".git" / "HEAD.lock").touch()
    assert counter("customer set CU26-0001 note=tried").code == 6
    lock.unlink()
    counter.done(f"undo {git(counter.folder, 'rev-parse', 'HEAD')}")
    assert git(counter.folder, "log", "-1", "--format=%b").splitlines()[-1] == "Also: customer set CU26-0001"
    counter.done("undo")
    assert "note: tried" not in counter.text("CU26-0001")
