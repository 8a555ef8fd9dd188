"""Repairs that wait for parts: the promise of supply, what keeps and moves it, and what is to be ordered."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers import supplies
from aftercare.answers.affairs import affairs_of, customers_of
from aftercare.answers.ids_of_now import claims_by_any_id, parts_by_any_id
from aftercare.answers.kept_with import keep_with
from aftercare.plain.moments import iso, parse
from tests.answers import shop
from tests.answers.books import moments_near
from tests.answers.shop import BUYER, deadline, promises, record

OURS = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: part, title: 待件, category: goods, after: waits_for_part, what: supply_part, step: supply-part,
   channel: counter, due: {2020-01-01: [{days: 20}]}}
- {id: told, title: 到件, category: goods, after: part_arrived, what: information, step: tell-part-arrived,
   channel: phone, due: {2020-01-01: [{days: 1}]}}
"""
SALE = record("SA26-0001")
CLAIM, PART = "CL26-0001", "PA26-0001"
SUPPLY, TELL = f"{CLAIM}/supply-part.1", f"{CLAIM}/tell-part-arrived.1"
WAIT = f"from: 2026-08-06, for: {PART}, because: no_parts"
NOW = "2026-12-31"


def _claim(*waits: str, claim: str = CLAIM, more: str = "", **facts: str) -> str:
    waiting = ", ".join(f"{{{wait}}}" for wait in waits or (WAIT,))
    return record(claim, repairs=f"[{{in: 2026-08-05, waiting: [{waiting}]{more}}}]", **facts)


def _part(**rows: str) -> str:
    return record(PART, name="压缩机", **rows)


def _state(*records: str, promise: str = SUPPLY, now: str = NOW) -> tuple[str, str | None]:
    found = promises(SALE, *records, now=now, plans=OURS)[promise]
    return found.state, deadline(found)


