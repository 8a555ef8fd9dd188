"""Windows as packs write them."""

from __future__ import annotations

from datetime import date

import pytest

from aftercare.policies.windows import Restatement, Window
from tests.policies.made_laws import faults_of, laws, made_law


def _window(name: str) -> Window:
    return next(window for window in made_law().law.windows if window.name == name)


@pytest.mark.parametrize(
    ("old", "new", "code", "path"),
    [
        ("{2000-01-01: {months: 24}, 2024", "{2025-01-01: {months: 24}, 2024", "order", "windows.liable.value"),
        ("{months: 6}", "{months: 6, days: 1}", "shape", "windows.presumed.value.2000-01-01"),
        ("{months: 6}", "{months: -1}", "number", "windows.presumed.value.2000-01-01.months"),
        ("{months: 6}", "{months: 1201}", "number", "windows.presumed.value.2000-01-01.months"),
        ("2024-07-01: {months: 30}", "2024-13-01: {months: 30}", "date", "windows.liable.value.2024-13-01"),
        ("{day_after: liable}", "{day_after: liable, end: liable}", "shape", "windows.tail.from"),
        ("count: after", "count: maybe", "choice", "windows.presumed.count"),
        ("roll: none, calendar: CN}", "roll: working_day}", "missing", "counting"),
        ("roll: working_day, tests", "roll: on, tests", "choice", "windows.called.roll"),
        ("workdays: 5}}, roll", "workdays: 5}}, pauses: lunch, roll", "choice", "windows.called.pauses"),
    ],
)
def test_what_a_window_cannot_be(old: str, new: str, code: str, path: str) -> None:
    """Each fault names the path at which it stands."""
    assert [(found, message.partition(": ")[0]) for found, message in faults_of(old, new)] == [(code, path)]


def test_the_newest_length_counts() -> None:
    """The length is the newest on or before the governing day; before the first there is none."""
    window = _window("liable")
    days = [date(1999, 12, 31), date(2000, 1, 1), date(2024, 6, 30), date(2024, 7, 1)]
    lengths = [str(found.length) if (found := window.value(day)) else None for day in days]
    assert lengths == [None, "24 months", "24 months", "30 months"]


def test_a_window_counts_as_its_pack_does_unless_it_says_otherwise() -> None:
    """Counting, rolling and what is tested are the pack's, but for the window's own word; the act follows the test."""
    assert [_window(name).counts_first for name in ("liable", "presumed")] == [True, False]
    assert [_window(name).rolls for name in ("liable", "called")] == [False, True]
    assert [_window(name).act for name in ("liable", "called")] == ["show", "notify"]


def test_a_rule_restates_start_pauses_and_restarts_alone() -> None:
    """Length, counting and what is tested stay those of the window."""
    packs = {pack.id: pack for pack in laws()}
    rule: Restatement = packs["cn-cpl-reg-2024"].law.restates[1]
    window = next(one for one in packs["cn-1995-general"].law.windows if one.name == "replace_15d")
    read = rule.of(window)
    assert (read.names, read.pauses, read.restarts) == (("installed_on", "delivered_on"), "stay", True)
    assert (read.values, read.tests, read.rolls, read.name) == (window.values, window.tests, window.rolls, window.name)
    assert read.cite == (*window.cite, *rule.cite)
