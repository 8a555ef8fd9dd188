"""Points (积分) that were given or drawn by hand; those that sales earn follow from the sales and the shop's rule."""

from typing import ClassVar

from aftercare.records.base import CustomerId, PartId, Record, StaffId
from aftercare.records.fields import Count, Ended, Happened, Moment, Part, Words, may, need


class HandedOver(Part):
    """What was chosen for the points was handed over."""

    at: Happened = need("when")
    by: StaffId | None = may("who of the shop handed it over")


class Points(Record):
    """One line of the ledger of a customer's points that no sale makes: so many were given, or drawn for something."""

    main_date: ClassVar[str] = "on"
    example: ClassVar[str] = "aftercare points add --customer 王建国 --given 100 --reason 周年庆"
    summary: ClassVar[tuple[str, ...]] = ("id", "customer", "on", "given", "drawn", "for", "cancelled.on")

    customer: CustomerId = need("whose")
    on: Happened = need("when they were given or drawn")
    given: Count | None = may("so many were given")
    until: Moment | None = may("the last day of what was given; absent: as the shop's rule says")
    reason: Words | None = may("why they were given", example="周年庆")
    drawn: Count | None = may("so many were drawn for something")
    for_: Words | None = may("what they were drawn for", flag="--for", example="电饭煲")
    gift: PartId | None = may("what was chosen for them, where its stock is kept")
    pieces: Count | None = may("how many of it; absent: one")
    by: StaffId | None = may("who of the shop gave or drew them")
    hand_over_by: Moment | None = may("until when what was chosen is to be handed over, as the customer was told")
    handed_over: HandedOver | None = may("what was chosen was handed over", prefix="handed-over")
    cancelled: Ended | None = may("it was called off: what was given is gone, what was drawn goes back")
