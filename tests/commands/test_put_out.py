"""Files and folders that are named on the command line: whole or not at all, and nothing stays beside them."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path
from typing import Any

import pytest

from aftercare.commands import put_out_folders
from aftercare.commands.put_out import saved
from aftercare.commands.put_out_folders import held, made_in
from aftercare.errors import CannotWrite


def test_a_killed_export_leaves_no_copy_of_the_customers_behind(tmp_path: Path) -> None:
    """What lies half-written beside the file goes when it is written again; what another writes now does not."""
    target, left, other, mine = (
        tmp_path / name for name in ("all.jsonl", ".all.jsonl.0011aabb.unfinished", ".all.jsonl.1.unfinished", ".all.x")
    )
    for file in (left, other, mine):
        file.write_text("王建国")
    with other.open("rb+") as busy:
        fcntl.flock(busy, fcntl.LOCK_EX)
        saved(target, b"new", False)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["all.jsonl", other.name, mine.name])


def test_a_link_that_is_called_like_a_leftover_harms_no_other_file(tmp_path: Path) -> None:
    """Nothing is followed, nothing waits for a pipe."""
    (tmp_path / "book").write_text("all I have")
    (tmp_path / ".x.csv.1.unfinished").symlink_to(tmp_path / "book")
    os.mkfifo(tmp_path / ".x.csv.2.unfinished")
    saved(tmp_path / "x.csv", b"new", True)
    assert (tmp_path / "book").read_text() == "all I have"
    assert (tmp_path / "x.csv").read_bytes() == b"new"


def test_an_export_that_was_said_to_be_done_outlives_a_power_cut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name is asked to last too, not the content alone."""
    asked: list[str] = []
    real = os.fsync

    def fsync(descriptor: int) -> None:
        asked.append(str(Path(f"/proc/self/fd/{descriptor}").readlink()))
        real(descriptor)

    monkeypatch.setattr(os, "fsync", fsync)
    saved(tmp_path / "x.csv", b"new", False)
    assert asked[-1] == str(tmp_path)
    assert len(asked) == 2


def _exported(whole: Path, version: str) -> None:
    with held(whole), made_in(whole) as new:
        for kind in ("a", "b", "c"):
            (new / f"kind={kind}" / "shop=s").mkdir(parents=True)
            (new / f"kind={kind}" / "shop=s" / "part").write_text(version)


def _found(whole: Path) -> list[str]:
    return [part.read_text() for part in sorted(whole.glob("kind=*/shop=s/part"))]


def _stopping(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
    """Have the *at*-th name that is put in place fail."""
    real, calls = Path.rename, []

    def rename(path: Path, target: Any) -> Path:
        calls.append(path)
        if len(calls) == at:
            raise error
        return real(path, target)

    monkeypatch.setattr(Path, "rename", rename)


@pytest.mark.parametrize("at", range(1, 8))
@pytest.mark.parametrize("error", [OSError(5, "Input/output error"), KeyboardInterrupt()])
def test_last_years_tables_are_there_if_the_disk_refuses_the_new_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException
) -> None:
    """A replacement that fails in the midst loses nothing of what it was to replace, and leaves nothing beside it."""
    _exported(tmp_path, "old")
    with monkeypatch.context() as patched:
        _stopping(patched, at, error)
        with pytest.raises(KeyboardInterrupt if isinstance(error, KeyboardInterrupt) else CannotWrite):
            _exported(tmp_path, "new")
    assert _found(tmp_path) == ["old"] * 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kind=a", "kind=b", "kind=c"]


@pytest.mark.parametrize("at", range(1, 8))
def test_a_kill_between_two_tables_mixes_no_two_exports_for_good(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Who comes next ends what counts already, and throws away what does not."""
    _exported(tmp_path, "old")
    with monkeypatch.context() as patched:  # a killed process clears nothing up
        _stopping(patched, at, SystemError())
        patched.setattr(put_out_folders, "_take_back", lambda _done: (_ for _ in ()).throw(SystemError()))
        patched.setattr(put_out_folders, "_clear", lambda _left: None)
        with pytest.raises(SystemError):
            _exported(tmp_path, "new")
    with held(tmp_path):
        assert _found(tmp_path) == (["old"] if at == 1 else ["new"]) * 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kind=a", "kind=b", "kind=c"]


def test_two_exports_to_one_folder_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tables of one would lie beside those of the other."""
    monkeypatch.setattr(put_out_folders, "WAIT", 0.05)
    with held(tmp_path), pytest.raises(CannotWrite, match="another command is writing there"), held(tmp_path):
        pass
