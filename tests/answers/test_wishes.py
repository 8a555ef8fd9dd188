"""The way of a wish: what each hand-over promises, what keeps it, what ends it, and how far it is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aftercare.answers import due as dues
from aftercare.answers import kept_with, wishes
from aftercare.answers.affairs import affairs_of
from aftercare.answers.contradictions import contradictions_of
from aftercare.answers.observed import observed
from aftercare.answers.timeline import of_customer, of_unit
from aftercare.plain.moments import parse
from aftercare.plain.tree import dotted
from aftercare.records.product import Product
from aftercare.records.visit import Visit
from tests.answers import shop
from tests.answers.shop import BUYER, CHAIR, record
from tests.answers.wished import MAKER, PLANS, SALE, WISH, due, promises, states, wish, wished

PASSED = "[{to: 晨屿电器, at: 2026-06-03}]"
ANSWERED = "[{at: 2026-06-10, says: 下一代加大, who: 晨屿电器, taken_up: yes}]"
OWN = "[{at: 2026-06-04, says: 从四月起}]"
TOLD = "[{at: 2026-06-11}]"
TRUE = f"{{on: 2026-06-20, product: {CHAIR}}}"
EDGES = (date(2024, 2, 29), date(2026, 1, 31), date(2026, 2, 28), date(2026, 12, 31))


def test_each_hand_over_is_a_promise_of_its_own() -> None:
    """Heard, it is to be passed on; passed on, answered; answered, told; come true, told again."""
    assert due(wished()) == {"pass-on.1": "2026-06-06"}
    assert due(wished(passed_on=PASSED))["makers-answer.1"] == "2026-07-03"
    assert due(wished(passed_on=PASSED, answers=ANSWERED))["tell-answer.1"] == "2026-06-12"
    assert due(wished(realised=TRUE))["tell-realised.1"] == "2026-06-23"


@pytest.mark.parametrize(
    ("facts", "kept"),
    [
        ({"passed_on": PASSED}, {"pass-on.1"}),
        ({"passed_on": PASSED, "answers": ANSWERED}, {"pass-on.1", "makers-answer.1"}),
        (
            {"passed_on": PASSED, "answers": ANSWERED, "told": TOLD},
            {"pass-on.1", "makers-answer.1", "tell-answer.1"},
        ),
        ({"answers": OWN, "told": "[{at: 2026-06-04}]"}, {"tell-answer.1"}),
    ],
)
def test_each_is_kept_by_the_next_step(facts: dict[str, str], kept: set[str]) -> None:
    """And by nothing else."""
    found = states(wished(**facts))
    assert {step for step, state in found.items() if state == "kept"} == kept


def test_the_last_good_day_and_the_day_after() -> None:
    """Passed on the fifth day it is in time, on the sixth it is late."""
    assert states(wished(passed_on="[{to: 厂家, at: 2026-06-06T23:59}]"))["pass-on.1"] == "kept"
    assert states(wished(passed_on="[{to: 厂家, at: 2026-06-07T00:00}]"))["pass-on.1"] == "kept_late"
    assert states(wished(), now="2026-06-06")["pass-on.1"] == "due"
    assert states(wished(), now="2026-06-07")["pass-on.1"] == "overdue"


@given(day=st.sampled_from(EDGES), wait=st.integers(0, 12), after=st.integers(0, 12))
def test_whatever_the_day_a_step_is_in_time_until_its_last_day(day: date, wait: int, after: int) -> None:
    """Counted from the step before, over ends of months and of years, 29 February among them."""
    passed, said = day + timedelta(days=wait), day + timedelta(days=wait + after)
    answers = f"[{{at: {day}, says: 好}}]"
    found = states(
        wished(said_on=str(day), passed_on=f"[{{to: 厂家, at: {passed}}}]"),
        now=str(date(2027, 6, 1)),
    )
    assert found["pass-on.1"] == ("kept" if wait <= 5 else "kept_late")
    found = states(wished(said_on=str(day), answers=answers, told=f"[{{at: {said}}}]"), now="2027-06-01")
    assert found["tell-answer.1"] == ("kept" if wait + after <= 2 else "kept_late")


@given(
    passed=st.lists(st.integers(0, 6), max_size=2),
    answered=st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["厂家", "设计部", ""])), max_size=3),
    told=st.lists(st.integers(0, 12), max_size=2),
    gone=st.one_of(st.none(), st.integers(0, 12)),
)
def test_nothing_is_promised_twice_and_what_is_over_owes_nothing(
    passed: list[int], answered: list[tuple[int, str]], told: list[int], gone: int | None
) -> None:
    """A promise for each step that was taken, whatever their order; a wish taken back leaves none open."""

    def on(days: int) -> str:
        return str(date(2026, 2, 26) + timedelta(days=days))

    handed = ", ".join(f"{{to: {to}, at: {on(at)}}}" for to, at in zip(("厂家", "设计部"), passed, strict=False))
    answers = ", ".join(f"{{at: {on(at)}, says: 好{f', who: {who}' if who else ''}}}" for at, who in answered)
    text = wished(
        said_on=on(0),
        passed_on=f"[{handed}]" if handed else "",
        answers=f"[{answers}]" if answers else "",
        told=f"[{', '.join(f'{{at: {on(at)}}}' for at in told)}]" if told else "",
        withdrawn=f"{{on: {on(gone)}}}" if gone is not None else "",
    )
    found = states(text)
    assert len(found) == 1 + len(passed) + len(answered)
    if gone is not None:
        assert not {"overdue", "due", "waiting"}.intersection(found.values())
    for number, (at, __) in enumerate(answered, start=1):
        was_told = any(one >= at for one in told)
        assert (found[f"tell-answer.{number}"] in {"kept", "kept_late"}) <= was_told


def test_an_answer_is_that_of_the_one_who_was_asked() -> None:
    """Of two to whom it was passed on each owes an answer; names are the same whatever their width and case."""
    two = "[{to: ＡＢＣ, at: 2026-06-03}, {to: 设计部, at: 2026-06-03}]"
    found = states(wished(passed_on=two, answers="[{at: 2026-06-10, says: 好, who: abc}]"), now="2026-07-04")
    assert (found["makers-answer.1"], found["makers-answer.2"]) == ("kept", "overdue")
    assert [
        one.to for one in wishes.unanswered(wish(passed_on=two, answers="[{at: 2026-06-10, says: 好, who: abc}]"))
    ] == ["设计部"]


def test_an_answer_before_it_was_asked_for_is_none() -> None:
    """It came for something else."""
    found = states(wished(passed_on=PASSED, answers="[{at: 2026-06-02, says: 好, who: 晨屿电器}]"), now="2026-07-04")
    assert found["makers-answer.1"] == "overdue"


def test_the_shops_own_answer_leaves_nothing_to_pass_on() -> None:
    """A wish about the shop's own service is answered, and the customer told; nobody waits for a maker."""
    found = promises(wished(about="", answers=OWN))
    assert found["pass-on.1"].state == "void"
    assert found["pass-on.1"].ended is not None
    assert "itself" in found["pass-on.1"].ended.reason
    assert found["tell-answer.1"].state == "overdue"
    both = states(wished(passed_on=PASSED, answers="[{at: 2026-06-04, says: 从四月起}]"))
    assert (both["pass-on.1"], both["makers-answer.1"]) == ("kept", "void")