class TestPromise:
    """A repair that waits for a part of the book is promised the part."""

    def test_words_and_other_reasons_promise_nothing(self) -> None:
        """Only a part of the book can come; a customer who makes us wait, or a repairer, waits for no part."""
        for wait in ("from: 2026-08-06, for: 压缩机, because: no_parts", WAIT.replace("no_parts", "customer")):
            assert promises(SALE, _claim(wait), _part(), now=NOW, plans=OURS) == {}
        assert SUPPLY in promises(SALE, _claim(f"from: 2026-08-06, for: {PART}"), _part(), now=NOW, plans=OURS)

    def test_it_is_numbered_by_all_the_waits_of_the_claim(self) -> None:
        """A wait whose reason is mended changes the number of no other one."""
        waits = ("from: 2026-08-05, to: 2026-08-06, for: 顾客, because: customer", WAIT)
        found = promises(SALE, _claim(*waits), _part(), now=NOW, plans=OURS)
        assert list(found) == [f"{CLAIM}/supply-part.2"]

    def test_it_is_due_after_the_parts_own_days_else_after_the_plans(self) -> None:
        """The days that the part takes count from when the repair began to wait."""
        assert _state(_claim(), _part(), now="2026-08-26") == ("due", "2026-08-26")
        assert _state(_claim(), _part(), now="2026-08-27") == ("overdue", "2026-08-26")
        assert _state(_claim(), _part(lead_days="7"), now="2026-08-13") == ("due", "2026-08-13")
        assert _state(_claim(), _part(lead_days="7"), now="2026-08-14") == ("overdue", "2026-08-13")

    @pytest.mark.parametrize(
        ("order", "due"),
        [
            (f"at: 2026-08-07, qty: 1, expected: 2026-08-30, for: [{CLAIM}]", "2026-08-30"),
            ("at: 2026-08-07, qty: 1, expected: 2026-08-30", "2026-08-30"),
            ("at: 2026-08-01, qty: 1, expected: 2026-08-09", "2026-08-09"),
            ("at: 2026-08-07, qty: 1, expected: 2026-08-30, for: [CL26-0009]", "2026-08-26"),
            ("at: 2026-08-07, qty: 2, expected: 2026-08-30, for: [CL26-0009]", "2026-08-30"),
            ("at: 2026-08-07, qty: 1", "2026-08-26"),
            (f"at: 2026-08-26, qty: 1, expected: 2026-09-30, for: [{CLAIM}]", "2026-09-30"),
            (f"at: 2026-08-27, qty: 1, expected: 2026-09-30, for: [{CLAIM}]", "2026-08-26"),
        ],
    )
    def test_an_order_with_a_day_moves_it(self, order: str, due: str) -> None:
        """One that names the repair, or has a piece for nobody yet; what was late already is not mended by an order."""
        found = promises(SALE, _claim(), _part(ordered=f"[{{{order}}}]"), now="2026-08-27", plans=OURS)[SUPPLY]
        assert deadline(found) == due
        assert found.draft.term is not None
        assert iso(found.draft.term.by) == "2026-08-26"
        assert found.moves == (due != "2026-08-26")

    def test_what_came_for_others_moves_nothing(self) -> None:
        """The first order came in and went elsewhere; the second is the one to wait for."""
        rows = (
            "[{at: 2026-08-01, qty: 1, expected: 2026-08-10}, {at: 2026-08-08, qty: 1, expected: 2026-08-25}]",
            "[{at: 2026-08-10, qty: 1}]",
        )
        waiting = _part(ordered=rows[0])
        assert _state(_claim(), waiting, now="2026-08-09") == ("waiting", "2026-08-10")
        assert _state(_claim(), _part(ordered=rows[0], received=rows[1]), now="2026-08-11") == ("waiting", "2026-08-25")

    def test_the_receipt_that_is_set_aside_keeps_it(self) -> None:
        """In time on its last day; the day after it is late, and the order's day goes on to count once it is there."""
        ordered = f"[{{at: 2026-08-07, qty: 1, expected: 2026-08-30, for: [{CLAIM}]}}]"
        for came, state in (("2026-08-30T20:00", "kept"), ("2026-08-31", "kept_late")):
            part = _part(ordered=ordered, received=f"[{{at: {came}, qty: 1, for: [{CLAIM}]}}]")
            assert _state(_claim(), part) == (state, "2026-08-30")
        nobody = _part(
            ordered="[{at: 2026-08-01, qty: 1, expected: 2026-08-30}]",
            received=f"[{{at: 2026-08-30, qty: 1, for: [{CLAIM}]}}]",
        )
        assert _state(_claim(), nobody) == ("kept", "2026-08-30")
        assert _state(_claim(), _part(received="[{at: 2026-08-10, qty: 1}]"), now="2026-08-11")[0] == "waiting"

    def test_a_receipt_keeps_only_the_wait_in_which_it_came(self) -> None:
        """The first wait was over before, the second began after."""
        waits = (f"{WAIT}, to: 2026-08-08", WAIT.replace("08-06", "08-12"))
        part = _part(received=f"[{{at: 2026-08-10, qty: 1, for: [{CLAIM}]}}]")
        found = promises(SALE, _claim(*waits), part, now="2026-08-13", plans=OURS)
        assert {name: one.state for name, one in found.items()} == {SUPPLY: "kept", f"{CLAIM}/supply-part.2": "waiting"}
        kept = found[SUPPLY].kept
        assert kept is not None
        assert kept.record == CLAIM

    def test_a_repair_that_goes_on_has_its_part(self) -> None:
        """Resumed, or handed back; one that was not done, and a claim that ended otherwise, need none."""
        assert _state(_claim(f"{WAIT}, to: 2026-08-20"), _part()) == ("kept", "2026-08-26")
        assert _state(_claim(more=", out: 2026-08-27, result: fixed"), _part()) == ("kept_late", "2026-08-26")
        assert _state(_claim(more=", out: 2026-08-20, result: not_done"), _part())[0] == "void"
        assert _state(_claim(replaced="{on: 2026-08-20}"), _part())[0] == "void"
        assert _state(_claim(refunded="{on: 2026-08-20, amount: 1}"), _part())[0] == "void"
        assert _state(_claim(closed="{on: 2026-08-20}"), _part())[0] == "void"

    def test_the_command_that_keeps_it_names_part_and_repair(self) -> None:
        """``due --how`` can be typed as it stands."""
        found = shop.ledger(SALE, _claim(), _part(), now="2026-08-07", plans=OURS)
        promise = found.get(SUPPLY)
        assert promise is not None
        assert keep_with(promise, found.affairs[BUYER]) == (
            f"aftercare part receive {PART} --qty 1 --for {CLAIM}".split()
        )


class TestTold:
    """Once the part is there the customer is told."""

    CAME = _part(received=f"[{{at: 2026-08-10T09:00, qty: 1, for: [{CLAIM}]}}]")

    def test_by_the_next_day(self) -> None:
        """It is no promise before; on the last good day it is due, the day after it is late."""
        assert TELL not in promises(SALE, _claim(), _part(), now=NOW, plans=OURS)
        assert _state(_claim(), self.CAME, promise=TELL, now="2026-08-11") == ("due", "2026-08-11")
        assert _state(_claim(), self.CAME, promise=TELL, now="2026-08-12") == ("overdue", "2026-08-11")

    def test_a_call_keeps_it_and_the_hand_over_makes_it_needless(self) -> None:
        """Who has the unit back knows."""
        call = record("VI26-0001", keeps=f"[{TELL}]", purpose="information", at="2026-08-11T10:00")
        assert _state(_claim(), self.CAME, call, promise=TELL)[0] == "kept"
        assert _state(_claim(more=", out: 2026-08-10, result: fixed"), self.CAME, promise=TELL)[0] == "void"
        assert _state(_claim(more=", out: 2026-08-12, result: fixed"), self.CAME, call, promise=TELL)[0] == "kept"


