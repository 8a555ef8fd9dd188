"""Which promises the facts make: told at the counter, made by a delivery, spoken, or planned after an event."""

from __future__ import annotations

import pytest

from aftercare.plain.moments import iso
from tests.answers.shop import BUYER, CHAIR, COOLER, PLANS, UNIT, deadline, promises, record, states

SIGNED = "{by: 王建国, at: 2026-03-04}"


def test_what_is_told_once_is_one_promise_for_each_line_it_fits() -> None:
    """A sale told “by the 4th” promises every line by the 4th, and a line may have a time of its own."""
    own = f"{{product: {CHAIR}, told: {{deliver: {{by: 2026-03-09}}}}}}"
    sale = record("SA26-0001", items=f"[{{product: {CHAIR}}}, {own}]", told="{deliver: {by: 2026-03-04}}")
    found = promises(sale, now="2026-03-02")
    dues = {p.id: deadline(p) for p in found.values() if p.what == "deliver"}
    assert dues == {"SA26-0001/1/deliver": "2026-03-04", "SA26-0001/2/deliver": "2026-03-09"}
    assert {p.draft.binds for p in found.values() if p.what == "deliver"} == {"told"}


def test_goods_taken_home_are_not_delivered() -> None:
    """A line that the customer took along has no delivery, and is in use from the day of the sale."""
    items = f"[{{product: {CHAIR}, taken: yes}}, {{product: {CHAIR}}}]"
    sale = record("SA26-0001", items=items, told="{deliver: {by: 2026-03-04}}")
    found = promises(sale, record("DE26-0001", signed=SIGNED), now="2026-03-05")
    assert "SA26-0001/1/deliver" not in found
    assert deadline(found["SA26-0001/1/call-back.1"]) == "2026-03-05"
    assert deadline(found["SA26-0001/2/call-back.1"]) == "2026-03-07"


def test_a_told_installation_is_for_the_goods_that_need_one() -> None:
    """Sold with chairs, an installation is for the air conditioner; where nothing needs one it is for every line."""
    told = "{install: {by: 2026-03-05}}"
    mixed = record("SA26-0001", items=f"[{{product: {COOLER}}}, {{product: {CHAIR}}}]", told=told)
    assert [i for i in promises(mixed, now="2026-03-02") if i.endswith("/install")] == ["SA26-0001/1/install"]
    chairs = record("SA26-0001", items=f"[{{product: {CHAIR}}}, {{product: {CHAIR}}}]", told=told)
    assert [i for i in promises(chairs, now="2026-03-02") if i.endswith("/install")] == [
        "SA26-0001/1/install",
        "SA26-0001/2/install",
    ]


def test_a_line_with_an_installation_of_its_own_is_installed_whatever_it_is() -> None:
    """What was told for one line alone fits that line."""
    own = f"{{product: {CHAIR}, told: {{install: {{by: 2026-03-09}}}}}}"
    sale = record("SA26-0001", items=f"[{{product: {COOLER}}}, {own}]")
    assert [i for i in promises(sale, now="2026-03-02") if i.endswith("/install")] == ["SA26-0001/2/install"]


def test_an_installation_that_names_no_line_is_of_those_that_need_one() -> None:
    """A signed installation of a sale sets off no revisit of the chairs sold with it."""
    sale = record("SA26-0001", items=f"[{{product: {COOLER}}}, {{product: {CHAIR}}}]")
    found = promises(sale, record("IN26-0001", signed=SIGNED), now="2026-03-05")
    assert {i for i in found if "/install" in i or "/revisit" in i} == {
        "SA26-0001/1/install",
        "SA26-0001/1/revisit.1",
        "SA26-0001/1/revisit.2",
    }


def test_where_nothing_was_told_the_delivery_makes_the_promise() -> None:
    """The time that a delivery's record names was told to the customer."""
    found = promises(record("SA26-0001"), record("DE26-0001", deliver="{by: 2026-03-06}"), now="2026-03-02")
    promise = found[f"{UNIT}/deliver"]
    assert (promise.draft.binds, deadline(promise), promise.draft.record) == ("told", "2026-03-06", "DE26-0001")


def test_a_delivery_without_a_time_is_for_the_day_it_is_arranged() -> None:
    """Nobody was told a time, so the yardstick is our own and asks for no apology."""
    arranged = record("DE26-0001", arranged_on="2026-03-03", signed=SIGNED)
    found = promises(record("SA26-0001"), arranged, now="2026-03-20")
    promise = found[f"{UNIT}/deliver"]
    assert (promise.draft.binds, deadline(promise), promise.state) == ("plan", "2026-03-03", "kept_late")
    assert f"{UNIT}/deliver/apology" not in found


