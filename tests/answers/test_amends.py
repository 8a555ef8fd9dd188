"""What was given to make good, and what it came to."""

from __future__ import annotations

from decimal import Decimal

from aftercare.answers.affairs import affairs_of
from aftercare.answers.amends import given, spent
from aftercare.plain.money import Amount
from tests.answers import shop


def _apology(number: int, said: str) -> str:
    return shop.record(f"PM26-000{number}", what="回电话", due="2026-03-10", apologised=said)


def test_what_was_given_at_once_and_later_is_summed_by_currency() -> None:
    """A remedy that is still owed costs nothing yet; an apology of words alone is no remedy."""
    records = (
        _apology(1, "{at: 2026-03-12, remedy: 滤网, cost: 35.00}"),
        _apology(2, "{at: 2026-03-11, remedy: 清洗, cost: 80.50, remedy_in: PM26-0008}"),
        _apology(3, "{at: 2026-03-13, remedy: 遥控器, cost: 20.00, remedy_in: PM26-0009}"),
        _apology(4, "{at: 2026-03-14, remedy: 券, cost: USD 5.00}"),
        _apology(5, "{at: 2026-03-15, how: 电话致歉}"),
        _apology(6, "{at: 2026-03-16, remedy: 抹布}"),
        shop.record("PM26-0008", what="compensate", due="2026-03-20", kept="{at: 2026-03-19}"),
        shop.record("PM26-0009", what="compensate", due="2026-03-20"),
    )
    affairs = affairs_of(shop.shelf(*records))[shop.BUYER]
    assert [(one.remedy, str(one.at)) for one in given(affairs)] == [
        ("滤网", "2026-03-12"),
        ("券", "2026-03-14"),
        ("抹布", "2026-03-16"),
        ("清洗", "2026-03-19"),
    ]
    found = spent(affairs)
    assert (found.remedies, found.costs) == (4, (Amount(Decimal("115.50")), Amount(Decimal("5.00"), "USD")))


def test_nothing_given_is_nothing() -> None:
    """No sums at all."""
    assert spent(affairs_of(shop.shelf())[shop.BUYER]) == (0, ())
