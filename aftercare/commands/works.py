"""The own verbs of deliveries and installations: each adds one fact, later.

All but ``attempt`` and ``tick`` take a sale too: its one open delivery or installation, else a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, TypeAlias, cast

import click

from aftercare.answers.finding import describe
from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.answers.works import Work, damaged
from aftercare.book.ids import loosely
from aftercare.book.pen import Pen
from aftercare.commands import deeds, facts
from aftercare.commands.checklists import lists_for, tell_unknown
from aftercare.commands.facts import AT, MOVE
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, SeveralRecords
from aftercare.language import N_, _, word
from aftercare.plain.moments import day_of, iso
from aftercare.plain.splicing import Append, Edit, Set, applied
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.delivery import Attempt, Delivery
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale
from aftercare.records.schema import fields_of
from aftercare.render.output import say

Kind: TypeAlias = Literal["delivery", "installation"]
Make: TypeAlias = Callable[[Reader, Work | None], list[Edit]]
WHAT: dict[Kind, str] = {"delivery": "deliver", "installation": "install"}
REF = argument("ref", metavar="REF")
MAKE_GOOD = N_("Damage on the way was made good.")
NOTE = option("--note", metavar="S", text=N_("anything else worth knowing"))
BY_NAME = option("--by", required=True, metavar="NAME", text=N_("the name of the one who signed"))
CHARGED = option("--charged", metavar="M", text=N_("what the customer was charged for it"))


def _change(session: Session, kind: Kind, ref: str, name: str, fmt: str, make: Make, *, new: bool = True) -> Pen:
    """Change the work that is meant, or with *new* make one where the sale has none that is open."""
    with session.writing(f"{kind} {name}") as pen:
        reader = deeds.reader(session, pen.shelf)
        work, sale_id = _meant(session, pen, kind, ref)
        edits = make(reader, work)
        if work is not None:
            pen.edit(work.id, deeds.checked(kind, work.id, edits, pen))
            work_id = work.id
        elif new:
            work_id = _made(session, pen, kind, sale_id, edits)
            say(_("new record {record}").format(record=describe(pen.shelf, work_id)))
        else:
            raise Contradicts(
                _("{sale} has no open {kind}").format(sale=sale_id, kind=word(kind)),
                f"aftercare {kind} add --sale {sale_id}",
            )
        deeds.written(session, pen, f"{kind} {name} {work_id}")
    deeds.tell(session, pen, fmt=fmt)
    return pen


def _made(session: Session, pen: Pen, kind: Kind, sale_id: str, edits: list[Edit]) -> str:
    """A new work for what is left of the sale, with the facts that the verb adds."""
    ledger = ledger_of(pen.shelf, session.rules(pen.book), session.now())
    all_done = [p for p in ledger.about(sale_id) if p.what == WHAT[kind]]
    if all_done and not any(promise.is_open for promise in all_done):
        raise Contradicts(_("nothing of {sale} is left for another {kind}").format(sale=sale_id, kind=word(kind)))
    tree = applied({"sale": sale_id}, edits)
    if left := _left(pen, sale_id, all_done):
        tree["items"] = left
    signed, days = tree.get("signed"), [day_of(session.now()).isoformat()]
    if isinstance(signed, dict) and isinstance(signed.get("at"), str):
        days.append(str(signed["at"])[:10])
    tree["arranged_on"] = min(days)
    with deeds.typed_in(kind):
        return pen.add(kind, tree).id


def _left(pen: Pen, sale_id: str, promised: Sequence[Promise]) -> list[Tree]:
    """The lines, and of them the pieces, that are still to come; empty where that is the whole sale."""
    left: list[Tree] = []
    for promise in promised:
        of, __, line = promise.draft.subject.partition("/")
        if promise.is_open and of == sale_id:
            pieces = promise.draft.pieces - promise.kept_pieces
            left.append({"item": line, "qty": str(pieces)} if promise.kept_pieces else line)
    sale = pen.shelf.get(sale_id)
    whole = isinstance(sale, Sale) and len(left) == len(sale.items) and all(isinstance(one, str) for one in left)
    return [] if whole else left


def _meant(session: Session, pen: Pen, kind: Kind, ref: str) -> tuple[Work | None, str]:
    """The work that a REF means, and its sale: the work itself, or the one open work of a sale."""
    named = loosely(ref)
    if (named and named.kind.name != "sale") or (named is None and fold(ref).isdigit()):
        work = cast("Work", pen.shelf.get(deeds.resolved(session, pen.shelf, ref, (kind,))))
        return work, work.sale
    sale_id = deeds.resolved(session, pen.shelf, ref, ("sale",))
    found = [w for w in _works(pen, kind) if w.sale == sale_id and w.signed is None and w.cancelled is None]
    if len(found) > 1:
        raise SeveralRecords(word(kind), ref, [describe(pen.shelf, work.id) for work in found])
    return (found[0] if found else None), sale_id


def _works(pen: Pen, kind: Kind) -> Iterator[Work]:
    return pen.shelf.of(Delivery) if kind == "delivery" else pen.shelf.of(Installation)


def _sign(session: Session, kind: Kind, ref: str, fmt: str, by: str, at: str | None, more: dict[str, Any]) -> None:
    def make(reader: Reader, work: Work | None) -> list[Edit]:
        if work is not None and work.signed is not None:
            return _signed_again(reader, work, by, at)
        signature: dict[str, Tree] = {"by": by, "at": facts.at(session, reader, at)}
        return [*facts.sets(kind, more, reader), Set(("signed",), signature)]

    _change(session, kind, ref, "sign", fmt, make)


def _signed_again(reader: Reader, work: Work, by: str, at: str | None) -> list[Edit]:
    """A script that signs twice in the same words has done it once; other words contradict what is written."""
    signed = work.signed
    if signed is None or signed.by != by or (at is not None and reader.date("--at", at) != iso(signed.at)):
        raise Contradicts(_("{work} is signed for already").format(work=work.id))
    say(_("{work} is signed for already").format(work=work.id))
    return []


@verb(
    "sign",
    N_("Signed for by the customer."),
    REF,
    BY_NAME,
    AT,
    option("--opened/--unopened", default=None, text=N_("unpacked and looked at together with the customer")),
    option("--damage", metavar="S", text=N_("damage on the way; none: looked for and not found")),
    option("--arrived-at", metavar="T", text=N_("when it came")),
    CHARGED,
    NOTE,
    JSON,
    example="aftercare delivery sign SA26-0012 --by 王建国 --opened --damage none",
)
def sign_delivery(session: Session, ref: str, by: str, at: str | None, fmt: str, **more: Any) -> None:
    """Sign for a delivery."""
    _sign(session, "delivery", ref, fmt, by, at, more)


@verb(
    "sign",
    N_("Signed for by the customer."),
    REF,
    BY_NAME,
    AT,
    option("--tested", type=click.Choice(("ok", "faulty", "not_tested")), text=N_("how the test run went")),
    option("--explained/--not-explained", default=None, text=N_("use and care explained")),
    option("--hotline-left/--no-hotline-left", default=None, text=N_("the service phone left with the customer")),
    option("--questions", metavar="S", text=N_("what the customer asked, and the answer")),
    CHARGED,
    option("--materials", metavar="S", text=N_("materials used beyond those in the box")),
    option(
        "--agreed-beforehand/--not-agreed-beforehand",
        default=None,
        text=N_("the customer agreed to the charge beforehand"),
    ),
    NOTE,
    JSON,
    example="aftercare installation sign SA26-0012 --by 王建国 --tested ok --explained --charged 0",
)
def sign_installation(session: Session, ref: str, by: str, at: str | None, fmt: str, **more: Any) -> None:
    """Sign for an installation."""
    _sign(session, "installation", ref, fmt, by, at, more)


def _postpone(session: Session, kind: Kind, ref: str, fmt: str, values: dict[str, Any]) -> None:
    def make(reader: Reader, work: Work | None) -> list[Edit]:
        return [Append(("moved",), facts.move(session, reader, values))]

    _change(session, kind, ref, "postpone", fmt, make)


_POSTPONED = N_("Move the promised time.")
_EXAMPLE = "aftercare {kind} postpone SA26-0012 --to 明天18:00 --asked-by customer --reason 下班才在家"


@verb("postpone", _POSTPONED, REF, *MOVE, JSON, example=_EXAMPLE.format(kind="delivery"))
def postpone_delivery(session: Session, ref: str, fmt: str, **values: Any) -> None:
    """Move the time of a delivery."""
    _postpone(session, "delivery", ref, fmt, values)


@verb("postpone", _POSTPONED, REF, *MOVE, JSON, example=_EXAMPLE.format(kind="installation"))
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
def dispatch(session: Session, ref: str, at: str | None, confirmed_by: str | None, fmt: str, **more: Any) -> None:
    """A delivery left."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        when = facts.at(session, reader, at)
        edits = facts.sets("delivery", more, reader)
        if confirmed_by:
            edits.append(Set(("confirmed",), {"by": confirmed_by, "at": when}))
        return [*edits, Set(("dispatched_at",), when)]

    _change(session, "delivery", ref, "dispatch", fmt, make)


