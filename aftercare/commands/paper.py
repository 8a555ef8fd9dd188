"""Papers of a sale that are ready to print: delivery sheet, labels for the packs, installation sheet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

import click

from aftercare.answers.installation_sheet import installation_sheet, open_installations
from aftercare.answers.ledger import ledger_of
from aftercare.answers.sheet import delivery_sheet, labels, open_deliveries
from aftercare.book.ids import loosely, split_unit
from aftercare.commands import deeds
from aftercare.commands.printing import OUTPUT, printed
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import NoSuchRecord, SeveralRecords
from aftercare.language import N_, _, word
from aftercare.plain.text import fold
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale
from aftercare.render.installation_sheet import installation_page
from aftercare.render.paper import delivery_page, label_page

if TYPE_CHECKING:
    from aftercare.book.shelf import Shelf

REF = argument("ref", metavar="REF")
MOST_COPIES = 500
_Work = TypeVar("_Work", Delivery, Installation)


@verb(
    "sheet",
    N_("The delivery sheet, ready to print and sign: of a delivery, or of what is to be delivered of a sale."),
    REF,
    *OUTPUT,
    example="aftercare delivery sheet SA26-0012 sheet.html",
)
def sheet(session: Session, ref: str, **output: Any) -> None:
    """A page of HTML on stdout or in a file, in the customer's language."""
    book = session.book()
    shelf = session.read(book)
    sale, delivery = _meant(session, shelf, ref, Delivery, open_deliveries)
    now = session.now()
    ledger = ledger_of(shelf, session.rules(book), now, [sale.customer])
    view = delivery_sheet(shelf, ledger, sale, delivery, now)
    printed(session, shelf.get(sale.customer), lambda: delivery_page(view), **output)


@verb(
    "label",
    N_("The labels for the packs of a sale, or of one line of it, ready to print."),
    REF,
    OUTPUT[0],
    option("--copies", type=click.IntRange(1, MOST_COPIES), default=1, metavar="N", text=N_("each label so often")),
    *OUTPUT[1:],
    example="aftercare sale label SA26-0012/1 --copies 2 label.html",
)
def label(session: Session, ref: str, copies: int, **output: Any) -> None:
    """A page of HTML on stdout or in a file, in the customer's language."""
    shelf = session.read(session.book())
    found, line = split_unit(deeds.resolved(session, shelf, ref, ("unit", "sale")))
    sale = _sale(shelf, found)
    wanted = labels(shelf, sale, line)
    printed(session, shelf.get(sale.customer), lambda: label_page(wanted, copies), **output)


@verb(
    "sheet",
    N_("The installation sheet, ready to print and sign: of an installation, or of what is to be put up of a sale."),
    REF,
    *OUTPUT,
    example="aftercare installation sheet SA26-0012 sheet.html",
)
def installation(session: Session, ref: str, **output: Any) -> None:
    """A page on stdout or in a file, in the customer's language."""
    book = session.book()
    shelf = session.read(book)
    sale, work = _meant(session, shelf, ref, Installation, open_installations)
    now, rules = session.now(), session.rules(book)
    ledger = ledger_of(shelf, rules, now, [sale.customer])
    view = installation_sheet(shelf, ledger, rules, sale, work, now)
    printed(session, shelf.get(sale.customer), lambda: installation_page(view), **output)


def _meant(
    session: Session, shelf: Shelf, ref: str, kind: type[_Work], open_ones: Callable[[Shelf, str], list[str]]
) -> tuple[Sale, _Work | None]:
    """The delivery or installation that is meant, with its sale; for a sale its one open one, if it has one."""
    named, name = loosely(ref), kind.__name__.lower()
    if (named and named.kind.name != "sale") or fold(ref).isdigit():
        work = shelf.get(deeds.resolved(session, shelf, ref, (name,)))
    else:
        sale = _sale(shelf, deeds.resolved(session, shelf, ref, ("sale",)))
        waiting = open_ones(shelf, sale.id)
        if len(waiting) > 1:
            raise SeveralRecords(word(name), ref, waiting)
        if not waiting:
            return sale, None
        work = shelf.get(waiting[0])
    if not isinstance(work, kind):
        raise NoSuchRecord(word(name), ref)
    return _sale(shelf, work.sale), work


def _sale(shelf: Shelf, record_id: str) -> Sale:
    found = shelf.get(record_id)
    if not isinstance(found, Sale):
        raise NoSuchRecord(_("sale"), record_id)
    return found
