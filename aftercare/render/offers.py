"""Offers in rows and sentences: the sales that meet them, and what they cost."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from aftercare.answers.finding import describe
from aftercare.answers.offers import Meeting
from aftercare.answers.promises import Promise
from aftercare.answers.takers import Taker, Tally
from aftercare.book.shelf import Shelf
from aftercare.language import _, plural
from aftercare.plain import money
from aftercare.plain.moments import iso
from aftercare.plain.text import printable
from aftercare.records.offer import Offer
from aftercare.render.promises import kind_name, state_name

FIELDS = (
    "id", "kind", "offer", "sold_on", "customer", "name", "state", "missing", "lines", "holds", "promises",
)  # fmt: skip
"""The fields of a sale's row, for the header of a CSV without rows."""


def row(offer: Offer, taker: Taker) -> dict[str, Any]:
    """A sale that meets an offer, for machines; ``state`` is ``yes`` or ``unknown``."""
    holds = None if taker.is_as_meant is None else "meant" if taker.is_as_meant else "printed"
    return {
        "id": taker.sale.id,
        "kind": "sale",
        "offer": offer.id,
        "sold_on": iso(taker.sale.sold_on),
        "customer": taker.affairs.customer.id,
        "name": taker.affairs.customer.name,
        "state": taker.met.state,
        "missing": [f"{record} {field}" for record, field in taker.met.missing],
        "lines": list(taker.met.lines),
        "holds": holds,
        "promises": [
            {
                "id": one.id,
                "what": one.what,
                "state": one.state,
                "due": iso(one.due.by) if one.due else None,
                "kept_on": iso(one.kept.at) if one.kept else None,
            }
            for one in taker.promises
        ],
    }


def sentences(taker: Taker, shelf: Shelf) -> Iterator[str]:
    """A sale that meets an offer, and below it what was promised in it."""
    words = [describe(shelf, taker.sale.id), iso(taker.sale.sold_on).replace("T", " ")]
    if taker.is_as_meant is not None and taker.met.lines:
        words.append(_("as meant") if taker.is_as_meant else _("as printed"))
    if taker.met.missing:
        words.append(missing(taker.met, shelf))
    yield printable(" ".join(words))
    for promise in taker.promises:
        words = [kind_name(promise.what), promise.draft.words, _stands(promise), promise.id]
        yield printable("    " + " ".join(filter(None, words)))


def _stands(promise: Promise) -> str:
    """How a promise stands, and since when it is kept or by when it is to be."""
    state = state_name(promise.state)
    if promise.kept:
        return _("{state} on {when}").format(state=state, when=iso(promise.kept.at).replace("T", " "))
    if promise.due and promise.is_open:
        return _("{state}, by {when}").format(state=state, when=iso(promise.due.by).replace("T", " "))
    return state


def missing(met: Meeting, shelf: Shelf) -> str:
    """What would have to be known to tell whether a sale meets an offer."""
    fields = _(", ").join(f"{record} {field}" for record, field in met.missing)
    return _("not known, for want of {fields}").format(fields=fields)


def cost_row(offer: Offer, tally: Tally, currency: str) -> dict[str, Any]:
    """What an offer led to and what it cost, for machines."""
    return {
        "id": offer.id,
        "kind": "offer",
        "title": offer.title,
        "misprinted": offer.misprint is not None,
        "sales": tally.sales,
        "promised": tally.promised,
        "kept": tally.kept,
        "open": tally.open,
        "charged_less": _amount(tally.cost.less, currency),
        "given": _amount(tally.cost.given, currency),
        "spent": _amount(tally.cost.spent, currency),
        "total": _amount(tally.cost.total, currency),
        "unknown": list(tally.cost.unknown),
    }


def _amount(value: Decimal, currency: str) -> str:
    return money.text(money.Amount(value), currency) if currency else format(value, "f")


def tallied(offer: Offer, tally: Tally, currency: str) -> Iterator[str]:
    """What an offer led to, and what it cost."""
    sales = plural("{count} sale meets it", "{count} sales meet it", tally.sales).format(count=tally.sales)
    yield _("{sales}: {promised} promised, {kept} kept, {open} open").format(
        sales=sales, promised=tally.promised, kept=tally.kept, open=tally.open
    )
    cost = tally.cost
    if offer.misprint:
        yield _("charged less than was meant: {amount}").format(amount=_amount(cost.less, currency))
        yield _("given that was not meant: {amount}").format(amount=_amount(cost.given, currency))
    if cost.spent or offer.misprint:
        yield _("spent besides: {amount}").format(amount=_amount(cost.spent, currency))
    if offer.misprint:
        yield _("the misprint cost {amount} in all").format(amount=_amount(cost.total, currency))
    if cost.unknown:
        yield _("not counted, since prices or costs are not known: {sales}").format(sales=_(", ").join(cost.unknown))