@given(moments_near(date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 31)), st.integers(1, 400))
def test_lead_days_are_calendar_days(began: date, days: int) -> None:
    """Kept on the day, late on the day after, over the ends of months and years and 29 February."""
    claim = record(
        CLAIM,
        reported_on=began.isoformat(),
        repairs=f"[{{in: {began}, waiting: [{{from: {began}, for: {PART}, because: no_parts}}]}}]",
    )
    due = began + timedelta(days)
    for came, state in ((due, "kept"), (due + timedelta(1), "kept_late")):
        part = _part(lead_days=str(days), received=f"[{{at: {came}, qty: 1, for: [{CLAIM}]}}]")
        assert _state(claim, part, now="9999-01-01") == (state, due.isoformat())


class TestLevel:
    """What is there, what lies ready, and what to order."""

    def _level(self, *claims: str, now: str = "2026-08-10", **part: str) -> supplies.Level:
        shelf = shop.shelf(SALE, *claims, _part(**part))
        parts = parts_by_any_id(shelf)
        known = claims_by_any_id(shelf)
        waits = supplies.waiting(known.values(), parts).get(PART, [])
        return supplies.level(parts[PART], known, waits, parse(now))

    def test_a_piece_lies_ready_until_it_is_used_or_needed_no_more(self) -> None:
        """For each repair one, as far as the pieces reach; others may have what is left."""
        came = f"[{{at: 2026-08-07, qty: 3, for: [{CLAIM}]}}]"
        level = self._level(_claim(), received=came)
        assert [int(n) for n in (level.stock, level.set_aside, level.free)] == [3, 1, 2]
        used = self._level(_claim(), received=came, used=f"[{{at: 2026-08-08, qty: 1, for: {CLAIM}}}]")
        assert [int(n) for n in (used.stock, used.set_aside, used.free)] == [2, 0, 2]
        back = self._level(_claim(more=", out: 2026-08-09"), received=came)
        assert [int(n) for n in (back.stock, back.set_aside)] == [3, 0]
        assert (
            int(self._level(_claim(), received=f"[{{at: 2026-08-07, qty: 1, for: [{CLAIM}, CL26-0002]}}]").set_aside)
            == 1
        )

    @pytest.mark.parametrize(
        ("part", "wanted"),
        [
            ({"counted": "[{at: 2026-08-01, qty: 3}]", "reorder_at": "2"}, 0),
            ({"counted": "[{at: 2026-08-01, qty: 2}]", "reorder_at": "2"}, 1),
            ({"counted": "[{at: 2026-08-01, qty: 2}]", "reorder_at": "2", "reorder_qty": "5"}, 5),
            ({"counted": "[{at: 2026-08-01, qty: 1}]", "ordered": "[{at: 2026-08-02, qty: 1}]", "reorder_at": "2"}, 1),
            ({"counted": "[{at: 2026-08-01, qty: 1}]", "ordered": "[{at: 2026-08-02, qty: 2}]", "reorder_at": "2"}, 0),
            ({"reorder_at": "0"}, 1),
            ({}, 0),
        ],
    )
    def test_the_reorder_point_is_reached_by_what_is_there_and_on_the_way(
        self, part: dict[str, str], wanted: int
    ) -> None:
        """At the point or below it: as many as the part says, else until it is over the point again."""
        assert int(self._level(**part).to_order) == wanted

    def test_a_repair_that_waits_is_reckoned_with(self) -> None:
        """What it will take is as good as gone; a part without a reorder point is ordered for it too."""
        assert int(self._level(_claim()).to_order) == 1
        assert int(self._level(_claim(), ordered="[{at: 2026-08-07, qty: 1}]").to_order) == 0
        assert int(self._level(_claim(), reorder_at="1", reorder_qty="1").to_order) == 1
        assert int(self._level(_claim(), reorder_at="1").to_order) == 3
        assert int(self._level(_claim(more=", out: 2026-08-09")).to_order) == 0

    def test_who_began_to_wait_first_comes_first(self) -> None:
        """Not the smaller number."""
        second = _claim(WAIT.replace("08-06", "08-05T12:00"), claim="CL26-0002")
        assert self._level(_claim(), second).waiting == ("CL26-0002", CLAIM)


class TestWhomItTouches:
    """A part belongs to nobody, but promises to customers follow from it."""

    def test_a_part_touches_the_customers_of_its_repairs(self) -> None:
        """Those that wait for it, those it was ordered or came for, those it was used for."""
        shelf = shop.shelf(
            SALE,
            _claim(),
            _part(),
            record("PA26-0002", name="阀", used="[{at: 2026-08-07, qty: 1, for: SA26-0001/1}]"),
            record("PA26-0003", name="管"),
        )
        touched = {name: customers_of(shelf, one) for name, one in shelf.records.items() if name.startswith("PA")}
        assert touched == {PART: {BUYER}, "PA26-0002": {BUYER}, "PA26-0003": set()}
        assert [use.subject for use in affairs_of(shelf)[BUYER].uses] == ["SA26-0001/1"]

    def test_earlier_ids_lead_to_the_same(self) -> None:
        """A part and a claim that were numbered anew keep their promises."""
        part = record(
            "PA26-0007", name="压缩机", formerly=f"[{PART}]", received="[{at: 2026-08-09, qty: 1, for: [CL26-0044]}]"
        )
        claim = _claim(formerly="[CL26-0044]")
        assert _state(claim, part)[0] == "kept"
