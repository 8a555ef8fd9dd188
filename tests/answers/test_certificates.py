"""Certificates and trainings: which days they hold on, when one ends, and what renews it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.affairs import HOUSE
from aftercare.answers.certificates import counts, holds, is_valid, was_taught
from aftercare.answers.due import row
from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.plain.moments import parse
from aftercare.records.staff import Certificate, Staff, Training
from tests.answers import shop
from tests.answers.books import moments_near

PLAN = """
id: staff-plans
issuer: shop
title: 员工
plans:
- {id: renew, title: 续证, category: goods, after: certificate_ends, what: renew, step: renew, channel: counter,
   due: {2020-01-01: [{days: 0}]}, ahead: {days: 30}}
"""
EDGES = (date(2026, 2, 28), date(2028, 2, 29), date(2026, 12, 31), date(2026, 1, 31))
days = moments_near(*EDGES)


def _certificate(**said: object) -> Certificate:
    return Certificate.model_validate({"name": "低压电工", **said})


def _promises(certificates: str, now: str, left: str = "") -> dict[str, Promise]:
    person = shop.record("ST26-0001", name="张师傅", certificates=certificates, left=left)
    ledger = ledger_of(shop.shelf(person), shop.rules(PLAN), parse(now), [HOUSE])
    return {promise.id: promise for promise in ledger.promises}


@given(days, days, days)
def test_a_certificate_holds_from_its_first_to_its_last_day(since: date, until: date, on: date) -> None:
    """Both are good days; the day before and the day after are not."""
    one = _certificate(since=since.isoformat(), until=until.isoformat())
    assert is_valid(one, on) is (since <= on <= until)


@given(days)
def test_without_an_end_it_holds_for_good(on: date) -> None:
    """And without a first day it held all along."""
    assert is_valid(_certificate(), on)


@given(days, days, days)
def test_a_training_counts_from_its_day_until_its_last(taught: date, until: date, on: date) -> None:
    """Who is taught in the morning may go out the same day."""
    one = Training.model_validate({"on": taught.isoformat(), "what": "上门", "until": until.isoformat()})
    assert counts(one, on) is (taught <= on <= until)


def test_names_are_compared_without_case_width_and_blanks() -> None:
    """ＰＡＴ 1 and pat1 are one certificate; 低压电工 is another than 高压电工."""
    person = Staff.model_validate(
        {
            "id": "ST26-0001",
            "name": "张",
            "certificates": [{"name": "ＰＡＴ 1"}],
            "trainings": [{"on": "2026-03-01", "what": "上门 规范"}],
        }
    )
    assert holds(person, "pat1", date(2026, 3, 1))
    assert not holds(person, "pat2", date(2026, 3, 1))
    assert was_taught(person, "上门规范", date(2026, 3, 1))
    assert not was_taught(person, "上门规范", date(2026, 2, 28))


@given(days, st.integers(-40, 5))
def test_the_renewal_is_due_for_thirty_days_and_late_the_day_after(until: date, off: int) -> None:
    """Waiting before, due on the first and the last of them, overdue from then on."""
    now = until + timedelta(days=off)
    (promise,) = _promises(f"[{{name: 电工, until: {until}}}]", now.isoformat()).values()
    assert promise.state == ("waiting" if off < -30 else "due" if off <= 0 else "overdue")
    assert (promise.draft.to, promise.person, promise.draft.words) == (HOUSE, "ST26-0001", "电工")


@given(days, st.integers(-3, 3))
def test_the_new_certificate_keeps_it_on_the_day_it_was_handed_in(until: date, off: int) -> None:
    """In time on the last day of the old one too, late the day after."""
    came = until + timedelta(days=off)
    new = f"{{name: 电工, until: {until + timedelta(days=900)}, on: {came}}}"
    found = _promises(f"[{{name: 电工, until: {until}}}, {new}]", "2029-12-01")
    old = found["ST26-0001/renew.1"]
    assert old.state == ("kept_late" if off > 0 else "kept")
    assert old.kept is not None
    assert old.kept.at == came
    assert set(found) == {"ST26-0001/renew.1", "ST26-0001/renew.2"}


@pytest.mark.parametrize(
    ("other", "state"),
    [
        ("{name: 焊工, until: 2028-03-01, on: 2026-02-01}", "overdue"),
        ("{name: 电工, until: 2026-03-01, on: 2026-02-01}", "overdue"),
        ("{name: 电工, until: 2025-03-01, on: 2026-02-01}", "overdue"),
        ("{name: 电工, on: 2026-02-01}", "kept"),
        ("{name: 电工, until: 2028-03-01}", "kept"),
    ],
)
def test_only_what_holds_longer_under_the_same_name_renews(other: str, state: str) -> None:
    """One without an end does; where nobody noted when it came, it was in the file as long as the other."""
    found = _promises(f"[{{name: 电工, until: 2026-03-01}}, {other}]", "2026-06-01")
    assert found["ST26-0001/renew.1"].state == state


def test_of_several_the_first_that_came_renews() -> None:
    """The order in the file does not matter."""
    rows = "{name: 电工, until: 2030-01-01, on: 2026-02-20}, {name: 电工, until: 2026-03-01}"
    found = _promises(f"[{rows}, {{name: 电工, until: 2029-01-01, on: 2026-02-10}}]", "2026-06-01")
    kept = found["ST26-0001/renew.2"].kept
    assert kept is not None
    assert kept.at == date(2026, 2, 10)


@pytest.mark.parametrize(("left", "state"), [("2026-02-27", "void"), ("2026-03-05", "void")])
def test_nobody_renews_for_who_left(left: str, state: str) -> None:
    """Neither what was still to come then, nor what was late already."""
    found = _promises("[{name: 电工, until: 2026-03-01}]", "2026-06-01", left=f"{{on: {left}}}")
    assert found["ST26-0001/renew.1"].state == state


def test_what_was_renewed_before_somebody_left_stays_kept() -> None:
    """To leave undoes nothing."""
    rows = "[{name: 电工, until: 2026-03-01}, {name: 电工, until: 2028-03-01, on: 2026-02-20}]"
    found = _promises(rows, "2026-06-01", left="{on: 2026-05-01}")
    assert [promise.state for promise in found.values()] == ["kept", "void"]


def test_the_row_names_no_customer() -> None:
    """It is owed to nobody in particular; the command that keeps it is the person's."""
    person = shop.record("ST26-0001", name="张师傅", certificates="[{name: 电工, until: 2026-03-01}]")
    ledger = ledger_of(shop.shelf(person), shop.rules(PLAN), parse("2026-02-20"), [HOUSE])
    said = row(ledger.promises[0], ledger, parse("2026-02-20"))
    assert (said["customer"], said["name"], said["about"]) == (None, None, [])
    assert said["keep_with"] == ["aftercare", "staff", "certify", "ST26-0001", "电工", "--until", "…"]
