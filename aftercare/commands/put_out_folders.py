"""Folders that the operator names for many files: all that was made for one is put in place, or none of it.

The parts are made in a hidden folder within.  Once all of them are there for good it is renamed, and from then on they
count: whoever comes after one who was killed puts in place what is still missing.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

from aftercare.book import lasting
from aftercare.book.files import AS_FOLDER
from aftercare.book.locking import settle
from aftercare.errors import CannotWrite
from aftercare.language import _

WAIT = 10.0
"""For so many seconds another command may be writing in it."""
_BEGUN, _WHOLE = ".aftercare-begun-", ".aftercare-whole-"
_NEW = "new"


@contextmanager
def held(whole: Path) -> Iterator[None]:
    """A folder for ourselves, in which what another has left unfinished is done or gone.  CannotWrite."""
    try:
        here = os.open(whole, AS_FOLDER)
        try:
            _alone(here, whole)
            _end_what_was_left(whole)
            yield
        finally:
            os.close(here)
    except OSError as error:
        raise CannotWrite(str(whole), str(error.strerror)) from error


def _alone(here: int, whole: Path) -> None:
    until = time.monotonic() + WAIT
    while True:
        try:
            fcntl.flock(here, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise CannotWrite(str(whole), _("another command is writing there")) from None
            time.sleep(0.02)
        except OSError:  # a file system without locks, such as that of some servers
            return
        else:
            return


def _end_what_was_left(whole: Path) -> None:
    for left in sorted(whole.glob(f"{_WHOLE}*")):
        if left.is_dir() and not left.is_symlink():
            _place(left, whole)
    for left in sorted(whole.glob(f"{_BEGUN}*")):
        _clear(left)


@contextmanager
def made_in(whole: Path) -> Iterator[Path]:
    """A folder in which parts are made, ``KEY/PART``; then each is put in its place, for one that was there too."""
    from tempfile import mkdtemp

    begun = Path(mkdtemp(dir=whole, prefix=_BEGUN))
    try:
        (begun / _NEW).mkdir(mode=0o700)
        yield begun / _NEW
        _made_lasting(begun / _NEW, whole)
        counts = whole / begun.name.replace(_BEGUN, _WHOLE)
        begun.rename(counts)
        begun = counts
        settle(whole)
        _place(begun, whole)
    finally:
        if begun.name.startswith(_BEGUN):
            _clear(begun)


def _made_lasting(new: Path, whole: Path) -> None:
    """Have all that was made on the disk, before any of it counts."""
    files = [path for path in sorted(new.rglob("*")) if path.is_file()]
    if len(files) < lasting.MANY or not lasting.all_at_once(whole):
        for file in files:
            with file.open("rb+") as opened:
                os.fsync(opened.fileno())
        for folder in [path for path in new.rglob("*") if path.is_dir()]:
            settle(folder)
    settle(new)
    settle(new.parent)


def _place(begun: Path, whole: Path) -> None:
    """Put each part in its place, and what was there aside; all as it was where the system refuses in the midst."""
    from tempfile import mkdtemp

    done: list[tuple[Path, Path, Path | None]] = []
    try:
        aside = Path(mkdtemp(dir=begun, prefix="old-"))
        for number, part in enumerate(sorted((begun / _NEW).glob("*/*"))):
            target, kept = whole / part.relative_to(begun / _NEW), None
            target.parent.mkdir(mode=0o700, exist_ok=True)
            if os.path.lexists(target):
                kept = aside / str(number)
            done.append((part, target, kept))  # before it is done: we may be interrupted behind it
            if kept:
                target.rename(kept)
            part.rename(target)
            settle(target.parent)
        settle(whole)
    except BaseException:
        _take_back(done)
        _clear(begun.rename(whole / begun.name.replace(_WHOLE, _BEGUN)))
        raise
    _clear(begun)


def _take_back(done: list[tuple[Path, Path, Path | None]]) -> None:
    for part, target, kept in reversed(done):
        if not part.exists():
            target.rename(part)
        if kept is not None and os.path.lexists(kept):
            kept.rename(target)


def _clear(left: Path) -> None:
    with suppress(OSError):
        rmtree(left)
