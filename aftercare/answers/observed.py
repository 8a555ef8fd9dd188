"""What the records noted of the quality of goods: faults, what visits saw, questions, repairs and what came of them.

The units that were sold are gathered beside it, since a count of faults means nothing without them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from aftercare.answers import at_home
from aftercare.answers.repeats import repeated
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.records.base import Deed, Record
from aftercare.records.claim import Claim, Replaced
from aftercare.records.complaint import Complaint
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.product import Product
from aftercare.records.sale import Sale
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish

WHATS: tuple[str, ...] = (
    "fault",
    "no_fault",
    "seen",
    "wear",
    "question",
    "repair",
    "repeat_repair",
    "exchange",
    "return",
    "refund",
    "goodwill",
    "complaint",
    "wish",
)
"""What can be noted; each is counted apart, so that nothing that was only seen or asked swells the faults."""


class Sold(NamedTuple):
    """A line of a sale that was not called off: so many pieces of one product, of one batch where that is known."""

    unit: str
    product: str
    batch: str
    pieces: int
    on: Moment
    retired: Moment | None = None
    """When it went out of use for good, where that is known."""


class Left(NamedTuple):
    """Pieces that came back for good or were paid back, and are in service no more."""

    unit: str
    pieces: int
    on: Moment


class Noted(NamedTuple):
    """One thing that a record says of a product; of what nobody said, the text is empty."""

    what: str
    id: str
    on: Moment
    product: str
    unit: str = ""
    batch: str = ""
    component: str = ""
    cause: str = ""
    words: str = ""
    again: bool = False
    """Whether a claim says itself that its fault is one that an earlier claim was about."""


@dataclass
class Observed:
    """What was sold of some products, what left the customers' hands, and all that was noted, the earliest first."""

    sold: dict[str, Sold] = field(default_factory=dict)
    left: list[Left] = field(default_factory=list)
    noted: list[Noted] = field(default_factory=list)
    told: list[tuple[str, Deed]] = field(default_factory=list)
    """The claims under which the maker was told of a fault at once, each with when and how."""
    exchanged: Mapping[str, Sequence[Replaced]] = field(default_factory=dict)
    """For each unit the exchanges, the earliest first."""


def observed(shelf: Shelf, products: Collection[str]) -> Observed:
    """Everything noted of some *products*, by their ids."""
    look = look_at(shelf, products)
    claims, noted = look.claims, list(look.of_contacts())
    left: list[Left] = []
    for unit, about in claims.items():
        for claim in about:
            noted += look.of_claim(claim, about)
            left += _left(claim, look.sold[unit])
    told = [(claim.id, claim.told_maker) for about in claims.values() for claim in about if claim.told_maker]
    return Observed(look.sold, left, sorted(noted, key=lambda one: (in_order(one.on), one.id)), told, look.exchanged)


def look_at(shelf: Shelf, products: Collection[str]) -> Look:
    """The shelf as it is looked at for some *products*, by their ids."""
    sold = {line.unit: line for line in _sold(shelf, products)}
    claims = _claims(shelf, sold)
    return Look(shelf, products, sold, claims, {unit: _exchanged(about) for unit, about in claims.items()})


def _sold(shelf: Shelf, products: Collection[str]) -> Iterator[Sold]:
    for sale in shelf.of(Sale):
        for number, item in enumerate(sale.items if sale.cancelled is None else (), start=1):
            product = shelf.get(item.product)
            if product is not None and product.id in products:
                retired = item.retired.on if item.retired else None
                yield Sold(f"{sale.id}/{number}", product.id, item.batch or "", item.pieces, sale.sold_on, retired)


def _claims(shelf: Shelf, sold: Mapping[str, Sold]) -> dict[str, list[Claim]]:
    """The claims about each unit, in the order of their ids; all name it by the id that it has now."""
    found: dict[str, list[Claim]] = defaultdict(list)
    for claim in sorted(shelf.of(Claim), key=lambda claim: claim.id):
        unit = _unit_now(shelf, claim.unit)
        if unit in sold:
            found[unit].append(claim.model_copy(update={"unit": unit}) if claim.unit != unit else claim)
    return found


def _exchanged(about: Iterable[Claim]) -> list[Replaced]:
    return sorted((one for claim in about if (one := claim.replaced)), key=lambda one: in_order(one.on))


def _unit_now(shelf: Shelf, reference: str) -> str:
    """The id that a unit has now, whichever its sale had before."""
    head, sign, rest = reference.partition("/")
    record = shelf.get(head)
    return f"{record.id}{sign}{rest}" if record else reference


def _left(claim: Claim, line: Sold) -> Iterator[Left]:
    """What a claim took out of service; a claim that says no number of pieces is about the whole line."""
    ends = [end.on for end in (claim.returned, claim.refunded) if end]
    if ends:
        pieces = (claim.returned.qty if claim.returned else None) or line.pieces
        yield Left(line.unit, pieces, min(ends, key=in_order))


