"""L7, satisfaction: what customers say of it, and what came back."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.answers.measured import MARCH, cases, period, said, score
from tests.answers.shop import BUYER, CHAIR, COOLER, record

DRIVER, CLERK = "ST26-0001", "ST26-0002"
PEOPLE = (record(DRIVER, name="李"), record(CLERK, name="敏"))
SALE = record("SA26-0001")
CALL_BACK = "SA26-0001/1/call-back.1"


def _call(number: int = 1, at: str = "2026-03-05", **fields: str) -> str:
    return record(f"VI26-{number:04}", **{"purpose": "advice", "at": at} | fields)


def _asked(number: int, answer: str, at: str = "2026-03-05") -> str:
    return _call(number, at, answers=f"{{recommend: '{answer}'}}")


@pytest.mark.parametrize(
    ("grade", "expected"), [("5", "good"), ("4", "good"), ("3", "grade_3"), ("2", "grade_2"), ("1", "grade_1")]
)
def test_four_and_five_are_content(grade: str, expected: str) -> None:
    """满意 and 很满意; the grade is why a contact counts against."""
    assert said("L7", _call(satisfaction=grade)) == {"VI26-0001": expected}


@pytest.mark.parametrize("measure", ["L7", "satisfaction", "grades"])
def test_a_contact_without_a_grade_says_nothing(measure: str) -> None:
    """Those who say nothing are not counted as content."""
    assert cases(measure, _call()) == {}


@pytest.mark.parametrize(
    ("at", "counts"),
    [("2026-02-28T23:59", False), ("2026-03-01", True), ("2026-03-31T23:59", True), ("2026-04-01", False)],
)
@pytest.mark.parametrize("measure", ["L7", "satisfaction", "grades", "nps"])
def test_a_grade_counts_on_the_day_of_the_contact(measure: str, at: str, counts: bool) -> None:
    """Both ends of the period are within it."""
    graded = _call(at=at, satisfaction="5", answers="{recommend: '9'}")
    assert bool(cases(measure, graded, within=MARCH)) is counts


def test_every_word_on_a_solution_counts_on_its_day() -> None:
    """Of every round of a complaint, of who brought that solution or had it in hand then."""
    complaint = record(
        "CO26-0001",
        person=CLERK,
        about="[SA26-0001/1]",
        received_at="2026-03-02",
        resolved=f"[{{at: 2026-03-03, by: {DRIVER}}}, {{at: 2026-03-10}}]",
        confirmed="[{at: 2026-03-04, satisfied: no}, {at: 2026-04-01, satisfied: yes}]",
        reopened="[{at: 2026-03-04}]",
    )
    found = cases("L7", *PEOPLE, SALE, complaint)
    assert {name: (case.why, case.on, case.person) for name, case in found.items()} == {
        "CO26-0001/confirmed.1": ("not_satisfied", date(2026, 3, 4), DRIVER),
        "CO26-0001/confirmed.2": ("", date(2026, 4, 1), CLERK),
    }
    assert {case.product for case in found.values()} == {CHAIR}
    assert list(cases("L7", *PEOPLE, SALE, complaint, within=MARCH)) == ["CO26-0001/confirmed.1"]


def test_what_was_confirmed_without_a_solution_is_of_who_had_it_in_hand() -> None:
    """Nobody solved anything, and the customer was asked all the same."""
    complaint = record("CO26-0001", person=CLERK, confirmed="[{at: 2026-06-04, satisfied: no}]")
    assert cases("L7", *PEOPLE, complaint)["CO26-0001/confirmed.1"].person == CLERK


def test_a_solution_is_of_who_had_the_complaint_in_hand_when_it_came() -> None:
    """Not of whoever took it over before the customer was asked."""
    handed = f"[{{to: {CLERK}, at: 2026-06-05}}]"
    complaint = record(
        "CO26-0001",
        person=DRIVER,
        assigned=handed,
        resolved="[{at: 2026-06-03}]",
        confirmed="[{at: 2026-06-08, satisfied: yes}]",
    )
    assert cases("L7", *PEOPLE, complaint)["CO26-0001/confirmed.1"].person == DRIVER
    assert cases("complaints_reopened", *PEOPLE, complaint)["CO26-0001"].person == DRIVER


def test_a_grade_is_of_who_did_the_work_that_was_asked_about() -> None:
    """Not of who calls; where no work was asked about, of who had the contact."""
    brought = record("DE26-0001", person=DRIVER, signed="{by: 王, at: 2026-03-04}")
    call = _call(1, "2026-03-06", purpose="call_back", keeps=f"[{CALL_BACK}]", by=CLERK, satisfaction="3")
    chat = _call(2, "2026-03-07", by=CLERK, satisfaction="5")
    for measure in ("L7", "satisfaction", "grades"):
        found = cases(measure, *PEOPLE, SALE, brought, call, chat)
        assert {name: case.person for name, case in found.items()} == {"VI26-0001": DRIVER, "VI26-0002": CLERK}
    assert cases("L7", *PEOPLE, SALE, brought, call)["VI26-0001"].product == CHAIR


def test_a_grade_for_the_work_of_several_is_nobodys_alone() -> None:
    """One call about two works: the mark is given to neither rather than to both."""
    two = record("SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {CHAIR}}}]")
    first = record("DE26-0001", items="[1]", person=DRIVER, signed="{by: 王, at: 2026-03-04}")
    other = record("DE26-0002", items="[2]", person=CLERK, signed="{by: 王, at: 2026-03-04}")
    both = f"[{CALL_BACK}, SA26-0001/2/call-back.1]"
    call = _call(1, "2026-03-06", purpose="call_back", keeps=both, by=CLERK, satisfaction="3")
    assert cases("L7", *PEOPLE, two, first, other, call)["VI26-0001"].person == ""


def test_grades_make_a_mean_and_a_spread() -> None:
    """To a tenth, a half upwards; each grade that was given is a part."""
    graded = [_call(number, satisfaction=grade) for number, grade in enumerate("5542", start=1)]
    assert score("satisfaction", *graded).value == Decimal("4.0")
    assert score("satisfaction", *graded[:3], _call(4, satisfaction="3")).value == Decimal("4.3")
    parts = score("grades", *graded).parts
    assert {name: one.of for name, one in parts.items()} == {"2": 1, "4": 1, "5": 2}


@pytest.mark.parametrize(
    ("answer", "part"),
    [
        ("10", "promoter"),
        ("9", "promoter"),
        ("８", "passive"),
        ("7", "passive"),
        ("６", "detractor"),
        ("0", "detractor"),
        (" １０ ", "promoter"),
        ("⑨", "promoter"),
    ],
)
def test_marks_from_nought_to_ten_are_of_three_kinds(answer: str, part: str) -> None:
    """Nine and ten promote, nought to six warn; full-width digits are digits."""
    case = cases("nps", _asked(1, answer))["VI26-0001"]
    assert (case.part, case.amount is not None) == (part, True)


@pytest.mark.parametrize("answer", ["11", "-1", "9.5", "9分", "会", "十", "", "1 0", "09", "10/10", "9-10"])
def test_any_other_answer_is_no_mark(answer: str) -> None:
    """Nothing is read into words: a mark that was guessed would be ours and not the customer's."""
    assert cases("nps", _asked(1, answer)) == {}


