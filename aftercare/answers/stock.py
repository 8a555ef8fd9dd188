"""The stock of a part: the balance of what came in, went out, was counted and written off; it is stored nowhere.

Rows stand in the order of their moments, whatever their order in the file.  A bare day means the whole of it: what came
in that day, or back, was there from its beginning, what went out went at its end.  Of one moment what came in counts
before what went out, and a count is the end of its moment: from there on the ledger goes by what was counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple, TypeAlias

from aftercare.plain.moments import Moment, Span, day_of, end_of, is_late, start_of
from aftercare.plain.money import Amount
from aftercare.plain.tree import Path
from aftercare.records.part import Counted, Ordered, Part, PutBack, Received, Used, WrittenOff

Entry: TypeAlias = "Ordered | Received | Used | PutBack | Counted | WrittenOff"
_RANK: dict[type[Entry], int] = {
    Ordered: 0, Received: 1, PutBack: 1, Used: 2, WrittenOff: 2, Counted: 3,
}  # fmt: skip
"""Which of two things of one moment comes first."""
_NONE = Decimal(0)


class Row(NamedTuple):
    """One row of a part's ledger: where it stands in the file, what it changed, and how many there were after it."""

    path: Path
    entry: Entry
    change: Decimal
    """So many more, or fewer; of a count what was found or is missing."""
    balance: Decimal

    @property
    def is_short(self) -> bool:
        """Whether it took what was not there; what follows a row of that sort is not its own fault."""
        return self.change < 0 and self.balance < 0 <= self.balance - self.change


class OpenOrder(NamedTuple):
    """An order of which something is still to come, and how much."""

    order: Ordered
    left: Decimal


def entries(part: Part) -> Iterator[tuple[Path, Entry]]:
    """Every row that the file of a part holds, in the file's order."""
    for name in ("ordered", "received", "used", "put_back", "counted", "written_off"):
        for place, entry in enumerate(getattr(part, name)):
            yield (name, place), entry


def ledger(part: Part, now: Moment | None = None) -> list[Row]:
    """The rows up to *now*, all of them without it, each with the balance after it."""
    known = [one for one in entries(part) if now is None or not is_late(one[1].at, now)]
    found: list[Row] = []
    balance = _NONE
    for path, entry in sorted(known, key=lambda one: _order(one[1])):
        change = _change(entry, balance)
        balance += change
        found.append(Row(path, entry, change, balance))
    return found


def _order(entry: Entry) -> tuple[datetime, int, Decimal, str]:
    """A key under which it makes no difference how the rows stand in the file; of two counts the smaller one counts."""
    begins = isinstance(entry, Ordered | Received | PutBack)
    at = start_of(entry.at) if begins else end_of(entry.at)
    qty = -entry.qty if isinstance(entry, Counted) else entry.qty
    return at, _RANK[type(entry)], qty, str(entry)


def _change(entry: Entry, balance: Decimal) -> Decimal:
    match entry:
        case Received() | PutBack():
            return entry.qty
        case Used() | WrittenOff():
            return -entry.qty
        case Counted():
            return entry.qty - balance
        case _:
            return _NONE


def balance(part: Part, now: Moment | None = None) -> Decimal:
    """How many there are."""
    rows = ledger(part, now)
    return rows[-1].balance if rows else _NONE


def shortfall(before: Part | None, after: Part) -> Row | None:
    """The row that takes what is not there, where a change of the part made that so, or made it worse."""
    lowest = min((row.balance for row in ledger(after)), default=_NONE)
    was = min((row.balance for row in ledger(before)), default=_NONE) if before else _NONE
    if lowest >= min(was, _NONE):
        return None
    short = [row for row in ledger(after) if row.is_short]
    known = [row.entry for row in ledger(before) if row.is_short] if before else []
    return next((row for row in short if row.entry not in known), short[0] if short else None)


def open_orders(part: Part, now: Moment | None = None, *, without: str = "") -> list[OpenOrder]:
    """The orders of which something is still to come, the oldest first.

    What comes in belongs to an order that names one of the same repairs, else to the oldest that is open; what came in
    before anything was ordered belongs to none.  *without*: as if nothing had come in for this claim.
    """
    left: dict[int, OpenOrder] = {}
    for row in ledger(part, now):
        entry = row.entry
        if isinstance(entry, Ordered):
            left[len(left)] = OpenOrder(entry, entry.qty)
        elif isinstance(entry, Received) and not (without and without in entry.for_):
            _settle(left, entry)
    return [order for order in left.values() if order.left > 0]


def _settle(left: dict[int, OpenOrder], came: Received) -> None:
    pieces = came.qty
    for number in sorted(left, key=lambda number: (not {*left[number].order.for_} & {*came.for_}, number)):
        order, still = left[number]
        left[number] = OpenOrder(order, max(_NONE, still - pieces))
        pieces = max(_NONE, pieces - still)


def expected(part: Part, order: Ordered) -> Moment | None:
    """When an order is to come: as was said, else after the days that the part usually takes."""
    return order.expected or arrives(part, order.at)


def arrives(part: Part, ordered: Moment) -> Moment | None:
    """When what is ordered at a moment is here, by the days that the part usually takes."""
    return Span(days=part.lead_days).after(day_of(ordered)) if part.lead_days else None


def cost_of(part: Part, on: Moment, claim: str = "") -> Amount | None:
    """The cost price of one on a day; of a piece that came in for a *claim* what that piece cost.

    The last receipt by then that names a price, of several of one moment the dearest; else the part's own price.
    """
    came = [row.entry for row in ledger(part, on) if isinstance(row.entry, Received) and row.entry.cost]
    own = [one for one in came if claim in one.for_]
    priced = [(start_of(one.at), one.cost) for one in own or came if one.cost]
    last = max(priced, key=lambda one: (one[0], one[1].value), default=None)
    return last[1] if last else part.cost


def figure(qty: Decimal) -> str:
    """A number of pieces, or of metres, as it is said: no zeros behind the point."""
    return format(qty.normalize() + 0, "f")
