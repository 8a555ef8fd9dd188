"""Ends of windows: variants, meters, floors, the latest of several, lengths that facts say, and several starts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.plain.tree import Tree
from aftercare.policies.judging.clock import End
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.hearing import Hearing
from aftercare.policies.judging.situation import situation
from aftercare.policies.judging.verdict import Verdict
from aftercare.policies.load import parse
from aftercare.policies.pack import Pack

_HEAD = """\
id: x
issuer: shop
title: X
counting: {first_day: no, roll: none}
"""
_LINE = """\
lines:
- {id: fix, title: Fix, grants: [repair], within: w}
"""


def _pack(windows: str, lines: str = _LINE, head: str = _HEAD) -> Pack:
    return parse((head + "windows:\n" + windows + lines).encode(), "x.yaml")


def _end(pack: Pack, facts: dict[str, Tree], on: str = "2026-06-01", window: str = "w") -> End:
    case = situation(facts, date.fromisoformat(on))
    return Hearing([pack], case).view(pack).end(window)


def _verdict(pack: Pack, facts: dict[str, Tree], on: str = "2026-06-01", asked: str = "") -> Verdict:
    return decide([pack], situation(facts, date.fromisoformat(on)), asked)


def _day(end: End) -> str:
    return end.day.isoformat() if end.day else ""


_VARIANTS = """\
  w:
    from: sold_on
    value: {2020-01-01: {months: 24}}
    variants:
    - {when: {used: yes}, value: {2020-01-01: {months: 12}}}
    - {when: {buyer: business}, from: delivered_on}
"""


@pytest.mark.parametrize(
    ("facts", "day"),
    [
        ({}, "2028-01-05"),
        ({"used": "yes"}, "2027-01-05"),
        ({"buyer": "business"}, "2028-01-10"),
        ({"used": "yes", "buyer": "business"}, "2027-01-05"),
    ],
)
def test_the_first_variant_that_holds_changes_what_it_says(facts: dict[str, Tree], day: str) -> None:
    """A variant leaves the rest of the window as it is; of several the first counts."""
    end = _end(_pack(_VARIANTS), {"sold_on": "2026-01-05", "delivered_on": "2026-01-10", **facts})
    assert _day(end) == day


def test_an_unknown_variant_is_asked_for() -> None:
    """Whether a variant holds must be known before there is an end."""
    window = """\
  w:
    from: sold_on
    value: {2020-01-01: {months: 6}}
    variants: [{when: {price: {over: 100}}, value: {2020-01-01: {months: 12}}}]
"""
    assert _end(_pack(window), {"sold_on": "2026-01-05"}).missing == ("price",)


_METER = "  w: {from: sold_on, value: {2020-01-01: {days: 60}}, meter: {odometer_km: 3000}}\n"


@pytest.mark.parametrize(
    ("fault", "km", "state"),
    [
        ("2026-03-06", "3000", "open"),
        ("2026-03-06", "3001", "closed"),
        ("2026-03-07", "3000", "closed"),
        ("2026-03-06", None, "ask"),
        ("2026-03-07", None, "closed"),
    ],
)
def test_whichever_comes_first(fault: str, km: str | None, state: str) -> None:
    """A window with a meter is over on its day or past its figure; within a figure the figure counts."""
    remedy = _verdict(_pack(_METER), {"sold_on": "2026-01-05", "fault_on": fault, "odometer_km": km}).remedy("repair")
    assert remedy.state == state
    assert remedy.ask == (("odometer_km",) if state == "ask" else ())
    assert remedy.why == ("expired" if state == "closed" else None)


def test_past_a_meter_is_past_the_window() -> None:
    """What opens after a window opens when its meter has run out too."""
    lines = "lines:\n- {id: fix, title: Fix, grants: [repair], after: w}\n"
    facts: dict[str, Tree] = {"sold_on": "2026-01-05", "fault_on": "2026-01-06"}
    assert _verdict(_pack(_METER, lines), {**facts, "odometer_km": "3000"}).remedy("repair").state == "closed"
    assert _verdict(_pack(_METER, lines), {**facts, "odometer_km": "3001"}).remedy("repair").state == "open"
    assert _verdict(_pack(_METER, lines), facts).remedy("repair").state == "ask"


_FLOOR = """\
  w:
    from: delivered_on
    value: {2020-01-01: {days: 30}}
    pauses: waiting
    floor: {from: stay.out, value: {days: 7}}
    tests: [today]
