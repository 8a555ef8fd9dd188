"""The complaint (投诉): what a customer is not content with, and what came of it, in the steps of ISO 10002."""

from typing import ClassVar, Literal

from aftercare.records.base import CustomerId, Deed, HeardIn, Record, StaffId, Subject, VisitId
from aftercare.records.fields import (
    Ended,
    Happened,
    Money,
    Own,
    OwnTrace,
    Part,
    SaidWords,
    Words,
    YesNo,
    many,
    may,
    need,
)


class Acknowledged(Part):
    """The customer was told that the complaint has come in, or has come back, and what happens next."""

    at: Happened = need("when")
    by: StaffId | None = may("who of the shop")
    how: Words | None = may("how, and what was said")


class Asked(Part):
    """Something the customer was asked for; it is asked once, and only if it can change the answer."""

    at: Happened = need("when")
    what: SaidWords = need("what was asked for", example="购机发票照片")
    why: Words | None = may("what it can change")
    by: StaffId | None = may("who asked for it")
    got: Happened | None = may("when the customer gave it")


class Assigned(Part):
    """Handed to somebody; the clock goes on, and the owner is known."""

    to: StaffId = need("who has it in hand from now on")
    at: Happened = need("when")
    by: StaffId | None = may("who handed it over")
    reason: Words | None = may("why")


class PassedOn(Part):
    """A question that is not ours to answer, passed on to who can."""

    to: SaidWords = need("to whom: the maker, another department, an authority")
    what: Words | None = may("what was asked of them")
    promised: Happened | None = may("when the customer was told that it would be passed on")
    at: Happened | None = may("when it was passed on")
    by: StaffId | None = may("who passed it on")
    answered: Happened | None = may("when they answered")
    answer: Words | None = may("what they answered")


class Findings(Part):
    """What the look into it found; whose fault, what mends this one and what keeps it from coming back stand apart."""

    on: Happened | None = may("the day the look into it was done", flag="--looked-into")
    cause: Words | None = may("the cause", flag="--cause")
    fault: Literal["shop", "maker", "carrier", "installer", "customer", "nobody"] | None = may(
        "the party at fault", flag="--at-fault"
    )
    person: StaffId | None = may("the one of the shop whose work it was", flag="--whose-work")
    corrective: Words | None = may("what mends it for this customer", flag="--corrective")
    preventive: Words | None = may("what keeps it from happening again", flag="--preventive")


class Answered(Part):
    """What the shop decided, said to the customer."""

    at: Happened = need("when")
    says: SaidWords = need("what was said")
    by: StaffId | None = may("who said it")
    refused: YesNo | None = may("it was refused; the ways outside were told")


class Resolved(Part):
    """What was promised in the answer was done."""

    at: Happened = need("when")
    how: Words | None = may("what was done")
    by: StaffId | None = may("who did it")
    cost: Money | None = may("what it cost the shop")


class Confirmed(Part):
    """What the customer said of the solution."""

    at: Happened = need("when")
    satisfied: YesNo = need("whether the customer is content with it")
    said: Own | None = may("in which words")
    by: StaffId | None = may("who of the shop asked")


class Reopened(Part):
    """It came back: the same matter is not settled after all."""

    at: Happened = need("when")
    reason: Words | None = may("what the customer says")
    by: StaffId | None = may("who took it down")
    heard_in: VisitId | None = may("the contact in which it was heard")


class Incident(Part):
    """A breakdown, lost data, damage or an injury; what touches people's safety outranks everything."""

    kind: Literal["breakdown", "lost_data", "damage", "injury", "danger"] = need(
        "what kind of incident", flag="--incident"
    )
    safety: YesNo | None = may(
        "it touches people's safety; absent: an injury or a danger does, the others do not", flag="--safety"
    )
    happened_at: Happened | None = may("when it happened", flag="--happened-at")
    hurt: OwnTrace | None = may("who or what was hurt", flag="--hurt")
    made_safe: Deed | None = may("the danger was removed", prefix="made-safe")
    told_maker: Deed | None = may("the maker was told", prefix="told-maker")

    @property
    def touches_safety(self) -> bool:
        """Whether it touches people's safety: as said, else by its kind."""
        return self.kind in {"injury", "danger"} if self.safety is None else self.safety


class Complaint(Record):
    """A customer is not content; received, acknowledged, looked into, answered, resolved, confirmed."""

    main_date: ClassVar[str] = "received_at"
    example: ClassVar[str] = "aftercare complaint add --customer 王建国 --about SA26-0012/1 --what 约好的时间没来"
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "received_at", "what", "urgency")

    customer: CustomerId = need("who complains")
    about: list[Subject] = many("what it is about: units, sales, works, claims", flag="--about")
    received_at: Happened = need("when it came in")
    channel: Literal["home", "phone", "letter", "message", "counter", "hotline"] | None = may("how it came in")
    what: SaidWords = need("what is wrong, in the customer's words", example="约好的时间没来")
    wants: Words | None = may("what the customer wants")
    urgency: Literal["urgent", "high", "ordinary", "low"] | None = may("how urgent it is; absent: ordinary")
    by: StaffId | None = may("who took it down")
    heard_in: HeardIn | None = may("the contact or the event in which it was heard")
    person: StaffId | None = may("who has it in hand from the start")
    incident: Incident | None = may("something happened that must not", prefix="")
    acknowledged: list[Acknowledged] = many("the customer was told that it has come in: at=…", flag="--acknowledged")
    asked: list[Asked] = many("what the customer was asked for: at=…,what=…,why=…", flag="--asked-for")
    assigned: list[Assigned] = many("to whom it was handed: to=…,at=…", flag="--assigned")
    passed_on: list[PassedOn] = many("questions passed on to others: to=…,at=…,what=…", flag="--passed-on")
    findings: Findings | None = may("what the look into it found", prefix="")
    answers: list[Answered] = many("what was answered: at=…,says=…", flag="--answered")
    resolved: list[Resolved] = many("what was done: at=…,how=…", flag="--resolved")
    confirmed: list[Confirmed] = many("what the customer said of it: at=…,satisfied=…", flag="--confirmed")
    reopened: list[Reopened] = many("times it came back: at=…,reason=…", flag="--reopened")
    withdrawn: Ended | None = may("the customer took it back")

    @property
    def touches_safety(self) -> bool:
        """Whether people's safety is at stake."""
        return self.incident is not None and self.incident.touches_safety
