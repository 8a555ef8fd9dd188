"""Benefits that were refused although they were open, or charged beyond what they cost."""

from __future__ import annotations

import pytest

from aftercare.answers.breaches.all import breaches
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.breaches.service import STANDARD
from tests.answers.test_benefits import visit, wants

PACK = (
    STANDARD
    + """
benefits:
- {id: tea, title: 茶水, category: goods}
- {id: once, title: 一次, category: goods, limit: {2020-01-01: {times: 1, per: ever}}}
- {id: darn, title: 修补, category: goods, cost: {2020-01-01: 5, 2026-07-01: ~}}
"""
)


def found(*records: str, now: str = "2026-12-31") -> dict[str, str]:
    """What is said of each breach of benefits, by its id."""
    rows = breaches(shop.shelf(*records), shop.rules(PACK), parse(now), groups=["visits"])
    return {breach.id: breach.what for breach in rows if "benefit" in breach.code}


def test_what_was_open_and_refused_is_a_breach() -> None:
    """On its day, with the reason that was written down; the second of a contact has its number."""
    refused = visit(1, "2026-03-04", wants="[{benefit: ours/darn}, {benefit: ours/tea, refused: 今天太忙}]")
    assert found(refused) == {
        "VI26-0001/benefit-refused.2": "ours/tea was refused although it was open: 今天太忙",
    }
    assert found(refused, now="2026-03-03") == {}


def test_what_was_not_open_may_be_refused() -> None:
    """Once it is used up nobody has a right to it."""
    had = visit(1, "2026-03-04", gave=wants("once"))
    assert found(had, visit(2, "2026-03-05", wants=wants("once", ", refused: 已经用过"))) == {}


@pytest.mark.parametrize(
    ("at", "charged", "said"),
    [
        ("2026-06-30", "5.00", None),
        ("2026-06-30", "5.01", "charged 5.01 for ours/darn, which costs 5"),
        ("2026-07-01", "5.00", "charged 5.00 for ours/darn, which is free"),
        ("2026-07-01", "0", None),
        ("2026-07-01", "USD 5.00", None),
    ],
)
def test_it_costs_what_was_published_for_its_day(at: str, charged: str, said: str | None) -> None:
    """Not a cent more; an amount in another currency is compared with nothing."""
    gave = visit(1, at, gave=f"[{{benefit: ours/tea}}, {{benefit: ours/darn, charged: {charged}}}]")
    assert found(gave) == ({"VI26-0001/benefit-charged.2": said} if said else {})


def test_the_cost_is_that_of_the_day_on_which_it_was_asked_for() -> None:
    """What was asked for at a price may cost that price, though it be done when it is free."""
    asked = visit(1, "2026-06-30", wants=wants("darn"))
    assert found(asked, visit(2, "2026-07-01", gave=wants("darn", ", charged: 5.00"))) == {}
