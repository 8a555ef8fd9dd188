"""Prospects have a file, wishes, promises and greetings like anyone else, and nobody is ranked by what they spent."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers import balance, due, timeline
from aftercare.answers.affairs import affairs_of
from aftercare.answers.ledger import ledger_of
from aftercare.answers.prospects import open_enquiries, prospects
from aftercare.plain.moments import parse
from aftercare.records import rows as shown
from aftercare.records.customer import Customer
from aftercare.records.fields import Amounted
from aftercare.records.kinds import model_of
from aftercare.records.schema import field_at, fields_of
from aftercare.render.promises import FIELDS
from tests.answers import shop
from tests.answers.books import books
from tests.answers.enquired import PLANS, case
from tests.answers.shop import BUYER, record

OTHER = "CU26-0002"
NOW = parse("2026-03-20")


def test_who_has_no_sale_is_a_prospect() -> None:
    """A sale that was called off is none; who left us is no prospect either."""
    assert prospects(shop.shelf()) == {BUYER}
    assert prospects(shop.shelf(record("SA26-0001"))) == set()
    assert prospects(shop.shelf(record("SA26-0001", cancelled="{on: 2026-03-03}"))) == {BUYER}
    assert prospects(shop.shelf(record(OTHER, name="周明"), record("SA26-0001"))) == {OTHER}
    assert prospects(shop.shelf(record(BUYER, left="{on: 2026-03-03}"))) == set()


def test_a_sale_under_an_earlier_id_counts() -> None:
    """Whoever was renumbered bought all the same."""
    renumbered = record(BUYER, formerly="[CU26-0009]")
    assert prospects(shop.shelf(renumbered, record("SA26-0001", customer="CU26-0009"))) == set()


def test_an_enquiry_is_open_until_it_led_to_a_sale_or_was_closed() -> None:
    """Answered or not."""
    assert open_enquiries(shop.shelf(case(advice="有"))) == {"EN26-0001"}
    assert open_enquiries(shop.shelf(case(closed="{on: 2026-03-03}"))) == set()
    sold = case(bought="{on: 2026-03-02, sale: SA26-0001}")
    assert open_enquiries(shop.shelf(record("SA26-0001"), sold)) == set()


def test_a_prospect_is_owed_what_anyone_is_owed() -> None:
    """A word that was given, a birthday greeting, a wish that was heard: none asks what was bought."""
    who = record(BUYER, birthday="1980-03-18", consent="{greetings: yes, on: 2026-01-05}")
    said = record("PM26-0001", due="2026-03-18", words="留意二手柜机")
    wish = "id: WI26-0001\ncustomer: CU26-0001\nsaid_on: 2026-03-10\nwords: 声音再小一点\n"
    without = {one.id: (one.state, one.draft.binds) for one in shop.ledger(who, said, wish, now="2026-03-18").promises}
    bought = shop.ledger(who, said, wish, record("SA26-0001"), now="2026-03-18").promises
    assert without.items() <= {one.id: (one.state, one.draft.binds) for one in bought}.items()
    today = {name for name, (state, __) in without.items() if state == "due"}
    assert today == {"PM26-0001", f"{BUYER}/birthday.2026"}
    story = timeline.of_customer(affairs_of(shop.shelf(who, wish))[BUYER])
    assert [entry.what for entry in story] == ["known", "wished"]


def _priced(records: Sequence[str], price: Decimal) -> list[str]:
    """The same records, each line of a sale at this price for a piece."""
    return [re.sub(r"\{product: (PR26-\d{4})", rf"{{product: \1, price: {price}", text) for text in records]


def _all_answers(records: Sequence[str]) -> dict[str, Any]:
    """What people and machines are told: who is due in which order, the balance, the list, the stories."""
    shelf = shop.shelf(*records)
    ledger = ledger_of(shelf, shop.rules(PLANS), NOW)
    stories = (timeline.of_customer(affairs) for affairs in ledger.affairs.values())
    return {
        "due": [due.row(one, ledger, NOW) for one in due.due(ledger, NOW)],
        "promises": [due.row(one, ledger, NOW) for one in ledger.promises],
        "balance": balance.balance(ledger.promises, "what", date.min, date.max),
        "customers": [shown.row(one) for one in shelf.of(Customer)],
        "prospects": sorted(prospects(shelf)),
        "stories": [[(one.at, one.what, one.record, one.about) for one in story] for story in stories],
    }


@settings(max_examples=60)
@given(books(), books(customer=OTHER, first=5), st.decimals(0, 10**9, places=2), st.booleans())
def test_nothing_ranks_people_by_what_they_spent(
    one: list[str], other: list[str], price: Decimal, is_first: bool
) -> None:
    """Multiply what one of two customers paid by anything: who is due, when, in which order, and what is told of whom
    stays the same.
    """
    asked = [case(call_by="2026-03-19"), record("EN26-0002", customer=OTHER, advice="有")]
    dear, cheap = _priced(one, price), _priced(other, price)
    changed = [*dear, *other, *asked] if is_first else [*one, *cheap, *asked]
    assert _all_answers(changed) == _all_answers([*_priced(one, Decimal(1)), *_priced(other, Decimal(1)), *asked])


def test_no_field_of_a_customer_or_of_what_is_due_is_an_amount() -> None:
    """There is nothing to sort people by."""
    fields = fields_of(model_of("customer"))
    parts = [inner for field in fields if field.part for inner in fields_of(field.part)]
    assert not [one.name for one in (*fields, *parts) if any(isinstance(mark, Amounted) for mark in one.marks)]
    assert not {"price", "amount", "spent", "value", "total", "rank", "level", "fee"} & set(FIELDS)
    assert field_at(model_of("sale"), ("items", 0, "price")) is not None
