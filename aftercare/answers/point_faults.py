"""What is wrong in records of points: those that say nothing, or draw what nobody ever had, or a gift nobody took."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from datetime import date

from aftercare.answers.affairs import Affairs, affairs_with
from aftercare.answers.points import Row, account, overdrawn
from aftercare.answers.rules import Rules
from aftercare.book.shelf import Shelf
from aftercare.language import _
from aftercare.plain.moments import iso
from aftercare.plain.tree import Path
from aftercare.records.part import Part
from aftercare.records.points import Points


def misdrawn_by(affairs: Affairs, rules: Rules) -> Iterator[tuple[str, Path, str]]:
    """What a customer drew and never had, each with its record, the place in its file, and a sentence."""
    for row in overdrawn(affairs, rules):
        sentence = _("{where}: there were {balance} points on {when}, too few for {count}").format(
            where="drawn", balance=-row.points, when=iso(row.at).replace("T", " "), count=row.missing - row.points
        )
        yield row.record, ("drawn",), sentence


def misstated(shelf: Shelf, among: Iterable[str]) -> Iterator[tuple[str, Path, str]]:
    """What is wrong with some records of points, each by itself."""
    records = [record for one in sorted(among) if isinstance(record := shelf.records.get(one), Points)]
    taken = taken_for(shelf) if any(one.gift for one in records) else set()
    for record in records:
        yield from ((record.id, path, sentence) for path, sentence in misstatements(record, taken))


def taken_for(shelf: Shelf) -> set[str | None]:
    """What pieces of parts left the stock for."""
    return {row.for_ for part in shelf.of(Part) for row in part.used}


def misstatements(record: Points, taken: Container[str | None]) -> Iterator[tuple[Path, str]]:
    """What is wrong with one record of points; *taken* is what pieces left the stock for."""
    if bool(record.given) == bool(record.drawn):
        path: Path = ("drawn",) if record.drawn else ()
        yield path, _("either so many were given, or so many were drawn: one of the two is wanted")
    if record.given and record.gift:
        yield ("gift",), _("{where}: only points that are drawn are drawn for something").format(where="gift")
    if record.drawn and record.gift and not any(one in taken for one in record.ids):
        command = f"aftercare part use {record.gift} --qty {record.pieces or 1} --for {record.id}"
        sentence = _("{where}: no piece left the stock for it; {command}")
        yield ("gift",), sentence.format(where="gift", command=command)


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
    affairs = affairs_with(shelf, customer)
    if affairs is None:
        return []
    if not by_hand:
        return overdrawn(affairs, rules)
    return [row for row in account(affairs, rules, date.max).rows if row.missing]
