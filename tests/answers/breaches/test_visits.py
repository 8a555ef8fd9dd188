"""What fell short at the customer's home: what nobody ticked, and what the customer denies."""

from __future__ import annotations

import pytest

from tests.answers import shop
from tests.answers.breaches import service
from tests.answers.shop import COOLER, record

_PACK = (
    service.STANDARD.replace(
        "checklists:\n",
        """questions:
  conduct: {en: Did they behave?, zh: 守规矩吗？}
  clean: {en: Clean?, zh: 干净吗？}
checklists:
- {id: own, title: 修理, category: goods, for: [repair], follows: own, items: [{id: flush, en: flushed, zh: 冲水}]}
- {id: conduct, title: 规范, category: goods, for: [repair, installation, delivery], about: conduct, follows: own,
   asks: [conduct, clean], items: [{id: sheet, en: sheet laid, zh: 铺垫布}, {id: waste, en: waste away, zh: 带走垃圾}]}
- {id: any, title: 规范, category: goods, for: [visit], about: conduct, follows: own,
   items: [{id: shoes, en: shoe covers, zh: 鞋套}]}
""",
    )
)  # fmt: skip
_SOLD = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]")
_SIGNED = "{by: 王建国, at: 2026-03-10T10:00}"


def _came(visit: str = "VI26-0001", **fields: str) -> str:
    usual = {
        "channel": "home",
        "purpose": "repair",
        "at": "2026-03-10T10:00",
        "about": f"[{shop.UNIT}]",
        "by": service.FITTER,
        "checklist": "[冲水, 铺垫布, 带走垃圾]",
    }
    return record(visit, **{**usual, **fields})


def _called(visit: str = "VI26-0002", **fields: str) -> str:
    return record(visit, **{"at": "2026-03-11T09:00", "about": f"[{shop.UNIT}]", **fields})


def _found(*records: str, now: str = "2026-12-31") -> dict[str, str]:
    """The breaches of what was done at home, with their first days."""
    rows = service.found(_SOLD, *records, now=now, pack=_PACK)
    return {key: row.on.isoformat() for key, row in rows.items() if row.code in {"conduct", "checklist"}}


def test_what_is_not_ticked_falls_short_from_the_day_after() -> None:
    """The sheet comes back in the evening; the work's own list and that of conduct are two breaches."""
    assert _found(_came()) == {}
    half = _came(checklist="[铺垫布]")
    assert _found(half, now="2026-03-10T23:59") == {}
    assert _found(half) == {"VI26-0001/checklist": "2026-03-11", "VI26-0001/conduct": "2026-03-11"}
    rows = service.found(_SOLD, half, pack=_PACK)
    assert rows["VI26-0001/conduct"].sentence.endswith("these were not ticked: waste away (张师傅)")
    assert rows["VI26-0001/conduct"].path == ("checklist",)
    assert service.found(_SOLD, _came(checklist=""), pack=_PACK)["VI26-0001/conduct"].path == ("outcome",)


@pytest.mark.parametrize(
    "not_there",
    [{"channel": "phone"}, {"outcome": "no_answer"}, {"purpose": "maintenance"}],
)
def test_only_what_was_done_at_home_and_has_a_list(not_there: dict[str, str]) -> None:
    """A call has no list, somebody who met nobody did nothing, and for some work there is none."""
    assert _found(_came(checklist="", **not_there)) == {}


def test_each_kind_of_work_has_its_own_list() -> None:
    """A visit for anything else has that of visits."""
    assert _found(_came(purpose="training", checklist="[铺垫布]")) == {"VI26-0001/conduct": "2026-03-11"}
    assert _found(_came(purpose="training", checklist="[鞋套]")) == {}


def test_deliveries_and_installations_have_conduct_too() -> None:
    """The installation's own list stays what it was: on the day it was signed for."""
    put_up = {"technician": service.FITTER, "items": "[1]", "signed": _SIGNED}
    assert _found(record("IN26-0001", **put_up)) == {
        "IN26-0001/checklist": "2026-03-10", "IN26-0001/conduct": "2026-03-11",
    }  # fmt: skip
    assert _found(record("IN26-0001", checklist="[水平, drain, sheet, waste]", **put_up)) == {}
    sold = record("SA26-0001", channel="online", items=f"[{{product: {COOLER}}}]")
    brought = record("DE26-0001", person=service.FITTER, signed=_SIGNED)
    assert _found(sold, brought) == {"DE26-0001/conduct": "2026-03-11"}
    assert _found(record("SA26-0001", cancelled="{on: 2026-03-20}"), brought) == {}


@pytest.mark.parametrize(
    "answers", ["{conduct: no}", "{conduct: 没戴手套}", "{clean: 没有打扫}", "{clean: 不, conduct: 好}"]
)
def test_what_the_customer_denies_is_a_breach_that_day(answers: str) -> None:
    """Of the contact that heard it, whatever was ticked; the work's person answers for it."""
    assert _found(_came(), _called(answers=answers)) == {"VI26-0002/conduct": "2026-03-11"}
    breach = service.found(_SOLD, _came(), _called(answers=answers), pack=_PACK)["VI26-0002/conduct"]
    assert breach.person == service.FITTER
    assert "VI26-0001" in breach.sentence


@pytest.mark.parametrize(
    "call",
    [
        {"answers": "{conduct: yes, clean: 很干净}"},
        {"answers": "{conduct: 没问题, clean: 不错}"},
        {"answers": "{use: 不制冷, gifts: 没有}"},
        {"answers": "{conduct: no}", "outcome": "no_answer"},
        {"answers": "{conduct: no}", "at": "2026-03-09T09:00"},
        {"answers": "{conduct: no}", "about": f"[{shop.BUYER}]"},
    ],
)
def test_what_is_no_denial(call: dict[str, str]) -> None:
    """Praise, an answer to something else, nobody there, a call before the work, or about nothing that was done."""
    assert _found(_came(), _called(**call)) == {}


def test_the_last_work_that_a_list_asks_about_is_meant() -> None:
    """A visit between that no list asks about takes no blame away from it."""
    training = _came("VI26-0002", purpose="training", at="2026-03-10T15:00", checklist="[鞋套]")
    later = _came("VI26-0003", at="2026-03-10T16:00", by=service.HELPER)
    called = _called("VI26-0004", answers="{conduct: no}")
    for records, person in (((_came(), training), service.FITTER), ((_came(), training, later), service.HELPER)):
        assert service.found(_SOLD, *records, called, pack=_PACK)["VI26-0004/conduct"].person == person


def test_a_visit_that_heard_it_has_two_of_them() -> None:
    """What it did not tick, and what the customer said there of the work before; each settled by itself."""
    heard = _came("VI26-0002", purpose="call_back", at="2026-03-11", checklist="", answers="{conduct: no}")
    assert _found(_came(), heard) == {"VI26-0002/conduct": "2026-03-12", "VI26-0002/conduct.2": "2026-03-11"}
    settled = record("PM26-0001", of="VI26-0002/conduct.2", accepted="{on: 2026-03-13, reason: 已说明}")
    rows = service.found(_SOLD, _came(), heard, settled, pack=_PACK)
    assert [key for key, row in rows.items() if row.code == "conduct" and row.settled is None] == ["VI26-0002/conduct"]
