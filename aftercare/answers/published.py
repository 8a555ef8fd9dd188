"""What is wrong in offers, and in what sales say was given or paid back by them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from aftercare.answers.offers import OF_UNITS, WORKS, meeting
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.tree import Path, dotted
from aftercare.records.customer import Customer
from aftercare.records.offer import Offer
from aftercare.records.product import Product
from aftercare.records.sale import Given, Sale

Wrong = tuple[Path, str]
"""The place in the record, and the sentence."""


def misstated(offer: Offer) -> Iterator[Wrong]:
    """How an offer cannot mean what it says."""
    if offer.misprint and not offer.published:
        sentence = _("{where}: nothing says where it was published, so that no correction can reach it")
        yield ("misprint",), sentence.format(where="misprint")
    yield from _rows(offer)


def _rows(offer: Offer) -> Iterator[Wrong]:
    """Rows that can never hold, or have a time that nothing can keep."""
    without = _("{where} is about a misprint, and none is noted")
    for at, give in enumerate(offer.gives):
        path: Path = ("gives", at)
        if give.holds and offer.misprint is None:
            yield (*path, "holds"), without.format(where=dotted((*path, "holds")))
        if give.what in WORKS and give.after not in {None, "sold", *_before(give.what)}:
            sentence = _("{where}: {what} cannot come so long after {after}")
            yield (
                (*path, "after"),
                sentence.format(where=dotted((*path, "after")), what=give.what, after=give.after),
            )
    for at, price in enumerate(offer.prices):
        if price.meant and offer.misprint is None:
            yield ("prices", at, "meant"), without.format(where=dotted(("prices", at, "meant")))


def _before(what: str) -> set[str]:
    """What comes before a work."""
    return {"delivered"} if what == "install" else set()


def misgiven(sale: Sale, shelf: Shelf, products: Mapping[str, Product]) -> Iterator[Wrong]:
    """What was given, or paid back, by an offer that had promised no such thing in this sale."""
    buyer = shelf.get(sale.customer)
    entries = [*(("given", at, one.offer) for at, one in enumerate(sale.given))]
    entries += [("paid_back", at, one.offer) for at, one in enumerate(sale.paid_back)]
    for name, at, named in entries:
        offer = shelf.get(named)
        if not isinstance(offer, Offer) or not isinstance(buyer, Customer):
            continue  # a reference that leads nowhere is a fault of its own
        path: Path = (name, at, "offer")
        if meeting(offer, sale, buyer, products).state == "no":
            sentence = _("{where}: {sale} does not meet {offer}, or not on its day")
            yield path, sentence.format(where=dotted(path), sale=sale.id, offer=offer.id)
        elif name == "given" and (said := _no_row(offer, sale.given[at], sale)):
            yield (name, at, "row"), said


def _no_row(offer: Offer, given: Given, sale: Sale) -> str:
    """Why what was given is no row of the offer's, if it is none."""
    if given.row > len(offer.gives):
        return _("{where}: {offer} has no row {row}").format(where="given", offer=offer.id, row=given.row)
    is_of_unit = offer.gives[given.row - 1].what in OF_UNITS
    if is_of_unit is not bool(given.item) or (given.item or 0) > len(sale.items):
        sentence = _("{where}: row {row} of {offer} is promised for each line; say which") if is_of_unit else ""
        sentence = sentence or _("{where}: row {row} of {offer} is promised for the sale, not for a line")
        return sentence.format(where="given", offer=offer.id, row=given.row)
    return ""
