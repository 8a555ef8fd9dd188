"""Units near the end of their life: how long a thing is meant to last, how long it did, and how often it failed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.informing import Guarantee, begun, guarantees
from aftercare.answers.lines import Line, lines_of
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment, add_months, day_of, in_order, is_late
from aftercare.records.claim import Claim, Replaced
from aftercare.records.product import Product

WITHIN = 12
"""Months: an end that is nearer than this is near."""
LONG = 24
"""Months: a guarantee that is longer than this says how long a thing is meant to last, where nothing else does."""
OFTEN = 3
"""Faults after which a thing is near its end, however new it is."""


class Ending(NamedTuple):
    """When the life of a unit ends, by what its product's record says."""

    what: str
    """"life", or "guarantee": the longest of the maker's guarantees, where no life is known."""
    part: str
    """The part that it is the guarantee on; "" is the whole."""
    on: date


class Aged(NamedTuple):
    """A unit that is near its end, or has gone out of use; the months are those in use up to *on*."""

    unit: str
    product: str
    serial: str
    batch: str
    since: Moment
    on: Moment
    months: int
    faults: int
    ending: Ending | None = None
    reason: str = ""
    """Why it went out of use, in the shop's words."""


def months_between(since: Moment, on: Moment) -> int:
    """The whole months from one day to another; none where the other is earlier."""
    first, last = day_of(since), day_of(on)
    return max(0, (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day))


def near_the_end(affairs: Affairs, rules: Rules, products: Mapping[str, Product], today: date) -> Iterator[Aged]:
    """The units of some products that are in use today and whose end is near, or past."""
    for line in _lines(affairs, rules, products):
        claims = _known(affairs, line, today)
        if line.item.retired and not is_late(line.item.retired.on, today):
            continue
        if any(end and not is_late(end.on, today) for claim in claims for end in (claim.returned, claim.refunded)):
            continue
        aged, thing = _aged(line, claims, today), _exchange(claims)
        ending = ending_of(products[line.item.product], thing.on if thing else (begun(line) or (line.sale.sold_on,))[0])
        is_near = ending is not None and ending.on <= _limit(today)
        is_frail = aged.faults >= OFTEN and line.item.pieces == 1  # of ten pieces nobody knows which one failed
        if is_near or is_frail:
            yield aged._replace(ending=ending if is_near else None)


def gone_for_good(affairs: Affairs, rules: Rules, products: Collection[str], first: date, last: date) -> Iterator[Aged]:
    """The units of some products that went out of use for good from *first* to *last*."""
    for line in _lines(affairs, rules, products):
        end = line.item.retired
        if end and first <= day_of(end.on) <= last:
            yield _aged(line, _known(affairs, line, last), end.on)._replace(reason=end.reason or "")


def ending_of(product: Product, since: Moment) -> Ending | None:
    """When the life of a thing ends that is in use *since* a day; ``None`` where the product's record says nothing."""
    if product.life_months:
        return Ending("life", "", _after(since, product.life_months))
    lasting = [one for one in guarantees(product, since) if _months(product, one) > LONG]
    longest = max(lasting, key=lambda one: (one.last_day, -one.number), default=None)
    return Ending("guarantee", longest.part, longest.last_day) if longest else None


def _months(product: Product, one: Guarantee) -> int:
    """How long a guarantee is; the first is that on the whole, the others are those on the parts."""
    return product.maker_parts[one.number - 2].months if one.number > 1 else product.maker_months or 0


def _lines(affairs: Affairs, rules: Rules, products: Collection[str]) -> Iterator[Line]:
    if any(item.product in products for sale in affairs.sales for item in sale.items):
        for line in lines_of(affairs, rules):
            if line.item.product in products and line.sale.cancelled is None:
                yield line


def _known(affairs: Affairs, line: Line, on: date) -> list[Claim]:
    """The claims about a line that were reported by a day."""
    return [claim for claim in affairs.claims_of(line.unit) if not is_late(claim.reported_on, on)]


def _aged(line: Line, claims: list[Claim], on: Moment) -> Aged:
    """A unit with the age of the thing in use; the faults of a thing that was exchanged are not counted."""
    thing = _exchange(claims)
    since: Moment = thing.on if thing else line.sale.sold_on
    own = [claim for claim in claims if thing is None or is_late(claim.reported_on, thing.on)]
    counted = Counter(claim.is_fault for claim in own)
    serial, batch = (thing.serial, thing.batch) if thing else (line.item.serial, line.item.batch)
    months = months_between(since, on)
    return Aged(line.unit, line.item.product, serial or "", batch or "", since, on, months, counted[True])


def _exchange(claims: Iterable[Claim]) -> Replaced | None:
    """The last exchange of a unit: since then another thing is in use."""
    return max((claim.replaced for claim in claims if claim.replaced), key=lambda one: in_order(one.on), default=None)


def _limit(today: date) -> date:
    return _after(today, WITHIN)


def _after(since: Moment, months: int) -> date:
    try:
        return add_months(day_of(since), months)
    except ValueError:  # past the end of the calendar
        return date.max