_IN_VAIN = next(field.choices for field in fields_of(Attempt) if field.name == "outcome")


@verb(
    "attempt",
    N_("It came in vain."),
    REF,
    option("--outcome", required=True, type=click.Choice(_IN_VAIN), text=N_("what happened")),
    AT,
    option("--by", metavar="REF", text=N_("who of the shop")),
    NOTE,
    JSON,
    example="aftercare delivery attempt DE26-0009 --outcome nobody_home",
)
def attempt(
    session: Session, ref: str, outcome: str, at: str | None, by: str | None, note: str | None, fmt: str
) -> None:
    """A delivery came in vain."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        fact: dict[str, Tree] = {"at": facts.at(session, reader, at), "outcome": outcome}
        if by:
            fact["by"] = reader.resolve(by, ("staff",))
        if note:
            fact["note"] = note
        return [Append(("attempts",), fact)]

    _change(session, "delivery", ref, "attempt", fmt, make, new=False)


@verb(
    "start",
    N_("The work has begun."),
    REF,
    AT,
    option("--technician", metavar="REF", text=N_("who installs it")),
    JSON,
    example="aftercare installation start IN26-0007 --technician 张师傅",
)
def start(session: Session, ref: str, at: str | None, fmt: str, **more: Any) -> None:
    """An installation has begun."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        return [*facts.sets("installation", more, reader), Set(("started_at",), facts.at(session, reader, at))]

    _change(session, "installation", ref, "start", fmt, make)


