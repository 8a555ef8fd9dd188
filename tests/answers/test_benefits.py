"""Benefits of customers: who has a right to which, what was asked for and given, and what is left."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers.affairs import Affairs, affairs_of
from aftercare.answers.benefits import misused, uses
from aftercare.answers.benefits_of import Standing, standings
from aftercare.answers.charges import charged
from aftercare.plain.moments import day_of, parse
from tests.answers import shop

BUYER, UNIT = shop.BUYER, shop.UNIT
PACK = """
id: ours
issuer: shop
title: 本店
benefits:
- {id: tea, title: {en: Tea, zh: 茶水}, category: goods}
- {id: clean, title: 清洁, category: air_conditioner, for: [会员], within: {2020-01-01: {days: 2}}}
- {id: shorten, title: 改裤脚, category: goods, for: [{of: 会员, level: [金卡]}], limit: {2020-01-01: {times: 2, per: year}}}
- {id: gift, title: 礼品, category: goods, for: [会员], limit: {2020-01-01: {times: 1, per: membership_year}}}
- {id: once, title: 一次, category: goods, limit: {2020-01-01: {times: 1, per: ever}}}
- {id: monthly, title: 每月, category: goods, limit: {2020-01-01: {times: 1, per: month}, 2026-06-01: ~}}
- {id: later, title: 以后, category: goods, in_force: {from: 2026-06-01, to: 2026-06-30}}
plans:
- {id: after-tea, title: 问一问, category: goods, after: benefit_given, when: {benefit: tea}, what: call_back,
   step: how-was-it, channel: phone, due: {2020-01-01: [{days: 1}]}}
"""  # noqa: E501 - a line of a pack is a line
MEMBER = shop.record(BUYER, memberships="[{of: 会员, level: 金卡, since: 2026-01-10, until: 2027-12-31}]")
TWO_THINGS = f"[{{product: {shop.COOLER}, taken: yes}}, {{product: {shop.CHAIR}, taken: yes}}]"
SALE = shop.record("SA26-0001", items=TWO_THINGS)


def visit(number: int, at: str, **fields: str) -> str:
    """A contact at the counter."""
    usual = {"channel": "counter", "purpose": "other", "at": at}
    return shop.record(f"VI26-{number:04}", **(usual | fields))


def wants(name: str, more: str = "") -> str:
    """What was asked for, as a record has it."""
    return f"[{{benefit: ours/{name}{more}}}]"


def _affairs(*records: str) -> Affairs:
    return affairs_of(shop.shelf(*records))[BUYER]


def why(*records: str) -> dict[str, str]:
    """What was asked for or given without a right to it, by contact and place, with the code why."""
    found = misused(uses(_affairs(*records), shop.rules(PACK)))
    return {f"{use.visit.id} {use.path[0]}": use.why.code for use in found if use.why}


def standing(name: str, on: str, *records: str) -> Standing:
    """How the buyer stands with a benefit on a day."""
    found = standings(_affairs(*records), shop.rules(PACK), parse(on))
    return next(one for one in found if one.benefit.id == name)


def states(*records: str, now: str = "2026-12-31") -> dict[str, str]:
    """The promises of benefits and what follows them."""
    found = shop.states(*records, now=now, plans=PACK)
    return {promise: state for promise, state in found.items() if promise.startswith("VI")}


def test_a_benefit_is_no_promise_until_somebody_asks() -> None:
    """A standing grant is owed to nobody in particular; asking for it is what makes the promise."""
    assert states(MEMBER, SALE) == {}
    asked = (MEMBER, SALE, visit(1, "2026-03-04T10:00", about=f"[{UNIT}]", wants=wants("clean")))
    found = shop.promises(*asked, now="2026-03-04", plans=PACK)["VI26-0001/benefit.1"]
    assert (found.what, found.draft.binds, found.state) == ("benefit", "told", "waiting")
    assert (found.draft.about, found.draft.product, shop.deadline(found)) == ((UNIT,), shop.COOLER, "2026-03-06")


@pytest.mark.parametrize(
    ("now", "state"), [("2026-03-05", "waiting"), ("2026-03-06", "due"), ("2026-03-07", "overdue")]
)
def test_it_is_due_within_the_time_that_the_benefit_says(now: str, state: str) -> None:
    """On the last good day it is due, on the day after it is late; a time that was told comes before the benefit's."""
    asked = visit(1, "2026-03-04T10:00", about=f"[{UNIT}]", wants=wants("clean"))
    assert states(MEMBER, SALE, asked, now=now) == {"VI26-0001/benefit.1": state}
    told = visit(1, "2026-03-04T10:00", about=f"[{UNIT}]", wants=wants("clean", ", by: 2026-03-09"))
    assert states(MEMBER, SALE, told, now=now) == {"VI26-0001/benefit.1": "waiting"}


