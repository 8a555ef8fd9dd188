"""What a claim owes, and what settles it: repairs, exchanges, refunds, loans; and damage on the way."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers.chosen import rules_of
from aftercare.answers.ledger import ledger_of
from aftercare.book.shelf import shelve
from aftercare.plain.moments import iso, parse
from tests.answers import shop
from tests.answers.books import moments_near
from tests.answers.shop import UNIT, as_files, deadline, promises, record, rules, states, stock

OURS = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: repair, title: 修, category: goods, after: taken_in, when: {waits_for_producer: no},
   what: finish_repair, step: finish-repair, channel: counter, due: {2020-01-01: [{days: 30}]}}
- {id: parts, title: 等件, category: goods, after: taken_in, when: {waits_for_producer: yes},
   what: finish_repair, step: finish-repair, channel: counter, due: {2020-01-01: [{days: 90}]}}
- {id: told, title: 告知, category: goods, after: taken_in,
   what: information, step: repair-news, channel: phone, due: {2020-01-01: [{days: 2}]}}
- {id: replace, title: 换, category: goods, after: replace_decided,
   what: replace, step: replace, channel: counter, due: {2020-01-01: [{days: 7}]}}
- {id: refund, title: 退, category: goods, after: refund_decided,
   what: refund, step: refund, channel: counter, due: {2020-01-01: [{days: 7}]}}
- {id: loan, title: 还, category: goods, after: loan_over,
   what: return_loan, step: return-loan, channel: counter, due: {2020-01-01: [{days: 3}]}}
- {id: damage, title: 赔, category: goods, after: damaged,
   what: compensate, step: compensate, channel: counter, due: {2020-01-01: [{days: 7}]}}
"""
LAW = OURS.replace(
    "issuer: shop",
    "issuer: statute\nin_force: {from: 2000-01-01}\nchecked_on: 2026-01-01\n"
    "sources: {L: {what: 法, where: 第一条, sure: verified}}",
).replace("]}}\n", "]}, cite: [L]}\n")
SALE = record("SA26-0001")
CLAIM = "CL26-0001"
REPAIR, EXCHANGE, REFUND, LOAN = (f"{CLAIM}/{s}.1" for s in ("finish-repair", "replace", "refund", "return-loan"))
COMPENSATE = f"{UNIT}/compensate.1"
NOW = "2026-12-31"


def _claim(**facts: str) -> str:
    return record(CLAIM, **facts)


def _state(promise: str, *records: str, now: str = NOW, plans: str = OURS) -> tuple[str, str | None]:
    found = promises(SALE, *records, now=now, plans=plans)[promise]
    return found.state, deadline(found)


@pytest.mark.parametrize(
    ("more", "state"),
    [
        ("", "overdue"),
        (", out: 2026-09-05", "kept"),
        (", out: 2026-09-06, result: fixed", "kept_late"),
        (", out: 2026-09-05, result: not_fixed", "kept"),
        (", out: 2026-09-05, result: no_fault", "kept"),
        (", out: 2026-09-05, result: not_done", "void"),
    ],
)
def test_a_repair_is_finished_when_the_unit_goes_out(more: str, state: str) -> None:
    """Handed back in its time it is kept, unless nothing was done: that ends it, and keeps nothing."""
    assert _state(REPAIR, _claim(repairs=f"[{{in: 2026-08-06{more}}}]")) == (state, "2026-09-05")


def test_each_repair_has_the_promise_of_its_number() -> None:
    """The second stay is the second promise, whatever became of the first; its repairer has it in hand."""
    stays = "[{in: 2026-08-06, out: 2026-08-08}, {in: 2026-08-20, by: ST26-0001}]"
    found = promises(SALE, _claim(repairs=stays), now="2026-08-21", plans=OURS)
    assert (found[REPAIR].state, found[f"{CLAIM}/finish-repair.2"].state) == ("kept", "waiting")
    assert (deadline(found[f"{CLAIM}/finish-repair.2"]), found[f"{CLAIM}/finish-repair.2"].person) == (
        "2026-09-19",
        "ST26-0001",
    )


