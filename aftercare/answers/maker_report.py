"""What the shop tells a maker of its goods: how they served, what failed, what customers said; no customer is named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from aftercare.answers import quality
from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.blame import is_about_goods
from aftercare.answers.dangers import Danger, dangers
from aftercare.answers.first_faults import lives, still_without_fault
from aftercare.answers.in_service import InService, Rate, fault_rate, stays
from aftercare.answers.nameless import Nameless, nameless
from aftercare.answers.near_the_end import Aged, gone_for_good, months_between, near_the_end
from aftercare.answers.observed import Noted, Observed, observed
from aftercare.answers.progress import standing as complaint_standing
from aftercare.answers.quality import Line
from aftercare.answers.rules import Rules
from aftercare.answers.serials import Serials
from aftercare.answers.survival import Mark
from aftercare.answers.told_apart import grouped, told_apart, with_batches
from aftercare.answers.told_maker import Messages, Told
from aftercare.answers.wishes import Standing, answer_to, same, unanswered
from aftercare.answers.wishes import standing as wish_standing
from aftercare.answers.wishes_by_theme import Themes, by_theme
from aftercare.book.settings import Shop
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.records.claim import Claim
from aftercare.records.complaint import Complaint
from aftercare.records.product import Product
from aftercare.records.visit import Visit
from aftercare.records.wish import Wish


class Fault(NamedTuple):
    """A claim that says something is wrong; the months are those since the sale, or since the thing was exchanged."""

    claim: str
    on: Moment
    unit: str
    serial: str
    batch: str
    months: int
    component: str
    symptom: str
    cause: str
    severity: str


class CameBack(NamedTuple):
    """A repair of a fault that had been repaired before."""

    claim: str
    on: Moment
    unit: str
    serial: str
    component: str
    words: str


class Grievance(NamedTuple):
    """A complaint about the goods, what was found to be its cause and at whose fault, and how far it is."""

    id: str
    on: Moment
    unit: str
    serial: str
    words: str
    cause: str
    fault: str
    stage: str


class Wished(NamedTuple):
    """A wish about the goods, and what came of it: ``answer`` is the maker's, ``waits`` says that it owes one."""

    id: str
    on: Moment
    nature: str
    theme: str
    words: str
    standing: Standing
    is_new: bool
    """It was not passed on to the maker yet."""
    waits: bool
    answer: str
    taken_up: bool | None


@dataclass(frozen=True)
class OfProduct:
    """All that is told of one product."""

    product: Product
    total: Line
    unit_months: float
    """How long the units were in service in the time asked about."""
    rate: Rate | None
    """Faults against that; ``None`` where it is too short to say."""
    lasting: tuple[Mark, ...]
    """The share of all that was sold so far which had no fault yet after some months; empty where few were sold."""
    components: tuple[Line, ...]
    batches: tuple[Line, ...]
    faults: tuple[Fault, ...]
    came_back: tuple[CameBack, ...]
    told: tuple[Told, ...]
    complaints: tuple[Grievance, ...]
    themes: Themes
    wishes: tuple[Wished, ...]
    near_end: tuple[Aged, ...]
    gone: tuple[Aged, ...]


@dataclass(frozen=True)
class MakerReport:
    """A report to a maker, on what was known on a day, about the time from *first* to *last*."""

    maker: str
    shop: Shop
    on: Moment
    first: date
    """``date.min`` where no beginning was asked for."""
    last: date
    dangers: tuple[Danger, ...]
    products: tuple[OfProduct, ...]


@dataclass(frozen=True)
class Asked:
    """What a report is asked about: a maker, its products, and a time that ends today at the latest."""

    maker: str
    products: Sequence[Product]
    first: date
    last: date


def maker_report(shelf: Shelf, rules: Rules, asked: Asked, now: Moment) -> MakerReport:
    """The report on some products of a maker; every text in it is without what tells who a customer is."""
    products = {product.id: product for product in asked.products}
    file = observed(shelf, products)
    clean, affairs = nameless(shelf, Serials(shelf, file).all), affairs_of(shelf)
    file = with_batches(file, clean.batch)
    serials = Serials(shelf, file, clean.code)
    noted = quality.within(file, asked.first, asked.last)
    every = affairs.values()
    near = [one for own in every for one in near_the_end(own, rules, products, day_of(now))]
    gone = [one for own in every for one in gone_for_good(own, rules, products, asked.first, asked.last)]
    look = _Look(
        shelf,
        rules,
        asked,
        told_apart(shelf, file, products),
        grouped([((one.what, one.product), one) for one in noted]),
        grouped([(one.product, one) for one in near]),
        grouped([(one.product, one) for one in gone]),
        serials,
        clean,
        affairs,
    )
    return MakerReport(
        maker=asked.maker,
        shop=shelf.settings.shop_facts,
        on=now,
        first=asked.first,
        last=asked.last,
        dangers=tuple(dangers(shelf, noted, serials, clean)),
        products=tuple(look.of_product(product) for product in asked.products),
    )


