"""Everything that is wrong with a book, file by file, each with what would mend it."""

from __future__ import annotations

from typing import NamedTuple

from aftercare.answers.ailments.access import access
from aftercare.answers.ailments.ailing import Ailment, Chart
from aftercare.answers.ailments.attached import ailing_attachments
from aftercare.answers.ailments.contents import contents
from aftercare.answers.ailments.files import ailing_files
from aftercare.answers.ailments.history import kept
from aftercare.book.belongings import belongings
from aftercare.book.book import Book
from aftercare.plain.moments import Moment


class Examined(NamedTuple):
    """All that was found, in the order of files and lines; *records* there are, and whether a file is *invalid*."""

    found: list[Ailment]
    records: int
    invalid: bool


def examined(book: Book, now: Moment, clock: float, *, locked: bool = False) -> Examined:
    """All ailments of a book; nothing is written anywhere.

    *clock* is the machine's time in seconds; *locked*: nobody else can be writing.
    """
    shelf = book.read()
    chart = Chart(book, shelf, belongings(book.root), now, clock, locked)
    files = list(ailing_files(chart))
    mended = {one.fault.file for one in files}
    moved = {change.file for one in files if one.mend for change in one.mend.changes if change.before is None}
    history = list(kept(chart, moved))
    # A record that is elsewhere, or is to come back from git, names what nobody else does.
    all_here = not shelf.faults and not files and all(one.fault.code != "missing" for one in history)
    attached = ailing_attachments(chart, all_here=all_here)
    found = [*files, *contents(chart, mended), *access(chart), *history, *attached]
    return Examined(sorted(found, key=lambda one: one.fault[:3]), len(shelf.records), bool(shelf.faults))
