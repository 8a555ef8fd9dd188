"""Who does what: every figure is a count of records that it can name."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.breaches.all import breaches
from aftercare.answers.ledger import ledger_of
from aftercare.answers.people import FIGURES, Tally, asked_about, tallies
from aftercare.answers.period import EVER, Period
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.books import books, moments_near
from tests.answers.breaches.service import STANDARD

DRIVER, FITTER, CLERK = "ST26-0001", "ST26-0002", "ST26-0003"
PEOPLE = tuple(shop.record(who, name=name) for who, name in ((DRIVER, "李"), (FITTER, "张"), (CLERK, "敏")))
SOLD = shop.record("SA26-0001", items=f"[{{product: {shop.COOLER}}}]", told="{deliver: {by: 2026-03-04}}")
BROUGHT = shop.record("DE26-0001", person=DRIVER, opened="yes", signed="{by: 王, at: 2026-03-06T10:00}")
PUT_UP = shop.record("IN26-0001", technician=FITTER, signed="{by: 王, at: 2026-03-07T12:00}")


def _found(
    *records: str, period: Period = EVER, now: str = "2026-12-31", only: tuple[str, ...] = ()
) -> dict[str, Tally]:
    shelf, rules = shop.shelf(*PEOPLE, *records), shop.rules(STANDARD)
    ledger = ledger_of(shelf, rules, parse(now))
    found = tallies(shelf, ledger, breaches(shelf, rules, parse(now)), period, only)
    return {one.person.id: one for one in found}


def test_what_was_done_and_how_it_ended_is_counted_for_who_did_it() -> None:
    """The delivery was late and is the driver's, the installation the fitter's; the clerk has nothing."""
    found = _found(SOLD, BROUGHT, PUT_UP, now="2026-03-08")
    assert found[DRIVER].records["deliveries"] == ["DE26-0001"]
    assert found[DRIVER].records["late"] == [f"{shop.UNIT}/deliver"]
    assert found[DRIVER].findings["late-delivery"] == [f"{shop.UNIT}/late-delivery"]
    assert found[FITTER].records["installations"] == ["IN26-0001"]
    assert found[CLERK].is_empty
    assert (found[CLERK].satisfaction, found[CLERK].minutes) == (None, 0)


@given(moments_near(date(2026, 3, 6)), moments_near(date(2026, 3, 6)))
@settings(max_examples=30)
def test_a_period_holds_its_first_and_its_last_day(first: date, last: date) -> None:
    """And what is open is open whatever the period."""
    spoken = shop.record("PM26-0001", what="回电话", due="2026-12-01", person=DRIVER)
    found = _found(SOLD, BROUGHT, spoken, period=Period(first, last), now="2026-06-30")
    assert bool(found[DRIVER].records["deliveries"]) is (first <= date(2026, 3, 6) <= last)
    assert found[DRIVER].records["waiting"] == ["PM26-0001"]


def test_a_repair_that_came_back_and_one_that_did_not() -> None:
    """The first repair of the fault came back, the second was not the first, one of another was mended at once."""
    first = _claim("CL26-0001", "滴水", "2026-08-05", "2026-08-06", FITTER)
    again = _claim("CL26-0002", "滴水", "2026-09-01", "2026-09-02", DRIVER)
    other = _claim("CL26-0003", "不制冷", "2026-10-01", "2026-10-02", FITTER)
    found = _found(SOLD, BROUGHT, PUT_UP, first, again, other)
    assert found[FITTER].records["repairs"] == ["CL26-0001/1", "CL26-0003/1"]
    assert found[FITTER].records["came_back"] == ["CL26-0001/1"]
    assert found[FITTER].records["fixed_first_time"] == ["CL26-0003/1"]
    assert found[DRIVER].records["repairs"] == ["CL26-0002/1"]
    assert not found[DRIVER].records["came_back"] + found[DRIVER].records["fixed_first_time"]


def test_what_was_given_back_undone_is_no_repair() -> None:
    """Nobody is counted for it."""
    undone = "[{in: 2026-08-05, by: ST26-0002, out: 2026-08-06, result: not_done}]"
    found = _found(SOLD, shop.record("CL26-0001", repairs=undone))
    assert found[FITTER].records["repairs"] == []


def _claim(claim: str, symptom: str, came: str, out: str, by: str) -> str:
    stay = f"[{{in: {came}, by: {by}, out: {out}, result: fixed}}]"
    return shop.record(claim, reported_on=came, fault=f"{{symptom: {symptom}}}", repairs=stay)


def test_a_grade_is_about_who_did_the_work() -> None:
    """The clerk calls back after the delivery: the driver is graded; without work before it the clerk is."""
    call = shop.record("VI26-0001", at="2026-03-07", by=CLERK, keeps=f"[{shop.UNIT}/call-back.1]", satisfaction="2")
    chat = shop.record("VI26-0002", at="2026-03-08", by=CLERK, purpose="advice", satisfaction="5", minutes="7")
    found = _found(shop.record("SA26-0001"), BROUGHT, call, chat)
    assert (found[DRIVER].satisfaction, found[DRIVER].records["graded"]) == (Decimal(2), ["VI26-0001"])
    assert (found[CLERK].satisfaction, found[CLERK].records["graded"]) == (Decimal(5), ["VI26-0002"])
    assert (found[CLERK].minutes, found[CLERK].records["timed"]) == (7, ["VI26-0002"])
    assert found[CLERK].records["visits"] == ["VI26-0001", "VI26-0002"]


def test_a_contact_that_asks_about_the_works_of_several_names_each_once() -> None:
    """In the order of the works; one that asks about none names who had it, be it nobody whom a record names."""
    lines = ", ".join([f"{{product: {shop.CHAIR}}}"] * 3)
    three = shop.record("SA26-0001", items=f"[{lines}]")
    brought = [
        shop.record(f"DE26-000{n}", items=f"[{n}]", person=who, signed="{by: 王, at: 2026-03-04}")
        for n, who in enumerate((FITTER, DRIVER, FITTER), start=1)
    ]
    kept = ", ".join(f"SA26-0001/{n}/call-back.1" for n in (1, 2, 3))
    call = shop.record("VI26-0001", at="2026-03-07", by=CLERK, keeps=f"[{kept}]")
    chat = shop.record("VI26-0002", at="2026-03-08", purpose="advice")
    ledger = shop.ledger(*PEOPLE, three, *brought, call, chat, now="2026-12-31")
    found = asked_about(ledger.affairs[shop.BUYER], ledger.to[shop.BUYER])
    assert found == {"VI26-0001": (FITTER, DRIVER), "VI26-0002": ("",)}


def test_a_complaint_is_resolved_by_who_did_it_or_had_it_in_hand() -> None:
    """As said in the record, else the one who was its owner then."""
    said = shop.record("CO26-0001", person=CLERK, resolved=f"[{{at: 2026-06-02, by: {FITTER}}}]")
    owned = shop.record("CO26-0002", person=CLERK, resolved="[{at: 2026-06-02}]")
    found = _found(said, owned)
    assert found[FITTER].records["resolved"] == ["CO26-0001"]
    assert found[CLERK].records["resolved"] == ["CO26-0002"]


def test_who_left_is_told_of_only_with_something_to_tell_or_by_name() -> None:
    """What somebody did before stays theirs."""
    gone = shop.record("ST26-0004", name="吴", left="{on: 2026-01-31}")
    assert "ST26-0004" not in _found(gone)
    assert list(_found(gone, only=("ST26-0004",))) == ["ST26-0004"]
    owed = shop.record("PM26-0001", what="回电话", due="2026-12-01", person="ST26-0004")
    assert _found(gone, owed, now="2026-06-30")["ST26-0004"].records["waiting"] == ["PM26-0001"]


def test_an_earlier_id_is_the_same_person() -> None:
    """What was written before an id was changed counts."""
    now = shop.record("ST26-0008", name="钱", formerly="[ST26-0007]")
    work = shop.record("DE26-0001", person="ST26-0007", signed="{by: 王, at: 2026-03-06}")
    assert _found(now, SOLD, work)["ST26-0008"].records["deliveries"] == ["DE26-0001"]


@settings(max_examples=40, deadline=None)
@given(books(), st.sampled_from(["2026-03-05", "2026-04-30"]))
def test_every_figure_is_of_records_each_once_and_periods_add_up(records: list[str], now: str) -> None:
    """What was done ever was done before a day, or from it on; nothing is counted twice."""
    cut = date(2026, 3, 7)
    stock = [one for one in records if not one.startswith(f"id: {shop.BUYER}\n")]
    ever = _found(*stock, now=now)
    before = _found(*stock, now=now, period=Period(date.min, date(2026, 3, 6)))
    after = _found(*stock, now=now, period=Period(cut, date.max))
    for person, tally in ever.items():
        for figure in FIGURES:
            ids = tally.records[figure]
            assert len(ids) == len(set(ids))
            if figure not in {"overdue", "due", "waiting", "resolved"}:
                assert sorted(ids) == sorted(before[person].records[figure] + after[person].records[figure])
