"""The own verbs of points that write: given, drawn for something, handed over, called off."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from aftercare.book.pen import Pen
from aftercare.commands import deeds, facts
from aftercare.commands.claims import refuse_before, spoken
from aftercare.commands.facts import AT
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.gifts import take_gift
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, FutureFact, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import parse
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records.points import Points
from aftercare.records.schema import fields_of

REF = argument("ref", metavar="REF")
CUSTOMER = option("--customer", required=True, metavar="REF", text=N_("whose"))
POINTS = option("--points", required=True, type=click.IntRange(1, 9_999_999), metavar="N", text=N_("how many points"))
BY = option("--by", metavar="REF", text=N_("who of the shop"))
GIVEN, DRAWN = N_("Points were given by hand."), N_("Points were drawn for something: a gift, a trip.")
HANDED_OVER = N_("What was chosen for the points was handed over.")
CALLED_OFF = N_("It is called off: drawn points, and the gift, go back; given ones are gone.")


def _new(
    session: Session,
    name: str,
    values: Mapping[str, Any],
    fmt: str,
    then: Callable[[Reader, dict[str, Tree]], None] | None = None,
) -> None:
    """A new record of the values that were given, by the names of its fields."""

    def make(pen: Pen, reader: Reader) -> dict[str, Tree]:
        tree: dict[str, Tree] = {"on": facts.at(session, reader, values["at"])}
        for field in fields_of(Points):
            if values.get(field.name) is not None:
                value = values[field.name]
                tree[field.name] = reader.value(f"--{field.name.replace('_', '-')}", field, str(value))
        if then:
            then(reader, tree)
        return tree

    try:
        deeds.add_one(session, "points", make, fmt=fmt, verb=name, beside=take_gift)
    except FutureFact as error:
        raise FutureFact("--at", error.when, error.now) from None


@verb(
    "give",
    GIVEN,
    CUSTOMER,
    POINTS,
    option("--reason", required=True, metavar="S", text=N_("why they were given")),
    option("--until", metavar="T", text=N_("the last day of what was given; absent: as the shop's rule says")),
    BY,
    AT,
    JSON,
    example="aftercare points give --customer 王建国 --points 100 --reason 周年庆",
)
def give(session: Session, points: int, fmt: str, **values: Any) -> None:
    """Points that no sale earned."""
    _new(session, "give", {**values, "given": points}, fmt)


@verb(
    "redeem",
    DRAWN,
    CUSTOMER,
    POINTS,
    option("--for", "for_", metavar="S", text=N_("what they are drawn for, in words")),
    option("--gift", metavar="REF", text=N_("what they are drawn for, where its stock is kept; it leaves the stock")),
    option("--pieces", type=click.IntRange(1, 9_999_999), metavar="N", text=N_("how many of the gift; absent: one")),
    option("--hand-over-by", metavar="T", text=N_("until when it will be handed over, as the customer was told")),
    option("--handed-over", is_flag=True, text=N_("it was handed over at once")),
    BY,
    AT,
    JSON,
    example="aftercare points redeem --customer 王建国 --points 300 --gift 雨伞 --handed-over",
)
def redeem(session: Session, points: int, handed_over: bool, fmt: str, **values: Any) -> None:
    """Points that were drawn for something, which is handed over at once or promised."""
    if not values["for_"] and not values["gift"]:
        raise UsageProblem(_("say what the points are drawn for: --for TEXT, or --gift REF"))
    if values["pieces"] and not values["gift"]:
        raise UsageProblem(_("--pieces are pieces of a gift: give --gift"))
    if handed_over and values["hand_over_by"]:
        raise UsageProblem(_("--handed-over says it is done, --hand-over-by that it will be: give one of them"))

    def then(reader: Reader, tree: dict[str, Tree]) -> None:
        if values["hand_over_by"]:
            sentence = _("{when} is before the points are drawn ({began})")
            refuse_before(str(tree["hand_over_by"]), parse(str(tree["on"])), sentence)
        if handed_over:
            tree["handed_over"] = {"at": tree["on"], **({"by": tree["by"]} if tree.get("by") else {})}

    _new(session, "redeem", {**values, "drawn": points, "for": values["for_"]}, fmt, then)


def _change(session: Session, ref: str, name: str, fmt: str, make: Callable[[Pen, Reader, Points], list[Edit]]) -> None:
    """Change a record of points that still stands, and say what that did."""
    with session.writing(f"points {name}") as pen:
        reader = deeds.reader(session, pen.shelf)
        record_id = deeds.own(session, pen.shelf, ref, "points")
        record = pen.shelf.get(record_id)
        if isinstance(record, Points):
            if record.cancelled:
                when = spoken(record.cancelled.on)
                raise Contradicts(_("{record} was called off on {when}").format(record=record.id, when=when))
            try:
                pen.edit(record.id, deeds.checked("points", record.id, make(pen, reader, record), pen))
            except FutureFact as error:
                raise FutureFact("--at", error.when, error.now) from None
        deeds.written(session, pen, f"points {name} {record_id}")
    deeds.tell(session, pen, ids=[record_id] if fmt == "json" else None, fmt=fmt)


@verb("hand-over", HANDED_OVER, REF, BY, AT, JSON, example="aftercare points hand-over PT26-0001 --by 小赵")
def hand_over(session: Session, ref: str, by: str | None, at: str | None, fmt: str) -> None:
    """The customer has what was chosen."""

    def make(pen: Pen, reader: Reader, record: Points) -> list[Edit]:
        if not record.drawn:
            raise Contradicts(
                _("{record} gives points; nothing was drawn that could be handed over").format(record=record.id)
            )
        if record.handed_over:
            when = spoken(record.handed_over.at)
            raise Contradicts(_("{record} was handed over on {when} already").format(record=record.id, when=when))
        when = facts.at(session, reader, at)
        refuse_before(when, record.on, _("{when} is before the points were drawn ({began})"))
        person: dict[str, Tree] = {"by": reader.resolve(by, ("staff",))} if by else {}
        return [Set(("handed_over",), {"at": when, **person})]

    _change(session, ref, "hand-over", fmt, make)


@verb(
    "cancel",
    CALLED_OFF,
    REF,
    option("--reason", required=True, metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare points cancel PT26-0001 --reason 顾客改主意",
)
def cancel(session: Session, ref: str, reason: str, at: str | None, fmt: str) -> None:
    """What was drawn goes back where it came from, points and gift; what was given is taken back."""

    def make(pen: Pen, reader: Reader, record: Points) -> list[Edit]:
        when = facts.at(session, reader, at)
        refuse_before(when, record.on, _("{when} is before they were given or drawn ({began})"))
        part = pen.shelf.get(record.gift) if record.gift and record.drawn else None
        if part:
            row: dict[str, Tree] = {"at": when, "qty": str(record.pieces or 1), "from": record.id}
            pen.edit(part.id, [Append(("put_back",), row)])
        return [Set(("cancelled",), {"on": when, "reason": reason})]

    _change(session, ref, "cancel", fmt, make)
