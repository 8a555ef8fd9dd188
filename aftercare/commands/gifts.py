"""What is chosen for points leaves its stock in one with them."""

from __future__ import annotations

from aftercare.book.pen import Pen
from aftercare.commands.deeds import Beside
from aftercare.plain.moments import iso
from aftercare.plain.splicing import Append
from aftercare.plain.tree import Tree
from aftercare.records.base import Record
from aftercare.records.points import Points


def take_gift(pen: Pen, record: Record) -> Beside:
    """Take what was chosen out of its stock, in one with the points; a gift that is not there cannot be chosen."""
    if isinstance(record, Points) and record.gift and record.drawn and not record.cancelled:
        part = pen.shelf.get(record.gift)
        row: dict[str, Tree] = {"at": iso(record.on), "qty": str(record.pieces or 1), "for": record.id}
        row |= {"by": record.by} if record.by else {}
        pen.edit(part.id if part else record.gift, [Append(("used",), row)])
    return Beside({}, ())
