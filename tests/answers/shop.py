"""A small shop for the tests of answers: records as text, plans of its own, and the ledger they make.

Every record goes the way of a file: YAML text, strict reading, models.  The shop's plans are its own, so that no test
hangs on a figure of the packs that ship.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import starmap

from aftercare.answers.chosen import rules_of
from aftercare.answers.ledger import Ledger, ledger_of
from aftercare.answers.promises import Promise
from aftercare.answers.rules import Rules
from aftercare.book.ids import parse as parse_id
from aftercare.book.ids import path_of
from aftercare.book.settings import Settings, settings_of
from aftercare.book.shelf import Shelf, shelve
from aftercare.plain.moments import iso, parse

BUYER = "CU26-0001"
COOLER, CHAIR = "PR26-0001", "PR26-0002"
UNIT = "SA26-0001/1"
_USUAL = {
    "CU": {"name": "王建国", "phones": "[13800138000]", "since": "2026-01-01"},
    "SA": {"customer": BUYER, "sold_on": "2026-03-02", "items": f"[{{product: {CHAIR}}}]"},
    "DE": {"sale": "SA26-0001", "arranged_on": "2026-03-02"},
    "IN": {"sale": "SA26-0001", "arranged_on": "2026-03-02"},
    "CL": {"unit": UNIT, "reported_on": "2026-08-05"},
    "VI": {"customer": BUYER, "channel": "phone", "purpose": "call_back", "outcome": "reached"},
    "PM": {"to": BUYER, "made_on": "2026-03-02"},
    "CO": {"customer": BUYER, "received_at": "2026-06-01T09:00", "what": "约好的时间没来"},
    "EN": {"customer": BUYER, "at": "2026-03-02T10:00", "question": "多大的够用"},
    "PR": {"name": "椅子", "category": "goods"},
}
PLANS = """
id: ours
issuer: shop
title: 自家计划
plans:
- id: call-back
  title: 回访
  category: goods
  when: {needs_installation: no}
  after: delivered
  what: call_back
  step: call-back
  channel: phone
  due: {2020-01-01: [{days: 3}, {days: 10}]}
  retry: {attempts: 3, again: {days: 1}}
- id: revisit
  title: 访查
  category: goods
  after: installed
  what: revisit
  step: revisit
  channel: phone
  due: {2020-01-01: [{days: 7}, {months: 1}]}
- id: repaired
  title: 维修回访
  category: goods
  after: repaired
  what: call_back
  step: call-back
  channel: phone
  due: {2020-01-01: [{days: 1}]}
- id: answer
  title: 答复
  category: goods
  after: reported
  what: answer
  step: answer
  channel: phone
  due: {2020-01-01: [{days: 1}]}
- id: birthday
  title: 生日
  category: goods
  after: birthday
  what: greeting
  step: birthday
  channel: message
  due: {2020-01-01: [{days: 0}]}
  late: worthless
"""


def record(record_id: str, **fields: str) -> str:
    """A record as text, its id in the first line: the usual fields of its kind, and *fields* over them ("": absent)."""
    usual = dict(_USUAL.get(record_id[:2], {}))
    if "of" in fields:
        usual.pop("to")
    said = {"id": record_id} | usual | fields
    return "".join(f"{key}: {value}\n" for key, value in said.items() if value)


def stock() -> list[str]:
    """A customer, goods that need a fitter, and goods that do not."""
    return [
        record(BUYER),
        record(COOLER, name="空调", category="air_conditioner", model="KFR-35"),
        record(CHAIR),
    ]


def as_files(records: Iterable[str]) -> list[tuple[str, bytes]]:
    """The files that hold the records; the last record of an id counts."""
    texts = {text.split("\n", 1)[0].removeprefix("id: "): text for text in records}
    return list(starmap(_file, texts.items()))


def _file(record_id: str, text: str) -> tuple[str, bytes]:
    named = parse_id(record_id)
    if named is None:
        raise ValueError(record_id)
    return path_of(named), text.encode()


def settings(begins_on: str = "") -> Settings:
    """The settings of a book that goes by its own plans alone."""
    text = "packs: []\n" + (f"begins_on: {begins_on}\n" if begins_on else "")
    return settings_of(text.encode()).settings


def shelf(*records: str) -> Shelf:
    """The shelf of the stock and *records*; a ValueError where one of them is at fault."""
    made = shelve(as_files([*stock(), *records]), settings())
    if made.faults:
        raise ValueError("\n".join(map(str, made.faults)))
    return made


@cache
def rules(plans: str = PLANS, begins_on: str = "") -> Rules:
    """The rules of a shop with these plans."""
    found, faults = rules_of(settings(begins_on), [("policies/ours.yaml", plans.encode())])
    if faults:
        raise ValueError("\n".join(map(str, faults)))
    return found


def ledger(*records: str, now: str, plans: str = PLANS, begins_on: str = "") -> Ledger:
    """The ledger of the stock and *records* at *now*."""
    return ledger_of(shelf(*records), rules(plans, begins_on), parse(now))


def promises(*records: str, now: str, plans: str = PLANS, begins_on: str = "") -> dict[str, Promise]:
    """The promises of that ledger by id."""
    found = ledger(*records, now=now, plans=plans, begins_on=begins_on).promises
    by_id = {promise.id: promise for promise in found}
    if len(by_id) < len(found):
        raise ValueError(f"an id twice among {[promise.id for promise in found]}")
    return by_id


def states(*records: str, now: str, plans: str = PLANS, begins_on: str = "") -> dict[str, str]:
    """The states of those promises by id."""
    found = promises(*records, now=now, plans=plans, begins_on=begins_on)
    return {promise_id: promise.state for promise_id, promise in found.items()}


def deadline(promise: Promise) -> str | None:
    """By when a promise is due, as it would be written down."""
    return iso(promise.due.by) if promise.due else None
