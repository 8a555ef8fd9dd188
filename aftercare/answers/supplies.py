"""Parts and the repairs that wait for them: when a piece came, what is set aside, what is to be ordered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from aftercare.answers import stock
from aftercare.plain.moments import Moment, day_of, in_order, is_late
from aftercare.plain.money import Amount
from aftercare.records.claim import Claim, Repair, Waiting
from aftercare.records.part import Ordered, Part, Received

_WANTING = frozenset({None, "no_parts", "no_parts_from_producer"})
"""Why a repair waits that waits for a part; one that names a part and no reason does."""
_NONE = Decimal(0)
_ONE = Decimal(1)


class Wait(NamedTuple):
    """A time that a repair waited for a part of the book."""

    claim: Claim
    number: int
    """Which of all the times it is that the claim's repairs waited, so that a reason that is mended changes no id."""
    repair: Repair
    waiting: Waiting
    part: Part

    @property
    def end(self) -> Moment | None:
        """When it was over, if it is: the repair went on, or the unit went out."""
        return self.waiting.to or self.repair.out


def waits_of(claim: Claim, parts: Mapping[str, Part]) -> Iterator[Wait]:
    """The times that the repairs of a claim waited for a part, in the file's order."""
    times = ((repair, waiting) for repair in claim.repairs for waiting in repair.waiting)
    for number, (repair, waiting) in enumerate(times, start=1):
        part = parts.get(waiting.for_ or "")
        if part and waiting.because in _WANTING:
            yield Wait(claim, number, repair, waiting, part)


def names(claims: Iterable[str], claim: Claim) -> bool:
    """Whether a list of claims names this one, by its id or one that it had."""
    return any(one in claims for one in claim.ids)


def arrival(wait: Wait) -> Received | None:
    """The first receipt that was set aside for the repair while it waited."""
    came = [one for one in wait.part.received if names(one.for_, wait.claim) and _within(one.at, wait)]
    return min(came, key=lambda one: in_order(one.at), default=None)


def _within(at: Moment, wait: Wait) -> bool:
    return not is_late(wait.waiting.from_, at) and not (wait.end and is_late(at, wait.end))


def orders_for(wait: Wait) -> Iterator[Ordered]:
    """The orders with a day that a repair waits for: those that name it, else those with a piece for nobody yet.

    Only what was ordered before the wait was over; of orders for nobody only those that did not come for others first.
    """
    came = arrival(wait)
    until = came.at if came else wait.end
    dated = [one for one in wait.part.ordered if one.expected and (until is None or not is_late(one.at, until))]
    own = [one for one in dated if names(one.for_, wait.claim)]
    if own:
        yield from own
        return
    still = (one.order for one in stock.open_orders(wait.part, until, without=wait.claim.id))
    free = [one for one in still if one.expected and one.qty > len(one.for_)]
    yield from sorted(free, key=lambda one: in_order(one.expected or date.max))[:1]


def is_settled(claim: Claim) -> bool:
    """Whether a claim needs no part any more: nothing of it is in repair, or it ended in another way."""
    ended = claim.closed or claim.replaced or claim.refunded
    return bool(ended) or all(repair.out for repair in claim.repairs)


def is_waiting(wait: Wait) -> bool:
    """Whether the repair waits still, and no piece has come for it."""
    return wait.end is None and not is_settled(wait.claim) and arrival(wait) is None


def waiting(claims: Iterable[Claim], parts: Mapping[str, Part]) -> dict[str, list[Wait]]:
    """The repairs that wait for a piece, by the part's id, those that began to wait first first."""
    found: dict[str, list[Wait]] = {}
    once = {claim.id: claim for claim in claims}
    open_ones = (wait for claim in once.values() for wait in waits_of(claim, parts) if is_waiting(wait))
    for wait in sorted(open_ones, key=lambda wait: (in_order(wait.waiting.from_), wait.claim.id)):
        found.setdefault(wait.part.id, []).append(wait)
    return found


def as_far_as(pieces: Decimal, waits: Sequence[Wait]) -> list[Wait]:
    """Those that so many pieces reach, one piece each."""
    return list(waits[: int(pieces)])


def unordered(part: Part, waits: Sequence[Wait], now: Moment) -> list[Wait]:
    """Those of the waiting repairs for which nothing is on order."""
    ordered = [one.order for one in stock.open_orders(part, now)]
    return [wait for wait in waits if not any(names(order.for_, wait.claim) for order in ordered)]


def set_aside(part: Part, claims: Mapping[str, Claim], now: Moment) -> dict[str, Decimal]:
    """The pieces that lie ready for repairs, by the claim; what went into the repair, or is needed no more, is none."""
    ready: dict[str, Decimal] = {}
    for row in stock.ledger(part, now):
        if isinstance(row.entry, Received):
            for number, name in enumerate(row.entry.for_):
                piece = min(_ONE, max(_NONE, row.entry.qty - number))
                ready[name] = ready.get(name, _NONE) + piece
    for use in part.used:
        if use.for_ in ready and not is_late(use.at, now):
            ready[use.for_] = max(_NONE, ready[use.for_] - use.qty)
    return {name: pieces for name, pieces in ready.items() if pieces and _needs(claims.get(name))}


def _needs(claim: Claim | None) -> bool:
    return claim is not None and not is_settled(claim)


class Level(NamedTuple):
    """How a part stands on a day: on the shelf, on the way, and what is to be ordered."""

    part: Part
    stock: Decimal
    set_aside: Decimal
    on_order: Decimal
    expected: Moment | None
    """When the next of what is on order is to come."""
    cost: Amount | None
    waiting: tuple[str, ...]
    """The claims whose repairs wait for a piece."""
    to_order: Decimal
    here_by: Moment | None
    """When it would be here if it were ordered now."""

    @property
    def free(self) -> Decimal:
        """What lies there for nobody."""
        return max(_NONE, self.stock - self.set_aside)


def level(part: Part, claims: Mapping[str, Claim], waits: Sequence[Wait], now: Moment) -> Level:
    """The level of a part; *claims* by any of their ids, *waits* those for it that wait still."""
    there = stock.balance(part, now)
    aside = min(max(there, _NONE), sum(set_aside(part, claims, now).values(), _NONE))
    orders = stock.open_orders(part, now)
    coming = sum((one.left for one in orders), _NONE)
    wanted = _to_order(part, max(_NONE, there - aside) + coming - len(waits))
    dates = [at for one in orders if (at := stock.expected(part, one.order))]
    return Level(
        part=part,
        stock=there,
        set_aside=aside,
        on_order=coming,
        expected=min(dates, key=in_order, default=None),
        cost=stock.cost_of(part, now),
        waiting=tuple(wait.claim.id for wait in waits),
        to_order=wanted,
        here_by=stock.arrives(part, day_of(now)) if wanted else None,
    )


def _to_order(part: Part, left: Decimal) -> Decimal:
    """How many to order, where so many are *left* for whoever comes next, on the shelf and on the way.

    So many as the part says, and in any case enough for the repairs that wait and to be over the reorder point again.
    """
    if part.reorder_at is None:
        return -left if left < 0 else _NONE
    if left > part.reorder_at:
        return _NONE
    return max(part.reorder_qty or part.reorder_at + 1 - left, -left)
