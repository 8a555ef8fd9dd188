"""What the records tell of a case, in the words of the rules: the one table between fields and facts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from aftercare.answers import works
from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line, installed, received
from aftercare.answers.rules import Rules
from aftercare.plain import money
from aftercare.plain.moments import Moment, day_of, is_late, iso
from aftercare.plain.tree import Tree
from aftercare.policies import vocabulary
from aftercare.policies.judging.given import Place
from aftercare.records.claim import Claim, Repair
from aftercare.records.product import Product

WHERE: Mapping[str, str] = {
    "sold_on": "sale: sold_on",
    "delivered_on": "delivery: signed.at; sale: items.taken",
    "delivered": "delivery: not signed",
    "deliveries": "delivery: signed.at",
    "installed_on": "installation: signed.at",
    "installation": "sale: told.install; installation: not signed",
    "invoice": "sale: invoice",
    "channel": "sale: channel",
    "price": "sale: items.price",
    "category": "product: category",
    "region": "aftercare.yaml: region",
    "warranty": "product: maker_months, maker_parts",
    "memberships": "customer: memberships",
    "promised_by": "sale: told.deliver.by",
    "fault_on": "claim: fault.found_on, fault.kind (none)",
    "fault_kind": "claim: fault.kind",
    "component": "claim: fault.component",
    "severity": "claim: fault.severity",
    "same_defect": "claim: fault.same_as",
    "exclusions": "claim: exclusions",
    "notified_on": "claim: reported_on",
    "withdrawn_on": "claim: reported_on, where asked is withdraw",
    "rejected_on": "claim: reported_on, where asked is reject or final_reject and nothing was repaired",
    "returned_on": "claim: returned.on",
    "repairs": "claims of the unit: repairs",
    "replacements": "claims of the unit: replaced",
}
"""Where each fact stands in the records; every other one is a circumstance of the claim (``claim: facts``)."""
_REASONS = ("no_parts_from_producer", "no_parts", "repairer_delay")
"""Why a repair took long, the gravest first: a stay has one reason."""
_FAULT = (("fault_kind", "kind"), ("component", "component"), ("severity", "severity"))


class Told(NamedTuple):
    """One fact as a record tells it."""

    name: str
    value: Tree
    place: Place


def _day(moment: Moment) -> str:
    return day_of(moment).isoformat()


def of_line(line: Line, affairs: Affairs, rules: Rules, on: Moment) -> Iterator[Told]:
    """What the sale, the product, the customer and the works of a line tell."""
    sale, at = line.sale, line.number - 1
    yield Told("sold_on", _day(sale.sold_on), Place(sale.id, ("sold_on",)))
    yield Told("channel", sale.channel or "shop", Place(sale.id, ("channel",)))
    if sale.invoice:
        yield Told("invoice", sale.invoice, Place(sale.id, ("invoice",)))
    if line.item.price:
        yield Told("price", money.plain(line.item.price).split()[0], Place(sale.id, ("items", at, "price")))
    product = affairs.products.get(line.item.product)
    category = rules.categories.find(product.category) if product else None
    if product and category:
        yield Told("category", category, Place(product.id, ("category",)))
    if product:
        yield from _guaranteed(product)
    if sale.customer == affairs.customer.id:
        held = [one.of for one in affairs.customer.memberships if one.holds(on)]
        if held:
            yield Told("memberships", list(held), Place(affairs.customer.id, ("memberships",)))
    if rules.region:
        yield Told("region", rules.region, Place("aftercare.yaml", ("region",)))
    told = line.told
    if told.deliver:
        offer = line.told_by.get("deliver")
        place = Place(offer, ("gives",)) if offer else Place(sale.id, ("told", "deliver", "by"))
        yield Told("promised_by", _day(told.deliver.by), place)
    yield from _handed_over(line, on)
    yield from _put_up(line, on)


def _guaranteed(product: Product) -> Iterator[Told]:
    """The maker's own guarantee, for the whole and for its parts."""
    said: dict[str, Tree] = {"by": product.maker or "maker"}
    if product.maker_months:
        said["months"] = str(product.maker_months)
    if product.maker_parts:
        said["parts"] = {one.part: str(one.months) for one in product.maker_parts}
    if len(said) > 1:
        field = "maker_months" if product.maker_months else "maker_parts"
        yield Told("warranty", said, Place(product.id, (field,)))


