"""What belongs to work at the customer's home, what of it was ticked, and what is asked about it afterwards."""

from __future__ import annotations

from aftercare.answers import at_home
from aftercare.answers.affairs import affairs_of
from aftercare.answers.checklists import checklists_of, items_of, questions_of, unknown
from aftercare.policies.standards import Checklist
from aftercare.records.installation import Installation
from tests.answers.shop import BUYER, CHAIR, COOLER, PLANS, ledger, record, rules, shelf

PACK = """
id: ours
issuer: shop
title: 本店
in_force: {from: 2026-03-01}
checklists:
- {id: any, title: 一般, category: goods, follows: own, items: [{id: firm, en: firm, zh: 牢固}, {id: run, en: run, zh: 试机}]}
- {id: cooler, title: 空调, category: air_conditioner, follows: own, items: [{id: empty, en: evacuated, zh: 抽真空}, {id: run, en: run, zh: 试机}]}
"""  # noqa: E501 - a line of a pack is a line
MIXED = record("SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {COOLER}}}, {{product: {COOLER}}}]")


def _lists(*records: str) -> tuple[list[Checklist], Installation]:
    held = shelf(MIXED, *records)
    work = held.get("IN26-0001")
    assert isinstance(work, Installation)
    return checklists_of(affairs_of(held)[BUYER], work, rules(PACK)), work


def test_an_installation_has_the_lists_of_its_goods_each_once() -> None:
    """One that names no lines is for the goods that need a fitter; named lines are those named."""
    assert [one.line for one in _lists(record("IN26-0001"))[0]] == ["ours/cooler"]
    assert [one.line for one in _lists(record("IN26-0001", items="[1, 3]"))[0]] == ["ours/any", "ours/cooler"]


def test_an_item_of_several_lists_is_done_once() -> None:
    """Ticked by either language, or by its id."""
    lists, work = _lists(record("IN26-0001", items="[1, 2]", checklist="[试机 10分钟, firm, 打孔]"))
    assert [(item.id, item.done) for item in items_of(lists, work.checklist)] == [
        ("firm", True), ("run", True), ("empty", False),
    ]  # fmt: skip
    assert unknown(lists, work.checklist) == ["打孔"]


def test_the_day_of_the_work_decides_which_list_counts() -> None:
    """A list that came later is not held against work that was done before."""
    before = record("IN26-0001", arranged_on="2026-02-20", started_at="2026-02-28T09:00")
    assert _lists(before)[0] == []
    after = record("IN26-0001", arranged_on="2026-02-20", started_at="2026-03-01T09:00")
    assert [one.line for one in _lists(after)[0]] == ["ours/cooler"]


_BOTH = f"""{PACK}
- {{id: conduct, title: 规范, category: goods, for: [installation, delivery, repair], about: conduct, follows: own,
   items: [{{id: sheet, en: sheet, zh: 铺垫布}}]}}
- {{id: closer, title: 空调规范, category: air_conditioner, for: [repair], about: conduct, follows: own,
   items: [{{id: film, en: film, zh: 铺膜}}]}}
- {{id: mending, title: 修理, category: goods, for: [repair, maintenance], follows: own,
   items: [{{id: runs, en: runs, zh: 运转}}]}}
"""


def _of(*records: str) -> list[str]:
    """The lists of the first of the records, in their order."""
    affairs = affairs_of(shelf(MIXED, *records))[BUYER]
    work = at_home.of_id(affairs, records[0].split("\n", 1)[0].removeprefix("id: "))
    assert work is not None
    return [one.id for one in checklists_of(affairs, work, rules(_BOTH))]


def test_the_work_and_conduct_have_a_list_each() -> None:
    """Within each of the two the narrowest counts; those of the work come first, one for each kind of goods."""
    assert _of(record("IN26-0001", items="[2]", started_at="2026-03-03")) == ["cooler", "conduct"]
    assert _of(record("IN26-0001", items="[1, 2]", started_at="2026-03-03")) == ["any", "cooler", "conduct"]
    assert _of(record("DE26-0001", items="[2]")) == ["conduct"]


def test_a_visit_at_home_has_the_lists_of_its_purpose() -> None:
    """For the goods that it is about, or for goods at large; what nobody came for has none."""
    came = {"channel": "home", "at": "2026-03-11"}
    assert _of(record("VI26-0001", purpose="repair", about="[SA26-0001/2]", **came)) == ["mending", "closer"]
    assert _of(record("VI26-0001", purpose="repair", about="[SA26-0001/1]", **came)) == ["mending", "conduct"]
    assert _of(record("VI26-0001", purpose="maintenance", **came)) == ["mending"]
    assert _of(record("VI26-0001", purpose="training", **came)) == []
    assert _of(record("VI26-0001", purpose="repair", channel="phone", at="2026-03-11")) == []


_ASKING = f"""{PLANS}
- {{id: used, title: 回访, category: goods, when: {{needs_installation: yes}}, after: delivered, what: call_back,
   step: call-back, channel: phone, due: {{2020-01-01: [{{days: 3}}, {{days: 10}}]}}, asks: [use, clean]}}
- {{id: mended, title: 回访, category: goods, after: repaired_at_home, what: call_back,
   step: mended-call, channel: phone, due: {{2020-01-01: [{{days: 1}}]}}}}
questions: {{use: 好用吗, clean: 干净吗, conduct: 守规矩吗}}
checklists:
- {{id: conduct, title: 规范, category: goods, for: [delivery, repair], about: conduct, follows: own,
   items: [{{id: sheet, en: sheet, zh: 铺垫布}}], asks: [clean, conduct]}}
"""
_COOLER = record("SA26-0001", channel="online", items=f"[{{product: {COOLER}}}]")
_BROUGHT = record("DE26-0001", signed="{by: 王建国, at: 2026-03-04}")


def _asked(*records: str) -> dict[str, list[str]]:
    """What is to be asked with each promised call."""
    found = ledger(_COOLER, *records, now="2026-03-20", plans=_ASKING)
    return {
        promise.id.partition("/")[2]: [one.id for one in questions_of(promise.draft, found.affairs[BUYER], found.rules)]
        for promise in found.promises
        if promise.what == "call_back"
    }


def test_what_a_list_asks_goes_with_the_first_call_after_the_work() -> None:
    """Beside what the plan asks, and nothing twice; the second call asks what the plan does."""
    assert _asked(_BROUGHT) == {"1/call-back.1": ["use", "clean", "conduct"], "1/call-back.2": ["use", "clean"]}


def test_nothing_is_asked_about_what_nobody_did() -> None:
    """Before the work, and for goods that were taken home, the plan asks alone."""
    assert _asked()["1/call-back.1"] == ["use", "clean"]
    taken = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]")
    assert _asked(taken)["1/call-back.1"] == ["use", "clean"]


def test_a_repair_at_home_is_asked_about_by_whichever_call_it_has() -> None:
    """Its own, or that of the claim's repair that it was."""
    came = {"channel": "home", "purpose": "repair", "at": "2026-03-11"}
    visit = record("VI26-0001", about="[SA26-0001/1]", **came)
    assert _asked(visit)["1/mended-call.1"] == ["clean", "conduct"]
    claim = record("CL26-0001", reported_on="2026-03-10", repairs="[{in: 2026-03-11, out: 2026-03-11}]")
    about = record("VI26-0001", about="[CL26-0001]", **came)
    assert _asked(about, claim)["1/call-back.1"] == ["clean", "conduct"]
    assert _asked(claim)["1/call-back.1"] == []
