"""L5, assurance: nobody pays what is free, nobody is denied a right, nobody is put in danger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from aftercare.answers.breaches.finding import CODES, Breach
from aftercare.answers.measures.all import BY_ID
from aftercare.answers.measures.assurance import OF_RIGHTS
from aftercare.answers.measures.counting import Facts, counted
from aftercare.answers.period import Period
from tests.answers.measured import MARCH, cases, facts, period, said, score
from tests.answers.shop import BUYER, CHAIR, COOLER, record

FITTER = "ST26-0001"
PEOPLE = (record(FITTER, name="张", certificates="[{name: 制冷}]"), record("ST26-0002", name="李"))
SOLD = record("SA26-0001", items=f"[{{product: {COOLER}}}]", channel="online")
DONE = {"technician": FITTER, "tested": "ok", "explained": "yes", "checklist": "[level, drain]"}
SIGNED = "{by: 王, at: 2026-03-07T12:00}"
OFFER = record("OF26-0001", title="特价", published_on="2026-01-01", prices="[{product: PR26-0002, price: 100}]")


def _put_up(**fields: str) -> str:
    return record("IN26-0001", **DONE | {"signed": SIGNED} | fields)


def test_only_breaches_that_there_are_are_looked_for() -> None:
    """A code that is renamed is no silent gap here."""
    assert CODES.keys() >= OF_RIGHTS


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (record("DE26-0001", signed=SIGNED), "DE26-0001", "good"),
        (record("DE26-0001", signed=SIGNED, charged="50"), "DE26-0001", "charged-delivery"),
        (_put_up(), "IN26-0001", "good"),
        (_put_up(charged="80"), "IN26-0001", "charged-installation"),
        (_put_up(technician="ST26-0002"), "IN26-0001", "unqualified"),
        (_put_up(tested="not_tested"), "IN26-0001", "not-tested"),
        (_put_up(asked_for="一包烟"), "IN26-0001", "asked-for"),
        (_put_up(charged="80", tested="not_tested"), "IN26-0001", "charged-installation"),
        (_put_up(checklist="[level]"), "IN26-0001", "good"),
        (record("CL26-0001"), "CL26-0001", "good"),
        (
            record("CL26-0001", repairs="[{in: 2026-08-06, by: ST26-0001, out: 2026-08-07, labour: 30}]"),
            "CL26-0001",
            "labour-charged",
        ),
        (record("CL26-0001", replaced="{on: 2026-08-09, used: yes}"), "CL26-0001", "sub-standard"),
        (record("CO26-0001", incident="{kind: danger, made_safe: {at: 2026-06-01T18:00}}"), "CO26-0001", "good"),
        (record("CO26-0001", incident="{kind: danger}"), "CO26-0001", "unsafe"),
    ],
)
def test_rights_were_kept_where_no_such_breach_speaks_against_the_record(text: str, name: str, expected: str) -> None:
    """What else falls short of a standard, as an unticked item, is not of this law."""
    assert said("L5", *PEOPLE, SOLD, text)[name] == expected


@pytest.mark.parametrize(
    "text",
    [
        record("DE26-0001"),
        record("DE26-0001", signed=SIGNED, cancelled="{on: 2026-03-08}"),
        record("IN26-0001", started_at="2026-03-07T10:00"),
        record("VI26-0001", channel="phone", at="2026-03-07"),
        record("VI26-0001", channel="home", at="2026-03-07", outcome="no_answer"),
        record("CO26-0001"),
        SOLD,
    ],
)
def test_what_was_not_done_or_concerns_no_right_is_no_case(text: str) -> None:
    """Works that nobody signed for, calls, doors that nobody opened, complaints without an incident, sales."""
    assert cases("L5", *PEOPLE, SOLD, text) == {}


def test_a_contact_at_home_is_a_case_where_somebody_was_there() -> None:
    """It is of who came."""
    came = record("VI26-0001", channel="home", purpose="inspection", at="2026-03-07", by=FITTER, about="[SA26-0001/1]")
    case = cases("L5", *PEOPLE, SOLD, came)["VI26-0001"]
    assert (case.part, case.person, case.product, case.channel) == ("visit", FITTER, COOLER, "online")


def test_works_of_a_sale_that_was_called_off_do_not_count() -> None:
    """Nothing is looked for in them either, so they would only swell the good ones."""
    off = record("SA26-0001", items=f"[{{product: {COOLER}}}]", cancelled="{on: 2026-03-20}")
    assert cases("L5", *PEOPLE, off, _put_up(), record("DE26-0001", signed=SIGNED)) == {}


@pytest.mark.parametrize(
    ("first", "last", "names"),
    [
        ("2026-03-06", "2026-03-06", ["DE26-0001"]),
        ("2026-03-07", "2026-03-07", ["IN26-0001"]),
        ("2026-08-05", "2026-08-05", ["CL26-0001"]),
        ("2026-06-01", "2026-06-01", ["CO26-0001"]),
        ("2026-08-06", "2026-08-31", []),
    ],
)
def test_each_counts_on_its_own_day_whenever_the_breach_was(first: str, last: str, names: list[str]) -> None:
    """A delivery when it came, an installation when it was signed for, a claim when it was reported, a complaint when
    it came in; a loan that stays out in autumn speaks against the claim of August.
    """
    found = cases(
        "L5",
        *PEOPLE,
        SOLD,
        record("DE26-0001", arrived_at="2026-03-06T18:00", signed=SIGNED),
        _put_up(),
        record("CL26-0001", repairs="[{in: 2026-08-06, out: 2026-08-07}]", loans="[{thing: 电扇, at: 2026-08-06}]"),
        record("CO26-0001", incident="{kind: danger}"),
        within=period(first, last),
    )
    assert list(found) == names
    assert [case.why for case in found.values() if case.id == "CL26-0001"] == ["loan-out"] * ("CL26-0001" in names)


def test_a_work_that_is_signed_for_after_today_counts_only_by_what_fell_short_by_now() -> None:
    """What was charged at the start of a work of two days was out of the score until the day it was signed for."""
    begun = _put_up(started_at="2026-03-05", charged="80")
    assert said("L5", *PEOPLE, SOLD, begun, now="2026-03-04") == {}
    (case,) = cases("L5", *PEOPLE, SOLD, begun, now="2026-03-06").values()
    assert (case.id, str(case.on), case.why) == ("IN26-0001", "2026-03-05", "charged-installation")
    (case,) = cases("L5", *PEOPLE, SOLD, begun, now="2026-03-08").values()
    assert str(case.on) == "2026-03-07 12:00:00"


def test_only_what_counts_in_the_period_is_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever asked for one week of a book of ten years waited until every record of it had been made a case."""
    asked: list[str] = []
    goods = Facts.goods

    def noted(seen: Facts, *subjects: str) -> tuple[str, str]:
        asked.extend(subjects)
        return goods(seen, *subjects)

    claims = [record(f"CL26-000{month}", reported_on=f"2026-0{month}-05") for month in range(4, 10)]
    known = facts(*PEOPLE, SOLD, _put_up(asked_for="一包烟"), *claims)
    monkeypatch.setattr(Facts, "goods", noted)
    assert [case.id for case in counted(BY_ID["L5"], known, MARCH).cases] == ["IN26-0001"]
    assert asked == ["IN26-0001"]


