"""Waiting for another writer: no longer than is said, not at all for one that is gone, and not where nothing locks."""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from aftercare.book import locking
from aftercare.book.locking import held
from tests import counter as small_shop
from tests.counter import Counter
from tests.world import desk

HOLD = """\
import os, sys, time
from pathlib import Path
from aftercare.book.locking import held
with held(Path(sys.argv[1]), "sale add"):
    print("held", flush=True)
    time.sleep(300)
"""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The small shop, where nobody waits for long."""
    monkeypatch.setattr(locking, "held", lambda root, command: held(root, command, 0.2))
    return small_shop.opened(tmp_path / "book", capsys, monkeypatch)


@contextmanager
def _another(book: Path) -> Iterator[subprocess.Popen[str]]:
    words = [desk.PROGRAM[0], "-c", HOLD, str(book)]
    environment = {**desk.BARE, "PYTHONPATH": str(desk.ROOT)}
    with subprocess.Popen(words, stdout=subprocess.PIPE, text=True, env=environment) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "held\n"
        try:
            yield other
        finally:
            other.kill()


def test_a_writer_that_lives_is_named_and_one_that_was_killed_is_not_waited_for(counter: Counter) -> None:
    """75 names it; the moment it is gone, and be it by ``kill -9``, the next command has the book at once."""
    with _another(counter.folder) as other:
        printed = counter("customer add --name x")
        assert (printed.code, f"sale add ({other.pid})" in printed.err) == (75, True)
        other.send_signal(signal.SIGKILL)
        other.wait()
        assert counter.done("customer add --name x").err == ""


def test_a_writer_that_stands_still_is_still_there(counter: Counter) -> None:
    """Ctrl-Z on a command keeps the book locked; questions are answered, and a change says who is in its way."""
    with _another(counter.folder) as other:
        other.send_signal(signal.SIGSTOP)
        assert counter.done("due --format ids").out
        assert counter("customer add --name x").code == 75


@pytest.mark.parametrize("refused", [errno.ENOLCK, errno.EIO, errno.EPERM])
def test_a_disk_that_cannot_lock(counter: Counter, monkeypatch: pytest.MonkeyPatch, refused: int) -> None:
    """A share without locks is said in one line: to write without a lock would lose one of two changes."""

    def fail(*_: object) -> None:
        raise OSError(refused, os.strerror(refused))

    before = counter.files()
    monkeypatch.setattr(fcntl, "flock", fail)
    printed = counter("customer add --name x")
    assert (printed.code, len(printed.err.splitlines())) == (5, 1)
    assert os.strerror(refused) in printed.err
    assert counter.files() == before
    assert counter.done("due --format ids").out


def test_an_own_folder_that_goes_in_mid_run(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken away under a command that holds the lock, it costs nothing: the change is whole, the next makes it anew."""
    from aftercare.book import writing

    write = writing.write

    def then_gone(*of: object) -> None:
        write(*of)  # type: ignore[arg-type]
        for path in (counter.folder / locking.OWN).iterdir():
            path.unlink()
        (counter.folder / locking.OWN).rmdir()

    monkeypatch.setattr(writing, "write", then_gone)
    assert counter.done("customer add --name x").out == "CU26-0003\n"
    monkeypatch.undo()
    assert counter.done(f"-C {counter.folder} --lang en --today 2026-03-10 customer add --name y").out == "CU26-0004\n"
