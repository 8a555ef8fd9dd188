"""Returns without a reason: by when each law wants the price paid back, against a table written by hand."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.plain.moments import Span
from aftercare.policies import load
from aftercare.policies.plans import Plan

_DISTANCE = frozenset({"online", "phone", "tv", "mail"})
_AWAY = _DISTANCE | {"home", "door_to_door"}


def _plans(country: str) -> list[Plan]:
    found = load.rules([], country=country, region="").plans
    return [plan for plan in found if plan.step == "refund-by-law"]


@pytest.mark.parametrize(
    ("country", "line", "after", "runs_from", "days", "since", "sold_by"),
    [
        ("CN", "cn-cpl/refund-by-law", "goods_returned", "", 7, date(2014, 3, 15), _DISTANCE),
        ("DE", "de/refund-by-law", "goods_sent_back", "reported", 14, date(2014, 6, 13), _AWAY),
        ("FR", "fr/refund-by-law", "goods_sent_back", "reported", 14, date(2014, 6, 14), _AWAY),
        ("GB", "uk/refund-by-law", "goods_sent_back", "", 14, date(2015, 10, 1), _AWAY),
        ("TW", "tw/refund-by-law", "goods_returned", "", 15, date(2015, 6, 19), _AWAY),
    ],
)
def test_the_price_is_back_in_the_days_of_the_law(
    country: str, line: str, after: str, runs_from: str, days: int, since: date, sold_by: frozenset[str]
) -> None:
    """One line for each place, law, only for a return without a reason and for the channels the law speaks of."""
    (plan,) = _plans(country)
    assert (plan.line, plan.after, plan.runs_from) == (line, after, runs_from)
    assert (plan.spans(since), plan.value(date.fromordinal(since.toordinal() - 1))) == ([Span(days=days)], None)
    assert (plan.what, plan.is_law, plan.no_reason, plan.sold_by) == ("refund", True, True, sold_by)


@pytest.mark.parametrize("country", ["US", "CA", "JP", "AU"])
def test_where_no_text_was_read_nothing_is_promised(country: str) -> None:
    """The other places have no day of their own."""
    assert _plans(country) == []


def test_the_shops_own_terms_wait_to_be_named() -> None:
    """No shop takes goods back without a reason because a pack ships."""
    packs = load.shipped()
    assert "service-returns" not in {pack.id for pack in load.in_force(packs, country="CN", region="", named=None)}
    named = load.in_force(packs, country="CN", region="", named=[load.PLACE, "service-returns"])
    assert "service-returns" in {pack.id for pack in named}