def _handed_over(line: Line, on: Moment) -> Iterator[Told]:
    """When the goods came.  A sale without a delivery does not say when: it is asked for where it matters."""
    sale = line.sale
    if line.item.taken:
        yield Told("delivered_on", _day(sale.sold_on), Place(sale.id, ("items", line.number - 1, "taken")))
        return
    keeps = [keep for keep in received(line) if not is_late(keep.at, on)]
    __, last = works.finished(keeps, line.item.pieces)
    if keeps:
        yield Told("deliveries", [_day(keep.at) for keep in keeps], Place(keeps[0].record, ("signed", "at")))
    active = [work for work in line.deliveries if work.cancelled is None and works.covers(work, line.number)]
    if last:
        yield Told("delivered_on", _day(last.at), Place(last.record, ("signed", "at")))
    elif active or line.told.deliver is not None:
        yield Told("delivered", "no", Place(active[0].id if active else sale.id))


def _put_up(line: Line, on: Moment) -> Iterator[Told]:
    at, record = installed(line)
    if at is not None and not is_late(at, on):
        yield Told("installed_on", _day(at), Place(record, ("signed", "at")))
        return
    active = [work for work in line.installations if work.cancelled is None and works.covers(work, line.number)]
    if active or line.is_told("install"):
        where = active[0].id if active else line.sale.id
        yield Told("installation", {"by": "seller", "in_contract": "yes"}, Place(where))


def of_history(affairs: Affairs, unit: str, on: Moment) -> Iterator[Told]:
    """The repairs and replacements of the unit, of all of its claims."""
    claims = [claim for claim in affairs.claims if claim.unit == unit]
    repairs = [(claim, at, r) for claim in claims for at, r in enumerate(claim.repairs) if not is_late(r.in_, on)]
    if repairs:
        last = max(repairs, key=lambda one: iso(one[2].in_))
        stays: list[Tree] = [_stay(claim, repair, on) for claim, __, repair in repairs]
        yield Told("repairs", stays, Place(last[0].id, ("repairs", last[1])))
    replaced = [(c, c.replaced) for c in claims if c.replaced and not is_late(c.replaced.on, on)]
    if replaced:
        events: list[Tree] = [{"on": _day(one.on), **_requested(one.requested_on)} for __, one in replaced]
        yield Told("replacements", events, Place(replaced[-1][0].id, ("replaced", "on")))


def _requested(moment: Moment | None) -> dict[str, Tree]:
    return {"requested_on": _day(moment)} if moment else {}


def _stay(claim: Claim, repair: Repair, on: Moment) -> dict[str, Tree]:
    said: dict[str, Tree] = {"in": iso(repair.in_)}
    if repair.out and not is_late(repair.out, on):
        said["out"] = iso(repair.out)
        if repair.result:
            said["result"] = repair.result
    reasons = {waiting.because for waiting in repair.waiting if not is_late(waiting.from_, on)}
    because = next((reason for reason in _REASONS if reason in reasons), None)
    severity = claim.fault.severity if claim.fault else None
    more = {"because": because, "problem": repair.problem, "severity": severity}
    return said | {name: value for name, value in more.items() if value}


def of_claim(claim: Claim) -> Iterator[Told]:
    """What one claim tells of its fault, and of what was asked."""
    fault = claim.fault
    if fault and fault.kind == "none":
        yield Told("fault_on", vocabulary.NONE, Place(claim.id, ("fault", "kind")))
    elif fault and fault.found_on:
        yield Told("fault_on", _day(fault.found_on), Place(claim.id, ("fault", "found_on")))
    for name, field in _FAULT:
        value = getattr(fault, field) if fault else None
        if value and value != "none":
            yield Told(name, str(value), Place(claim.id, ("fault", field)))
    if fault and fault.same_as:
        yield Told("same_defect", "yes", Place(claim.id, ("fault", "same_as")))
    known: Sequence[str] = vocabulary.fact("exclusions").choices
    if grounds := [one for one in claim.exclusions if one in known]:
        yield Told("exclusions", list(grounds), Place(claim.id, ("exclusions",)))
    if claim.returned:
        yield Told("returned_on", _day(claim.returned.on), Place(claim.id, ("returned", "on")))
    asked = "withdrawn_on" if claim.asked == "withdraw" else "notified_on"
    yield Told(asked, _day(claim.reported_on), Place(claim.id, ("reported_on",)))
    if claim.asked in {"reject", "final_reject"} and not claim.repairs:  # after a repair something else was asked first
        yield Told("rejected_on", _day(claim.reported_on), Place(claim.id, ("reported_on",)))
