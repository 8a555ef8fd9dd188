"""Packs tried on cases: which packs, what is compared, what is said, and which edges nobody tried."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from aftercare.policies.authoring.cases import Case, read_cases
from aftercare.policies.authoring.coverage import edges
from aftercare.policies.authoring.trials import Trial, packs_for, try_all
from aftercare.policies.load import parse, rules, shipped
from aftercare.policies.pack import Pack

FACTS = {
    "category": "color_tv_crt",
    "sold_on": "2025-03-03",
    "price": "5000",
    "fault_on": "2025-03-18",
    "component": "other",
    "same_model_available": "yes",
}


def _case(expect: str, *, law: str = "cn-1995-general", today: str = "2025-03-18", **more: str) -> Case:
    facts = ", ".join(f"{name}: {value}" for name, value in {**FACTS, **more}.items())
    text = f"cases:\n- id: X\n  law: {law}\n  today: {today}\n  facts: {{{facts}}}\n  expect: {{{expect}}}\n"
    (case,), faults = read_cases(text.encode(), "x.yaml")
    assert faults == ()
    return case


def _tried(expect: str, own: Sequence[Pack] = (), **more: str) -> Trial:
    (trial,), faults = try_all([_case(expect, **more)], shipped(), own)
    assert faults == []
    return trial


def _ids(law: str, region: str = "", own: Sequence[Pack] = ()) -> list[str]:
    return [pack.id for pack in packs_for(law, region, shipped(), own)]


def _local(text: str) -> Pack:
    return parse(text.encode(), "p.yaml")


PROVINCE = _local(
    "id: cn-zj\nissuer: shop\ntitle: t\ncountry: CN\nregion: Zhejiang\ncounting: {first_day: no, roll: none}\n"
    "lines:\n- {id: a, title: t, grants: [refund], given: exchange}\n"
)
ALONE = _local(
    "id: ours\nissuer: shop\ntitle: t\ncounting: {first_day: no, roll: none}\n"
    "windows: {ours_30d: {from: sold_on, value: {2000-01-01: {days: 30}}}}\n"
    "lines:\n- {id: a, title: t, grants: [refund], within: ours_30d}\n"
)


def test_the_name_of_a_pack_is_that_pack_alone() -> None:
    """An older rule is tried as it stands; what it extends is part of it already."""
    assert _ids("cn-1995-general") == ["cn-1995-general"]
    assert _ids("cn-2011-flat-tv") == ["cn-2011-flat-tv"]
    assert packs_for("cn-2011-flat-tv", "", shipped())[0].law.lines
    assert _ids("ours", own=[ALONE]) == ["ours"]


def test_a_country_is_all_its_law_and_no_plan_or_standard() -> None:
    """Only what gives remedies counts, and only what ships."""
    chosen = [pack for pack in shipped() if pack.law and pack.country == "CN" and pack.chosen == "place"]
    assert _ids("cn") == [pack.id for pack in chosen]
    assert not {"service-plans", "delivery-standard"} & set(_ids("cn", own=[ALONE]))


def test_a_pack_that_builds_on_others_brings_them_along() -> None:
    """A province's line on the right to an exchange is nothing without the lines that give it."""
    assert _ids("cn-zj", own=[PROVINCE]) == [*_ids("cn", "none"), "cn-zj"]
    assert "cn-1995-general" in _ids("cn-cpl-reg-2024")


def test_the_law_of_a_province_counts_where_the_shop_may_be_in_it() -> None:
    """Under ``cn``: in its region, and where nobody said which; not elsewhere, and not where there is none."""
    law = [*shipped(), PROVINCE]
    found = {
        region: "cn-zj" in [pack.id for pack in packs_for("cn", region, law)] for region in ("", "zhejiang", "none")
    }
    assert found == {"": True, "zhejiang": True, "none": False}
    assert "cn-zj" not in [pack.id for pack in packs_for("cn", "Jiangsu", law)]
    assert "cn-zj" in [pack.id for pack in packs_for("cn-zhejiang", "", law)]


@pytest.mark.parametrize("law", ["au", "ca-on", "cn-1986", "de-hh", "service-plans", "nothing at all"])
def test_a_law_that_nobody_ships_is_not_covered(law: str) -> None:
    """It is no failure, and no pack is tried in its place."""
    trial = _tried("others: closed", law=law)
    assert (trial.state, trial.messages) == ("not_covered", [f"X: no pack here covers the law {law}"])


def test_a_mistyped_law_is_answered_with_the_likely_one() -> None:
    """Else a typing error would pass for a law that is not there."""
    assert _tried("others: closed", law="cn-1995-genral").messages == [
        "X: no pack here covers the law cn-1995-genral; did you mean cn-1995-general?"
    ]


