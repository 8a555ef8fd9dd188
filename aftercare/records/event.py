"""An event for customers (联欢活动): who was invited, who came, what was heard there."""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from aftercare.records.base import CustomerId, Record, StaffId
from aftercare.records.fields import Ended, Happened, MayRefer, Moment, Name, Part, Text, YesNo, many, may, need


class Guest(Part):
    """One customer who is to come."""

    customer: CustomerId = need("who")
    invited_at: Happened | None = may("when the invitation was given; absent: not yet")
    how: Literal["home", "phone", "letter", "message", "counter"] | None = may("how")
    by: StaffId | None = may("who of the shop invited")
    answer: Literal["comes", "declined"] | None = may("what the customer said to it")
    came: YesNo | None = may("whether the customer came")
    heard: list[Annotated[Text, MayRefer(("wish", "complaint", "promise"))]] = many(
        "what the customer said there, or the wish, complaint or promise that keeps it"
    )


class Event(Record):
    """An event that the shop holds for its customers."""

    main_date: ClassVar[str] = "planned_on"
    example: ClassVar[str] = "aftercare event add --name 老顾客联欢 --at 2026-12-20T14:00 --place 店内"
    summary: ClassVar[tuple[str, ...]] = ("id", "name", "at", "place")

    name: Name = need("what it is called", example="老顾客联欢")
    at: Moment = need("when it is held", example="2026-12-20T14:00")
    planned_on: Happened = need("the day on which it was planned")
    place: Text | None = may("where")
    person: StaffId | None = may("who of the shop looks after it")
    invite_by: Moment | None = may("until when everybody is to be invited")
    guests: list[Guest] = many("who is to come: customer=…", flag="--guest")
    held_at: Happened | None = may("when it was held")
    cancelled: Ended | None = may("it was called off")
