"""L6: repairs that hold, and work by people who may do it."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.asof import known_on
from aftercare.answers.ledger import ledger_of
from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.counting import Facts, counted
from aftercare.answers.people import tallies
from aftercare.answers.period import EVER, Period
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.breaches.service import STANDARD
from tests.answers.measures.workshop import FITTER, HELPER, SALE, cases, claim, facts, repaired, score, whys

ONCE = repaired("2026-03-01", "2026-03-02")
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


class TestRightFirstTime:
    """Fixed, of a fault that nobody had repaired before, and not back with it."""

    def test_fixed_for_good_is_right(self) -> None:
        """Known as in `staff work`, with whom, what, by whom and where it was sold."""
        case = cases("L6", claim(4, ONCE))["CL26-0004/1"]
        assert (case.good, case.why, case.part) == (True, "", "")
        assert (case.customer, case.product, case.channel) == (shop.BUYER, shop.COOLER, "online")
        assert (case.person, case.records, case.on) == (FITTER, ("CL26-0004",), date(2026, 3, 2))

    @pytest.mark.parametrize(
        ("result", "why"),
        [("fixed", True), ("not_fixed", "not_fixed"), ("no_fault", "no_fault"), ("", "unknown")],
    )
    def test_another_result_is_the_reason(self, result: str, why: str | bool) -> None:
        """What nobody noted is not taken for mended."""
        assert whys("L6", claim(1, repaired("2026-03-01", "2026-03-02", result=result))) == {"CL26-0001/1": why}

    def test_what_was_given_back_undone_is_no_repair(self) -> None:
        """As in `staff work`; and what is still in the shop counts nowhere yet."""
        undone = repaired("2026-03-01", "2026-03-02", result="not_done")
        assert whys("L6", claim(1, undone), claim(2, "in: 2026-03-05, result: fixed")) == {}

    def test_the_first_came_back_and_the_second_repeats_it(self) -> None:
        """Both count against, each for its own reason; each names both claims."""
        found = cases("L6", claim(1, ONCE), claim(2, repaired("2026-04-01", "2026-04-02")))
        assert {case.id: case.why for case in found.values()} == {"CL26-0001/1": "came_back", "CL26-0002/1": "repeat"}
        assert found["CL26-0001/1"].records == ("CL26-0001", "CL26-0002")
        assert found["CL26-0002/1"].records == ("CL26-0002", "CL26-0001")

    def test_the_first_reason_that_holds_is_told(self) -> None:
        """A repair that did not mend the fault did not mend it, whether it was the second or came back."""
        failed = repaired("2026-03-01", "2026-03-02", result="not_fixed")
        again = repaired("2026-03-05", "2026-03-06", result="")
        third = repaired("2026-03-09", "2026-03-10")
        expected = {"CL26-0001/1": "not_fixed", "CL26-0001/2": "unknown", "CL26-0001/3": "repeat"}
        assert whys("L6", claim(1, failed, again, third)) == expected

    def test_it_is_the_same_fault_by_its_name_or_as_the_claim_says(self) -> None:
        """What was found goes before what the customer saw; capitals and the width of letters are no difference."""
        first = claim(1, repaired("2026-03-01", "2026-03-02", more=", problem: e4 fault"))
        named = claim(2, repaired("2026-04-01", "2026-04-02", more=", problem: Ｅ4 Fault"), fault="{symptom: 停机}")
        linked = claim(2, repaired("2026-04-01", "2026-04-02"), fault="{symptom: 停机, same_as: CL26-0001}")
        other = claim(2, repaired("2026-04-01", "2026-04-02", more=", problem: 漏氟"))
        for again in (named, linked):
            assert whys("L6", first, again) == {"CL26-0001/1": "came_back", "CL26-0002/1": "repeat"}
        assert whys("L6", first, other) == {"CL26-0001/1": True, "CL26-0002/1": True}

    def test_what_came_and_went_on_one_day_does_not_repeat_itself(self) -> None:
        """Mended while the customer waited, with no hour noted."""
        assert whys("L6", claim(1, repaired("2026-03-01", "2026-03-01"))) == {"CL26-0001/1": True}

    def test_another_unit_has_a_fault_of_its_own(self) -> None:
        """Two things of one sale with one fault are two faults."""
        chair = claim(2, repaired("2026-04-01", "2026-04-02"), unit="SA26-0001/2")
        assert whys("L6", claim(1, ONCE), chair) == {"CL26-0001/1": True, "CL26-0002/1": True}
        assert cases("L6", chair)["CL26-0002/1"].product == shop.CHAIR

    def test_it_came_back_once_it_is_in_again_by_today(self) -> None:
        """What is still to come has not happened; the day itself counts."""
        records = claim(1, ONCE), claim(2, "in: 2026-04-01T09:00")
        assert whys("L6", *records, now="2026-03-31") == {"CL26-0001/1": True}
        assert whys("L6", *records, now="2026-04-01") == {"CL26-0001/1": "came_back"}

    def test_a_repair_counts_on_the_day_it_went_out(self) -> None:
        """The first and the last day of a period are in it; what follows in another period is seen all the same."""
        ends = claim(1, repaired("2026-02-20", "2026-03-01")), claim(2, repaired("2026-03-30", "2026-03-31T18:00"))
        assert list(whys("L6", *ends, period=MARCH)) == ["CL26-0001/1", "CL26-0002/1"]
        assert whys("L6", *ends, period=MARCH)["CL26-0001/1"] == "came_back"
        later = claim(1, repaired("2026-03-31", "2026-04-01")), claim(2, repaired("2026-02-01", "2026-02-28"))
        assert whys("L6", *later, period=MARCH) == {}

    def test_what_went_out_after_today_is_not_counted(self) -> None:
        """As it was known then, the unit was still in the shop."""
        shelf, rules = shop.shelf(SALE, claim(1, ONCE)), shop.rules(STANDARD)
        for now, count in (("2026-03-01", 0), ("2026-03-02", 1)):
            known = known_on(shelf, parse(now))
            then = Facts(known, ledger_of(known, rules, parse(now)), parse(now), tuple)
            assert counted(BY_ID["L6"], then, EVER).of == count
            assert score("L6", claim(1, ONCE), now=now).of == count

    def test_records_that_were_renumbered_are_the_same(self) -> None:
        """The claim, its unit and the fitter may be called by numbers that they had."""
        moved = shop.record("ST26-0008", name="钱", formerly="[ST26-0007]")
        sale = shop.record("SA26-0009", items=f"[{{product: {shop.COOLER}}}]", formerly="[SA26-0005]")
        first = claim(
            8, repaired("2026-03-01", "2026-03-02", by="ST26-0007"), unit="SA26-0005/1", formerly="[CL26-0002]"
        )
        again = claim(9, repaired("2026-04-01", "2026-04-02"), unit="SA26-0009/1", fault="{same_as: CL26-0002}")
        found = cases("L6", moved, sale, first, again)
        assert {case.id: case.why for case in found.values()} == {"CL26-0008/1": "came_back", "CL26-0009/1": "repeat"}
        assert (found["CL26-0008/1"].person, found["CL26-0008/1"].product) == ("ST26-0008", shop.COOLER)


class TestBackWithinDays:
    """In again with the same fault within so many days of being handed back."""

    @pytest.mark.parametrize(
        ("came", "within"), [("2026-03-02", True), ("2026-04-01", True), ("2026-04-02", False), ("2026-05-01", False)]
    )
    def test_the_thirtieth_day_is_within_and_the_next_is_not(self, came: str, within: bool) -> None:
        """Handed back on 2 March: day 30 is 1 April; the very day is within too."""
        again = claim(2, f"in: {came}T17:00")
        assert whys("repeat_30", claim(1, ONCE), again) == {"CL26-0001/1": within}

    @pytest.mark.parametrize(
        ("out", "last"), [("2026-01-31", "2026-03-02"), ("2028-01-30", "2028-02-29"), ("2028-02-29", "2028-03-30")]
    )
    def test_days_are_counted_by_the_calendar(self, out: str, last: str) -> None:
        """Over the end of February, with the 29th and without."""
        first = claim(1, repaired("2026-01-01", out, more=", problem: 甲"))
        again = claim(2, f"in: {last}, problem: 甲")
        assert whys("repeat_30", first, again, now="2028-12-31") == {"CL26-0001/1": True}
        day_before = parse(last).toordinal() - 1
        assert score("repeat_30", first, now=date.fromordinal(day_before).isoformat()).of == 0
        assert score("repeat_30", first, now=last).of == 1

    @pytest.mark.parametrize(("days", "first_day"), [(30, "2026-04-01"), (60, "2026-05-01"), (90, "2026-05-31")])
    def test_it_counts_from_the_day_on_which_the_days_are_over(self, days: int, first_day: str) -> None:
        """Before that day it may still come back, whether it did already or not."""
        records = claim(1, ONCE), claim(2, "in: 2026-03-03")
        before = date.fromordinal(parse(first_day).toordinal() - 1).isoformat()
        assert whys(f"repeat_{days}", *records, now=before) == {}
        assert whys(f"repeat_{days}", *records, now=first_day) == {"CL26-0001/1": True}

    def test_the_first_time_it_came_back_is_the_one(self) -> None:
        """A repair that repeats another has days of its own."""
        second = claim(2, repaired("2026-05-20", "2026-05-21"))
        third = claim(3, repaired("2026-06-01", "2026-06-02"))
        records = claim(1, ONCE), second, third
        assert whys("repeat_30", *records) == {"CL26-0001/1": False, "CL26-0002/1": True, "CL26-0003/1": False}
        assert whys("repeat_90", *records) == {"CL26-0001/1": True, "CL26-0002/1": True, "CL26-0003/1": False}

    def test_fewer_is_better_and_nothing_is_no_share(self) -> None:
        """A shop without repairs has no figure: not 0 %."""
        assert BY_ID["repeat_60"].less
        assert score("repeat_60").value is None
        assert score("L6").value is None


class TestQualifiedWork:
    """Installations, and repairs at home, by people who may do them."""

    def test_a_certificate_that_had_ended_counts_against(self) -> None:
        """The last day of the certificate is a good day."""
        on_time = shop.record("IN26-0001", technician=FITTER, signed="{by: 王, at: 2026-06-30T12:00}")
        late = shop.record("IN26-0002", technician=FITTER, signed="{by: 王, at: 2026-07-01T12:00}")
        assert whys("qualified_work", on_time, late) == {"IN26-0001": True, "IN26-0002": "unqualified"}
        case = cases("qualified_work", late)["IN26-0002"]
        assert (case.person, case.customer, case.channel) == (FITTER, shop.BUYER, "online")
        assert case.records == ("IN26-0002",)

    def test_nobody_named_is_nobody_who_may(self) -> None:
        """A shop that leaves out who did it would else be the best of all."""
        nobody = shop.record("IN26-0001", signed="{by: 王, at: 2026-03-06}")
        assert whys("qualified_work", nobody) == {"IN26-0001": "no-technician"}

    def test_repairs_at_home_count_where_somebody_was_reached(self) -> None:
        """A call about a repair, a repair at a locked door and a look at the goods are none."""
        home = shop.record(
            "VI26-0001", at="2026-03-09", by=HELPER, channel="home", purpose="repair", about=f"[{shop.UNIT}]"
        )
        called = shop.record("VI26-0002", at="2026-03-09", by=HELPER, purpose="repair")
        shut = shop.record(
            "VI26-0003", at="2026-03-09", by=HELPER, channel="home", purpose="repair", outcome="no_answer"
        )
        look = shop.record("VI26-0004", at="2026-03-09", by=HELPER, channel="home", purpose="maintenance")
        found = cases("qualified_work", home, called, shut, look)
        assert list(found) == ["VI26-0001"]
        assert (found["VI26-0001"].product, found["VI26-0001"].person) == (shop.COOLER, HELPER)

    def test_a_repair_at_home_is_about_what_it_names_or_keeps(self) -> None:
        """A visit that names only the promise that it keeps is about the goods of that promise."""
        visit = {"at": "2026-03-09", "by": HELPER, "channel": "home", "purpose": "repair"}
        kept = shop.record("VI26-0001", keeps=f"[{shop.UNIT}/call-back.1]", **visit)
        assert cases("qualified_work", kept)["VI26-0001"].product == shop.COOLER

    def test_what_was_called_off_is_not_done(self) -> None:
        """Nor is an installation of a sale that was called off, nor one that nobody signed for."""
        signed = "{by: 王, at: 2026-03-06}"
        off = shop.record("IN26-0001", technician=FITTER, signed=signed, cancelled="{on: 2026-03-07}")
        sold = shop.record("SA26-0002", cancelled="{on: 2026-03-08}")
        of_none = shop.record("IN26-0002", sale="SA26-0002", technician=FITTER, signed=signed)
        begun = shop.record("IN26-0003", technician=FITTER, started_at="2026-03-06")
        for measure in ("qualified_work", "checklists_done"):
            assert whys(measure, off, sold, of_none, begun) == {}


class TestChecklists:
    """Installations with the whole checklist ticked, and tested."""

    @pytest.mark.parametrize(
        ("ticks", "tested", "why"),
        [
            ("[level, 排水]", "ok", True),
            ("[level]", "ok", "checklist"),
            ("[level, 排水]", "", "not-tested"),
            ("", "faulty", "checklist"),
        ],
    )
    def test_one_item_left_out_counts_against(self, ticks: str, tested: str, why: str | bool) -> None:
        """The test is part of it; the list goes first."""
        work = shop.record(
            "IN26-0001", technician=FITTER, checklist=ticks, tested=tested, signed="{by: 王, at: 2026-03-06T12:00}"
        )
        assert whys("checklists_done", work) == {"IN26-0001": why}
        assert whys("checklists_done", work, period=MARCH) == {"IN26-0001": why}
        assert whys("checklists_done", work, now="2026-03-05") == {}


_DAYS = st.integers(0, 60).map(lambda nth: date.fromordinal(date(2026, 2, 1).toordinal() + nth).isoformat())


@st.composite
def _claims(draw: st.DrawFn) -> list[str]:
    """Claims about two things with a few faults, their repairs in any order."""
    made = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        repairs = []
        for __ in range(draw(st.integers(1, 2))):
            first, last = sorted((draw(_DAYS), draw(_DAYS)))
            result = draw(st.sampled_from(["fixed", "fixed", "not_fixed", "not_done", "no_fault", ""]))
            repairs.append(repaired(first, last, by=draw(st.sampled_from([FITTER, HELPER])), result=result))
        unit, symptom = f"SA26-0001/{draw(st.integers(1, 2))}", draw(st.sampled_from(["滴水", "异响"]))
        made.append(claim(number, *repairs, unit=unit, fault=f"{{symptom: {symptom}}}"))
    return made


@settings(max_examples=60, deadline=None)
@given(_claims())
def test_staff_work_counts_the_same(records: list[str]) -> None:
    """Right the first time is `fixed_first_time` of somebody; whatever came back is `came_back`."""
    known = facts(*records)
    figures = [one.records for one in tallies(known.shelf, known.ledger, [])]
    first, back, every = (
        {one for of in figures for one in of[figure]} for figure in ("fixed_first_time", "came_back", "repairs")
    )
    found = counted(BY_ID["L6"], known, EVER).cases
    assert {case.id for case in found} == every
    assert {case.id for case in found if case.good} == first
    assert {case.id for case in found if case.why == "came_back"} <= back
    assert {case.id for case in counted(BY_ID["repeat_90"], known, EVER).cases if case.good} <= back