@pytest.mark.parametrize(
    ("because", "due"),
    [
        ("no_parts_from_producer", "2026-11-04"),
        ("no_parts", "2026-09-05"),
        ("repairer_delay", "2026-09-05"),
        ("customer", "2026-09-08"),
    ],
)
def test_what_a_repair_waits_for_decides_its_time(because: str, due: str) -> None:
    """Only the producer's missing parts have the longer time; only the customer's own days are added."""
    waiting = f"[{{from: 2026-08-10, to: 2026-08-13, because: {because}}}]"
    repairs = f"[{{in: 2026-08-06, waiting: {waiting}}}]"
    assert _state(REPAIR, _claim(repairs=repairs), now="2026-08-20")[1] == due


@pytest.mark.parametrize(
    ("waits", "now", "due"),
    [
        ("{from: 2026-08-10, because: customer}", "2026-08-15", "2026-09-10"),
        ("{from: 2026-08-10, because: customer}", "2026-09-05", "2026-10-01"),
        (
            "{from: 2026-08-10, to: 2026-08-14, because: customer}, "
            "{from: 2026-08-12, to: 2026-08-15, because: customer}",
            "2026-09-01",
            "2026-09-10",
        ),
        ("{from: 2026-08-01, to: 2026-08-08, because: customer}", "2026-09-01", "2026-09-07"),
        ("{from: 2026-08-10T09:00, to: 2026-08-10T17:00, because: customer}", "2026-09-01", "2026-09-05"),
    ],
)
def test_days_that_the_customer_takes_are_added_once(waits: str, now: str, due: str) -> None:
    """Until now where it goes on still; days that two entries share count once, those before the repair never."""
    assert _state(REPAIR, _claim(repairs=f"[{{in: 2026-08-06, waiting: [{waits}]}}]"), now=now)[1] == due


@pytest.mark.parametrize("to", ["", ", to: 2026-09-20"])
def test_no_day_is_added_after_the_unit_went_out(to: str) -> None:
    """A wait that began too late and lasted until the hand-over, whatever was noted of its end, mends nothing."""
    wait = f"[{{from: 2026-09-06{to}, because: customer}}]"
    claim = _claim(repairs=f"[{{in: 2026-08-06, waiting: {wait}, out: 2026-09-08}}]")
    assert _state(REPAIR, claim) == ("kept_late", "2026-09-07")


def test_the_first_time_is_not_lost_when_the_customer_takes_longer() -> None:
    """The day that was first set stays with the promise."""
    repairs = "[{in: 2026-08-06, waiting: [{from: 2026-08-10, to: 2026-08-13, because: customer}]}]"
    found = promises(SALE, _claim(repairs=repairs), now="2026-08-20", plans=OURS)[REPAIR]
    assert found.draft.term is not None
    assert iso(found.draft.term.by) == "2026-09-05"
    assert found.moves == 0


@pytest.mark.parametrize("end", ["replaced: {on: 2026-08-20}", "refunded: {on: 2026-08-20, amount: 58}"])
@pytest.mark.parametrize(
    ("stay", "state"),
    [
        ("{in: 2026-08-06}", "void"),
        ("{in: 2026-08-06, out: 2026-08-20}", "kept"),
        ("{in: 2026-08-06, out: 2026-08-21}", "void"),
        ("{in: 2026-08-21}", "overdue"),
    ],
)
def test_nothing_is_left_to_repair_once_the_unit_is_replaced_or_refunded(end: str, stay: str, state: str) -> None:
    """An open repair is void then; one that was finished stays kept, one that began later is another matter."""
    name, _, said = end.partition(": ")
    assert _state(REPAIR, _claim(repairs=f"[{stay}]", **{name: said}))[0] == state


def test_a_call_after_a_repair_came_in_is_kept_by_a_call() -> None:
    """Only the finishing of the repair is kept by its end; what is to be told is told."""
    claim = _claim(repairs="[{in: 2026-08-06, out: 2026-08-07}]")
    assert _state(f"{CLAIM}/repair-news.1", claim)[0] == "overdue"
    call = record("VI26-0001", purpose="information", about=f"[{CLAIM}]", at="2026-08-08")
    assert _state(f"{CLAIM}/repair-news.1", claim, call)[0] == "kept"


