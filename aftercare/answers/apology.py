"""What a letter of apology says, as far as the records know it: what was promised, what happened, what is done."""

from __future__ import annotations

from dataclasses import dataclass

from aftercare.answers.breaches.finding import Breach
from aftercare.answers.ledger import Ledger
from aftercare.answers.papers import Party, goods_of, party_of
from aftercare.answers.promises import Promise
from aftercare.answers.rules import Rules
from aftercare.answers.states import REGRETTABLE
from aftercare.book.settings import Shop
from aftercare.book.shelf import Shelf
from aftercare.errors import NothingToRegret
from aftercare.plain.moments import Moment, days_between
from aftercare.policies.shape import Words
from aftercare.records.customer import Customer
from aftercare.records.promise import Apology as PromiseApology
from aftercare.records.promise import Promise as PromiseRecord


@dataclass(frozen=True)
class Apology:
    """Everything in a letter of apology.  A breach of service that broke no promise has no promise here."""

    subject: str
    """The id that it is about."""
    customer: Customer
    to: Party
    shop: Shop
    printed_on: Moment
    promise: Promise | None
    about: tuple[str, ...]
    """The goods that it is about."""
    late_days: int
    """By how many days the promise was or is late."""
    happened: str
    """What was seen to have gone wrong, where it is more than a promise that was late or broken."""
    happened_on: Moment | None
    duty: Words | None
    """The standard that the shop holds itself to, and did not keep."""
    mended: tuple[str, ...]
    """What was done to make good, in the words of the records."""
    to_come: tuple[Promise, ...]
    """The promises of what is still to be done."""


def apology_for_promise(shelf: Shelf, ledger: Ledger, promise: Promise, now: Moment) -> Apology:
    """The letter for a promise that was kept late, was broken or is overdue; NothingToRegret for any other."""
    if promise.state not in REGRETTABLE:
        raise NothingToRegret(promise.id)
    customer = ledger.affairs[promise.draft.to].customer
    return Apology(
        subject=promise.id,
        customer=customer,
        to=party_of(customer),
        shop=shelf.settings.shop_facts,
        printed_on=now,
        promise=promise,
        about=tuple(goods_of(shelf, promise.draft.subject)),
        late_days=_late(promise, now),
        happened="",
        happened_on=None,
        duty=None,
        mended=_mended(ledger, customer.id, {promise.id}),
        to_come=_to_come(ledger, customer.id, {promise.id}),
    )


def apology_for_breach(shelf: Shelf, ledger: Ledger, rules: Rules, breach: Breach, now: Moment) -> Apology:
    """The letter for a breach of service, and for the promise that it broke where it did."""
    customer = ledger.affairs[breach.to].customer
    broken = ledger.get(breach.promise) if breach.promise else None
    promise = broken if broken and broken.state in REGRETTABLE else None
    duty = next((one for one in rules.standards.duties if one.line == breach.line), None)
    return Apology(
        subject=breach.id,
        customer=customer,
        to=party_of(customer),
        shop=shelf.settings.shop_facts,
        printed_on=now,
        promise=promise,
        about=tuple(goods_of(shelf, breach.id)),
        late_days=_late(promise, now) if promise else 0,
        happened="" if promise else breach.what,
        happened_on=None if promise else breach.on,
        duty=duty.title if duty else None,
        mended=_mended(ledger, customer.id, {breach.id, breach.promise}),
        to_come=_to_come(ledger, customer.id, {breach.id, breach.promise}),
    )


def _late(promise: Promise, now: Moment) -> int:
    """By how many days it was kept late, or is late by now."""
    if promise.due is None:
        return 0
    return max(0, days_between(promise.due.by, promise.kept.at if promise.kept else now))


def _mended(ledger: Ledger, customer: str, about: set[str]) -> tuple[str, ...]:
    """What the records about the promise or the breach say was done to make good, each once."""
    records = _records(ledger, customer, about)
    waiting = {promise.id for promise in _to_come(ledger, customer, about)}
    said = [
        text
        for one in records
        for text in (_how(one.apologised), _remedy(one.apologised, waiting), _how(one.kept))
        if text
    ]
    return tuple(dict.fromkeys(said))


def _records(ledger: Ledger, customer: str, about: set[str]) -> list[PromiseRecord]:
    return [one for one in ledger.affairs[customer].promises if {one.of, one.id} & about]


def _to_come(ledger: Ledger, customer: str, about: set[str]) -> tuple[Promise, ...]:
    """The remedies that were promised and are still owed."""
    said = (one.apologised for one in _records(ledger, customer, about))
    found = (ledger.get(one.remedy_in) for one in said if one and one.remedy_in)
    return tuple(promise for promise in found if promise and promise.is_open)


def _how(part: object) -> str:
    return getattr(part, "how", None) or ""


def _remedy(apology: PromiseApology | None, waiting: set[str]) -> str:
    """What was given to make good; what it cost the shop is none of the customer's business."""
    return (apology.remedy or "") if apology and apology.remedy_in not in waiting else ""
