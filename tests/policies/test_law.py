"""The law of a pack: what is wrong with one is said with the path, and what was perhaps meant; what it takes over."""

from __future__ import annotations

import pytest

from aftercare.policies import load
from aftercare.policies.law import flattened
from tests.policies.made_laws import faults_of, laws, made_law

_RESTATES = "restates: [{id: a, title: b, windows: [x], from: [sold_on], cite: [made]}]\nlines:\n"


def test_the_made_law_is_sound() -> None:
    """What is exchanged below is the only thing wrong."""
    assert faults_of() == []


@pytest.mark.parametrize(
    ("old", "new", "path", "meant"),
    [
        ("within: tail", "within: tial", "lines.4", "tail"),
        ("given: second_tier", "given: second_teir", "lines.3.given", "second_tier"),
        ("{day_after: liable}", "{day_after: liabel}", "windows.tail.from", "liable"),
        ("from: delivered_on", "from: deliverd_on", "windows.called.from", "delivered_on"),
        ("tests: [notified_on, today]", "tests: [notifyed_on]", "windows.called.tests.1", "notified_on"),
        ("repairs_done: {over: 1}", "repair_done: {over: 1}", "lines.2.when.repair_done", "repairs_done"),
        ("lines:\n", "governed_by: [sould_on]\nlines:\n", "governed_by.1", "sold_on"),
        ("no}\n  within: liable", "no}\n  witin: liable", "lines.6.witin", "within"),
    ],
)
def test_a_mistyped_name_gets_a_suggestion(old: str, new: str, path: str, meant: str) -> None:
    """A fact, a window or an entitlement that there is not is named with its place and the nearest that there is."""
    ((_code, message),) = faults_of(old, new)
    assert message.startswith(f"{path}: ")
    assert f"did you mean {meant}?" in message or f"did you mean “{meant}”?" in message


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("counting: {first_day: yes, roll: none, calendar: CN}\n", "", "missing"),
        ("lines:\n", "bars: [{id: a, title: b}]\nlines:\n", "missing"),
        ("lines:\n", "applies: {buyer: someone}\nlines:\n", "choice"),
        ("lines:\n", "evidence: [{party: judge, within: presumed, cite: [made]}]\nlines:\n", "choice"),
        ("lines:\n", _RESTATES, "no-such-window"),
        ("lines:\n", "extends: nobody\nlines:\n", "no-such-pack"),
        ("{months: 6}", "{months: {goods: whole}}", "no-such-column"),
        ("choice: shop", "fee: {daily_percent: {goods: rate}, from: liable}", "no-such-column"),
    ],
)  # fmt: skip
def test_what_a_law_must_say(old: str, new: str, code: str) -> None:
    """How periods are counted is never taken for granted, and nothing may lead nowhere."""
    assert [found for found, _message in faults_of(old, new)] == [code]


def test_a_law_takes_over_what_it_does_not_say() -> None:
    """Windows by name and lines by id come from the law that is extended, but for what is dropped or said anew."""
    parent = made_law()
    child = load.parse(
        b"""\
id: child
issuer: shop
title: Child
extends: made-law
drop: [less, tail]
counting: {first_day: no, roll: none}
windows:
  presumed: {from: delivered_on, value: {2000-01-01: {months: 12}}}
lines:
- {id: first, title: first, grants: [repair, replace], within: liable}
""",
        "child.yaml",
    )
    law = flattened(child.law, parent.law, "child")
    assert [line.id for line in law.lines] == [line.id for line in parent.law.lines if line.id != "less"]
    assert next(line for line in law.lines if line.id == "first").grants == ("repair", "replace")
    kept = [window.name for window in parent.law.windows if window.name != "tail"]
    assert [window.name for window in law.windows] == kept
    assert {window.pack for window in law.windows} == {line.pack for line in law.lines} == {"child"}
    assert (law.counting.counts_first, law.counting.calendar) == (False, "CN")


def test_the_laws_of_these_tests_are_all_there() -> None:
    """A law that was renamed would silently be left out of every property."""
    assert len(laws()) == 5
