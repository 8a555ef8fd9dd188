"""The own verbs of deliveries and installations: each adds one fact, later.

``sign`` and ``postpone`` take a sale too: its one open delivery or installation, else a new one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Literal, cast

import click

from aftercare.answers.finding import describe
from aftercare.answers.works import Work
from aftercare.book.ids import loosely
from aftercare.book.pen import Pen
from aftercare.commands import deeds
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, SeveralRecords
from aftercare.language import N_, _, word
from aftercare.plain.moments import day_of, iso
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.render.output import say

Kind = Literal["delivery", "installation"]
REF = argument("ref", metavar="REF")
AT = option("--at", metavar="T", text=N_("when; absent: now"))
BY_PERSON = option("--by", metavar="REF", text=N_("who of the shop"))
NOTE = option("--note", metavar="S", text=N_("anything else worth knowing"))


def _change(session: Session, kind: Kind, ref: str, verb_name: str, fmt: str, make: Any, *, new: bool = False) -> None:
    """Change the work that is meant, or with *new* make one where the sale has none that is open."""
    with session.writing(f"{kind} {verb_name}") as pen:
        reader = deeds.reader(session, pen.shelf)
        work_id, sale_id = _meant(session, pen, kind, ref)
        edits: Sequence[Edit] = make(reader, pen, work_id)
        if work_id is None:
            if not new:
                raise Contradicts(
                    _("{sale} has no open {kind}").format(sale=sale_id, kind=word(kind)),
                    f"aftercare {kind} add --sale {sale_id}",
                )
            work_id = _made(session, pen, kind, sale_id, edits)
            say(_("new record {record}").format(record=describe(pen.shelf, work_id)))
        else:
            _edit(kind, pen, work_id, edits)
        deeds.written(session, pen, f"{kind} {verb_name} {work_id}")
    deeds.tell(session, pen, fmt=fmt)


def _edit(kind: Kind, pen: Pen, work_id: str, edits: Sequence[Edit]) -> None:
    pen.edit(work_id, deeds.checked(kind, work_id, edits, pen))


def _made(session: Session, pen: Pen, kind: Kind, sale_id: str, edits: Sequence[Edit]) -> str:
    """A new work for what is left of the sale, with the facts that the verb adds."""
    from aftercare.plain.splicing import applied

    tree = applied({"sale": sale_id}, edits)
    signed, days = tree.get("signed"), [day_of(session.now()).isoformat()]
    if isinstance(signed, dict) and isinstance(signed.get("at"), str):
        days.append(str(signed["at"])[:10])
    tree["arranged_on"] = min(days)
    with deeds.typed_in(kind, tree):
        return pen.add(kind, tree).id


def _meant(session: Session, pen: Pen, kind: Kind, ref: str) -> tuple[str | None, str]:
    """The work that a REF means, and its sale: the work itself, or the one open work of a sale."""
    named = loosely(ref)
    if named and named.kind.name == "sale":
        sale_id = deeds.resolved(session, pen.shelf, ref, ("sale",))
    elif named or fold(ref).isdigit():
        work = cast("Work", pen.shelf.get(deeds.resolved(session, pen.shelf, ref, (kind,))))
        return work.id, work.sale
    else:
        sale_id = deeds.resolved(session, pen.shelf, ref, ("sale",))
    found = [
        work.id for work in _works(pen, kind) if work.sale == sale_id and work.signed is None and work.cancelled is None
    ]
    if len(found) > 1:
        raise SeveralRecords(word(kind), ref, [describe(pen.shelf, work_id) for work_id in found])
    return (found[0] if found else None), sale_id


def _works(pen: Pen, kind: Kind) -> Iterator[Work]:
    return pen.shelf.of(Delivery) if kind == "delivery" else pen.shelf.of(Installation)


def _at(session: Session, reader: Any, said: str | None) -> str:
    """When: as said, else the clock's time."""
    return str(reader.moment(said)) if said else iso(session.now())


def _sign(session: Session, kind: Kind, ref: str, fmt: str, by: str, at: str | None, more: dict[str, Tree]) -> None:
    def make(reader: Any, pen: Pen, work_id: str | None) -> list[Edit]:
        work = pen.shelf.get(work_id) if work_id else None
        if getattr(work, "signed", None):
            raise Contradicts(_("{work} is signed for already").format(work=work_id))
        signed: dict[str, Tree] = {"by": by, "at": _at(session, reader, at)}
        return [*(Set((name,), value) for name, value in more.items() if value is not None), Set(("signed",), signed)]

    _change(session, kind, ref, "sign", fmt, make, new=True)