def test_what_says_no_time_is_due_on_the_day_it_is_asked_for() -> None:
    """The day itself, and no longer."""
    asked = visit(1, "2026-03-04T10:00", wants=wants("tea"))
    assert states(asked, now="2026-03-04") == {"VI26-0001/benefit.1": "due"}
    assert states(asked, now="2026-03-05") == {"VI26-0001/benefit.1": "overdue"}


def test_what_is_given_keeps_what_was_asked_for_first_of_the_same_benefit_and_thing() -> None:
    """One giving keeps one asking, the earliest; another thing's and another benefit's stay open."""
    sale = shop.record("SA26-0001", items=f"[{{product: {shop.COOLER}}}, {{product: {shop.COOLER}}}]")
    asked = [
        visit(
            1,
            "2026-03-04T10:00",
            wants=f"[{{benefit: ours/clean, unit: {UNIT}}}, {{benefit: ours/clean, unit: SA26-0001/2}}]",
        ),
        visit(2, "2026-03-04T11:00", about=f"[{UNIT}]", wants=wants("clean")),
    ]
    gave = visit(3, "2026-03-05T10:00", gave=f"[{{benefit: ours/clean, unit: {UNIT}}}]")
    assert states(MEMBER, sale, *asked, gave, now="2026-03-05") == {
        "VI26-0001/benefit.1": "kept",
        "VI26-0001/benefit.2": "waiting",
        "VI26-0002/benefit.1": "waiting",
    }
    tea = visit(3, "2026-03-05T10:00", gave=wants("tea"))
    assert set(states(MEMBER, sale, *asked, tea, now="2026-03-05").values()) == {"waiting"}


def test_asked_for_and_given_in_one_contact_is_done_on_the_spot() -> None:
    """One use, kept in time, whether the contact has an hour or only a day."""
    for at in ("2026-03-04T10:00", "2026-03-04"):
        both = visit(1, at, wants=wants("once"), gave=wants("once"))
        assert states(both) == {"VI26-0001/benefit.1": "kept"}
        assert standing("once", "2026-03-04", both).left == 0


def test_what_came_before_the_asking_does_not_keep_it() -> None:
    """A promise is kept after it was made; of a bare day nobody knows the hour, so that day may."""
    asked = visit(2, "2026-03-04T12:00", wants=wants("tea"))
    assert states(visit(1, "2026-03-04T10:00", gave=wants("tea")), asked)["VI26-0002/benefit.1"] == "overdue"
    assert states(visit(1, "2026-03-04", gave=wants("tea")), asked)["VI26-0002/benefit.1"] == "kept"


def test_naming_the_promise_gives_it_too_and_is_one_use() -> None:
    """Whether the contact names the promise, the benefit or both; who was not reached was given nothing."""
    asked = visit(1, "2026-03-04T10:00", wants=wants("once"))
    keeps = {"keeps": "[VI26-0001/benefit.1]"}
    for fields in (keeps, {"gave": wants("once")}, keeps | {"gave": wants("once")}):
        given_ = visit(2, "2026-03-04T11:00", **fields)
        assert states(asked, given_) == {"VI26-0001/benefit.1": "kept"}
        found = standing("once", "2026-03-05", asked, given_)
        assert (len(found.used), found.left, why(asked, given_)) == (1, 0, {})
    vain = visit(2, "2026-03-04T11:00", outcome="no_answer", **keeps)
    assert states(asked, vain, now="2026-03-04") == {"VI26-0001/benefit.1": "due"}


def test_who_declines_when_called_lets_go_and_has_it_still() -> None:
    """What came to nothing is no use: it can be asked for again."""
    asked = visit(1, "2026-03-04T10:00", wants=wants("once"))
    declined = visit(2, "2026-03-04T11:00", outcome="declined", keeps="[VI26-0001/benefit.1]")
    again = visit(3, "2026-03-05T10:00", wants=wants("once"))
    assert states(asked, declined, again, now="2026-03-05") == {
        "VI26-0001/benefit.1": "released",
        "VI26-0003/benefit.1": "due",
    }
    assert why(asked, declined, again) == {}


