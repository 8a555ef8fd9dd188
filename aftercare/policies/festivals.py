"""The day of a festival that a plan greets on: of the lunar calendar or of the solar one, the same in every year."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from typing import NamedTuple

from aftercare.language import N_
from aftercare.plain import lunar
from aftercare.plain.lunar import LunarDay
from aftercare.policies.shape import Node

KEYS = ("lunar", "solar")
_MONTH_DAY = re.compile(r"\d{2}-\d{2}")
_LEAP_YEAR = 2000
_EXAMPLE = "{lunar: 八月十五}"


class Festival(NamedTuple):
    """A day of every year: *lunar*, or a month and a day of the *solar* calendar; one of the two."""

    lunar: LunarDay | None = None
    solar: tuple[int, int] | None = None

    def days(self, first: date, last: date) -> list[tuple[int, date]]:
        """When it is from *first* to *last*, both included, each with the year that names it, in order.

        A lunar festival is named by its lunar year; where a month has 29 days its 30th is the 29th, so 腊月三十 is the
        eve of every new year.
        """
        if self.lunar:
            return lunar.occurrences(self.lunar, first, last)
        return lunar.solar_birthdays(*self.solar, first, last) if self.solar else []


def read_festival(node: Node) -> Festival | None:
    """The value of ``festival``: ``{lunar: 八月十五}`` or ``{solar: 10-01}``; None where it is a fault."""
    said = node.keys(KEYS)
    if isinstance(node.value, dict) and len(said) != 1:
        node.complain("shape", N_("{where}: one day is wanted, like {example}"), example=_EXAMPLE)
        return None
    if "lunar" in said:
        day = _lunar(said["lunar"])
        return Festival(lunar=day) if day else None
    found = _solar(said["solar"]) if "solar" in said else None
    return Festival(solar=found) if found else None


def _lunar(node: Node) -> LunarDay | None:
    text = node.text()
    with suppress(ValueError):
        return lunar.parse(text)
    if text:
        node.complain("date", N_("{where}: “{value}” is not a lunar day like 八月十五"))
    return None


def _solar(node: Node) -> tuple[int, int] | None:
    text = node.matching(_MONTH_DAY, "10-01")
    with suppress(ValueError):
        day = date.fromisoformat(f"{_LEAP_YEAR}-{text}")
        return day.month, day.day
    if text:
        node.complain("date", N_("{where}: “{value}” is no day of any year, like 10-01"))
    return None
