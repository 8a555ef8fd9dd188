"""The own verbs of claims that are no repair, no decision and no return: exchanges, loans, the end of a claim."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from pydantic import BaseModel

from aftercare.answers.decided import is_refused, undone
from aftercare.answers.finding import describe, serials_of, units_with_serial
from aftercare.book.pen import Pen
from aftercare.book.shelf import Shelf
from aftercare.commands import deeds, facts
from aftercare.commands.facts import AT
from aftercare.commands.flags import Reader
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, FutureFact, Missing, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import Moment, is_late, iso, parse
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.text import nth
from aftercare.plain.tree import Tree
from aftercare.records.claim import Claim, Loan, Replaced
from aftercare.records.sale import Item, Sale
from aftercare.records.schema import fields_of


class Desk(NamedTuple):
    """What a verb works with: the claim, the records around it, and how typed values are read."""

    session: Session
    pen: Pen
    claim: Claim
    reader: Reader

    @property
    def shelf(self) -> Shelf:
        """The records around the claim."""
        return self.pen.shelf

    def at(self, said: str | None) -> str:
        """When: as said, else the clock's time."""
        return facts.at(self.session, self.reader, said)

    def person(self, said: str | None) -> dict[str, Tree]:
        """Who of the shop, where that was said."""
        return {"by": self.reader.resolve(said, ("staff",))} if said else {}


Make: TypeAlias = Callable[[Desk], list[Edit]]
REF = argument("ref", metavar="REF")
_DATES = frozenset({"diagnosed", "repaired", "tested", "requested_on"})
"""Dates that have flags of their own names; any other is said by ``--at``."""


def change(session: Session, ref: str, name: str, fmt: str, make: Make, *, closed: bool = False) -> None:
    """Change a claim, and say what that did; one that is closed only where *closed* ones may be changed too."""
    with session.writing(f"claim {name}") as pen:
        reader = deeds.reader(session, pen.shelf)
        claim_id = deeds.own(session, pen.shelf, ref, "claim")
        claim = pen.shelf.get(claim_id)
        if isinstance(claim, Claim):
            if claim.closed and not closed:
                raise Contradicts(
                    _("{claim} was closed on {when}").format(claim=claim.id, when=iso(claim.closed.on)),
                    _("a new fault is a new claim; to open this one again: {command}").format(
                        command=f"aftercare claim set {claim.id} closed="
                    ),
                )
            edits = make(Desk(session, pen, claim, reader))
            _written(pen, claim.id, edits)
        deeds.written(session, pen, f"claim {name} {claim_id}")
    deeds.tell(session, pen, fmt=fmt)


def _written(pen: Pen, claim: str, edits: list[Edit]) -> None:
    """Edit the claim; a fact that lies in the future is named by the flag that said so."""
    try:
        pen.edit(claim, deeds.checked("claim", claim, edits, pen))
    except FutureFact as error:
        name = error.field.rpartition(".")[2]
        flag = f"--{name.replace('_', '-')}" if name in _DATES else "--at"
        raise FutureFact(flag, error.when, error.now) from None


def refuse_before(at: str, began: Moment, sentence: str) -> None:
    """Refuse a moment that lies before what must have come first."""
    if is_late(began, parse(at)):
        raise Contradicts(sentence.format(when=at.replace("T", " "), began=iso(began).replace("T", " ")))


def spoken(at: Moment) -> str:
    """A moment as a sentence says it."""
    return iso(at).replace("T", " ")


def read(reader: Reader, model: type[BaseModel], values: Mapping[str, Any]) -> dict[str, Tree]:
    """The values that were given, in the order of the model's fields, as they will stand in the file."""
    named = {field.name: field for field in fields_of(model)}
    given = {name: values[name] for name in named if values.get(name) is not None}
    return {name: reader.value(f"--{name.replace('_', '-')}", named[name], value) for name, value in given.items()}


