"""What a row tells of a delivery or an installation, beside what the book knows of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal, NamedTuple

from aftercare.answers.importing.incoming import Gap, Line
from aftercare.answers.works import Work, covers
from aftercare.book.shelf import kind_of
from aftercare.plain.moments import Moment, day_of, parse
from aftercare.plain.text import fold
from aftercare.records.delivery import Delivery
from aftercare.records.fields import Window
from aftercare.records.sale import Sale

WORKS: Mapping[str, str] = {"delivery": "delivered_at", "installation": "installed_at"}
"""The kinds of record that say what was done, and the column that says it."""


class Told(NamedTuple):
    """The rows of an order that the book has, each with the line of the sale that it is about; and who receives."""

    rows: Sequence[tuple[Line, int | None]]
    sale: Sale
    works: Sequence[Work]
    receiver: str


def lacking(kind: str, line: Line, number: int, told: Told) -> Gap | Literal["all", "nothing"]:
    """What the book lacks of the work that a row tells of: all of it, nothing, or what the gap says.

    An open work is signed as the file says, if it says that of every line of it.
    """
    column = WORKS[kind]
    about = [work for work in told.works if kind_of(work.id) == kind and covers(work, number)]
    if not about:
        return "all"
    at, by = parse(line.text(column)), line.text("signed_by") if kind == "delivery" else ""
    for work in about:
        if work.signed and same_time(at, work.signed.at) and (not by or fold(by) == fold(work.signed.by)):
            return "nothing"
    work = about[0]
    if len(about) > 1:
        return Gap(column)
    if work.signed:
        return Gap(column, ("signed", "at"), line.text(column), record=work.id)
    if not _is_all_done(column, line, work, told):
        return Gap(column)
    return Gap(column, ("signed",), {"by": by or told.receiver, "at": line.text(column)}, fills=True, record=work.id)


def _is_all_done(column: str, line: Line, work: Work, told: Told) -> bool:
    """Whether the rows say of each line of an open work, whole, that it was done at the time of this row."""
    covered = {number for number in range(1, len(told.sale.items) + 1) if covers(work, number)}
    done = {number for other, number in told.rows if number and other.text(column) == line.text(column)}
    return covered <= done and all(isinstance(entry, int) for entry in work.items)


def window_of(work: Work) -> Window | None:
    """The time for which a work was promised by itself."""
    return work.deliver if isinstance(work, Delivery) else work.install


def same_time(said: Moment, known: Moment) -> bool:
    """Whether two moments agree: to the minute where both have an hour, else by the day."""
    return said == known if type(said) is type(known) else day_of(said) == day_of(known)