def test_several_breaches_of_a_record_are_one_case_and_the_first_is_the_why() -> None:
    """By its day, of one day by its code; the parts are the kinds of record."""
    worked = record(
        "CL26-0001", repairs="[{in: 2026-08-06, out: 2026-08-07, labour: 30}]", replaced="{on: 2026-08-05, used: yes}"
    )
    found = score("L5", *PEOPLE, SOLD, worked)
    assert [(case.why, case.part) for case in found.cases] == [("sub-standard", "claim")]
    assert found.whys == {"sub-standard": 1}


def test_what_a_customer_reports_of_a_work_in_a_call_speaks_against_the_work() -> None:
    """The call is no case: the fitter's asking would be counted beside an installation that passes for good."""
    call = record("VI26-0001", at="2026-03-09", about="[SA26-0001/1]", answers="{gifts: 要了一包烟}")
    assert said("L5", *PEOPLE, SOLD, _put_up(), call) == {"IN26-0001": "asked-for"}


def test_what_was_charged_for_a_part_speaks_against_what_it_was_used_for() -> None:
    """It shows in the record of the part, which is nobody's own."""
    part = record("PA26-0001", name="皮带", cost="10", used="[{at: 2026-08-07, qty: 1, for: CL26-0001, charged: 30}]")
    found = cases("L5", *PEOPLE, SOLD, record("CL26-0001"), part)
    assert {name: case.why for name, case in found.items()} == {"CL26-0001": "above-cost"}