KINDS = [
    ("replace", EXCHANGE, "replaced", "{on: %s}"),
    ("replace_other_model", EXCHANGE, "replaced", "{on: %s}"),
    ("replace_with_fee", EXCHANGE, "replaced", "{on: %s}"),
    ("refund", REFUND, "refunded", "{on: %s, amount: 58}"),
    ("refund_with_fee", REFUND, "refunded", "{on: %s, amount: 50}"),
    ("withdraw", REFUND, "refunded", "{on: %s, amount: 58}"),
    ("rescind", REFUND, "refunded", "{on: %s, amount: 58}"),
]


@pytest.mark.parametrize(("remedy", "promise", "field", "said"), KINDS)
def test_what_was_decided_is_owed_and_kept_by_the_deed(remedy: str, promise: str, field: str, said: str) -> None:
    """A decision promises the exchange or the money within the plan's time; closing the claim ends neither."""
    decided = f"[{{on: 2026-08-10, remedy: {remedy}}}]"
    closed = "{on: 2026-08-12}"
    assert _state(promise, _claim(decisions=decided, closed=closed)) == ("overdue", "2026-08-17")
    for on, state in (("2026-08-17", "kept"), ("2026-08-18", "kept_late")):
        assert _state(promise, _claim(decisions=decided, closed=closed, **{field: said % on}))[0] == state


@pytest.mark.parametrize("remedy", ["repair", "replace_assembly", "loan_unit", "damages", "price_reduction"])
def test_other_remedies_promise_neither_another_unit_nor_money_back(remedy: str) -> None:
    """A repair that is decided is promised when the unit comes in, not here."""
    assert not promises(SALE, _claim(decisions=f"[{{on: 2026-08-10, remedy: {remedy}}}]"), now=NOW, plans=OURS)


def test_a_refusal_promises_nothing_and_takes_nothing_back() -> None:
    """What was refused is not owed, and refusing what was decided does not undo it."""
    refused = "{on: 2026-08-11, remedy: refund, refused: yes}"
    assert not promises(SALE, _claim(decisions=f"[{refused}]"), now=NOW, plans=OURS)
    decided = f"[{{on: 2026-08-10, remedy: refund}}, {refused}]"
    assert _state(REFUND, _claim(decisions=decided)) == ("overdue", "2026-08-17")


def test_a_later_choice_ends_the_earlier_one() -> None:
    """Exchange first, money later: the exchange is void by the second decision, the money is owed from then on."""
    two = "[{on: 2026-08-10, remedy: replace}, {on: 2026-08-12, remedy: refund}]"
    found = promises(SALE, _claim(decisions=two), now=NOW, plans=OURS)
    assert {i: (p.state, deadline(p)) for i, p in found.items()} == {
        EXCHANGE: ("void", "2026-08-17"),
        REFUND: ("overdue", "2026-08-19"),
    }
    ended = found[EXCHANGE].ended
    assert ended is not None
    assert iso(ended.at) == "2026-08-12"


@pytest.mark.parametrize(("on", "state"), [("2026-08-11", "kept"), ("2026-08-12", "kept"), ("2026-08-13", "void")])
def test_a_later_choice_leaves_what_was_done_before_it(on: str, state: str) -> None:
    """The exchange that took place before the money was chosen stays kept."""
    two = "[{on: 2026-08-10, remedy: replace}, {on: 2026-08-12, remedy: refund}]"
    assert _state(EXCHANGE, _claim(decisions=two, replaced=f"{{on: {on}}}"))[0] == state


def test_what_is_granted_beside_a_remedy_ends_it_not() -> None:
    """A loan unit or damages on top of a refund leave the refund owed."""
    decisions = "[{on: 2026-08-10, remedy: refund}, {on: 2026-08-11, remedy: loan_unit}]"
    assert _state(REFUND, _claim(decisions=decisions))[0] == "overdue"


def test_deciding_the_same_again_gives_no_more_time() -> None:
    """Nor does it make what was done late be in time."""
    again = "[{on: 2026-08-10, remedy: refund}, {on: 2026-08-16, remedy: refund_with_fee}]"
    assert _state(REFUND, _claim(decisions=again)) == ("overdue", "2026-08-17")
    back = "[{on: 2026-08-01, remedy: refund}, {on: 2026-08-02, remedy: repair}, {on: 2026-08-10, remedy: refund}]"
    assert _state(REFUND, _claim(decisions=back)) == ("overdue", "2026-08-17")
    after = "[{on: 2026-08-01, remedy: refund}, {on: 2026-08-21, remedy: repair}, {on: 2026-08-22, remedy: refund}]"
    paid = "{on: 2026-08-20, amount: 58}"
    assert _state(REFUND, _claim(decisions=after, refunded=paid)) == ("kept_late", "2026-08-08")


