"""``sale services``: what a customer is entitled to free of charge, and why."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from aftercare.answers.affairs import Affairs, affairs_with, owner_of
from aftercare.answers.entitled import Entitled, entitled, unpromised
from aftercare.answers.finding import describe
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, output_options, verb
from aftercare.errors import NoSuchRecord
from aftercare.language import N_, _
from aftercare.records.base import Record
from aftercare.records.sale import Sale
from aftercare.render import services
from aftercare.render.output import put, say
from aftercare.render.rows import Choice, emit


@verb(
    "services",
    N_("What the customer is entitled to free of charge, and why."),
    argument("ref", metavar="REF"),
    *output_options(),
    example="aftercare sale services SA26-0012",
)
def sale_services(session: Session, ref: str, **asked: Any) -> None:
    """The services that each line of a sale comes with."""
    book = session.book()
    shelf = session.read(book)
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    page = choice.fmt == "table" and not choice.fields
    sale, affairs = _sale(shelf, deeds.resolved(session, shelf, ref, ("sale",), echoed=not page))
    rules = session.rules(book)
    found = [one for number in range(1, len(sale.items) + 1) for one in entitled(affairs, sale, number, rules)]
    if page:
        _told(found[: choice.limit], shelf)
    else:
        emit([services.row(one) for one in found], [], choice, header=services.FIELDS)


def _sale(shelf: Shelf, sale_id: str) -> tuple[Sale, Affairs]:
    sale = shelf.get(sale_id)
    if not isinstance(sale, Sale):
        raise NoSuchRecord(_("sale"), sale_id)
    affairs = affairs_with(shelf, owner_of(shelf, sale_id) or "")
    if affairs is None:
        raise NoSuchRecord(_("customer"), sale.customer)
    return sale, affairs


def _told(found: Iterable[Entitled], shelf: Shelf) -> None:
    """Each unit, and below it its services."""
    unit = ""
    for one in found:
        if one.unit != unit:
            unit = one.unit
            put(describe(shelf, unit))
        put("  " + services.sentence(one, shelf))


def tell_unpromised(session: Session, pen: Pen, record: Record) -> None:
    """Say of a new sale that home delivery is due, where it is and no time was told for it."""
    if not isinstance(record, Sale) or all(item.taken or record.told_for(item).deliver for item in record.items):
        return
    __, affairs = _sale(pen.shelf, record.id)
    found = next(unpromised(affairs, record, session.rules(pen.book)), None)
    if found and found.because:
        say(
            _("{unit}: home delivery is due free of charge, {because} ({line})").format(
                unit=found.unit, because=services.reason(found.because), line=found.line
            )
        )
