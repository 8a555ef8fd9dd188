"""What no command may write: more of a part than there is, more of a customer's points than there are."""

from __future__ import annotations

from collections.abc import Iterator

from aftercare.answers import finding, stock
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf, kind_of
from aftercare.commands.session import Session
from aftercare.errors import Contradicts
from aftercare.language import _
from aftercare.plain.moments import iso
from aftercare.records.part import Part
from aftercare.records.points import Points
from aftercare.records.sale import Sale


def refuse_shortfalls(session: Session, pen: Pen) -> None:
    """Refuse what the pen holds where, on any day, something would be taken that is not there."""
    _of_parts(pen)
    touched = [one for one in pen.touched_ids if kind_of(one) in {"points", "sale"}]
    if touched and (pen.shelf.has(Points) or pen.before.has(Points)):
        _of_points(session, pen, list(dict.fromkeys(touched)))


def _of_parts(pen: Pen) -> None:
    for part in dict.fromkeys(one for one in pen.touched_ids if kind_of(one) == "part"):
        before, after = pen.before.get(part), pen.shelf.get(part)
        if isinstance(after, Part):
            row = stock.shortfall(before if isinstance(before, Part) else None, after)
            if row:
                there = row.balance - row.change
                raise Contradicts(
                    _("{part}: {stock} in stock on {when}, too few for {qty}").format(
                        part=finding.describe(pen.shelf, part),
                        stock=stock.figure(there),
                        when=_spoken(iso(row.entry.at)),
                        qty=stock.figure(-row.change),
                    ),
                    f"aftercare part receive {part} --qty {stock.figure(-row.balance)} --at {iso(row.entry.at)}"
                    if before
                    else "",
                )


def _of_points(session: Session, pen: Pen, touched: list[str]) -> None:
    """A record of points must be one, and must not draw what is not there, nor leave too few for another.

    A sale may be called off or paid back whatever was drawn; but it cannot turn out never to have earned what was.
    """
    from aftercare.answers import point_faults  # the rules of points are paid for by those who have some

    known = {(path, sentence) for __, path, sentence in point_faults.misstated(pen.before, touched)}
    for record, path, sentence in point_faults.misstated(pen.shelf, touched):
        if (path, sentence) not in known:
            raise Contradicts(f"{record}: {sentence}")
    for customer in _customers(pen, touched):
        rules = session.rules_in(pen.book)[0]
        row = point_faults.newly_short(pen.before, pen.shelf, customer, rules, _by_hand(pen, touched))
        if row:
            had = _("{customer} has {balance} points on {when}, too few for {count}")
            if pen.before.get(row.record):
                had = _("{customer} has {balance} points on {when}, too few for {count} ({record})")
            raise Contradicts(
                had.format(
                    customer=finding.describe(pen.shelf, customer),
                    balance=-row.points,
                    when=_spoken(iso(row.at)),
                    count=row.missing - row.points,
                    record=row.record,
                ),
                f"aftercare points ledger {customer}",
            )


def _customers(pen: Pen, touched: list[str]) -> list[str]:
    """The customers with points by hand whom the records are about, before or after."""
    named = (customer for shelf in (pen.before, pen.shelf) for one in touched for customer in _owner(shelf, one))
    return list(dict.fromkeys(named))


def _owner(shelf: Shelf, record_id: str) -> Iterator[str]:
    record = shelf.records.get(record_id)
    customer = shelf.get(record.customer) if isinstance(record, Points | Sale) else None
    if customer and any(one.customer in customer.ids for one in shelf.hanging(Points, customer.id)):
        yield customer.id


def _by_hand(pen: Pen, touched: list[str]) -> bool:
    """Whether points were given or drawn, and not only what was given called off: that takes back what there is."""
    for one in touched:
        before, after = pen.before.get(one), pen.shelf.get(one)
        is_points = isinstance(before, Points) or isinstance(after, Points)
        called_off = isinstance(after, Points) and bool(after.given and after.cancelled)
        if is_points and not called_off:
            return True
    return False


def _spoken(at: str) -> str:
    return at.replace("T", " ")
