"""The enquiry before a sale (销售咨询): what somebody wants to know of the shop's goods, and what they were told."""

from typing import ClassVar, Literal

from aftercare.records.base import CustomerId, Record, SaleId, StaffId, Subject
from aftercare.records.fields import Ended, Happened, Moment, Move, Part, SaidWords, Words, many, may, need


class AnswerGiven(Part):
    """An answer that was given later, once it was found out."""

    at: Happened = need("when")
    what: Words | None = may("what was said")
    by: StaffId | None = may("who of the shop said it")


class Material(Part):
    """Something about the goods that was asked for: a manual, a brochure, a film."""

    what: SaidWords = need("what was asked for", example="说明书")
    asked_at: Happened = need("when it was asked for")
    send_by: Moment | None = may("by when the customer was told to have it sent")
    sent_at: Happened | None = may("when it was handed over or posted")
    how: Words | None = may("how it was sent, and its number on the way")
    by: StaffId | None = may("who sent it")


class Appointment(Part):
    """A time at which the goods are shown or talked about: at the customer's home, or where they stand."""

    made_at: Happened = need("when it was made")
    from_: Moment | None = may("not before this time")
    by: Moment = need("at this time at the latest")
    where: Literal["home", "shop", "elsewhere"] | None = may("where; absent: at the shop")
    person: StaffId | None = may("who of the shop is there")
    moved: list[Move] = many("times it was moved")
    met_at: Happened | None = may("when they met")
    met_by: StaffId | None = may("who of the shop was there")
    said: Words | None = may("what was shown and said")
    cancelled: Ended | None = may("the customer called it off, or did not come")


class Bought(Part):
    """What came of it: a sale."""

    on: Happened = need("the day")
    sale: SaleId = need("the sale")


class Enquiry(Record):
    """Somebody asks before they buy: by phone, at the counter, at home by appointment, at a demonstration."""

    main_date: ClassVar[str] = "at"
    example: ClassVar[str] = (
        "aftercare enquiry add --name 王建国 --phone 13800138000 --question 三口之家用多大的 --call-by fri"
    )
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "at", "channel", "question")

    customer: CustomerId = need("who asks; who has bought nothing yet has a file like anyone else")
    at: Happened = need("when")
    channel: Literal["counter", "phone", "hotline", "home", "demonstration", "message", "letter"] | None = may(
        "how it was asked"
    )
    about: list[Subject] = many("what it is about: products, offers", flag="--about")
    question: SaidWords = need("what was asked", example="三口之家用多大的")
    advice: Words | None = may("what was answered at once", example="1.5匹的够用")
    by: StaffId | None = may("who of the shop took it")
    call_by: Moment | None = may("by when the customer was told to hear from us", example="fri")
    answered: list[AnswerGiven] = many("what was answered later: at=…,what=…", flag="--answered")
    material: list[Material] = many("what was asked for to take along or be sent: what=…", flag="--material")
    appointments: list[Appointment] = many(
        "times at which the goods are shown or talked about: by=…", flag="--appointment"
    )
    bought: Bought | None = may("the sale that came of it")
    closed: Ended | None = may("the customer does not wish to hear of it any more")

    @property
    def is_open(self) -> bool:
        """Whether it may still lead to something."""
        return self.bought is None and self.closed is None
