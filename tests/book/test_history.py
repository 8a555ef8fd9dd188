"""History: one commit of just the files of a command, nobody else's work touched, nothing in the folder run."""

from __future__ import annotations

import os
import shutil
import stat
import subprocess
from pathlib import Path
from typing import NoReturn

import pytest

from aftercare.book import gitlocks, history
from aftercare.book.locking import OWN
from aftercare.errors import CannotWrite, NotCommitted

SALE = "sales/2026/SA26-0001.yaml"
OTHER = "sales/2026/SA26-0002.yaml"


@pytest.fixture(autouse=True)
def _clean_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No settings of whoever runs the tests."""
    for name in list(os.environ):
        if name.startswith("GIT_"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))


@pytest.fixture(name="book")
def _book(tmp_path: Path) -> Path:
    """An empty book that git keeps."""
    root = tmp_path / "book"
    root.mkdir()
    history.init(root)
    return root


def git(root: Path, *arguments: str) -> str:
    """What git says, asked in *root* by an operator with a name."""
    identity = ("-c", "user.name=Shop", "-c", "user.email=shop@example.org")
    done = subprocess.run(["git", *identity, *arguments], cwd=root, capture_output=True, text=True, check=True)
    return done.stdout.strip("\n")


def put(root: Path, relative: str, text: str = "id: X\n") -> str:
    """A file in the book; its path."""
    file = root / relative
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return relative


def files_of(root: Path, commit: str = "HEAD") -> list[str]:
    """What a commit changed."""
    return git(root, "-c", "core.quotepath=false", "show", "--format=", "--name-status", "--no-renames", commit).split(
        "\n"
    )


def remembered(root: Path) -> bool:
    """Whether files still wait for a commit."""
    return (root / OWN / "uncommitted").exists()


def test_first_and_next_commit(book: Path) -> None:
    """Each commit holds its own files with its message, the tree is clean after it, and gone files are gone."""
    history.commit(book, [put(book, SALE), put(book, OTHER)], "sale: add 王建国\n\nbody")
    assert git(book, "log", "-1", "--format=%B").strip() == "sale: add 王建国\n\nbody"
    assert files_of(book) == [f"A\t{SALE}", f"A\t{OTHER}"]
    assert git(book, "status", "--porcelain") == ""
    put(book, SALE, "id: Y\n")
    (book / OTHER).unlink()
    history.commit(book, [SALE, OTHER], "second")
    assert files_of(book) == [f"M\t{SALE}", f"D\t{OTHER}"]
    assert git(book, "status", "--porcelain") == ""
    assert git(book, "fsck", "--strict") == ""
    assert git(book, "rev-list", "--count", "HEAD") == "2"
    assert not remembered(book)


def test_nothing_new_makes_no_commit(book: Path) -> None:
    """Files that are as they were make no empty commit."""
    history.commit(book, [put(book, SALE)], "one")
    history.commit(book, [SALE, "sales/2026/never.yaml"], "two")
    assert git(book, "rev-list", "--count", "HEAD") == "1"


def test_the_operators_staged_work_stays(book: Path) -> None:
    """What is staged or changed by hand is neither committed nor lost."""
    history.commit(book, [put(book, SALE)], "one")
    put(book, "notes.txt", "staged\n")
    git(book, "add", "notes.txt")
    put(book, "notes.txt", "staged, then changed\n")
    put(book, "loose.txt")
    history.commit(book, [put(book, OTHER)], "two")
    assert files_of(book) == [f"A\t{OTHER}"]
    assert git(book, "status", "--porcelain").split("\n") == ["AM notes.txt", "?? loose.txt"]
    assert git(book, "show", ":notes.txt") == "staged"


def test_a_book_in_a_larger_repository(tmp_path: Path) -> None:
    """A book in a sub-folder uses the repository around it, whatever the folder is called."""
    git(tmp_path, "init", "-q", "around")
    book = tmp_path / "around" / "our shop" / "账本"
    book.mkdir(parents=True)
    assert history.is_on(book)
    history.init(book)
    assert not (book / ".git").exists()
    history.commit(book, [put(book, SALE)], "one")
    history.commit(book, [put(book, SALE, "id: Y\n"), put(book, 'odd "名\\\n.txt')], "two")
    assert files_of(book)[-1] == f"M\tour shop/账本/{SALE}"
    assert git(tmp_path / "around", "status", "--porcelain") == ""


def test_a_worktree_and_long_hashes(tmp_path: Path) -> None:
    """A linked work tree commits to its own branch; a repository with SHA-256 works alike."""
    git(tmp_path, "init", "-q", "--object-format=sha256", "main")
    history.commit(tmp_path / "main", [put(tmp_path / "main", SALE)], "one")
    git(tmp_path / "main", "worktree", "add", "-q", "-b", "side", "../side")
    history.commit(tmp_path / "side", [put(tmp_path / "side", OTHER)], "two")
    (tmp_path / "side" / OTHER).unlink()
    history.commit(tmp_path / "side", [OTHER], "three")
    assert git(tmp_path / "side", "rev-list", "--count", "side") == "3"
    assert git(tmp_path / "main", "rev-list", "--count", "HEAD") == "1"


def test_whether_git_keeps_the_book(tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Yes in a work tree; no elsewhere, in git's own folder, or without git."""
    (tmp_path / "bare").mkdir()
    assert history.is_on(book)
    assert not history.is_on(tmp_path / "bare")
    assert not history.is_on(book / ".git")
    monkeypatch.setenv("PATH", "")
    assert not history.is_on(book)


