"""Files and folders that are named on the command line: whole or not at all, and nothing stays beside them."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest

from aftercare.commands import put_out_folders
from aftercare.commands.put_out import saved
from aftercare.commands.put_out_folders import held, made, made_in, put_together
from aftercare.commands.putting import Putting
from aftercare.errors import CannotWrite, WouldOverwrite


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
    with held(whole), made_in(whole, force=True) as new:
        for kind in ("a", "b", "c"):
            (new / f"kind={kind}" / "shop=s").mkdir(parents=True)
            (new / f"kind={kind}" / "shop=s" / "part").write_text(version)


def _found(whole: Path) -> list[str]:
    return [part.read_text() for part in sorted(whole.glob("kind=*/shop=s/part"))]


def _stopping(monkeypatch: pytest.MonkeyPatch, at: int, error: BaseException) -> None:
    """Have the *at*-th name that is given fail."""
    rename, link, turns = Path.rename, os.link, count(1)

    def renamed(path: Path, target: Any) -> Path:
        if next(turns) == at:
            raise error
        return rename(path, target)

    def linked(source: Any, target: Any, **how: Any) -> None:
        if next(turns) == at:
            raise error
        link(source, target, **how)

    monkeypatch.setattr(Path, "rename", renamed)
    monkeypatch.setattr(os, "link", linked)


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
        patched.setattr(Putting, "take_back", lambda _self: (_ for _ in ()).throw(SystemError()))
        patched.setattr(put_out_folders, "_clear", lambda _left, _whole: None)
        with pytest.raises(SystemError):
            _exported(tmp_path, "new")
    assert len(_found(tmp_path)) == 3  # whoever reads meanwhile finds each of them
    with held(tmp_path):
        assert _found(tmp_path) == (["old"] if at == 1 else ["new"]) * 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kind=a", "kind=b", "kind=c"]


def test_two_exports_to_one_folder_wait_for_each_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tables of one would lie beside those of the other."""
    monkeypatch.setattr(put_out_folders, "WAIT", 0.05)
    with held(tmp_path), pytest.raises(CannotWrite, match="another command is writing there"), held(tmp_path):
        pass


SET = {"customer.csv": "a", "sale.csv": "b", "visit.csv": "c"}


def _sheets(whole: Path, *, force: bool, version: str = "") -> None:
    with made(whole):
        put_together(whole, ((name, f"{said}{version}".encode()) for name, said in SET.items()), force=force)


def _all_in(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.parametrize("at", range(1, 5))
def test_a_sheet_of_last_month_was_read_beside_those_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """Sheets were replaced one by one: an export that failed left sales whose customers were in no sheet."""
    _sheets(tmp_path / "out", force=False)
    (tmp_path / "out" / "notes.txt").write_text("mine")
    before = _all_in(tmp_path)
    with monkeypatch.context() as patched:
        _stopping(patched, at, OSError(28, "No space left on device"))
        with pytest.raises(CannotWrite):
            _sheets(tmp_path / "out", force=True, version="2")
    assert _all_in(tmp_path) == before
    assert not list((tmp_path / "out").glob(".*"))
    _sheets(tmp_path / "out", force=True, version="2")
    assert _all_in(tmp_path / "out") == {name: f"{said}2" for name, said in SET.items()} | {"notes.txt": "mine"}


@pytest.mark.parametrize("at", range(1, 5))
def test_an_export_that_failed_left_an_empty_folder_that_looked_like_a_shop_without_customers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: int
) -> None:
    """A folder that was made for it goes again."""
    with monkeypatch.context() as patched:
        _stopping(patched, at, OSError(5, "Input/output error"))
        with pytest.raises(CannotWrite):
            _sheets(tmp_path / "out", force=False)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_came_meanwhile_is_not_replaced_unasked(tmp_path: Path) -> None:
    """Nor is anything put beside it."""

    def files() -> Iterator[tuple[str, bytes]]:
        yield from ((name, b"new") for name in SET)
        (tmp_path / "sale.csv").write_text("mine")

    with pytest.raises(WouldOverwrite), made(tmp_path):
        put_together(tmp_path, files(), force=False)
    assert _all_in(tmp_path) == {"sale.csv": "mine"}


def _table(whole: Path, name: str, *, force: bool) -> None:
    with made(whole), made_in(whole, force=force) as new:
        (new / name).parent.mkdir(parents=True)
        (new / name).write_text("new")


@pytest.mark.parametrize("force", [False, True])
def test_a_folder_or_a_link_in_the_place_of_a_table_is_nobodys_to_take(tmp_path: Path, force: bool) -> None:
    """A folder with somebody's work was moved aside and thrown away; a link was written through."""
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for part in ("kind=a/shop=s/year=2026/part-0.parquet/mine.txt", "x"):
        (tmp_path / "out" / part).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "out" / part).write_text("mine")
    (tmp_path / "out" / "kind=b").symlink_to(elsewhere)
    before = _all_in(tmp_path / "out")
    for kind in ("a", "b"):
        with pytest.raises((CannotWrite, WouldOverwrite)):
            _table(tmp_path / "out", f"kind={kind}/shop=s/year=2026/part-0.parquet", force=force)
    assert _all_in(tmp_path / "out") == before
    assert list(elsewhere.iterdir()) == []


@pytest.mark.parametrize("listed", ["../mine.txt", "notes.txt", "kind=a/shop=../year=1/part-0.parquet", "kind=a/x"])
def test_a_folder_from_somebody_else_takes_no_file_away(tmp_path: Path, listed: str) -> None:
    """An export folder that is handed about may hold what was left by one who was killed, or looks like it."""
    left = tmp_path / "out" / ".aftercare-whole-x"
    for file in ("mine.txt", "out/notes.txt", "out/kind=a/year=1/part-0.parquet", "out/kind=a/x"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text("mine")
    before = _all_in(tmp_path)
    (left / "new").mkdir(parents=True)
    (left / "gone").write_text(f"{listed}\n")
    with held(tmp_path / "out"):
        assert _all_in(tmp_path) == before


def test_who_may_read_a_sheet_stays_as_the_operator_said(tmp_path: Path) -> None:
    """A set for the accountant, who may read it, is one after the next export as well."""
    _sheets(tmp_path / "out", force=False)
    assert {path.stat().st_mode & 0o777 for path in tmp_path.rglob("*.csv")} == {0o600}
    (tmp_path / "out" / "sale.csv").chmod(0o640)
    _sheets(tmp_path / "out", force=True)
    assert (tmp_path / "out" / "sale.csv").stat().st_mode & 0o777 == 0o640
