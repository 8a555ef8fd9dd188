"""L3: what customers brought to us in time; complaints from receipt to solution, and the age of the open ones."""

from __future__ import annotations

from decimal import Decimal

import pytest

from aftercare.answers.period import EVER, Period
from tests.answers import complained, shop
from tests.answers.complained import CASE, case
from tests.answers.measures import scorebook
from tests.answers.measures.scorebook import LATER, SILENT, cases, score, span
from tests.answers.shop import BUYER, CHAIR, UNIT, record

SPOKEN = "PM26-0001"
PERSON = record("ST26-0001", name="小李")
OTHER = record("ST26-0002", name="小赵")
SALE = record("SA26-0001", items=f"[{{product: {CHAIR}, taken: yes}}]", channel="online")


def whys(measure: str, *records: str, now: str = LATER, period: Period = EVER) -> dict[str, str]:
    """Why each case counts against a measure, in a shop with plans for complaints."""
    return scorebook.whys(measure, *records, now=now, period=period, plans=complained.PLANS)


class TestDealtWithInTime:
    """What customers brought to us."""

    @pytest.mark.parametrize(
        "kind",
        [
            "acknowledge",
            "answer",
            "resolve",
            "pass_on",
            "make_safe",
            "report",
            "finish_repair",
            "supply_part",
            "replace",
            "refund",
            "compensate",
        ],
    )
    @pytest.mark.parametrize(
        ("kept", "why"), [("{at: 2026-03-10}", "good"), ("{at: 2026-03-11}", "late"), ("", "overdue")]
    )
    def test_by_these_kinds_of_promise(self, kind: str, kept: str, why: str) -> None:
        """Good is what was kept in time, on the last day too."""
        assert whys("L3", record(SPOKEN, what=kind, due="2026-03-10", kept=kept)) == {SPOKEN: why}

    @pytest.mark.parametrize("kind", ["deliver", "call_back", "information", "return_loan", "confirm", "other"])
    def test_what_we_began_ourselves_is_none(self, kind: str) -> None:
        """A delivery, a call or the return of a loan is not what a customer came for."""
        assert whys("L3", record(SPOKEN, what=kind, due="2026-03-10")) == {}

    def test_a_repair_in_time(self) -> None:
        """By the promise to finish it, wherever it comes from; no other kind is one."""
        mend = record(SPOKEN, what="finish_repair", due="2026-03-10", kept="{at: 2026-03-11}", about=f"[{UNIT}]")
        answer = record("PM26-0002", what="answer", due="2026-03-10")
        assert whys("repairs_in_time", SALE, mend, answer) == {SPOKEN: "late"}


SOLVED = {"answers": "[{at: 2026-06-02, says: 好}]", "resolved": "[{at: 2026-06-03, how: 换了}]"}
"""Acknowledged by the first word, answered within two days, resolved within three: all in time."""


