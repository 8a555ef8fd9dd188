"""One case as the rules see it: what is known of it, what is taken for granted, and what nobody knows."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from aftercare.language import _
from aftercare.plain.moments import Moment, day_of, days_between, is_late
from aftercare.plain.tree import Path, Tree
from aftercare.policies import vocabulary
from aftercare.policies.judging.given import Given, Place, Stay, Unknown, typed
from aftercare.policies.vocabulary import Fact

UNDONE = frozenset({"not_done", "pending", "no_fault"})
"""What came of a stay in the workshop in which nothing was repaired."""
NOT_BEFORE: tuple[tuple[str, str], ...] = (
    ("sold_on", "delivered_on"),
    ("sold_on", "installed_on"),
    ("sold_on", "fault_on"),
    ("made_on", "sold_on"),
    ("sold_on", "withdrawn_on"),
    ("withdrawn_on", "returned_on"),
)
"""Facts of which the second cannot come before the first."""


class Misstated(ValueError):
    """Facts that are none: each with its path and the sentence that says why."""

    def __init__(self, misfits: Sequence[tuple[Path, str]]) -> None:
        super().__init__("; ".join(sentence for __, sentence in misfits))
        self.misfits = list(misfits)


@dataclass(frozen=True)
class Situation:
    """The facts of one case on a day.  Facts that contradict each other count as unknown."""

    stated: Mapping[str, Given]
    on: Moment
    country: str = "CN"
    contradicted: tuple[tuple[str, str], ...] = ()
    _known: dict[str, Given | Unknown] = field(default_factory=dict, init=False, compare=False, repr=False)

    @property
    def today(self) -> date:
        """The day of the question."""
        return day_of(self.on)

    def get(self, name: str) -> Given | Unknown:
        """What is known of a fact: stated, measured, taken for granted, or none at all; else what to ask for."""
        if name not in self._known:
            self._known[name] = self._found(name)
        return self._known[name]

    def _found(self, name: str) -> Given | Unknown:
        fact = vocabulary.fact(name)
        if fact.measured:
            from aftercare.policies.judging.measures import measured

            return measured(name, self)
        if name in {one for pair in self.contradicted for one in pair}:
            return Unknown((name,))
        if name in self.stated:
            return self.stated[name]
        if fact.assumed is not None:
            return _assumed(name)
        return Given(None, "none") if fact.absent == vocabulary.NONE else Unknown((name,))

    def value(self, name: str) -> Any:
        """The value of a fact, None where there is none or nobody knows."""
        found = self.get(name)
        return found.value if isinstance(found, Given) else None

    def day(self, name: str) -> date | None:
        """The day of a fact, of several days the last; None where there is none or nobody knows."""
        value = self.value(name)
        if isinstance(value, tuple):
            return max((day_of(one) for one in value if isinstance(one, date)), default=None)
        return day_of(value) if isinstance(value, date) else None

    def bounds(self, name: str) -> tuple[date, date] | None:
        """The first and the last day that an unknown day may be; None where nothing is known of it.

        What was delivered was delivered between the sale and the day its fault showed, or today; a fault that is there
        showed between the hand-over (else the sale) and today.
        """
        if isinstance(self.get(name), Given):
            return None
        sold, delivered, fault = self.day("sold_on"), self.day("delivered_on"), self.day("fault_on")
        if name == "delivered_on" and sold:
            return sold, max(sold, fault or self.today)
        if name == "fault_on" and (since := delivered or sold):
            return since, max(since, self.today)
        return None

    @property
    def replaced_on(self) -> date | None:
        """The day of the last replacement."""
        found = self.value("replacements") or ()
        return max((day_of(one["on"]) for one in found if one.get("on")), default=None)

    @property
    def stays(self) -> tuple[Stay, ...]:
        """The stays in the workshop of the unit as it is now, the earliest first."""
        replaced = self.replaced_on
        found: Sequence[Stay] = self.value("repairs") or ()
        return tuple(stay for stay in found if replaced is None or day_of(stay.in_) >= replaced)

    @property
    def done(self) -> tuple[Stay, ...]:
        """The stays of the unit as it is now in which it was repaired; whether that helped is another question."""
        return tuple(stay for stay in self.stays if stay.out and stay.result not in UNDONE)

    @property
    def row_category(self) -> str | None:
        """The category of the goods, None where it is not known."""
        value = self.value("category")
        return value if isinstance(value, str) else None


@cache
def _assumed(name: str) -> Given:
    """What is taken for granted of a fact where nobody said anything."""
    fact = vocabulary.fact(name)
    return Given(typed(fact, fact.assumed), "assumed")


def days_in(stay: Stay, until: Moment, how: str = "days") -> int:
    """The days of a stay, an open one counted to *until*.

    ``days``: out minus in, the same day is none.  ``started_24h``: each 24 hours that were begun (car rules of 2021,
    art. 40); of a stay of which only days are known, out minus in, and one at least.  ``inclusive``: the day in and the
    day out both count.
    """
    end = stay.out or until
    if how == "inclusive":
        return max(0, days_between(stay.in_, end) + 1)
    if how != "started_24h":
        return max(0, days_between(stay.in_, end))
    if isinstance(stay.in_, datetime) and isinstance(end, datetime):
        return max(1, math.ceil((end - stay.in_) / timedelta(days=1)))
    return max(1, days_between(stay.in_, end))


def situation(
    raw: Mapping[str, Tree], on: Moment, country: str = "CN", places: Mapping[str, Place] | None = None
) -> Situation:
    """The situation of raw facts, every scalar of which is text; ``Misstated`` names those that are none.

    *places* says where each fact stands, for those that come from records.
    """
    stated: dict[str, Given] = {}
    misfits: list[tuple[Path, str]] = []
    for name, value in raw.items():
        fact = vocabulary.facts().get(name)
        if fact is None or fact.measured:
            misfits.append(((name,), _unknown(name)))
            continue
        if value is None:
            continue
        try:
            stated[name] = Given(typed(fact, value), "stated", (places or {}).get(name))
        except (ValueError, KeyError) as error:
            where = error.args[0] if error.args and isinstance(error.args[0], tuple) else ()
            misfits.append(((name, *where), _misfit_part(fact, *where) if where else _misfit(fact, value)))
    if misfits:
        raise Misstated(misfits)
    _undelivered(stated)
    return Situation(stated, on, country, tuple(_contradictions(stated)))


def _undelivered(stated: dict[str, Given]) -> None:
    """Goods that were not handed over have no day on which they were."""
    said = stated.get("delivered")
    if said is not None and said.value is False and "delivered_on" not in stated:
        stated["delivered_on"] = Given(None, "stated", said.place)


def _contradictions(stated: Mapping[str, Given]) -> Iterator[tuple[str, str]]:
    for first, second in NOT_BEFORE:
        one, other = stated.get(first), stated.get(second)
        if one and other and one.value and other.value and is_late(one.value, other.value):
            yield first, second
    repairs = stated.get("repairs")
    stays: Sequence[Stay] = repairs.value if repairs else ()
    sold = stated["sold_on"].value if "sold_on" in stated else None
    if any(stay.out and is_late(stay.in_, stay.out) for stay in stays):
        yield "repairs", "repairs"
    elif sold and any(is_late(sold, stay.in_) for stay in stays):
        yield "sold_on", "repairs"


def _unknown(name: str) -> str:
    near = vocabulary.facts().near(name)
    if near:
        return _("no fact is called “{name}”; did you mean {near}?").format(name=name, near=", ".join(near))
    return _("no fact is called “{name}”").format(name=name)


def _misfit_part(fact: Fact, part: str) -> str:
    kind = fact.parts.get(part)
    if kind is None:
        sentence, names = _("{fact}: there is no {part}; there are {names}"), ", ".join(fact.parts)
    elif isinstance(kind, str):
        sentence, names = _("{fact}: {part} does not fit; wanted is {names}"), _kind(kind)
    else:
        sentence, names = _("{fact}: {part} is one of {names}"), ", ".join(kind)
    return sentence.format(fact=fact.name, part=part, names=names)


def _misfit(fact: Fact, value: Tree) -> str:
    entries = value if isinstance(value, list) else [value]
    said = ", ".join(entry if isinstance(entry, str) else "…" for entry in entries)
    if fact.choices:
        return _("{fact}: “{value}” is none of {choices}").format(
            fact=fact.name, value=said, choices=", ".join(fact.choices)
        )
    return _("{fact}: “{value}” does not fit; wanted is {kind}").format(
        fact=fact.name, value=said, kind=_kind(fact.type)
    )


def _kind(kind: str) -> str:
    return {
        "day": _("a day like 2026-03-04"),
        "moment": _("a day or a time like 2026-03-04T18:00"),
        "yesno": _("yes or no"),
        "number": _("a number"),
        "money": _("an amount like 3299.00"),
        "category": _("a kind of goods; aftercare policy categories lists them"),
        "events": _("a list of dated events"),
        "days": _("a list of days"),
    }.get(kind, _("a text"))
