"""One writer at a time, and what the others are told."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from aftercare.book.locking import OWN, held, make_own_folder
from aftercare.errors import BookLocked, CannotWrite

HOLD = """
import sys, time
from pathlib import Path
from aftercare.book.locking import held
with held(Path(sys.argv[1]), "claim repair"):
    print("held", flush=True)
    time.sleep(60)
"""
ADD = """
import sys
from pathlib import Path
from aftercare.book import files, ids, writing
from aftercare.book.locking import held
root = Path(sys.argv[1])
for _ in range(int(sys.argv[2])):
    with held(root, "sale add", wait=60):
        record = ids.RecordId("SA", 2026, files.next_number(root, "sale", 2026))
        writing.create(root, ids.path_of(record), f"id: {record}\\n".encode())
    print(record, flush=True)
"""


def run(code: str, *arguments: str) -> subprocess.Popen[str]:
    """Another process that runs *code*."""
    return subprocess.Popen([sys.executable, "-c", code, *arguments], stdout=subprocess.PIPE, text=True)


def test_a_second_writer_is_told_who_holds_the_book(tmp_path: Path) -> None:
    """Waiting in vain ends with exit code 75 and the holder's name; the end of the holder frees the book."""
    other = run(HOLD, str(tmp_path))
    assert other.stdout is not None
    assert other.stdout.readline() == "held\n"
    started = time.monotonic()
    with pytest.raises(BookLocked, match=rf"claim repair \({other.pid}\)") as caught, held(tmp_path, "x", wait=0.2):
        pass
    assert caught.value.exit_code == 75
    assert 0.2 <= time.monotonic() - started < 5
    other.send_signal(signal.SIGKILL)
    other.wait()
    other.stdout.close()
    with held(tmp_path, "x", wait=2):
        pass


def test_a_holder_who_left_no_word(tmp_path: Path) -> None:
    """What the holder wrote may be missing, a link or full of control characters; the sentence is whole."""
    other = run(HOLD, str(tmp_path))
    assert other.stdout is not None
    other.stdout.readline()
    holder = tmp_path / OWN / "holder"
    holder.write_bytes(b"evil\x1b[2J\nname\xff" + b"x" * 500)
    with pytest.raises(BookLocked) as caught, held(tmp_path, "x", wait=0):
        pass
    assert "\x1b" not in caught.value.sentence
    assert "\n" not in caught.value.sentence
    assert len(caught.value.sentence) < 300
    holder.unlink()
    holder.symlink_to("/etc/hostname")
    with pytest.raises(BookLocked, match="another process"), held(tmp_path, "x", wait=0):
        pass
    other.kill()
    other.wait()
    other.stdout.close()


def test_many_writers_never_take_one_number_twice(tmp_path: Path) -> None:
    """Four processes that add at once get different ids, and every record is there."""
    others = [run(ADD, str(tmp_path), "8") for _ in range(4)]
    printed = [line for other in others for line in other.communicate(timeout=60)[0].split()]
    assert [other.returncode for other in others] == [0] * 4
    assert sorted(printed) == [f"SA26-{number:04}" for number in range(1, 33)]
    for name in printed:
        assert (tmp_path / "sales" / "2026" / f"{name}.yaml").read_text() == f"id: {name}\n"


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_the_own_folder_is_private_and_hidden_from_git(tmp_path: Path, umask: int) -> None:
    """Everything in it is for the owner alone, whatever the umask, and git ignores all of it."""
    before = os.umask(umask)
    try:
        with held(tmp_path, "x"):
            pass
    finally:
        os.umask(before)
    own = tmp_path / OWN
    assert own.stat().st_mode & 0o777 == 0o700
    assert {file.name: file.stat().st_mode & 0o777 for file in own.iterdir()} == {
        ".gitignore": 0o600,
        "holder": 0o600,
        "lock": 0o600,
    }
    assert (own / ".gitignore").read_text() == "*\n"


def test_a_half_written_ignore_file_is_mended(tmp_path: Path) -> None:
    """A kill between making the file and filling it does not show the folder to git for ever."""
    make_own_folder(tmp_path)
    (tmp_path / OWN / ".gitignore").write_bytes(b"")
    make_own_folder(tmp_path)
    assert (tmp_path / OWN / ".gitignore").read_text() == "*\n"


def test_the_lock_is_released_after_a_failure(tmp_path: Path) -> None:
    """An error inside does not keep the book locked."""

    def fail() -> None:
        with held(tmp_path, "x"):
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    with held(tmp_path, "x", wait=0):
        pass


def test_what_bears_its_name_is_not_followed(tmp_path: Path) -> None:
    """A link or a file named like the own folder, or a linked lock, is refused and leads nowhere."""
    outside = tmp_path / "outside"
    outside.mkdir()
    for name in ("linked", "file"):
        book = tmp_path / name
        book.mkdir()
        if name == "linked":
            (book / OWN).symlink_to(outside)
        else:
            (book / OWN).write_bytes(b"")
        with pytest.raises(CannotWrite, match=r"\.aftercare"), held(book, "x"):
            pass
    book = tmp_path / "book"
    book.mkdir()
    make_own_folder(book)
    (book / OWN / "lock").symlink_to(outside / "lock")
    with pytest.raises(CannotWrite, match="lock"), held(book, "x"):
        pass
    assert list(outside.iterdir()) == []


def test_a_disk_that_cannot_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read-only disk is said in one sentence with the name and the reason."""

    def fail(*_: object, **__: object) -> None:
        raise OSError(30, "Read-only file system")

    monkeypatch.setattr(Path, "mkdir", fail)
    with pytest.raises(CannotWrite, match=r"\.aftercare cannot be written: Read-only file system"), held(tmp_path, "x"):
        pass


def test_what_a_killed_writer_left_half_written_does_not_stay_with_a_customers_words_in_it(tmp_path: Path) -> None:
    """The note of a change holds records; one killed meanwhile left it in our folder, to be copied about."""
    own = make_own_folder(tmp_path)
    (own / "journal.4711.new").write_bytes(b"aftercare journal 1 ...")
    (own / "holder.4711.new").write_bytes(b"")
    with held(tmp_path, "sale add"):
        assert sorted(file.name for file in own.iterdir()) == [".gitignore", "holder", "lock"]
