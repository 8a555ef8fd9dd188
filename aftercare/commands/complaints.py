"""The own verbs of complaints: the steps of ISO 10002, from the acknowledgement to the customer's word."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeAlias

from aftercare.answers.rounds import Way, owner, ways
from aftercare.commands import desks
from aftercare.commands.facts import AT
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, Missing
from aftercare.language import N_, _
from aftercare.plain.moments import is_late, parse, spoken
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.tree import Tree
from aftercare.records.complaint import Complaint
from aftercare.render.complaints import name_of


class Desk(desks.Desk[Complaint]):
    """The desk at which a complaint is dealt with."""

    @property
    def complaint(self) -> Complaint:
        """The complaint."""
        return self.record

    @property
    def now(self) -> Way:
        """The round that the complaint is in."""
        return ways(self.complaint)[-1]

    def at(self) -> str:
        """When: as said, else the clock's time; never before the complaint came in, or came back."""
        when, began = super().at(), self.now.round.begins
        if is_late(began, parse(when)):
            raise Contradicts(
                _("{when} is before the complaint came in ({began})").format(when=spoken(when), began=spoken(began))
            )
        return when


Make: TypeAlias = Callable[[Desk], list[Edit]]
REF = argument("ref", metavar="REF")
BY = option("--by", metavar="REF", text=N_("who of the shop"))
HOW = option("--how", metavar="S", text=N_("how, and what was said"))
REASON = option("--reason", metavar="S", text=N_("why"))


def change(session: Session, name: str, make: Make, *, over: bool = False, **asked: Any) -> None:
    """Change a complaint, and say what that did; one that the customer took back only where it may be *over*."""

    def made(desk: Desk) -> list[Edit]:
        if not over:
            _refuse_taken_back(desk)
        return make(desk)

    desks.change(session, name, made, kind="complaint", desk=Desk, **asked)


def _refuse_taken_back(desk: Desk) -> None:
    if desk.now.withdrawn is not None:
        raise Contradicts(
            _("the customer took {complaint} back on {when}").format(
                complaint=desk.complaint.id, when=spoken(desk.now.withdrawn)
            ),
            f"aftercare complaint reopen {desk.complaint.id} --reason …",
        )


def _refuse_resolved(desk: Desk) -> None:
    for done in desk.now.resolved:
        raise Contradicts(
            _("{complaint} was resolved on {when} already").format(complaint=desk.complaint.id, when=spoken(done.at)),
            f"aftercare complaint reopen {desk.complaint.id} --reason …",
        )


@verb(
    "acknowledge",
    N_("The customer was told that it has come in, and what happens next."),
    REF,
    HOW,
    AT,
    BY,
    JSON,
    example="aftercare complaint acknowledge CO26-0001 --how 电话告知，今天内答复",
)
def acknowledge(session: Session, **asked: Any) -> None:
    """The customer knows that somebody is at it; said once each time it comes up."""

    def make(desk: Desk) -> list[Edit]:
        told = desk.now.acknowledged
        if told is not None:
            raise Contradicts(
                _("{complaint}: the customer was told on {when} already").format(
                    complaint=desk.complaint.id, when=spoken(told)
                ),
                f"aftercare complaint answer {desk.complaint.id} --says …",
            )
        return [Append(("acknowledged",), desk.step("how"))]

    change(session, "acknowledge", make, **asked)


@verb(
    "assign",
    N_("Hand it to somebody; the clock goes on."),
    REF,
    option("--to", required=True, metavar="REF", text=N_("who has it in hand from now on")),
    REASON,
    AT,
    option("--by", metavar="REF", text=N_("who handed it over")),
    JSON,
    example="aftercare complaint assign CO26-0001 --to 王师傅 --reason 要换电路板",
)
def assign(session: Session, **asked: Any) -> None:
    """Another owner; what is due stays due when it was."""

    def make(desk: Desk) -> list[Edit]:
        to = desk.reader.resolve(desk.asked["to"], ("staff",))
        if to == owner(desk.complaint):
            sentence = _("{person} has {complaint} in hand already")
            raise Contradicts(sentence.format(person=name_of(desk.pen.shelf, to), complaint=desk.complaint.id))
        return [Append(("assigned",), {"to": to, **desk.step("reason")})]

    change(session, "assign", make, **asked)