def unit_of(desk: Desk) -> tuple[str, Item | None]:
    """The id that the claim's unit has now, and its line of the sale."""
    head, __, line = desk.claim.unit.partition("/")
    sale = desk.shelf.get(head)
    if not isinstance(sale, Sale) or not nth(line, len(sale.items)):
        return desk.claim.unit, None
    return f"{sale.id}/{line}", sale.items[int(line) - 1]


def siblings(desk: Desk, unit: str) -> Iterator[Claim]:
    """The claims about a unit, whatever id its sale had when they were written."""
    head, __, line = unit.partition("/")
    for claim in desk.shelf.hanging(Claim, head):
        of, __, number = claim.unit.partition("/")
        sale = desk.shelf.get(of)
        if number == line and sale is not None and sale.id == head:
            yield claim


def refuse_refunded(desk: Desk, unit: str) -> None:
    """Refuse what is done for a unit that was paid back; one piece of several that came back leaves the others."""
    for claim in siblings(desk, unit):
        only_some = claim.id != desk.claim.id and claim.returned is not None and claim.returned.qty is not None
        if claim.refunded and not only_some:
            raise Contradicts(
                _("{unit} was paid back on {when} ({claim})").format(
                    unit=unit, when=spoken(claim.refunded.on), claim=claim.id
                )
            )


def _refuse_known(desk: Desk, unit: str, serial: str) -> None:
    for other, __ in units_with_serial(desk.shelf, serial):
        if other != unit:
            raise Contradicts(
                _("the serial number {serial} is that of {unit}").format(
                    serial=serial, unit=describe(desk.shelf, other)
                )
            )
        raise Contradicts(_("{unit} has or had the serial number {serial} itself").format(unit=unit, serial=serial))


@verb(
    "replace",
    N_("Another one was handed over; the unit keeps its id."),
    REF,
    option("--serial", metavar="S", text=N_("the new serial number")),
    option("--model", metavar="S", text=N_("the other model, where it is not the same")),
    option("--batch", metavar="S", text=N_("the batch of the new one, as the maker marks it")),
    AT,
    option("--requested-on", metavar="T", text=N_("when the customer asked for it")),
    option("--installation-charged", metavar="M", text=N_("what the customer was charged for putting it up")),
    option("--paid-difference", metavar="M", text=N_("what the customer paid on top, for a dearer one")),
    option("--refunded-difference", metavar="M", text=N_("what the customer got back, for a cheaper one")),
    option("--used/--new", default=None, text=N_("whether what was handed over had been used")),
    option("--by", metavar="REF", text=N_("who handed it over")),
    JSON,
    example="aftercare claim replace CL26-0004 --serial KF35-0808001",
)
def replace(session: Session, ref: str, at: str | None, serial: str | None, fmt: str, **more: Any) -> None:
    """Another thing stands in the place of the unit's."""

    def make(desk: Desk) -> list[Edit]:
        unit, item = unit_of(desk)
        if desk.claim.replaced:
            when = spoken(desk.claim.replaced.on)
            raise Contradicts(_("{claim}: replaced on {when} already").format(claim=desk.claim.id, when=when))
        refuse_refunded(desk, unit)
        _refuse_both_ways(more)
        if serial:
            _refuse_known(desk, unit, serial)
        elif item and serials_of(item, siblings(desk, unit)):
            raise Missing(["--serial"])
        when = desk.at(at)
        if more.get("requested_on"):
            asked = desk.reader.date("--requested-on", more["requested_on"])
            refuse_before(when, parse(asked), _("{when} is before the customer asked for it ({began})"))
        values = read(desk.reader, Replaced, {**more, "serial": serial})
        return [Set(("replaced",), {"on": when, **values})]

    change(session, ref, "replace", fmt, make)


def _refuse_both_ways(values: Mapping[str, Any]) -> None:
    if values.get("paid_difference") and values.get("refunded_difference"):
        raise UsageProblem(_("a difference is either paid on top or given back: say one of the two"))