@pytest.mark.parametrize("ends", ["released", "broken"])
def test_what_was_let_go_or_broken_counts_only_until_then(ends: str) -> None:
    """Asked for again before that day it is one too many, after it it is not."""
    asked = visit(1, "2026-03-04T10:00", wants=wants("once"))
    end = shop.record("PM26-0001", of="VI26-0001/benefit.1", **{ends: "{on: 2026-03-06, reason: 算了}"})
    assert why(asked, end, visit(2, "2026-03-05T10:00", wants=wants("once"))) == {"VI26-0002 wants": "used_up"}
    assert why(asked, end, visit(2, "2026-03-07T10:00", wants=wants("once"))) == {}


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-01-09", "member_later"),
        ("2026-01-10", None),
        ("2027-12-31", None),
        ("2028-01-01", "membership_over"),
    ],
)
def test_a_member_has_it_from_the_first_to_the_last_day(at: str, code: str | None) -> None:
    """Both days included."""
    found = standing("gift", at, MEMBER)
    assert (found.why.code if found.why else None) == code
    assert why(MEMBER, visit(1, at, gave=wants("gift"))) == ({"VI26-0001 gave": code} if code else {})


def test_a_level_has_what_is_for_its_level_on_that_day() -> None:
    """Each level is a row with its own days; another level, or none that is known, has it not."""
    rows = "[{of: 会员, level: 银卡, since: 2026-01-10, until: 2026-03-31}, {of: 会员, level: 金卡, since: 2026-04-01}]"
    buyer = shop.record(BUYER, memberships=rows)
    silver, gold = standing("shorten", "2026-03-31", buyer), standing("shorten", "2026-04-01", buyer)
    assert silver.why is not None
    assert (silver.why.code, silver.why.words, gold.why) == ("other_level", "银卡", None)
    bare = standing("shorten", "2026-04-01", shop.record(BUYER, memberships="[{of: 会员}]"))
    assert bare.why is not None
    assert bare.why.code == "other_level"
    nobody = standing("shorten", "2026-04-01")
    assert nobody.why is not None
    assert nobody.why.code == "not_a_member"


def test_a_limit_of_a_year_begins_anew_with_the_year() -> None:
    """What is asked for on the last day counts for the old year, though it be given in the new one."""
    had = [
        visit(1, "2026-03-04T10:00", gave=wants("shorten")),
        visit(2, "2026-12-31T17:00", wants=wants("shorten")),
        visit(3, "2027-01-02T10:00", gave=wants("shorten")),
    ]
    assert [standing("shorten", on, MEMBER, *had).left for on in ("2026-12-30", "2026-12-31", "2027-01-01")] == [
        1,
        0,
        2,
    ]
    assert standing("shorten", "2027-01-02", MEMBER, *had).left == 2
    more = visit(4, "2026-12-31T18:00", wants=wants("shorten"))
    assert why(MEMBER, *had, more) == {"VI26-0004 wants": "used_up"}
    assert why(MEMBER, *had, visit(4, "2027-01-01", wants=wants("shorten"))) == {}


def test_a_year_of_membership_goes_on_through_its_levels() -> None:
    """A higher level begins no new year; a membership that lapsed and was taken up again does."""
    rows = "[{of: 会员, level: 银卡, since: 2026-01-10, until: 2026-03-31}, {of: 会员, level: 金卡, since: SINCE}]"
    gift = visit(1, "2026-02-01", gave=wants("gift"))

    def left(since: str, on: str) -> int | None:
        return standing("gift", on, shop.record(BUYER, memberships=rows.replace("SINCE", since)), gift).left

    assert [left("2026-04-01", on) for on in ("2026-04-01", "2027-01-09", "2027-01-10")] == [0, 0, 1]
    assert left("2026-04-02", "2026-04-02") == 1


def test_a_limit_that_is_lifted_from_a_day_holds_until_then() -> None:
    """A dated limit: what was one too many in May stays so, from June there is none."""
    may = [visit(1, "2026-05-30", gave=wants("monthly")), visit(2, "2026-05-31", gave=wants("monthly"))]
    june = [visit(3, "2026-06-01", gave=wants("monthly")), visit(4, "2026-06-01", gave=wants("monthly"))]
    assert why(*may, *june) == {"VI26-0002 gave": "used_up"}
    assert standing("monthly", "2026-06-01", *may, *june).left is None


