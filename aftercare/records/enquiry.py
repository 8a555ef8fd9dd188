"""The enquiry before a sale (销售咨询): what somebody wants to know of the shop's goods, and what they were told."""

from __future__ import annotations

from typing import ClassVar, Literal

from aftercare.records.base import CustomerId, Record, SaleId, StaffId, Subject
from aftercare.records.fields import Ended, Happened, Moment, Move, Name, Part, Text, many, may, need


class Told(Part):
    """What was answered."""

    at: Happened = need("when")
    what: Text | None = may("what was said")
    by: StaffId | None = may("who of the shop said it")


class Material(Part):
    """Something about a product that was asked for: a manual, a brochure, a film."""

    what: Name = need("what was asked for", example="说明书")
    sent_at: Happened | None = may("when it was handed over or posted")
    how: Text | None = may("how it was sent, and its number on the way")
    by: StaffId | None = may("who sent it")


class Appointment(Part):
    """A time at which the goods are shown or talked about: at the customer's home, or where they stand."""

    from_: Moment | None = may("not before this time")
    by: Moment = need("at this time at the latest")
    where: Literal["home", "shop", "elsewhere"] | None = may("where; absent: at the shop")
    person: StaffId | None = may("who of the shop is there")
    moved: list[Move] = many("times it was moved")
    met_at: Happened | None = may("when they met")
    cancelled: Ended | None = may("it was called off")


class Enquiry(Record):
    """Somebody asks before they buy: by phone, at the counter, at home by appointment, at a demonstration."""

    main_date: ClassVar[str] = "at"
    example: ClassVar[str] = "aftercare enquiry add --customer 王建国 --about PR26-0003 --question 三口之家用多大的"
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "at", "channel", "question")

    customer: CustomerId = need("who asks; who has bought nothing yet has a file like anyone else")
    at: Happened = need("when")
    channel: Literal["counter", "phone", "hotline", "home", "demonstration", "message", "letter"] | None = may(
        "how it was asked"
    )
    about: list[Subject] = many("what it is about: products, offers", flag="--about")
    question: Name = need("what was asked", example="三口之家用多大的")
    by: StaffId | None = may("who of the shop took it")
    call_by: Moment | None = may("by when the customer was told to hear from us", example="fri")
    answered: list[Told] = many("what was answered: at=…,what=…", flag="--answered")
    material: list[Material] = many("what was asked for to take along or be posted: what=…", flag="--material")
    appointment: Appointment | None = may("a time at which the goods are shown or talked about")
    bought: SaleId | None = may("the sale that came of it")
    closed: Ended | None = may("the customer does not wish to hear of it any more")