LENT = "[{thing: 落地扇, at: 2026-08-06T18:00}]"


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({}, None),
        ({"repairs": "[{in: 2026-08-06}]"}, None),
        ({"repairs": "[{in: 2026-08-01, out: 2026-08-05}]"}, None),
        ({"repairs": "[{in: 2026-08-06, out: 2026-08-10}]"}, "2026-08-13"),
        ({"repairs": "[{in: 2026-08-06, out: 2026-08-06}]"}, "2026-08-09"),
        ({"repairs": "[{in: 2026-08-06, out: 2026-08-10}, {in: 2026-08-12}]"}, None),
        ({"repairs": "[{in: 2026-08-06, out: 2026-08-10}, {in: 2026-08-12, out: 2026-08-14}]"}, "2026-08-17"),
        ({"replaced": "{on: 2026-08-10}"}, "2026-08-13"),
        ({"refunded": "{on: 2026-08-10, amount: 58}"}, "2026-08-13"),
        ({"closed": "{on: 2026-08-10}"}, "2026-08-13"),
        ({"closed": "{on: 2026-08-09}", "repairs": "[{in: 2026-08-06, out: 2026-08-10}]"}, "2026-08-12"),
        ({"closed": "{on: 2026-08-12}", "repairs": "[{in: 2026-08-06, out: 2026-08-10}]"}, "2026-08-13"),
    ],
)
def test_a_loan_is_to_come_back_when_what_it_was_lent_for_is_over(facts: dict[str, str], due: str | None) -> None:
    """Handed back, replaced, refunded or closed, whichever comes first after the loan; until then it waits."""
    found = promises(SALE, _claim(loans=LENT, **facts), now="2026-08-31", plans=OURS)[LOAN]
    assert (deadline(found), found.state) == (due, "overdue" if due else "waiting")


def test_a_loan_that_came_back_is_kept() -> None:
    """On the last day in time, on the next late, and before its need was over in time as well."""
    out = "[{in: 2026-08-06, out: 2026-08-10}]"
    expected = {"2026-08-08": "kept", "2026-08-13": "kept", "2026-08-14": "kept_late"}
    for back, state in expected.items():
        lent = f"[{{thing: 落地扇, at: 2026-08-06, back: {back}}}]"
        assert _state(LOAN, _claim(loans=lent, repairs=out))[0] == state
        later = out.replace("]", ", {in: 2026-08-20, out: 2026-08-30}]")
        assert _state(LOAN, _claim(loans=lent, repairs=later))[0] == state


def _hurt(number: int = 1, at: str = "2026-03-04T18:00", /, **more: str) -> str:
    said = {"damage": "门上有划痕", "signed": f"{{by: 王建国, at: {at}}}"}
    return record(f"DE26-{number:04}", **said | more)


def test_damage_on_the_way_is_made_good() -> None:
    """Signed for with damage, it promises compensation from the day of the signature, kept by the delivery."""
    found = promises(SALE, _hurt(), now="2026-03-05", plans=OURS)[COMPENSATE]
    assert (iso(found.draft.made_on), deadline(found), found.draft.record) == (
        "2026-03-04T18:00",
        "2026-03-11",
        "DE26-0001",
    )
    for at, state in (("2026-03-11", "kept"), ("2026-03-12", "kept_late")):
        assert _state(COMPENSATE, _hurt(made_good=f"{{at: {at}, how: 换门, amount: 80}}"))[0] == state


@pytest.mark.parametrize(
    "more",
    [{"damage": "none"}, {"damage": ""}, {"signed": ""}, {"cancelled": "{on: 2026-03-05}"}, {"items": "[2]"}],
)
def test_nothing_is_to_be_made_good_without_signed_damage_to_the_line(more: dict[str, str]) -> None:
    """Nothing hurt, nobody signed, called off, or other goods."""
    assert COMPENSATE not in promises(SALE, _hurt(**more), now="2026-03-05", plans=OURS)