"""


@pytest.mark.parametrize(
    ("stay", "day"),
    [
        (None, "2026-02-09"),
        ({"in": "2026-01-25", "out": "2026-01-27"}, "2026-02-12"),
        ({"in": "2026-02-08", "out": "2026-03-02"}, "2026-03-09"),
        ({"in": "2026-02-09", "out": "2026-03-02"}, "2026-03-09"),
        ({"in": "2026-02-10", "out": "2026-03-02"}, "2026-03-09"),
    ],
)
def test_a_floor_comes_after_the_pauses(stay: Tree, day: str) -> None:
    """Days in repair count with the day in and the day out; then the window ends no earlier than the floor says."""
    facts: dict[str, Tree] = {"delivered_on": "2026-01-10", "sold_on": "2026-01-10"}
    if stay:
        facts["repairs"] = [stay]
    assert _day(_end(_pack(_FLOOR), facts)) == day


_LATEST = """\
  base: {from: delivered_on, value: {2020-01-01: {years: 2}}}
  tail: {from: fault_on, value: {2020-01-01: {months: 4}}, when: {within: base}}
  w: {latest: [base, tail], tests: [today]}
"""


@pytest.mark.parametrize(
    ("fault", "day"),
    [
        ("2025-06-01", "2026-06-10"),
        ("2026-02-10", "2026-06-10"),
        ("2026-02-11", "2026-06-11"),
        ("2026-06-11", "2026-06-10"),
    ],
)
def test_the_latest_of_those_that_exist(fault: str, day: str) -> None:
    """A window made of others ends with the last of them; one that does not exist is not counted."""
    assert _day(_end(_pack(_LATEST), {"sold_on": "2024-06-10", "delivered_on": "2024-06-10", "fault_on": fault})) == day


def test_the_latest_of_windows_that_are_not_known_has_bounds() -> None:
    """An end between two days keeps the later ones a composite may have."""
    end = _end(_pack(_LATEST), {"sold_on": "2024-06-10", "delivered_on": "2024-06-10"})
    assert end.day is None
    assert end.missing == ("fault_on",)
    assert (end.earliest, end.latest) >= (date(2026, 6, 10), date(2026, 6, 10))


@pytest.mark.parametrize(
    ("start", "day"),
    [
        ("{earliest: [returned_on, dispatched_back_on]}", "2026-02-06"),
        ("{latest: [returned_on, dispatched_back_on]}", "2026-02-11"),
    ],
)
def test_the_earliest_and_the_latest_start(start: str, day: str) -> None:
    """Of two events the one the rule names; an event that did not happen is left out."""
    pack = _pack(f"  w: {{from: {start}, value: {{2020-01-01: {{days: 14}}}}}}\n")
    facts: dict[str, Tree] = {"sold_on": "2026-01-01", "dispatched_back_on": "2026-01-23", "returned_on": "2026-01-28"}
    assert _day(_end(pack, facts)) == day
    del facts["returned_on"]
    assert _day(_end(pack, facts)) == "2026-02-06"


def test_of_several_parcels_the_last_or_the_first() -> None:
    """A list of days counts with its last day, unless the earliest is wanted."""
    facts: dict[str, Tree] = {"sold_on": "2026-05-28", "deliveries": ["2026-06-01", "2026-06-09", "2026-06-05"]}
    for start, day in (
        ("{latest: [delivered_on, deliveries]}", "2026-06-23"),
        ("{earliest: [deliveries]}", "2026-06-15"),
    ):
        pack = _pack(f"  w: {{from: {start}, value: {{2020-01-01: {{days: 14}}}}}}\n")
        assert _day(_end(pack, {**facts, "delivered_on": "2026-06-01"})) == day


_STATED = """\
  w: {from: sold_on, value: {2020-01-01: {months: {fact: warranty.months}}}}
  part: {from: sold_on, value: {2020-01-01: {months: {fact: warranty.parts, by: component}}}}
"""


def test_a_length_that_a_fact_says() -> None:
    """A guarantee's own term: of the whole, and of the part that failed; a part that it does not name has none."""
    pack = _pack(_STATED)
    facts: dict[str, Any] = {"sold_on": "2026-01-05", "warranty": {"months": "36", "parts": {"压缩机": "120"}}}
    assert _day(_end(pack, facts)) == "2029-01-05"
    assert _day(_end(pack, {**facts, "component": "压缩机"}, window="part")) == "2036-01-05"
    assert _end(pack, {**facts, "component": "other"}, window="part").absent
    assert _end(pack, facts, window="part").missing == ("component",)
    assert _end(pack, {"sold_on": "2026-01-05"}).absent


_PROVEN = """\
lines:
- {id: fix, title: Fix, grants: [repair], within: w, proof: {within: presumed, when: {buyer: consumer}}}
"""


@pytest.mark.parametrize(
    ("fault", "buyer", "state", "party"),
    [
        ("2027-01-10", "consumer", "open", "trader"),
        ("2027-01-11", "consumer", "if_proven", "consumer"),
        ("2027-01-10", "business", "if_proven", "consumer"),
    ],
)
def test_who_must_prove(fault: str, buyer: str, state: str, party: str) -> None:
    """Inside the presumption, and for whom it is made, nobody asks the buyer for proof."""
    windows = """\
  w: {from: delivered_on, value: {2020-01-01: {years: 2}}}
  presumed: {from: delivered_on, value: {2020-01-01: {years: 1}}}
"""
    facts: dict[str, Tree] = {"sold_on": "2026-01-05", "delivered_on": "2026-01-10", "fault_on": fault, "buyer": buyer}
    verdict = _verdict(_pack(windows, _PROVEN), facts, on=fault, asked="repair")
    assert (verdict.remedy("repair").state, verdict.burden_of_proof) == (state, party)


