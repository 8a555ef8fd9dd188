"""What touched people's safety, or must not have happened, with some goods: unsafe faults and incidents."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from aftercare.answers.blame import is_our_fault
from aftercare.answers.observed import Noted
from aftercare.answers.serials import Serials
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, in_order
from aftercare.records.base import Deed
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint

Clean: TypeAlias = Callable[[str | None], str]
"""Makes of a text one without what tells who a customer is; "" of none."""


@dataclass
class Danger:
    """One thing that happened, by all records about it: an unsafe fault, an incident, or both in one.

    ``kind`` is the kind of the incident, or "unsafe"; ``told`` is when the maker was first told of it, if ever.
    """

    records: list[str]
    kind: str
    on: Moment
    product: str
    unit: str
    serial: str
    batch: str
    component: str
    words: list[str] = field(default_factory=list)
    cause: str = ""
    made_safe: Moment | None = None
    told: Moment | None = None


def dangers(shelf: Shelf, noted: Iterable[Noted], serials: Serials, clean: Clean) -> Iterator[Danger]:
    """The dangers among what was *noted*, the earliest first, in words that are *clean* of whoever they are of.

    A complaint that names the claim about the unsafe fault tells of the same danger; one of which it was found that the
    fault was the shop's own tells of none of the goods.
    """
    all_noted = list(noted)
    found = [*_faults(shelf, all_noted, serials, clean)]
    for one in all_noted:
        complaint = shelf.get(one.id) if one.what == "complaint" else None
        if isinstance(complaint, Complaint) and complaint.incident and not is_our_fault(complaint):
            named = {about.partition("/")[0] for about in complaint.about}
            danger = next((known for known in found if named.intersection(known.records)), None)
            if danger is None:
                danger = _begun(complaint.incident.kind, one, serials, clean)
                found.append(danger)
            else:
                danger.kind = complaint.incident.kind
                danger.records.append(one.id)
            danger.words.append(clean(one.words))
            cause = complaint.findings.cause if complaint.findings else None
            danger.cause = danger.cause or clean(cause)
            danger.made_safe = _first(danger.made_safe, complaint.incident.made_safe)
            danger.told = _first(danger.told, complaint.incident.told_maker)
    yield from sorted(found, key=lambda one: (in_order(one.on), one.records))


def _faults(shelf: Shelf, noted: Iterable[Noted], serials: Serials, clean: Clean) -> Iterator[Danger]:
    for one in noted:
        claim = shelf.get(one.id) if one.what == "fault" else None
        if isinstance(claim, Claim) and claim.touches_safety:
            danger = _begun("unsafe", one, serials, clean)
            danger.words, danger.cause = [clean(one.words)], clean(one.cause)
            danger.made_safe, danger.told = _first(None, claim.made_safe), _first(None, claim.told_maker)
            yield danger


def _begun(kind: str, one: Noted, serials: Serials, clean: Clean) -> Danger:
    serial = serials.thing(one.unit, one.on).serial if one.unit else ""
    return Danger([one.id], kind, one.on, one.product, one.unit, serial, one.batch, clean(one.component))


def _first(known: Moment | None, deed: Deed | None) -> Moment | None:
    """The earlier of a moment and a deed, of which either may not be there."""
    return min((at for at in (known, deed.at if deed else None) if at is not None), key=in_order, default=None)