def test_each_damaged_delivery_of_a_line_has_a_promise() -> None:
    """Pieces that came hurt twice are made good twice, numbered as they were signed for."""
    two = record("SA26-0001", items=f"[{{product: {shop.CHAIR}, qty: 4}}]")
    later = _hurt(1, "2026-03-09", items="[{item: 1, qty: 2}]")
    first = _hurt(2, items="[{item: 1, qty: 2}]", made_good="{at: 2026-03-05}")
    found = states(two, later, first, now="2026-03-20", plans=OURS)
    assert {i: s for i, s in found.items() if "compensate" in i} == {
        COMPENSATE: "kept",
        f"{UNIT}/compensate.2": "overdue",
    }


# The law.


def test_what_a_statute_says_binds_as_law_and_asks_for_an_apology() -> None:
    """The same line binds as our own plan or as law by who issues it; late by law asks for an apology."""
    late = _claim(repairs="[{in: 2026-08-06, out: 2026-09-06}]")
    ours = promises(SALE, late, now=NOW, plans=OURS)
    assert (ours[REPAIR].draft.binds, f"{REPAIR}/apology" in ours) == ("plan", False)
    law = promises(SALE, late, now=NOW, plans=LAW)
    assert (law[REPAIR].draft.binds, f"{REPAIR}/apology" in law) == ("law", True)


def test_the_law_counts_before_the_opening_day() -> None:
    """``begins_on`` bounds the shop's own plans alone."""
    claim = _claim(repairs="[{in: 2026-08-06}]")
    assert REPAIR not in promises(SALE, claim, now=NOW, plans=OURS, begins_on="2026-08-07")
    assert REPAIR in promises(SALE, claim, now=NOW, plans=OURS, begins_on="2026-08-06")
    assert REPAIR in promises(SALE, claim, now=NOW, plans=LAW, begins_on="2026-08-07")


# Dates near edges.

EDGES = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 12, 31), date(2028, 2, 29)]
SPANS = {"finish-repair": 30, "replace": 7, "refund": 7, "return-loan": 3}


def _kept_on(step: str, begun: date, done: date) -> str:
    claim = record(f"CL{begun:%y}-0001")
    match step:
        case "finish-repair":
            return f"{claim}repairs: [{{in: {begun}, out: {done}}}]\n"
        case "return-loan":
            loan = f"loans: [{{thing: 落地扇, at: {begun}, back: {done}}}]\n"
            return f"{claim}closed: {{on: {begun}}}\n{loan}"
        case _:
            deed = {"replace": "replaced", "refund": "refunded"}[step]
            amount = ", amount: 58" if step == "refund" else ""
            return f"{claim}decisions: [{{on: {begun}, remedy: {step}}}]\n{deed}: {{on: {done}{amount}}}\n"


@settings(max_examples=40, deadline=None)
@given(step=st.sampled_from(sorted(SPANS)), begun=moments_near(*EDGES), off=st.integers(-3, 3))
def test_on_the_last_day_it_is_in_time_and_on_the_next_it_is_late(step: str, begun: date, off: int) -> None:
    """So many days after the event, over month ends, years and leap days; any day up to that one is in time."""
    done = begun + timedelta(days=max(0, SPANS[step] + off))
    sale = record("SA26-0001", sold_on="2026-01-01")
    found = states(sale, _kept_on(step, begun, done), now="2030-01-01", plans=OURS)
    late = done > begun + timedelta(days=SPANS[step])
    assert found[f"CL{begun:%y}-0001/{step}.1"] == ("kept_late" if late else "kept")


def _wait(since: date, days: int | None) -> str:
    to = "" if days is None else f"to: {since + timedelta(days=days)}, "
    return f"{{from: {since}, {to}because: customer}}"


