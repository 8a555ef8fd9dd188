"""Reading the section ``points`` of a pack: what each line says beside what every line of a standard has."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from aftercare.language import N_
from aftercare.plain.moments import Span
from aftercare.policies.plans import SOLD_BY
from aftercare.policies.points import END_OF_YEAR, DatedEarn, DatedExpiry, DatedWait, DatedWorth, Earn, Expiry, Worth
from aftercare.policies.recurrence import read_length, read_month_day
from aftercare.policies.shape import Node, value_of

KEYS = ("when", "earn", "counts_after", "expires", "worth")
CONDITIONS = ("sold_by", "member_of")
"""What a sale must be for a line of points: sold in one of these ways, to a member of one of these."""
EXPIRIES = ("days", "months", "years", "end_of_year", "on", "older_than")
"""What can end the time for which points are good: so long after they were earned; the end of a year; or a day of the
year on which it is settled, of so many ``years`` later, or once they are ``older_than`` a length of time.
"""
_LEAP_YEAR = 2000
_FIGURE = re.compile(r"\d{1,7}(\.\d{1,4})?", re.ASCII)
_MOST_YEARS = 100
_MOST_POINTS = 9_999_999
_Read = TypeVar("_Read")


def read_points(said: Mapping[str, Node]) -> dict[str, Any]:
    """The values of a line of the section, by the names of its attributes."""
    when = said["when"].keys(CONDITIONS) if "when" in said else {}
    if "when" in said and isinstance(said["when"].value, dict) and not when:
        said["when"].complain("missing", N_("{where}: a condition is wanted: {known}"), known=", ".join(CONDITIONS))
    nothing: frozenset[str] = frozenset()
    return {
        "earn": tuple(DatedEarn(since, earn) for since, earn in _dated(said, "earn", _earn)),
        "waits": tuple(DatedWait(since, span) for since, span in _dated(said, "counts_after", _wait)),
        "expires": tuple(DatedExpiry(since, expiry) for since, expiry in _dated(said, "expires", _expiry)),
        "worth": tuple(DatedWorth(since, worth) for since, worth in _dated(said, "worth", _worth)),
        "sold_by": value_of(when, "sold_by", lambda node: frozenset(_some(node, SOLD_BY)), nothing),
        "member_of": value_of(when, "member_of", lambda node: frozenset(_some(node, ())), nothing),
    }


def _some(node: Node, known: Collection[str]) -> list[str]:
    """A list with at least one entry, of the *known* words where there are any."""
    if node.value == []:
        node.complain("missing", N_("{where} is missing"))
    return [entry.choice(known) if known else entry.text() for entry in node.entries()]


def _dated(said: Mapping[str, Node], key: str, read: Callable[[Node], _Read]) -> list[tuple[date, _Read | None]]:
    """What a key says from each day on, the oldest first; ``None`` where it says nothing from there on."""
    found: list[tuple[date, _Read | None]] = []
    for since, entry in said[key].named().items() if key in said else ():
        day = Node(since, entry.path, entry.complaints).day()
        value = None if entry.value is None else read(entry)
        if day:
            found.append((day, value))
    return sorted(found, key=lambda one: one[0])


def _earn(node: Node) -> Earn:
    said = node.keys(("points", "per"), needed=("points", "per"))
    points = value_of(said, "points", lambda one: _figure(one, "1.2"), Decimal(0))
    per = value_of(said, "per", lambda one: _figure(one, "10"), Decimal(1))
    if "per" in said and not per:
        said["per"].complain("value", N_("{where}: more than nothing is wanted"))
    return Earn(points, per or Decimal(1))


def _wait(node: Node) -> Span:
    return read_length(node)


def _worth(node: Node) -> Worth:
    said = node.keys(("points", "amount"), needed=("points", "amount"))
    points = value_of(said, "points", lambda one: one.whole(1, _MOST_POINTS), 1)
    return Worth(points, value_of(said, "amount", lambda one: _figure(one, "1"), Decimal(0)))


def _figure(node: Node, like: str) -> Decimal:
    return Decimal(node.matching(_FIGURE, like) or 0)


def _expiry(node: Node) -> Expiry:
    """One of the ways in which points expire: after a length of time, at the end of a year, on a settlement day."""
    said = node.keys(EXPIRIES)
    if "on" in said:
        return _settlement(node, said)
    if set(said) == {"end_of_year"}:
        return Expiry(on=END_OF_YEAR, years=said["end_of_year"].whole(0, _MOST_YEARS))
    if said.keys() - {"days", "months", "years"}:
        node.complain("shape", N_("{where}: a length of time, {year} or {day} is wanted"), year=_YEAR, day=_DAY)
        return Expiry(span=Span(days=1))
    return Expiry(span=read_length(Node({key: one.value for key, one in said.items()}, node.path, node.complaints)))


_YEAR, _DAY = "{end_of_year: 1}", "{on: 07-31, years: 1}"


def _settlement(node: Node, said: Mapping[str, Node]) -> Expiry:
    if said.keys() not in ({"on", "years"}, {"on", "older_than"}):
        known = "years: 1, older_than: {months: 12}"
        node.complain("shape", N_("{where}: say of which year, with one of these: {known}"), known=known)
    return Expiry(
        on=value_of(said, "on", lambda one: read_month_day(one, _LEAP_YEAR), None) or END_OF_YEAR,
        years=value_of(said, "years", lambda one: one.whole(0, _MOST_YEARS), None),
        older_than=value_of(said, "older_than", read_length, None),
    )
