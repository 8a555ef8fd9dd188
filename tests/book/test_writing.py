"""Writing: the old file or the new one, never less, whatever the disk says."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aftercare.book import writing
from aftercare.book.journal import Change
from aftercare.errors import CannotWrite, ChangedUnderneath, NotConfirmed

SALE = "sales/2026/SA26-0001.yaml"
CLAIM = "claims/2026/CL26-0001.yaml"
OLD, NEW = b"id: SA26-0001\n", b"id: SA26-0001\nnote: new\n"


def contents(root: Path) -> dict[str, bytes]:
    """Every file of the book, hidden ones too, but for the line that hides the tool's own folder from git."""
    files = {str(file.relative_to(root)): file.read_bytes() for file in root.rglob("*") if file.is_file()}
    files.pop(".aftercare/.gitignore", None)
    return files


def failing(
    call: Callable[..., Any], problem: BaseException, at: int, *, ever_after: bool = False
) -> Callable[..., Any]:
    """The *call*, which fails at its *at*-th time, and perhaps from then on."""
    count = 0

    def called(*arguments: Any, **names: Any) -> Any:
        nonlocal count
        count += 1
        if count == at or (ever_after and count > at):
            raise problem
        return call(*arguments, **names)

    return called


def full() -> OSError:
    """What a full disk says."""
    return OSError(errno.ENOSPC, "No space left on device")


def test_create_replace_delete(tmp_path: Path) -> None:
    """A file is made with its folders, changed and taken away, and nothing else is left."""
    writing.create(tmp_path, SALE, OLD)
    assert contents(tmp_path) == {SALE: OLD}
    writing.replace(tmp_path, SALE, NEW, OLD)
    assert contents(tmp_path) == {SALE: NEW}
    writing.delete(tmp_path, SALE, NEW)
    assert contents(tmp_path) == {}


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o027])
def test_what_is_written_is_the_owners_alone(tmp_path: Path, umask: int) -> None:
    """Files are 0600 and folders 0700, whatever the umask allows."""
    before = os.umask(umask)
    try:
        writing.create(tmp_path, SALE, OLD)
    finally:
        os.umask(before)
    assert (tmp_path / SALE).stat().st_mode & 0o777 == 0o600
    assert (tmp_path / "sales").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "sales/2026").stat().st_mode & 0o777 == 0o700


def test_a_replaced_file_keeps_its_permissions(tmp_path: Path) -> None:
    """Who let others read a record meant it."""
    writing.create(tmp_path, SALE, OLD)
    (tmp_path / SALE).chmod(0o644)
    writing.replace(tmp_path, SALE, NEW, OLD)
    assert (tmp_path / SALE).stat().st_mode & 0o777 == 0o644


def test_no_file_is_written_over_unseen(tmp_path: Path) -> None:
    """A new file does not take the place of one that is there, and a change needs the bytes it was made from."""
    writing.create(tmp_path, SALE, OLD)
    with pytest.raises(ChangedUnderneath, match="SA26-0001"):
        writing.create(tmp_path, SALE, NEW)
    with pytest.raises(ChangedUnderneath):
        writing.replace(tmp_path, SALE, NEW, b"something else")
    with pytest.raises(ChangedUnderneath):
        writing.delete(tmp_path, SALE, NEW)
    with pytest.raises(ChangedUnderneath):
        writing.replace(tmp_path, CLAIM, NEW, OLD)
    assert contents(tmp_path) == {SALE: OLD}


def test_several_files_change_together(tmp_path: Path) -> None:
    """Two files of the same stem, a new folder, a change and a removal make one write."""
    writing.create(tmp_path, SALE, OLD)
    writing.create(tmp_path, "visits/2026/VI26-0001.yaml", b"v")
    trace = CLAIM.replace(".yaml", ".json")
    writing.write(
        tmp_path,
        [
            Change(CLAIM, None, b"c"),
            Change(trace, None, b"{}"),
            Change(SALE, OLD, NEW),
            Change("visits/2026/VI26-0001.yaml", b"v", None),
            Change("aftercare.yaml", None, b"shop: x\n"),
        ],
    )
    assert contents(tmp_path) == {SALE: NEW, CLAIM: b"c", trace: b"{}", "aftercare.yaml": b"shop: x\n"}


def test_one_refusal_refuses_all(tmp_path: Path) -> None:
    """If the last of several files has changed, the first are not written either."""
    writing.create(tmp_path, SALE, OLD)
    with pytest.raises(ChangedUnderneath):
        writing.write(tmp_path, [Change(CLAIM, None, b"c"), Change(SALE, b"x", NEW)])
    with pytest.raises(ChangedUnderneath):
        writing.write(tmp_path, [Change(CLAIM, None, b"c"), Change(SALE, None, NEW)])
    assert contents(tmp_path) == {SALE: OLD}


CALLS = ["open", "write", "fsync", "link", "replace", "unlink", "mkdir", "fchmod", "listdir"]


