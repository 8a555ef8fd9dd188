"""What a measure counts, and what is made of it: a share with the reach of chance, a middle, a spread.

A *case* is one thing counted: a promise, a contact, a repair, a customer.  A *measure* says which cases there are in a
period; everything else (shares, intervals, months, groups) is reckoned here, in one way for all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import cached_property
from statistics import mean, median
from typing import Literal, NamedTuple, TypeAlias

from aftercare.answers.affairs import HOUSE, Affairs
from aftercare.answers.breaches.finding import Breach
from aftercare.answers.ledger import Ledger
from aftercare.answers.period import Period, month_of
from aftercare.answers.promises import Binds
from aftercare.answers.works import Work
from aftercare.book.shelf import Shelf
from aftercare.plain.chance import Reach, difference, is_likely, wilson
from aftercare.plain.moments import Moment, day_of, in_order, is_late

Sort: TypeAlias = Literal["share", "days", "grade", "net", "spread", "count"]
"""share: good cases of all, in per cent; days and grade: amounts, of which the middle is told; net: promoters less
detractors, in per cent of all; spread: how many of each kind; count: how many."""
Law: TypeAlias = Literal["L1", "L2", "L3", "L4", "L5", "L6", "L7", "L8", "L10"]
"""L8, the national standard, has no score; what is counted for it is no measure of another law."""
Per: TypeAlias = Literal["person", "product", "channel"]
Binding: tuple[Binds, ...] = ("told", "law", "plan")
FEWEST = 10
"""Of fewer answers than these no net score is told: one answer more would turn it round."""


class Case(NamedTuple):
    """One thing counted.

    ``id`` is that of the promise, record or breach it is known by; ``on`` the day by which it falls in a period;
    ``good`` whether a share counts it in its favour, and ``why`` not, in a word of ``docs/score.md``; ``amount`` the
    days or the grade; ``part`` the kind it is of, in a spread or in the parts of a share; ``binds`` how a promise
    binds.  ``records`` are the ids of what it was read from.
    """

    id: str
    on: Moment
    good: bool = True
    why: str = ""
    amount: Decimal | None = None
    part: str = ""
    binds: Binds | None = None
    customer: str = ""
    product: str = ""
    channel: str = ""
    person: str = ""
    records: tuple[str, ...] = ()


@dataclass(frozen=True)
class Facts:
    """What measures look at: the records, their ledger on the day, and where the service fell short."""

    shelf: Shelf
    ledger: Ledger
    now: Moment
    look: Callable[[], Sequence[Breach]]

    @cached_property
    def breaches(self) -> Sequence[Breach]:
        """Every breach up to the day, settled ones too; they are looked for when a measure first asks for them."""
        return self.look()

    @cached_property
    def people(self) -> list[Affairs]:
        """The affairs of each customer, without those of the house."""
        return [affairs for owner, affairs in self.ledger.affairs.items() if owner != HOUSE]

    @cached_property
    def breached(self) -> Mapping[str, list[Breach]]:
        """The breaches by the id of the record in which each shows."""
        found: dict[str, list[Breach]] = defaultdict(list)
        for breach in self.breaches:
            found[breach.record].append(breach)
        return found

    @cached_property
    def _sold(self) -> Mapping[str, tuple[str, str]]:
        """Of each unit the product and the channel of the sale; of each sale too, the product where it has just one."""
        found: dict[str, tuple[str, str]] = {}
        for affairs in self.people:
            for sale in affairs.sales:
                channel = sale.channel or "shop"
                products = [self.product(item.product) for item in sale.items]
                found[sale.id] = (products[0] if len(set(products)) == 1 else "", channel)
                found |= {f"{sale.id}/{nth}": (product, channel) for nth, product in enumerate(products, start=1)}
        return found

    @cached_property
    def _behind(self) -> Mapping[str, str]:
        """Of works and claims the sale or the unit that they are about."""
        found: dict[str, str] = {}
        for affairs in self.people:
            works: list[Work] = [*affairs.deliveries, *affairs.installations]
            found |= {work.id: work.sale for work in works}
            found |= {claim.id: claim.unit for claim in affairs.claims}
            found |= {one.id: one.about[0] for one in affairs.complaints if len(one.about) == 1}
        return found

    def product(self, reference: str) -> str:
        """The id that a product, or any other record, has now, whichever it was named by."""
        record = self.shelf.get(reference)
        return record.id if record else reference

    def goods(self, *subjects: str) -> tuple[str, str]:
        """The product that subjects are about, and the channel of its sale; "" where that is none, or several."""
        found = {self._of(subject) for subject in subjects} - {("", "")}
        products, channels = {product for product, __ in found}, {channel for __, channel in found} - {""}
        return (products.pop() if len(products) == 1 else "", channels.pop() if len(channels) == 1 else "")

    def _of(self, subject: str) -> tuple[str, str]:
        """Those of one subject; of records that are about each other, round in a circle, none."""
        passed: set[str] = set()
        while subject not in passed:
            passed.add(subject)
            head, __, rest = subject.partition("/")
            now = self.product(head)
            unit = f"{now}/{rest.partition('/')[0]}" if rest else now
            if unit in self._sold or now in self._sold:
                return self._sold.get(unit) or self._sold[now]
            subject = self._behind.get(now, now)
        return (subject, "") if subject.startswith("PR") else ("", "")


@dataclass(frozen=True)
class Measure:
    """A measure: ``id`` is its name for ever, ``law`` the law of service it belongs to.

    ``cases`` gives what it counts in a period, once for each thing; ``by_person`` is false where persons are never told
    apart by it; ``less`` says that a smaller figure is the better one.
    """

    id: str
    law: Law
    sort: Sort
    cases: Callable[[Facts, Period], Iterable[Case]]
    by_person: bool = True
    less: bool = False


class Month(NamedTuple):
    """A share within one month of a period."""

    month: str
    good: int
    of: int


class Tally(NamedTuple):
    """How many of some cases were good."""

    good: int
    of: int


@dataclass(frozen=True)
class Score:
    """A measure as it was in a period; ``group`` is the person, product or channel it is of, None for all."""

    measure: Measure
    period: Period
    cases: Sequence[Case]
    group: str | None = None
    before: Score | None = field(default=None, compare=False)
    """The same in the period before, where that was asked for."""

    @property
    def of(self) -> int:
        """How many cases were counted."""
        return len(self.cases)

    @cached_property
    def good(self) -> int:
        """How many of them were good."""
        return sum(case.good for case in self.cases)

    @cached_property
    def amounts(self) -> list[Decimal]:
        """The amounts of the cases that have one, the least first."""
        return sorted(case.amount for case in self.cases if case.amount is not None)

    @cached_property
    def value(self) -> Decimal | None:
        """The figure itself, to a tenth; None where there is nothing to make it of: a share of nothing is none."""
        match self.measure.sort:
            case "share":
                return percent(self.good, self.of)
            case "days":
                return _tenth(Decimal(median(self.amounts))) if self.amounts else None
            case "grade":
                return _tenth(Decimal(mean(self.amounts))) if self.amounts else None
            case "net":
                parts = Counter(case.part for case in self.cases)
                ends = Decimal(100 * (parts["promoter"] - parts["detractor"]))
                return _tenth(ends / self.of) if self.of >= FEWEST else None
            case _:
                return Decimal(self.of) if self.measure.sort == "count" else None

    @property
    def reach(self) -> Reach | None:
        """How far chance may reach, as shares of 1: of shares only, and of no cases at all nothing."""
        return wilson(self.good, self.of) if self.measure.sort == "share" and self.of else None

    @cached_property
    def parts(self) -> dict[str, Tally]:
        """How many cases of each kind, by the kinds' names, ranges by their numbers; none where it knows no kinds."""
        return _tallies((case.part, case) for case in self.cases if case.part)

    @cached_property
    def binds(self) -> dict[str, Tally]:
        """The promises among the cases: told, by law, and the shop's own plan apart; empty where there are none."""
        found = _tallies((case.binds, case) for case in self.cases if case.binds)
        return {name: found.get(name, Tally(0, 0)) for name in Binding} if found else {}

    @cached_property
    def whys(self) -> dict[str, int]:
        """Why cases count against it, the most frequent first."""
        counted = Counter(case.why for case in self.cases if not case.good and case.why)
        return dict(sorted(counted.items(), key=lambda one: (-one[1], one[0])))

    @cached_property
    def months(self) -> list[Month]:
        """The share of each month in which there was a case, the earliest first."""
        found: dict[str, list[Case]] = defaultdict(list)
        for case in self.cases:
            found[month_of(case.on)].append(case)
        return [Month(month, sum(one.good for one in cases), len(cases)) for month, cases in sorted(found.items())]

    @property
    def steady(self) -> bool | None:
        """Whether no month was further from the whole than chance explains; None where there are not two months."""
        if self.measure.sort != "share" or len(self.months) < 2:
            return None
        share, count = self.good / self.of, len(self.months)
        return all(is_likely(one.good, one.of, share, among=count) for one in self.months)

    @property
    def change(self) -> Decimal | None:
        """The figure less that of the period before; None where either is none."""
        if self.value is None or self.before is None or self.before.value is None:
            return None
        return self.value - self.before.value

    @property
    def is_clear(self) -> bool | None:
        """Whether a share changed by more than chance explains; None where that cannot be told."""
        if self.change is None or self.before is None or self.measure.sort != "share":
            return None
        return not difference((self.good, self.of), (self.before.good, self.before.of)).holds(0)


