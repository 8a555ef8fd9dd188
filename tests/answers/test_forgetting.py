"""Forgetting takes a person out of the records, and nothing out of the balance."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings

from aftercare.answers import forgetting, personal
from aftercare.answers.balance import balance
from aftercare.answers.endings import OF_THE_GOODS
from aftercare.answers.ledger import Ledger
from aftercare.answers.promises import Promise
from aftercare.book.shelf import Shelf
from aftercare.plain.moments import iso, parse
from aftercare.plain.reading import read
from aftercare.plain.tree import Tree
from aftercare.plain.writing import write
from aftercare.records.customer import Customer
from tests.answers.books import several
from tests.answers.shop import BUYER, ledger, record, shelf

NOW = "2026-03-20"


def _forgotten(book: list[str], now: str = NOW) -> list[str]:
    """The texts of the records after the buyer was forgotten."""
    before, trees = shelf(*book), {str(tree["id"]): tree for tree in (read(text.encode(), "") for text in book)}
    customer = before.records[BUYER]
    assert isinstance(customer, Customer)
    records = personal.records_of(before, customer)
    words = personal.own_words(records)
    said: dict[str, Tree] = {"on": now}
    if greetings := forgetting.greetings_to_remember(ledger(*book, now=now).to.get(BUYER, [])):
        said["greetings"] = greetings
    left = dict(trees)
    for one in records:
        if one.id in trees:
            left[one.id] = personal.without(one, trees[one.id], words)[0]
    left.setdefault(BUYER, {"id": BUYER, "name": "…"})["forgotten"] = said
    return [write(tree) for tree in left.values()]


def _states(found: Ledger) -> dict[str, str]:
    return {promise.id: "open" if promise.is_open else promise.state for promise in found.promises}


@settings(max_examples=60, deadline=None)
@given(book=several())
def test_the_balance_stays(book: list[str]) -> None:
    """Made, kept, late, broken and released are what they were; what was open for the person is void."""
    before, after = ledger(*book, now=NOW), ledger(*_forgotten(book), now=NOW)
    was, now = _states(before), _states(after)
    assert was.keys() == now.keys()
    whats = {promise.id: promise.what for promise in before.promises if promise.draft.to == BUYER}
    for name, state in was.items():
        is_void = state == "open" and name in whats and whats[name] not in OF_THE_GOODS
        assert now[name] == ("void" if is_void else state), name
    for per in ("what", "month"):
        lines = [balance(one.promises, per, date.min, date.max) for one in (before, after)]
        assert [line[:5] for line in lines[0]] == [line[:5] for line in lines[1]]


@settings(max_examples=25, deadline=None)
@given(book=several())
def test_nothing_is_promised_afterwards(book: list[str]) -> None:
    """A year later nothing is owed to the person that was not before: no call, no greeting, no visit."""
    after = _forgotten(book)
    later = iso(parse(NOW) + timedelta(days=400))
    known = {promise.id for promise in ledger(*after, now=NOW).promises}
    new = [promise for promise in ledger(*after, now=later).to.get(BUYER, []) if promise.id not in known]
    assert [promise.id for promise in new if promise.what not in OF_THE_GOODS] == []


def _book() -> list[str]:
    return [
        record(
            BUYER,
            birthday="1958-03-08",
            needs="[elderly]",
            consent="{greetings: yes}",
            since="2025-01-01",
        ),
        record("VI26-0001", customer=BUYER, purpose="greeting", at="2026-03-08", keeps=f"[{BUYER}/birthday.2026]"),
    ]


def test_greetings_of_before_stay_without_the_birthday() -> None:
    """They are kept in the balance by the month in which they were planned; no day is left that tells the birthday."""
    text = "".join(_forgotten(_book()))
    assert "03-08" not in text.replace("at: 2026-03-08", "")
    assert "{step: birthday.2026, made_on: 2025-03-01, state: kept, by: VI26-0001}" in text
    found = ledger(*_forgotten(_book()), now=NOW).get(f"{BUYER}/birthday.2026")
    assert isinstance(found, Promise)
    assert (found.state, found.kept and found.kept.record) == ("kept", "VI26-0001")


SOLD = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")
SIGNED = record("DE26-0001", signed="{by: 王建国, at: 2026-03-04}")


@pytest.mark.parametrize(
    ("more", "owed"), [([], []), ([SOLD], ["SA26-0001/1/deliver"]), ([SOLD, SIGNED], [])], ids=["none", "sold", "had"]
)
def test_what_is_owed_is_goods_and_money(more: list[str], owed: list[str]) -> None:
    """A call or a greeting keeps nobody from being forgotten; goods that were paid for do."""
    found = ledger(*_book(), *more, now=NOW)
    assert list(forgetting.still_owed(found.affairs[BUYER], found.to.get(BUYER, []))) == owed


def test_a_loan_and_a_repair_are_owed() -> None:
    """The thing in the workshop is theirs, the one that was lent is ours."""
    for said in ({"repairs": "[{in: 2026-03-10}]"}, {"loans": "[{thing: 风扇, at: 2026-03-10}]"}):
        found = ledger(
            *_book(),
            record("SA26-0001", items="[{product: PR26-0001, taken: yes}]"),
            record("CL26-0001", **said),
            now=NOW,
        )
        owed = list(forgetting.still_owed(found.affairs[BUYER], found.to.get(BUYER, [])))
        assert [one.partition("/")[0] for one in owed] == ["CL26-0001"] * len(owed)
        assert owed


def test_the_records_of_a_person_are_those_of_nobody_else() -> None:
    """Who shares a sale's product or an event with them is not touched."""
    book: Shelf = shelf(*_book(), record("CU26-0002"), record("SA26-0001"), record("SA26-0002", customer="CU26-0002"))
    customer = book.records[BUYER]
    assert isinstance(customer, Customer)
    assert [one.id for one in personal.records_of(book, customer)] == [BUYER, "SA26-0001", "VI26-0001"]


def test_the_channel_that_somebody_prefers_is_nobodys_name() -> None:
    """Of a bug found: who wished to be reached by ``phone`` was known by that word, and forgetting them everywhere
    blotted it out of the notes about everybody else.
    """
    customer = shelf(record(BUYER, contact="{by: phone}")).records[BUYER]
    words = personal.own_words([customer])
    assert words.blotted("the phone of 王建国 rings", "…") == "the phone of … rings"
