"""What the shop sells."""

from typing import ClassVar, Literal

from aftercare.records.base import Record, StaffId
from aftercare.records.fields import Count, Happened, Name, Number, Part, Text, YesNo, many, may, need


class PartGuarantee(Part):
    """A part for which the maker gives longer than for the whole."""

    part: Name = need("the part, as the maker's papers call it", example="压缩机")
    months: Count = need("months of the maker's guarantee on it", example="120")


class ToldMaker(Part):
    """What the maker was told about the product, and what came back."""

    on: Happened = need("when")
    what: Name = need("what the maker was told", example="压缩机异响，三个月内两起")
    by: StaffId | None = may("who told it")
    answer: Text | None = may("what the maker answered")
    answered_on: Happened | None = may("when the maker answered")


class Product(Record):
    """A kind of goods, with what the customer can be given about it."""

    example: ClassVar[str] = (
        "aftercare product add --name 空调 --category air_conditioner --model KFR-35 --weight-kg 38"
    )
    summary: ClassVar[tuple[str, ...]] = ("id", "name", "category", "model", "maker")

    name: Name = need("what it is called", example="空调")
    category: Text = need("its category, in either language: aftercare policy categories", example="air_conditioner")
    model: Text | None = may("the maker's model", example="KFR-35")
    maker: Text | None = may("who makes it")
    sku: Text | None = may("the number under which it is ordered")
    weight_kg: Number | None = may("its weight in kg", example="38")
    bulky: YesNo | None = may("too large to carry home")
    as_set: YesNo | None = may("sold as a set that is put together at the customer's; absent: no")
    nature: list[Literal["gift", "glass", "damp_sensitive", "fire_sensitive"]] = many(
        "what asks for packing of its own"
    )
    maker_months: Count | None = may("months of the maker's own guarantee", example="72")
    maker_parts: list[PartGuarantee] = many(
        "parts with a longer guarantee of the maker: part=…,months=…", flag="--maker-part"
    )
    life_months: Count | None = may("months for which it is meant to be used, as its papers say", example="120")
    features: list[Text] = many("what a customer should know of it before buying", flag="--feature")
    manual: Text | None = may("where the manual is")
    brochure: Text | None = may("where the maker's brochure is")
    hotline: Text | None = may("the maker's hotline")
    hotline_hours: Text | None = may("when the hotline answers", example="24小时")
    page: Text | None = may("the product's page")
    video: Text | None = may("a video to show")
    accessories: list[Text] = many("what is in the box besides", flag="--accessory")
    told_maker: list[ToldMaker] = many("what the maker was told: on=…,what=…", flag="--told-maker")
    made_until: Text | None = may("the last year it was made")