@pytest.mark.parametrize(
    ("at", "code"),
    [("2026-05-31", "begins_later"), ("2026-06-01", None), ("2026-06-30", None), ("2026-07-01", "ended")],
)
def test_a_benefit_is_had_on_its_own_days(at: str, code: str | None) -> None:
    """The first and the last day are among them."""
    found = standing("later", at)
    assert (found.why.code if found.why else None) == code


def test_it_is_for_goods_of_its_kind_that_the_customer_bought_and_has() -> None:
    """Not for other goods, another customer's, or what was not bought yet, came back or was thrown away."""
    bare = visit(1, "2026-03-04T10:00", wants=wants("clean"))
    assert why(MEMBER, bare) == {"VI26-0001 wants": "other_goods"}
    assert why(MEMBER, SALE, bare) == {}
    other = visit(1, "2026-03-04T10:00", about="[SA26-0001/2]", wants=wants("clean"))
    assert why(MEMBER, SALE, other) == {"VI26-0001 wants": "other_goods"}
    early = visit(1, "2026-03-01T10:00", about=f"[{UNIT}]", wants=wants("clean"))
    assert why(MEMBER, SALE, early) == {"VI26-0001 wants": "other_goods"}
    gone = shop.record(
        "SA26-0001", items=f"[{{product: {shop.COOLER}, taken: yes, retired: {{on: 2026-03-03, reason: 旧}}}}]"
    )
    assert why(MEMBER, gone, bare) == {"VI26-0001 wants": "other_goods"}
    elsewhere = [
        shop.record("CU26-0002", name="李"),
        shop.record("SA26-0002", customer="CU26-0002", items=f"[{{product: {shop.COOLER}}}]"),
        visit(1, "2026-03-04T10:00", wants=wants("clean", ", unit: SA26-0002/1")),
    ]
    assert why(MEMBER, SALE, *elsewhere) == {"VI26-0001 wants": "other_goods"}


def test_of_several_things_those_are_meant_that_it_is_for() -> None:
    """A contact about a whole sale is, for the benefit, about the lines of its kind; the only one needs no naming."""
    asked = (MEMBER, SALE, visit(1, "2026-03-04T10:00", about="[SA26-0001]", wants=wants("clean")))
    assert shop.promises(*asked, now="2026-03-04", plans=PACK)["VI26-0001/benefit.1"].draft.about == (UNIT,)
    bare = (MEMBER, SALE, visit(1, "2026-03-04T10:00", wants=wants("clean")))
    assert shop.promises(*bare, now="2026-03-04", plans=PACK)["VI26-0001/benefit.1"].draft.about == (UNIT,)


def test_what_nobody_has_a_right_to_promises_nothing_and_uses_nothing() -> None:
    """An unknown benefit, one asked for while nobody was reached, one too many: no promise, and no use of it."""
    assert why(visit(1, "2026-03-04", wants="[{benefit: ours/cake}]")) == {"VI26-0001 wants": "no_such_benefit"}
    unreached = visit(1, "2026-03-04", outcome="no_answer", wants=wants("tea"), gave=wants("tea"))
    assert why(unreached) == {"VI26-0001 wants": "nobody_reached", "VI26-0001 gave": "nobody_reached"}
    assert states(unreached) == {}
    many = [visit(n, f"2026-03-0{n}", gave=wants("once")) for n in (1, 2, 3)]
    assert why(*many) == {"VI26-0002 gave": "used_up", "VI26-0003 gave": "used_up"}
    assert len(standing("once", "2026-03-04", *many).used) == 1


def test_a_refusal_makes_no_promise_and_no_use() -> None:
    """What was refused is written down; it is no use of the benefit, and asking for more than there is is no fault."""
    refused = visit(1, "2026-03-04", wants=wants("once", ", refused: 今天太忙"))
    assert (states(refused), why(refused), standing("once", "2026-03-04", refused).left) == ({}, {}, 1)
    beyond = visit(2, "2026-03-05", wants=wants("once", ", refused: 已经用过"))
    assert why(visit(1, "2026-03-04", gave=wants("once")), beyond) == {}


def test_what_came_back_and_was_paid_back_is_not_owed_its_benefit() -> None:
    """There is nothing left to do it for, and what was asked for counts no more."""
    asked = visit(1, "2026-03-04T10:00", about=f"[{UNIT}]", wants=wants("clean"))
    back = shop.record(
        "CL26-0001", reported_on="2026-03-05", returned="{on: 2026-03-05}", refunded="{on: 2026-03-05, amount: 100}"
    )
    assert states(MEMBER, SALE, asked, back, now="2026-03-06") == {"VI26-0001/benefit.1": "void"}


