"""What is owed because of points: a gift is handed over, and who has points is told before they expire."""

from __future__ import annotations

import pytest

from tests.answers.shop import BUYER, CHAIR, promises, record

PACK = """
id: ours
issuer: shop
title: t
points:
- id: buy
  title: t
  category: goods
  earn: {2020-01-01: {points: 1, per: 10}}
  expires: {2020-01-01: {months: 2}}
plans:
- id: tell
  title: t
  category: goods
  after: points_expire
  what: information
  step: tell-points
  channel: message
  due: {2020-01-01: [{days: 0}]}
  ahead: {days: 30}
  late: worthless
"""
SALE = record("SA26-0001", sold_on="2026-03-05", items=f"[{{product: {CHAIR}, price: 1000}}]")
GIFT, TELL = "PT26-0001/hand-over.1", f"{BUYER}/tell-points.202605"


def _states(*records: str, now: str, begins_on: str = "") -> dict[str, tuple[str, str]]:
    """How each promise stands, and when it is due."""
    found = promises(*records, now=now, plans=PACK, begins_on=begins_on)
    return {name: (one.state, one.due.by.isoformat() if one.due else "") for name, one in found.items()}


def _drawn(**said: str) -> str:
    return record("PT26-0001", customer=BUYER, on="2026-03-10", drawn="50", **{"for": "旅游", **said})


class TestHandingOver:
    """What was drawn for is handed over: by the time that was told, else the same day."""

    def test_what_was_told(self) -> None:
        """A time that was said binds; late is overdue, and keeping it late asks for an apology."""
        told = _drawn(hand_over_by="2026-03-12")
        assert _states(SALE, told, now="2026-03-10")[GIFT] == ("waiting", "2026-03-12")
        assert _states(SALE, told, now="2026-03-13")[GIFT] == ("overdue", "2026-03-12")
        late = _drawn(hand_over_by="2026-03-12", handed_over="{at: 2026-03-13}")
        assert {f"{GIFT}/apology", GIFT} <= _states(SALE, late, now="2026-03-13").keys()

    def test_the_same_day(self) -> None:
        """Where no time was said it is our own plan for the day itself."""
        assert _states(SALE, _drawn(), now="2026-03-10")[GIFT] == ("due", "2026-03-10")
        at_once = _drawn(handed_over="{at: 2026-03-10}")
        assert _states(SALE, at_once, now="2026-03-10")[GIFT] == ("kept", "2026-03-10")

    def test_called_off(self) -> None:
        """Nothing is owed any more for points that went back."""
        assert _states(SALE, _drawn(cancelled="{on: 2026-03-11}"), now="2026-03-12")[GIFT][0] == "void"

    def test_the_opening_day(self) -> None:
        """Of what was drawn before the book began only what was told is owed."""
        assert GIFT not in _states(SALE, _drawn(), now="2026-03-10", begins_on="2026-03-11")
        told = _drawn(hand_over_by="2026-03-12")
        assert GIFT in _states(SALE, told, now="2026-03-10", begins_on="2026-03-11")

    def test_given_points_promise_nothing(self) -> None:
        """Only what is drawn is drawn for something."""
        given = record("PT26-0001", customer=BUYER, on="2026-03-10", given="50")
        assert GIFT not in _states(SALE, given, now="2026-03-10")


class TestTelling:
    """Who has points that expire is told in their last thirty days, with consent alone."""

    WILLING = record(BUYER, consent="{messages: yes}")

    @pytest.mark.parametrize(
        ("now", "state"),
        [("2026-04-04", "waiting"), ("2026-04-05", "due"), ("2026-05-05", "due"), ("2026-05-06", "broken")],
    )
    def test_in_the_last_days(self, now: str, state: str) -> None:
        """Thirty days before the last good day, and on it at the latest: after that nobody can make use of them."""
        assert _states(self.WILLING, SALE, now=now)[TELL] == (state, "2026-05-05")

    @pytest.mark.parametrize(
        "more", ["", "{greetings: yes}", "{messages: no}", "{messages: yes, on: 2026-05-06}"], ids=str
    )
    def test_without_consent_nobody_is_told(self, more: str) -> None:
        """Nor of what was gone when the customer said yes."""
        assert TELL not in _states(record(BUYER, consent=more), SALE, now="2026-05-06")

    def test_who_wishes_no_contact(self) -> None:
        """Is not told either."""
        silent = record(BUYER, consent="{messages: yes}", do_not_contact="不要打扰")
        assert TELL not in _states(silent, SALE, now="2026-04-10")

    def test_a_message_keeps_it(self) -> None:
        """Any contact of information in time; spending the points afterwards changes nothing of that."""
        visit = record("VI26-0001", channel="message", purpose="information", at="2026-04-10T10:00")
        spent = record("PT26-0001", customer=BUYER, on="2026-04-20", drawn="100", handed_over="{at: 2026-04-20}")
        assert _states(self.WILLING, SALE, visit, now="2026-04-10")[TELL][0] == "kept"
        assert _states(self.WILLING, SALE, visit, spent, now="2026-04-21")[TELL][0] == "kept"

    def test_spent_points_need_no_telling(self) -> None:
        """What was drawn before anybody told is void; what was called off again is not."""
        drawn = {"customer": BUYER, "on": "2026-04-20", "drawn": "100"}
        spent = record("PT26-0001", **drawn)
        assert _states(self.WILLING, SALE, spent, now="2026-04-21")[TELL][0] == "void"
        again = record("PT26-0001", **drawn, cancelled="{on: 2026-04-22}")
        assert _states(self.WILLING, SALE, again, now="2026-04-23")[TELL][0] == "due"

    def test_once_for_a_month(self) -> None:
        """All that expires in one month is told of together, before the first of it."""
        second = record("SA26-0002", sold_on="2026-03-20", items=f"[{{product: {CHAIR}, price: 500}}]")
        third = record("SA26-0003", sold_on="2026-04-01", items=f"[{{product: {CHAIR}, price: 500}}]")
        found = promises(self.WILLING, SALE, second, third, now="2026-04-10", plans=PACK)
        told = {name: one for name, one in found.items() if one.draft.plan}
        assert sorted(told) == [TELL, f"{BUYER}/tell-points.202606"]
        assert told[TELL].draft.words == "150 points that expire"
