"""Published terms (明文公告): an advertised offer, or the terms on which the shop serves, as they were published."""

from __future__ import annotations

from typing import ClassVar, Literal

from aftercare.records.base import ProductId, Record, StaffId
from aftercare.records.fields import Count, Happened, Moment, Money, Name, Number, Part, Text, many, may, need


class Place(Part):
    """One place in which it was published; a correction has to reach each of them."""

    where: Name = need("the place: a paper, the window, a page, the packing", example="晚报")
    at: Happened | None = may("when it was published there; absent: the day it was published first")
    until: Moment | None = may("the last day on which it is to be seen there")
    corrected_at: Happened | None = may("when it was put right there")
    by: StaffId | None = may("who put it right")


class Meets(Part):
    """Which sales it speaks of; what is not said does not matter."""

    products: list[ProductId] = many("one of these products")
    category: Text | None = may("goods of this category")
    channels: list[Literal["shop", "online", "phone", "tv", "mail", "home", "door_to_door"]] = many(
        "sold in one of these ways"
    )
    pieces: Count | None = may("at least so many pieces of them in one sale")
    amount: Money | None = may("a sale of at least this amount")
    within_km: Number | None = may("brought no further than so many km")
    regions: list[Text] = many("brought to one of these regions")


class Offer(Record):
    """What the shop published: what it says is promised in every sale that meets it."""

    main_date: ClassVar[str] = "published_on"
    example: ClassVar[str] = "aftercare offer add --title 国庆送清洗 --since 2026-10-01 --until 2026-10-07"
    summary: ClassVar[tuple[str, ...]] = ("id", "title", "since", "until")

    title: Name = need("what it is called", example="国庆送清洗")
    published_on: Happened = need("the day on which it was first published")
    since: Moment | None = may(
        "the first day on which it holds; absent: the day it was published", example="2026-10-01"
    )
    until: Moment | None = may("the last day on which it holds; absent: without end")
    says: Text | None = may("the words, as they were published")
    meets: Meets | None = may("which sales it speaks of; absent: every sale", prefix="")
    published: list[Place] = many("where it was published: where=…,at=…", flag="--published")