def test_late_and_broken_ask_for_an_apology() -> None:
    """The customer had the shop's published word."""
    asked = visit(1, "2026-03-04T10:00", wants=wants("tea"))
    late = visit(2, "2026-03-06T10:00", gave=wants("tea"))
    assert states(asked, late)["VI26-0001/benefit.1"] == "kept_late"
    assert "VI26-0001/benefit.1/apology" in states(asked, late)


def test_a_plan_may_follow_a_benefit_that_was_given() -> None:
    """By its number within the contact, only after the benefits that it names, kept by another contact about them."""
    given_ = visit(1, "2026-03-04T10:00", about=f"[{UNIT}]", gave="[{benefit: ours/once}, {benefit: ours/tea}]")
    found = shop.promises(SALE, given_, now="2026-03-04", plans=PACK)["VI26-0001/how-was-it.2"]
    assert (shop.deadline(found), found.draft.about) == ("2026-03-05", (UNIT,))
    call = visit(2, "2026-03-05T10:00", purpose="call_back", channel="phone", about=f"[{UNIT}]")
    assert states(SALE, given_, call) == {"VI26-0001/how-was-it.2": "kept"}
    itself = visit(1, "2026-03-04T10:00", purpose="call_back", about=f"[{UNIT}]", gave=wants("tea"))
    assert states(SALE, itself, now="2026-03-04") == {"VI26-0001/how-was-it.1": "waiting"}


def test_a_thing_is_found_by_the_id_that_its_sale_had() -> None:
    """An entry that names the unit by an earlier id of its sale means the same unit."""
    sale = shop.record("SA26-0005", formerly="[SA26-0001]", items=TWO_THINGS)
    asked = visit(1, "2026-03-04T10:00", wants=wants("clean", f", unit: {UNIT}"))
    assert why(MEMBER, sale, asked) == {}
    found = shop.promises(MEMBER, sale, asked, now="2026-03-04", plans=PACK)["VI26-0001/benefit.1"]
    assert found.draft.about == ("SA26-0005/1",)


def test_what_a_benefit_cost_was_paid_for_its_thing() -> None:
    """Once, for the thing that is named or else the first one; an amount in another currency is not reckoned."""
    gave = [
        visit(1, "2026-03-04", about=f"[{UNIT}, SA26-0001/2]", gave="[{benefit: ours/tea, charged: 5.00}]"),
        visit(2, "2026-03-05", gave="[{benefit: ours/tea, unit: SA26-0001/2, charged: 7.00}]"),
        visit(3, "2026-03-06", about=f"[{UNIT}]", gave="[{benefit: ours/tea, charged: USD 9.00}]"),
    ]
    affairs = _affairs(SALE, *gave)
    assert [charged(affairs, unit, [], []) for unit in (UNIT, "SA26-0001/2")] == [Decimal("5.00"), Decimal("7.00")]


STEPS = st.tuples(
    st.sampled_from(["2026-12-29", "2026-12-30", "2026-12-31", "2027-01-01", "2027-01-02", "2027-01-09", "2027-01-10"]),
    st.sampled_from(["wants", "gave"]),
    st.sampled_from(["shorten", "gift", "once", "monthly"]),
)


@given(steps=st.lists(STEPS, max_size=9))
def test_no_limit_is_ever_exceeded(steps: list[tuple[str, str, str]]) -> None:
    """However often it was asked for and given: what counts as used never passes the limit, and nothing is left below
    zero; what was one too many is told.
    """
    records = [visit(n, at, **{field: wants(name)}) for n, (at, field, name) in enumerate(steps, start=1)]
    affairs = _affairs(MEMBER, *records)
    for day in range(20):
        on = date(2026, 12, 26) + timedelta(days=day)
        for found in standings(affairs, shop.rules(PACK), on):
            if found.limit:
                assert len(found.used) + (found.left or 0) == found.limit.times
    counted = uses(affairs, shop.rules(PACK))
    entered = [use for use in counted if use.why or use.given_in is None or use.wanted is None]
    paired = [use for use in counted if use.why is None and use.given_in and use.wanted]
    assert len(entered) + 2 * len(paired) == len(steps)
    assert all(day_of(use.given) >= day_of(use.at) for use in counted if use.given)
