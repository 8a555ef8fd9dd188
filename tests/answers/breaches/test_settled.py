"""What settles a breach: the apology, its remedy once it was given, or a record about the breach."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.answers.breaches.finding import Breach
from tests.answers import shop
from tests.answers.breaches.service import found

LATE = "PM26-0001/late-promise"
GIFT = "PM26-0009"


def _late(apology: str, gift: str = "", now: str = "2026-12-31") -> Breach:
    """A spoken promise kept late, with an apology, and the remedy where it is a promise of its own."""
    said = shop.record("PM26-0001", what="回电话", due="2026-03-10", kept="{at: 2026-03-12}", apologised=apology)
    records = [said] + ([shop.record(GIFT, made_on="2026-03-13", what="compensate", due="2026-03-20")] if gift else [])
    if gift and gift != "open":
        records[1] = records[1] + gift + "\n"
    return found(*records, now=now)[LATE]


def test_an_apology_without_a_remedy_settles() -> None:
    """As it always did."""
    breach = _late("{at: 2026-03-13, how: 致歉}")
    assert breach.settled is not None
    assert (breach.settled.how, breach.settled.on, breach.settled.reason) == ("apology", date(2026, 3, 13), "致歉")


def test_a_remedy_given_at_once_is_told() -> None:
    """With what it cost."""
    breach = _late("{at: 2026-03-13, how: 致歉, remedy: 滤网, cost: 35.00}")
    assert breach.settled is not None
    assert breach.settled.reason == "致歉; 滤网 35.00"


@pytest.mark.parametrize("gift", ["open", "broken: {on: 2026-03-19}"])
def test_a_remedy_that_was_promised_and_not_given_keeps_it_open(gift: str) -> None:
    """Not due yet, overdue or broken: the customer has nothing."""
    breach = _late(f"{{at: 2026-03-13, remedy: 滤网, remedy_in: {GIFT}}}", gift)
    assert (breach.settled, breach.awaits) == (None, GIFT)


@pytest.mark.parametrize(
    ("gift", "on"),
    [
        ("kept: {at: 2026-03-19}", date(2026, 3, 19)),
        ("kept: {at: 2026-03-25}", date(2026, 3, 25)),
        ("released: {on: 2026-03-18}", date(2026, 3, 18)),
        ("kept: {at: 2026-03-13}", date(2026, 3, 13)),
    ],
)
def test_it_is_settled_on_the_day_the_remedy_was_given_or_let_go(gift: str, on: date) -> None:
    """Late too: that is a breach of its own."""
    breach = _late(f"{{at: 2026-03-13, remedy: 滤网, remedy_in: {GIFT}}}", gift)
    assert breach.settled is not None
    assert (breach.settled.on, breach.awaits) == (on, "")


def test_a_remedy_that_nobody_wrote_down_settles_nothing() -> None:
    """An id that leads nowhere is a fault of the book, and no proof that anything was given."""
    breach = _late("{at: 2026-03-13, remedy: 滤网, remedy_in: PM26-0008}")
    assert (breach.settled, breach.awaits) == (None, "PM26-0008")


def test_a_breach_that_broke_no_promise_waits_for_its_remedy_too() -> None:
    """The apology stands in the record about the breach."""
    sold = shop.record("SA26-0001")
    work = shop.record("DE26-0001", person="ST26-0001", opened="no", signed="{by: 王, at: 2026-03-02T10:00}")
    about = shop.record(
        "PM26-0001", of="DE26-0001/unopened", apologised=f"{{at: 2026-03-03, remedy: 滤网, remedy_in: {GIFT}}}"
    )
    gift = shop.record(GIFT, what="compensate", due="2026-03-20")
    open_one = found(sold, work, about, gift)["DE26-0001/unopened"]
    assert (open_one.settled, open_one.awaits) == (None, GIFT)
    given = found(sold, work, about, f"{gift}kept: {{at: 2026-03-19}}\n")["DE26-0001/unopened"]
    assert given.settled is not None
    assert given.settled.on == date(2026, 3, 19)


def test_accepted_with_a_reason_it_is_settled_though_the_remedy_is_owed() -> None:
    """A decision of the shop's; the promise of the remedy goes on."""
    sold = shop.record("SA26-0001")
    work = shop.record("DE26-0001", person="ST26-0001", opened="no", signed="{by: 王, at: 2026-03-02T10:00}")
    about = shop.record(
        "PM26-0001",
        of="DE26-0001/unopened",
        apologised=f"{{at: 2026-03-03, remedy: 滤网, remedy_in: {GIFT}}}",
        accepted="{on: 2026-03-04, reason: 顾客谅解}",
    )
    breach = found(sold, work, about, shop.record(GIFT, what="compensate", due="2026-03-20"))["DE26-0001/unopened"]
    assert breach.settled is not None
    assert breach.settled.how == "accepted"