@dataclass(frozen=True)
class _Look:
    """The shelf, what is asked of it, and what was gathered once for all products."""

    shelf: Shelf
    rules: Rules
    asked: Asked
    files: Mapping[str, Observed]
    """What was noted of each product, at any time."""
    noted: Mapping[tuple[str, str], Sequence[Noted]]
    """What was noted in the time that is asked about, by what it is and the product it is about."""
    near: Mapping[str, Sequence[Aged]]
    gone: Mapping[str, Sequence[Aged]]
    serials: Serials
    clean: Nameless
    affairs: Mapping[str, Affairs]

    def _within(self, what: str, product: str) -> Sequence[Noted]:
        return self.noted.get((what, product), ())

    def of_product(self, product: Product) -> OfProduct:
        """All that is told of one product."""
        file = self.files[product.id]
        messages = Messages(self.shelf, file, self.asked.maker, self.serials, self.clean)
        parts = quality.parts_of([product], self.rules)
        asked = quality.Asked("component", self.asked.first, self.asked.last, {product.id: product}, parts)
        *components, total = quality.quality(file, asked)
        *batches, __ = quality.quality(file, replace(asked, per="batch"))
        wishes, complaints = tuple(self._wishes(product)), tuple(self._complaints(product.id))
        months = InService(stays(file)).unit_months(asked.first, asked.last)
        return OfProduct(
            product=product,
            total=total._replace(complaints=len(complaints)),
            unit_months=months,
            rate=fault_rate(total.faults, months),
            lasting=tuple(still_without_fault(lives(file, asked.last))) if total.sold >= quality.FEWEST else (),
            components=tuple(
                line._replace(group=self.clean(line.group)) for line in components if line.faults or line.seen
            ),
            batches=tuple(batches),
            faults=tuple(self._faults(product.id)),
            came_back=tuple(self._came_back(product.id)),
            told=tuple(messages.about(product, self.asked.first, self.asked.last)),
            complaints=complaints,
            themes=by_theme([(one.theme, one.on) for one in wishes], self.asked.first, self.asked.last),
            wishes=wishes,
            near_end=tuple(sorted(self._aged(self.near.get(product.id, ())), key=_soonest)),
            gone=tuple(sorted(self._aged(self.gone.get(product.id, ())), key=lambda one: (in_order(one.on), one.unit))),
        )

    def _faults(self, product: str) -> Iterator[Fault]:
        for one in self._within("fault", product):
            claim = self.shelf.get(one.id)
            if isinstance(claim, Claim):
                thing = self.serials.thing(one.unit, one.on)
                yield Fault(
                    claim=one.id,
                    on=one.on,
                    unit=one.unit,
                    serial=thing.serial,
                    batch=one.batch,
                    months=months_between(thing.since, one.on),
                    component=self.clean(one.component),
                    symptom=self.clean(one.words),
                    cause=self.clean(one.cause),
                    severity=(claim.fault.severity or "") if claim.fault else "",
                )

    def _came_back(self, product: str) -> Iterator[CameBack]:
        for one in self._within("repeat_repair", product):
            serial = self.serials.thing(one.unit, one.on).serial
            yield CameBack(one.id, one.on, one.unit, serial, self.clean(one.component), self.clean(one.words))

    def _complaints(self, product: str) -> Iterator[Grievance]:
        for one in self._within("complaint", product):
            complaint = self.shelf.get(one.id)
            if isinstance(complaint, Complaint) and is_about_goods(complaint):
                found = complaint.findings
                yield Grievance(
                    id=one.id,
                    on=one.on,
                    unit=one.unit,
                    serial=self.serials.thing(one.unit, one.on).serial if one.unit else "",
                    words=self.clean(one.words),
                    cause=self.clean(found.cause) if found else "",
                    fault=(found.fault or "") if found else "",
                    stage=complaint_standing(complaint, ()).stage,
                )

    def _wishes(self, product: Product) -> Iterator[Wished]:
        for one in self._within("wish", product.id):
            wish = self.shelf.get(one.id)
            if isinstance(wish, Wish):
                found = wish_standing(wish, self._visits(wish))
                handed = [step for step in wish.passed_on if same(step.to, self.asked.maker)]
                answers = [said for step in handed if (said := answer_to(wish, step))]
                waits = any(same(step.to, self.asked.maker) for step in unanswered(wish))
                yield Wished(
                    id=one.id,
                    on=one.on,
                    nature=wish.nature or "wish",
                    theme=self.clean(wish.theme),
                    words=self.clean(one.words),
                    standing=found,
                    is_new=not handed,
                    waits=waits and wish.realised is None,
                    answer=self.clean(answers[-1].says) if answers else "",
                    taken_up=answers[-1].taken_up if answers else None,
                )

    def _aged(self, found: Iterable[Aged]) -> Iterator[Aged]:
        for one in found:
            serial, batch = self.clean.code(one.serial), self.clean.batch(one.batch)
            yield one._replace(serial=serial, batch=batch, reason=self.clean(one.reason))

    def _visits(self, wish: Wish) -> Iterable[Visit]:
        owner = self.shelf.get(wish.customer)
        return self.affairs[owner.id].visits if owner and owner.id in self.affairs else ()


def _soonest(one: Aged) -> tuple[date, int, str]:
    return one.ending.on if one.ending else date.max, -one.faults, one.unit
