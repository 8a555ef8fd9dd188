"""What makes a breach of what was seen: a duty in force, a day that has come, records that agree; and what settles."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.breaches.all import breaches
from aftercare.answers.ledger import ledger_of
from aftercare.plain.moments import parse
from tests.answers import shop
from tests.answers.books import several
from tests.answers.breaches.service import STANDARD, TOLD, UNIT, codes, found
from tests.answers.shop import record

SOLD = record("SA26-0001", told=TOLD)
UNOPENED = record("DE26-0001", person="ST26-0001", opened="no", signed="{by: a, at: 2026-03-04T10:00}")
LATE = record("DE26-0001", person="ST26-0001", opened="yes", signed="{by: a, at: 2026-03-05T10:00}")


def test_without_a_duty_there_is_no_breach() -> None:
    """What no rule in force asks for is nobody's fault."""
    assert found(SOLD, UNOPENED, pack=shop.PLANS) == {}


def test_the_duty_is_that_of_the_day_and_of_the_goods() -> None:
    """A pack that is in force from a later day says nothing of today, nor one for other goods; its line is named."""
    later = STANDARD.replace("issuer: shop\n", "issuer: shop\nin_force: {from: 2026-03-05}\n")
    others = STANDARD.replace("duty: open_together, category: goods", "duty: open_together, category: air_conditioner")
    assert found(SOLD, UNOPENED, pack=later) == {}
    assert found(SOLD, UNOPENED, pack=others) == {}
    line = found(SOLD, UNOPENED)["DE26-0001/unopened"].line
    assert line.startswith("ours/duty-")


def test_before_the_opening_day_only_what_was_told_counts() -> None:
    """The shop's standards begin with its book; its word was given before."""
    before, after = "2026-03-04", "2026-03-06"
    assert list(found(SOLD, UNOPENED, begins_on=before)) == ["DE26-0001/unopened"]
    assert found(SOLD, UNOPENED, begins_on=after) == {}
    assert f"{UNIT}/late-delivery" in found(SOLD, LATE, begins_on=after)
    untold = record("DE26-0001", arranged_on="2026-03-02", opened="yes", person="ST26-0001")
    assert found(record("SA26-0001"), untold, begins_on=after, now="2026-03-09") == {}


def test_dates_that_contradict_each_other_prove_nothing() -> None:
    """They are a fault of the file, and nothing is reckoned from it."""
    odd = record("DE26-0001", dispatched_at="2026-03-09", opened="no", signed="{by: a, at: 2026-03-06}")
    assert codes(SOLD, odd) == []
    before_sale = record("DE26-0001", opened="no", signed="{by: a, at: 2026-03-01}")
    assert codes(SOLD, before_sale) == []


def test_an_apology_for_the_promise_settles_what_broke_it() -> None:
    """Late and untold are one thing to apologise for; a day later than now it has not been said."""
    said = record("PM26-0001", of=f"{UNIT}/deliver", apologised="{at: 2026-03-06, how: 送滤网}")
    settled = found(SOLD, LATE, said)[f"{UNIT}/late-delivery"].settled
    assert settled is not None
    assert (settled.how, settled.on.isoformat(), settled.record, settled.reason) == (
        "apology", "2026-03-06", "PM26-0001", "送滤网",
    )  # fmt: skip
    assert codes(SOLD, LATE, said, now="2026-03-06") == []
    assert codes(SOLD, LATE, said, now="2026-03-05") == [f"{UNIT}/late-delivery", f"{UNIT}/delay-not-told"]


@pytest.mark.parametrize(
    ("fact", "how"),
    [
        ({"apologised": "{at: 2026-03-06, how: 致歉}"}, "apology"),
        ({"kept": "{at: 2026-03-06, how: 上门复检}"}, "made_good"),
        ({"accepted": "{on: 2026-03-06, reason: 顾客赶时间}"}, "accepted"),
    ],
)
def test_a_record_about_the_breach_settles_it(fact: dict[str, str], how: str) -> None:
    """Whichever of the three it holds, from its day on; and it makes no promise of its own."""
    about = record("PM26-0001", of="DE26-0001/unopened", made_on="2026-03-06", **fact)
    assert codes(SOLD, UNOPENED, about, now="2026-03-05") == ["DE26-0001/unopened"]
    settled = found(SOLD, UNOPENED, about)["DE26-0001/unopened"].settled
    assert settled is not None
    assert settled.how == how
    assert shop.states(SOLD, UNOPENED, about, now="2026-12-31") == shop.states(SOLD, UNOPENED, now="2026-12-31")


def test_a_record_about_another_breach_settles_nothing() -> None:
    """Each breach is settled by itself."""
    about = record("PM26-0001", of="DE26-0001/no-person", accepted="{on: 2026-03-06, reason: a}")
    assert codes(SOLD, UNOPENED, about) == ["DE26-0001/unopened"]


def test_only_the_groups_and_customers_that_are_asked_for_are_looked_at() -> None:
    """So one field of work, or one customer, costs no more than itself."""
    shelf = shop.shelf(SOLD, UNOPENED)
    rules, now = shop.rules(STANDARD), parse("2026-12-31")
    assert [b.id for b in breaches(shelf, rules, now, groups=["delivery"])] == ["DE26-0001/unopened"]
    assert breaches(shelf, rules, now, groups=["installation", "claims", "promises"]) == []
    assert breaches(shelf, rules, now, customers=["CU26-0009"]) == []


@given(several(), st.integers(1, 28))
@settings(max_examples=60)
def test_of_any_book_every_breach_is_of_a_day_that_has_come(records: list[str], day: int) -> None:
    """No breach lies in the future, none comes twice, and looking never changes what is promised."""
    made = [text for text in records if not text.startswith("id: CU26-0001")]
    own = [text for text in records if text.startswith("id: CU26-0001")]
    shelf, rules, now = shop.shelf(*own, *made), shop.rules(STANDARD), parse(f"2026-03-{day:02}")
    rows = breaches(shelf, rules, now)
    assert all(breach.on.isoformat() <= f"2026-03-{day:02}" for breach in rows)
    assert len({breach.id for breach in rows}) == len(rows)
    assert {breach.to for breach in rows} <= set(ledger_of(shelf, rules, now).affairs)
