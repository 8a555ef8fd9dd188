"""The same fault again."""

from __future__ import annotations

import pytest

from aftercare.answers.repeats import repeated, stays
from aftercare.plain.moments import parse
from aftercare.records.claim import Claim
from tests.answers import shop
from tests.answers.shop import record

BEFORE = (
    record("SA26-0001"),
    record("CL26-0001", fault="{symptom: 不制冷}", repairs="[{in: 2026-08-06, out: 2026-08-07, problem: 漏氟}]"),
    record("CL26-0002", fault="{symptom: 异响, same_as: CL26-0001}", repairs="[{in: 2026-08-10, out: 2026-08-11}]"),
    record("CL26-0003", repairs="[{in: 2026-08-12, problem: 漏氟}]"),
)


def _repeated(problem: str | None, same_as: str | None, **fields: str) -> list[str]:
    shelf = shop.shelf(*BEFORE, record("CL26-0009", **fields))
    claim = shelf.get("CL26-0009")
    assert isinstance(claim, Claim)
    return [record_id for __, record_id in repeated(claim, shelf.of(Claim), problem, same_as)]


@pytest.mark.parametrize(
    ("problem", "same_as", "fields", "expected"),
    [
        (None, None, {}, []),
        ("漏氟", None, {}, ["CL26-0001"]),
        (None, None, {"fault": "{symptom: 异响}"}, ["CL26-0002"]),
        ("电路板", None, {"fault": "{symptom: 异响}"}, []),
        (None, "CL26-0002", {}, ["CL26-0001", "CL26-0002"]),
        (None, None, {"fault": "{same_as: CL26-0001}"}, ["CL26-0001"]),
        ("漏氟", None, {"unit": "SA26-0002/1"}, []),
        ("甲", None, {"repairs": "[{in: 2026-08-13, out: 2026-08-14, problem: 乙}]"}, []),
        ("甲", None, {"repairs": "[{in: 2026-08-13, out: 2026-08-14, problem: 甲}]"}, ["CL26-0009"]),
        ("甲", None, {"repairs": "[{in: 2026-08-13, out: 2026-08-14, result: not_fixed}]"}, ["CL26-0009"]),
    ],
)
def test_which_repairs_were_of_the_same_fault(
    problem: str | None, same_as: str | None, fields: dict[str, str], expected: list[str]
) -> None:
    """Named so, called the same, or not mended; of the same unit, and finished."""
    assert _repeated(problem, same_as, **fields) == expected


def test_claims_that_name_each_other_end() -> None:
    """A circle written by hand is no endless search."""
    shelf = shop.shelf(
        record("SA26-0001"),
        record("CL26-0001", fault="{same_as: CL26-0002}", repairs="[{in: 2026-08-06, out: 2026-08-07}]"),
        record("CL26-0002", fault="{same_as: CL26-0001}", repairs="[{in: 2026-08-08, out: 2026-08-09}]"),
    )
    claim = shelf.get("CL26-0001")
    assert isinstance(claim, Claim)
    assert [found for __, found in repeated(claim, shelf.of(Claim))] == ["CL26-0002"]


def test_a_stay_knows_what_was_before_it_and_when_it_came_back() -> None:
    """The first return ends it, whatever follows; the third repeats both, and has not come back."""
    again = "[{in: 2026-09-01T09:00, out: 2026-09-02, problem: 漏氟}, {in: 2026-10-01, problem: 漏氟}]"
    shelf = shop.shelf(*BEFORE[:2], record("CL26-0009", reported_on="2026-09-01", repairs=again))
    found = {stay.id: stay for stay in stays(list(shelf.of(Claim)))}
    assert {name: (list(stay.before), stay.back_in) for name, stay in found.items()} == {
        "CL26-0001/1": ([], "CL26-0009"),
        "CL26-0009/1": (["CL26-0001"], "CL26-0009"),
        "CL26-0009/2": (["CL26-0001", "CL26-0009"], ""),
    }
    assert found["CL26-0001/1"].back == parse("2026-09-01T09:00")
    assert found["CL26-0009/2"].back is None


def test_what_came_in_before_the_other_went_out_is_no_return() -> None:
    """Two claims about one fault that lay in the shop together; on the very day it is one."""
    shelf = shop.shelf(*BEFORE[:2], record("CL26-0009", repairs="[{in: 2026-08-06, problem: 漏氟}]"))
    assert [stay.back for stay in stays(list(shelf.of(Claim)))] == [None, None]
    shelf = shop.shelf(*BEFORE[:2], record("CL26-0009", repairs="[{in: 2026-08-07, problem: 漏氟}]"))
    assert [stay.back for stay in stays(list(shelf.of(Claim)))] == [parse("2026-08-07"), None]


def test_the_first_return_is_the_earliest_whatever_the_claims_are_called() -> None:
    """A claim that was written down later may have come in before."""
    later = record("CL26-0005", repairs="[{in: 2026-10-01, problem: 漏氟}]")
    sooner = record("CL26-0009", repairs="[{in: 2026-09-01, problem: 漏氟}]")
    shelf = shop.shelf(*BEFORE[:2], later, sooner)
    first = next(iter(stays(list(shelf.of(Claim)))))
    assert (first.back, first.back_in) == (parse("2026-09-01"), "CL26-0009")


def test_on_one_day_the_clock_decides_where_there_is_one() -> None:
    """Taken in at nine and another handed back at five: they lay in the shop together."""
    first = record("CL26-0001", repairs="[{in: 2026-08-06, out: 2026-08-07T17:00, problem: 漏氟}]")
    for came, back in (("09:00", None), ("17:30", parse("2026-08-07T17:30"))):
        again = record("CL26-0009", repairs=f"[{{in: 2026-08-07T{came}, problem: 漏氟}}]")
        shelf = shop.shelf(BEFORE[0], first, again)
        assert next(stay.back for stay in stays(list(shelf.of(Claim)))) == back