@pytest.mark.parametrize(
    ("expect", "message"),
    [
        ("remedies: {refund: open}", "X: remedies.refund: expected open, got closed (expired)"),
        ("remedies: {repair: open}, others: closed", "X: others.replace: expected closed, got open"),
        ("until: {replace_15d: 2025-03-19}", "X: until.replace_15d: expected 2025-03-19, got 2025-03-18"),
        ("until: {replace_15d: ~}", "X: until.replace_15d: expected no day that can be said, got 2025-03-18"),
        ("until: {replace_16d: ~}", "no such window; there are: replace_15d"),
        ("fee: {refund_with_fee: 76}", "X: fee.refund_with_fee: expected 76.00, got 75.00"),
        ("fee: {replace: 1}", "X: fee.replace: expected 1.00, got 0.00"),
        ("fee: {refund: 0}", "X: fee.refund: expected 0.00, got closed (expired)"),
        ("amount: {refund_with_fee: 4925.01}", "X: amount.refund_with_fee: expected 4925.01, got 4925.00"),
        ("amount: {refund_with_fee: ~}", "X: amount.refund_with_fee: expected unknown, got 4925.00"),
        ("ask: [fault_on]", "X: ask: expected fault_on, got none"),
        ("assumed: [used]", "X: assumed: expected used, got "),
        ("burden_of_proof: trader", "X: burden_of_proof: expected trader, got none"),
        ("repair_days: [1]", "X: repair_days: expected 1, got none"),
        ("liable: {replace: maker}", "X: liable.replace: expected maker, got seller"),
        ("liable: {refund: seller}", "X: liable.refund: expected seller, got closed (expired)"),
    ],
)
def test_what_did_not_come_out_is_said(expect: str, message: str) -> None:
    """Each names the case, what was expected and what came."""
    trial = _tried(expect)
    assert trial.state == "failed"
    assert any(message in said for said in trial.messages), trial.messages


@pytest.mark.parametrize(
    "expect",
    [
        "remedies: {repair: open, replace: open, refund_with_fee: open}, others: closed",
        "until: {replace_15d: 2025-03-18, refund_7d: 2025-03-10T18:00}",
        "fee: {refund_with_fee: 75.00, replace: 0}, amount: {refund_with_fee: 4925}",
        "ask: [], assumed: [exclusions], repair_days: []",
        "liable: {replace: seller}",
    ],
)
def test_what_came_out_passes(expect: str) -> None:
    """Only what is said is compared."""
    assert _tried(expect).messages == []


def test_the_way_to_a_wrong_answer_is_that_of_its_remedy() -> None:
    """The lines that grant the remedy, and no others."""
    lines = {check.line for check in _tried("remedies: {refund: open}").trace()}
    assert "cn-1995-general/art9" in lines
    assert "cn-1995-general/art13-fee" not in lines
    assert _tried("ask: []").trace() == []


def test_edges_that_no_case_reaches_are_known() -> None:
    """A window is tried where the day it tests is its last good day, and where it is the next one."""
    last, after = _case("others: closed"), _case("others: closed", fault_on="2025-03-19", today="2025-03-19")

    def of(*cases: Case) -> tuple[bool, bool]:
        trials, __ = try_all(cases, shipped())
        (edge,) = (edge for edge in edges(trials) if edge.window == "replace_15d")
        return edge.last_day, edge.day_after

    assert (of(last), of(after), of(last, after)) == ((True, False), (False, True), (True, True))
    assert edges(try_all([_case("others: closed", law="au")], shipped())[0]) == []


def test_a_law_that_leads_nowhere_is_a_fault_of_the_shops_pack() -> None:
    """Windows, rights and parents that nobody has, each at its line, with the likely one; the pack is left out."""
    text = (
        "id: ours\nissuer: shop\ntitle: t\ncountry: CN\ncounting: {first_day: no, roll: none}\n"
        "lines:\n"
        "- {id: a, title: t, grants: [refund], within: refund_7days}\n"
        "- {id: b, title: t, grants: [refund], given: exchnge}\n"
        "- {id: c, title: t, grants: [refund], given: exchange, within: whole}\n"
    )
    found = rules([("policies/ours.yaml", text.encode())], country="CN", region="")
    assert [(fault.line, fault.code) for fault in found.faults] == [(7, "no-such-window"), (8, "no-such-grant")]
    assert [fault.message.rpartition("; ")[2] for fault in found.faults] == [
        "did you mean refund_7d?", "did you mean exchange?",
    ]  # fmt: skip
    assert "ours" not in [pack.id for pack in found.packs]
    orphan = text.replace("counting:", "extends: cn-1995-genral\ncounting:")
    (fault,) = rules([("policies/ours.yaml", orphan.encode())], country="CN", region="").faults
    assert (fault.line, fault.code) == (5, "no-such-pack")
    assert "did you mean cn-1995-general?" in fault.message
