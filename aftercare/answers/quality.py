"""The quality file (商品质量监督档案): what was noted of products, counted by group against the units sold."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal, NamedTuple, TypeAlias

from aftercare.answers.in_service import InService, Stay, by_batch, stays
from aftercare.answers.observed import Noted, Observed, Sold
from aftercare.answers.rules import Rules
from aftercare.plain.moments import day_of
from aftercare.plain.text import fold
from aftercare.records.product import Product

Per: TypeAlias = Literal["product", "model", "batch", "component", "cause", "month"]
OF_GOODS = frozenset({"product", "model", "batch"})
"""Groups that units fall into, each with units sold of its own; of any other all units are those sold."""
FEWEST = 10
"""Of fewer units than these nothing is said in per cent: one fault of three is no rate."""
_TENTH = Decimal("0.1")


class Line(NamedTuple):
    """One line of the file; its group is ``None`` in the total and "" for what nobody said."""

    group: str | None
    faults: int
    sold: int
    in_service: int
    seen: int
    wear: int
    questions: int
    no_fault: int
    repairs: int
    repeat_repairs: int
    exchanges: int
    returns: int
    refunds: int
    goodwill: int
    complaints: int
    wishes: int


@dataclass(frozen=True)
class Asked:
    """What is asked of the file: a line for each what, from when to when, and what names mean the same part."""

    per: Per
    first: date
    last: date
    products: Mapping[str, Product]
    parts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For each product, what :func:`parts_of` says of its parts."""

    @property
    def has_begun(self) -> bool:
        """Whether any of the time asked about is there yet, *last* being no later than today."""
        return self.first <= self.last


def rate(faults: int, sold: int) -> Decimal | None:
    """Faults for every hundred units sold, to a tenth; ``None`` where too few were sold to say."""
    return (Decimal(100 * faults) / sold).quantize(_TENTH, ROUND_HALF_UP) if sold >= FEWEST else None


def within(file: Observed, first: date, last: date) -> list[Noted]:
    """What was noted from *first* to *last*, both included."""
    return [one for one in file.noted if first <= day_of(one.on) <= last]


def quality(file: Observed, asked: Asked) -> list[Line]:
    """The lines of the file, the most faults first (months in their order), and the total behind them.

    A count is of what happened in the period; the units sold, and those of them still in service, are all up to its
    end: what fails this month was sold in any month before.
    """
    group, goods = grouping(file, asked), _goods(file, asked)
    counted: dict[str, Counter[str]] = {name: Counter() for name in goods if name is not None}
    for one in within(file, asked.first, asked.last):
        counted.setdefault(group(one), Counter())[one.what] += 1

    def line(name: str | None, counts: Counter[str]) -> Line:
        last = min(asked.last, _end_of(name)) if asked.per == "month" and name is not None else asked.last
        lines = goods.get(name, []) if asked.per in OF_GOODS else goods[None]
        return _line(name, counts, _pieces(lines, file, last))

    lines = [line(name, counts) for name, counts in sorted(counted.items())]
    if asked.per != "month":
        lines.sort(key=lambda one: (-one.faults, -one.seen))
    return [*lines, line(None, sum(counted.values(), Counter()))]


def _goods(file: Observed, asked: Asked) -> dict[str | None, list[Sold]]:
    """The lines sold by the end of the period: all of them, and those of each group that goods fall into."""
    found: dict[str | None, list[Sold]] = {None: []}
    for one in file.sold.values():
        if day_of(one.on) <= asked.last:
            found[None].append(one)
            if asked.per in OF_GOODS:
                found.setdefault(_goods_group(asked, one), []).append(one)
    return found


def _pieces(lines: Iterable[Sold], file: Observed, last: date) -> tuple[int, int]:
    """The pieces sold up to a day, and how many of them were still in service then."""
    sold = {one.unit: one.pieces for one in lines if day_of(one.on) <= last}
    left: Counter[str] = Counter()
    for one in file.left:
        if one.unit in sold and day_of(one.on) <= last:
            left[one.unit] = min(sold[one.unit], left[one.unit] + one.pieces)
    all_sold = sum(sold.values())
    return all_sold, all_sold - left.total()