def test_a_part_that_was_sold_for_a_unit_alone_counts_in_the_sale() -> None:
    """Neither a claim nor a work was about it; a part's own record would be a case of nobody."""
    part = record("PA26-0001", name="皮带", cost="10", used="[{at: 2026-08-07, qty: 1, for: SA26-0001/1, charged: 30}]")
    case = cases("L5", *PEOPLE, SOLD, part)["SA26-0001"]
    assert (case.why, case.part, case.on, case.product) == ("above-cost", "sale", date(2026, 8, 7), COOLER)


def test_a_price_above_the_offer_counts_in_the_sale() -> None:
    """A sale is a case only where something fell short in it, on the day of the breach, paid back since or not."""
    dear = "[{product: PR26-0002, price: 150, taken: yes}]"
    back = "[{offer: OF26-0001, amount: 50, at: 2026-04-01}]"
    for paid_back in ("", back):
        sale = record("SA26-0002", sold_on="2026-03-31", items=dear, paid_back=paid_back)
        case = cases("L5", OFFER, sale, within=MARCH)["SA26-0002"]
        assert (case.why, case.part, case.on) == ("above-offer", "sale", date(2026, 3, 31))
        assert (case.customer, case.product, case.records) == (BUYER, CHAIR, ("SA26-0002",))
    assert cases("L5", OFFER, record("SA26-0002", items=dear.replace("150", "100"))) == {}


def test_a_benefit_that_was_refused_in_a_call_counts_on_that_day() -> None:
    """A call is no case of itself, and this must not be lost: it is one, of who refused it."""
    call = record("VI26-0001", at="2026-03-31", about="[SA26-0001/1]", by=FITTER)
    refused = Breach(
        id="VI26-0001/benefit-refused",
        code="benefit-refused",
        record="VI26-0001",
        path=("wants", 0, "refused"),
        sentence="",
        to=BUYER,
        person=FITTER,
        on=date(2026, 3, 31),
        line="ours/give",
    )
    book = replace(facts(*PEOPLE, SOLD, call), look=lambda: [refused])
    (case,) = counted(BY_ID["L5"], book, MARCH).cases
    assert (case.id, case.why, case.part, case.person) == ("VI26-0001", "benefit-refused", "visit", FITTER)
    assert (case.product, case.channel, case.on) == (COOLER, "online", date(2026, 3, 31))


def test_a_delivery_that_was_charged_before_it_came_counts_by_the_day_of_the_breach() -> None:
    """Once it is signed for, by that of the delivery: one case and never two."""
    assert list(cases("L5", SOLD, record("DE26-0001", charged="50"), within=MARCH)) == ["DE26-0001"]
    later = record("DE26-0001", charged="50", signed="{by: 王, at: 2026-04-02}")
    assert cases("L5", SOLD, later, within=MARCH) == {}
    assert said("L5", SOLD, later) == {"DE26-0001": "charged-delivery"}


def test_a_claim_is_of_the_person_whom_its_repairs_and_decisions_name() -> None:
    """Where they name two it is nobody's alone."""
    mended = "[{in: 2026-08-06, by: ST26-0001, out: 2026-08-07}]"
    for decided, who in ((FITTER, FITTER), ("ST26-0002", "")):
        decision = f"[{{on: 2026-08-06, remedy: repair, by: {decided}}}]"
        found = cases("L5", *PEOPLE, SOLD, record("CL26-0001", repairs=mended, decisions=decision))
        assert found["CL26-0001"].person == who


@pytest.mark.parametrize("measure", ["L5", "accidents", "remedies", "claimed_in_first_year"])
def test_of_nothing_there_is_no_figure(measure: str) -> None:
    """Never 0 %, never 100 %."""
    assert (score(measure).of, score(measure).value) == (0, None)


def test_accidents_are_counted_by_kind_on_the_day_they_came_in() -> None:
    """Whatever came of them; a complaint without an incident is none."""
    records = (
        record("CO26-0001", received_at="2026-03-31T23:00", incident="{kind: danger}"),
        record("CO26-0002", received_at="2026-04-01", incident="{kind: injury}"),
        record("CO26-0003", received_at="2026-03-02"),
        record("CO26-0004", received_at="2026-03-02", incident="{kind: damage}", withdrawn="{on: 2026-03-03}"),
    )
    parts = score("accidents", *records, within=MARCH).parts
    assert {name: one.of for name, one in parts.items()} == {"damage": 1, "danger": 1}


