"""Deliveries and installations: which lines of a sale they cover, and when a line was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import TypeAlias

from aftercare.answers.promises import Event, Keeping, Moved, Term
from aftercare.plain.moments import Moment, day_of, in_order
from aftercare.records.delivery import Delivery
from aftercare.records.fields import Move, Window
from aftercare.records.installation import Installation
from aftercare.records.sale import Item

Work: TypeAlias = Delivery | Installation


UNHURT = frozenset({"none", "no", "无", "没有", "无损坏", "完好"})
"""What is written where damage was looked for and not found."""


def damaged(delivery: Delivery) -> bool:
    """Whether the goods are said to have been hurt on the way; where nothing is said they were not."""
    said = (delivery.damage or "").strip().casefold()
    return bool(said) and said not in UNHURT


def covers(work: Work, line: int) -> bool:
    """Whether the work is about this line of its sale; one that names no lines is about all."""
    return not work.items or any(line == (entry if isinstance(entry, int) else entry.item) for entry in work.items)


def pieces_of(work: Work, line: int) -> int | None:
    """How many pieces of the line it brings; ``None``: all that are left."""
    for entry in work.items:
        if not isinstance(entry, int) and entry.item == line:
            return entry.qty
    return None


def done_at(work: Work) -> Moment | None:
    """When the work was done: signed for, and timed by the arrival where that is known.

    The signature shows that the goods were received; the clock of the promise stops when they came, not when the
    unpacking ended.
    """
    if work.signed is None or work.cancelled is not None:
        return None
    arrived = work.arrived_at if isinstance(work, Delivery) else None
    return arrived or work.signed.at


def keepings(works: Sequence[Work], line: int) -> list[Keeping]:
    """What the signed ones among *works* did for the line, in order of time."""
    if not works:
        return []
    found = [
        Keeping(at, work.id, pieces_of(work, line), worker(work))
        for work in works
        if covers(work, line) and (at := done_at(work)) is not None
    ]
    return sorted(found, key=lambda keeping: (in_order(keeping.at), keeping.record))


def came_damaged(works: Sequence[Work], line: int) -> list[tuple[Moment, Delivery]]:
    """The deliveries that brought the line damaged, each with the time of its signature and in that order."""
    found = [
        (work.signed.at, work)
        for work in works
        if isinstance(work, Delivery)
        if work.signed and work.cancelled is None and covers(work, line) and damaged(work)
    ]
    return sorted(found, key=lambda pair: (in_order(pair[0]), pair[1].id))


def finished(keeps: Sequence[Keeping], pieces: int) -> tuple[int, Keeping | None]:
    """How many pieces are done, and the keeping that completed them, if one did."""
    done = 0
    for keeping in keeps:
        done = pieces if keeping.pieces is None else min(pieces, done + keeping.pieces)
        if done >= pieces:
            return pieces, keeping
    return done, None


def again(works: Sequence[Work], line: int, pieces: int) -> list[Work]:
    """Those of the *works* that were arranged when the whole line had been done before, in their order.

    The customer moved house and has it put up once more: a service beyond the sale, with a time of its own.
    """
    __, first = finished(keepings(works, line), pieces)
    if first is None:
        return []
    later = [w for w in works if covers(w, line) and w.id != first.record and day_of(_begun(w)) > day_of(first.at)]
    return sorted(later, key=lambda work: (day_of(_begun(work)), work.id))


def _begun(work: Work) -> Moment:
    """The day it was arranged; where nobody noted it, that of the signature."""
    return work.arranged_on or (work.signed.at if work.signed else date.min)


def promised(works: Sequence[Work], line: int, item: Item) -> int:
    """How many pieces of the line the works are about, where the sale itself promised nothing."""
    total = 0
    for work in works:
        if covers(work, line):
            pieces = pieces_of(work, line)
            if pieces is None:
                return item.pieces
            total += pieces
    return min(total, item.pieces)


def own_window(work: Work) -> Window | None:
    """The time that the work's own record promises."""
    return work.deliver if isinstance(work, Delivery) else work.install


def worker(work: Work) -> str:
    """The person in charge of it."""
    return (work.person if isinstance(work, Delivery) else work.technician) or ""


def term_of(window: Window) -> Term:
    """A promised window as a term."""
    return Term(window.by, window.from_)


def by_consent(moves: Iterable[Move]) -> Iterator[Moved]:
    """Those of the moves of one record that count; one without its day was asked no earlier than those before it."""
    asked = date.min
    for move in moves:
        asked = max(asked, day_of(move.on)) if move.on else asked
        if move.by_consent:
            yield Moved(asked, Term(move.to, move.from_), move.asked_by == "shop")


def called_off(works: Sequence[Work], line: int) -> Event | None:
    """How the last work about a line was called off, where all of them were."""
    about = [work for work in works if covers(work, line)]
    ends = [Event(work.cancelled.on, work.id, work.cancelled.reason or "") for work in about if work.cancelled]
    return max(ends, key=lambda event: in_order(event.at)) if ends and len(ends) == len(about) else None
