"""Work by somebody without the certificate or the training that a pack asks for."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from tests.answers import shop
from tests.answers.books import moments_near
from tests.answers.breaches.service import FITTER, HELPER, UNIT, found

PACK = """
id: ours
issuer: shop
title: 自家
duties:
- {id: taught, duty: qualified, category: goods, for: [delivery, repair, inspection, visit, workshop], title: 培训,
   trainings: [上门规范]}
- {id: cold, duty: qualified, category: air_conditioner, for: [repair, workshop], title: 持证, certificates: [制冷]}
"""
UNTIL = date(2026, 6, 30)
"""The last day of the fitter's certificate for refrigeration."""
TAUGHT = "ST26-0003"
LEARNED, FORGOT = date(2026, 3, 1), date(2026, 8, 31)
PERSON = shop.record(TAUGHT, name="小周", trainings=f"[{{on: {LEARNED}, what: 上门规范, until: {FORGOT}}}]")
SOLD = shop.record("SA26-0001", items=f"[{{product: {shop.COOLER}}}]")


def _visit(by: str, on: date | str, **said: str) -> str:
    usual = {"channel": "home", "purpose": "inspection", "about": f"[{UNIT}]", "at": f"{on}", "by": by} | said
    return shop.record("VI26-0001", **usual)


def _unqualified(*records: str, pack: str = PACK) -> list[tuple[str, str, str]]:
    return [
        (breach.id, breach.what, breach.line)
        for breach in found(PERSON, *records, pack=pack).values()
        if breach.code in {"unqualified", "no-technician"}
    ]


@settings(max_examples=60)
@given(moments_near(LEARNED, FORGOT))
def test_a_training_must_count_on_the_day_of_the_work(on: date) -> None:
    """On its first and its last day it does."""
    said = _unqualified(SOLD, _visit(TAUGHT, on))
    assert bool(said) is not (LEARNED <= on <= FORGOT)


@settings(max_examples=30)
@given(moments_near(UNTIL))
def test_a_certificate_is_good_on_its_last_day_and_not_the_day_after(on: date) -> None:
    """Of a repair at home on these goods; the training is missing anyway."""
    ((__, what, ___),) = _unqualified(SOLD, _visit(FITTER, on, purpose="repair"))
    assert ("制冷 (until 2026-06-30)" in what) is (on > UNTIL)


@pytest.mark.parametrize(
    ("work", "breach"),
    [
        (_visit(HELPER, "2026-05-01"), "VI26-0001/unqualified"),
        (_visit(HELPER, "2026-05-01", purpose="greeting"), "VI26-0001/unqualified"),
        (
            shop.record("DE26-0001", person=HELPER, opened="yes", signed="{by: 王, at: 2026-05-01T10:00}"),
            "DE26-0001/unqualified",
        ),
        (
            shop.record(
                "CL26-0001", reported_on="2026-05-01", repairs=f"[{{in: 2026-05-01, by: {HELPER}, out: 2026-05-02}}]"
            ),
            "CL26-0001/unqualified",
        ),
        (_visit("", "2026-05-01"), "VI26-0001/no-technician"),
    ],
)
def test_each_work_that_is_named_is_looked_at(work: str, breach: str) -> None:
    """A delivery, a visit of any purpose, a repair in the shop; and a visit of which nobody knows who came."""
    ((found_id, __, line),) = _unqualified(SOLD, work)
    assert (found_id, line) == (breach, "ours/taught")


@pytest.mark.parametrize(
    "work",
    [
        _visit(TAUGHT, "2026-05-01"),
        _visit(HELPER, "2026-05-01", purpose="maintenance"),
        _visit(HELPER, "2026-05-01", channel="phone"),
        _visit(HELPER, "2026-05-01", outcome="no_answer"),
        shop.record("DE26-0001", person=HELPER),
        shop.record("CL26-0001", reported_on="2026-05-01", repairs=f"[{{in: 2026-05-01, by: {HELPER}}}]"),
        shop.record(
            "CL26-0001",
            reported_on="2026-05-01",
            repairs=f"[{{in: 2026-05-01, by: {HELPER}, out: 2026-05-02, result: not_done}}]",
        ),
    ],
)
def test_nothing_is_said_of_what_nobody_asks_about(work: str) -> None:
    """Who was taught, a work that is not named, a call, a visit in vain, what is not done or was given back undone."""
    assert _unqualified(SOLD, work) == []


def test_clauses_stand_beside_each_other() -> None:
    """What several ask for is told in one finding, by the line of the first that is not met."""
    ((__, what, line),) = _unqualified(SOLD, _visit(HELPER, "2026-05-01", purpose="repair"))
    assert what == "done without what is asked for: 上门规范; done without what is asked for: 制冷"
    assert line == "ours/taught"


def test_the_second_repair_of_a_claim_has_an_id_of_its_own() -> None:
    """By its place in the claim."""
    stays = ", ".join(f"{{in: {on}, by: {HELPER}, out: {on + timedelta(days=1)}}}" for on in (UNTIL, FORGOT))
    said = _unqualified(SOLD, shop.record("CL26-0001", reported_on="2026-06-30", repairs=f"[{stays}]"))
    assert [breach for breach, *__ in said] == ["CL26-0001/unqualified", "CL26-0001/unqualified.2"]


def test_a_training_asked_for_takes_no_certificate_away() -> None:
    """The clause that names none still asks for any certificate of who puts up what needs a fitter."""
    plain = "- {id: any, duty: qualified, category: goods, title: 专业}\n"
    also = "- {id: more, duty: qualified, category: goods, for: [installation], trainings: [上门规范], title: 培训}\n"
    pack = "id: ours\nissuer: shop\ntitle: 自家\nduties:\n" + plain + also
    work = shop.record("IN26-0001", technician=HELPER, signed="{by: 王, at: 2026-05-01}")
    ((__, what, line),) = _unqualified(SOLD, work, pack=pack)
    assert what == "done without a valid certificate; done without what is asked for: 上门规范"
    assert line == "ours/any"


def test_a_clause_for_other_works_asks_nothing_of_an_installation() -> None:
    """Not even that somebody is named for it."""
    work = shop.record("IN26-0001", signed="{by: 王, at: 2026-05-01}")
    assert _unqualified(SOLD, work) == []
