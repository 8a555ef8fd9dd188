"""Every contact with a customer: a visit, a call, a letter, a message, the counter, the hotline."""

from typing import Annotated, ClassVar, Literal, TypeAlias, get_args

from aftercare.records.base import BEYOND, CustomerId, Kindness, PromiseId, Record, StaffId, Subject, UnitId
from aftercare.records.fields import (
    Count,
    Ended,
    Grade,
    Happened,
    MayRefer,
    Moment,
    Money,
    Name,
    OwnTrace,
    Part,
    SaidWords,
    Text,
    Words,
    YesNo,
    many,
    may,
    named,
    need,
)

Purpose: TypeAlias = Literal[
    "call_back",
    "revisit",
    "inspection",
    "maintenance",
    "repair",
    "training",
    "greeting",
    "advice",
    "apology",
    "information",
    "event",
    "check_back",
    "thanks",
    "consultation",
    "follow_up",
    "other",
]
PURPOSES: tuple[str, ...] = get_args(Purpose)
HEARD_AS = ("wish", "complaint", "promise")
"""The kinds of record that keep what was heard in a contact."""


class Saw(Part):
    """Something that was seen on the thing itself, whether or not the customer had noticed it."""

    what: SaidWords = need("what was seen", example="堵了")
    component: Text | None = may("the part it was seen on", example="滤网")
    kind: Literal["fault", "wear", "none"] | None = may("a fault, wear, or neither; absent: a fault")
    unit: UnitId | None = may("which one, where the contact was about several")


class Thanks(Part):
    """What was given with the thanks for somebody who was brought."""

    what: SaidWords = need("what was given", example="保温杯一只")
    worth: Money | None = may("what it was worth")
    taken_back: Ended | None = may("it was taken back, with the sale that it was given for")


class Wanted(Part):
    """A benefit that the customer asked for."""

    in_short: ClassVar[str] = "benefit"

    benefit: Name = need("the benefit, as PACK/ID", example="service-shoes/cleaning")
    unit: UnitId | None = may("the thing it is about, where the contact was about several")
    by: Moment | None = may("until when it was promised; absent: as the benefit says")
    refused: Words | None = may("why it was not to be had; absent: it was promised")


class Given(Part):
    """A benefit that the customer was given."""

    in_short: ClassVar[str] = "benefit"

    benefit: Name = need("the benefit, as PACK/ID", example="service-shoes/cleaning")
    unit: UnitId | None = may("the thing it is about, where the contact was about several")
    charged: Money | None = may("what the customer paid for it; absent: nothing")


class Visit(Record):
    """One contact; it keeps the promises it names, or those of its purpose about the same subject."""

    main_date: ClassVar[str] = "at"
    example: ClassVar[str] = (
        "aftercare visit add --keeps SA26-0012/1/call-back.1 --outcome reached --answer use=正常 --satisfaction 5"
    )
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "at", "channel", "purpose", "outcome", "satisfaction")

    customer: CustomerId = need("with whom")
    about: list[Subject] = many("what it was about: units, sales, claims", flag="--about")
    channel: Literal["home", "phone", "letter", "message", "counter", "hotline"] = need("how")
    purpose: Purpose = need("what for")
    keeps: list[PromiseId] = many("the promises it keeps", flag="--keeps", example="SA26-0012/1/call-back.1")
    at: Happened = need("when")
    by: StaffId | None = may("who of the shop")
    incoming: YesNo | None = may("the customer came or called; absent: at the counter and on the hotline they did")
    outcome: Literal["reached", "no_answer", "declined", "missed"] = need(
        "whether the customer was reached; missed: the customer called and nobody of ours answered"
    )
    answers: dict[str, Words] = named("answers to the questions asked: use=正常", flag="--answer")
    question: Words | None = may("what the customer asked", example="滤网多久洗一次")
    advice: Words | None = may("what was answered to it", example="两周一次，温水冲")
    solved: Literal["yes", "no", "handed_on"] | None = may("whether what was asked is solved")
    satisfaction: Grade | None = may("how content, 1 to 5")
    heard: list[Annotated[OwnTrace, MayRefer(HEARD_AS)]] = many(
        "what the customer said that is worth keeping, or the wish, complaint or promise that keeps it", flag="--heard"
    )
    saw: list[Saw] = many("what was seen on the thing: component=…,what=…", flag="--saw")
    undone: list[Words] = many("what was left to do, to be carried forward", flag="--undone")
    understood: Literal["yes", "partly", "no"] | None = may("after a training: whether it was understood")
    trained: list[OwnTrace] = many("who was trained, by name", flag="--trained")
    thanks: Thanks | None = may("what was given with thanks")
    minutes: Count | None = may("how long it took")
    wants: list[Wanted] = many(
        "benefits that the customer asked for, by PACK/ID or benefit=…,unit=…,by=…,refused=…",
        flag="--wants",
    )
    gave: list[Given] = many(
        "benefits that the customer was given, by PACK/ID or benefit=…,unit=…,charged=…",
        flag="--gave",
    )
    checklist: list[Text] = many("of a visit at home: the items of the checklists that were done", flag="--tick")
    beyond: list[Kindness] = many(BEYOND, flag="--beyond")

    @property
    def came_to_us(self) -> bool:
        """Whether the customer began it: as said, else by the way it went."""
        return self.channel in {"counter", "hotline"} if self.incoming is None else self.incoming
