"""What the own verbs of deliveries and installations share: each adds one fact, later.

All but ``attempt`` and ``tick`` take a sale too: its one open delivery or installation, else a new one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any, Literal, TypeAlias, cast

from aftercare.answers.affairs import owner_of
from aftercare.answers.finding import describe
from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.answers.works import Work
from aftercare.book.ids import loosely
from aftercare.book.pen import Pen
from aftercare.commands import deeds, facts
from aftercare.commands.flags import Reader
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option
from aftercare.errors import Contradicts, SeveralRecords
from aftercare.language import N_, _, word
from aftercare.plain.moments import day_of, iso
from aftercare.plain.splicing import Append, Edit, Set, applied
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.delivery import Delivery
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale
from aftercare.render.output import say

Kind: TypeAlias = Literal["delivery", "installation"]
Make: TypeAlias = Callable[[Reader, Work | None], list[Edit]]
WHAT: dict[Kind, str] = {"delivery": "deliver", "installation": "install"}
REF = argument("ref", metavar="REF")
NOTE = option("--note", metavar="S", text=N_("anything else worth knowing"))
BY_NAME = option("--by", required=True, metavar="NAME", text=N_("the name of the one who signed"))
CHARGED = option("--charged", metavar="M", text=N_("what the customer was charged for it"))


def change(session: Session, kind: Kind, ref: str, name: str, fmt: str, make: Make, *, new: bool = True) -> Pen:
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
    ledger = ledger_of(pen.shelf, session.rules(pen.book), session.now(), [owner_of(pen.shelf, sale_id) or ""])
    all_done = [p for p in ledger.about(sale_id) if p.what == WHAT[kind]]
    if all_done and not any(promise.is_open for promise in all_done):
        again = f"aftercare installation add --sale {sale_id} --install-by …" if kind == "installation" else ""
        raise Contradicts(
            _("nothing of {sale} is left for another {kind}").format(sale=sale_id, kind=word(kind)), again
        )
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
    found = [w for w in _works(pen, kind, sale_id) if w.sale == sale_id and w.signed is None and w.cancelled is None]
    if len(found) > 1:
        raise SeveralRecords(word(kind), ref, [describe(pen.shelf, work.id) for work in found])
    return (found[0] if found else None), sale_id


def _works(pen: Pen, kind: Kind, sale_id: str) -> Iterator[Work]:
    return pen.shelf.hanging(Delivery if kind == "delivery" else Installation, sale_id)


def sign(session: Session, kind: Kind, ref: str, fmt: str, by: str, at: str | None, more: dict[str, Any]) -> None:
    """Sign for a delivery or an installation."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        if work is not None and work.signed is not None:
            return _signed_again(reader, work, by, at)
        signature: dict[str, Tree] = {"by": by, "at": facts.at(session, reader, at)}
        return [*facts.sets(kind, more, reader), Set(("signed",), signature)]

    change(session, kind, ref, "sign", fmt, make)


def _signed_again(reader: Reader, work: Work, by: str, at: str | None) -> list[Edit]:
    """A script that signs twice in the same words has done it once; other words contradict what is written."""
    signed = work.signed
    if signed is None or signed.by != by or (at is not None and reader.date("--at", at) != iso(signed.at)):
        raise Contradicts(_("{work} is signed for already").format(work=work.id))
    say(_("{work} is signed for already").format(work=work.id))
    return []


def postpone(session: Session, kind: Kind, ref: str, fmt: str, values: dict[str, Any]) -> None:
    """Move the promised time of a delivery or an installation."""

    def make(reader: Reader, work: Work | None) -> list[Edit]:
        return [Append(("moved",), facts.move(session, reader, values))]

    change(session, kind, ref, "postpone", fmt, make)


POSTPONED = N_("Move the promised time.")
EXAMPLE = "aftercare {kind} postpone SA26-0012 --to 明天18:00 --asked-by customer --reason 下班才在家"