def test_a_wish_passed_on_after_our_own_answer_waits_for_one_again() -> None:
    """What the shop said before does not answer what it asked afterwards."""
    found = states(wished(answers="[{at: 2026-06-02, says: 我们问问}]", passed_on=PASSED), now="2026-07-04")
    assert found["makers-answer.1"] == "overdue"


def test_a_wish_that_came_true_needs_no_more_answer() -> None:
    """Nothing is passed on or waited for; that it came true is told."""
    assert states(wished(realised=TRUE), now="2026-06-20") == {"pass-on.1": "void", "tell-realised.1": "waiting"}
    found = states(wished(passed_on=PASSED, realised=TRUE, told="[{at: 2026-06-21}]"))
    assert (found["makers-answer.1"], found["tell-realised.1"]) == ("void", "kept")


def test_one_word_tells_all_that_is_new() -> None:
    """What was answered and that it came true may be told at once; what comes later is told again."""
    news = {"answers": ANSWERED, "realised": TRUE, "passed_on": PASSED}
    found = states(wished(told="[{at: 2026-06-21}]", **news))
    assert (found["tell-answer.1"], found["tell-realised.1"]) == ("kept_late", "kept")
    found = states(wished(told="[{at: 2026-06-11}]", **news))
    assert (found["tell-answer.1"], found["tell-realised.1"]) == ("kept", "overdue")


