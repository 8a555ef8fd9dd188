"""The outbox: messages as plain files in a folder of the user's own, outside of the book.

A message lies in the folder while it waits.  It is put into ``sending/`` before it is handed to a service and into
``sent/`` behind that, so whatever kills us leaves it where it says what is known of it: what is found in ``sending/``
may have been sent, and is not sent again by itself.  ``failed/`` holds what a service did not take.  What lies in
``sent/`` goes once a record of the book says that it was sent.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Literal
from urllib.parse import quote

from aftercare.book.locking import read_own, settle, write_own
from aftercare.errors import CannotRead, CannotWrite, LiesInTheBook, NotAnOutbox, OutboxHeld
from aftercare.language import _, refusal

Place = Literal["waiting", "sending", "failed", "sent"]
UNSENT: tuple[Place, ...] = ("waiting", "failed")
"""Where messages lie that nobody got."""
_SUFFIX = ".txt"
_NAME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}\.[a-z]+\.[A-Za-z0-9%._-]+\.txt", re.ASCII)
_OWNER, _LOCK = ".book", ".lock"
_HALF_WRITTEN = re.compile(rf"(?:{_NAME.pattern}|\{_OWNER})\.[0-9]+\.new", re.ASCII)
_OURS = re.compile(rf"{_NAME.pattern}|{_HALF_WRITTEN.pattern}|sending|sent|failed|\{_OWNER}|\{_LOCK}", re.ASCII)
"""What an outbox may hold of which it is not known any more, after a power cut, whose it is."""
WAIT = 10.0
"""For so many seconds another run may hold it."""
_LONGEST = 160
_LARGEST = 1 << 18


def name_of(day: str, kind: str, about: str) -> str:
    """The name of a message's file: its day, its kind, the promise."""
    told = quote(about.replace("/", "_"), safe="_.-")
    if len(told) > _LONGEST:
        told = f"{told[:_LONGEST].rpartition('%')[0] or told[:_LONGEST]}-{sha256(about.encode()).hexdigest()[:12]}"
    return f"{day}.{kind}.{told}{_SUFFIX}"


def kind_in(name: str) -> str:
    """The kind of message that a file's name tells."""
    return name.split(".")[1]


def folder_for(root: Path, parent: Path) -> Path:
    """The outbox of a book among those of a user."""
    return parent / f"{root.name or 'book'}-{sha256(os.fsencode(root.resolve())).hexdigest()[:8]}"


