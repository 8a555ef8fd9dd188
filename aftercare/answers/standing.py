"""A unit at a glance: how long it is in use, what befell it, and what its owner paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from aftercare.answers import at_home, charges, works
from aftercare.answers.affairs import Affairs
from aftercare.answers.finding import serials_of
from aftercare.answers.timeline import cases_of, complaints_about
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.records.claim import Claim
from aftercare.records.visit import Visit


@dataclass(frozen=True)
class Standing:
    """A unit at a glance; ``charged`` is everything the customer paid for services, in the book's currency.

    ``parts`` are the pieces that were used for it, ``parts_charged`` is what of the sum was for these and ``labour``
    the rest; ``parts_at_cost`` says that none was dearer than it was for the shop.  What a repair cost its customer is
    meant with its parts.  ``serials`` begins with the number of the thing in use; ``exchanges`` counts the things that
    gave way to another, ``refunded`` is the day on which the price was paid back, ``retired`` that on which it went out
    of use.
    """

    unit: str
    customer: str
    product: str
    serials: tuple[str, ...]
    since: Moment
    months: int
    faults: int
    repairs: int
    installations: int
    contacts: int
    charged: Decimal
    exchanges: int = 0
    refunded: Moment | None = None
    complaints: int = 0
    reopened: int = 0
    """How often complaints about it came back."""
    labour: Decimal = Decimal(0)
    parts: Decimal = Decimal(0)
    parts_charged: Decimal = Decimal(0)
    parts_at_cost: bool = False
    last_contact: Moment | None = None
    retired: Moment | None = None


def standing(affairs: Affairs, unit: str, now: Moment) -> Standing | None:
    """What became of a unit; ``None`` where the customer has no such unit."""
    found = next(((sale, item) for name, sale, item in affairs.units() if name == unit), None)
    if found is None:
        return None
    sale, item = found
    line = int(unit.rpartition("/")[2])
    claims = [claim for claim in affairs.claims if claim.unit == unit]
    put_up = [w for w in affairs.installations_of(sale) if works.covers(w, line) and works.done_at(w)]
    brought = [w for w in affairs.deliveries_of(sale) if works.covers(w, line) and w.cancelled is None]
    complained = complaints_about(affairs, unit)
    own = cases_of(affairs, unit)
    about = [v for v in affairs.visits if any(_is_of(subject, unit, own) for subject in (*v.about, *v.keeps))]
    handed_over = [claim.replaced for claim in claims if claim.replaced]
    uses = charges.uses_for(affairs, unit)
    paid, for_parts = charges.charged(affairs, unit, claims, [*put_up, *brought]), charges.for_parts(uses)
    days = day_of(now), day_of(sale.sold_on)
    months = (days[0].year - days[1].year) * 12 + days[0].month - days[1].month - (days[0].day < days[1].day)
    return Standing(
        unit=unit,
        customer=sale.customer,
        product=item.product,
        serials=serials_of(item, claims),
        since=sale.sold_on,
        months=max(0, months),
        faults=sum(claim.is_fault for claim in claims),
        repairs=sum(len(claim.repairs) for claim in claims) + len(_mended(affairs, unit, claims)),
        installations=len(put_up),
        contacts=len(about),
        charged=paid,
        exchanges=len(handed_over),
        refunded=next((claim.refunded.on for claim in claims if claim.refunded), None),
        complaints=len(complained),
        reopened=sum(len(complaint.reopened) for complaint in complained),
        labour=paid - for_parts,
        parts=sum((use.row.qty for use in uses), Decimal(0)),
        parts_charged=for_parts,
        parts_at_cost=all(charges.is_at_cost(use) for use in uses),
        last_contact=max((visit.at for visit in about), key=in_order, default=None),
        retired=item.retired.on if item.retired else None,
    )


def _mended(affairs: Affairs, unit: str, claims: Sequence[Claim]) -> list[Visit]:
    """The repairs at home, but for those that a claim holds too."""
    cases = {claim.id for claim in claims}
    visits = [visit for visit in affairs.visits if visit.purpose == "repair" and at_home.done_at(visit)]
    about = [visit for visit in visits if any(_is_of(one, unit, cases) for one in visit.about)]
    return [visit for visit in about if not any(at_home.is_repair(claim, visit) for claim in claims)]


def _is_of(subject: str, unit: str, cases: set[str]) -> bool:
    """Whether a contact about the subject is about the unit: itself, its sale, a claim or a complaint about it."""
    head, sale = subject.split("/", 1)[0], unit.split("/", 1)[0]
    return head in cases or subject in {unit, sale} or subject.startswith(f"{unit}/")
