"""One thing that is wrong, with what would mend it; and what the looks for such things know of a book."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from aftercare.book.belongings import Seen
from aftercare.book.book import Book
from aftercare.book.mending import Mend
from aftercare.book.shelf import Shelf
from aftercare.errors import Fault
from aftercare.plain.moments import Moment


class Ailment(NamedTuple):
    """Something wrong, on a line of a file; ``remedy`` says what would mend it.

    With a ``mend``, which ``doctor --fix`` carries out, the remedy is what that does.
    """

    fault: Fault
    remedy: str
    mend: Mend | None = None


@dataclass(frozen=True)
class Chart:
    """A book as it lies before the doctor: its records, and what else is there.

    ``clock`` is the machine's time in seconds, ``now`` the one the command goes by.  Where the book is ``locked``,
    every temporary file is one of a writer that is gone.
    """

    book: Book
    shelf: Shelf
    seen: list[Seen]
    now: Moment
    clock: float
    locked: bool = False