class Outbox:
    """One outbox, which is held while we look at it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def names(self, place: Place) -> list[str]:
        """The messages in a place, the oldest day first; what else lies there is nobody's business.

        NotAnOutbox where the place is no folder that can be looked into.
        """
        try:
            with os.scandir(self._at(place)) as found:
                return sorted(one.name for one in found if _NAME.fullmatch(one.name) and _is_plain(one))
        except FileNotFoundError:
            return []
        except OSError as error:
            if isinstance(error, NotADirectoryError):
                raise NotAnOutbox(str(self.folder), f"{self._at(place)}: {refusal(str(error.strerror))}") from None
            raise CannotRead(str(self._at(place)), str(error.strerror)) from error

    def text(self, place: Place, name: str) -> str:
        """What a message says."""
        try:
            return read_own(self._at(place) / name, _LARGEST).decode("utf-8", "replace")
        except OSError as error:
            raise CannotRead(str(self._at(place) / name), str(error.strerror)) from error

    def put(self, place: Place, name: str, text: str) -> Path:
        """Put a message into a place, for good; one of that name there is replaced, one elsewhere is left."""
        folder = self._at(place)
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            write_own(folder / name, text.encode("utf-8", "replace"), lasting=True)
            settle(folder)
        except OSError as error:
            raise CannotWrite(str(folder / name), str(error.strerror)) from error
        return folder / name

    def move(self, name: str, before: Place, after: Place) -> None:
        """Take a message from one place to another, for good."""
        try:
            self._at(after).mkdir(mode=0o700, exist_ok=True)
            (self._at(before) / name).replace(self._at(after) / name)
            settle(self._at(after))
            settle(self._at(before))
        except OSError as error:
            raise CannotWrite(str(self._at(after) / name), str(error.strerror)) from error

    def drop(self, place: Place, name: str) -> None:
        """Take a message away."""
        try:
            (self._at(place) / name).unlink(missing_ok=True)
        except OSError as error:
            raise CannotWrite(str(self._at(place) / name), str(error.strerror)) from error

    def _at(self, place: Place) -> Path:
        return self.folder if place == "waiting" else self.folder / place


def _is_plain(entry: os.DirEntry[str]) -> bool:
    """Whether it is a file; a link, a folder or a pipe that is called like a message is none."""
    return entry.is_file(follow_symlinks=False)


@contextmanager
def opened(folder: Path, root: Path) -> Iterator[Outbox]:
    """The outbox of a book in a folder, made where it is not there, and held so that no two runs send the same."""
    from filelock import FileLock, Timeout

    check_place(folder, root)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _see_whose(folder, root):
            _see_what_else(folder)
        lock = FileLock(folder / _LOCK, timeout=WAIT, mode=0o600, poll_interval=0.02)
        lock.acquire()
    except Timeout:
        raise OutboxHeld(str(folder), WAIT) from None
    except OSError as error:
        raise CannotWrite(str(folder), str(error.strerror)) from error
    try:
        _clear(folder)
        _be_of(folder, root)
        yield Outbox(folder)
    finally:
        with suppress(OSError):
            lock.release()


def _clear(folder: Path) -> None:
    """Take away what a killed run left half-written: nobody else holds the outbox, and customers are named in it."""
    for place in (folder, *(folder / name for name in ("sending", "failed", "sent"))):
        with suppress(OSError):
            for left in [path for path in place.iterdir() if _HALF_WRITTEN.fullmatch(path.name)]:
                left.unlink()


def check_place(folder: Path, root: Path) -> None:
    """LiesInTheBook for a folder in the book: what customers are told is nothing to hand about with it."""
    if folder.resolve().is_relative_to(root.resolve()):
        raise LiesInTheBook(str(folder))


def _see_whose(folder: Path, root: Path) -> bytes | None:
    """NotAnOutbox where it is another user's or another book's: what another sent is no fact of this one."""
    held = folder.stat()
    if held.st_uid != os.geteuid():
        raise NotAnOutbox(str(folder), _("it is another user's"))
    if held.st_mode & 0o022:
        raise NotAnOutbox(str(folder), _("others may write in it"))
    said = read_own(folder / _OWNER)
    if said and said != _book(root):
        raise NotAnOutbox(str(folder), _("it is another book's"))
    return said


def _see_what_else(folder: Path) -> None:
    """NotAnOutbox where a folder of no book holds what no outbox does: it is somebody's, and nothing for us."""
    with os.scandir(folder) as found:
        foreign = sorted(one.name for one in found if not _OURS.fullmatch(one.name))
    if foreign:
        raise NotAnOutbox(str(folder), _("something else lies in it: {file}").format(file=foreign[0]))


def _be_of(folder: Path, root: Path) -> None:
    """Let an outbox that we hold be that of one book; of two runs that begin it the second finds it begun."""
    try:
        if not _see_whose(folder, root):
            write_own(folder / _OWNER, _book(root))
    except OSError as error:
        raise CannotWrite(str(folder), str(error.strerror)) from error


def _book(root: Path) -> bytes:
    return os.fsencode(root.resolve()) + b"\n"


def written(headers: Mapping[str, str], text: str) -> str:
    """A message as its file has it: headers of one line each, an empty line, the text."""
    head = "".join(f"{name}: {' '.join(value.split())}\n" for name, value in headers.items() if value)
    return f"{head}\n{text}\n"


def headers_of(text: str) -> dict[str, str]:
    """The headers of a message's file."""
    head = text.partition("\n\n")[0]
    return {name: value for name, colon, value in (line.partition(": ") for line in head.split("\n")) if colon}


def body_of(text: str) -> str:
    """The text of a message's file."""
    return text.partition("\n\n")[2].rstrip("\n")
