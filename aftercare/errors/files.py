"""Files and folders: not there, in the way, damaged, held by another, or not to be written."""

from __future__ import annotations

from collections.abc import Sequence

from aftercare.errors.base import BUSY, INVALID, REFUSED, USAGE, AftercareError, InvalidBook, Refused, UsageProblem
from aftercare.language import _, refusal


class NoBook(AftercareError):
    """There is no book where one was looked for."""

    def __init__(self, where: str) -> None:
        super().__init__(
            _("no book found at {where}").format(where=where),
            _("start one with: aftercare init DIR, or name one with -C DIR"),
        )


class BookExists(AftercareError):
    """A book cannot be started where files already are."""

    exit_code = REFUSED

    def __init__(self, where: str) -> None:
        super().__init__(_("{where} is not empty; a new book needs an empty folder").format(where=where))


class FileExists(AftercareError):
    """Something would be begun in a file that is there already."""

    exit_code = REFUSED

    def __init__(self, file: str) -> None:
        super().__init__(_("{file} is there already").format(file=file), _("give another name"))


class WouldOverwrite(Refused):
    """A file named for output is there already."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _("{file} is there already; nothing was written").format(file=file), _("to replace it: --force")
        )


class InvalidInput(InvalidBook):
    """A file named on the command line (``--from``, ``import``) is not valid; nothing was written."""


class BookLocked(AftercareError):
    """Another process holds the book for longer than we wait."""

    exit_code = BUSY

    def __init__(self, holder: str, seconds: float) -> None:
        super().__init__(
            _("the book has been locked by {holder} for more than {seconds:g} seconds").format(
                holder=holder or _("another process"), seconds=seconds
            ),
            _("try again; nothing was written"),
        )


class CannotRead(AftercareError):
    """The operating system does not let a file be read."""

    exit_code = INVALID

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(_("{file} cannot be read: {reason}").format(file=file, reason=refusal(reason)))


class NoSuchFile(CannotRead):
    """A file that was named on the command line cannot be read, or is not there."""

    exit_code = USAGE


class NotAttachable(AftercareError):
    """A file that was named to be attached to a record is none that can be; nothing was written."""

    def __init__(self, file: str, reason: str, remedy: str = "") -> None:
        super().__init__(_("{file} cannot be attached: {reason}").format(file=file, reason=reason), remedy)


class NoSuchMapping(UsageProblem):
    """No mapping of that name ships; a file of one's own has a folder or an ending in its name."""

    def __init__(self, name: str, names: Sequence[str]) -> None:
        import difflib

        near = difflib.get_close_matches(name, names, n=3, cutoff=0.5) or names
        super().__init__(
            _("no mapping “{name}” ships; there are {names}").format(name=name, names=", ".join(near)),
            _("all of them: aftercare import --maps; a file of your own: --map ./{name}").format(name=name),
        )


class CannotWrite(Refused):
    """The operating system does not let a file be written; what was there before is still there."""

    def __init__(self, file: str, reason: str) -> None:
        self.file, self.reason = file, reason
        super().__init__(
            _("{file} cannot be written: {reason}; nothing was changed").format(file=file, reason=refusal(reason))
        )


class MayNotLast(Refused):
    """A file was written, and its folder could not be asked to keep it: a power cut may take it away."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            _("{file} is written, but the disk does not confirm it: {reason}").format(
                file=file, reason=refusal(reason)
            ),
            _("look at it, or write it again with --force"),
        )


class CannotServe(Refused):
    """A port of this machine is not to be had."""

    def __init__(self, host: str, port: int, reason: str) -> None:
        super().__init__(
            _("{host}:{port} is not to be had: {reason}").format(host=host, port=port, reason=refusal(reason)),
            _("name another port: --port N"),
        )


class IndexStays(Refused):
    """Somebody was forgotten, and an index that was built meanwhile cannot be taken away; it may tell of them."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            _("{file} cannot be taken away: {reason}").format(file=file, reason=refusal(reason)),
            _("the person is forgotten; take the file away yourself, it is of no worth"),
        )


class IndexUnreadable(AftercareError):
    """The index cannot be read, and the command cannot be begun anew by the files: part of it is done, or said."""

    exit_code = INVALID

    def __init__(self, reason: str, *, saved: bool) -> None:
        what = _("saved, but the index of the book cannot be read: {reason}")
        sentence = what if saved else _("the index of the book cannot be read: {reason}")
        remedy = _("what came of it: aftercare log") if saved else _("try again: a new one is made of the files")
        super().__init__(sentence.format(reason=reason), remedy)


class WordsNotKept(Refused):
    """Somebody was forgotten, and the words for the history could not be written; they can be made again."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            _("{file} cannot be written: {reason}").format(file=file, reason=refusal(reason)),
            _("the person is forgotten; make the file once more elsewhere"),
        )


class NotConfirmed(Refused):
    """A file was written, but the disk does not confirm that it will last, and the change could not be taken back."""

    def __init__(self, file: str, reason: str) -> None:
        super().__init__(
            _("{file} is changed, but the disk has not confirmed it: {reason}").format(
                file=file, reason=refusal(reason)
            ),
            _("look at the file before you repeat the command"),
        )