def percent(good: int, of: int) -> Decimal | None:
    """A share in per cent, to a tenth; None of nothing."""
    return _tenth(Decimal(100 * good) / of) if of else None


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _tallies(named: Iterable[tuple[str, Case]]) -> dict[str, Tally]:
    found: dict[str, list[Case]] = defaultdict(list)
    for name, case in named:
        found[name].append(case)
    return {name: Tally(sum(one.good for one in found[name]), len(found[name])) for name in sorted(found, key=_in_row)}


def _in_row(name: str) -> tuple[int, str]:
    """Names by their letters; numbers, and ranges such as ``6-15``, by the number that they begin with."""
    first = name.partition("-")[0]
    return (int(first) if first.isdecimal() else 0, name)


def counted(measure: Measure, facts: Facts, period: Period) -> Score:
    """A measure in a period, its cases in the order of their days and ids; what lies after today is not counted."""
    cases = (case for case in measure.cases(facts, period) if period.holds(case.on) and not is_late(case.on, facts.now))
    return Score(measure, period, sorted(cases, key=lambda case: (day_of(case.on), in_order(case.on), case.id)))


def apart(score: Score, per: Per) -> list[Score]:
    """A score for each person, product or channel that its cases name, in the order of their ids; "" is for cases that
    name none.  Empty where the measure never tells them apart.
    """
    if per == "person" and not score.measure.by_person:
        return []
    found: dict[str, list[Case]] = defaultdict(list)
    for case in score.cases:
        found[getattr(case, per)].append(case)
    return [Score(score.measure, score.period, cases, group) for group, cases in sorted(found.items())]
