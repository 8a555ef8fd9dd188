"""The own verbs of events: who was invited, who comes, who came, what was heard there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any, Self, TypeAlias

from aftercare.answers import hosting, welcome
from aftercare.answers.finding import describe
from aftercare.book.pen import Pen
from aftercare.commands import deeds, desks
from aftercare.commands.facts import AT
from aftercare.commands.flags import choices_of
from aftercare.commands.generic import JSON
from aftercare.commands.session import Session
from aftercare.commands.verbs import argument, option, output_options, verb
from aftercare.errors import BadValue, Contradicts, Missing
from aftercare.language import N_, _
from aftercare.plain.moments import day_of, is_late, iso, parse, spoken
from aftercare.plain.splicing import Append, Edit, Set
from aftercare.plain.text import fold, nth
from aftercare.plain.tree import Tree
from aftercare.records.customer import Customer
from aftercare.records.event import Event, Guest, Invited
from aftercare.render import guests as shown
from aftercare.render.rows import Choice, emit

_MOST_PEOPLE = 9_999_999


class Host(desks.Desk[Event]):
    """The desk at which an event is dealt with."""

    @classmethod
    def opened(cls, session: Session, pen: Pen, kind: str, ref: str, asked: dict[str, Any]) -> Self:
        """The desk for the event that is meant; Contradicts where it was called off, which stays as it was."""
        host = super().opened(session, pen, kind, ref, asked)
        if off := host.event.cancelled:
            raise Contradicts(_("{event} was called off on {when}").format(event=host.event.id, when=spoken(off.on)))
        return host

    @property
    def event(self) -> Event:
        """The event."""
        return self.record

    def at(self) -> str:
        """When: as said, else the clock's time; never before the event was planned."""
        when, planned = super().at(), self.event.planned_on
        if is_late(planned, parse(when)):
            raise Contradicts(
                _("{when} is before {event} was planned ({planned})").format(
                    when=spoken(when), event=self.event.id, planned=spoken(planned)
                )
            )
        return when

    def on_the_day(self) -> str:
        """When somebody was there: not before the day of the event."""
        when, held = self.at(), self.event.held_at or self.event.at
        if day_of(parse(when)) < day_of(held):
            raise Contradicts(
                _("{event} is held on {when}; nobody was there before").format(event=self.event.id, when=spoken(held))
            )
        return when

    def customers(self) -> list[Customer]:
        """The customers who were named, each once."""
        ids = dict.fromkeys(self.reader.resolve(one, ("customer",)) for one in self.asked["customer"])
        found = (self.pen.shelf.get(one) for one in ids)
        return [one for one in found if isinstance(one, Customer)]

    def why_not(self, customer: Customer) -> str:
        """Why a customer is not to be invited then; "" where nothing speaks against it."""
        return welcome.why_not_invited(customer, parse(self.at()))

    def row(self, customer: Customer) -> hosting.Invitation | None:
        """The row of a customer in the list."""
        return hosting.row_of(self.event, customer)

    def given(self, *names: str) -> dict[str, Tree]:
        """What was said by the flags named; full-width digits are figures too."""
        said = self.words(*names)
        if people := self.asked["people"] if "people" in said else "":
            said["people"] = count = fold(people).strip()
            if not nth(count, _MOST_PEOPLE):
                raise BadValue("--people", people, _("it is not a whole number from 1 on"))
        return said

    def put(self, customer: Customer, part: str, value: Tree) -> Edit:
        """One part of a customer's row; who stood on no list gets a row."""
        row = self.row(customer)
        if row:
            return Set(("guests", row.place, part), value)
        return Append(("guests",), {"customer": customer.id, "listed_on": self.at(), part: value})


Make: TypeAlias = Callable[[Host], list[Edit]]
REF = argument("ref", metavar="REF")
WHICH = N_("which customer; may be given several times")
CUSTOMER = option("--customer", multiple=True, required=True, metavar="REF", text=WHICH)
PEOPLE = option("--people", metavar="N", text=N_("how many people, the customer included"))
BY = option("--by", metavar="REF", text=N_("who of the shop"))


change = partial(desks.change, kind="event", desk=Host)


@verb(
    "invite",
    N_("Customers were invited; who stands on no list yet is put on it."),
    REF,
    option("--customer", multiple=True, metavar="REF", text=WHICH),
    option("--everybody", is_flag=True, text=N_("everybody on the list who may be invited and was not yet")),
    option("--how", type=choices_of(Invited, "how"), text=N_("how")),
    AT,
    BY,
    JSON,
    example="aftercare event invite EV26-0001 --customer 王建国 --customer 单雪梅 --how phone",
)
def invite(session: Session, **asked: Any) -> None:
    """Invitations that were given: all of them are written down, or none."""
    if not asked["customer"] and not asked["everybody"]:
        raise Missing(["--customer / --everybody"])

    def make(host: Host) -> list[Edit]:
        event = host.event
        if event.held_at:
            raise Contradicts(_("{event} was held on {when}").format(event=event.id, when=spoken(event.held_at)))
        named = host.customers()
        for customer in named:
            _refuse_unwelcome(host, customer)
            _refuse_invited(host, customer)
        others = [one for one in _to_invite(host) if one not in named] if host.asked["everybody"] else []
        if not named and not others:
            raise Contradicts(_("nobody on the list of {event} is left to be invited").format(event=event.id))
        given: dict[str, Tree] = {"at": host.at(), **host.given("how"), **host.person()}
        return [host.put(customer, "invited", given) for customer in (*named, *others)]

    change(session, "invite", make, **asked)


