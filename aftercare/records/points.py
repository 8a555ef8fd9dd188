"""Points (积分) that were drawn or given by hand; those that sales earn follow from the sales and the shop's rule."""

from __future__ import annotations

from typing import ClassVar

from aftercare.records.base import CustomerId, PartId, Record, StaffId
from aftercare.records.fields import Count, Ended, Happened, Moment, Part, Text, may, need


class HandedOver(Part):
    """What was chosen for the points was handed over."""

    at: Happened = need("when")
    by: StaffId | None = may("who of the shop handed it over")


class Points(Record):
    """One line of the ledger of a customer's points that no sale makes."""

    main_date: ClassVar[str] = "on"
    example: ClassVar[str] = "aftercare points add --customer 王建国 --given 100 --reason 周年庆"
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "on", "given", "drawn", "reason")

    customer: CustomerId = need("whose")
    on: Happened = need("the day")
    given: Count | None = may("so many were given")
    until: Moment | None = may("the last day of what was given; absent: as the shop's rule says")
    drawn: Count | None = may("so many were drawn for something")
    reason: Text | None = may("why they were given, or what they were drawn for", example="电饭煲")
    gift: PartId | None = may("what was chosen for them, where its stock is kept")
    by: StaffId | None = may("who of the shop")
    hand_over_by: Moment | None = may("until when what was chosen is to be handed over")
    handed_over: HandedOver | None = may("what was chosen was handed over")
    cancelled: Ended | None = may("it was called off: the points go back where they came from")