def test_the_same_time_told_again_adds_nothing() -> None:
    """A delivery that repeats what the sale was told is the same promise, and the sale's word stands."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    again = record("DE26-0001", deliver="{by: 2026-03-04}")
    found = promises(sale, again, now="2026-03-02")
    assert [i for i in found if i.endswith("/deliver")] == [f"{UNIT}/deliver"]
    assert found[f"{UNIT}/deliver"].draft.record == "SA26-0001"


def test_a_delivery_that_is_called_off_does_not_lose_its_promise() -> None:
    """What a delivery told and was called off is void by that record, not gone from the ledger."""
    off = record("DE26-0001", deliver="{by: 2026-03-06}", cancelled="{on: 2026-03-03, reason: 自提}")
    promise = promises(record("SA26-0001"), off, now="2026-03-20")[f"{UNIT}/deliver"]
    assert promise.state == "void"
    assert promise.ended is not None
    assert (iso(promise.ended.at), promise.ended.record, promise.ended.reason) == ("2026-03-03", "DE26-0001", "自提")


def test_the_first_time_is_kept_when_a_delivery_is_arranged_anew() -> None:
    """Calling a delivery off and arranging another is no way to lose the time that was told first."""
    off = record("DE26-0001", deliver="{by: 2026-03-06}", cancelled="{on: 2026-03-06}")
    again = record("DE26-0002", deliver="{by: 2026-03-12}", signed="{by: 王建国, at: 2026-03-11}")
    promise = promises(record("SA26-0001"), off, again, now="2026-03-20")[f"{UNIT}/deliver"]
    assert (promise.state, deadline(promise)) == ("kept_late", "2026-03-06")


def test_plans_follow_the_day_of_the_event() -> None:
    """Call-backs are due so many days after the goods came, and wait without a time until then."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    before = promises(sale, now="2026-03-03")[f"{UNIT}/call-back.1"]
    assert (before.state, before.due) == ("waiting", None)
    after = promises(sale, record("DE26-0001", signed=SIGNED), now="2026-03-05")
    assert [deadline(after[f"{UNIT}/call-back.{n}"]) for n in (1, 2)] == ["2026-03-07", "2026-03-14"]
    assert {after[f"{UNIT}/call-back.{n}"].draft.binds for n in (1, 2)} == {"plan"}


def test_a_part_is_no_event() -> None:
    """Plans after a delivery wait for the last piece of the line."""
    sale = record("SA26-0001", items=f"[{{product: {CHAIR}, qty: 10}}]", told="{deliver: {by: 2026-03-04}}")
    part = record("DE26-0001", items="[{item: 1, qty: 7}]", signed=SIGNED)
    assert promises(sale, part, now="2026-03-05")[f"{UNIT}/call-back.1"].due is None


@pytest.mark.parametrize(("channel", "due"), [("", "2026-03-05"), ("shop", "2026-03-05"), ("online", None)])
def test_goods_sold_in_the_shop_go_home_at_once(channel: str, due: str | None) -> None:
    """With no delivery told or arranged, goods of the shop are in use from the sale; those sold online are not."""
    assert deadline(promises(record("SA26-0001", channel=channel), now="2026-03-02")[f"{UNIT}/call-back.1"]) == due


def test_goods_for_a_fitter_are_revisited_after_the_installation() -> None:
    """Plans are by what the goods need: no call-back here, and revisits that wait for the fitter."""
    sale = record("SA26-0001", items=f"[{{product: {COOLER}}}]", told="{install: {by: 2026-03-05}}")
    before = promises(sale, now="2026-03-03")
    assert set(before) == {f"{UNIT}/install", f"{UNIT}/revisit.1", f"{UNIT}/revisit.2"}
    assert before[f"{UNIT}/revisit.1"].due is None
    after = promises(sale, record("IN26-0001", signed="{by: 王建国, at: 2026-01-31}"), now="2026-03-05")
    assert [deadline(after[f"{UNIT}/revisit.{n}"]) for n in (1, 2)] == ["2026-02-07", "2026-02-28"]


def test_claims_promise_an_answer_and_each_repair_its_call_back() -> None:
    """The event of a claim's plan is the report, or the hand-over of one repair."""
    repairs = "[{in: 2026-08-06, out: 2026-08-08}, {in: 2026-08-20}]"
    found = promises(record("SA26-0001"), record("CL26-0001", repairs=repairs), now="2026-08-21")
    assert deadline(found["CL26-0001/answer.1"]) == "2026-08-06"
    assert deadline(found["CL26-0001/1/call-back.1"]) == "2026-08-09"
    assert found["CL26-0001/2/call-back.1"].due is None