def _to_invite(host: Host) -> Iterator[Customer]:
    """Everybody on the list who was not invited yet, has not answered, and does not mind."""
    for guest in host.event.guests:
        customer = host.pen.shelf.get(guest.customer)
        if isinstance(customer, Customer) and not (guest.invited or guest.answered) and not host.why_not(customer):
            yield customer


def _refuse_unwelcome(host: Host, customer: Customer) -> None:
    if reason := host.why_not(customer):
        name = describe(host.pen.shelf, customer.id)
        raise Contradicts(_("{customer} is not invited: {reason}").format(customer=name, reason=reason))


def _refuse_invited(host: Host, customer: Customer) -> None:
    row = host.row(customer)
    if row and row.guest.invited:
        raise Contradicts(
            _("{customer} was invited on {when} already").format(
                customer=describe(host.pen.shelf, customer.id), when=spoken(row.guest.invited.at)
            ),
            f"aftercare event answer {host.event.id} --customer {customer.id} --comes",
        )


@verb(
    "answer",
    N_("What customers said to the invitation."),
    REF,
    CUSTOMER,
    option("--comes/--declined", default=None, text=N_("whether the customer comes")),
    PEOPLE,
    option("--said", metavar="S", text=N_("in which words")),
    AT,
    JSON,
    example="aftercare event answer EV26-0001 --customer 王建国 --comes --people 2",
)
def answer(session: Session, **asked: Any) -> None:
    """The last answer counts; who declines is promised nothing any more."""
    if asked["comes"] is None:
        raise Missing(["--comes / --declined"])

    def make(host: Host) -> list[Edit]:
        comes = host.asked["comes"]
        if host.asked["people"] and not comes:
            raise Contradicts(_("who declines brings nobody along"))
        customers = host.customers()
        for customer in customers:
            if host.row(customer) is None:
                raise Contradicts(
                    _("{customer} is not on the list of {event}").format(
                        customer=describe(host.pen.shelf, customer.id), event=host.event.id
                    ),
                    f"aftercare event invite {host.event.id} --customer {customer.id}",
                )
        said: dict[str, Tree] = {"at": host.at(), "comes": "yes" if comes else "no", **host.given("people", "said")}
        return [host.put(customer, "answered", said) for customer in customers]

    change(session, "answer", make, **asked)


@verb(
    "came",
    N_("Customers were there, invited or not."),
    REF,
    CUSTOMER,
    PEOPLE,
    AT,
    JSON,
    example="aftercare event came EV26-0001 --customer 王建国 --people 2",
)
def came(session: Session, **asked: Any) -> None:
    """Who came; who stood on no list is put on it."""

    def make(host: Host) -> list[Edit]:
        when = host.on_the_day()
        customers = host.customers()
        for customer in customers:
            row = host.row(customer)
            if row and row.guest.came:
                raise Contradicts(
                    _("{customer} is written down as having come").format(
                        customer=describe(host.pen.shelf, customer.id)
                    )
                )
        return [host.put(customer, "came", {"at": when, **host.given("people")}) for customer in customers]

    change(session, "came", make, **asked)


@verb(
    "held",
    N_("The event was held: everybody who was invited had what was promised."),
    REF,
    option("--at", metavar="T", text=N_("when; absent: at the time for which it was planned")),
    JSON,
    example="aftercare event held EV26-0001",
)
def held(session: Session, **asked: Any) -> None:
    """It took place, as planned where nothing else is said."""

    def make(host: Host) -> list[Edit]:
        event = host.event
        if event.held_at:
            raise Contradicts(_("{event} was held on {when}").format(event=event.id, when=spoken(event.held_at)))
        if not host.asked["at"] and is_late(event.at, session.now()):
            raise Contradicts(
                _("{event} is planned for {when}, which has not come yet").format(
                    event=event.id, when=spoken(event.at)
                ),
                f"aftercare event held {event.id} --at now",
            )
        return [Set(("held_at",), host.at() if host.asked["at"] else iso(event.at))]

    change(session, "held", make, **asked)


@verb(
    "cancel",
    N_("The event is called off; everybody who was invited is to be told."),
    REF,
    option("--reason", required=True, metavar="S", text=N_("why")),
    AT,
    JSON,
    example="aftercare event cancel EV26-0001 --reason 台风",
)
def cancel(session: Session, **asked: Any) -> None:
    """There will be no event."""

    def make(host: Host) -> list[Edit]:
        event = host.event
        if event.held_at:
            raise Contradicts(_("{event} was held on {when}").format(event=event.id, when=spoken(event.held_at)))
        return [Set(("cancelled",), {"on": host.at(), "reason": host.asked["reason"]})]

    change(session, "cancel", make, **asked)


@verb(
    "guests",
    N_("Everybody on the list: invited, coming, come, and what they said there."),
    REF,
    *output_options(),
    example="aftercare event guests EV26-0001",
)
def guests(session: Session, ref: str, **asked: Any) -> None:
    """The list of guests, in the order of the file."""
    choice = Choice(asked["fmt"], asked["fields"], asked["sort"], asked["limit"])
    shelf = session.read(session.book())
    event = shelf.get(deeds.own(session, shelf, ref, "event"))
    found: Sequence[Guest] = event.guests if isinstance(event, Event) else ()
    rows = [shown.row(event, guest, shelf) for guest in found] if isinstance(event, Event) else []
    emit(rows, shown.columns(shelf), choice, header=shown.FIELDS)
