"""The wish (用户愿望): what a customer would like, grumbles about or proposes, and what became of it."""

from typing import ClassVar, Literal

from aftercare.records.base import CustomerId, HeardIn, ProductId, Record, StaffId, Subject
from aftercare.records.fields import Ended, Happened, Part, SaidWords, Text, Words, YesNo, many, may, need


class HandedOn(Part):
    """The wish was passed on to who can make it come true."""

    to: SaidWords = need("to whom: the maker, its designers, another department", example="晨屿电器")
    at: Happened = need("when")
    by: StaffId | None = may("who passed it on")
    how: Words | None = may("how, and what was said")


class WishAnswer(Part):
    """What came back, from whom it was passed on to or from the shop itself."""

    at: Happened = need("when")
    says: SaidWords = need("what was answered", example="下一代遥控器字号加大")
    who: Words | None = may("who answered, of those to whom it was passed on; absent: the shop itself")
    by: StaffId | None = may("who of the shop took the answer down, or gave it")
    taken_up: YesNo | None = may("whether the wish is taken up; absent: that was left open")


class WishTold(Part):
    """The customer was told what came of the wish."""

    at: Happened = need("when")
    by: StaffId | None = may("who told it")
    how: Words | None = may("how, and what was said")


class Realised(Part):
    """The wish came true: a product, or a change, is there."""

    on: Happened = need("since when")
    product: ProductId | None = may("the product in which it came true")
    what: Words | None = may("what was changed", example="营业时间延长到20点")
    by: StaffId | None = may("who of the shop saw to it")


class Wish(Record):
    """Something a customer would like; what the makers of a product should hear."""

    main_date: ClassVar[str] = "said_on"
    example: ClassVar[str] = "aftercare wish add --customer 王建国 --about SA26-0012/1 --words 遥控器的字再大一点"
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "said_on", "words", "theme")

    customer: CustomerId = need("who said it")
    about: list[Subject] = many("what it is about: products, units, works", flag="--about")
    said_on: Happened = need("the day it was said")
    words: SaidWords = need("in the customer's words", example="遥控器的字再大一点")
    nature: Literal["wish", "grumble", "idea"] | None = may("a wish, a grumble or an idea; absent: a wish")
    theme: Text | None = may("what it is about, in a word to count by", example="遥控器")
    heard_in: HeardIn | None = may("the contact or the event in which it was heard")
    by: StaffId | None = may("who of the shop heard it")
    passed_on: list[HandedOn] = many("to whom it was passed on: to=…,at=…", flag="--passed-on")
    answers: list[WishAnswer] = many("what came back: at=…,says=…,who=…", flag="--answered")
    told: list[WishTold] = many("times the customer was told what came of it: at=…,how=…", flag="--told")
    realised: Realised | None = may("the wish came true")
    withdrawn: Ended | None = may("the customer took it back")