def test_whoever_was_not_asked_is_not_counted() -> None:
    """Nor is an answer to another question."""
    assert cases("nps", _call(1), _call(2, answers="{use: '9'}")) == {}


def test_the_net_score_is_told_of_ten_and_not_of_nine() -> None:
    """Promoters less detractors in per cent of all: one answer more would turn that of a handful round."""
    asked = [_asked(number, answer) for number, answer in enumerate(["10"] * 5 + ["8"] * 2 + ["3"] * 3, start=1)]
    assert score("nps", *asked).value == Decimal(20)
    nine = score("nps", *asked[:-1])
    assert (nine.of, nine.value) == (9, None)


@pytest.mark.parametrize(
    ("resolved", "reopened", "expected"),
    [
        ("2026-03-10", "", "not"),
        ("2026-03-10", "2026-03-11", "good"),
        ("2026-03-10", "2026-03-10", "good"),
        ("2026-03-10T10:00", "2026-03-10T10:00", "good"),
        ("2026-03-10T10:00", "2026-03-10", "good"),
        ("2026-03-10", "2026-03-10T09:00", "good"),
        ("2026-03-10T10:00", "2026-03-10T09:00", "not"),
        ("2026-03-10", "2026-03-09", "not"),
        ("2026-03-10", "2027-01-01", "not"),
    ],
)
def test_a_complaint_that_came_back_after_its_solution_was_reopened(
    resolved: str, reopened: str, expected: str
) -> None:
    """Of one day nobody knows what came first, and nothing comes back that was not done before; what came back before
    it was ever solved is not that, nor what comes back after today.
    """
    complaint = record(
        "CO26-0001",
        received_at="2026-03-02",
        resolved=f"[{{at: {resolved}}}]",
        reopened=f"[{{at: {reopened}}}]" if reopened else "",
    )
    assert said("complaints_reopened", complaint) == {"CO26-0001": expected}


