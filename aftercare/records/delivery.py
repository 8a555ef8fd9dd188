"""The delivery (送货)."""

from typing import ClassVar, Literal

from aftercare.records.base import BEYOND, Kindness, Record, SaleId, StaffId
from aftercare.records.fields import (
    Count,
    Ended,
    Happened,
    Money,
    Move,
    Own,
    Part,
    PartOfLine,
    Recipient,
    Signature,
    Text,
    Window,
    Words,
    YesNo,
    many,
    may,
    need,
)


class Attempt(Part):
    """A delivery that came in vain."""

    at: Happened = need("when")
    outcome: Literal["nobody_home", "refused", "no_access", "wrong_goods", "other"] = need("what happened")
    by: StaffId | None = may("who came")
    note: Own | None = may("more about it")


class Confirmation(Part):
    """Address and recipient confirmed before leaving."""

    by: Own | None = may("with whom")
    at: Happened = need("when")


class MadeGood(Part):
    """What was damaged on the way was made good."""

    at: Happened = need("when")
    how: Words | None = may("how")
    amount: Money | None = may("how much was paid for it")


class Delivery(Record):
    """Goods brought to the customer: all of a sale, or part of it."""

    main_date: ClassVar[str] = "arranged_on"
    example: ClassVar[str] = "aftercare delivery add --sale SA26-0012 --person 李师傅"
    summary: ClassVar[tuple[str, ...]] = ("id", "sale", "person", "dispatched_at", "signed.at", "signed.by")

    sale: SaleId = need("the sale it delivers")
    items: list[Count | PartOfLine] = many("the lines it brings, 1,2:7 for seven pieces of line 2; absent: all")
    arranged_on: Happened | None = may("the day it was arranged")
    deliver: Window | None = may("the time it was promised for, where the sale told none")
    person: StaffId | None = may("who brings it")
    vehicle: Text | None = may("with which vehicle")
    to: Recipient | None = may("who receives this one, where that is not the sale's recipient")
    charged: Money | None = may("what the customer was charged for it", example="0")
    confirmed: Confirmation | None = may("address and recipient confirmed before leaving")
    packed: YesNo | None = may("packed as the goods need it")
    difficulty: Own | None = may("a special difficulty on the way")
    moved: list[Move] = many("times it was moved", flag="--moved")
    dispatched_at: Happened | None = may("when it left")
    attempts: list[Attempt] = many("times it came in vain", flag="--attempt")
    arrived_at: Happened | None = may("when it came")
    opened: YesNo | None = may("unpacked and looked at together with the customer")
    damage: Words | None = may("damage on the way; none: looked for and not found")
    checklist: list[Text] = many("the items of the checklists that were done", flag="--tick")
    signed: Signature | None = may("signed for by the customer")
    made_good: MadeGood | None = may("damage on the way was made good", prefix="made-good")
    beyond: list[Kindness] = many(BEYOND, flag="--beyond")
    cancelled: Ended | None = may("called off")
