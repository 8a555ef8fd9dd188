"""Kindnesses stand in the story and in a list of their own, and change nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from aftercare.answers import kindness, remedies
from aftercare.answers.affairs import affairs_of
from aftercare.answers.balance import balance
from aftercare.answers.breaches.all import breaches
from aftercare.answers.contradictions import contradictions
from aftercare.answers.ledger import ledger_of
from aftercare.answers.standing import standing
from aftercare.answers.timeline import of_customer, of_unit
from aftercare.plain.moments import iso, parse
from aftercare.policies import categories
from aftercare.policies.load import in_force, shipped
from tests.answers import shop
from tests.answers.books import several
from tests.answers.breaches.service import PEOPLE, STANDARD
from tests.answers.shop import BUYER, UNIT, record

NOW = parse("2026-04-15")
LAW = in_force(shipped(), country="CN", region="", named=["cn-1995-general"])
BEYOND = "beyond: [{what: 重装系统, worth: 80, at: 2026-04-01, by: ST26-0001}, {what: 送插座, worth: USD 2}]\n"
HOLDS = ("SA", "DE", "IN", "CL", "VI")


def _all_that_counts(records: list[str]) -> object:
    """Promises, breaches, balance, faults, what may be had under the guarantee and every unit at a glance."""
    shelf, rules = shop.shelf(*PEOPLE, *records), shop.rules(STANDARD)
    ledger = ledger_of(shelf, rules, NOW)
    law = type(rules)(plans=(), categories=categories.tree(), packs=LAW, country="CN")
    verdicts, glances = [], []
    for affairs in affairs_of(shelf).values():
        for unit, _sale, _item in affairs.units():
            found = remedies.verdict(affairs, unit, law, NOW)
            verdicts.append((unit, dict(found.remedies), dict(found.windows), found.ask, found.trace))
            glances.append(standing(affairs, unit, NOW))
    return (
        [(p.id, p.state, p.due, p.kept, p.ended, p.moves, p.person) for p in ledger.promises],
        balance(ledger.promises, "what", date.min, date.max),
        breaches(shelf, rules, NOW),
        list(contradictions(shelf)),
        verdicts,
        glances,
    )


@settings(max_examples=15)
@given(several(), st.sets(st.sampled_from(HOLDS), min_size=1))
def test_a_kindness_is_no_promise_and_no_right(book: list[str], kinds: set[str]) -> None:
    """Written into any records of a book, kindnesses change no promise, verdict, breach, fault or sum of it."""
    claim = record("CL26-0001", reported_on="2026-03-09", fault="{found_on: 2026-03-08, symptom: 不转}")
    plain = [*book, claim]
    kind = [text + BEYOND if text[4:6] in kinds else text for text in plain]
    assert _all_that_counts(kind) == _all_that_counts(plain)


def test_repeating_it_makes_no_habit() -> None:
    """The third time is as free as the first."""
    sale = record("SA26-0001")
    visits = [
        record(f"VI26-{n:04}", about=f"[{UNIT}]", purpose="other", at=f"2026-03-{n + 9:02}", beyond="[{what: 擦玻璃}]")
        for n in range(1, 4)
    ]
    bare = [text.replace("beyond: [{what: 擦玻璃}]\n", "") for text in visits]
    assert _all_that_counts([sale, *visits]) == _all_that_counts([sale, *bare])


STORY = (
    record("SA26-0001", sold_on="2026-03-02", beyond=f"[{{what: 送一袋米, worth: 30.50, unit: {UNIT}}}]"),
    record("DE26-0001", signed="{by: a, at: 2026-03-04T10:00}", beyond="[{what: 带走旧家具, worth: 60}]"),
    record("IN26-0001", signed="{by: a, at: 2026-03-05}", technician="ST26-0001", beyond="[{what: 修了水龙头}]"),
    record("CL26-0001", reported_on="2026-03-08", beyond="[{what: 杀毒, worth: 80, at: 2026-03-09}]"),
    record("VI26-0001", about="[CL26-0001]", at="2026-03-07", beyond="[{what: 送试纸, worth: USD 5}]", by="ST26-0002"),
)


def test_every_record_of_work_holds_them() -> None:
    """In the order of their days: with the record where no other is said, by whoever did the work."""
    affairs = affairs_of(shop.shelf(*PEOPLE, *STORY))[BUYER]
    found = kindness.of(affairs)
    assert [(one.record, iso(one.at), one.about, one.person) for one in found] == [
        ("SA26-0001", "2026-03-02", UNIT, ""),
        ("DE26-0001", "2026-03-04T10:00", UNIT, ""),
        ("IN26-0001", "2026-03-05", UNIT, "ST26-0001"),
        ("VI26-0001", "2026-03-07", "CL26-0001", "ST26-0002"),
        ("CL26-0001", "2026-03-09", f"{UNIT} CL26-0001", ""),
    ]
    # What is in another currency is not summed, and what nobody valued is worth a word.
    assert kindness.worth(found) == Decimal("170.50")


def test_the_stories_tell_of_them() -> None:
    """That of the customer and that of the unit, with what it was worth."""
    affairs = affairs_of(shop.shelf(*PEOPLE, *STORY))[BUYER]
    told = [entry.text for entry in of_customer(affairs) if entry.what == "beyond"]
    assert told == ["送一袋米 30.50", "带走旧家具 60", "修了水龙头", "送试纸 USD 5.00", "杀毒 80"]
    assert [entry.text for entry in of_unit(affairs, UNIT) if entry.what == "beyond"] == told


def test_a_kindness_follows_a_unit_that_was_renumbered() -> None:
    """By the id that its sale has now."""
    sale = record("SA26-0001", formerly="[SA25-0009]")
    visit = record("VI26-0001", at="2026-03-07", beyond="[{what: 杀毒, unit: SA25-0009/1}]")
    affairs = affairs_of(shop.shelf(sale, visit))[BUYER]
    assert [one.about for one in kindness.of(affairs)] == [UNIT]