def test_a_complaint_counts_once_on_the_day_of_its_first_solution() -> None:
    """However often it came back and was solved anew; what was never solved cannot have come back from it."""
    complaint = record(
        "CO26-0001",
        person=CLERK,
        received_at="2026-03-02",
        resolved=f"[{{at: 2026-04-20}}, {{at: 2026-03-31, by: {DRIVER}}}]",
        reopened="[{at: 2026-04-02}, {at: 2026-05-01}]",
    )
    refused = record("CO26-0002", answers="[{at: 2026-06-02, says: 不行, refused: yes}]", reopened="[{at: 2026-06-03}]")
    found = cases("complaints_reopened", *PEOPLE, complaint, refused)
    assert {name: (case.on, case.person) for name, case in found.items()} == {"CO26-0001": (date(2026, 3, 31), DRIVER)}
    assert score("complaints_reopened", *PEOPLE, complaint, within=MARCH).good == 1
    assert cases("complaints_reopened", *PEOPLE, complaint, within=period("2026-04-01", "2026-04-30")) == {}


def test_kindnesses_are_counted_one_by_one_on_their_days() -> None:
    """Of any record; one that says no day has that of its record, and one that names nobody that of the work."""
    sale = record(
        "SA26-0001",
        items=f"[{{product: {CHAIR}}}, {{product: {COOLER}}}]",
        beyond=f"[{{what: 送伞, at: 2026-04-01, unit: SA26-0001/2, by: {CLERK}}}]",
    )
    work = record(
        "DE26-0001", person=DRIVER, signed="{by: 王, at: 2026-03-31}", beyond="[{what: 搬柜子}, {what: 扫地}]"
    )
    found = cases("beyond", *PEOPLE, sale, work)
    assert {name: (case.on, case.person, case.product) for name, case in found.items()} == {
        "DE26-0001/beyond.1": (date(2026, 3, 31), DRIVER, ""),
        "DE26-0001/beyond.2": (date(2026, 3, 31), DRIVER, ""),
        "SA26-0001/beyond.1": (date(2026, 4, 1), CLERK, COOLER),
    }
    assert {case.customer for case in found.values()} == {BUYER}
    assert score("beyond", *PEOPLE, sale, work, within=MARCH).value == Decimal(2)


@pytest.mark.parametrize("measure", ["L7", "satisfaction", "grades", "nps", "complaints_reopened"])
def test_of_nobody_who_said_anything_there_is_no_figure(measure: str) -> None:
    """Never 0 %, never 100 %; kindnesses alone are counted, and there were none."""
    assert (score(measure).of, score(measure).value) == (0, None)
    assert score("beyond").value == 0