def unit_months(file: Observed, asked: Asked) -> Callable[[str | None], float]:
    """The unit-months in service of each group in the period: a month's own, else all up to its end.

    Of groups that goods do not fall into, and of the total, it is that of all units.
    """
    found = list(by_batch(file) if asked.per == "batch" else stays(file))
    whole, goods = InService(found), _goods_in_service(found, asked)

    def months(group: str | None) -> float:
        first, last = asked.first, asked.last
        if group is not None and asked.per == "month":
            first, last = max(first, _end_of(group).replace(day=1)), min(last, _end_of(group))
        service = InService(goods.get(group, ())) if group is not None and asked.per in OF_GOODS else whole
        return service.unit_months(first, last)

    return months


def _goods_in_service(found: Iterable[Stay], asked: Asked) -> dict[str, list[Stay]]:
    """The stays of each group that goods fall into."""
    goods: dict[str, list[Stay]] = defaultdict(list)
    for stay in found if asked.per in OF_GOODS else ():
        goods[stay.batch if asked.per == "batch" else _goods_group(asked, stay.line)].append(stay)
    return goods


def _line(group: str | None, counts: Counter[str], pieces: tuple[int, int]) -> Line:
    sold, in_service = pieces
    return Line(
        group=group,
        faults=counts["fault"],
        sold=sold,
        in_service=in_service,
        seen=counts["seen"],
        wear=counts["wear"],
        questions=counts["question"],
        no_fault=counts["no_fault"],
        repairs=counts["repair"],
        repeat_repairs=counts["repeat_repair"],
        exchanges=counts["exchange"],
        returns=counts["return"],
        refunds=counts["refund"],
        goodwill=counts["goodwill"],
        complaints=counts["complaint"],
        wishes=counts["wish"],
    )


def _end_of(month: str) -> date:
    year, number = (int(part) for part in month.split("-"))
    return date(year, number, monthrange(year, number)[1])


def _goods_group(asked: Asked, line: Sold | Noted) -> str:
    match asked.per:
        case "product":
            return line.product
        case "model":
            return asked.products[line.product].model or ""
        case _:
            return line.batch


def grouping(file: Observed, asked: Asked) -> Callable[[Noted], str]:
    """The group of each thing noted; a part or a cause that is spelled in several ways is one group."""
    match asked.per:
        case "month":
            return lambda one: f"{day_of(one.on):%Y-%m}"
        case "component":
            return _named(file.noted, lambda one: one.component, lambda one: part_of(one, asked.parts))
        case "cause":
            return _named(file.noted, lambda one: one.cause, lambda one: _folded(one.cause))
        case _:
            return lambda one: _goods_group(asked, one)


def _named(noted: Iterable[Noted], text: Callable[[Noted], str], key: Callable[[Noted], str]) -> Callable[[Noted], str]:
    """Names a group as the records spell it most often, so that no name depends on the language in use."""
    spelled: dict[str, Counter[str]] = defaultdict(Counter)
    for one in noted:
        if text(one):
            spelled[key(one)][text(one)] += 1
    names = {found: min(spellings, key=lambda name: (-spellings[name], name)) for found, spellings in spelled.items()}
    return lambda one: names[key(one)] if text(one) else ""


def part_of(one: Noted, parts: Mapping[str, Mapping[str, str]]) -> str:
    """The part that something was noted of, folded; what the rules call by two names is one part."""
    said = _folded(one.component)
    return parts.get(one.product, {}).get(said, said)


def parts_of(products: Iterable[Product], rules: Rules) -> dict[str, dict[str, str]]:
    """For each product the main parts that the rules name for such goods: the one folded name by the other."""
    found: dict[str, dict[str, str]] = {}
    for product in products:
        category = rules.categories.find(product.category)
        rows = (pack.law.goods.row(category) for pack in rules.packs if pack.has_law) if category else ()
        parts = [part for row in rows if row for part in row.main_parts]
        found[product.id] = {_folded(part.en): _folded(part.zh) for part in parts}
    return found


def _folded(text: str) -> str:
    return fold(text).casefold()
