"""The account of a customer's points: what was earned, given, drawn, taken back and expired; it is stored nowhere.

What was earned in one sale by one rule, and what was given by one record, is a *lot* with its own last good day.  What
is drawn comes from the lot that expires first, of two alike from the older one, so that nothing expires while newer
points are spent.  Points are counted by days: what is earned on a day is there from its morning, and what is good until
a day until its night.  Nothing depends on the order in which files have their facts.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from operator import attrgetter
from typing import Literal, NamedTuple

from aftercare.answers.affairs import Affairs
from aftercare.answers.earning import TakenBack, earned
from aftercare.answers.rules import Rules
from aftercare.plain.moments import Moment, day_of, end_of, in_order, is_late, start_of
from aftercare.policies.points import at_large
from aftercare.records.points import Points

What = Literal["earned", "given", "drawn", "returned", "taken_back", "set_off", "expired"]
WHATS: tuple[What, ...] = ("earned", "given", "drawn", "returned", "taken_back", "set_off", "expired")
_A_DAY = timedelta(days=1)


@dataclass
class Lot:
    """Points that came in together, and what is left of them."""

    source: str
    """The sale that earned them, or the record by which they were given."""
    line: str
    """The rule they were earned by; "" of what was given."""
    on: date
    last_day: date | None
    """The last day on which they are good; ``None``: they never expire."""
    points: int
    left: int = 0
    expired: int = 0
    forgiven: int = 0
    """So many of those that expired have since been taken back: they are not taken a second time."""
    emptied: Moment | None = None
    """When the last of them was drawn or taken back."""


class Piece(NamedTuple):
    """Points of one lot that one entry moved."""

    source: str
    on: date
    last_day: date | None
    points: int


class Row(NamedTuple):
    """One entry of the account, with the ``balance`` after it and what is ``short`` after it."""

    at: Moment
    what: What
    points: int
    """So many more, or fewer."""
    record: str
    line: str = ""
    about: tuple[str, ...] = ()
    """The lines of the sale that earned them."""
    pieces: tuple[Piece, ...] = ()
    missing: int = 0
    """So many of what this entry was to take were not there."""
    balance: int = 0
    short: int = 0


class Account(NamedTuple):
    """A customer's points on a day."""

    rows: tuple[Row, ...]
    lots: tuple[Lot, ...]
    """All that ever came in, those first that are drawn first."""
    short: int
    """What was to be taken back and is spent; it is set off against what comes in next."""

    @property
    def balance(self) -> int:
        """How many there are."""
        return sum(lot.left for lot in self.lots)

    @property
    def there(self) -> list[Lot]:
        """The lots of which something is left, the one that expires first first."""
        return [lot for lot in self.lots if lot.left]

    @property
    def missing(self) -> int:
        """All that was ever to be taken when it was not there."""
        return sum(row.missing for row in self.rows)

    def total(self, *whats: What) -> int:
        """What the entries of some sorts come to, without a sign."""
        return abs(sum(row.points for row in self.rows if row.what in whats))


def account(affairs: Affairs, rules: Rules, now: Moment, *, taking_back: bool = True) -> Account:
    """A customer's points at a moment, as far as the records and the rules say now.

    Not *taking_back*: as if nothing had ever been paid back or called off.
    """
    book = _Book()
    for event in sorted(_events(affairs, rules, now, taking_back), key=attrgetter("key")):
        book.expire(event.on)
        event.apply(book)
    book.expire(day_of(now))
    lots = tuple(sorted(book.lots, key=_drawn_first))
    return Account(tuple(book.rows), lots, book.short)


def _drawn_first(lot: Lot) -> tuple[date, date, str, str]:
    return lot.last_day or date.max, lot.on, lot.source, lot.line


@dataclass
class _Event:
    """Something that changes the account, and the key by which it takes its turn."""

    on: date
    key: tuple[object, ...]
    apply: Callable[[_Book], None]


def _events(affairs: Affairs, rules: Rules, now: Moment, taking_back: bool) -> Iterator[_Event]:
    for lot, about, back in earned(affairs, rules):
        if lot.on <= day_of(now):
            new = Lot(lot.source, lot.line, lot.on, lot.last_day, lot.points)
            yield _coming_in(new, "earned", about, lot.at)
            yield from (_going_back(new, one) for one in back if taking_back and not is_late(one.at, now))
    for record in affairs.points:
        if not is_late(record.on, now):
            yield from _of_record(record, rules, now, taking_back)


def _coming_in(lot: Lot, what: What, about: tuple[str, ...], at: Moment) -> _Event:
    key = (start_of(lot.on), 0, lot.source, lot.line, 0)
    return _Event(lot.on, key, lambda book: book.come_in(lot, what, about, at))


def _going_back(lot: Lot, back: TakenBack) -> _Event:
    if day_of(back.at) < lot.on:  # dates that contradict each other: nothing goes back before it came in
        back = back._replace(at=lot.on)
    key = (end_of(back.at), 3, back.record, lot.source + lot.line, back.number)
    return _Event(day_of(back.at), key, lambda book: book.take_back(lot, back))