def test_the_repository_is_private(tmp_path: Path) -> None:
    """What a book's own repository holds is for the owner alone, whatever the umask, and comes with no hooks."""
    before = os.umask(0o000)
    try:
        history.init(tmp_path)
        history.commit(tmp_path, [put(tmp_path, SALE)], "one")
    finally:
        os.umask(before)
    for file in (tmp_path / ".git").rglob("*"):
        assert not stat.S_IMODE(file.stat().st_mode) & 0o077, file
    assert not (tmp_path / ".git" / "hooks").exists()


def test_who_commits(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator's own name is used; where there is none, the tool's."""
    history.commit(book, [put(book, SALE, "1")], "one")
    assert git(book, "log", "-1", "--format=%an <%ae> %cn") == "aftercare <aftercare@localhost> aftercare"
    git(book, "config", "user.name", "店主")
    git(book, "config", "user.email", "me@example.org")
    history.commit(book, [put(book, SALE, "2")], "two")
    assert git(book, "log", "-1", "--format=%an <%ae>") == "店主 <me@example.org>"
    monkeypatch.setenv("GIT_AUTHOR_NAME", "Clerk")
    history.commit(book, [put(book, SALE, "3")], "three")
    assert git(book, "log", "-1", "--format=%an %cn") == "Clerk 店主"


def test_another_repository_in_the_environment_is_not_used(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run from a hook of some other repository, the commit still goes to the book's."""
    git(book.parent, "init", "-q", "elsewhere")
    monkeypatch.setenv("GIT_DIR", str(book.parent / "elsewhere" / ".git"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(book.parent / "index"))
    history.commit(book, [put(book, SALE)], "one")
    monkeypatch.undo()
    assert git(book, "rev-list", "--count", "HEAD") == "1"
    assert not (book.parent / "index").exists()


def test_nothing_in_the_folder_is_run(tmp_path: Path, book: Path) -> None:
    """Hooks, a file system monitor, filters, hooks that are settings and a git in the book: none of them runs.

    The same traps do run under a plain git, so the test can fail.
    """
    canary = tmp_path / "canary"
    trap = tmp_path / "trap"
    trap.write_text(f'#!/bin/sh\necho "$0" >> {canary}\ncat\n')
    trap.chmod(0o755)
    hooks = book / ".git" / "hooks"
    hooks.mkdir()
    for name in ("pre-commit", "post-commit", "reference-transaction", "post-index-change", "commit-msg"):
        shutil.copy(trap, hooks / name)
    for setting, value in (
        ("core.fsmonitor", str(trap)),
        ("core.hooksPath", str(hooks)),
        ("filter.evil.clean", str(trap)),
        ("filter.evil.process", str(trap)),
        ("filter.evil.smudge", str(trap)),
        ("gpg.program", str(trap)),
        ("commit.gpgSign", "true"),
        ("core.editor", str(trap)),
        ("core.sshCommand", str(trap)),
        ("core.pager", str(trap)),
        ("hook.evil=one.command", str(trap)),
        ("hook.evil=one.event", "reference-transaction"),
    ):
        git(book, "config", setting, value)
    put(book, ".gitattributes", "* filter=evil\n")
    shutil.copy(trap, book / "git")
    history.commit(book, [put(book, SALE), ".gitattributes"], "one")
    history.commit(book, [put(book, SALE, "id: Y\n")], "two")
    assert history.is_on(book)
    assert not canary.exists()
    assert git(book, "-c", "core.fsmonitor=false", "cat-file", "-p", f"HEAD:{SALE}") == "id: Y"
    subprocess.run(["git", "add", SALE], cwd=book, capture_output=True, check=False)
    assert canary.exists()


def test_a_git_in_the_book_is_not_taken_for_git(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program named git in the book or under a relative path is never the git we run."""
    (book / "git").write_text("#!/bin/sh\necho true\n")
    (book / "git").chmod(0o755)
    monkeypatch.chdir(book)
    monkeypatch.setenv("PATH", os.pathsep.join([str(book), ".", ""]))
    with pytest.raises(NotCommitted, match="git is not installed"):
        history.commit(book, [put(book, SALE)], "one")


def test_personal_data_is_in_no_argument(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the message nor the name of a file is seen in a list of processes."""
    seen: list[str] = []
    run = subprocess.run

    def noted(arguments: list[str], **rest: object) -> object:
        seen.extend(arguments)
        return run(arguments, **rest)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "run", noted)
    history.commit(book, [put(book, "attachments/王建国.txt")], "customer: add 王建国")
    assert "commit-tree" in seen
    assert not [word for word in seen if "王" in word]


def test_links_are_not_followed_into_history(tmp_path: Path, book: Path) -> None:
    """What a link points to does not become part of the history."""
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (book / "sales" / "2026").mkdir(parents=True)
    (book / SALE).symlink_to(secret)
    (book / "claims").symlink_to(tmp_path)
    history.commit(book, [SALE, "claims/secret", put(book, OTHER)], "one")
    assert files_of(book) == [f"A\t{OTHER}"]


@pytest.mark.parametrize("lock", [".git/HEAD.lock", ".git/refs/heads/BRANCH.lock"])
def test_a_stale_lock_of_git_holds_up_the_commit_only(book: Path, lock: str) -> None:
    """With a branch locked the commit is refused with git's reason; the next one takes the files along."""
    history.commit(book, [put(book, SALE)], "one")
    stale = book / lock.replace("BRANCH", git(book, "symbolic-ref", "--short", "HEAD"))
    stale.touch()
    with pytest.raises(NotCommitted, match="lock") as caught:
        history.commit(book, [put(book, OTHER)], "two")
    assert "\n" not in caught.value.sentence
    assert caught.value.exit_code == 6
    stale.unlink()
    history.commit(book, [put(book, SALE, "id: Y\n")], "three")
    assert files_of(book) == [f"M\t{SALE}", f"A\t{OTHER}"]
    assert not remembered(book)


def test_a_locked_index_is_brought_up_to_date_later(book: Path) -> None:
    """Somebody else's hold on the index does not stop the commit; the index learns of the file next time."""
    history.commit(book, [put(book, SALE)], "one")
    stale = book / ".git" / "index.lock"
    stale.touch()
    history.commit(book, [put(book, OTHER)], "two")
    assert files_of(book) == [f"A\t{OTHER}"]
    stale.unlink()
    history.commit(book, [put(book, SALE, "id: Y\n")], "three")
    assert files_of(book) == [f"M\t{SALE}"]
    assert git(book, "status", "--porcelain") == ""


def test_states_in_which_nothing_is_committed(book: Path) -> None:
    """No branch checked out, a merge under way, a bare repository: one line says which; the files are remembered."""
    history.commit(book, [put(book, SALE)], "one")
    branch = git(book, "symbolic-ref", "--short", "HEAD")
    git(book, "checkout", "-q", "--detach")
    with pytest.raises(NotCommitted, match="no branch"):
        history.commit(book, [put(book, OTHER)], "two")
    git(book, "checkout", "-q", branch)
    merge = book / ".git" / "MERGE_HEAD"
    merge.write_text(git(book, "rev-parse", "HEAD"))
    with pytest.raises(NotCommitted, match="merge"):
        history.commit(book, [], "three")
    merge.unlink()
    git(book, "config", "core.bare", "true")
    with pytest.raises(NotCommitted):
        history.commit(book, [], "four")
    git(book, "config", "core.bare", "false")
    history.commit(book, [], "five")
    assert files_of(book) == [f"A\t{OTHER}"]


def test_without_git_or_repository(tmp_path: Path, book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A missing git or repository is said in one line and forgotten files are caught up with."""
    plain = tmp_path / "plain"
    plain.mkdir()
    with pytest.raises(NotCommitted, match="does not lie in a folder that git keeps"):
        history.commit(plain, [put(plain, SALE)], "one")
    with monkeypatch.context() as patch:
        patch.setenv("PATH", str(tmp_path))
        with pytest.raises(NotCommitted, match="git is not installed"):
            history.commit(book, [put(book, SALE)], "one")
        with pytest.raises(NotCommitted, match="git is not installed"):
            history.init(book)
    history.commit(book, [put(book, OTHER)], "two")
    assert files_of(book) == [f"A\t{SALE}", f"A\t{OTHER}"]


def test_what_a_killed_command_left_is_committed_next(book: Path) -> None:
    """Files noted before they were written, an index of our own and its lock are no hindrance to the next command."""
    assert history.remember(book, [SALE]) == [SALE]
    assert history.remember(book, [SALE, OTHER]) == [SALE, OTHER]
    put(book, SALE)
    for name in ("git-index", "git-index.lock"):
        (book / OWN / name).write_bytes(b"half")
    history.commit(book, [], "next")
    assert files_of(book) == [f"A\t{SALE}"]
    assert sorted(file.name for file in (book / OWN).iterdir()) == [".gitignore"]


def test_a_forged_note_leads_nowhere(tmp_path: Path, book: Path) -> None:
    """Names in the note that lie outside the book, in git's folder or in our own are passed over."""
    put(tmp_path, "outside.txt")
    history.remember(book, [put(book, SALE)])
    (book / OWN / "uncommitted").write_text(f"../outside.txt\0/etc/hostname\0.git/config\0{OWN}/lock\0\0{SALE}")
    history.commit(book, [], "next")
    assert files_of(book) == [f"A\t{SALE}"]


def test_a_disk_that_cannot_be_written(book: Path) -> None:
    """Where nothing can be noted, the note says so and the commit says that the record is saved."""
    (book / OWN).write_text("in the way")
    with pytest.raises(CannotWrite):
        history.remember(book, [SALE])
    with pytest.raises(NotCommitted, match="saved, but not committed"):
        history.commit(book, [put(book, SALE)], "one")


def test_a_record_that_was_saved_was_said_not_to_be(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """One line said "saved" and "nothing was changed": whoever read its end typed the record again."""

    def refused(root: Path, paths: object) -> NoReturn:
        raise CannotWrite(f"{OWN}/uncommitted", "No space left on device")

    monkeypatch.setattr(history, "remember", refused)
    with pytest.raises(NotCommitted) as told:
        history.commit(book, ["sales/2026/SA26-0001.yaml"], "sale add")
    assert told.value.sentence.endswith(f"git: {OWN}/uncommitted: No space left on device")


def test_a_git_that_hangs_is_given_up(book: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A git that never ends does not hold up the command for ever."""
    slow = tmp_path / "bin" / "git"
    slow.parent.mkdir()
    slow.write_text("#!/bin/sh\nexec sleep 30\n")
    slow.chmod(0o755)
    monkeypatch.setenv("PATH", f"{slow.parent}{os.pathsep}{os.environ['PATH']}")
    monkeypatch.setattr(gitlocks, "PATIENCE", 0.1)
    with pytest.raises(NotCommitted, match="did not finish"):
        history.commit(book, [put(book, SALE)], "one")
