"""The own verbs of enquiries: what was answered, sent, arranged and shown before a sale, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, TypeAlias

from aftercare.answers.finding import describe
from aftercare.commands import desks, facts
from aftercare.commands.facts import AT, MOVE
from aftercare.commands.flags import choices_of
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, verb
from aftercare.errors import Contradicts, UsageProblem
from aftercare.language import N_, _
from aftercare.plain.moments import day_of, in_order, is_late, iso, parse, spoken
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.text import fold
from aftercare.plain.tree import Tree
from aftercare.records.enquiry import Appointment, Enquiry
from aftercare.records.sale import Sale


class Desk(desks.Desk[Enquiry]):
    """The desk at which an enquiry is dealt with."""

    @property
    def enquiry(self) -> Enquiry:
        """The enquiry."""
        return self.record

    def at(self) -> str:
        """When: as said, else the clock's time; never before somebody asked."""
        when = super().at()
        if is_late(self.enquiry.at, parse(when)):
            sentence = _("{when} is before {enquiry} came in ({began})")
            began, said = spoken(self.enquiry.at), spoken(when)
            raise Contradicts(sentence.format(when=said, enquiry=self.enquiry.id, began=began))
        return when

    def next_meeting(self) -> int:
        """The place of the appointment that is still to come, the earliest of several; Contradicts without one."""
        waiting = [(in_order(one.by), at) for at, one in enumerate(self.enquiry.appointments) if _is_to_come(one)]
        if not waiting:
            raise Contradicts(
                _("{enquiry} has no appointment that is still to come").format(enquiry=self.enquiry.id),
                f"aftercare enquiry appoint {self.enquiry.id} --meet-by …",
            )
        return min(waiting)[1]


Make: TypeAlias = Callable[[Desk], list[Edit]]
REF = argument("ref", metavar="REF")
BY = option("--by", metavar="REF", text=N_("who of the shop"))


def _is_to_come(meeting: Appointment) -> bool:
    return meeting.met_at is None and meeting.cancelled is None


change = partial(desks.change, kind="enquiry", desk=Desk)


def _refuse_over(enquiry: Enquiry) -> None:
    """What is over promises nothing any more, so nothing new is promised in it."""
    if enquiry.bought or enquiry.closed:
        ended = enquiry.bought.on if enquiry.bought else enquiry.closed.on if enquiry.closed else enquiry.at
        raise Contradicts(
            _("{enquiry} was over on {when}").format(enquiry=enquiry.id, when=iso(day_of(ended))),
            f"aftercare enquiry add --customer {enquiry.customer} --question …",
        )


@verb(
    "answer",
    N_("The customer was told what was found out."),
    REF,
    option("--what", required=True, metavar="S", text=N_("what was said")),
    AT,
    BY,
    JSON,
    example="aftercare enquiry answer EN26-0001 --what 1.5匹的够用，朝西的房间选2匹",
)
def answer(session: Session, **asked: Any) -> None:
    """The answer that was promised, or one more."""

    def make(desk: Desk) -> list[Edit]:
        return [Append(("answered",), {"at": desk.at(), **desk.words("what"), **desk.person()})]

    change(session, "answer", make, **asked)


@verb(
    "send",
    N_("Material that was asked for was handed over or posted."),
    REF,
    option("--what", metavar="S", text=N_("which, where several wait")),
    option("--how", metavar="S", text=N_("how it was sent, and its number on the way")),
    AT,
    BY,
    JSON,
    example="aftercare enquiry send EN26-0001 --what 说明书 --how 挂号信",
)
def send(session: Session, **asked: Any) -> None:
    """One thing at a time, so that what was forgotten is still owed."""

    def make(desk: Desk) -> list[Edit]:
        place, when = _wanted(desk), desk.at()
        said: dict[str, Tree] = {"sent_at": when, **desk.words("how"), **desk.person()}
        return [Set(("material", place, name), value) for name, value in said.items()]

    change(session, "send", make, **asked)


def _wanted(desk: Desk) -> int:
    """The place of the material that is meant: the one named, or the only one that was not sent."""
    of, typed = desk.enquiry, fold(desk.asked["what"] or "").casefold()
    named = [at for at, one in enumerate(of.material) if not typed or fold(one.what).casefold() == typed]
    waiting = [at for at in named if of.material[at].sent_at is None]
    names = _(", ").join(one.what for one in of.material if one.sent_at is None)
    if waiting and (typed or len(waiting) == 1):
        return waiting[0]
    if waiting:
        raise UsageProblem(_("several things wait to be sent: {names}; say which with --what").format(names=names))
    for at in named:
        sent = of.material[at].sent_at
        when = spoken(sent) if sent else ""
        raise Contradicts(_("{what} was sent on {when} already").format(what=of.material[at].what, when=when))
    asked = desk.asked["what"] or "…"
    sentence = _("nobody asked for {what}; still to be sent: {names}") if names else _("nobody asked for {what}")
    raise Contradicts(
        sentence.format(what=asked, names=names),
        f"aftercare enquiry set {of.id} material+=what={asked},asked_at=now",
    )


