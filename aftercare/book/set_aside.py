"""What is taken away or replaced when a book is mended: kept, byte for byte, in the tool's own folder.

Nothing is deleted.  What is taken away is moved in one step; of what is about to be replaced a copy is on the disk
before.  Both keep their path below ``.aftercare/set-aside/2026-03-02T100000/``, for the owner alone.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from aftercare.book.files import read_bytes
from aftercare.book.locking import OWN, make_own_folder, settle
from aftercare.errors import CannotWrite

FOLDER = f"{OWN}/set-aside"


class SetAside:
    """The place of one run, made when first needed; call it under the lock."""

    def __init__(self, root: Path, now: datetime) -> None:
        self.root = root
        self.name = now.strftime("%Y-%m-%dT%H%M%S")
        self.folder = ""
        self.places: dict[str, str] = {}

    def copy(self, relative: str) -> str:
        """Keep a copy of a file that is about to be replaced; where it is, relative to the book.

        Unusable for what is no plain file, or too large for one of a book: only :meth:`move` keeps that.
        """
        kept = self._place(relative)
        with _Told(relative):
            data = read_bytes(self.root, relative)
            with os.fdopen(os.open(self.root / kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            settle((self.root / kept).parent)
        self.places[relative] = kept
        return kept

    def move(self, relative: str) -> str:
        """Take a file away from its place; where it is now, relative to the book."""
        kept = self._place(relative)
        at, to = self.root / relative, self.root / kept
        with _Told(relative):
            try:
                at.rename(to)
            except OSError as error:
                if error.errno != errno.EXDEV:
                    raise
                shutil.copyfile(at, to, follow_symlinks=False)
                at.unlink()
            if stat.S_ISREG(to.lstat().st_mode):
                to.chmod(0o600)
            settle(to.parent)
            settle(at.parent)
        self.places[relative] = kept
        return kept

    def _place(self, relative: str) -> str:
        """A path that nothing has yet, with its folders."""
        inside = "/".join(part for part in Path(relative).parts if part not in {"..", "/"})
        with _Told(FOLDER):
            if not self.folder:
                self.folder = self._begun()
            below = self.root / self.folder
            for step in inside.split("/")[:-1]:
                below /= step
                _make(below)
            name, number = f"{self.folder}/{inside}", 2
            kept = name
            while os.path.lexists(self.root / kept):
                kept, number = f"{name}-{number}", number + 1
        return kept

    def _begun(self) -> str:
        """A new folder for this run, the second of a minute with ``-2``."""
        make_own_folder(self.root)
        _make(self.root / FOLDER)
        number = 1
        while True:
            name = f"{FOLDER}/{self.name}" + (f"-{number}" if number > 1 else "")
            with suppress(FileExistsError):
                (self.root / name).mkdir(mode=0o700)
                return name
            number += 1


def _make(folder: Path) -> None:
    """A folder for the owner alone, if it is not there; a link in its place would lead what we keep out of the book."""
    with suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    if folder.is_symlink() or not folder.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))


class _Told:
    """Turn what the system refuses into the error that names the file."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, OSError):
            raise CannotWrite(self.file, str(error.strerror)) from error