class TestComplaintsInTime:
    """A complaint counts once, when it was first resolved, and is good where no step of it was late."""

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            (SOLVED | {"acknowledged": "[{at: 2026-06-02}]"}, "good"),
            (SOLVED | {"acknowledged": "[{at: 2026-06-03}]", "answers": ""}, "late"),
            (SOLVED | {"answers": "[{at: 2026-06-04, says: 好}]"}, "late"),
            (SOLVED | {"resolved": "[{at: 2026-06-04}]"}, "good"),
            (SOLVED | {"resolved": "[{at: 2026-06-05}]"}, "late"),
        ],
    )
    def test_each_step_has_its_day(self, fields: dict[str, str], why: str) -> None:
        """Told by the day after, answered by the second, resolved by the third day from the receipt."""
        assert whys("complaints_in_time", SALE, case(**fields)) == {CASE: why}

    def test_what_was_not_resolved_is_no_case_yet(self) -> None:
        """However late it is: its age is told, and its promises count in L3."""
        assert whys("complaints_in_time", SALE, case()) == {}
        assert set(whys("L3", SALE, case()).values()) == {"overdue"}

    @pytest.mark.parametrize(("answered", "why"), [("2026-06-12", "good"), ("2026-06-13", "late")])
    def test_every_round_counts_on_the_day_of_the_first_solution(self, answered: str, why: str) -> None:
        """It came back on the 10th; the second answer decides too, and June 3rd stays its day."""
        back = SOLVED | {
            "reopened": "[{at: 2026-06-10}]",
            "acknowledged": "[{at: 2026-06-11}]",
            "answers": f"[{{at: 2026-06-02, says: 好}}, {{at: {answered}, says: 再换}}]",
            "resolved": f"[{{at: 2026-06-03}}, {{at: {answered}}}]",
        }
        assert whys("complaints_in_time", SALE, case(**back), period=span("2026-06-03")) == {CASE: why}
        assert whys("complaints_in_time", SALE, case(**back), period=span("2026-06-04", "2026-12-31")) == {}

    def test_the_open_steps_of_a_round_that_goes_on_are_late_once_they_are_over(self) -> None:
        """Back on the 10th, it is to be acknowledged by the 11th."""
        back = case(**SOLVED, reopened="[{at: 2026-06-10}]")
        assert whys("complaints_in_time", SALE, back, now="2026-06-11") == {CASE: "good"}
        assert whys("complaints_in_time", SALE, back, now="2026-06-12") == {CASE: "late"}

    def test_where_no_step_was_promised_nothing_was_in_time(self) -> None:
        """A shop without such plans is not told that all its complaints were dealt with in time."""
        solved = case(**SOLVED)
        assert scorebook.whys("complaints_in_time", SALE, solved, plans=SILENT) == {}
        assert score("complaint_days", SALE, solved, plans=SILENT).of == 1

    def test_a_step_that_the_customer_let_go_was_not_in_time_either(self) -> None:
        """Where it was the only one, nothing can be said of the complaint."""
        asked = "- {id: answer, title: 答复, category: goods, after: complained, what: answer, step: answer,"
        plans = SILENT + f"{asked}\n   channel: phone, due: {{2020-01-01: [{{days: 2}}]}}}}\n"
        solved = case(resolved="[{at: 2026-06-03}]")
        assert scorebook.whys("complaints_in_time", SALE, solved, plans=plans) == {CASE: "good"}
        let_go = record(SPOKEN, of=f"{CASE}/answer.1", released="{on: 2026-06-02}")
        assert scorebook.whys("complaints_in_time", SALE, solved, let_go, plans=plans) == {}

    def test_the_case_is_the_complaint(self) -> None:
        """By who resolved it, else who had it in hand then, whoever has it now."""
        handed = {"person": "ST26-0001", "assigned": "[{to: ST26-0002, at: 2026-06-10}]", "about": f"[{UNIT}]"}
        found = cases("complaints_in_time", SALE, PERSON, OTHER, case(**SOLVED, **handed), plans=complained.PLANS)[CASE]
        assert (found.customer, found.product, found.channel, found.person) == (BUYER, CHAIR, "online", "ST26-0001")
        assert (found.records, found.binds, found.part) == ((CASE,), None, "")
        done = case(**SOLVED | {"resolved": "[{at: 2026-06-03, by: ST26-0002}]"}, **handed)
        again = cases("complaints_in_time", SALE, PERSON, OTHER, done, plans=complained.PLANS)[CASE]
        assert again.person == "ST26-0002"


