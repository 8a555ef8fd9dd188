"""``sale retire``: a thing that was sold is out of use for good."""

from __future__ import annotations

from aftercare.commands import deeds, facts
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, NoSuchRecord
from aftercare.language import N_, _
from aftercare.plain.moments import is_late, iso, parse
from aftercare.plain.splicing import Set
from aftercare.plain.tree import Tree
from aftercare.plain.words import echo
from aftercare.records.sale import Sale

RETIRE = N_("A thing is out of use for good: no more services are planned for it.")


@verb(
    "retire",
    RETIRE,
    argument("ref", metavar="REF[/LINE]"),
    option("--on", metavar="D", text=N_("the day; absent: today")),
    option("--reason", metavar="S", text=N_("why")),
    JSON,
    example="aftercare sale retire SA26-0012/1 --reason 已报废",
)
def retire(session: Session, ref: str, on: str | None, reason: str | None, fmt: str) -> None:
    """A unit's end of life."""
    with session.writing("sale retire") as pen:
        reader = deeds.reader(session, pen.shelf)
        sale_id, __, line = deeds.resolved(session, pen.shelf, ref, ("unit",)).partition("/")
        sale = pen.shelf.get(sale_id)
        if not isinstance(sale, Sale):
            raise NoSuchRecord(_("unit"), ref)
        known = sale.items[int(line) - 1].retired
        if known:
            raise Contradicts(
                _("{unit} is out of use since {when}").format(unit=f"{sale_id}/{line}", when=echo(known.on)),
                f"aftercare sale set {sale_id} items.{line}.retired=",
            )
        day = reader.date("--on", on) if on else facts.at(session, reader, None)
        if is_late(sale.sold_on, parse(day)):
            sentence = _("{when} is before it was sold ({began})")
            raise Contradicts(sentence.format(when=day, began=iso(sale.sold_on)))
        ended: dict[str, Tree] = {"on": day, **({"reason": reason} if reason else {})}
        edits = [Set(("items", int(line) - 1, "retired"), ended)]
        pen.edit(sale_id, deeds.checked("sale", sale_id, edits, pen))
        deeds.written(session, pen, f"sale retire {sale_id}/{line}")
    deeds.tell(session, pen, fmt=fmt)