def test_every_decision_is_counted_by_its_remedy() -> None:
    """What was refused as such; each on its own day, of who decided."""
    first = "{on: 2026-03-31, asked: refund, remedy: refund, refused: yes, by: ST26-0001}"
    claim = record("CL26-0001", reported_on="2026-03-30", decisions=f"[{first}, {{on: 2026-04-01, remedy: repair}}]")
    found = cases("remedies", *PEOPLE, SOLD, claim)
    assert {name: (case.part, case.person) for name, case in found.items()} == {
        "CL26-0001/decision.1": ("refused", FITTER),
        "CL26-0001/decision.2": ("repair", ""),
    }
    assert list(cases("remedies", *PEOPLE, SOLD, claim, within=MARCH)) == ["CL26-0001/decision.1"]


@pytest.mark.parametrize(
    ("sold_on", "reported_on", "expected"),
    [
        ("2025-03-10", "2025-03-10", "good"),
        ("2025-03-10", "2026-03-10", "good"),
        ("2025-03-10", "2026-03-10T23:00", "good"),
        ("2025-03-10", "2026-03-11", "not"),
        ("2023-03-10", "2024-03-10", "good"),
        ("2025-03-10", "2025-03-09", "not"),
        ("2024-02-29", "2025-02-28", "good"),
        ("2024-02-29", "2025-03-01", "not"),
        ("2025-02-28", "2026-02-28", "good"),
        ("2026-03-10", "2026-12-31", "good"),
        ("2026-03-10", "2027-01-01", "not"),
    ],
)
def test_a_fault_within_the_year_is_one_until_the_same_day_a_year_later(
    sold_on: str, reported_on: str, expected: str
) -> None:
    """That of 29 February until the 28th of the next; what is reported after today is not known yet."""
    sale = record("SA26-0001", sold_on=sold_on)
    claim = record("CL26-0001", reported_on=reported_on, fault="{symptom: 晃}")
    assert said("claimed_in_first_year", sale, claim) == {"SA26-0001/1": expected}


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"fault": "{symptom: 晃}"}, "good"),
        ({}, "good"),
        ({"asked": "withdraw"}, "not"),
        ({"fault": "{kind: none}"}, "not"),
        ({"fault": "{symptom: 晃}", "unit": "SA26-0001/2"}, "not"),
    ],
)
def test_only_a_claim_that_says_something_is_wrong_counts(fields: dict[str, str], expected: str) -> None:
    """A return without a reason says nothing of the kind, and one line's fault is not another's."""
    sale = record("SA26-0001", items=f"[{{product: {CHAIR}, qty: 4}}, {{product: {COOLER}}}]")
    found = said("claimed_in_first_year", sale, record("CL26-0001", reported_on="2026-04-01", **fields))
    assert found["SA26-0001/1"] == expected


def test_a_line_of_a_sale_is_one_unit_and_a_sale_called_off_none() -> None:
    """However many pieces it has, and however many claims; nobody's name stands by it."""
    sale = record("SA26-0001", person=FITTER, items=f"[{{product: {CHAIR}, qty: 4}}, {{product: {COOLER}}}]")
    off = record("SA26-0002", sold_on="2026-03-03", cancelled="{on: 2026-03-04}")
    claims = [record(f"CL26-000{n}", reported_on="2026-04-01", fault="{symptom: 晃}") for n in (1, 2)]
    found = cases("claimed_in_first_year", *PEOPLE, sale, off, *claims)
    assert {name: case.records for name, case in found.items()} == {
        "SA26-0001/1": ("SA26-0001", "CL26-0001", "CL26-0002"),
        "SA26-0001/2": ("SA26-0001",),
    }
    assert {case.person for case in found.values()} == {""}
    assert [found[f"SA26-0001/{n}"].product for n in (1, 2)] == [CHAIR, COOLER]


@pytest.mark.parametrize(
    ("sold_on", "counts"), [("2026-02-28", 0), ("2026-03-01", 1), ("2026-03-31", 1), ("2026-04-01", 0)]
)
def test_a_unit_counts_on_the_day_it_was_sold(sold_on: str, counts: int) -> None:
    """Whenever it failed."""
    claim = record("CL26-0001", reported_on="2026-06-01", fault="{symptom: 晃}")
    sale = record("SA26-0001", sold_on=sold_on)
    assert score("claimed_in_first_year", sale, claim, within=MARCH).good == counts


def test_the_last_year_of_the_calendar_has_an_end() -> None:
    """A year from a sale in 9999 ends with the calendar, and is no error."""
    sale = record("SA26-0001", sold_on="9999-06-01")
    ages = Period(date(9999, 1, 1), date.max)
    assert said("claimed_in_first_year", sale, within=ages, now="9999-12-31") == {"SA26-0001/1": "not"}