@settings(max_examples=40, deadline=None)
@given(
    begun=moments_near(*EDGES),
    waits=st.lists(st.tuples(st.integers(-2, 50), st.one_of(st.none(), st.integers(0, 20))), max_size=3),
    out=st.integers(0, 80),
    now=st.integers(0, 80),
    wait=st.integers(0, 30),
)
def test_a_wait_for_the_customer_never_harms_and_never_mends(
    begun: date, waits: list[tuple[int, int | None]], out: int, now: int, wait: int
) -> None:
    """It takes nothing from the time; what was overdue stays so as days pass, and handed back later is late."""
    said = ", ".join(_wait(begun + timedelta(days=start), days) for start, days in waits)
    claim, promise = record(f"CL{begun:%y}-0001"), f"CL{begun:%y}-0001/finish-repair.1"

    def found(day: int, more: str = "") -> tuple[str, str | None]:
        stay = f"{claim}repairs: [{{in: {begun}, waiting: [{said}]{more}}}]\n"
        one = promises(SALE, stay, now=iso(begun + timedelta(days=day)), plans=OURS)[promise]
        return one.state, deadline(one)

    state, due = found(now)
    assert due is not None
    assert parse(due) >= begun + timedelta(days=30)
    if state == "overdue":
        assert found(now + wait)[0] == "overdue"
    handed = f", out: {begun + timedelta(days=out)}"
    assert found(90, handed)[0] == ("kept_late" if found(out)[0] == "overdue" else "kept")


@st.composite
def _claims(draw: st.DrawFn) -> list[str]:
    """A claim's repairs, decisions and loans, as entries of its record."""
    days = [iso(draw(moments_near(date(2026, 8, 31)))) for _ in range(8)]
    remedies = draw(st.lists(st.sampled_from(["repair", "replace", "refund", "loan_unit"]), max_size=4))
    decisions = [f"{{on: {on}, remedy: {remedy}}}" for on, remedy in zip(sorted(days), remedies, strict=False)]
    draw(st.randoms()).shuffle(decisions)
    facts = {
        "decisions": f"[{', '.join(decisions)}]",
        "repairs": draw(st.sampled_from(["", f"[{{in: {min(days[:2])}, out: {max(days[:2])}}}]"])),
        "loans": draw(st.sampled_from(["", f"[{{thing: 扇, at: {days[2]}}}]"])),
        "replaced": draw(st.sampled_from(["", f"{{on: {days[3]}}}"])),
        "refunded": draw(st.sampled_from(["", f"{{on: {days[4]}, amount: 58}}"])),
        "closed": draw(st.sampled_from(["", f"{{on: {days[5]}}}"])),
    }
    hurt = [
        _hurt(number, days[5 + number], made_good=draw(st.sampled_from(["", f"{{at: {max(days)}}}"])))
        for number in (1, 2)
    ]
    return [SALE, record(CLAIM, **facts), *hurt]


@settings(max_examples=25, deadline=None)
@given(book=_claims(), chance=st.randoms(), now=moments_near(date(2026, 9, 5)))
def test_the_order_of_the_records_never_matters(book: list[str], chance: random.Random, now: date) -> None:
    """Files in any order make the same promises, each in one state with what it needs."""
    shuffled = as_files([*stock(), *book])
    chance.shuffle(shuffled)
    found = ledger_of(shelve(shuffled, shop.settings()), rules(LAW), now).promises
    usual = ledger_of(shelve(as_files([*stock(), *book]), shop.settings()), rules(LAW), now).promises
    assert found == usual
    for promise in found:
        assert (promise.kept is not None) == (promise.state in {"kept", "kept_late"})
        assert (promise.ended is not None) == (promise.state in {"void", "released", "broken"})


@settings(max_examples=25, deadline=None)
@given(book=_claims(), chance=st.randoms())
def test_the_order_of_the_decisions_of_different_days_never_matters(book: list[str], chance: random.Random) -> None:
    """A claim may be mended by hand in any order; its days say what came first."""
    sale, claim, *hurt = book
    lines = claim.splitlines()
    at = next(n for n, line in enumerate(lines) if line.startswith("decisions: "))
    entries = [part.strip("{}") for part in lines[at].removeprefix("decisions: [").removesuffix("]").split("}, {")]
    by_day = {entry[:14]: entry for entry in entries if entry}
    mixed = list(by_day.values())
    results = []
    for _ in range(2):
        lines[at] = f"decisions: [{', '.join(f'{{{entry}}}' for entry in mixed)}]"
        results.append(promises(sale, "\n".join(lines) + "\n", *hurt, now=NOW, plans=OURS))
        chance.shuffle(mixed)
    assert results[0] == results[1]


