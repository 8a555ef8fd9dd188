"""A shop with plans for enquiries of its own, so that no test hangs on a figure of the packs that ship."""

from __future__ import annotations

from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.promises import Promise
from tests.answers import shop

CASE = "EN26-0001"
PLANS = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: answer, title: 答复, category: goods, after: enquired,
   what: answer, step: answer, channel: phone, due: {2020-01-01: [{days: 2}]}}
- {id: send, title: 资料, category: goods, after: material_wanted,
   what: information, step: send-material, channel: letter, due: {2020-01-01: [{days: 4}]}}
- {id: later, title: 跟进, category: goods, after: consulted,
   what: follow_up, step: follow-up, channel: phone, due: {2020-01-01: [{days: 6}]}}
duties:
- {id: sorry, duty: apologise, category: goods, title: 道歉}
- {id: told, duty: tell_promise_delays, category: goods, title: 提前告知}
"""


def case(**fields: str) -> str:
    """The enquiry as text."""
    return shop.record(CASE, **fields)


def _of_case(found: dict[str, Promise]) -> dict[str, Promise]:
    return {name.partition("/")[2]: one for name, one in found.items() if name.startswith(f"{CASE}/")}


def states(*records: str, now: str = "2026-03-31", begins_on: str = "") -> dict[str, str]:
    """The states of the promises of the enquiry by their steps."""
    found = shop.promises(*records, now=now, plans=PLANS, begins_on=begins_on)
    return {step: promise.state for step, promise in _of_case(found).items()}


def due(*records: str, now: str = "2026-03-02T10:00", begins_on: str = "") -> dict[str, tuple[str, str | None]]:
    """How they bind and by when they are due; of what waits for its event there is no day."""
    found = shop.promises(*records, now=now, plans=PLANS, begins_on=begins_on)
    return {step: (promise.draft.binds, shop.deadline(promise)) for step, promise in _of_case(found).items()}


def affairs(*records: str) -> Affairs:
    """The affairs of who asked."""
    return affairs_of(shop.shelf(*records))[shop.BUYER]
