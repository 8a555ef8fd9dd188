"""``export``: what the book holds, for other programs."""

from __future__ import annotations

from aftercare.commands.verbs import Entry, Nouns
from aftercare.language import N_

CALENDAR = N_("What is due and what was arranged, as a calendar for phones and computers.")
CONTACTS = N_("The customers as an address book for phones and computers.")


def export() -> Nouns:
    """The group."""
    table = {
        "calendar": Entry("aftercare.commands.export_calendar:calendar", CALENDAR),
        "contacts": Entry("aftercare.commands.export_contacts:contacts", CONTACTS),
    }
    sentence = N_("Write what the book holds for other programs.")
    return Nouns("export", table=table, help=sentence, example="aftercare export calendar shop.ics")