@verb(
    "sign",
    N_("Signed for by the customer."),
    REF,
    option("--by", required=True, metavar="NAME", text=N_("the name of the one who signed")),
    AT,
    option("--opened/--unopened", default=None, text=N_("unpacked and looked at together with the customer")),
    option("--damage", metavar="S", text=N_("damage on the way; none: looked for and not found")),
    option("--arrived-at", metavar="T", text=N_("when it came")),
    option("--charged", metavar="M", text=N_("what the customer was charged for it")),
    NOTE,
    JSON,
    example="aftercare delivery sign SA26-0012 --by 王建国 --opened --damage none",
)
def sign_delivery(
    session: Session,
    ref: str,
    by: str,
    at: str | None,
    opened: bool | None,
    damage: str | None,
    arrived_at: str | None,
    charged: str | None,
    note: str | None,
    fmt: str,
) -> None:
    """Sign for a delivery."""
    more: dict[str, Tree] = {
        "opened": None if opened is None else "yes" if opened else "no",
        "damage": damage,
        "charged": fold(charged) if charged else None,
        "arrived_at": _when(session, arrived_at),
        "note": note,
    }
    _sign(session, "delivery", ref, fmt, by, at, more)


def _when(session: Session, said: str | None) -> str | None:
    from aftercare.plain.words import understand

    return iso(understand(said, session.moment_now())) if said else None


@verb(
    "sign",
    N_("Signed for by the customer."),
    REF,
    option("--by", required=True, metavar="NAME", text=N_("the name of the one who signed")),
    AT,
    option("--tested", type=click.Choice(("ok", "faulty", "not_tested")), text=N_("how the test run went")),
    option("--explained/--not-explained", default=None, text=N_("use and care explained")),
    option("--hotline-left/--no-hotline-left", default=None, text=N_("the service phone left with the customer")),
    option("--questions", metavar="S", text=N_("what the customer asked, and the answer")),
    option("--charged", metavar="M", text=N_("what the customer was charged for it")),
    option("--materials", metavar="S", text=N_("materials used beyond those in the box")),
    NOTE,
    JSON,
    example="aftercare installation sign SA26-0012 --by 王建国 --tested ok --explained --charged 0",
)
def sign_installation(
    session: Session,
    ref: str,
    by: str,
    at: str | None,
    tested: str | None,
    explained: bool | None,
    hotline_left: bool | None,
    questions: str | None,
    charged: str | None,
    materials: str | None,
    note: str | None,
    fmt: str,
) -> None:
    """Sign for an installation."""
    more: dict[str, Tree] = {
        "tested": tested,
        "explained": None if explained is None else "yes" if explained else "no",
        "hotline_left": None if hotline_left is None else "yes" if hotline_left else "no",
        "questions": questions,
        "charged": fold(charged) if charged else None,
        "materials": materials,
        "note": note,
    }
    _sign(session, "installation", ref, fmt, by, at, more)


_MOVE = (
    option("--to", required=True, metavar="T", text=N_("the new time")),
    option("--from", "not_before", metavar="T", text=N_("not before this time")),
    option("--asked-by", required=True, type=click.Choice(("shop", "customer")), text=N_("who asked for it")),
    option("--agreed/--not-agreed", default=None, text=N_("whether the customer agreed")),
    option("--reason", required=True, metavar="S", text=N_("why")),
    option("--at", metavar="T", text=N_("when it was asked; absent: now")),
)


def move_tree(session: Session, reader: Any, values: dict[str, Any]) -> dict[str, Tree]:
    """A move as it stands in the file."""
    agreed = values["agreed"]
    move: dict[str, Tree] = {"to": reader.moment(values["to"])}
    if values["not_before"]:
        move["from"] = reader.moment(values["not_before"])
    move["asked_by"] = values["asked_by"]
    if agreed is not None or values["asked_by"] == "shop":
        move["agreed"] = "yes" if agreed else "no"
    return {**move, "reason": values["reason"], "on": _at(session, reader, values["at"])}


def _postpone(session: Session, kind: Kind, ref: str, fmt: str, values: dict[str, Any]) -> None:
    def make(reader: Any, pen: Pen, work_id: str | None) -> list[Edit]:
        return [Append(("moved",), move_tree(session, reader, values))]

    _change(session, kind, ref, "postpone", fmt, make, new=True)


_POSTPONE_EXAMPLE = "aftercare {kind} postpone SA26-0012 --to 明天18:00 --asked-by customer --reason 下班才在家"


