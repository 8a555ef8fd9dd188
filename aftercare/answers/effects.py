"""What a command did to the ledger: the promises it kept, ended, brought nearer, made, or took away.

The ledger of the customers concerned is computed twice, without and with what the pen wrote.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from aftercare.answers.affairs import customers_of
from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.answers.rules import Rules
from aftercare.book.by_kind import ByKind
from aftercare.book.pen import Pen
from aftercare.plain.moments import Moment

AT_ONCE = 2_000
"""Customers whose promises are reckoned together."""


class Change(NamedTuple):
    """What a command did to the ledger."""

    kept: list[Promise]
    ended: list[Promise]
    nearer: list[Promise]
    """Those of which a part was done, or that were tried in vain."""
    promised: list[Promise]
    gone: list[Promise]
    """Those that were open and that nothing makes any more."""


def owners(pen: Pen) -> set[str]:
    """The customers whose promises may follow from what the pen has touched."""
    shelf = pen.shelf
    found: set[str] = set()
    for record_id, record in pen.touched_by_id():
        owner = shelf.owner(record_id)
        if owner:
            found.add(owner)
        else:
            touched = record()
            for one in (pen.before, shelf):
                found |= customers_of(one, one.get(record_id) or touched)
    brought = (shelf.get(by) for owner in found if (by := shelf.referrer(owner)))
    return found | {by.id for by in brought if by}


def changes(pen: Pen, owners: Sequence[str], rules: Rules, now: Moment) -> Iterator[Change]:
    """What the pen did to the promises of these customers, of some after the others where there are very many."""
    # Of records that were all read at once each question goes through all of them, so it is asked once.
    many = all(isinstance(shelf.records, ByKind) or len(shelf.records) < AT_ONCE for shelf in (pen.before, pen.shelf))
    step = AT_ONCE if many else len(owners)
    for first in range(0, len(owners), step):
        yield _change(pen, owners[first : first + step], rules, now)


def together(some: Iterable[Change]) -> Change:
    """Several of them as one."""
    whole = Change([], [], [], [], [])
    for change in some:
        for one, more in zip(whole, change, strict=True):
            one.extend(more)
    return whole


def _change(pen: Pen, owners: Sequence[str], rules: Rules, now: Moment) -> Change:
    before = {p.id: p for p in ledger_of(pen.before, rules, now, owners).promises}
    after = {p.id: p for p in ledger_of(pen.shelf, rules, now, owners).promises}
    settled = [p for p in after.values() if not p.is_open and (p.id not in before or before[p.id].is_open)]
    still = [p for p in after.values() if p.is_open]
    return Change(
        kept=[p for p in settled if p.kept],
        ended=[p for p in settled if not p.kept],
        nearer=[p for p in still if p.id in before and _is_nearer(before[p.id], p)],
        promised=[p for p in still if p.due and _is_new(before.get(p.id), p)],
        gone=[p for p in before.values() if p.is_open and p.due and p.id not in after],
    )


def _is_nearer(before: Promise, after: Promise) -> bool:
    """Some pieces more, or a vain attempt that did not set another day."""
    tried = after.attempts > before.attempts and after.due == before.due
    return after.kept_pieces > before.kept_pieces or tried


def _is_new(before: Promise | None, after: Promise) -> bool:
    return before is None or not before.is_open or before.due != after.due
