"""``docs/greetings.md``: every date that it tells is what the program reckons, and the packs it shows are packs."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from aftercare.plain.lunar import LunarDay, exact, occurrences, parse, solar, solar_birthdays, written
from aftercare.policies.load import rules, shipped

PAGE = (Path(__file__).resolve().parent.parent / "docs" / "greetings.md").read_text(encoding="utf-8")


def _table(first: str) -> list[list[str]]:
    """The rows of the table with this first line."""
    rows = []
    for line in PAGE.partition(first + "\n")[2].splitlines()[1:]:
        if not line.startswith("|"):
            break
        rows.append([cell.strip() for cell in line.strip("|").split("|")])
    return rows


KEPT = _table("| birthday | lunar year | kept on | why |")
SOLAR = _table("| birthday | solar year | kept on |")


def test_the_tables_are_there() -> None:
    """A page that lost them would pass every other test."""
    assert (len(KEPT), len(SOLAR)) == (15, 7)


@pytest.mark.parametrize("row", KEPT, ids=" ".join)
def test_a_lunar_birthday_is_kept_on_the_day_that_is_told(row: list[str]) -> None:
    """In the lunar year that the line names, and for the reason that it gives."""
    text, year, day, why = row
    born = parse(text)
    assert solar(born, int(year)).isoformat() == day
    is_exact = _exact(born, int(year)) is not None
    says_no = ("no leap month" in why, "29th" in why or "29 days" in why)
    assert any(says_no) == (not is_exact)
    if born.leap and "no leap month" in why:
        assert _exact(LunarDay(born.month, 1, leap=True), int(year)) is None


def _exact(day: LunarDay, year: int) -> date | None:
    with suppress(ValueError):
        return exact(day, year)
    return None


@pytest.mark.parametrize("row", SOLAR, ids=" ".join)
def test_a_solar_year_has_as_many_as_are_told(row: list[str]) -> None:
    """Two, one or none; 29 February on the 28th in common years."""
    text, year, told = row
    first, last = date(int(year), 1, 1), date(int(year), 12, 31)
    found = solar_birthdays(2, 29, first, last) if text.startswith("--") else occurrences(parse(text), first, last)
    assert ", ".join(day.isoformat() for _, day in found) == ("" if told == "never" else told)


def test_every_leap_month_is_listed() -> None:
    """From 1930 to 2050, with the day it begins and its length; a second library agrees in tests/plain."""
    found = []
    for year in range(1930, 2051):
        for month in range(1, 13):
            first = _exact(LunarDay(month, 1, leap=True), year)
            if first:
                days = 30 if _exact(LunarDay(month, 30, leap=True), year) else 29
                found.append([str(year), written(LunarDay(month, 1, leap=True))[:-2], first.isoformat(), str(days)])
    assert _table("| lunar year | leap month | begins | days |") == found


def test_the_pack_of_the_page_is_one() -> None:
    """A shop may copy it as it stands."""
    text = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    made = rules([("policies/our-days.yaml", one.encode()) for one in text], country="CN", region="")
    assert len(text) == 1
    assert made.faults == ()
    assert {"our-days", "greetings-cn"} <= {pack.id for pack in made.packs}


def test_the_packs_it_names_ship() -> None:
    """Each with as many festivals as the page tells."""
    packs = {pack.id: pack for pack in shipped()}
    for cell, __, festivals in _table("| pack | in force | festivals |"):
        told = re.sub(r"\(.*?\)", "", festivals).split(",")
        assert len(packs[cell.strip("`")].plans) == len(told)