def _lent(claim: Claim) -> list[tuple[int, Loan]]:
    """The loans that are out, each with its place."""
    return [(place, loan) for place, loan in enumerate(claim.loans) if loan.back is None]


@verb(
    "lend",
    N_("Something was lent meanwhile."),
    REF,
    argument("thing", metavar="THING"),
    AT,
    JSON,
    example="aftercare claim lend CL26-0004 落地扇一台",
)
def lend(session: Session, ref: str, thing: str, at: str | None, fmt: str) -> None:
    """A thing was lent."""

    def make(desk: Desk) -> list[Edit]:
        for __, loan in _lent(desk.claim):
            if loan.thing == thing:
                raise Contradicts(
                    _("{thing} has been lent since {when}").format(thing=thing, when=spoken(loan.at)),
                    f"aftercare claim take-back {desk.claim.id}",
                )
        return [Append(("loans",), {"thing": thing, "at": desk.at(at)})]

    change(session, ref, "lend", fmt, make)


@verb(
    "take-back",
    N_("What was lent came back."),
    REF,
    option("--thing", metavar="S", text=N_("which, where several things are lent")),
    AT,
    JSON,
    example="aftercare claim take-back CL26-0004",
)
def take_back(session: Session, ref: str, thing: str | None, at: str | None, fmt: str) -> None:
    """A loan came back."""

    def make(desk: Desk) -> list[Edit]:
        out = [(place, loan) for place, loan in _lent(desk.claim) if thing in (None, loan.thing)]
        if not out:
            raise Contradicts(_("nothing of {claim} is lent").format(claim=desk.claim.id))
        if len(out) > 1:
            raise Contradicts(
                _("several things are lent: {things}").format(things=_(", ").join(loan.thing for __, loan in out)),
                f"aftercare claim take-back {desk.claim.id} --thing …",
            )
        place, loan = out[0]
        back = desk.at(at)
        refuse_before(back, loan.at, _("{when} is before it was lent ({began})"))
        return [Set(("loans", place, "back"), back)]

    change(session, ref, "take-back", fmt, make, closed=True)


@verb(
    "close",
    N_("The claim is done with."),
    REF,
    option("--reason", metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare claim close CL26-0004 --reason 修好，当面试机",
)
def close(session: Session, ref: str, reason: str | None, at: str | None, fmt: str) -> None:
    """A claim ends, once nothing of it is left to do."""

    def make(desk: Desk) -> list[Edit]:
        for sentence, command in _left(desk.claim):
            raise Contradicts(sentence, f"aftercare claim {command}")
        when = desk.at(at)
        refuse_before(when, desk.claim.reported_on, _("{when} is before it was reported ({began})"))
        return [Set(("closed",), {"on": when, **({"reason": reason} if reason else {})})]

    change(session, ref, "close", fmt, make)


def _left(claim: Claim) -> Iterator[tuple[str, str]]:
    """What is still to be done before a claim can end, each with the command that does it."""
    if claim.returned and not (claim.refunded or claim.replaced or is_refused(claim)):
        sentence = _("the goods came back on {when}, and nothing was paid back").format(when=spoken(claim.returned.on))
        yield sentence, f"refund {claim.id} --amount …"
    for __, loan in _lent(claim):
        yield _("{thing} is still lent").format(thing=loan.thing), f"take-back {claim.id}"
    for stay in claim.repairs:
        if stay.out is None:
            sentence = _("{claim} has been in repair since {when}").format(claim=claim.id, when=spoken(stay.in_))
            yield sentence, f"repair {claim.id} out --done … --result fixed"
    match undone(claim):
        case "replace":
            yield _("an exchange was decided and is not done"), f"replace {claim.id} --serial …"
        case "refund":
            yield _("a refund was decided and is not done"), f"refund {claim.id} --amount …"
        case _:
            pass
