"""Dates that contradict each other: what cannot have happened in this order.

They are faults of the book.  Nothing is reckoned from them: a record that contradicts itself proves no breach.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from aftercare.answers import wishes
from aftercare.book.shelf import Shelf, kind_of
from aftercare.language import _
from aftercare.plain.moments import Moment, is_late, iso
from aftercare.plain.tree import Path, dotted
from aftercare.records.base import Record
from aftercare.records.claim import Claim
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale
from aftercare.records.schema import leaves
from aftercare.records.wish import Wish

_ORDER: dict[str, tuple[tuple[str, str], ...]] = {
    "customer": (("since", "left.on"),),
    "sale": (
        ("sold_on", "cancelled.on"),
        ("sold_on", "items.*.retired.on"),
        ("sold_on", "given.*.at"),
        ("sold_on", "paid_back.*.at"),
    ),
    "delivery": (
        ("dispatched_at", "arrived_at"),
        ("dispatched_at", "signed.at"),
        ("arrived_at", "signed.at"),
    ),
    "installation": (("started_at", "signed.at"),),
    "claim": (
        ("fault.found_on", "reported_on"),
        ("reported_on", "repairs.*.in"),
        ("repairs.*.in", "repairs.*.diagnosed"),
        ("repairs.*.in", "repairs.*.repaired"),
        ("repairs.*.in", "repairs.*.tested"),
        ("repairs.*.in", "repairs.*.out"),
        ("repairs.*.in", "repairs.*.waiting.*.from"),
        ("repairs.*.waiting.*.from", "repairs.*.waiting.*.to"),
        ("reported_on", "decisions.*.on"),
        ("loans.*.at", "loans.*.back"),
        ("reported_on", "replaced.on"),
        ("replaced.requested_on", "replaced.on"),
        ("reported_on", "returned.on"),
        ("reported_on", "refunded.on"),
        ("reported_on", "closed.on"),
        ("reported_on", "made_safe.at"),
        ("reported_on", "told_maker.at"),
    ),
    "complaint": (
        ("received_at", "acknowledged.*.at"),
        ("received_at", "assigned.*.at"),
        ("received_at", "passed_on.*.promised"),
        ("received_at", "passed_on.*.at"),
        ("passed_on.*.promised", "passed_on.*.at"),
        ("passed_on.*.at", "passed_on.*.answered"),
        ("asked.*.at", "asked.*.got"),
        ("received_at", "findings.on"),
        ("received_at", "answers.*.at"),
        ("received_at", "resolved.*.at"),
        ("received_at", "confirmed.*.at"),
        ("received_at", "reopened.*.at"),
        ("received_at", "withdrawn.on"),
        ("incident.happened_at", "received_at"),
        ("incident.happened_at", "incident.made_safe.at"),
        ("incident.happened_at", "incident.told_maker.at"),
    ),
    "enquiry": (
        ("at", "answered.*.at"),
        ("at", "call_by"),
        ("at", "material.*.asked_at"),
        ("material.*.asked_at", "material.*.send_by"),
        ("material.*.asked_at", "material.*.sent_at"),
        ("at", "appointments.*.made_at"),
        ("appointments.*.made_at", "appointments.*.by"),
        ("appointments.*.made_at", "appointments.*.met_at"),
        ("appointments.*.made_at", "appointments.*.cancelled.on"),
        ("appointments.*.from", "appointments.*.by"),
        ("at", "bought.on"),
        ("at", "closed.on"),
    ),
    "offer": (
        ("since", "until"),
        ("published_on", "until"),
        ("published_on", "published.*.at"),
        ("published.*.at", "published.*.corrected_at"),
        ("published_on", "misprint.at"),
        ("misprint.at", "published.*.corrected_at"),
        ("misprint.at", "misprint.supplied.*.at"),
        ("misprint.at", "misprint.apologised.*.at"),
        ("published_on", "costs.*.at"),
        ("published_on", "ended.on"),
        ("ended.on", "until"),
    ),
    "event": (
        ("planned_on", "guests.*.listed_on"),
        ("planned_on", "guests.*.invited.at"),
        ("guests.*.invited.at", "guests.*.answered.at"),
        ("guests.*.invited.at", "guests.*.came.at"),
        ("planned_on", "held_at"),
        ("planned_on", "cancelled.on"),
    ),
    "visit": (("at", "given.taken_back.on"),),
    "points": (("on", "handed_over.at"), ("on", "cancelled.on"), ("on", "until")),
    "part": (("ordered.*.at", "ordered.*.expected"),),
    "staff": (("certificates.*.since", "certificates.*.until"), ("trainings.*.on", "trainings.*.until")),
    "product": (("told_maker.*.on", "told_maker.*.answered_on"),),
    "wish": (
        ("said_on", "passed_on.*.at"),
        ("said_on", "answers.*.at"),
        ("said_on", "told.*.at"),
        ("said_on", "realised.on"),
        ("said_on", "withdrawn.on"),
    ),
    "promise": (("made_on", "kept.at"), ("made_on", "released.on"), ("made_on", "broken.on")),
}
"""For each kind, dates of which the first cannot come after the second."""
_AFTER_SALE: dict[str, tuple[str, ...]] = {
    "delivery": ("dispatched_at", "arrived_at", "signed.at"),
    "installation": ("started_at", "signed.at"),
    "claim": ("reported_on",),
}
"""Dates that cannot come before the day of the sale."""


class Contradiction(NamedTuple):
    """A date that cannot be, with the sentence that says why."""

    record: str
    path: Path
    sentence: str


def contradictions(shelf: Shelf) -> Iterator[Contradiction]:
    """Every date of a record that contradicts another one."""
    for record in shelf.records.values():
        yield from contradictions_of(shelf, record)


def contradictions_of(shelf: Shelf, record: Record) -> Iterator[Contradiction]:
    """The dates of one record that contradict each other, or come before its sale."""
    kind = kind_of(record.id)
    moments: dict[Path, Moment] = {leaf.path: leaf.value for leaf in leaves(record) if isinstance(leaf.value, date)}
    for first, second in _ORDER.get(kind, ()):
        yield from _reversed(record, moments, first.split("."), second.split("."))
    sale = _sale_of(shelf, record)
    if sale is not None:
        yield from _before_sale(record, sale, moments, _AFTER_SALE.get(kind, ()))
    if isinstance(record, Wish):
        yield from (Contradiction(record.id, path, sentence) for path, sentence in wishes.disorder(record))


def _reversed(
    record: Record, moments: dict[Path, Moment], first: list[str], second: list[str]
) -> Iterator[Contradiction]:
    """The pairs of dates that stand in the wrong order; a ``*`` is one position in both."""
    for path, later in moments.items():
        if not _fits(path, second):
            continue
        positions = iter([step for step in path if isinstance(step, int)])
        before: Path = tuple(next(positions) if step == "*" else step for step in first)
        earlier = moments.get(before)
        if earlier is not None and is_late(earlier, later):
            sentence = _("{where} ({when}) is before {other} ({then})").format(
                where=dotted(path), when=iso(later), other=dotted(before), then=iso(earlier)
            )
            yield Contradiction(record.id, path, sentence)


def _fits(path: Path, pattern: list[str]) -> bool:
    return len(path) == len(pattern) and all(
        isinstance(step, int) if wanted == "*" else step == wanted for step, wanted in zip(path, pattern, strict=True)
    )


def _before_sale(
    record: Record, sale: Sale, moments: dict[Path, Moment], fields: tuple[str, ...]
) -> Iterator[Contradiction]:
    for field in fields:
        path: Path = tuple(field.split("."))
        at = moments.get(path)
        if at is not None and is_late(sale.sold_on, at):
            sentence = _("{where} ({when}) is before {sale} was sold ({then})").format(
                where=field, when=iso(at), sale=sale.id, then=iso(sale.sold_on)
            )
            yield Contradiction(record.id, path, sentence)


def _sale_of(shelf: Shelf, record: Record) -> Sale | None:
    match record:
        case Delivery() | Installation():
            sale = shelf.get(record.sale)
        case Claim():
            sale = shelf.get(record.unit.partition("/")[0])
        case _:
            return None
    return sale if isinstance(sale, Sale) else None
