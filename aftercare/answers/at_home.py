"""What people of the shop do at the customer's home: goods brought and put up, and visits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeAlias

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import to_install
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.policies.categories import ROOT
from aftercare.policies.standards import WORKS
from aftercare.records.claim import Claim
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.visit import Visit

AtHome: TypeAlias = Delivery | Installation | Visit


def kind_of(work: AtHome) -> str:
    """Which of :data:`WORKS` it is; "" for a contact that nobody came home for."""
    if not isinstance(work, Visit):
        return "delivery" if isinstance(work, Delivery) else "installation"
    if work.channel != "home":
        return ""
    return work.purpose if work.purpose in WORKS else "visit"


def done_at(work: AtHome) -> Moment | None:
    """When it was done: signed for, or the customer was there; None for what was not, or not at home."""
    if isinstance(work, Visit):
        return work.at if kind_of(work) and work.outcome == "reached" else None
    return work.signed.at if work.signed and work.cancelled is None else None


def worker(work: AtHome) -> str:
    """The person in charge of it."""
    return (work.by or "") if isinstance(work, Visit) else works.worker(work)


def done(affairs: Affairs) -> list[AtHome]:
    """Everything that was done at a customer's home, the earliest first."""
    every: list[AtHome] = [*affairs.deliveries, *affairs.installations, *affairs.visits]
    timed = [(at, work) for work in every if (at := done_at(work)) is not None]
    return [work for __, work in sorted(timed, key=lambda pair: (in_order(pair[0]), pair[1].id))]


def mended(affairs: Affairs, unit: str, rules: Rules) -> list[tuple[int, Visit]]:
    """The visits by which a unit was repaired at home, numbered in the order in which they were written down.

    One that its claim holds as a repair of that day too is that repair, and not another one.
    """
    visits = [visit for visit in affairs.visits if visit.purpose == "repair" and done_at(visit)]
    about = enumerate((visit for visit in visits if unit in units_of(affairs, visit, rules)), start=1)
    return [(number, visit) for number, visit in about if not any(is_repair(one, visit) for one in affairs.claims)]


def is_repair(claim: Claim, visit: Visit, *, out: Moment | None = None) -> bool:
    """Whether a claim holds a repair that was handed back (*out*, or at any time) on the day of a visit about it."""
    outs = [out] if out else [repair.out for repair in claim.repairs if repair.out]
    return claim.id in visit.about and any(day_of(one) == day_of(visit.at) for one in outs)


def of_id(affairs: Affairs, record: str) -> AtHome | None:
    """The work of that id, done or not."""
    every: list[AtHome] = [*affairs.deliveries, *affairs.installations, *affairs.visits]
    return next((work for work in every if work.id == record), None)


def day(affairs: Affairs, work: AtHome) -> date:
    """The day of the work as far as it is known; the lists of that day count."""
    if isinstance(work, Visit):
        return day_of(work.at)
    begun = work.started_at if isinstance(work, Installation) else work.arrived_at
    sale = affairs.sale_by_id.get(work.sale)
    known = begun or (work.signed.at if work.signed else None) or work.arranged_on or (sale.sold_on if sale else None)
    return day_of(known) if known else date.min


def units_of(affairs: Affairs, work: AtHome, rules: Rules) -> list[str]:
    """The goods that it is about, as units, each once; none for a visit about nothing in particular."""
    if not isinstance(work, Visit):
        return list(_of_sale(affairs, work, rules))
    return units_named(affairs, [*work.about, *work.keeps], rules)


def units_named(affairs: Affairs, references: Sequence[str], rules: Rules) -> list[str]:
    """The units that ids mean: of units, sales, works, claims, contacts, complaints, wishes, or promises of these."""
    none: frozenset[str] = frozenset()
    return list(dict.fromkeys(unit for reference in references for unit in _named(affairs, reference, rules, none)))


def _named(affairs: Affairs, reference: str, rules: Rules, seen: frozenset[str]) -> Iterator[str]:
    """The units that one id means; *seen* are those that led to it: contacts and complaints may name each other."""
    head, __, rest = reference.partition("/")
    number = rest.partition("/")[0]
    sale, work = affairs.sale_by_id.get(head), of_id(affairs, head)
    if sale:
        lines = [f"{sale.id}/{n}" for n in range(1, len(sale.items) + 1)]
        yield from (unit for unit in lines if not number.isdigit() or unit == f"{sale.id}/{number}")
    elif isinstance(work, Delivery | Installation):
        yield from _of_sale(affairs, work, rules)
    elif head not in seen:
        yield from (claim.unit for claim in affairs.claims if claim.id == head)
        subjects = [*work.about, *work.keeps] if isinstance(work, Visit) else []
        subjects += [subject for complaint in affairs.complaints if complaint.id == head for subject in complaint.about]
        subjects += [subject for wish in affairs.wishes if wish.id == head for subject in wish.about]
        for one in subjects:
            yield from _named(affairs, one, rules, seen | {head})


def _of_sale(affairs: Affairs, work: works.Work, rules: Rules) -> Iterator[str]:
    """The lines of its sale; where it names none, those to be installed, or those that were not taken home."""
    sale = affairs.sale_by_id.get(work.sale)
    if sale is None:
        return
    numbers: Sequence[int] = range(1, len(sale.items) + 1)
    if not work.items:
        taken = [number for number in numbers if sale.items[number - 1].taken]
        is_put_up = isinstance(work, Installation)
        numbers = to_install(affairs, sale, rules) if is_put_up else [n for n in numbers if n not in taken]
    yield from (f"{sale.id}/{number}" for number in numbers if works.covers(work, number))


def categories_of(affairs: Affairs, units: Sequence[str], rules: Rules) -> list[str]:
    """The categories of units, each once; of goods that nobody knows that of all goods."""
    known = (affairs.products.get(affairs.product_by_unit.get(unit, "")) for unit in units)
    found = ((rules.categories.find(product.category) if product else None) or ROOT for product in known)
    return list(dict.fromkeys(found))