@verb(
    "tick",
    N_("Items of the checklist that were done."),
    REF,
    argument("items", many=True, metavar="ITEM..."),
    JSON,
    example="aftercare installation tick IN26-0007 抽真空 检漏",
)
def tick(session: Session, ref: str, items: tuple[str, ...], fmt: str) -> None:
    """Items of the checklist were done; one that was ticked before stays ticked once."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        done = set(work.checklist) if isinstance(work, Installation) else set()
        return [Append(("checklist",), item) for item in dict.fromkeys(items) if item not in done]

    pen = _change(session, "installation", ref, "tick", fmt, make, new=False)
    for work in pen.touched:
        if isinstance(work, Installation):
            tell_unknown(lists_for(session, pen.shelf, work), items, work.id)


@verb(
    "make-good",
    MAKE_GOOD,
    REF,
    option("--how", metavar="S", text=N_("how it was made good"), required=True),
    option("--amount", metavar="M", text=N_("what was paid for it")),
    AT,
    JSON,
    example="aftercare delivery make-good DE26-0009 --how 更换外壳 --amount 50",
)
def make_good(session: Session, ref: str, how: str, amount: str | None, at: str | None, fmt: str) -> None:
    """Damage on the way was made good."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        if not isinstance(work, Delivery) or not damaged(work):
            raise Contradicts(
                _("no damage on the way is written down for {work}").format(work=work.id if work else ref)
            )
        if work.made_good is not None:
            raise Contradicts(
                _("{work}: the damage was made good on {when}").format(work=work.id, when=iso(work.made_good.at))
            )
        fact: dict[str, Tree] = {"at": facts.at(session, reader, at), "how": how}
        if amount:
            fact["amount"] = reader.amount("--amount", amount)
        return [Set(("made_good",), fact)]

    _change(session, "delivery", ref, "make-good", fmt, make, new=False)