BACK = """
id: ours
issuer: shop
title: 自家计划
plans:
- {id: refund, title: 退, category: goods, after: refund_decided,
   what: refund, step: refund, channel: counter, due: {2020-01-01: [{days: 7}]}}
- {id: call, title: 访, category: goods, after: delivered,
   what: call_back, step: call-back, channel: phone, due: {2020-01-01: [{years: 1}]}}
"""
BY_LAW = """
id: law
issuer: statute
title: 法
in_force: {from: 2000-01-01}
checked_on: 2026-01-01
sources: {L: {what: 法, where: 第一条, sure: verified}}
plans:
- {id: back, title: 退, category: goods, after: goods_returned, when: {no_reason: yes, sold_by: [online]},
   what: refund, step: refund-by-law, channel: counter, due: {2020-01-01: [{days: 7}]}, cite: [L]}
- {id: notice, title: 退, category: goods, after: goods_sent_back, runs_from: reported, when: {no_reason: yes},
   what: refund, step: refund-of-notice, channel: counter, due: {2020-01-01: [{days: 14}]}, cite: [L]}
"""
ONLINE = record("SA26-0001", channel="online")
LAW_STEP, NOTICE_STEP = f"{CLAIM}/refund-by-law.1", f"{CLAIM}/refund-of-notice.1"


def _back(*, now: str = NOW, sale: str = ONLINE, **facts: str) -> dict[str, tuple[str, str | None]]:
    """What becomes of the promises where both packs are in force and the customer goes back on the purchase."""
    found, faults = rules_of(
        shop.settings(), [("policies/ours.yaml", BACK.encode()), ("policies/law.yaml", BY_LAW.encode())]
    )
    assert not faults
    claim = record(CLAIM, **{"asked": "withdraw", **facts})
    held = shelve(as_files([*stock(), sale, claim]), shop.settings())
    return {p.id: (p.state, deadline(p)) for p in ledger_of(held, found, parse(now)).promises}


@pytest.mark.parametrize(
    ("paid", "state"),
    [("", "overdue"), ("2026-08-17", "kept"), ("2026-08-18", "kept_late")],
)
def test_the_law_sets_the_day_once_the_goods_are_back(paid: str, state: str) -> None:
    """Seven days from 10 August: the 17th is in time, the 18th is not."""
    refunded = f"{{on: {paid}, amount: 58}}" if paid else ""
    assert _back(returned="{on: 2026-08-10}", refunded=refunded)[LAW_STEP] == (state, "2026-08-17")


@pytest.mark.parametrize(
    ("sale", "facts"),
    [
        (SALE, {"returned": "{on: 2026-08-10}"}),
        (ONLINE, {"returned": "{on: 2026-08-10}", "asked": "refund"}),
        (ONLINE, {}),
        (ONLINE, {"returned": "{on: 2026-08-10}", "refunded": "{on: 2026-08-10, amount: 58}"}),
    ],
)
def test_the_law_of_the_channel_is_for_its_channel(sale: str, facts: dict[str, str]) -> None:
    """Nothing of it in the shop, for a fault, before the goods are back, or once they were paid for."""
    assert LAW_STEP not in _back(sale=sale, **facts)


def test_one_refund_is_promised_once() -> None:
    """What was planned after the decision gives way, the day on which the law's promise is made."""
    decided = "[{on: 2026-08-06, remedy: withdraw}]"
    assert _back(decisions=decided, now="2026-08-09")[REFUND] == ("waiting", "2026-08-13")
    found = _back(decisions=decided, returned="{on: 2026-08-10}", now="2026-08-11")
    assert (found[REFUND][0], found[LAW_STEP][0]) == ("void", "waiting")
    paid = _back(decisions=decided, returned="{on: 2026-08-10}", refunded="{on: 2026-08-12, amount: 58}")
    assert (paid[REFUND][0], paid[LAW_STEP][0]) == ("void", "kept")
    before = _back(decisions=decided, returned="{on: 2026-08-10}", refunded="{on: 2026-08-09, amount: 58}")
    assert (before[REFUND][0], LAW_STEP in before) == ("kept", False)


