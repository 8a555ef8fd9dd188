"""Published terms (明文公告): an advertised offer, or the terms on which the shop serves, as they were published."""

from typing import ClassVar, Literal

from aftercare.records.base import ProductId, Record, StaffId
from aftercare.records.fields import (
    Count,
    Ended,
    Happened,
    Length,
    Moment,
    Money,
    Name,
    Number,
    Part,
    Text,
    YesNo,
    many,
    may,
    need,
)


class Place(Part):
    """One place in which it was published; a correction has to reach each of them."""

    where: Name = need("the place: a paper, the window, a page, the packing", example="晚报")
    at: Happened = need("when it was published there")
    until: Moment | None = may(
        "until when customers may rely on what stood there, where that is later than its correction"
    )
    corrected_at: Happened | None = may("when it was put right there, or taken away")
    by: StaffId | None = may("who put it right")


class Meets(Part):
    """Which sales it speaks of; what is not said does not matter."""

    products: list[ProductId] = many("goods that are one of these products", flag="--product")
    category: Text | None = may("goods of this category, beside those products")
    channels: list[Literal["shop", "online", "phone", "tv", "mail", "home", "door_to_door"]] = many(
        "sold in one of these ways", flag="--channel"
    )
    pieces: Count | None = may("at least so many pieces of them in one sale")
    amount: Money | None = may("a sale of at least this amount")
    within_km: Number | None = may("brought no further than so many km")
    regions: list[Text] = many("to customers of one of these regions", flag="--region")
    members: list[Text] = many("to those who have one of these memberships", flag="--member")


class Give(Part):
    """One thing that it promises in every sale that meets it."""

    what: Literal[
        "deliver",
        "install",
        "call_back",
        "revisit",
        "inspection",
        "maintenance",
        "training",
        "information",
        "gift",
        "benefit",
        "refund",
        "thanks",
        "other",
    ] = need("the kind of promise", example="gift")
    words: Text | None = may("the words for it", example="送滤网一套")
    within: Length | None = may(
        "within which time; 0d is the same day; absent: whenever the customer asks, so that nothing is owed before",
        example="2d",
    )
    after: Literal["sold", "delivered", "installed"] | None = may("from what the time runs; absent: from the sale")
    arranged: YesNo | None = may("only where a delivery or an installation was arranged; absent: in every sale")
    product: ProductId | None = may("what is given")
    qty: Count | None = may("how many pieces of it; absent: one")
    per: Literal["sale", "piece"] | None = may("once for a sale, or for each piece of the goods; absent: for the sale")
    cost: Money | None = may("what one of it costs the shop")
    holds: Literal["printed", "meant"] | None = may(
        "printed: only as long as customers may rely on the misprint; meant: only from then on; absent: always"
    )


class Price(Part):
    """A price at which it offers goods."""

    goods: list[ProductId] = many("the goods that have this price together; absent: each piece it speaks of")
    price: Money = need("the price, as it was published", example="3")
    meant: Money | None = may("the price that was meant, where another was printed", example="7")


class Done(Part):
    """Something that was done about a misprint."""

    at: Happened = need("when")
    where: Text | None = may("where")
    how: Text | None = may("how")
    by: StaffId | None = may("who of the shop")


class Misprint(Part):
    """What was published is not what was meant; it is honoured as published."""

    at: Happened = need("when it was noticed")
    says: Text = need("what was printed")
    meant: Text = need("what was meant")
    by: StaffId | None = may("who noticed it")
    supplied: list[Done] = many("stock was made ready for all who come: at=…,how=…", flag="--supplied")
    apologised: list[Done] = many("apologies to the public: at=…,where=…,how=…", flag="--apologised")


class Spent(Part):
    """Something that it cost the shop, beside what was given and charged less."""

    at: Happened = need("when")
    what: Text | None = may("for what")
    amount: Money = need("how much")


class Offer(Record):
    """What the shop published: what it says is promised in every sale that meets it."""

    main_date: ClassVar[str] = "published_on"
    example: ClassVar[str] = (
        "aftercare offer add --title 国庆送清洗 --since 2026-10-01 --until 2026-10-07 --category 空调 "
        "--gives what=maintenance,words=免费清洗一次,within=6m"
    )
    summary: ClassVar[tuple[str, ...]] = ("id", "title", "since", "until")

    title: Name = need("what it is called", example="国庆送清洗")
    published_on: Happened = need("the day on which it was first published")
    since: Moment | None = may(
        "the first day on which it holds; absent: the day it was published", example="2026-10-01"
    )
    until: Moment | None = may("the last day on which it holds; absent: without end")
    says: Text | None = may("the words, as they were published")
    person: StaffId | None = may("who of the shop looks after it")
    meets: Meets | None = may("which sales it speaks of; absent: every sale", prefix="")
    gives: list[Give] = many("what it promises: what=…,words=…,within=…", flag="--gives")
    prices: list[Price] = many("prices that it names: goods=…,price=…", flag="--price")
    published: list[Place] = many("where it was published: where=…,at=…", flag="--published")
    misprint: Misprint | None = may("what was published is not what was meant")
    costs: list[Spent] = many("what it cost besides: at=…,what=…,amount=…", flag="--cost")
    ended: Ended | None = may("it was withdrawn before its end")
