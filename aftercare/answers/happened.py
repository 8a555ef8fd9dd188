"""One thing that happened, as the stories of customers and units tell it."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.plain.moments import Moment


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