def test_a_claim_is_answered_by_the_first_thing_done_about_it() -> None:
    """A decision or a repair answers the customer; the earliest says whether in time."""
    done = "[{on: 2026-08-09, remedy: repair}]"
    late = record("CL26-0001", decisions=done)
    assert states(record("SA26-0001"), late, now="2026-08-21")["CL26-0001/answer.1"] == "kept_late"
    early = record("CL26-0001", decisions=done, repairs="[{in: 2026-08-06}]")
    assert states(record("SA26-0001"), early, now="2026-08-21")["CL26-0001/answer.1"] == "kept"


def test_packing_on_request_was_told_and_packing_by_nature_is_ours() -> None:
    """What the customer asked for is a told promise; a gift or glass is packed because the shop means to."""
    vase = record("PR26-0009", name="花瓶", nature="[glass]")
    items = f"[{{product: {CHAIR}, packing: {{wanted: 礼品包装}}}}, {{product: PR26-0009}}, {{product: {CHAIR}}}]"
    sale = record("SA26-0001", items=items, told="{deliver: {by: 2026-03-04}}")
    found = promises(vase, sale, now="2026-03-02")
    assert {i: (p.draft.binds, deadline(p)) for i, p in found.items() if p.what == "pack"} == {
        "SA26-0001/1/pack": ("told", "2026-03-04"),
        "SA26-0001/2/pack": ("plan", "2026-03-04"),
    }
    packed = record("DE26-0001", packed="yes", dispatched_at="2026-03-04T08:00")
    assert {s for i, s in states(vase, sale, packed, now="2026-03-20").items() if i.endswith("/pack")} == {"kept"}


def test_plans_promise_nothing_for_events_before_the_opening_day() -> None:
    """Before ``begins_on`` only what customers were told counts."""
    before = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
    came = record("DE26-0001", signed=SIGNED)
    assert set(promises(before, came, now="2026-05-01", begins_on="2026-03-05")) == {f"{UNIT}/deliver"}
    assert f"{UNIT}/call-back.1" in promises(before, came, now="2026-05-01", begins_on="2026-03-04")
    assert states(before, now="2026-05-01", begins_on="2026-04-01")[f"{UNIT}/deliver"] == "overdue"


def test_a_delivery_without_a_told_time_before_the_opening_day_promises_nothing() -> None:
    """The day on which an old delivery was arranged was only ever our own yardstick."""
    old = record("DE26-0001", arranged_on="2026-03-02")
    assert f"{UNIT}/deliver" not in promises(record("SA26-0001"), old, now="2026-05-01", begins_on="2026-04-01")
    told = record("DE26-0001", arranged_on="2026-03-02", deliver="{by: 2026-03-04}")
    found = states(record("SA26-0001"), told, now="2026-05-01", begins_on="2026-04-01")
    assert found[f"{UNIT}/deliver"] == "overdue"


def test_a_promise_entered_at_the_opening_counts() -> None:
    """What was owed at the start is entered as promises, whenever they were given."""
    owed = record("PM26-0001", words="退押金", due="2025-12-31", made_on="2025-12-01")
    assert states(owed, now="2026-05-01", begins_on="2026-04-01") == {"PM26-0001": "overdue"}


def test_what_was_said_is_told_and_may_have_no_time() -> None:
    """A spoken promise binds as told where it says nothing else; without a time it waits."""
    spoken = record("PM26-0001", what="call_back", words="回电话")
    promise = promises(spoken, now="2026-05-01")["PM26-0001"]
    assert (promise.state, promise.due, promise.draft.binds, promise.draft.to) == ("waiting", None, "told", BUYER)
    ours = record("PM26-0001", words="回电话", binds="plan", due="2026-03-04", kept="{at: 2026-03-09}")
    assert set(promises(ours, now="2026-05-01")) == {"PM26-0001"}


GREETED = {"consent": "{greetings: yes}"}


