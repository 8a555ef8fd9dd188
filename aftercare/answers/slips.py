"""What a customer takes home from the counter: the repair slip, and the receipt for what was lent meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.ledger import Ledger
from aftercare.answers.papers import Party, Thing, name_of, party_of, thing_of
from aftercare.answers.repeats import repeated
from aftercare.book.settings import Shop
from aftercare.book.shelf import Shelf
from aftercare.errors import NoSuchRecord, NothingLent, NotTakenIn
from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.plain.text import nth
from aftercare.policies.credo import Basic
from aftercare.records.claim import Claim, Loan, Repair
from aftercare.records.sale import Sale


class Former(NamedTuple):
    """An earlier repair of the same fault, and the claim that it is of."""

    claim: str
    repair: Repair
    person: str


class Lent(NamedTuple):
    """Something that was lent, and the day it is due back where that is known."""

    loan: Loan
    due: Moment | None


@dataclass(frozen=True)
class RepairSlip:
    """Everything on a repair slip."""

    claim: Claim
    thing: Thing
    customer: Party
    shop: Shop
    printed_on: Moment
    repair: Repair
    number: int
    """Which stay of the claim it is, counted from 1."""
    person: str
    ready_by: Moment | None
    """By when it is promised; None where nothing is, or where it went out."""
    former: tuple[Former, ...]
    lent: tuple[Loan, ...]
    """What is lent meanwhile."""
    currency: str
    credo: tuple[Basic, ...] = ()
    """What the shop holds itself to on the day of printing."""


@dataclass(frozen=True)
class LoanReceipt:
    """Everything on a receipt for what was lent."""

    claim: Claim
    thing: Thing
    """The customer's own, which is away meanwhile."""
    customer: Party
    shop: Shop
    printed_on: Moment
    lent: tuple[Lent, ...]


def repair_slip(shelf: Shelf, ledger: Ledger, affairs: Affairs, claim: Claim, now: Moment) -> RepairSlip:
    """The slip of the stay that is open, else of the last; NotTakenIn where there was none."""
    if not claim.repairs:
        raise NotTakenIn(claim.id)
    stays = list(enumerate(claim.repairs, start=1))
    number, repair = next((one for one in reversed(stays) if one[1].out is None), stays[-1])
    earlier = [
        Former(of, one, name_of(shelf, one.by))
        for one, of in repeated(claim, affairs.claims, repair.problem)
        if one is not repair and in_order(one.in_) < in_order(repair.in_)
    ]
    return RepairSlip(
        claim=claim,
        thing=_thing(shelf, affairs, claim),
        customer=party_of(affairs.customer),
        shop=shelf.settings.shop_facts,
        printed_on=now,
        repair=repair,
        number=number,
        person=name_of(shelf, repair.by),
        ready_by=_due(ledger, claim, "finish_repair", number),
        former=tuple(earlier),
        lent=tuple(loan for loan in claim.loans if loan.back is None),
        currency=shelf.settings.currency or "",
        credo=ledger.rules.credo(day_of(now)),
    )


def loan_receipt(shelf: Shelf, ledger: Ledger, affairs: Affairs, claim: Claim, now: Moment) -> LoanReceipt:
    """The receipt for all that is lent, else for what came back last; NothingLent where nothing was."""
    if not claim.loans:
        raise NothingLent(claim.id)
    numbered = list(enumerate(claim.loans, start=1))
    out = [one for one in numbered if one[1].back is None] or [max(numbered, key=lambda one: _back(one[1]))]
    return LoanReceipt(
        claim=claim,
        thing=_thing(shelf, affairs, claim),
        customer=party_of(affairs.customer),
        shop=shelf.settings.shop_facts,
        printed_on=now,
        lent=tuple(Lent(loan, _due(ledger, claim, "return_loan", number)) for number, loan in out),
    )


def _back(loan: Loan) -> tuple[object, ...]:
    return (in_order(loan.back or loan.at),)


def _due(ledger: Ledger, claim: Claim, what: str, number: int) -> Moment | None:
    """By when the promise about a repair or a loan of the claim, counted from 1, is to be kept, where it is open."""
    about = (one for one in ledger.promises if one.what == what and one.draft.record == claim.id and one.is_open)
    promise = next((one for one in about if one.id.rpartition(".")[2] == str(number)), None)
    return promise.due.by if promise and promise.due else None


def _thing(shelf: Shelf, affairs: Affairs, claim: Claim) -> Thing:
    """The thing that came in: of several exchanges, those before the claim."""
    head, __, line = claim.unit.partition("/")
    sale = shelf.get(head)
    if not isinstance(sale, Sale) or not nth(line, len(sale.items)):
        raise NoSuchRecord(_("unit"), claim.unit)
    return thing_of(shelf, sale, int(line), _before(affairs.claims_of(claim.unit), claim))


def _before(claims: Sequence[Claim], claim: Claim) -> list[Claim]:
    asked = in_order(claim.reported_on)
    return [one for one in claims if one.replaced and one is not claim and in_order(one.replaced.on) <= asked]