_BY_KM = """\
lines:
- id: back
  title: Back
  grants: [refund_with_fee]
  within: w
  fee: {per_1000_km_percent: {fact: use_fee_percent}, min_percent: 0.3, max_percent: 0.5}
"""


@pytest.mark.parametrize(
    ("percent", "fee"), [("0.4", "8287.49"), ("0.5", "10359.36"), ("0.6", "10359.36"), ("0.1", "6215.62"), (None, None)]
)
def test_a_fee_by_distance_keeps_within_its_bounds(percent: str | None, fee: str | None) -> None:
    """Price x km / 1000 x n, n no more and no less than the law allows; without n nobody knows it."""
    facts: dict[str, Tree] = {
        "sold_on": "2026-01-05", "fault_on": "2026-01-06", "price": "239800", "odometer_km": "8640",
        "use_fee_percent": percent,
    }  # fmt: skip
    pack = _pack("  w: {from: sold_on, value: {2020-01-01: {years: 2}}}\n", _BY_KM)
    best = _verdict(pack, facts).remedy("refund_with_fee").best
    assert best is not None
    assert best.fee is not None
    assert (None if best.fee.amount is None else str(best.fee.amount)) == fee


@pytest.mark.parametrize(
    ("end", "days"), [("2026-01-16T09:00", 10), ("2026-01-16T09:01", 11), ("2026-01-06T10:00", 1), ("2026-01-16", 10)]
)
def test_days_of_24_hours_that_were_begun(end: str, days: int) -> None:
    """A stay of ten days and an hour is eleven days; of a stay of which only days are known it is out minus in."""
    head = _HEAD.replace("roll: none", "roll: none, stay: started_24h")
    lines = "lines:\n- {id: fix, title: Fix, grants: [repair], when: {repair_days: {over: 10}}}\n"
    facts: dict[str, Tree] = {"sold_on": "2026-01-01", "repairs": [{"in": "2026-01-06T09:00", "out": end}]}
    verdict = _verdict(_pack("  w: {from: sold_on, value: {2020-01-01: {days: 1}}}\n", lines, head), facts)
    assert verdict.repair_days == (days,)
    assert verdict.remedy("repair").state == ("open" if days > 10 else "closed")


@pytest.mark.parametrize(
    ("problems", "same", "state"),
    [
        (["leak"] * 4, None, "closed"),
        (["leak"] * 5, None, "open"),
        (["leak"] * 4 + ["noise"], None, "closed"),
        (["leak"] * 4 + [""], None, "ask"),
        (["leak"] * 3 + [""], None, "closed"),
        (["leak"] * 4 + [""], "yes", "open"),
        (["leak"] * 4 + [""], "no", "closed"),
    ],
)
def test_repairs_of_one_problem_are_counted(problems: list[str], same: str | None, state: str) -> None:
    """The problem repaired most often counts; whether one without a name is the same is asked only where it matters."""
    lines = "lines:\n- {id: fix, title: Fix, grants: [repair], when: {same_problem_repairs: {over: 4}}}\n"
    stays: list[Tree] = [
        {"in": f"2026-02-{at * 2 + 1:02}", "out": f"2026-02-{at * 2 + 2:02}", "problem": problem or None}
        for at, problem in enumerate(problems)
    ]
    pack = _pack("  w: {from: sold_on, value: {2020-01-01: {days: 1}}}\n", lines)
    facts: dict[str, Tree] = {"sold_on": "2026-01-01", "repairs": stays, "same_defect": same}
    assert _verdict(pack, facts).remedy("repair").state == state


@settings(max_examples=60)
@given(
    st.dates(date(2024, 1, 1), date(2026, 12, 31))
    | st.sampled_from([date(2024, 2, 29), date(2024, 8, 31), date(2025, 1, 31)]),
    st.integers(0, 40),
    st.integers(0, 40),
)
def test_a_floor_and_a_pause_never_shorten(delivered: date, began: int, lasted: int) -> None:
    """A stop of the clock only ever moves the end later."""
    start, end = delivered + timedelta(days=began), delivered + timedelta(days=began + lasted)
    facts: dict[str, Tree] = {"sold_on": delivered.isoformat(), "delivered_on": delivered.isoformat()}
    plain = _end(_pack(_FLOOR), facts).day
    stopped = _end(_pack(_FLOOR), {**facts, "repairs": [{"in": start.isoformat(), "out": end.isoformat()}]}).day
    assert plain is not None
    assert stopped is not None
    assert stopped >= plain
