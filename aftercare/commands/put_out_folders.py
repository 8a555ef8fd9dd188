"""Many files that the operator names together: all that was made is put in place, or none of it.

They are made in a hidden folder within the one that was named.  Once all of them are there for good it is renamed, and
from then on they count: whoever comes after one who was killed puts in place what is still missing.  A file that was
not made by an export is in nobody's way, and stays.
"""

from __future__ import annotations

import fcntl
import os
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from shutil import rmtree

from aftercare.book import lasting
from aftercare.book.files import AS_FOLDER
from aftercare.book.locking import settle
from aftercare.commands.put_out import refuse_if_there
from aftercare.commands.putting import GONE, NEW, OVER, Putting
from aftercare.errors import AftercareError, CannotWrite
from aftercare.language import _

WAIT = 10.0
"""For so many seconds another command may be writing in it."""
_BEGUN, _WHOLE = ".aftercare-begun-", ".aftercare-whole-"


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


@contextmanager
def made(whole: Path) -> Iterator[None]:
    """The same of a folder that is made for its owner alone where it is not there, and goes again if all fails."""
    is_new = False
    try:
        try:
            whole.mkdir(mode=0o700)
            is_new = True
            with suppress(PermissionError):  # a folder in which one may write and not look
                settle(whole.parent)
        except FileExistsError:
            whole.stat()
        with held(whole):
            yield
    except BaseException as error:
        if is_new:
            with suppress(OSError):  # not empty: somebody else has put something there
                whole.rmdir()
        if isinstance(error, OSError):
            raise CannotWrite(str(whole), str(error.strerror)) from error
        raise


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
        if _is_ours(left):
            putting = Putting(left, whole, is_left=True)
            putting.go_on()
            putting.tidy()
            _clear(left, whole)
    for left in sorted(whole.glob(f"{_BEGUN}*")):
        if _is_ours(left):
            _clear(left, whole)


def _is_ours(left: Path) -> bool:
    """Whether a folder was made by us, and is no link: in a folder for many anybody may have put one."""
    about = left.lstat()
    return stat.S_ISDIR(about.st_mode) and about.st_uid == os.geteuid()


def put_together(whole: Path, files: Iterable[tuple[str, bytes]], *, force: bool) -> None:
    """Put files into a folder that is held, by their names; of those that are there none is replaced without *force*.

    WouldOverwrite, CannotWrite: as it was.
    """
    with made_in(whole, force=force) as new:
        for name, data in files:
            _written(new / name, data)


def _written(file: Path, data: bytes) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600), "wb") as opened:
        opened.write(data)


@contextmanager
def made_in(whole: Path, *, force: bool, ours: Iterable[str] = ()) -> Iterator[Path]:
    """A folder in which files are made; then each is put in its place in *whole*, for one that was there with *force*.

    *ours* are files of an earlier export, relative to *whole*: those that are not made anew go.
    """
    from tempfile import mkdtemp

    begun = Path(mkdtemp(dir=whole, prefix=_BEGUN))
    try:
        new = begun / NEW
        new.mkdir(mode=0o700)
        yield new
        made = {path.relative_to(new).as_posix() for path in new.rglob("*") if path.is_file()}
        _see_to(whole, made, force=force)
        gone = sorted(set(ours) - made)
        _written(begun / GONE, "".join(f"{file}\n" for file in gone).encode(errors="surrogateescape"))
        if force:
            _written(begun / OVER, b"")
        _made_lasting(begun, whole)
        counts = whole / begun.name.replace(_BEGUN, _WHOLE)
        begun.rename(counts)
        begun = counts
        _put(counts, whole)
    except BaseException:
        if begun.name.startswith(_BEGUN):
            _clear(begun, whole)
        raise


def _see_to(whole: Path, files: Iterable[str], *, force: bool) -> None:
    """Refuse before anything is put in place what cannot be."""
    for file in sorted(files):
        for above in (whole / file).parents:
            if above == whole:
                break
            if above.is_symlink() or (above.exists() and not above.is_dir()):
                raise CannotWrite(str(above), _("it is not a plain folder"))
        refuse_if_there(whole / file, force)


def _made_lasting(begun: Path, whole: Path) -> None:
    """Have all that was made on the disk, before any of it counts."""
    files = [path for path in sorted(begun.rglob("*")) if path.is_file()]
    if len(files) < lasting.MANY or not lasting.all_at_once(whole):
        for file in files:
            with file.open("rb+") as opened:
                os.fsync(opened.fileno())
        for folder in [path for path in begun.rglob("*") if path.is_dir()]:
            settle(folder)
    settle(begun)


def _put(counts: Path, whole: Path) -> None:
    """Put all in its place; all is as it was where the system refuses in the midst, or we are interrupted."""
    putting = Putting(counts, whole)
    try:
        settle(whole)
        putting.go_on()
    except BaseException:
        with suppress(OSError, AftercareError):  # else it counts still, and whoever comes next puts the rest in place
            putting.take_back()
            _clear(counts, whole)
        raise
    putting.tidy()
    _clear(counts, whole)


def _clear(left: Path, whole: Path) -> None:
    """Take away what is not needed any more; from the first moment on it does not count."""
    with suppress(OSError):
        if left.name.startswith(_WHOLE):
            left = left.rename(whole / left.name.replace(_WHOLE, _BEGUN))
        rmtree(left)
