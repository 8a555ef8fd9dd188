"""Installations: each breach from its day on, and not once it is mended."""

from __future__ import annotations

import pytest

from tests.answers.breaches.service import FITTER, HELPER, TO_INSTALL, UNIT, WHOLE_LIST, codes, found
from tests.answers.shop import COOLER, record

SOLD = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]", told=TO_INSTALL)
TOLD_OF = record("VI26-0009", purpose="information", about=f"[{UNIT}]", at="2026-03-04T12:00")
"""Word in time that it would be late."""
SIGNED = "{by: 王建国, at: 2026-03-04T17:00}"


def _installed(**said: str) -> str:
    """An installation to which nothing is to be said, but for what is *said*."""
    usual = {
        "technician": FITTER,
        "started_at": "2026-03-04T15:00",
        "checklist": WHOLE_LIST,
        "tested": "ok",
        "explained": "yes",
        "charged": "0",
        "asked_for": "none",
        "signed": SIGNED,
    }
    return record("IN26-0001", **(usual | said))


def _only(expected: str, *records: str, day: str, before: str) -> None:
    """The one breach, from its day on."""
    assert codes(*records, now=before) == []
    assert codes(*records, now=day) == [expected]


def test_an_installation_that_keeps_every_duty_is_no_finding() -> None:
    """Nothing is suspected of what was done well."""
    assert codes(SOLD, _installed()) == []


def test_a_late_installation_appears_the_day_after_and_never_came_a_day_later() -> None:
    """Somebody who begins at last is late, and came."""
    late, never = f"{UNIT}/late-installation", f"{UNIT}/never-came"
    _only(late, SOLD, TOLD_OF, before="2026-03-04", day="2026-03-05")
    assert codes(SOLD, TOLD_OF, now="2026-03-06") == [late, never]
    begun = _installed(started_at="2026-03-08T09:00", signed="{by: a, at: 2026-03-08T11:00}")
    assert codes(SOLD, TOLD_OF, begun) == [late]


def test_goods_put_up_again_have_a_time_of_their_own() -> None:
    """The customer moved house: late, never come and not told of are those of the second time, known by its promise."""
    again = record("IN26-0002", technician=FITTER, arranged_on="2026-06-01", install="{by: 2026-06-05}")
    second = f"{UNIT}/install.2"
    assert codes(SOLD, _installed(), again, now="2026-06-05") == []
    late = [f"{second}/late-installation", f"{second}/untold-delay"]
    assert codes(SOLD, _installed(), again, now="2026-06-06") == late
    assert codes(SOLD, _installed(), again, now="2026-06-07") == [late[0], f"{second}/never-came", late[1]]
    assert found(SOLD, _installed(), again, now="2026-06-06")[late[0]].record == "IN26-0002"
    apart = record("PM26-0001", of=second, moved="[{to: 2026-06-09, asked_by: shop, agreed: no, on: 2026-06-04}]")
    moved = codes(SOLD, _installed(), again, apart, now="2026-06-05")
    assert moved == [f"{second}/moved-installation"]


def test_an_installation_that_we_refuse_was_never_made() -> None:
    """Breaking the promise shows the day it is said, and as a broken promise too."""
    broken = record("PM26-0001", of=f"{UNIT}/install", broken="{on: 2026-03-03, reason: 无人手}")
    assert codes(SOLD, broken, now="2026-03-03") == [f"{UNIT}/never-came", f"{UNIT}/install/broken-promise"]


@pytest.mark.parametrize(
    ("move", "breach"),
    [
        ("{to: 2026-03-05, asked_by: shop, agreed: no, on: 2026-03-03}", True),
        ("{to: 2026-03-05, asked_by: shop, on: 2026-03-03}", True),
        ("{to: 2026-03-05, asked_by: shop, agreed: yes, on: 2026-03-03}", False),
        ("{to: 2026-03-05, asked_by: customer, on: 2026-03-03}", False),
    ],
)
def test_a_time_is_moved_with_the_customers_consent(move: str, breach: bool) -> None:
    """From the day it was asked; that the work was in time all the same mends nothing."""
    work = _installed(moved=f"[{move}]")
    assert codes(SOLD, work, now="2026-03-02") == []
    assert codes(SOLD, work, now="2026-03-03") == (["IN26-0001/moved-installation"] if breach else [])


def test_a_move_noted_apart_from_the_installation_counts_too() -> None:
    """In a record about the promise; it is the unit's then, and an apology for the promise settles it."""
    move = "[{to: 2026-03-05, asked_by: shop, agreed: no, on: 2026-03-03}]"
    apart = {"of": f"{UNIT}/install", "moved": move}
    assert codes(SOLD, _installed(), record("PM26-0001", **apart), now="2026-03-02") == []
    breach = found(SOLD, _installed(), record("PM26-0001", **apart))[f"{UNIT}/moved-installation"]
    assert (breach.record, breach.path, breach.settled) == ("PM26-0001", ("moved", 0), None)
    assert codes(SOLD, _installed(), record("PM26-0001", **apart, apologised="{at: 2026-03-05}")) == []


def test_a_move_is_known_by_its_place_among_all_moves() -> None:
    """So what settles the second settles that one for ever."""
    asked = "{to: 2026-03-05, asked_by: customer}, {to: 2026-03-06, asked_by: shop, on: 2026-03-03}"
    breach = found(SOLD, _installed(moved=f"[{asked}]"))["IN26-0001/moved-installation.2"]
    assert breach.path == ("moved", 1)