class TestComplaintDays:
    """Days from the receipt to the first solution."""

    @pytest.mark.parametrize(
        ("received", "resolved", "days"),
        [
            ("2026-06-01T23:59", "2026-06-02T00:01", 1),
            ("2026-06-01T09:00", "2026-06-01", 0),
            ("2026-06-01", "2026-06-01T18:00", 0),
            ("2028-02-28", "2028-03-01", 2),
            ("2026-02-28", "2026-03-01", 1),
            ("2026-12-31", "2027-01-01", 1),
        ],
    )
    def test_are_whole_days_of_the_calendar(self, received: str, resolved: str, days: int) -> None:
        """Whichever side has an hour."""
        solved = case(received_at=received, resolved=f"[{{at: {resolved}}}]")
        assert cases("complaint_days", SALE, solved, now="2029-01-01")[CASE].amount == Decimal(days)

    def test_the_first_solution_counts(self) -> None:
        """A matter that came back was solved once all the same; the order in the file says nothing."""
        solved = case(resolved="[{at: 2026-06-20}, {at: 2026-06-05}]", reopened="[{at: 2026-06-10}]")
        found = score("complaint_days", SALE, solved)
        assert ([case.on.isoformat() for case in found.cases], found.value) == (["2026-06-05"], Decimal("4.0"))
        assert found.measure.less

    def test_solved_before_it_came_in_it_has_no_days(self) -> None:
        """A slip of the pen is named by `check`, and does not make the shop quicker."""
        assert score("complaint_days", SALE, case(resolved="[{at: 2026-05-30}]")).of == 0

    def test_the_middle_is_told(self) -> None:
        """One that took a month does not hide that two took a day."""
        each = [
            record(f"CO26-000{n}", received_at="2026-06-01", resolved=f"[{{at: {on}}}]")
            for n, on in enumerate(("2026-06-02", "2026-06-02", "2026-07-01"), start=1)
        ]
        assert score("complaint_days", SALE, *each).value == Decimal("1.0")


