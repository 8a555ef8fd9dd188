"""What goes home with the customer from the counter: repair slip, receipt for a loan, guarantee card."""

from __future__ import annotations

from typing import Any, NamedTuple

from aftercare.answers.affairs import Affairs, affairs_with, owner_of
from aftercare.answers.guarantee_card import guarantee_card
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.remedies import ended
from aftercare.answers.slips import loan_receipt, repair_slip
from aftercare.book.ids import split_unit
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds
from aftercare.commands.printing import OUTPUT, printed
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, verb
from aftercare.errors import CalledOff, NoSuchRecord
from aftercare.language import N_, _, word
from aftercare.plain.moments import Moment
from aftercare.policies.uncovered import uncovered
from aftercare.records.claim import Claim
from aftercare.records.sale import Sale
from aftercare.render.guarantee_card import guarantee_page
from aftercare.render.slips import receipt_page, slip_page

REF = argument("ref", metavar="REF")


class _Asked(NamedTuple):
    """The claim that is meant, with all that its papers are made of."""

    shelf: Shelf
    ledger: Ledger
    affairs: Affairs
    claim: Claim
    now: Moment


@verb(
    "slip",
    N_("The repair slip of the repair that is open, or else of the last one, ready to print and sign."),
    REF,
    *OUTPUT,
    example="aftercare claim slip CL26-0004 slip.html",
)
def slip(session: Session, ref: str, **output: Any) -> None:
    """A page on stdout or in a file, in the customer's language."""
    view = repair_slip(*(asked := _asked(session, ref)))
    printed(session, asked.affairs.customer, lambda: slip_page(view), **output)


@verb(
    "receipt",
    N_("The receipt for what is lent under a claim, ready to print and sign."),
    REF,
    *OUTPUT,
    example="aftercare claim receipt CL26-0004 receipt.html",
)
def receipt(session: Session, ref: str, **output: Any) -> None:
    """A page on stdout or in a file, in the customer's language."""
    view = loan_receipt(*(asked := _asked(session, ref)))
    printed(session, asked.affairs.customer, lambda: receipt_page(view), **output)


def _asked(session: Session, ref: str) -> _Asked:
    book = session.book()
    shelf = session.read(book)
    claim = shelf.get(deeds.resolved(session, shelf, ref, ("claim",)))
    if not isinstance(claim, Claim):
        raise NoSuchRecord(word("claim"), ref)
    customer, now = owner_of(shelf, claim.unit) or "", session.now()
    ledger = ledger_of(shelf, session.rules(book), now, [customer])
    if customer not in ledger.affairs:
        raise NoSuchRecord(_("customer"), customer or claim.unit)
    return _Asked(shelf, ledger, ledger.affairs[customer], claim, now)


@verb(
    "card",
    N_("The guarantee card of a unit, or of every line of a sale, a page each, ready to print and stamp."),
    REF,
    *OUTPUT,
    example="aftercare unit card SA26-0012/1 card.html",
)
def card(session: Session, ref: str, **output: Any) -> None:
    """A page on stdout or in a file, in the customer's language."""
    book = session.book()
    shelf = session.read(book)
    found, line = split_unit(deeds.resolved(session, shelf, ref, ("unit", "sale")))
    sale = shelf.get(found)
    affairs = affairs_with(shelf, owner_of(shelf, found) or "")
    if not isinstance(sale, Sale) or affairs is None:
        raise NoSuchRecord(_("sale"), ref)
    if sale.cancelled:
        raise CalledOff(sale.id)
    rules, now = session.rules(book), session.now()
    if why := uncovered(rules.packs, rules.country, rules.region):
        session.warn(why)
    units = [f"{sale.id}/{number}" for number in ([line] if line else range(1, len(sale.items) + 1))]
    kept = [unit for unit in units if not ended(affairs, unit, now)] or units
    cards = [guarantee_card(shelf, affairs, rules, unit, now) for unit in kept]
    printed(session, affairs.customer, lambda: guarantee_page(cards, shelf.settings.currency or ""), **output)
