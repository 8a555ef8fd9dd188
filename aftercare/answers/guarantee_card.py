"""What goes onto the guarantee card of a unit (三包凭证): the thing, its guarantee as the rules have it, its repairs.

The guarantee is the verdict on the unit for the day from which its periods are known: the last of sale, hand-over,
installation and exchange.  Nothing here knows a period of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from aftercare.answers import remedies
from aftercare.answers.affairs import Affairs
from aftercare.answers.lines import Line, delivered, installed, is_to_be_installed
from aftercare.answers.papers import Party, Thing, name_of, party_of, thing_of
from aftercare.answers.rules import Rules
from aftercare.answers.situations import line_of_unit
from aftercare.book.settings import Shop
from aftercare.book.shelf import Shelf
from aftercare.errors import NoGuarantee
from aftercare.language import current
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.plain.tree import Tree
from aftercare.policies.judging.verdict import Grant, Verdict
from aftercare.policies.shape import Words
from aftercare.records.claim import Repair

WITHOUT_FAULT = frozenset({"withdraw", "cancel_unshipped"})
"""Remedies that no fault is needed for: they are not what a guarantee is about."""


class PartsGuarantee(NamedTuple):
    """Parts whose free repair ends on another day than that of the whole, and the grant that says so."""

    parts: tuple[Words, ...]
    grant: Grant


class Stay(NamedTuple):
    """A repair of the unit: the symptom under its claim, and who did it."""

    claim: str
    symptom: str
    repair: Repair
    person: str


@dataclass(frozen=True)
class GuaranteeCard:
    """Everything on a guarantee card."""

    thing: Thing
    customer: Party
    shop: Shop
    printed_on: Moment
    handed_over: Moment | None
    installed: Moment | None
    to_be_installed: bool
    replaced: Moment | None
    """The day of the last exchange."""
    verdict: Verdict
    """As if a fault had shown on the day from which the periods are known."""
    parts: tuple[PartsGuarantee, ...]
    now_until: Moment | None
    """Until when the whole is repaired free of charge by now, where repairs or an exchange have moved that day."""
    bars: tuple[Words, ...]
    """What takes the guarantee away, in the words of the packs that give it."""
    stays: tuple[Stay, ...]


def guarantee_card(shelf: Shelf, affairs: Affairs, rules: Rules, unit: str, now: Moment) -> GuaranteeCard:
    """The card of a unit as it is known now; NoSuchRecord for an unknown unit, NoGuarantee for one given back."""
    line = line_of_unit(affairs, unit, rules)
    if why := remedies.ended(affairs, unit, now):
        raise NoGuarantee(unit, why.said(current()))
    claims = [claim for claim in affairs.claims_of(unit) if not is_late(claim.reported_on, now)]
    exchanges = [claim.replaced.on for claim in claims if claim.replaced and not is_late(claim.replaced.on, now)]
    replaced = max(exchanges, key=in_order, default=None)
    handed_over, put_up = _by(delivered(line)[0], now), _by(installed(line)[0], now)
    known = [line.sale.sold_on, handed_over, put_up, replaced]
    start = max((one for one in known if one), key=in_order)
    judge = _Judge(affairs, unit, rules, start)
    found = judge.verdict()
    return GuaranteeCard(
        thing=thing_of(shelf, line.sale, line.number, claims),
        customer=party_of(affairs.customer),
        shop=shelf.settings.shop_facts,
        printed_on=now,
        handed_over=handed_over,
        installed=put_up,
        to_be_installed=is_to_be_installed(line.sale, line.item, affairs, rules) and rules.is_installed(line.category),
        replaced=replaced,
        verdict=found,
        parts=tuple(_parts(judge, found, _named_parts(affairs, line, rules))),
        now_until=_moved(found, remedies.verdict(affairs, unit, rules, now)),
        bars=tuple(_bars(found, rules)),
        stays=tuple(
            sorted(
                (
                    Stay(claim.id, (claim.fault.symptom or "") if claim.fault else "", one, name_of(shelf, one.by))
                    for claim in claims
                    for one in claim.repairs
                ),
                key=lambda stay: in_order(stay.repair.in_),
            )
        ),
    )


class _Judge(NamedTuple):
    """Asks for the verdict on the unit, as if a fault in performance showed on the day."""

    affairs: Affairs
    unit: str
    rules: Rules
    on: Moment

    def verdict(self, component: str = "") -> Verdict:
        said: dict[str, Tree] = {
            "fault_on": day_of(self.on).isoformat(),
            "fault_kind": "performance",
            "same_model_available": "yes",
        }
        if component:
            said["component"] = component
        return remedies.verdict(self.affairs, self.unit, self.rules, self.on, said=said)


def _by(moment: Moment | None, now: Moment) -> Moment | None:
    return None if moment is None or is_late(moment, now) else moment


def _named_parts(affairs: Affairs, line: Line, rules: Rules) -> list[Words]:
    """The parts that have a guarantee of their own: by the maker's papers, and by the tables of the law."""
    product = affairs.products.get(line.item.product)
    own = [Words(one.part, one.part) for one in product.maker_parts] if product else []
    rows = [pack.law.goods.row(line.category) for pack in rules.packs if pack.has_law]
    listed = [part for row in rows if row for part in row.main_parts]
    named: dict[str, Words] = {}
    for part in (*own, *listed):
        if not {*part} & {name for one in named.values() for name in one}:
            named[part.zh] = part
    return list(named.values())


def _parts(judge: _Judge, whole: Verdict, parts: Sequence[Words]) -> Iterator[PartsGuarantee]:
    """The parts whose repair is free for longer than that of the whole, those of one day and one line together."""
    least = whole.remedy("repair").best
    found: dict[tuple[Moment | None, str], tuple[Grant, list[Words]]] = {}
    for part in parts:
        grant = judge.verdict(part.zh).remedy("repair").best
        if grant and _is_longer(grant, least):
            found.setdefault((grant.until, grant.line), (grant, []))[1].append(part)
    for grant, named in found.values():
        yield PartsGuarantee(tuple(named), grant)


def _is_longer(grant: Grant, than: Grant | None) -> bool:
    if than is None:
        return True
    return grant.until is not None and than.until is not None and is_late(grant.until, than.until)


def _moved(then: Verdict, today: Verdict) -> Moment | None:
    """The last day of free repair by now, where it is later than it was at first."""
    first, last = then.remedy("repair").best, today.remedy("repair").best
    if first and last and first.until and last.until and is_late(last.until, first.until):
        return last.until
    return None


def _bars(found: Verdict, rules: Rules) -> Iterator[Words]:
    """What takes the guarantee away, of the packs whose lines give it."""
    granting = {cite.pack for one in found.remedies.values() if one.best for cite in one.best.cite}
    for pack in rules.packs:
        if pack.id in granting:
            yield from (bar.title for bar in pack.law.bars)