@pytest.mark.parametrize("call", CALLS)
@pytest.mark.parametrize("at", [1, 2, 3, 4, 5, 6, 7, 8])
def test_a_failing_disk_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str, at: int) -> None:
    """Whichever call fails once: all is as before, with no temporary file left; or it did not matter and is done."""
    visit = "visits/2026/VI26-0001.yaml"
    writing.create(tmp_path, SALE, OLD)
    writing.create(tmp_path, visit, b"v")
    before = contents(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(os, call, failing(getattr(os, call), full(), at))
        try:
            writing.write(tmp_path, [Change(CLAIM, None, b"c"), Change(SALE, OLD, NEW), Change(visit, b"v", None)])
        except CannotWrite:
            assert contents(tmp_path) == before
        else:
            left = contents(tmp_path)
            assert left.pop(CLAIM) == b"c"
            assert left.pop(SALE) == NEW
            assert call == "unlink" or not left


@pytest.mark.parametrize("call", ["fsync", "write", "link", "replace"])
def test_a_disk_that_stays_full(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """A call that fails for ever leaves every single file whole, and says so if one could not be put back."""
    writing.create(tmp_path, SALE, OLD)
    for at in range(1, 9):
        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing(getattr(os, call), full(), at, ever_after=True))
            try:
                writing.replace(tmp_path, SALE, NEW, OLD)
            except CannotWrite:
                assert contents(tmp_path) == {SALE: OLD}
            except NotConfirmed:
                assert contents(tmp_path) == {SALE: NEW}
        left = contents(tmp_path)
        assert left in ({SALE: OLD}, {SALE: NEW})
        if left == {SALE: NEW}:
            writing.replace(tmp_path, SALE, OLD, NEW)


@pytest.mark.parametrize("call", ["fsync", "link"])
def test_an_interruption_leaves_no_half(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """Ctrl-C in the middle passes through, and takes back what was done."""
    for at in range(1, 4):
        with monkeypatch.context() as patch:
            patch.setattr(os, call, failing(getattr(os, call), KeyboardInterrupt(), at))
            if call == "link" and at > 1:
                break
            with pytest.raises(KeyboardInterrupt):
                writing.create(tmp_path, SALE, OLD)
        assert contents(tmp_path) == {}


def test_file_systems_without_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a file cannot have two names, a new one is renamed into place, and still never over another."""
    no_links = OSError(errno.EPERM, "Operation not permitted")
    monkeypatch.setattr(os, "link", failing(os.link, no_links, 1, ever_after=True))
    writing.create(tmp_path, SALE, OLD)
    with pytest.raises(ChangedUnderneath):
        writing.create(tmp_path, SALE, NEW)
    assert contents(tmp_path) == {SALE: OLD}


def test_what_killed_writers_left_is_cleared(tmp_path: Path) -> None:
    """A temporary file of a dead process, even one with our number, goes with the next write; other files stay."""
    writing.create(tmp_path, SALE, OLD)
    folder = (tmp_path / SALE).parent
    for name in (f".SA26-0001.yaml.{os.getpid()}.tmp", ".SA26-0002.yaml.1.tmp", ".SA26-0001.yaml.swp", "a.1.tmp"):
        (folder / name).write_bytes(b"half")
    writing.replace(tmp_path, SALE, NEW, OLD)
    assert sorted(file.name for file in folder.iterdir()) == [".SA26-0001.yaml.swp", "SA26-0001.yaml", "a.1.tmp"]
    (folder / ".SA26-0002.yaml.1.tmp").write_bytes(b"half")
    writing.clear_leftovers(tmp_path, "sales/2026")
    writing.clear_leftovers(tmp_path, "no/such/folder")
    assert sorted(file.name for file in folder.iterdir()) == [".SA26-0001.yaml.swp", "SA26-0001.yaml", "a.1.tmp"]


def test_links_are_not_written_through(tmp_path: Path) -> None:
    """A link in the place of a folder or a file leads no write out of the book."""
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "victim").write_bytes(OLD)
    book = tmp_path / "book"
    (book / "sales" / "2026").mkdir(parents=True)
    (book / SALE).symlink_to(outside / "victim")
    (book / "claims").symlink_to(outside)
    for change in (
        Change(SALE, OLD, NEW),
        Change(SALE, None, NEW),
        Change(SALE, OLD, None),
        Change(CLAIM, None, NEW),
        Change("../outside/x.yaml", None, NEW),
    ):
        with pytest.raises((ChangedUnderneath, CannotWrite)):
            writing.write(book, [change])
    assert contents(outside) == {"victim": OLD}
    assert (book / SALE).is_symlink()


def test_it_lasts_before_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The content is on the disk before it gets its name, and the folders after."""
    steps: list[str] = []
    for name in ("fsync", "link", "replace"):
        call = getattr(os, name)

        def noted(*arguments: Any, _name: str = name, _call: Callable[..., Any] = call, **names: Any) -> Any:
            steps.append(_name)
            return _call(*arguments, **names)

        monkeypatch.setattr(os, name, noted)
    writing.create(tmp_path, SALE, OLD)
    assert steps == ["fsync", "link", "fsync", "fsync", "fsync"]
    steps.clear()
    writing.replace(tmp_path, SALE, NEW, OLD)
    assert steps[:3] == ["fsync", "replace", "fsync"]
