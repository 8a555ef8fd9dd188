"""An event for customers (联欢活动): who was invited, who came, what was heard there."""

from typing import Annotated, ClassVar, Literal

from aftercare.records.base import CustomerId, Record, StaffId
from aftercare.records.fields import (
    Count,
    Ended,
    Happened,
    MayRefer,
    Moment,
    Name,
    Own,
    OwnTrace,
    Part,
    Text,
    YesNo,
    many,
    may,
    need,
)

HEARD_AS = ("wish", "complaint", "promise")
"""The kinds of record that keep what was heard at an event."""


class Invited(Part):
    """The invitation that was given."""

    at: Happened = need("when")
    how: Literal["home", "phone", "letter", "message", "counter"] | None = may("how")
    by: StaffId | None = may("who of the shop invited")


class Answered(Part):
    """What the customer said to the invitation."""

    at: Happened = need("when")
    comes: YesNo = need("whether the customer comes")
    people: Count | None = may("how many will come, the customer included")
    said: Own | None = may("in which words")


class Came(Part):
    """The customer was there."""

    at: Happened = need("when")
    people: Count | None = may("how many came, the customer included")


class Heard(Part):
    """Something that a guest said at the event."""

    at: Happened = need("when")
    what: Annotated[OwnTrace, MayRefer(HEARD_AS)] = need(
        "what the customer said, or the wish, complaint or promise that keeps it"
    )
    by: StaffId | None = may("who of the shop heard it")


class Guest(Part):
    """One customer who is to come."""

    customer: CustomerId = need("who")
    listed_on: Happened | None = may("the day the customer was put on the list; absent: when the event was planned")
    invited: Invited | None = may("the invitation that was given; absent: none yet")
    answered: Answered | None = may("what the customer said to it")
    came: Came | None = may("the customer was there")
    heard: list[Heard] = many("what the customer said there: at=…,what=…")

    @property
    def declined(self) -> bool:
        """Whether the customer said that they will not come."""
        return self.answered is not None and not self.answered.comes


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
    invite_by: Moment | None = may("until when everybody is to be invited; absent: as the packs plan it")
    guests: list[Guest] = many("who is to come: customer=…", flag="--guest")
    held_at: Happened | None = may("when it was held")
    cancelled: Ended | None = may("it was called off")
