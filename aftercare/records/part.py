"""The spare part (零配件): what it is, and the rows of its ledger; the stock is their balance and is stored nowhere."""

from typing import Annotated, ClassVar

from aftercare.records import fields
from aftercare.records.base import ClaimId, ProductId, Record, StaffId
from aftercare.records.fields import Count, Happened, Moment, Money, Name, Number, Refers, Text, many, may, need


class Ordered(fields.Part):
    """Pieces ordered from the supplier."""

    at: Happened = need("when")
    qty: Number = need("how many")
    expected: Moment | None = may("when they are to come")
    from_: Text | None = may("from whom")
    for_: list[ClaimId] = many("the repairs that wait for them")


class Received(fields.Part):
    """Pieces that came in."""

    at: Happened = need("when")
    qty: Number = need("how many")
    cost: Money | None = may("the cost price of one")
    from_: Text | None = may("from whom")
    for_: list[ClaimId] = many("the repairs that they were set aside for")


UsedFor = Annotated[Text, Refers(("claim", "unit", "installation", "visit", "complaint", "points"))]


class Used(fields.Part):
    """Pieces that went into a repair or another piece of work."""

    at: Happened = need("when")
    qty: Number = need("how many")
    for_: UsedFor | None = may("for what")
    by: StaffId | None = may("who took them")
    charged: Money | None = may("what the customer paid for them in all")


class PutBack(fields.Part):
    """Pieces that were taken for something and came back to the shelf, for it was called off."""

    at: Happened = need("when")
    qty: Number = need("how many")
    from_: UsedFor | None = may("what they had been taken for")
    by: StaffId | None = may("who put them back")


class Counted(fields.Part):
    """What somebody counted on the shelf; the ledger goes on from there."""

    at: Happened = need("when")
    qty: Number = need("how many there were")
    by: StaffId | None = may("who counted")


class WrittenOff(fields.Part):
    """Pieces that are gone: broken, lost, grown too old."""

    at: Happened = need("when")
    qty: Number = need("how many")
    reason: Text | None = may("why")


class Part(Record):
    """A part that repairs use, with what came in and what went out."""

    example: ClassVar[str] = "aftercare part add --name 压缩机 --number KF35-COMP --cost 420 --reorder-at 2"
    summary: ClassVar[tuple[str, ...]] = ("id", "name", "number", "cost", "reorder_at")

    name: Name = need("what it is called", example="压缩机")
    number: Text | None = may("the maker's number for it", example="KF35-COMP")
    component: Text | None = may("the component it takes the place of, as claims name it")
    fits: list[ProductId] = many("the products it fits", flag="--fits")
    supplier: Text | None = may("who supplies it")
    lead_days: Count | None = may("days from an order until it comes", example="7")
    cost: Money | None = may("the cost price of one, where a receipt names none", example="420")
    reorder_at: Number | None = may("order again when so many are left, or fewer", example="2")
    reorder_qty: Number | None = may("how many to order then", example="5")
    place: Text | None = may("where it lies")
    ordered: list[Ordered] = many("orders: at=…,qty=…,expected=…", flag="--ordered")
    received: list[Received] = many("what came in: at=…,qty=…,cost=…", flag="--received")
    used: list[Used] = many("what went out: at=…,qty=…,for=…", flag="--used")
    put_back: list[PutBack] = many("what came back to the shelf: at=…,qty=…,from=…", flag="--put-back")
    counted: list[Counted] = many("what was counted: at=…,qty=…", flag="--counted")
    written_off: list[WrittenOff] = many("what is gone: at=…,qty=…,reason=…", flag="--written-off")