@verb(
    "answer",
    N_("The customer was told what the shop decided."),
    REF,
    option("--says", required=True, metavar="S", text=N_("what was said")),
    option("--refused", is_flag=True, text=N_("it was refused; the ways outside were told")),
    AT,
    BY,
    JSON,
    example="aftercare complaint answer CO26-0001 --says 明天上午重新上门，安装费全免",
)
def answer(session: Session, **asked: Any) -> None:
    """What was decided was said."""

    def make(desk: Desk) -> list[Edit]:
        return [Append(("answers",), {**desk.step("says"), **({"refused": "yes"} if desk.asked["refused"] else {})})]

    change(session, "answer", make, **asked)


@verb(
    "resolve",
    N_("What was promised in the answer was done."),
    REF,
    option("--how", required=True, metavar="S", text=N_("what was done")),
    option("--cost", metavar="M", text=N_("what it cost the shop")),
    AT,
    BY,
    JSON,
    example="aftercare complaint resolve CO26-0001 --how 已重新安装并调试 --cost 80",
)
def resolve(session: Session, **asked: Any) -> None:
    """The matter is mended, as far as the shop can see."""

    def make(desk: Desk) -> list[Edit]:
        _refuse_resolved(desk)
        cost = desk.asked["cost"]
        paid: dict[str, Tree] = {"cost": desk.reader.amount("--cost", cost)} if cost else {}
        return [Append(("resolved",), {**desk.step("how"), **paid})]

    change(session, "resolve", make, **asked)


@verb(
    "confirm",
    N_("What the customer says of the solution; who is not content has it reopened."),
    REF,
    option("--satisfied/--not-satisfied", default=None, text=N_("whether the customer is content")),
    option("--said", metavar="S", text=N_("in which words")),
    AT,
    BY,
    JSON,
    example="aftercare complaint confirm CO26-0001 --satisfied --said 没问题了",
)
def confirm(session: Session, **asked: Any) -> None:
    """The customer's word ends a round; where it is no, another begins at once."""
    if asked["satisfied"] is None:
        raise Missing(["--satisfied / --not-satisfied"])

    def make(desk: Desk) -> list[Edit]:
        if not desk.now.is_settled:
            raise Contradicts(
                _("{complaint} is not resolved yet; there is nothing to confirm").format(complaint=desk.complaint.id),
                f"aftercare complaint resolve {desk.complaint.id} --how …",
            )
        for said in desk.now.confirmed:
            raise Contradicts(
                _("{complaint}: the customer was asked on {when} already").format(
                    complaint=desk.complaint.id, when=spoken(said.at)
                ),
                f"aftercare complaint reopen {desk.complaint.id} --reason …",
            )
        step, content = desk.step(), desk.asked["satisfied"]
        words: dict[str, Tree] = {"said": desk.asked["said"]} if desk.asked["said"] else {}
        word: list[Edit] = [Append(("confirmed",), {**step, "satisfied": "yes" if content else "no", **words})]
        reason: dict[str, Tree] = {"reason": desk.asked["said"]} if desk.asked["said"] else {}
        return word if content else [*word, Append(("reopened",), {**step, **reason})]

    change(session, "confirm", make, **asked)


@verb(
    "reopen",
    N_("The same matter came back; its steps begin again."),
    REF,
    option("--reason", metavar="S", text=N_("what the customer says")),
    AT,
    BY,
    JSON,
    example="aftercare complaint reopen CO26-0001 --reason 又漏水了",
)
def reopen(session: Session, **asked: Any) -> None:
    """It is settled no more."""

    def make(desk: Desk) -> list[Edit]:
        if not desk.now.is_settled:
            raise Contradicts(
                _("{complaint} is still open; what the customer says of it is a contact").format(
                    complaint=desk.complaint.id
                ),
                f"aftercare visit add --about {desk.complaint.id} --outcome reached --heard …",
            )
        return [Append(("reopened",), desk.step("reason"))]

    change(session, "reopen", make, over=True, **asked)


@verb(
    "withdraw",
    N_("The customer took the complaint back."),
    REF,
    REASON,
    AT,
    JSON,
    example="aftercare complaint withdraw CO26-0001 --reason 误会，师傅已到",
)
def withdraw(session: Session, **asked: Any) -> None:
    """Nothing more is owed for it, but for what is dangerous."""

    def make(desk: Desk) -> list[Edit]:
        reason: dict[str, Tree] = {"reason": desk.asked["reason"]} if desk.asked["reason"] else {}
        return [Set(("withdrawn",), {"on": desk.at(), **reason})]

    change(session, "withdraw", make, **asked)