@pytest.mark.parametrize("words", [{"about": f"[{WISH}]"}, {"keeps": f"[{WISH}/tell-answer.1]"}])
def test_a_contact_tells_too(words: dict[str, str]) -> None:
    """One of purpose information about the wish, or one that names the promise."""
    told = record("VI26-0001", purpose="information", at="2026-06-11", **words)
    assert states(wished(answers=ANSWERED, passed_on=PASSED), told)["tell-answer.1"] == "kept"
    vain = record("VI26-0001", purpose="information", at="2026-06-11", **words | {"outcome": "no_answer"})
    assert promises(wished(answers=ANSWERED, passed_on=PASSED), vain, now="2026-06-12")["tell-answer.1"].attempts == 1


@pytest.mark.parametrize("about", [f"[{WISH}]", ""])
def test_what_a_contact_told_stays_told(about: str) -> None:
    """That the wish's own record says more later takes nothing back: it was told in time, and then told again."""
    told = record("VI26-0001", purpose="information", at="2026-06-11", about=about)
    facts = {"answers": ANSWERED, "passed_on": PASSED, "realised": TRUE}
    found = promises(wished(told="[{at: 2026-06-22}]", **facts), told)
    kept = {step: one.kept.record for step, one in found.items() if one.kept}
    assert (kept["tell-answer.1"], kept["tell-realised.1"]) == ("VI26-0001", WISH)
    assert {one.state for step, one in found.items() if step.startswith("tell")} == {"kept"}


@pytest.mark.parametrize("purpose", ["advice", "call_back", "information"])
def test_no_contact_with_the_customer_keeps_what_the_maker_owes(purpose: str) -> None:
    """Neither one that is about the wish, nor one that names the promise in a file edited by hand."""
    about = record("VI26-0001", purpose=purpose, at="2026-06-11", about=f"[{WISH}]", solved="yes")
    named = record("VI26-0002", purpose=purpose, at="2026-06-11", keeps=f"[{WISH}/makers-answer.1, {WISH}/pass-on.1]")
    found = states(wished(passed_on="[{to: 厂家, at: 2026-06-09}]"), about, named, now="2026-07-10")
    assert found == {"pass-on.1": "kept_late", "makers-answer.1": "overdue"}


def test_a_customer_who_wants_no_contact_still_hears_the_answer() -> None:
    """They asked, so they are told; only who has left is not."""
    shy = record(BUYER, do_not_contact="yes", contact="{calls: none}")
    facts = wished(answers=OWN, realised=TRUE)
    assert states(shy, facts)["tell-answer.1"] == "overdue"
    assert states(shy, facts)["tell-realised.1"] == "overdue"
    gone = record(BUYER, left="{on: 2026-06-05}")
    assert states(gone, facts)["tell-answer.1"] == "void"


def test_what_was_kept_before_it_was_taken_back_stays_kept() -> None:
    """Taken back, the rest is void from that day."""
    found = states(wished(passed_on=PASSED, answers=ANSWERED, withdrawn="{on: 2026-06-10}"))
    assert found == {"pass-on.1": "kept", "makers-answer.1": "kept", "tell-answer.1": "void"}


