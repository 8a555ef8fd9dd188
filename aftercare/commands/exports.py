"""``export``: what the book holds, for other programs."""

from __future__ import annotations

from aftercare.commands.verbs import Entry, Nouns
from aftercare.language import N_


def export() -> Nouns:
    """The group."""
    day = N_("What is due and what was arranged, as a calendar for phones and computers.")
    people = N_("The customers as an address book for phones and computers.")
    table = {
        "calendar": Entry("aftercare.commands.export_calendar:calendar", day),
        "contacts": Entry("aftercare.commands.export_contacts:contacts", people),
    }
    sentence = N_("Write what the book holds for other programs.")
    return Nouns("export", table=table, help=sentence, example="aftercare export calendar shop.ics")
