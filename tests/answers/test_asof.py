"""A book as it was known on an earlier day: what came later is not there."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from pydantic import BaseModel

from aftercare.answers.asof import FOUND, known_on
from aftercare.answers.ledger import ledger_of
from aftercare.answers.promises import Promise
from aftercare.plain.moments import iso, parse
from aftercare.records.base import Record
from aftercare.records.claim import Repair
from aftercare.records.customer import Customer
from aftercare.records.delivery import Delivery
from aftercare.records.event import Event
from aftercare.records.installation import Installation
from aftercare.records.sale import Sale
from aftercare.records.schema import FieldOf, fields_of
from tests.answers import shop
from tests.answers.books import books, moments_near
from tests.answers.shop import BUYER, CHAIR, COOLER, UNIT, deadline, record, rules

DELIVER = f"{UNIT}/deliver"
TOLD = record("SA26-0001", told="{deliver: {by: 2026-03-04}}")


def _as_of(day: str, *records: str) -> dict[str, Promise]:
    shelf = known_on(shop.shelf(*records), parse(day))
    return {p.id: p for p in ledger_of(shelf, rules(), parse(day)).promises}


def test_later_records_are_not_there() -> None:
    """A sale of the 2nd made no promise on the 1st, and neither did what hangs on it."""
    spoken = record("PM26-0001", about=f"[{UNIT}]", due="2026-03-09", made_on="2026-03-02")
    assert _as_of("2026-03-01", TOLD, spoken, record("DE26-0001", arranged_on="")) == {}
    assert set(_as_of("2026-03-02", TOLD)) == {DELIVER, f"{UNIT}/call-back.1", f"{UNIT}/call-back.2"}


def test_later_happenings_of_a_known_record_are_absent() -> None:
    """The delivery was arranged and not yet signed, moved or called off; the sale not yet cancelled."""
    sale = record("SA26-0001", told="{deliver: {by: 2026-03-04}}", cancelled="{on: 2026-03-20}")
    work = record("DE26-0001", signed="{by: 王建国, at: 2026-03-06T10:00}")
    assert _as_of("2026-03-05", sale, work)[DELIVER].state == "overdue"
    assert _as_of("2026-03-06T09:00", sale, work)[DELIVER].state == "overdue"
    assert _as_of("2026-03-06T10:00", sale, work)[DELIVER].state == "kept_late"
    assert _as_of("2026-03-06", sale, work)[DELIVER].state == "kept_late"


def test_a_move_asked_later_had_not_moved_anything() -> None:
    """A consent has its day; one without a day is known as soon as its record is."""
    dated = record("DE26-0001", moved="[{to: 2026-03-09, asked_by: customer, on: 2026-03-04}]")
    assert deadline(_as_of("2026-03-03", TOLD, dated)[DELIVER]) == "2026-03-04"
    assert deadline(_as_of("2026-03-04", TOLD, dated)[DELIVER]) == "2026-03-09"
    undated = record("DE26-0001", moved="[{to: 2026-03-09, asked_by: customer}]")
    assert deadline(_as_of("2026-03-03", TOLD, undated)[DELIVER]) == "2026-03-09"


def test_facts_of_spoken_and_derived_promises_come_on_their_day() -> None:
    """Kept, released, broken, apologised and left are all facts with a day."""
    spoken = record("PM26-0001", due="2026-03-04", kept="{at: 2026-03-06}")
    assert _as_of("2026-03-05", spoken)["PM26-0001"].state == "overdue"
    fact = record("PM26-0002", of=DELIVER, made_on="", released="{on: 2026-03-04}")
    assert _as_of("2026-03-03", TOLD, fact)[DELIVER].state == "waiting"
    assert _as_of("2026-03-04", TOLD, fact)[DELIVER].state == "released"
    left = record(BUYER, left="{on: 2026-03-04}")
    assert _as_of("2026-03-03", left, TOLD)[DELIVER].state == "waiting"
    assert _as_of("2026-03-04", left, TOLD)[DELIVER].state == "void"


def test_what_has_no_day_was_always_known() -> None:
    """Wishes, goods and packing are not events: a packing asked for is known, its doing comes on its day."""
    items = f"[{{product: {CHAIR}, packing: {{wanted: 礼盒, done_at: 2026-03-04}}}}]"
    shelf = shop.shelf(record("SA26-0001", items=items))
    sale = known_on(shelf, parse("2026-03-03")).get("SA26-0001")
    assert isinstance(sale, Sale)
    packing = sale.items[0].packing
    assert packing is not None
    assert (packing.wanted, packing.done_at) == ("礼盒", None)


def test_a_wish_with_its_day_is_not_known_before() -> None:
    """What a customer came to wish on a day was no wish of theirs before."""
    wish = record(shop.BUYER, contact="{calls: none, on: 2026-03-05}", consent="{greetings: yes, on: 2026-03-01}")
    customer = known_on(shop.shelf(wish), parse("2026-03-03")).get(shop.BUYER)
    assert isinstance(customer, Customer)
    assert (customer.contact, customer.consent and customer.consent.greetings) == (None, True)


def test_a_book_is_its_own_past_today() -> None:
    """As of a day after everything, nothing is missing, and the shelf is not changed by the question."""
    shelf = shop.shelf(TOLD, record("DE26-0001", signed="{by: 王建国, at: 2026-03-06}"))
    before = dict(shelf.records)
    assert known_on(shelf, parse("2030-01-01")).records == before
    assert known_on(shelf, parse("2026-03-03")).records != before
    assert shelf.records == before


@settings(max_examples=20, deadline=None)
@given(book=books(), day=moments_near(date(2026, 3, 5)))
def test_nothing_that_came_later_shows(book: list[str], day: date) -> None:
    """As of a day no promise was made later, kept later or ended later; asking twice changes nothing."""
    once = known_on(shop.shelf(*book), day)
    assert known_on(once, day).records == once.records
    for promise in ledger_of(once, rules(), day).promises:
        assert iso(promise.draft.made_on)[:10] <= day.isoformat()
        happened = [promise.kept.at] if promise.kept else []
        happened += [promise.ended.at] if promise.ended else []
        assert all(iso(at)[:10] <= day.isoformat() for at in happened)


def test_a_refusal_goes_with_its_day() -> None:
    """On the day before a customer asked not to be contacted, nobody knew of it."""
    wish = record(shop.BUYER, do_not_contact="勿扰", do_not_contact_on="2026-03-05")
    for day, known in (("2026-03-04", None), ("2026-03-05", "勿扰")):
        customer = known_on(shop.shelf(wish), parse(day)).records[shop.BUYER]
        assert isinstance(customer, Customer)
        assert customer.do_not_contact == known


_SIGNED, _AFTER = "{by: 王, at: 2026-03-06}", "{by: 王, at: 2026-03-07}"


@pytest.mark.parametrize(
    ("name", "fields", "mark"),
    [
        (
            "IN26-0001",
            {"started_at": "2026-03-06", "signed": _AFTER, "asked_for": "一包烟"},
            "一包烟",
        ),
        ("IN26-0001", {"signed": _SIGNED, "charged": "81"}, "81"),
        ("IN26-0001", {"signed": _SIGNED, "checklist": "[level]"}, "level"),
        ("IN26-0001", {"signed": _SIGNED, "explained": "no"}, "explained=False"),
        ("DE26-0001", {"dispatched_at": "2026-03-06", "signed": _AFTER, "charged": "81"}, "81"),
        ("DE26-0001", {"dispatched_at": "2026-03-04", "arrived_at": "2026-03-06", "damage": "外壳裂了"}, "外壳裂了"),
        ("DE26-0001", {"dispatched_at": "2026-03-04", "signed": _SIGNED, "opened": "no"}, "opened=False"),
        ("CL26-0001", {"repairs": "[{in: 2026-03-03, out: 2026-03-06, result: fixed}]"}, "result='fixed'"),
        ("CL26-0001", {"repairs": "[{in: 2026-03-03, diagnosed: 2026-03-06, cause: 受潮}]"}, "受潮"),
        ("CL26-0001", {"repairs": "[{in: 2026-03-03, repaired: 2026-03-04, out: 2026-03-06, labour: 81}]"}, "81"),
        ("CO26-0001", {"findings": "{on: 2026-03-06, cause: 路上堵车}"}, "路上堵车"),
        ("PM26-0001", {"due": "2026-03-04", "apologised": "{at: 2026-03-06, how: 上门}"}, "上门"),
        ("PM26-0001", {"due": "2026-03-04", "kept": "{at: 2026-03-06, how: 上门}"}, "上门"),
        (COOLER, {"told_maker": "[{on: 2026-03-02, what: 异响, answered_on: 2026-03-06, answer: 换新}]"}, "换新"),
    ],
)
def test_what_was_found_at_a_work_is_not_known_before_it(name: str, fields: dict[str, str], mark: str) -> None:
    """What a fitter asked for next week was held against the shop as of today, on the day the work was arranged."""
    known_first = {"CL": {"reported_on": "2026-03-03"}, "CO": {"received_at": "2026-03-03"}}.get(name[:2], {})
    shelf = shop.shelf(record(name, **known_first | fields))
    assert mark not in repr(known_on(shelf, parse("2026-03-05")).records[name])
    assert mark in repr(known_on(shelf, parse("2026-03-06")).records[name])


def test_what_was_found_on_a_day_that_nobody_noted_is_known_with_its_record() -> None:
    """A charge at a delivery of which no day is noted must not vanish from every day of the past."""
    shelf = shop.shelf(record("DE26-0001", charged="81"))
    assert known_on(shelf, parse("2026-03-05")).records == shelf.records


def test_every_field_of_a_work_is_found_at_it_or_known_before() -> None:
    """Whoever gives a work a new field says which: else it is known before its time, and no list shows it."""
    before: dict[type[BaseModel], set[str]] = {
        Delivery: {"items", "deliver", "person", "vehicle", "to"},
        Installation: {"items", "install", "technician"},
        Repair: {"by"},
    }
    for model, known in before.items():
        found = {name for one in FOUND[model] for name in one.facts}
        own = {field.attribute for field in fields_of(model) if not (field.required or _has_day(field))}
        assert own - set(Record.model_fields) == known | found


def _has_day(field: FieldOf) -> bool:
    return field.is_fact or bool(field.part and any(one.is_fact for one in fields_of(field.part)))


def test_what_is_found_and_its_days_are_fields_of_the_model() -> None:
    """A field that is renamed is no silent gap here."""
    for model, rows in FOUND.items():
        dated = {field.attribute for field in fields_of(model) if _has_day(field)}
        every = {field.attribute for field in fields_of(model)}
        assert all(set(row.at) <= dated and set(row.facts) <= every - dated for row in rows), model


def test_a_guest_stays_on_the_list_of_an_earlier_day() -> None:
    """Without the invitation, the answer and the words that came later."""
    guest = (
        f"{{customer: {shop.BUYER}, invited: {{at: 2026-03-05}}, answered: {{at: 2026-03-06, comes: yes}}, "
        "came: {at: 2026-03-20}, heard: [{at: 2026-03-20, what: 热闹}]}"
    )
    event = record("EV26-0001", name="联欢", at="2026-03-20", planned_on="2026-03-01", guests=f"[{guest}]")
    held = known_on(shop.shelf(event), parse("2026-03-05")).records["EV26-0001"]
    assert isinstance(held, Event)
    (known,) = held.guests
    assert (known.customer, known.answered, known.came, known.heard) == (shop.BUYER, None, None, [])
    assert known.invited is not None
    assert known_on(shop.shelf(event), parse("2026-02-28")).records.get("EV26-0001") is None
