"""Files that the operator names for what is put out: written whole or not at all, for their owner alone."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from aftercare.errors import CannotWrite, WouldOverwrite
from aftercare.language import _


def saved(target: Path, data: bytes, force: bool) -> None:
    """Write a file whole or not at all; one that is there is replaced only with *force*, and only if it is a file.

    WouldOverwrite: it is there.  CannotWrite: refused by the system; no plain file; one of a book's own.
    """
    try:
        refuse_if_there(target, force)
        _put(target, data, force)
    except FileExistsError:
        raise WouldOverwrite(str(target)) from None
    except OSError as error:
        raise CannotWrite(str(target), str(error.strerror)) from error


def refuse_if_there(target: Path, force: bool) -> None:
    """Refuse a name that is taken, before any work is done for it; one among a book's own files even with *force*."""
    from aftercare.book.belongings import is_among

    there = stat.S_ISREG(target.lstat().st_mode) if os.path.lexists(target) else None
    if there is not None and not force:
        raise WouldOverwrite(str(target))
    if is_among(target):
        raise CannotWrite(str(target), _("it lies among the files of a book"))
    if there is False:
        raise CannotWrite(str(target), _("it is not a plain file"))


def _put(target: Path, data: bytes, force: bool) -> None:
    from tempfile import NamedTemporaryFile

    with NamedTemporaryFile(dir=target.parent, prefix=f".{target.name[:60]}.", delete=False) as temporary:
        try:
            temporary.write(data)
            temporary.flush()
            os.fsync(temporary.fileno())
            if not force:
                _claim(target, temporary.name)
            else:  # who may read it is the operator's to say, and stays as it was said
                with suppress(FileNotFoundError):
                    Path(temporary.name).chmod(stat.S_IMODE(target.lstat().st_mode))
            Path(temporary.name).replace(target)
        finally:
            with suppress(FileNotFoundError):
                Path(temporary.name).unlink()


def _claim(target: Path, finished: str) -> None:
    """Take the name in one step, where nobody has been faster; FileExistsError if somebody was."""
    try:
        os.link(finished, target)
    except FileExistsError:
        raise
    except OSError:  # a file system without links, such as that of a memory stick
        if os.path.lexists(target):
            raise FileExistsError(target) from None
