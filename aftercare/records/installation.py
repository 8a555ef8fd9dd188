"""The installation (安装)."""

from typing import ClassVar, Literal

from aftercare.records.base import BEYOND, Kindness, Record, SaleId, StaffId
from aftercare.records.fields import (
    Count,
    Ended,
    Happened,
    Money,
    Move,
    Own,
    PartOfLine,
    Signature,
    Text,
    Window,
    Words,
    YesNo,
    many,
    may,
    need,
)


class Installation(Record):
    """Goods put to work at the customer's, tested, explained and signed for."""

    main_date: ClassVar[str] = "arranged_on"
    example: ClassVar[str] = "aftercare installation add --sale SA26-0012 --technician 张师傅 --install-by 明天18:00"
    summary: ClassVar[tuple[str, ...]] = ("id", "sale", "technician", "started_at", "signed.at", "signed.by")

    sale: SaleId = need("the sale whose goods are installed")
    items: list[Count | PartOfLine] = many("the lines it installs; absent: all that are to be installed")
    arranged_on: Happened | None = may("the day it was arranged")
    install: Window | None = may("the time it was promised for, where the sale told none")
    technician: StaffId | None = may("who installs it")
    moved: list[Move] = many("times it was moved", flag="--moved")
    started_at: Happened | None = may("when the work began")
    checklist: list[Text] = many("the items of the checklist that were done", flag="--tick")
    tested: Literal["ok", "faulty", "not_tested"] | None = may("how the test run went")
    explained: YesNo | None = may("use and care explained")
    questions: Own | None = may("what the customer asked, and the answer")
    hotline_left: YesNo | None = may("the service phone left with the customer")
    charged: Money | None = may("what the customer was charged for it", example="0")
    materials: Words | None = may("materials used beyond those in the box")
    agreed_beforehand: YesNo | None = may("the customer agreed to the charge beforehand")
    asked_for: Words | None = may("anything the fitter asked for: money, goods, meals, tobacco, drink")
    signed: Signature | None = may("signed for by the customer")
    beyond: list[Kindness] = many(BEYOND, flag="--beyond")
    cancelled: Ended | None = may("called off")
