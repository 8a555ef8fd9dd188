"""Who was last in touch with whom: nobody is dropped after the sale (不过河拆桥).

A contact is one in which the shop and the customer met, spoke or wrote, whoever began it: a sale, a call that reached
somebody, a delivery, a repair, a complaint and its answer, an event that they came to.  A call that nobody took, on
either side, is none.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Literal, NamedTuple

from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.plain.moments import Moment, add_months, day_of, in_order, is_late
from aftercare.records.base import Record
from aftercare.records.customer import Customer
from aftercare.records.points import Points
from aftercare.records.promise import Promise as PromiseRecord
from aftercare.records.schema import leaves

_IN_TOUCH: Mapping[str, frozenset[str]] = {
    "CU": frozenset({"since"}),
    "SA": frozenset({"sold_on", "cancelled.on"}),
    "DE": frozenset({"arrived_at", "signed.at", "made_good.at"}),
    "IN": frozenset({"started_at", "signed.at"}),
    "CL": frozenset(
        {
            "reported_on", "repairs.*.in", "repairs.*.out", "loans.*.at", "loans.*.back", "returned.on",
            "replaced.requested_on", "replaced.on", "refunded.on",
        }
    ),
    "VI": frozenset({"at"}),
    "CO": frozenset(
        {
            "received_at", "acknowledged.*.at", "asked.*.at", "asked.*.got", "answers.*.at", "confirmed.*.at",
            "reopened.*.at", "withdrawn.on",
        }
    ),
    "WI": frozenset({"said_on"}),
    "EN": frozenset({"at", "answered.*.at", "material.*.sent_at", "appointments.*.met_at"}),
    "PT": frozenset({"handed_over.at"}),
    "PM": frozenset({"kept.at", "released.on", "broken.on", "apologised.at"}),
}  # fmt: skip
"""For each kind of record, by the letters of its ids, the dates on which the two were in touch."""
_SPOKEN = frozenset({"made_on"})
"""What of a promise that was spoken is one too; a record of facts about another promise is only written on that day."""
_DRAWN = frozenset({"on"})
"""Points are given in silence, and drawn by somebody who comes."""

Mark = Literal["left", "do_not_contact"]


class Touch(NamedTuple):
    """One contact, and the record that tells of it."""

    at: Moment
    record: str


class Quiet(NamedTuple):
    """A customer with the last contact, and how many whole calendar months ago that was."""

    affairs: Affairs
    last: Touch | None
    months: int | None
    mark: Mark | None
    """Why nobody should write to them."""


def last(affairs: Affairs, now: Moment, *, since: date = date.min) -> Touch | None:
    """The last contact with a customer by *now*, and no earlier than *since*; None where the book knows of none."""
    known = (touch for touch in _touches(affairs) if since <= day_of(touch.at) and not is_late(touch.at, now))
    return max(known, key=lambda touch: (in_order(touch.at), touch.record), default=None)


def _touches(affairs: Affairs) -> Iterator[Touch]:
    records: tuple[Record, ...] = (
        affairs.customer, *affairs.sales, *affairs.deliveries, *affairs.installations, *affairs.claims,
        *(visit for visit in affairs.visits if visit.outcome in {"reached", "declined"}),
        *affairs.complaints, *affairs.wishes, *affairs.enquiries, *affairs.points, *affairs.promises,
    )  # fmt: skip
    for record in records:
        wanted = _wanted(record)
        for leaf in leaves(record):
            if isinstance(leaf.value, date) and _dotted(leaf.path) in wanted:
                yield Touch(leaf.value, record.id)
    yield from _events(affairs)


def _wanted(record: Record) -> frozenset[str]:
    known = _IN_TOUCH.get(record.id[:2], frozenset())
    match record:
        case PromiseRecord(of=None):
            return known | _SPOKEN
        case Points(drawn=int()):
            return known | _DRAWN
        case _:
            return known


def _dotted(path: tuple[str | int, ...]) -> str:
    return ".".join("*" if isinstance(step, int) else step for step in path)


def _events(affairs: Affairs) -> Iterator[Touch]:
    """What a guest of an event and the shop had to do with each other: invited, answered, came, was heard."""
    for event in affairs.events:
        for guest in event.guests:
            if guest.customer != affairs.customer.id:
                continue
            known = (guest.invited, guest.answered, guest.came, *guest.heard)
            yield from (Touch(fact.at, event.id) for fact in known if fact)


def months_since(day: date, today: date) -> int:
    """The whole calendar months from one day to another: a month is over on the same day of the next one, or on its
    last where it has no such day.  0 while the day lies ahead.
    """
    months = (today.year - day.year) * 12 + today.month - day.month
    return max(0, months if add_months(day, months) <= today else months - 1)


def quiet(people: Mapping[str, Affairs], now: Moment, *, months: int) -> list[Quiet]:
    """The customers with whom there was no contact for so many months, the longest first, whatever they bought.

    Those of whom no contact is known at all come before all others.
    """
    found = [_quiet(one, now) for name, one in people.items() if name != HOUSE]
    long = [one for one in found if one.months is None or one.months >= months]
    return sorted(long, key=lambda one: (in_order(one.last.at) if one.last else in_order(date.min), _id(one)))


def _id(one: Quiet) -> str:
    return one.affairs.customer.id


def _quiet(affairs: Affairs, now: Moment) -> Quiet:
    known = last(affairs, now)
    months = months_since(day_of(known.at), day_of(now)) if known else None
    return Quiet(affairs, known, months, _mark(affairs.customer, now))


def _mark(customer: Customer, now: Moment) -> Mark | None:
    if customer.gone and not is_late(customer.gone.on, now):
        return "left"
    return "do_not_contact" if customer.do_not_contact else None
