"""Who was last in touch with whom, and how many calendar months ago."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers import touch
from aftercare.answers.affairs import affairs_of
from aftercare.plain.moments import add_months, iso, parse
from aftercare.records.kinds import model_of
from aftercare.records.names import BY_PREFIX
from aftercare.records.schema import field_at
from tests.answers.shop import BUYER, CHAIR, UNIT, record, shelf

KNOWN = record(BUYER, since="2026-01-01")
SALE = record("SA26-0001", sold_on="2026-02-01")
NOW = parse("2027-01-01")


def _last(*records: str, now: str = "2027-01-01") -> tuple[str, str] | None:
    found = touch.last(affairs_of(shelf(KNOWN, *records))[BUYER], parse(now))
    return (iso(found.at), found.record) if found else None


@given(st.dates(date(2024, 1, 1), date(2029, 12, 31)), st.integers(0, 1500))
def test_a_month_is_over_on_the_same_day_of_the_next(day: date, ahead: int) -> None:
    """So many whole months have gone by, and not one more; the last day of a short month ends one begun later in it."""
    today = day + timedelta(days=ahead)
    months = touch.months_since(day, today)
    assert add_months(day, months) <= today < add_months(day, months + 1)


@pytest.mark.parametrize(
    ("day", "today", "months"),
    [
        ("2026-03-10", "2027-03-09", 11),
        ("2026-03-10", "2027-03-10", 12),
        ("2024-02-29", "2025-02-27", 11),
        ("2024-02-29", "2025-02-28", 12),
        ("2026-01-31", "2026-02-27", 0),
        ("2026-01-31", "2026-02-28", 1),
        ("2026-12-31", "2027-01-30", 0),
        ("2026-05-02", "2026-05-01", 0),
    ],
)
def test_months_at_the_edges(day: str, today: str, months: int) -> None:
    """The last day that does not count yet, and the first that does."""
    assert touch.months_since(date.fromisoformat(day), date.fromisoformat(today)) == months


def test_every_date_that_counts_is_one_of_its_record() -> None:
    """A field that is renamed is no silent gap here."""
    for prefix, paths in touch._IN_TOUCH.items():
        model = model_of(BY_PREFIX[prefix].name)
        for path in paths:
            field = field_at(model, tuple(0 if step == "*" else step for step in path.split(".")))
            assert field is not None, f"{prefix} {path}"
            assert field.is_fact, f"{prefix} {path}"


@pytest.mark.parametrize(
    "text",
    [
        record("SA26-0002", sold_on="2026-06-01"),
        record("SA26-0002", sold_on="2026-03-01", cancelled="{on: 2026-06-01}"),
        record("DE26-0001", signed="{by: a, at: 2026-06-01}"),
        record("IN26-0001", signed="{by: a, at: 2026-06-01}"),
        record("CL26-0001", reported_on="2026-03-01", repairs="[{in: 2026-03-02, out: 2026-06-01}]"),
        record("VI26-0001", at="2026-06-01"),
        record("VI26-0001", at="2026-06-01", outcome="declined"),
        record("CO26-0001", received_at="2026-05-01", answers="[{at: 2026-06-01, says: 好}]"),
        record("WI26-0001", customer=BUYER, said_on="2026-06-01", words="字大一点"),
        record("EN26-0001", customer=BUYER, at="2026-06-01", question="多大的"),
        record("PT26-0001", customer=BUYER, on="2026-06-01", drawn="10"),
        record("PM26-0001", made_on="2026-06-01", due="2026-07-01"),
        record("PM26-0001", made_on="2026-05-01", due="2026-07-01", kept="{at: 2026-06-01}"),
        record("PM26-0001", of=f"{UNIT}/deliver", made_on="2026-05-01", apologised="{at: 2026-06-01}"),
        record(
            "EV26-0001",
            name="联欢",
            at="2026-06-01",
            planned_on="2026-05-01",
            held_at="2026-06-01",
            guests=f"[{{customer: {BUYER}, came: {{at: 2026-06-01}}}}]",
        ),
        record(
            "EV26-0001",
            name="联欢",
            at="2026-07-01",
            planned_on="2026-05-01",
            guests=f"[{{customer: {BUYER}, invited: {{at: 2026-06-01}}}}]",
        ),
    ],
)
def test_either_side_may_have_begun_it(text: str) -> None:
    """Every kind of record in which the two met, spoke or wrote."""
    assert _last(SALE, text) == ("2026-06-01", text.split("\n", 1)[0].removeprefix("id: "))


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        ("2026-02-01", "2026-06-30", "VI26-0001"),
        ("2026-06-01", "2026-06-01", "VI26-0001"),
        ("2026-06-02", "2027-01-01", None),
        ("2026-02-01", "2026-05-31", "SA26-0001"),
        ("2026-02-02", "2026-05-31", None),
    ],
)
def test_a_contact_within_some_days_can_be_asked_for(since: str, now: str, expected: str | None) -> None:
    """From the first of them to the last: an older one is none of theirs, nor one that is still to come."""
    called = record("VI26-0001", at="2026-06-01T10:00")
    affairs = affairs_of(shelf(KNOWN, SALE, called))[BUYER]
    found = touch.last(affairs, parse(now), since=date.fromisoformat(since))
    assert (found.record if found else None) == expected


@pytest.mark.parametrize(
    "text",
    [
        record("VI26-0001", at="2026-06-01", outcome="no_answer"),
        record("VI26-0001", at="2026-06-01", outcome="missed"),
        record("DE26-0001", attempts="[{at: 2026-06-01, outcome: nobody_home}]"),
        record("DE26-0001", dispatched_at="2026-06-01"),
        record("PT26-0001", customer=BUYER, on="2026-06-01", given="10"),
        record("PM26-0001", of=f"{UNIT}/deliver", made_on="2026-06-01", accepted="{on: 2026-06-01, reason: 大雪}"),
        record(
            "EV26-0001",
            name="联欢",
            at="2026-06-01",
            planned_on="2026-05-01",
            held_at="2026-06-01",
            guests=f"[{{customer: {BUYER}}}, {{customer: CU26-0002, came: {{at: 2026-06-01}}}}]",
        ),
    ],
)
def test_what_reached_nobody_is_no_contact(text: str) -> None:
    """A call that nobody took, a vain delivery, points that were given in silence, an event without them."""
    assert _last(record("CU26-0002"), SALE, text) == ("2026-02-01", "SA26-0001")


def test_what_lies_ahead_is_not_yet() -> None:
    """By the clock: on the day itself it has been."""
    later = record("VI26-0001", at="2026-06-01T10:00")
    assert _last(SALE, later, now="2026-05-31") == ("2026-02-01", "SA26-0001")
    assert _last(SALE, later, now="2026-06-01") == ("2026-06-01T10:00", "VI26-0001")


def _quiet(*records: str, months: int = 12, now: str = "2027-03-01") -> list[tuple[str, int | None, str | None]]:
    found = touch.quiet(affairs_of(shelf(*records)), parse(now), months=months)
    return [(one.affairs.customer.id, one.months, one.mark) for one in found]


def test_the_longest_come_first_whatever_they_bought() -> None:
    """A prospect before a good customer; who was never heard of before all; those of one day by their ids."""
    people = (
        record(BUYER, since="2026-03-01"),
        record("CU26-0002", name="大客户", since="2025-01-01"),
        record("CU26-0003", name="潜在", since="2025-06-01"),
        record("CU26-0004", name="无名", since=""),
        record("CU26-0005", name="新", since="2026-03-02"),
    )
    dear = record(
        "SA26-0001", customer="CU26-0002", sold_on="2026-02-01", items=f"[{{product: {CHAIR}, price: 99999}}]"
    )
    assert _quiet(*people, dear) == [
        ("CU26-0004", None, None),
        ("CU26-0003", 21, None),
        ("CU26-0002", 13, None),
        (BUYER, 12, None),
    ]
    assert len(_quiet(*people, dear, months=11)) == 5


def test_who_left_or_wishes_no_contact_is_marked() -> None:
    """Who leaves later is still here."""
    assert _quiet(record(BUYER, left="{on: 2026-05-01}")) == [(BUYER, 14, "left")]
    assert _quiet(record(BUYER, left="{on: 2027-05-01}")) == [(BUYER, 14, None)]
    assert _quiet(record(BUYER, do_not_contact="不要打扰")) == [(BUYER, 14, "do_not_contact")]
