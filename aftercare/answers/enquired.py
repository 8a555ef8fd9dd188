"""What happened in the course of an enquiry, for the timelines of customers and of what they bought."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers.happened import Entry, moves
from aftercare.answers.informing import in_words
from aftercare.answers.promises import Term
from aftercare.records.enquiry import Appointment, Enquiry, Material


def entries(enquiry: Enquiry) -> Iterator[Entry]:
    """The question with its answer, what was sent and shown, and what came of it."""
    about = " ".join(enquiry.about)
    asked = " → ".join(filter(None, (enquiry.question, enquiry.advice)))
    channel = (enquiry.channel,) if enquiry.channel else ()
    yield Entry(enquiry.at, "enquired", enquiry.id, about, asked, channel, enquiry.by or "", note=enquiry.note or "")
    for one in enquiry.answered:
        yield Entry(one.at, "enquiry_answered", enquiry.id, about, one.what or "", person=one.by or "")
    for wanted in enquiry.material:
        yield from _material(wanted, enquiry.id, about)
    for meeting in enquiry.appointments:
        yield from _appointment(meeting, enquiry.id, about)
    if enquiry.bought:
        yield Entry(enquiry.bought.on, "led_to_sale", enquiry.id, enquiry.bought.sale, enquiry.question)
    if enquiry.closed:
        yield Entry(enquiry.closed.on, "enquiry_closed", enquiry.id, about, enquiry.closed.reason or "")


def _material(wanted: Material, record: str, about: str) -> Iterator[Entry]:
    yield Entry(wanted.asked_at, "material_asked", record, about, wanted.what)
    if wanted.sent_at:
        text = " ".join(filter(None, (wanted.what, wanted.how)))
        yield Entry(wanted.sent_at, "material_sent", record, about, text, person=wanted.by or "")


def _appointment(meeting: Appointment, record: str, about: str) -> Iterator[Entry]:
    where = (meeting.where,) if meeting.where else ()
    text = in_words(Term(meeting.by, meeting.from_))
    yield Entry(meeting.made_at, "appointed", record, about, text, where, meeting.person or "")
    yield from moves(meeting.moved, record, about, meeting.made_at)
    if meeting.met_at:
        person = meeting.met_by or meeting.person or ""
        yield Entry(meeting.met_at, "met", record, about, meeting.said or "", where, person)
    if meeting.cancelled:
        yield Entry(meeting.cancelled.on, "appointment_off", record, about, meeting.cancelled.reason or "")
