"""The wish (用户心愿): what a customer would like, grumbles about or proposes."""

from __future__ import annotations

from typing import ClassVar, Literal

from aftercare.records.base import CustomerId, HeardIn, Record, StaffId, Subject
from aftercare.records.fields import Happened, Name, Text, many, may, need


class Wish(Record):
    """Something a customer would like; what the makers of a product should hear."""

    main_date: ClassVar[str] = "said_on"
    example: ClassVar[str] = "aftercare wish add --customer 王建国 --about SA26-0012/1 --words 遥控器的字再大一点"
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "said_on", "words", "theme")

    customer: CustomerId = need("who said it")
    about: list[Subject] = many("what it is about: products, units, works", flag="--about")
    said_on: Happened = need("the day it was said")
    words: Name = need("in the customer's words", example="遥控器的字再大一点")
    nature: Literal["wish", "grumble", "idea"] | None = may("a wish, a grumble or an idea; absent: a wish")
    theme: Text | None = may("what it is about, in a word to count by", example="遥控器")
    heard_in: HeardIn | None = may("the contact or the event in which it was heard")
    by: StaffId | None = may("who of the shop heard it")