def _row(step: str, *records: str) -> dict[str, object]:
    ledger = shop.ledger(MAKER, SALE, *records, now="2026-07-10", plans=PLANS)
    promise = ledger.get(f"{WISH}/{step}")
    assert promise is not None
    return dues.row(promise, ledger, parse("2026-07-10"))


def test_who_is_asked_for_an_answer_is_the_maker() -> None:
    """The row of due names whom to ask, with the hotline where it is theirs; never the customer's phone."""
    asked = _row("makers-answer.1", wished(passed_on=PASSED))
    assert (asked["customer"], asked["name"], asked["phone"]) == (BUYER, "晨屿电器", "0571-1234")
    other = _row("makers-answer.1", wished(passed_on="[{to: 设计部, at: 2026-06-03}]"))
    assert (other["name"], other["phone"], other["address"]) == ("设计部", None, None)


def test_the_maker_is_not_told_what_else_the_customer_waits_for() -> None:
    """Nor reached in the customer's own way."""
    shy = record(BUYER, contact="{by: message}")
    owed = record("PM26-0001", what="other", words="送滤网", due="2026-06-20")
    asked = _row("makers-answer.1", wished(passed_on=PASSED), shy, owed)
    assert (asked["also_open"], asked["last_heard"], asked["channel"]) == ([], None, "letter")
    told = _row("tell-answer.1", wished(passed_on=PASSED, answers=ANSWERED), shy, owed)
    assert (told["also_open"], told["channel"]) == (["PM26-0001"], "message")


@pytest.mark.parametrize(
    ("step", "facts", "command"),
    [
        ("pass-on.1", {}, ["pass-on", WISH, "--to", "晨屿电器"]),
        ("pass-on.1", {"about": f"[{CHAIR}]"}, ["pass-on", WISH, "--to", "晨屿电器"]),
        ("pass-on.1", {"about": ""}, ["answer", WISH, "--says", "…"]),
        ("makers-answer.1", {"passed_on": PASSED}, ["answer", WISH, "--who", "晨屿电器", "--says", "…"]),
        ("tell-answer.1", {"answers": OWN}, ["tell", WISH]),
        ("tell-realised.1", {"realised": TRUE}, ["tell", WISH]),
    ],
)
def test_each_promise_names_the_command_that_keeps_it(step: str, facts: dict[str, str], command: list[str]) -> None:
    """A wish about no goods is the shop's own to answer."""
    assert _row(step, wished(**facts))["keep_with"] == ["aftercare", "wish", *command]


def test_goods_without_a_maker_ask_to_whom() -> None:
    """Nothing is guessed."""
    ledger = shop.ledger(SALE, wished(), now="2026-07-10", plans=PLANS)
    promise = ledger.get(f"{WISH}/pass-on.1")
    assert promise is not None
    assert kept_with.keep_with(promise, ledger.affairs[BUYER])[-1] == "…"


@pytest.mark.parametrize(
    ("facts", "stage", "since"),
    [
        ({}, "heard", "2026-06-01"),
        ({"passed_on": PASSED}, "passed_on", "2026-06-03"),
        ({"passed_on": PASSED, "answers": ANSWERED}, "answered", "2026-06-10"),
        ({"passed_on": PASSED, "answers": ANSWERED, "told": TOLD}, "told", "2026-06-11"),
        ({"answers": ANSWERED, "told": "[{at: 2026-06-09}]"}, "answered", "2026-06-10"),
        ({"answers": ANSWERED, "told": TOLD, "realised": TRUE}, "realised", "2026-06-20"),
        ({"realised": TRUE, "withdrawn": "{on: 2026-06-21}"}, "withdrawn", "2026-06-21"),
    ],
)
def test_how_far_a_wish_is(facts: dict[str, str], stage: str, since: str) -> None:
    """The furthest step, and since when."""
    assert wishes.standing(wish(**facts), []) == (stage, parse(since))


