"""``policy upcoming`` and ``policy sources``: what changes in the rules, and what they rest on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.commands.promising import opened
from tests.counter import Counter

CHANGING = """\
id: changing
issuer: shop
title: {en: Changing, zh: 要改的}
in_force: {from: 2025-01-01, to: 2026-12-31}
checked_on: 2025-03-12
sources:
  sign: {what: the sign in the shop, where: at the door, sure: verified}
counting: {first_day: no, roll: none}
windows:
  month: {title: {en: a month, zh: 一个月}, from: [sold_on], value: {2025-01-01: {days: 30}, 2026-04-01: {months: 2}}}
lines:
- {id: back, title: {en: Back, zh: 退}, grants: [refund], within: month, cite: {sign: ""}}
"""


@pytest.fixture
def counter(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Counter:
    """The shop with its own promise, and a pack that changes."""
    counter = opened(tmp_path / "book", capsys, monkeypatch)
    counter.write("policies/changing.yaml", CHANGING.replace(', cite: {sign: ""}', ", cite: [sign]"))
    return counter


def test_what_lies_ahead_stands_in_a_table(counter: Counter) -> None:
    """The day, how far it is, the window and its figures, in words."""
    __, __, first, second = counter.done("policy upcoming").lines
    assert first.split()[:4] == ["2026-04-01", "20", "days", "changing/month"]
    assert "30 days" in first
    assert "2 months" in first
    assert second.split()[0] == "2026-12-31"
    assert "last day in force" in second


def test_rows_have_every_field(counter: Counter) -> None:
    """Figures as packs write them."""
    first, second = counter.done("policy upcoming --format json").json
    assert first == {
        "id": "changing/month",
        "kind": "window",
        "what": "figure",
        "on": "2026-04-01",
        "days": 20,
        "pack": "changing",
        "title": {"en": "a month", "zh": "一个月"},
        "before": {"days": 30},
        "after": {"months": 2},
    }
    assert (second["what"], second["kind"], second["before"]) == ("ends", "pack", None)


def test_no_further_than_asked(counter: Counter) -> None:
    """Twenty days to the first of April; with nothing to tell text is empty and JSON a list."""
    assert counter.done("policy upcoming --days 20 --format ids").lines == ["changing/month"]
    assert counter.done("policy upcoming --days 19").out == ""
    assert counter.done("policy upcoming --days 19 --format json").json == []
    assert counter("policy upcoming --days -1").code == 2


def test_a_pack_that_ended_lately_is_told(counter: Counter) -> None:
    """With how long ago that was."""
    (row,) = counter.done("policy upcoming --today 2027-01-02 --format json").json
    assert (row["what"], row["days"]) == ("ended", -2)
    assert "2 days ago" in counter.done("policy upcoming --today 2027-01-02").out


def test_sources_say_where_a_text_stands_and_how_sure_it_is(counter: Counter) -> None:
    """Packs without sources have none to list."""
    (row,) = counter.done("policy sources --format json").json
    assert row == {
        "id": "changing/sign",
        "kind": "source",
        "pack": "changing",
        "source": "sign",
        "title": {"en": "Changing", "zh": "要改的"},
        "what": "the sign in the shop",
        "where": "at the door",
        "sure": "verified",
        "checked_on": "2025-03-12",
        "stale": False,
    }
    text = counter.done("policy sources").out
    assert "text seen" in text
    assert "at the door" in text


def test_stale_sources_are_those_nobody_compared_for_a_year(counter: Counter) -> None:
    """Compared on 12 March 2025: on 12 March 2026 it is 365 days, and still good."""
    assert counter.done("policy sources --stale --format ids").lines == []
    assert counter.done("policy sources --stale --format ids --today 2026-03-13").lines == ["changing/sign"]


def test_one_pack_may_be_asked_for_in_force_or_not(counter: Counter) -> None:
    """A pack that ships has sources, whether or not the book goes by it; a name that is none is not found."""
    ids = counter.done("policy sources cn-1995-general --format ids").lines
    assert "cn-1995-general/rule95" in ids
    assert all(one.startswith("cn-1995-general/") for one in ids)
    printed = counter("policy sources nothing")
    assert printed.code == 4
    assert "nothing" in printed.err


def test_both_need_no_book(counter: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without one all packs that ship are meant."""
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    assert counter.done("policy upcoming --days 0 --format json").json == []
    assert "cn-cpl" in {row["pack"] for row in counter.done("policy sources --format json").json}


def test_the_figures_of_a_benefit_are_told(counter: Counter) -> None:
    """How often, how soon, at what cost; a limit that is lifted is nothing from then on."""
    counter.write(
        "policies/tea.yaml",
        "id: tea\nissuer: shop\ntitle: t\nbenefits:\n- {id: cup, title: t, category: goods,\n"
        "   limit: {2026-01-01: {times: 2, per: year}, 2026-04-01: {times: 1, per: month}, 2026-05-01: ~},\n"
        "   within: {2026-01-01: {days: 1}, 2026-06-01: {hours: 2}}, cost: {2026-07-01: 5.00}}\n",
    )
    rows = [row for row in counter.done("policy upcoming --format json").json if row["kind"] == "benefit"]
    assert [(row["on"], row["before"], row["after"]) for row in rows] == [
        ("2026-04-01", {"times": 2, "per": "year"}, {"times": 1, "per": "month"}),
        ("2026-05-01", {"times": 1, "per": "month"}, None),
        ("2026-06-01", {"days": 1}, {"hours": 2}),
        ("2026-07-01", None, "5.00"),
    ]
    told = counter.done("policy upcoming").out
    assert "2 times in a year" in told
    assert "1 time in a month" in told