@pytest.mark.parametrize(
    ("decisions", "state"),
    [
        ("{on: 2026-08-11, remedy: withdraw, refused: yes}", "void"),
        ("{on: 2026-08-11, remedy: withdraw, refused: yes, verdict: {remedies: {withdraw: {state: closed}}}}", "void"),
        ("{on: 2026-08-11, remedy: withdraw, refused: yes, verdict: {remedies: {withdraw: {state: open}}}}", "waiting"),
        ("{on: 2026-08-11, remedy: withdraw, refused: yes}, {on: 2026-08-11, remedy: withdraw}", "waiting"),
        ("{on: 2026-08-11, remedy: replace}", "void"),
        ("{on: 2026-08-11, remedy: withdraw, refused: yes}, {on: 2026-08-12, remedy: loan_unit}", "void"),
    ],
)
def test_refusing_what_was_open_ends_nothing(decisions: str, state: str) -> None:
    """A refusal, or another choice, ends the refund; but no shop lets itself off what the law gives."""
    found = _back(decisions=f"[{decisions}]", returned="{on: 2026-08-10}", now="2026-08-13")
    assert found[LAW_STEP][0] == state


@pytest.mark.parametrize(
    ("facts", "due"),
    [
        ({"returned": "{on: 2026-08-10}"}, "2026-08-19"),
        ({"returned": "{on: 2026-08-19}"}, "2026-08-19"),
        ({"returned": "{on: 2026-08-25T09:00}"}, "2026-08-25"),
        ({"facts": "{dispatched_back_on: 2026-08-20}", "returned": "{on: 2026-08-25}"}, "2026-08-20"),
        ({"facts": "{dispatched_back_on: 2026-08-20}"}, "2026-08-20"),
        ({"facts": "{dispatched_back_on: soon}"}, None),
    ],
)
def test_days_from_the_notice_end_no_earlier_than_the_goods_are_on_their_way(
    facts: dict[str, str], due: str | None
) -> None:
    """Fourteen days from 5 August, or the day on which the goods were sent or came, whichever is later."""
    assert _back(**facts).get(NOTICE_STEP, ("", None))[1] == due


@given(
    notice=moments_near(date(2026, 2, 27)), back=moments_near(date(2026, 3, 13)), paid=moments_near(date(2026, 3, 13))
)
@settings(max_examples=30, deadline=None)
def test_a_refund_is_late_from_the_day_after(notice: date, back: date, paid: date) -> None:
    """Late if and only if it was paid after both the goods' coming back and fourteen days from the notice."""
    found = _back(
        reported_on=notice.isoformat(),
        returned=f"{{on: {back}}}",
        refunded=f"{{on: {paid}, amount: 58}}",
        sale=record("SA26-0001", sold_on="2026-01-02", channel="online"),
    )
    due = max(back, notice + timedelta(days=14))
    if paid <= back:
        assert NOTICE_STEP not in found
    else:
        assert found[NOTICE_STEP] == ("kept" if paid <= due else "kept_late", due.isoformat())


@pytest.mark.parametrize(
    ("sale", "facts", "state"),
    [
        (ONLINE, {"returned": "{on: 2026-08-10}", "refunded": "{on: 2026-08-12, amount: 58}"}, "void"),
        (ONLINE, {"returned": "{on: 2026-08-10}"}, "waiting"),
        (ONLINE, {"refunded": "{on: 2026-08-12, amount: 58}"}, "waiting"),
        (
            record("SA26-0001", items=f"[{{product: {shop.CHAIR}, qty: 4, taken: yes}}]"),
            {"returned": "{on: 2026-08-10, qty: 3}", "refunded": "{on: 2026-08-12, amount: 58}"},
            "waiting",
        ),
        (
            record("SA26-0001", items=f"[{{product: {shop.CHAIR}, qty: 4, taken: yes}}]"),
            {"returned": "{on: 2026-08-10, qty: 4}", "refunded": "{on: 2026-08-12, amount: 58}"},
            "void",
        ),
    ],
)
def test_what_came_back_and_was_paid_back_needs_no_call(sale: str, facts: dict[str, str], state: str) -> None:
    """A whole line that is gone ends what was planned about it; what is only half gone ends nothing."""
    taken = sale.replace(f"[{{product: {shop.CHAIR}}}]", f"[{{product: {shop.CHAIR}, taken: yes}}]")
    assert _back(sale=taken, now="2026-08-20", **facts)[f"{UNIT}/call-back.1"][0] == state
