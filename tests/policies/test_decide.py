"""The verdict: what is granted, for how much, on what ground, and what is asked for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from aftercare.plain.tree import Tree
from aftercare.policies import load
from aftercare.policies.judging.decide import decide
from aftercare.policies.judging.situation import situation
from aftercare.policies.judging.verdict import Fee, Verdict
from aftercare.policies.pack import Pack
from tests.policies.made_laws import closing, laws

_FACTS: dict[str, Tree] = {
    "category": "color_tv_crt", "sold_on": "2023-03-06", "price": "5000", "fault_on": "2023-03-15",
    "component": "other", "same_model_available": "yes", "channel": "shop",
}  # fmt: skip


def _national(*names: str) -> list[Pack]:
    return [pack for pack in laws() if pack.id in (names or ("cn-1995-general",))]


def _verdict(packs: list[Pack], on: str, **facts: Tree) -> Verdict:
    return decide(packs, situation({**_FACTS, **facts}, date.fromisoformat(on)))


def _states(verdict: Verdict) -> dict[str, str]:
    return {name: found.state for name, found in verdict.remedies.items()}


def _fee(verdict: Verdict) -> Fee:
    best = verdict.remedy("refund_with_fee").best
    assert best is not None
    assert best.fee is not None
    return best.fee


def test_the_fee_is_reckoned_to_the_return_without_days_in_repair() -> None:
    """Price times rate times days of use, half a cent up; the amount is the rest of the price."""
    stay: Tree = [{"in": "2023-03-15", "out": "2023-03-17"}]
    verdict = _verdict(_national(), "2023-03-20", price="4999.99", repairs=stay)
    fee = _fee(verdict)
    assert (fee.days, fee.repair_days, fee.since, fee.amount) == (12, 2, date(2023, 3, 6), Decimal("60.00"))
    best = verdict.remedy("refund_with_fee").best
    assert best is not None
    assert best.amount == Decimal("4939.99")
    returned = _verdict(_national(), "2023-03-20", repairs=stay, returned_on="2023-03-18")
    assert _fee(returned).days == 10


def test_the_fee_is_never_more_than_the_price() -> None:
    """After a thousand days at 0.1% nothing comes back, and nothing is owed."""
    fee = _fee(_verdict(_national(), "2026-03-20"))
    assert (fee.amount, fee.capped) == (Decimal("5000"), True)


def test_an_unknown_price_is_an_unknown_fee() -> None:
    """The remedy is open all the same, and nothing is said of the amount."""
    facts = {name: value for name, value in _FACTS.items() if name != "price"}
    best = decide(_national(), situation(facts, date(2023, 3, 20))).remedy("refund_with_fee").best
    assert best is not None
    assert best.fee is not None
    assert (best.state, best.fee.amount, best.amount) == ("open", None, None)


def test_a_pack_closes_only_what_is_its_own() -> None:
    """No source can take away a grant of another."""
    found = _states(_verdict([*_national(), closing()], "2023-03-20"))
    assert (found["repair"], found["loan_unit"]) == ("open", "open")


@pytest.mark.parametrize(
    ("said", "states"),
    [({}, ("ask", "ask")), ({"goods_intact": "yes"}, ("closed", "open")), ({"goods_intact": "no"}, ("open", "closed"))],
)
def test_what_may_take_another_place_leaves_that_open(said: dict[str, Tree], states: tuple[str, str]) -> None:
    """A grant that a line of its own pack may close is asked about, never promised."""
    text = """\
id: own
issuer: shop
title: Own
counting: {first_day: no, roll: none}
lines:
- {id: a, title: a, grants: [repair]}
- {id: b, title: b, grants: [refund], when: {goods_intact: yes}, instead_of: [repair]}
"""
    found = _states(_verdict([load.parse(text.encode(), "own.yaml")], "2023-03-20", **said))
    assert (found["repair"], found["refund"]) == states


def test_an_exclusion_shuts_the_whole_pack_and_no_other() -> None:
    """What bars the law's lines bars no promise of the shop's."""
    found = _verdict([*_national(), closing()], "2023-03-20", exclusions=["misuse"])
    assert found.remedy("repair").why == "excluded"
    assert found.remedy("loan_unit").state == "open"


def test_a_pack_that_is_elsewhere_is_not_used() -> None:
    """Neither before its first day nor for other goods; what was used is told with the state of its text."""
    packs = _national("cn-1995-general", "cn-2011-flat-tv", "cn-cpl-reg-2024")
    assert [pack.id for pack in _verdict(packs, "2023-03-20").packs] == ["cn-1995-general"]
    later = _verdict(packs, "2024-07-08", sold_on="2024-07-01", delivered_on="2024-07-01", fault_on="2024-07-08")
    assert [pack.id for pack in later.packs] == ["cn-1995-general", "cn-cpl-reg-2024"]
    assert all(len(pack.sha256) == 64 for pack in later.packs)


@pytest.mark.parametrize(("sold", "refund"), [("2024-06-30", "closed"), ("2024-07-01", "open")])
def test_the_regulations_hold_for_sales_from_their_day_on(sold: str, refund: str) -> None:
    """Sold the day before, the seven days begin with the sale; from the day on with the hand-over."""
    packs = _national("cn-1995-general", "cn-cpl-reg-2024")
    found = _verdict(packs, "2024-07-12", sold_on=sold, delivered_on="2024-07-05", fault_on="2024-07-12")
    assert found.remedy("refund").state == refund
    if refund == "open":
        best = found.remedy("refund").best
        assert best is not None
        assert {cite.pack for cite in best.cite} == {"cn-1995-general", "cn-cpl-reg-2024"}


def test_what_was_taken_for_granted_is_told() -> None:
    """And what was said is not."""
    assert set(_verdict(_national(), "2023-03-20").assumed) >= {"exclusions", "fault_kind"}
    said = _verdict(_national(), "2023-03-20", fault_kind="performance").assumed
    assert "fault_kind" not in said


def test_contradictions_are_for_a_person() -> None:
    """Nothing is reckoned from a fault before the sale; the verdict asks, and says what contradicts."""
    found = _verdict(_national(), "2023-03-20", fault_on="2023-03-05")
    assert found.remedy("refund").state == "ask"
    assert "sold_on and fault_on" in found.review[0].en


def test_the_trace_shows_refusals_with_all_their_reasons() -> None:
    """Every line looked at is there with what it wanted; one that is out of its days shows that too."""
    trace = _verdict(_national(), "2023-03-20", fault_kind="cosmetic").trace
    art9 = {(row.because, row.truth) for row in trace if row.line == "cn-1995-general/art9"}
    assert art9 == {("fact", "no"), ("within", "no")}
    assert {row.result for row in trace if row.line == "cn-1995-general/art9"} == {"refused"}
    assert {row.result for row in trace if row.line == "cn-1995-general/art8"} == {"granted"}


def test_no_law_no_remedy() -> None:
    """Without a pack nothing is granted and nothing is asked."""
    found = _verdict([], "2023-03-20")
    assert (dict(found.remedies), found.ask, found.remedy("repair").state) == ({}, (), "closed")
