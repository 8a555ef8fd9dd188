"""The verdict: which remedies are open on a day, until when, at what cost, by which line, and why not the others.

Values only.  They are made by :mod:`aftercare.policies.judging.decide`, printed by ``render`` and kept with decisions.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal, NamedTuple, TypeAlias

from aftercare.plain.moments import Moment
from aftercare.plain.tree import Path
from aftercare.policies.shape import Words

State: TypeAlias = Literal["open", "closed", "ask", "if_proven", "review"]
Why: TypeAlias = Literal["expired", "not_applicable", "excluded", "not_yet", "better_open"]
Result: TypeAlias = Literal["granted", "refused", "ask", "overridden"]
Truth: TypeAlias = Literal["yes", "no", "unknown"]
Party: TypeAlias = Literal["trader", "consumer"]
RANK: Mapping[str, int] = {"open": 4, "if_proven": 3, "review": 2, "ask": 1, "closed": 0}
"""The states, the best for the customer highest."""


class Cite(NamedTuple):
    """Where a rule stands: the key of the source in its pack, the title in both languages, the article as printed."""

    pack: str
    source: str
    title: Words
    article: str
    sure: str
    """``verified``, ``partly``, ``secondary`` or ``practice``."""
    issuer: str = "statute"
    """Whose rule it is: ``statute``, ``standard``, ``maker`` or ``shop``; only the first is law."""


class Fee(NamedTuple):
    """What the customer bears, and how that is reckoned; ``amount`` is None where a figure is not known."""

    amount: Decimal | None
    price: Decimal | None = None
    percent: Decimal | None = None
    """Of the price, for each day of use, or for each thousand kilometres."""
    days: int | None = None
    """Days of use: from the start of the period to the return, without all days in repair."""
    since: date | None = None
    repair_days: int = 0
    capped: bool = False
    """The fee would have been more than the price."""
    judged: Words | None = None
    """A deduction that a person must judge, in words."""
    kilometres: Decimal | None = None
    """The distance that it is reckoned by, instead of days."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reckoning of an end: what was done (``start``, ``add``, ``pause``, ``roll``, ``restart``), the
    count of days or the length as the pack writes it, and the day it led to.
    """

    what: str
    count: str
    day: date


@dataclass(frozen=True, slots=True)
class Grant:
    """A bundle that one line gives: end, cost, choice and conditions, never taken apart."""

    remedy: str
    line: str
    title: Words
    state: State
    until: Moment | None
    """The last good day; None: no end is set, or it cannot be said yet."""
    act: str
    """What must happen by then: ``show`` (the fault), ``declare``, ``notify``, ``send`` or ``claim``."""
    since: date | None
    """The first day it is open, where that is still to come."""
    fee: Fee | None
    """None: the remedy costs the customer nothing."""
    amount: Decimal | None
    """What is paid back, where the remedy is money."""
    liable: str
    choice: str
    """``customer`` or ``shop``: who chooses between the remedies of the line."""
    steps: tuple[Step, ...]
    """How ``until`` was reckoned."""
    cite: tuple[Cite, ...]
    missing: tuple[str, ...] = ()
    """The facts that it hinges on."""
    provisional: bool = False
    proof: Party | None = None
    """Who must prove that the defect was there at delivery; None where the line says nothing of it."""


@dataclass(frozen=True, slots=True)
class Remedy:
    """What a verdict says of one remedy."""

    name: str
    state: State
    best: Grant | None
    """The grant that answers: the one best for the customer; None where the remedy is closed."""
    why: Why | None = None
    """Why it is closed."""
    since: date | None = None
    """The day it opens, where it is closed because that day has not come."""
    ended: Moment | None = None
    """The last good day there was, where it is closed because that day is past."""
    cite: tuple[Cite, ...] = ()
    """The lines that refuse it, where it is closed."""
    ask: tuple[str, ...] = ()
    then: tuple[Grant, ...] = ()
    """Grants that last longer or cost more, the next one first."""
    also: tuple[str, ...] = ()
    """Other lines that grant it too."""


class Traced(NamedTuple):
    """One check of one line: what was asked, what was found, and where that came from.

    What holds or fails for a whole pack stands once, under the pack's name; a pack that is not for the case at all has
    no lines in the trace.
    """

    line: str
    result: Result
    """What the line came to."""
    because: str
    """A code: ``granted``, ``fact``, ``within``, ``after``, ``given``, ``bar``, ``in_force``, ``goods`` …"""
    fact: str | None
    value: str | None
    wanted: str | None
    """What the line asks for, as its pack writes it."""
    origin: str
    """``stated``, ``assumed``, ``measured``, ``none`` or ``unknown``."""
    record: str | None
    record_line: int | None
    value_since: date | None
    """The day from which the value of a dated figure holds."""
    steps: tuple[Step, ...]
    cite: tuple[Cite, ...]
    path: Path = ()
    """Where in the record the fact stands."""
    truth: Truth = "yes"
    """What this one check came to."""
    title: Words | None = None
    """What the window is called that the check is about."""


class PackUsed(NamedTuple):
    """A pack that was in force, in the state of its text."""

    id: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer for one unit on one day."""

    on: Moment
    fault_on: date | None
    asked: str | None
    repair_days: tuple[int, ...]
    burden_of_proof: Party | None
    remedies: Mapping[str, Remedy]
    """Every remedy that a pack in force names; one that is absent counts as closed."""
    ask: tuple[str, ...]
    """The facts that could change the answer, the one that settles most first."""
    assumed: Mapping[str, str]
    """What was taken for granted and would change the answer."""
    windows: Mapping[str, Moment | None]
    """The last good day of each window that has one; None: it exists, and its end cannot be said."""
    packs: tuple[PackUsed, ...]
    provisional: tuple[str, ...]
    """The windows whose end hangs on a calendar that is not known yet, where that could change the answer."""
    review: tuple[Words, ...]
    """What a person must judge, in words."""
    facts: Mapping[str, str]
    """The facts it went by, as text: stated and measured ones."""
    trace: Sequence[Traced] = field(repr=False, default=())
    ended: Words | None = None
    """What left nothing to claim: the price was paid back, the sale called off, another one handed over."""

    def remedy(self, name: str) -> Remedy:
        """What it says of a remedy; one that no pack in force names is closed."""
        return self.remedies.get(name) or Remedy(name, "closed", None, why="not_applicable")
