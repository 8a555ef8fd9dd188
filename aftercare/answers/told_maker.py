"""What a maker was told of its goods, what it answered, and what still waits for an answer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from aftercare.answers.dangers import Clean
from aftercare.answers.makers import folded
from aftercare.answers.observed import Observed
from aftercare.answers.serials import Serials
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.records.base import Deed
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint
from aftercare.records.product import Product


class Told(NamedTuple):
    """Something the maker was told, under the record that says so, and what it answered."""

    record: str
    on: Moment
    what: str
    answer: str
    answered_on: Moment | None
    waits: bool
    """It was said that an answer is expected, and none has come."""


@dataclass(frozen=True)
class Messages:
    """What a maker was told of some goods, in words that are clean of whoever they are of."""

    shelf: Shelf
    file: Observed
    maker: str
    serials: Serials
    clean: Clean

    def about(self, product: Product, first: date, last: date) -> list[Told]:
        """What it was told about a product up to *last*, the earliest first; not what was settled before *first*."""
        every = (*self._said(product), *self._at_once(product.id), *self._passed_on(product.id))
        told = (one for one in every if day_of(one.on) <= last and (one.waits or _settled(one) >= first))
        return sorted(told, key=lambda one: (in_order(one.on), one.record))

    def _said(self, product: Product) -> Iterator[Told]:
        for one in product.told_maker:
            answer = self.clean(one.answer)
            yield Told(product.id, one.on, self.clean(one.what), answer, one.answered_on, waits=one.answer is None)

    def _at_once(self, product: str) -> Iterator[Told]:
        """What it was told because of a danger; the answer to it is noted with the product.

        What a claim and a complaint say was told at the same time was said once.
        """
        told: dict[Moment, Told] = {}
        for record, deed in (*self._of_claims(product), *self._of_complaints(product)):
            found = Told(record, deed.at, self.clean(deed.how), "", None, waits=False)
            if deed.at not in told or len(found.what) > len(told[deed.at].what):
                told[deed.at] = found
        yield from told.values()

    def _of_claims(self, product: str) -> Iterator[tuple[str, Deed]]:
        for claim, deed in self.file.told:
            record = self.shelf.get(claim)
            line = self.file.sold.get(self.serials.unit_now(record.unit)) if isinstance(record, Claim) else None
            if line and line.product == product:
                yield claim, deed

    def _of_complaints(self, product: str) -> Iterator[tuple[str, Deed]]:
        for complaint in self._complaints(product):
            if complaint.incident and complaint.incident.told_maker:
                yield complaint.id, complaint.incident.told_maker

    def _passed_on(self, product: str) -> Iterator[Told]:
        """The questions of complaints that were passed on to it."""
        for complaint in self._complaints(product):
            for one in complaint.passed_on:
                if one.at and folded(one.to) == folded(self.maker):
                    what, answer = self.clean(one.what), self.clean(one.answer)
                    waits = one.answered is None and complaint.withdrawn is None
                    yield Told(complaint.id, one.at, what, answer, one.answered, waits=waits)

    def _complaints(self, product: str) -> Iterator[Complaint]:
        for one in self.file.noted:
            record = self.shelf.get(one.id) if (one.what, one.product) == ("complaint", product) else None
            if isinstance(record, Complaint):
                yield record


def _settled(told: Told) -> date:
    """The day after which nothing more was to be said of it: that of the answer, else of the message itself."""
    return day_of(told.answered_on or told.on)
