"""The sale: what was sold to whom, and everything promised with it."""

from typing import ClassVar, Literal

from aftercare.records.base import BEYOND, CustomerId, Kindness, OfferId, ProductId, Record, StaffId
from aftercare.records.fields import (
    Count,
    Ended,
    Happened,
    Money,
    Part,
    Recipient,
    Text,
    Window,
    Words,
    YesNo,
    many,
    may,
    need,
)


class Told(Part):
    """What was promised at the counter."""

    deliver: Window | None = may("when it will be delivered")
    install: Window | None = may("when it will be installed")


class Packing(Part):
    """Packing by the product's nature or on request."""

    wanted: Words | None = may("what the customer asked for")
    done_at: Happened | None = may("when it was packed")
    by: StaffId | None = may("who packed it")


class Item(Part):
    """One line of a sale: the customer's entitlement, whatever happens to the thing."""

    product: ProductId = need("the product")
    serial: Text | None = may("the serial number, where it has one")
    batch: Text | None = may("the batch it was made in, as the maker marks it", example="2026-W07")
    qty: Count | None = may("how many pieces; absent: one")
    price: Money | None = may("the price of one piece")
    agreed: Words | None = may("what was agreed to be different for this buyer")
    taken: YesNo | None = may("taken home at once, so that nothing is delivered")
    packing: Packing | None = may("how it is packed")
    told: Told | None = may("what was promised for this line alone")
    retired: Ended | None = may("out of use for good, so that no more services are planned for it")

    @property
    def pieces(self) -> int:
        """How many pieces the line has."""
        return self.qty or 1


class Given(Part):
    """Something given as the shop had published it."""

    offer: OfferId = need("the offer that promised it")
    row: Count = need("which row of what the offer gives, counted from 1")
    item: Count | None = may("for which line of the sale, where it is promised for each")
    qty: Count | None = may("how many pieces; absent: all that were left")
    at: Happened = need("when")
    by: StaffId | None = may("who of the shop gave it")
    cost: Money | None = may("what it cost the shop in all")


class PaidBack(Part):
    """What was paid back because more had been charged than was published."""

    offer: OfferId = need("the offer that named the price")
    amount: Money = need("how much")
    at: Happened = need("when")
    by: StaffId | None = may("who of the shop paid it")


class Sale(Record):
    """A sale is complete when everything promised with it is done (服务没有完成,销售就没有完成)."""

    main_date: ClassVar[str] = "sold_on"
    example: ClassVar[str] = (
        "aftercare sale add --customer 王建国 --product KFR-35 --serial KF35-001 --price 3299 --deliver-by 明天18:00"
    )
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "sold_on", "channel", "invoice")

    customer: CustomerId = need("who bought")
    sold_on: Happened = need("the day of the sale")
    channel: Literal["shop", "online", "phone", "tv", "mail", "home", "door_to_door"] | None = may(
        "how it was sold; absent: in the shop"
    )
    invoice: Text | None = may("the invoice's number", example="00123456")
    order: Text | None = may("the order's number on a marketplace")
    person: StaffId | None = may("who sold it")
    items: list[Item] = many("the lines: product=…,serial=…,qty=…,price=…", flag="--item")
    deliver_to: Recipient | None = may("who receives, where that is not the buyer", prefix="to")
    told: Told | None = may("what was promised at the counter", prefix="")
    agreed: Words | None = may("what was agreed to be different for this buyer")
    beyond: list[Kindness] = many(BEYOND, flag="--beyond")
    given: list[Given] = many("what was given as published: offer=…,row=…,at=…", flag="--given")
    paid_back: list[PaidBack] = many("paid back as published: offer=…,amount=…,at=…", flag="--paid-back")
    cancelled: Ended | None = may("the sale was called off")

    def told_for(self, item: Item) -> Told:
        """What was promised for one line: its own times, else the sale's."""
        own, all_ = item.told or Told(), self.told or Told()
        return Told.model_construct(deliver=own.deliver or all_.deliver, install=own.install or all_.install)