@dataclass(frozen=True)
class Look:
    """The shelf, and what of it is asked about."""

    shelf: Shelf
    products: Collection[str]
    sold: dict[str, Sold]
    claims: Mapping[str, Sequence[Claim]]
    exchanged: Mapping[str, Sequence[Replaced]]

    def of_claim(self, claim: Claim, about: Sequence[Claim]) -> Iterator[Noted]:
        """What one claim says, *about* being all the claims of its unit."""
        fault, causes = claim.fault, [repair.cause for repair in claim.repairs if repair.cause]
        on = (fault.found_on if fault else None) or claim.reported_on
        seen = self._noted("fault", claim.id, on, claim.unit, (fault.symptom or "") if fault else "")._replace(
            component=(fault.component or "") if fault else "", cause=causes[-1] if causes else ""
        )
        if claim.is_fault:
            results = [repair.result for repair in claim.repairs if repair.out]
            again = fault is not None and fault.same_as is not None
            nothing = bool(results) and results[-1] == "no_fault"
            yield seen._replace(what="no_fault" if nothing else "fault", again=again)
        for repair in claim.repairs:
            done = seen._replace(what="repair", on=repair.in_, words=repair.done or repair.problem or seen.words)
            yield done
            before = (one for one, __ in repeated(claim, about, repair.problem) if one is not repair)
            if any(one.out and not is_late(one.out, repair.in_) for one in before):
                yield done._replace(what="repeat_repair")
        yield from _given(claim, seen)

    def of_contacts(self) -> Iterator[Noted]:
        """What was seen, asked, complained of and wished for."""
        for visit in self.shelf.of(Visit):
            yield from self._of_visit(visit)
        for complaint in self.shelf.of(Complaint):
            if complaint.withdrawn is None:
                yield from self._said("complaint", complaint, complaint.received_at, complaint.about, complaint.what)
        for wish in self.shelf.of(Wish):
            if wish.withdrawn is None:
                yield from self._said("wish", wish, wish.said_on, wish.about, wish.words)

    def _of_visit(self, visit: Visit) -> Iterator[Noted]:
        subjects = subjects_of(visit)
        units = {unit for subject in subjects if (unit := self._unit_of(subject))}
        for saw in visit.saw:
            # Seen at a visit about several things, and not said on which of them: it is noted of none.
            unit = _unit_now(self.shelf, saw.unit) if saw.unit else next(iter(units)) if len(units) == 1 else ""
            if unit in self.sold and saw.kind != "none":
                what = "wear" if saw.kind == "wear" else "seen"
                seen = self._noted(what, visit.id, visit.at, unit, saw.what)
                yield seen._replace(component=saw.component or "")
        if visit.purpose == "repair" and at_home.done_at(visit):
            for unit in sorted(units.intersection(self.sold)):
                yield from self._mended(visit, unit)
        if visit.purpose == "advice":
            words = ", ".join([*visit.heard, *visit.answers.values()]) or visit.note or ""
            yield from self._said("question", visit, visit.at, subjects, words)

    def _mended(self, visit: Visit, unit: str) -> Iterator[Noted]:
        """A repair at the customer's home, unless the claim holds it as one of its own."""
        claims = self.claims.get(unit, ())
        if not any(at_home.is_repair(claim, visit) for claim in claims):
            about = next((claim.fault for claim in claims if claim.id in visit.about and claim.fault), None)
            words = visit.note or (about.symptom or "" if about else "")
            done = self._noted("repair", visit.id, visit.at, unit, words)
            yield done._replace(component=(about.component or "") if about else "")

    def _said(self, what: str, record: Record, on: Moment, subjects: Sequence[str], words: str) -> Iterator[Noted]:
        """What a record says of each product that it is about, once, with the unit where one is named."""
        for product, unit in self.about(subjects).items():
            noted = self._noted(what, record.id, on, unit, words) if unit else None
            yield noted or Noted(what, record.id, on, product, words=words)

    def about(self, subjects: Sequence[str]) -> dict[str, str]:
        """The products that some subjects are about, each with the unit where one is named, else ""."""
        told: dict[str, str] = {}
        for subject in subjects:
            named = self.shelf.get(subject.partition("/")[0])
            if isinstance(named, Product) and named.id in self.products:
                told.setdefault(named.id, "")
            elif (unit := self._unit_of(subject)) in self.sold:
                told[self.sold[unit].product] = told.get(self.sold[unit].product) or unit
        return told

    def _noted(self, what: str, record: str, on: Moment, unit: str, words: str) -> Noted:
        line = self.sold[unit]
        return Noted(what, record, on, line.product, unit, self._batch(line, on), words=words)

    def _batch(self, line: Sold, on: Moment) -> str:
        """The batch of the thing in use on a day: from the day after an exchange that of the new one, where known."""
        before = [one for one in self.exchanged.get(line.unit, ()) if day_of(one.on) < day_of(on)]
        return (before[-1].batch or "") if before else line.batch

    def _unit_of(self, subject: str) -> str:
        """The one unit that a subject is about: a line, the only line of a sale or of its works, what a claim is of."""
        head, __, rest = subject.partition("/")
        record = self.shelf.get(head)
        match record:
            case Sale():
                number = rest.partition("/")[0] or ("1" if len(record.items) == 1 else "")
                return f"{record.id}/{number}" if number else ""
            case Delivery() | Installation():
                return self._unit_of(record.sale)
            case Claim():
                return _unit_now(self.shelf, record.unit)
            case _:
                return ""


def subjects_of(visit: Visit) -> list[str]:
    """What a contact was about: what it names, and what the promises that it keeps are about."""
    return [*visit.about, *(kept.rpartition("/")[0] for kept in visit.keeps)]


def _given(claim: Claim, seen: Noted) -> Iterator[Noted]:
    """What the customer was given, and what was taken back."""
    for decision in claim.decisions:
        if decision.goodwill:
            yield seen._replace(what="goodwill", on=decision.on, words=decision.reason or decision.remedy)
    if claim.returned:
        yield seen._replace(what="return", on=claim.returned.on, words=claim.returned.condition or seen.words)
    if claim.replaced:
        yield seen._replace(what="exchange", on=claim.replaced.on)
    if claim.refunded:
        yield seen._replace(what="refund", on=claim.refunded.on)