def test_a_wish_is_told_by_a_contact_that_names_it() -> None:
    """One that reached nobody, or was about something else, told nothing."""

    def stage(**fields: str) -> str:
        held = shop.shelf(SALE, wished(answers=OWN), record("VI26-0001", at="2026-06-05", **fields))
        found = affairs_of(held)[BUYER]
        return wishes.standing(found.wishes[0], list(held.of(Visit))).stage

    assert stage(purpose="information", about=f"[{WISH}]") == "told"
    assert stage(purpose="other", keeps=f"[{WISH}/tell-answer.1]") == "told"
    assert stage(purpose="information", about=f"[{WISH}]", outcome="no_answer") == "answered"
    assert stage(purpose="greeting", about=f"[{WISH}]") == "answered"


def test_the_timeline_has_every_hand_over() -> None:
    """Of the customer, and of the unit that the wish is about."""
    facts = wished(
        passed_on=PASSED, answers=ANSWERED, told=TOLD, realised=TRUE, withdrawn="{on: 2026-06-25}", theme="刻度"
    )
    affairs = affairs_of(shop.shelf(SALE, facts))[BUYER]
    steps = ["wished", "wish_passed_on", "wish_answered", "wish_told", "wish_realised", "wish_withdrawn"]
    assert [entry.what for entry in of_customer(affairs) if entry.record == WISH] == steps
    told = {entry.what: entry for entry in of_unit(affairs, shop.UNIT)}
    assert told["wished"].text == "刻度再大一点 #刻度"
    assert (told["wish_answered"].text, told["wish_answered"].words) == ("晨屿电器, 下一代加大", ("taken_up",))
    assert told["wish_realised"].text == "椅子"


@pytest.mark.parametrize(
    ("facts", "path"),
    [
        ({"passed_on": "[{to: 厂家, at: 2026-05-31}]"}, "passed_on.1.at"),
        ({"answers": "[{at: 2026-05-31, says: 好}]"}, "answers.1.at"),
        ({"answers": OWN, "told": "[{at: 2026-06-03}]"}, "told.1.at"),
        ({"told": TOLD}, "told.1.at"),
        ({"realised": "{on: 2026-05-31, what: 加大}"}, "realised.on"),
        ({"withdrawn": "{on: 2026-05-31}"}, "withdrawn.on"),
        ({"answers": ANSWERED}, "answers.1.at"),
        ({"passed_on": PASSED, "answers": "[{at: 2026-06-02, says: 好, who: 晨屿电器}]"}, "answers.1.at"),
    ],
)
def test_steps_out_of_order_are_faults_that_name_their_row(facts: dict[str, str], path: str) -> None:
    """Nothing before it was heard, no answer before it was asked for, no news before there was any."""
    held = shop.shelf(SALE, wished(**facts))
    found = held.get(WISH)
    assert found is not None
    assert path in [dotted(one.path) for one in contradictions_of(held, found)]


def test_a_wish_in_order_is_no_fault() -> None:
    """All on one day may have been in order."""
    day = "2026-06-01"
    held = shop.shelf(
        SALE,
        wished(
            passed_on=f"[{{to: 厂家, at: {day}}}]",
            answers=f"[{{at: {day}, says: 好, who: 厂家}}]",
            told=f"[{{at: {day}}}]",
            realised=f"{{on: {day}, what: 加大}}",
        ),
    )
    found = held.get(WISH)
    assert found is not None
    assert list(contradictions_of(held, found)) == []


def test_a_wish_taken_back_is_not_counted() -> None:
    """As with complaints."""

    def counted(**facts: str) -> int:
        held = shop.shelf(SALE, wished(**facts))
        products = {one.id: one for one in held.of(Product)}
        return sum(one.what == "wish" for one in observed(held, products).noted)

    assert (counted(), counted(withdrawn="{on: 2026-06-02}")) == (1, 0)