@verb("postpone", N_("Move the promised time."), REF, *_MOVE, JSON, example=_POSTPONE_EXAMPLE.format(kind="delivery"))
def postpone_delivery(session: Session, ref: str, fmt: str, **values: Any) -> None:
    """Move the time of a delivery."""
    _postpone(session, "delivery", ref, fmt, values)


@verb(
    "postpone", N_("Move the promised time."), REF, *_MOVE, JSON, example=_POSTPONE_EXAMPLE.format(kind="installation")
)
def postpone_installation(session: Session, ref: str, fmt: str, **values: Any) -> None:
    """Move the time of an installation."""
    _postpone(session, "installation", ref, fmt, values)


@verb(
    "dispatch",
    N_("It left for the customer."),
    REF,
    AT,
    option("--by", "person", metavar="REF", text=N_("who brings it")),
    option("--vehicle", metavar="S", text=N_("with which vehicle")),
    option("--packed/--not-packed", default=None, text=N_("packed as the goods need it")),
    option("--confirmed-by", metavar="S", text=N_("with whom address and recipient were confirmed")),
    JSON,
    example="aftercare delivery dispatch DE26-0009 --by 李师傅 --packed",
)
def dispatch(
    session: Session,
    ref: str,
    at: str | None,
    person: str | None,
    vehicle: str | None,
    packed: bool | None,
    confirmed_by: str | None,
    fmt: str,
) -> None:
    """A delivery left."""

    def make(reader: Any, pen: Pen, work_id: str | None) -> list[Edit]:
        when = _at(session, reader, at)
        edits: list[Edit] = []
        if person:
            edits.append(Set(("person",), reader.resolve(person, ("staff",))))
        if vehicle:
            edits.append(Set(("vehicle",), vehicle))
        if confirmed_by:
            edits.append(Set(("confirmed",), {"by": confirmed_by, "at": when}))
        if packed is not None:
            edits.append(Set(("packed",), "yes" if packed else "no"))
        return [*edits, Set(("dispatched_at",), when)]

    _change(session, "delivery", ref, "dispatch", fmt, make, new=True)


_IN_VAIN = ("nobody_home", "refused", "no_access", "wrong_goods", "other")


@verb(
    "attempt",
    N_("It came in vain."),
    REF,
    option("--outcome", required=True, type=click.Choice(_IN_VAIN), text=N_("what happened")),
    AT,
    BY_PERSON,
    NOTE,
    JSON,
    example="aftercare delivery attempt DE26-0009 --outcome nobody_home",
)
def attempt(
    session: Session, ref: str, outcome: str, at: str | None, by: str | None, note: str | None, fmt: str
) -> None:
    """A delivery came in vain."""

    def make(reader: Any, pen: Pen, work_id: str | None) -> list[Edit]:
        fact: dict[str, Tree] = {"at": _at(session, reader, at), "outcome": outcome}
        if by:
            fact["by"] = reader.resolve(by, ("staff",))
        if note:
            fact["note"] = note
        return [Append(("attempts",), fact)]

    _change(session, "delivery", ref, "attempt", fmt, make)


@verb(
    "start",
    N_("The work has begun."),
    REF,
    AT,
    option("--technician", metavar="REF", text=N_("who installs it")),
    JSON,
    example="aftercare installation start IN26-0007 --technician 张师傅",
)
def start(session: Session, ref: str, at: str | None, technician: str | None, fmt: str) -> None:
    """An installation has begun."""

    def make(reader: Any, pen: Pen, work_id: str | None) -> list[Edit]:
        edits: list[Edit] = [Set(("started_at",), _at(session, reader, at))]
        if technician:
            edits.insert(0, Set(("technician",), reader.resolve(technician, ("staff",))))
        return edits

    _change(session, "installation", ref, "start", fmt, make, new=True)


@verb(
    "tick",
    N_("Items of the checklist that were done."),
    REF,
    argument("items", many=True, metavar="ITEM..."),
    JSON,
    example="aftercare installation tick IN26-0007 抽真空 检漏",
)
def tick(session: Session, ref: str, items: tuple[str, ...], fmt: str) -> None:
    """Items of the checklist were done."""

    def make(reader: Any, pen: Pen, work_id: str | None) -> list[Edit]:
        work = pen.shelf.get(work_id) if work_id else None
        done = set(getattr(work, "checklist", []))
        return [Append(("checklist",), item) for item in dict.fromkeys(items) if item not in done]

    _change(session, "installation", ref, "tick", fmt, make)