@pytest.mark.parametrize(
    ("said", "breach"),
    [
        ({"charged": "80"}, True),
        ({"charged": "80", "materials": "铜管 2米", "agreed_beforehand": "yes"}, False),
        ({"charged": "80", "materials": "铜管 2米"}, True),
        ({"charged": "80", "materials": "铜管 2米", "agreed_beforehand": "no"}, True),
        ({"charged": "80", "materials": "铜管 2米, 支架", "agreed_beforehand": "yes"}, True),
    ],
)
def test_only_published_materials_agreed_to_beforehand_are_charged(said: dict[str, str], breach: bool) -> None:
    """Anything else is a hidden fee."""
    assert codes(SOLD, _installed(**said), now="2026-03-03") == []
    assert codes(SOLD, _installed(**said)) == (["IN26-0001/charged-installation"] if breach else [])


def test_somebody_qualified_does_it() -> None:
    """One certificate that is valid on the day is enough; none, or only expired ones, is not."""
    _only("IN26-0001/no-technician", SOLD, _installed(technician=""), before="2026-03-03", day="2026-03-04")
    _only("IN26-0001/unqualified", SOLD, _installed(technician=HELPER), before="2026-03-03", day="2026-03-04")
    last = _installed(started_at="2026-06-30", signed="{by: a, at: 2026-06-30}")
    after = _installed(started_at="2026-07-01", signed="{by: a, at: 2026-07-01}")
    assert codes(SOLD, TOLD_OF, last) == [f"{UNIT}/late-installation"]
    assert codes(SOLD, TOLD_OF, after) == [f"{UNIT}/late-installation", "IN26-0001/unqualified"]


def test_goods_that_need_no_fitter_need_no_certificate() -> None:
    """A chair is put together by anybody."""
    sale = record("SA26-0001", items="[{product: PR26-0002, taken: yes}]", told=TO_INSTALL)
    assert codes(sale, _installed(technician=HELPER)) == []


def test_the_checklist_is_ticked_item_by_item() -> None:
    """What is missing is named in words; an item counts by its id or in either language."""
    half = _installed(checklist="[水平]")
    _only("IN26-0001/checklist", SOLD, half, before="2026-03-03", day="2026-03-04")
    assert found(SOLD, half)["IN26-0001/checklist"].sentence.endswith("these were not ticked: drain (张师傅)")


@pytest.mark.parametrize("tested", ["faulty", "not_tested", ""])
def test_it_is_tested_before_it_is_signed_for(tested: str) -> None:
    """Faulty, not done and not written down are all the same breach, in other words."""
    _only("IN26-0001/not-tested", SOLD, _installed(tested=tested), before="2026-03-03", day="2026-03-04")


@pytest.mark.parametrize("explained", ["no", ""])
def test_it_is_explained_before_it_is_signed_for(explained: str) -> None:
    """Said to be not, or not said."""
    _only("IN26-0001/not-explained", SOLD, _installed(explained=explained), before="2026-03-03", day="2026-03-04")


def test_what_was_begun_is_signed_for_by_the_next_day() -> None:
    """From the second day on, unless it is called off."""
    sale = record("SA26-0001", items=f"[{{product: {COOLER}, taken: yes}}]", told="{install: {by: 2026-03-09}}")
    begun = _installed(signed="")
    _only("IN26-0001/unsigned-installation", sale, begun, before="2026-03-05", day="2026-03-06")
    assert codes(sale, _installed(signed="", cancelled="{on: 2026-03-05}"), now="2026-03-06") == []


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("两包烟", "asked-for"),
        ("以不安装相要挟，要200元", "threat"),
        ("a threat", "threat"),
        ("要了饭，没有要挟", "asked-for"),
        ("没有", ""),
        ("无，留饭也没吃", ""),
        ("No.", ""),
        ("没收钱，但要了烟", "asked-for"),
    ],
)
def test_the_fitters_ask_for_nothing(said: str, code: str) -> None:
    """What is written on the sheet; with a threat it is the gravest."""
    work = _installed(asked_for=f"'{said}'")
    assert codes(SOLD, work) == ([f"IN26-0001/{code}"] if code else [])


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ("{charged: no, gifts: 没有}", ""),
        ("{charged: 收了50元, gifts: 无}", "asked-for"),
        ("{gifts: 拿了一瓶酒}", "asked-for"),
        ("{gifts: 不给就不装，威胁}", "threat"),
        ("{use: 正常, manner: '5'}", ""),
    ],
)
def test_what_the_customer_reports_counts(answers: str, code: str) -> None:
    """In the call-back, from its day on."""
    call = record("VI26-0001", about=f"[{UNIT}]", at="2026-03-11", purpose="revisit", answers=answers)
    assert codes(SOLD, _installed(), call, now="2026-03-10") == []
    assert codes(SOLD, _installed(), call, now="2026-03-11") == ([f"VI26-0001/{code}"] if code else [])


def test_a_charge_that_the_sheet_states_is_judged_there() -> None:
    """The customer says no more than the record: published materials, agreed to."""
    work = _installed(charged="80", materials="铜管", agreed_beforehand="yes")
    call = record("VI26-0001", about=f"[{UNIT}]", at="2026-03-11", purpose="revisit", answers="{charged: 铜管80元}")
    assert codes(SOLD, work, call) == []
