"""How the records of a book are called in lines about promises."""

from __future__ import annotations

from aftercare.answers.finding import describe
from aftercare.book.shelf import Shelf
from aftercare.records.complaint import Complaint
from aftercare.records.promise import Promise
from aftercare.render.promises import Names


def names_of(shelf: Shelf) -> Names:
    """The names that the records give."""

    def known_as(record_id: str) -> str:
        return called(shelf, record_id)

    def person(record_id: str) -> str:
        return known_as(record_id).partition(" ")[0]

    def matter(record_id: str) -> str:
        match shelf.get(record_id):
            case Complaint(what=what):
                return what
            case Promise(words=words):
                return words or ""
            case _:
                return ""

    return Names(customer=known_as, person=person, part=known_as, matter=matter)


def called(shelf: Shelf, record_id: str | None) -> str:
    """A record by the words by which people know it: of a part its name and number."""
    return describe(shelf, record_id).partition(" ")[2] if record_id else ""