class TestComplaintAge:
    """Complaints that were open at the end of the period, by the age they had then."""

    @pytest.mark.parametrize(
        ("now", "part"),
        [
            ("2026-06-01", "0-1"),
            ("2026-06-02", "0-1"),
            ("2026-06-03", "2-3"),
            ("2026-06-05", "4-5"),
            ("2026-06-06", "4-5"),
            ("2026-06-07", "6-15"),
            ("2026-06-16", "6-15"),
            ("2026-06-17", "16-45"),
            ("2026-07-16", "16-45"),
            ("2026-07-17", "46-"),
            ("2027-06-17", "46-"),
        ],
    )
    def test_by_classes_of_days(self, now: str, part: str) -> None:
        """Each class up to its last day, and the day after."""
        assert _ages(case(), now=now) == {CASE: (now, part)}

    def test_before_it_came_in_it_is_none(self) -> None:
        """Received at nine, it is not open at eight, nor at the end of the day before."""
        assert _ages(case(), now="2026-06-01T08:59") == {}
        assert _ages(case(), now="2026-06-01T08:59", period=span("2026-05-01", "2026-06-01")) == {}
        assert _ages(case(), now="2026-06-30", period=span("2026-05-01", "2026-05-31")) == {}
        assert _ages(case(), now="2026-06-01T09:00") == {CASE: ("2026-06-01T09:00:00", "0-1")}

    @pytest.mark.parametrize(
        "fields",
        [
            {"resolved": "[{at: 2026-06-05}]"},
            {"answers": "[{at: 2026-06-05, says: 不行, refused: yes}]"},
            {"withdrawn": "{on: 2026-06-05}"},
        ],
    )
    def test_it_was_open_until_the_day_on_which_it_was_settled(self, fields: dict[str, str]) -> None:
        """As it stood at the end of the period, whatever came later."""
        until = {day: _ages(case(**fields), period=span("2026-06-01", day)) for day in ("2026-06-04", "2026-06-05")}
        assert until == {"2026-06-04": {CASE: ("2026-06-04", "2-3")}, "2026-06-05": {}}

    @pytest.mark.parametrize(
        ("fields", "is_open"),
        [
            ({"acknowledged": "[{at: 2026-06-02}]"}, True),
            ({"answers": "[{at: 2026-06-02, says: 好}]"}, True),
            ({"answers": "[{at: 2026-06-02, says: 不行, refused: yes}, {at: 2026-06-03, says: 好}]"}, True),
            ({"answers": "[{at: 2026-06-02, says: 好}, {at: 2026-06-03, says: 不行, refused: yes}]"}, False),
            ({"resolved": "[{at: 2026-06-02}]", "reopened": "[{at: 2026-06-04}]"}, True),
            ({"withdrawn": "{on: 2026-06-02}", "reopened": "[{at: 2026-06-04}]"}, True),
            ({"resolved": "[{at: 2026-06-02}, {at: 2026-06-05}]", "reopened": "[{at: 2026-06-04}]"}, False),
            ({"resolved": "[{at: 2027-06-02}]"}, True),
        ],
    )
    def test_the_round_that_it_is_in_decides(self, fields: dict[str, str], is_open: bool) -> None:
        """A word is no solution, an offer after a refusal takes that back, and what came back is open again."""
        assert bool(_ages(case(**fields))) is is_open

    def test_what_came_back_is_as_old_as_the_matter(self) -> None:
        """From the first receipt: the customer has waited since then; between the rounds it was not open."""
        back = case(resolved="[{at: 2026-06-02}]", reopened="[{at: 2026-07-10}]")
        assert _ages(back, now="2026-07-17") == {CASE: ("2026-07-17", "46-")}
        assert _ages(back, period=span("2026-06-01", "2026-07-09")) == {}
        assert _ages(back, period=span("2026-06-01", "2026-07-10")) == {CASE: ("2026-07-10", "16-45")}

    def test_a_period_to_come_has_no_age(self) -> None:
        """Nobody knows what will be open then; of one that goes on it is that of today."""
        assert _ages(case(), now="2026-06-03", period=span("2026-07-01", "2026-07-31")) == {}
        assert _ages(case(), now="2026-06-03", period=span("2026-06-01", "2026-06-30")) == {CASE: ("2026-06-03", "2-3")}
        assert _ages(case(), now="2026-06-03", period=EVER) == {CASE: ("2026-06-03", "2-3")}

    def test_the_classes_stand_in_the_order_of_their_days(self) -> None:
        """6-15 comes before 16-45, whatever their first letter."""
        days = ("2026-01-01", "2026-06-01", "2026-06-20", "2026-06-26", "2026-06-28", "2026-06-30")
        each = [record(f"CO26-000{n}", received_at=day) for n, day in enumerate(days, start=1)]
        found = score("complaint_age", SALE, *each, now="2026-06-30")
        assert list(found.parts) == ["0-1", "2-3", "4-5", "6-15", "16-45", "46-"]
        assert (found.value, found.of) == (None, 6)

    def test_who_had_it_in_hand_then(self) -> None:
        """Not who has it now."""
        handed = case(person="ST26-0001", assigned="[{to: ST26-0002, at: 2026-06-10}]")
        for last, person in (("2026-06-09", "ST26-0001"), ("2026-06-10", "ST26-0002")):
            found = cases("complaint_age", SALE, PERSON, OTHER, handed, period=span("2026-06-01", last))
            assert found[CASE].person == person


def _ages(*records: str, now: str = "2026-12-31", period: Period = EVER) -> dict[str, tuple[str, str]]:
    """Of each open complaint the day and the class of its age."""
    found = cases("complaint_age", SALE, *records, now=now, period=period)
    return {name: (one.on.isoformat(), one.part) for name, one in found.items()}


def test_a_period_without_cases_has_no_figure() -> None:
    """Never 0 %, never 100 %, never 0 days."""
    for measure in ("L3", "repairs_in_time", "complaints_in_time", "complaint_days", "complaint_age"):
        found = score(measure, plans=shop.PLANS)
        assert (found.of, found.value, found.reach, found.parts) == (0, None, None, {})
