"""Messages cannot go out: the user's own settings for them, or the outbox, are not as they have to be."""

from __future__ import annotations

from aftercare.errors.base import BUSY, REFUSED, AftercareError, Refused
from aftercare.language import _


class NotForOthersEyes(Refused):
    """A file with secrets belongs to somebody else, or may be read or written by others."""

    def __init__(self, file: str) -> None:
        super().__init__(
            _("{file} holds secrets, and must be a file of yours that nobody else can read or write").format(file=file),
            f"chmod 600 {file}",
        )


class LiesInTheBook(Refused):
    """What is the user's own lies in a book, which others may have written."""

    def __init__(self, path: str) -> None:
        super().__init__(_("{path} lies in the book; it must be outside of it").format(path=path))


class BadNoticeSettings(AftercareError):
    """The user's own settings for messages are not to be understood; what they say is never quoted: it is secret."""

    def __init__(self, file: str, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")


class OutboxHeld(AftercareError):
    """Another run holds the outbox for longer than we wait."""

    exit_code = BUSY

    def __init__(self, folder: str, seconds: float) -> None:
        super().__init__(
            _("another run has held the outbox {folder} for more than {seconds:g} seconds").format(
                folder=folder, seconds=seconds
            ),
            _("try again; nothing was sent"),
        )


class NotAnOutbox(AftercareError):
    """A folder is not the outbox of this book."""

    exit_code = REFUSED

    def __init__(self, folder: str, reason: str) -> None:
        super().__init__(
            _("{folder} cannot be the outbox of this book: {reason}").format(folder=folder, reason=reason),
            _("name another folder: --outbox DIR"),
        )