def test_birthdays_are_greeted_with_consent_alone() -> None:
    """No consent, or a refusal, or the wish not to be contacted: nothing is promised."""
    birthday = {"birthday": "1958-03-08"}
    assert promises(record(BUYER, **birthday), now="2026-03-02") == {}
    assert promises(record(BUYER, **birthday, consent="{greetings: no}"), now="2026-03-02") == {}
    assert promises(record(BUYER, **birthday, **GREETED, do_not_contact="要求勿扰"), now="2026-03-02") == {}
    found = promises(record(BUYER, **birthday, **GREETED), now="2026-03-02")
    assert {i: deadline(p) for i, p in found.items()} == {f"{BUYER}/birthday.2026": "2026-03-08"}


@pytest.mark.parametrize(
    ("birthday", "now", "expected"),
    [
        ("{lunar: 八月十五}", "2026-03-02", {"birthday.2026": "2026-09-25"}),
        ("{lunar: 腊月廿三}", "2026-03-02", {"birthday.2025": "2026-02-10", "birthday.2026": "2027-01-30"}),
        ("--02-29", "2026-02-27", {"birthday.2026": "2026-02-28"}),
        ("--02-29", "2026-03-01", {"birthday.2026": "2026-02-28", "birthday.2027": "2027-02-28"}),
        ("1960-12-31", "2026-12-31", {"birthday.2026": "2026-12-31", "birthday.2027": "2027-12-31"}),
    ],
)
def test_a_birthday_is_promised_for_each_year_and_once_ahead(birthday: str, now: str, expected: dict[str, str]) -> None:
    """By the calendar the customer keeps; those since the customer is known, and the next one."""
    found = promises(record(BUYER, birthday=birthday, **GREETED), now=now)
    assert {i.rpartition("/")[2]: deadline(p) for i, p in found.items()} == expected


@pytest.mark.parametrize("birthday", ["{}", "{lunar: }", "1958-09-27T10:00"])
def test_a_birthday_that_says_no_day_or_an_hour_is_no_trap(birthday: str) -> None:
    """An empty birthday promises nothing, and an hour makes no other day; neither breaks the ledger."""
    found = promises(record(BUYER, birthday=birthday, **GREETED), now="2026-03-02")
    assert {deadline(p) for p in found.values()} <= {"2026-09-27"}


def test_who_left_is_greeted_no_more() -> None:
    """A customer who left has the promises that were made, void, and no new ones for every year after."""
    gone = record(BUYER, birthday="1958-09-27", since="2020-01-01", left="{on: 2024-05-01}", **GREETED)
    found = states(gone, now="2026-03-02")
    assert max(found) == f"{BUYER}/birthday.2024"
    assert found[f"{BUYER}/birthday.2024"] == "void"


def test_a_plan_of_the_sale_itself_counts_from_the_sale() -> None:
    """A plan may follow the sale, whatever becomes of the delivery."""
    plans = PLANS.replace("after: delivered", "after: sold")
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-20}}")
    assert deadline(promises(sale, now="2026-03-02", plans=plans)[f"{UNIT}/call-back.1"]) == "2026-03-05"


@pytest.mark.parametrize(
    ("old", "new"),
    [("customer: CU26-0001", "customer: CU26-0008"), ("sale: SA26-0001", "sale: SA26-0008")],
)
def test_an_old_id_still_finds_the_record(old: str, new: str) -> None:
    """A record that refers to another by an id it had formerly makes and keeps the same promises."""
    known = [
        record(BUYER, formerly="[CU26-0008]"),
        record("SA26-0001", formerly="[SA26-0008]", told="{deliver: {by: 2026-03-04}}"),
        record("DE26-0001", signed=SIGNED),
        record("VI26-0001", about=f"[{UNIT}]", at="2026-03-06"),
    ]
    usual = states(*known, now="2026-03-09")
    assert states(*[text.replace(old, new) for text in known], now="2026-03-09") == usual
    assert usual[f"{UNIT}/call-back.1"] == "kept"


@pytest.mark.parametrize(("arranged", "due"), [("2026-02-28", "2026-02-28"), ("2026-03-01", "2026-03-03")])
def test_where_no_time_was_told_the_one_of_the_standard_counts(arranged: str, due: str) -> None:
    """The figure of the day on which it was arranged; the day itself where no standard names one."""
    value = "{2020-01-01: ~, 2026-03-01: {days: 2}}"
    duty = f"- {{id: soon, duty: on_time, category: goods, title: Soon, value: {value}}}"
    pack = f"id: ours\nissuer: shop\ntitle: Ours\nduties:\n{duty}\n"
    sale, delivery = record("SA26-0001", sold_on="2026-02-28"), record("DE26-0001", arranged_on=arranged)
    assert deadline(promises(sale, delivery, now="2026-03-02", plans=pack)[f"{UNIT}/deliver"]) == due