def _of_record(record: Points, rules: Rules, now: Moment, taking_back: bool) -> Iterator[_Event]:
    called_off = record.cancelled if record.cancelled and not is_late(record.cancelled.on, now) else None
    on = day_of(record.on)
    if record.given:
        last_day = day_of(record.until) if record.until else at_large(rules.standards.points, on)
        lot = Lot(record.id, "", on, last_day, record.given)
        yield _coming_in(lot, "given", (), record.on)
        if called_off and taking_back:
            yield _going_back(lot, TakenBack(called_off.on, record.id, 0, record.given))
    if record.drawn:
        taken: list[tuple[Lot, int]] = []
        key = (end_of(record.on), 2, record.id, "", 0)
        points = record.drawn
        yield _Event(on, key, lambda book: book.draw(record.id, record.on, points, taken))
        if called_off:
            at = max(called_off.on, record.on, key=in_order)
            # What was called off on its own day goes back at once, before anything else is drawn.
            same_day = day_of(at) <= on
            back = (end_of(record.on), 2, record.id, "", 1) if same_day else (start_of(at), 1, record.id, "", 0)
            yield _Event(max(on, day_of(at)), back, lambda book: book.put_back(record.id, at, points, taken))


@dataclass
class _Book:
    """The account as it grows, entry by entry."""

    lots: list[Lot] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    short: int = 0

    def _write(self, row: Row) -> None:
        """An entry, with what there is and what is short after it."""
        self.rows.append(row._replace(balance=sum(lot.left for lot in self.lots), short=self.short))

    def come_in(self, lot: Lot, what: What, about: tuple[str, ...], at: Moment) -> None:
        """A new lot; what is short is set off against it at once."""
        lot.left = lot.points
        self.lots.append(lot)
        if lot.points:
            pieces = (_piece(lot, lot.points),)
            self._write(Row(at, what, lot.points, lot.source, lot.line, about, pieces))
        self._set_off(at, lot.source)

    def _set_off(self, at: Moment, record: str) -> None:
        taken = self._take(self._there(), self.short, at) if self.short else []
        if taken:
            self.short -= _sum(taken)
            self._write(Row(at, "set_off", -_sum(taken), record, pieces=_pieces(taken)))

    def draw(self, record: str, at: Moment, points: int, taken: list[tuple[Lot, int]]) -> None:
        """So many points from the lots that expire first; what was *taken* is noted, should it be called off."""
        taken += self._take(self._there(), points, at)
        missing = points - _sum(taken)
        self.short += missing
        self._write(Row(at, "drawn", -_sum(taken), record, pieces=_pieces(taken), missing=missing))

    def put_back(self, record: str, at: Moment, points: int, taken: Iterable[tuple[Lot, int]]) -> None:
        """What was drawn goes back to the lots from which it came; what expired meanwhile stays expired."""
        back = list(taken)
        for lot, count in back:
            lot.left += count
            lot.emptied = None
        self.short -= min(self.short, points - _sum(back))
        if back:
            self._write(Row(at, "returned", _sum(back), record, pieces=_pieces(back)))
        self.expire(day_of(at))
        self._set_off(at, record)

    def take_back(self, lot: Lot, back: TakenBack) -> None:
        """What a lot had too many is taken from it, and from the others where it is spent; the rest is short.

        What expired of the lot is gone already, and counts first.
        """
        taken = self._take([lot] if _is_good(lot, day_of(back.at)) else [], back.points, back.at)
        wanted = back.points - _sum(taken)
        forgiven = min(wanted, lot.expired - lot.forgiven)
        lot.forgiven += forgiven
        wanted -= forgiven
        taken += self._take(self._there(), wanted, back.at)
        missing = back.points - forgiven - _sum(taken)
        self.short += missing
        if taken or missing:
            self._write(Row(back.at, "taken_back", -_sum(taken), back.record, lot.line, (), _pieces(taken), missing))

    def _there(self) -> list[Lot]:
        return sorted((lot for lot in self.lots if lot.left), key=_drawn_first)

    def _take(self, lots: Sequence[Lot], points: int, at: Moment) -> list[tuple[Lot, int]]:
        taken = []
        for lot in lots:
            count = min(lot.left, points)
            if count:
                lot.left -= count
                points -= count
                lot.emptied = None if lot.left else at
                taken.append((lot, count))
        return taken

    def expire(self, today: date) -> None:
        """What was good until a day before *today* is gone, each lot on the day after its last good one."""
        over = [lot for lot in self._there() if not _is_good(lot, today)]
        for lot in over:
            count, lot.left = lot.left, 0
            lot.expired += count
            at = max(_day_after(lot.last_day or date.max), lot.on)
            self._write(Row(at, "expired", -count, lot.source, lot.line, (), (_piece(lot, count),)))


def _is_good(lot: Lot, on: date) -> bool:
    return lot.last_day is None or on <= lot.last_day


def _day_after(day: date) -> date:
    return day + _A_DAY if day < date.max else day


def _sum(taken: Iterable[tuple[Lot, int]]) -> int:
    return sum(count for __, count in taken)


def _piece(lot: Lot, count: int) -> Piece:
    return Piece(lot.source, lot.on, lot.last_day, count)


def _pieces(taken: Iterable[tuple[Lot, int]]) -> tuple[Piece, ...]:
    return tuple(_piece(lot, count) for lot, count in taken)


def overdrawn(affairs: Affairs, rules: Rules) -> list[Row]:
    """The entries that draw what the customer never had, even if nothing had been taken back: what cannot have been."""
    if not any(record.drawn for record in affairs.points):
        return []
    found = account(affairs, rules, date.max, taking_back=False)
    return [row for row in found.rows if row.what == "drawn" and row.missing]
