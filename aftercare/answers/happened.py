"""One thing that happened, as the stories of customers and units tell it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aftercare.plain.moments import Moment, iso
from aftercare.records.fields import Move


@dataclass(frozen=True)
class Entry:
    """One thing that happened: ``what`` and ``words`` are of closed lists, ``text`` is free."""

    at: Moment
    what: str
    record: str
    about: str = ""
    text: str = ""
    words: tuple[str, ...] = ()
    person: str = ""
    answers: tuple[tuple[str, str], ...] = ()
    """What the customer answered, by the question's id."""
    note: str = ""
    """What the record says besides."""
    cost: str = ""
    """What it cost the shop, where it was given to make good."""


def moves(moved: Sequence[Move], record: str, about: str, made: Moment) -> Iterator[Entry]:
    """The times a promise was moved, or was asked to be; one without its day stands where it was *made*."""
    for move in moved:
        words = (f"asked_by_{move.asked_by}",) if move.by_consent else ("not_agreed",)
        text = " ".join(filter(None, (iso(move.to).replace("T", " "), move.reason)))
        yield Entry(move.on or made, "moved", record, about, text, words)