@verb(
    "appoint",
    N_("A time at which the goods are shown or talked about."),
    REF,
    option("--meet-by", required=True, metavar="T", text=N_("at this time at the latest")),
    option("--from", "not_before", metavar="T", text=N_("not before this time")),
    option("--where", type=choices_of(Appointment, "where"), text=N_("where; absent: at the shop")),
    option("--person", metavar="REF", text=N_("who of the shop is there")),
    option("--at", metavar="T", text=N_("when it was made; absent: now")),
    JSON,
    example="aftercare enquiry appoint EN26-0001 --meet-by '明天下午3点' --where home --person 李师傅",
)
def appoint(session: Session, **asked: Any) -> None:
    """Another appointment; one that is still to come is moved by ``postpone``, so that no move is hidden."""

    def make(desk: Desk) -> list[Edit]:
        _refuse_over(desk.enquiry)
        for one in filter(_is_to_come, desk.enquiry.appointments):
            raise Contradicts(
                _("{enquiry} has an appointment for {when}; another time is a move").format(
                    enquiry=desk.enquiry.id, when=spoken(one.by)
                ),
                f"aftercare enquiry postpone {desk.enquiry.id} --to … --asked-by … --reason …",
            )
        begins = desk.asked["not_before"]
        tree: dict[str, Tree] = {"made_at": desk.at()}
        tree |= {"from": desk.reader.date("--from", begins)} if begins else {}
        tree |= {"by": desk.reader.date("--meet-by", desk.asked["meet_by"])}
        return [Append(("appointments",), {**tree, **desk.words("where"), **desk.person("person", "person")})]

    change(session, "appoint", make, **asked)


@verb(
    "postpone",
    N_("Move the time of an appointment."),
    REF,
    *MOVE,
    JSON,
    example="aftercare enquiry postpone EN26-0001 --to 后天10:00 --asked-by customer --reason 要加班",
)
def postpone(session: Session, **asked: Any) -> None:
    """A move counts only by consent, like that of a delivery."""

    def make(desk: Desk) -> list[Edit]:
        place = desk.next_meeting()
        return [Append(("appointments", place, "moved"), facts.move(desk.session, desk.reader, desk.asked))]

    change(session, "postpone", make, **asked)


@verb(
    "call-off",
    N_("The customer called the appointment off, or did not come."),
    REF,
    option("--reason", required=True, metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare enquiry call-off EN26-0001 --reason 家里有事，改日再约",
)
def call_off(session: Session, **asked: Any) -> None:
    """Where it is we who will not come, the promise is broken: ``promise break``."""

    def make(desk: Desk) -> list[Edit]:
        ended: dict[str, Tree] = {"on": desk.at(), **desk.words("reason")}
        return [Set(("appointments", desk.next_meeting(), "cancelled"), ended)]

    change(session, "call-off", make, **asked)


@verb(
    "met",
    N_("The appointment took place."),
    REF,
    option("--said", metavar="S", text=N_("what was shown and said")),
    AT,
    BY,
    JSON,
    example="aftercare enquiry met EN26-0001 --said 量了客厅，建议2匹柜机",
)
def met(session: Session, **asked: Any) -> None:
    """They met, and whoever asked has an answer."""

    def make(desk: Desk) -> list[Edit]:
        place = desk.next_meeting()
        found: dict[str, Tree] = {"met_at": desk.at(), **desk.person("by", "met_by"), **desk.words("said")}
        return [Set(("appointments", place, name), value) for name, value in found.items()]

    change(session, "met", make, **asked)


@verb(
    "bought",
    N_("It led to a sale."),
    REF,
    option("--sale", required=True, metavar="REF", text=N_("the sale that came of it")),
    JSON,
    example="aftercare enquiry bought EN26-0001 --sale SA26-0012",
)
def bought(session: Session, **asked: Any) -> None:
    """It promises nothing any more; what was told with the sale is owed by that."""

    def make(desk: Desk) -> list[Edit]:
        sale = desk.pen.shelf.get(desk.reader.resolve(desk.asked["sale"], ("sale",)))
        known = desk.enquiry.bought
        if known:
            raise Contradicts(_("{enquiry} led to {sale} already").format(enquiry=desk.enquiry.id, sale=known.sale))
        if not isinstance(sale, Sale):
            return []
        if is_late(desk.enquiry.at, sale.sold_on):
            raise Contradicts(
                _("{sale} is of {when}, before {enquiry} came in").format(
                    sale=describe(desk.pen.shelf, sale.id), when=iso(sale.sold_on), enquiry=desk.enquiry.id
                )
            )
        return [Set(("bought",), {"on": iso(sale.sold_on), "sale": sale.id})]

    change(session, "bought", make, **asked)


@verb(
    "close",
    N_("The customer wishes to hear of it no more."),
    REF,
    option("--reason", required=True, metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare enquiry close EN26-0001 --reason 已在老家买了",
)
def close(session: Session, **asked: Any) -> None:
    """Nobody asks again; who comes back makes a new enquiry."""

    def make(desk: Desk) -> list[Edit]:
        _refuse_over(desk.enquiry)
        return [Set(("closed",), {"on": desk.at(), **desk.words("reason")})]

    change(session, "close", make, **asked)
