"""What is wrong in records of points: those that say nothing, or draw what nobody ever had, or a gift nobody took."""

from __future__ import annotations

from collections.abc import Container, Iterator
from datetime import date

from aftercare.answers.affairs import affairs_of
from aftercare.answers.points import Row, account, overdrawn
from aftercare.answers.rules import Rules
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.moments import iso
from aftercare.plain.tree import Path
from aftercare.records.part import Part
from aftercare.records.points import Points


def misdrawn(shelf: Shelf, rules: Rules) -> Iterator[tuple[str, Path, str]]:
    """What can be mended, each with its record, the place in its file, and a sentence."""
    if not any(True for __ in shelf.of(Points)):
        return
    yield from misstated(shelf)
    for affairs in affairs_of(shelf).values():
        for row in overdrawn(affairs, rules):
            sentence = _("{where}: there were {balance} points on {when}, too few for {count}").format(
                where="drawn", balance=-row.points, when=iso(row.at).replace("T", " "), count=row.missing - row.points
            )
            yield row.record, ("drawn",), sentence


def misstated(shelf: Shelf, among: Container[str] | None = None) -> Iterator[tuple[str, Path, str]]:
    """What is wrong with each record of points by itself; only *among* some, where they are named."""
    records = [record for record in shelf.of(Points) if among is None or record.id in among]
    taken = {row.for_ for part in shelf.of(Part) for row in part.used} if any(one.gift for one in records) else set()
    for record in records:
        if bool(record.given) == bool(record.drawn):
            path: Path = ("drawn",) if record.drawn else ()
            yield record.id, path, _("either so many were given, or so many were drawn: one of the two is wanted")
        if record.given and record.gift:
            yield (
                record.id,
                ("gift",),
                _("{where}: only points that are drawn are drawn for something").format(where="gift"),
            )
        if record.drawn and record.gift and taken.isdisjoint(record.ids):
            command = f"aftercare part use {record.gift} --qty {record.pieces or 1} --for {record.id}"
            sentence = _("{where}: no piece left the stock for it; {command}")
            yield record.id, ("gift",), sentence.format(where="gift", command=command)


def newly_short(before: Shelf, after: Shelf, customer: str, rules: Rules, by_hand: bool) -> Row | None:
    """The entry for which a change of the book leaves too few points, or fewer than there were too few before.

    Where points were given or drawn *by_hand* every entry counts; else only what draws more than was ever there.
    """
    was, now = _short(before, customer, rules, by_hand), _short(after, customer, rules, by_hand)
    if sum(row.missing for row in now) <= sum(row.missing for row in was):
        return None
    known = {(row.record, row.what): row.missing for row in was}
    return next(row for row in now if row.missing > known.get((row.record, row.what), 0))


def _short(shelf: Shelf, customer: str, rules: Rules, by_hand: bool) -> list[Row]:
    affairs = affairs_of(shelf).get(customer)
    if affairs is None:
        return []
    if not by_hand:
        return overdrawn(affairs, rules)
    return [row for row in account(affairs, rules, date.max).rows if row.missing]
