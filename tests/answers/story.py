"""The story of an air conditioner, from its sale to a word that was kept."""

from __future__ import annotations

from aftercare.answers.affairs import Affairs, affairs_of
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, record

SALE = record(
    "SA26-0001",
    items=f"[{{product: {COOLER}, serial: KF-1, price: 3299.00}}, {{product: {CHAIR}, qty: 4}}]",
    told="{deliver: {by: 2026-03-04}}",
)
STORY = (
    SALE,
    record(
        "DE26-0001",
        items="[1]",
        moved="[{to: 2026-03-05, asked_by: customer, reason: 加班, on: 2026-03-03}]",
        attempts="[{at: 2026-03-04T09:00, outcome: nobody_home}]",
        dispatched_at="2026-03-05T08:00",
        charged="30",
        signed="{by: 王建国, at: 2026-03-05T10:00}",
    ),
    record("DE26-0002", items="[2]", signed="{by: 王小明, at: 2026-03-06}"),
    record("IN26-0001", charged="80.50", signed="{by: 王建国, at: 2026-03-06T12:00}"),
    record("VI26-0001", keeps=f"[{UNIT}/revisit.1]", purpose="revisit", at="2026-03-13", answers="{use: 正常}"),
    record(
        "CL26-0001", fault="{symptom: 不制冷}", repairs="[{in: 2026-08-06, out: 2026-08-08, cost: 100, result: fixed}]"
    ),
    record(
        "PM26-0001", about=f"[{UNIT}]", due="2026-08-10", made_on="2026-08-08", words="送滤网", kept="{at: 2026-08-09}"
    ),
)


def affairs(*records: str) -> Affairs:
    """The affairs of the buyer in a book of these records."""
    return affairs_of(shop.shelf(*records))[BUYER]
