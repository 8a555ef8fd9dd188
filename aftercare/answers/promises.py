"""A promise, before and after the records have been asked what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal, NamedTuple

from aftercare.answers.states import OPEN, State
from aftercare.plain.moments import Moment
from aftercare.policies.benefits import Benefit
from aftercare.policies.plans import Plan

Binds = Literal["told", "law", "plan"]
LEFT = frozenset({"asked", "missed_call", "not_understood", "benefit_given"})
"""The events of what a contact leaves to be done; other contacts do it."""


class Term(NamedTuple):
    """When a promise is due: by a moment, and perhaps not before another."""

    by: Moment
    from_: Moment | None = None


class Event(NamedTuple):
    """A moment with the record that says so, and why it matters (a sentence, where it needs one)."""

    at: Moment
    record: str
    reason: str = ""


class Moved(NamedTuple):
    """A new term in force by consent: the day it was asked for, as far as a record says, and whether by the shop."""

    asked: date
    term: Term
    by_shop: bool


class Keeping(NamedTuple):
    """Some pieces of the subject of a promise were kept, by a person; ``None`` pieces are all that were left."""

    at: Moment
    record: str
    pieces: int | None = None
    person: str = ""


class Turn(NamedTuple):
    """Which time of a plan that comes back a promise is."""

    event: Moment
    """What the plan follows."""
    number: int
    """The first is 1."""
    step: int
    """How many of the plan's own days went by before it."""
    day: date
    """The day that is planned, around which there may be some tolerance."""


@dataclass(frozen=True)
class Draft:
    """A promise as it was made.  ``term`` is ``None`` while the event it counts from has not happened."""

    id: str
    what: str
    subject: str
    to: str
    binds: Binds
    record: str
    made_on: Moment
    term: Term | None
    about: tuple[str, ...] = ()
    product: str = ""
    part: str = ""
    """The part that it is to bring, or that came."""
    pieces: int = 1
    person: str = ""
    channel: str = ""
    words: str = ""
    plan: Plan | None = None
    worthless_late: bool = False
    turn: Turn | None = None
    offer: str = ""
    """What the shop published, and promised so, where no other record keeps such a promise by itself."""
    benefit: Benefit | None = None
    """The benefit that was asked for, or that it follows."""
    urgent: bool = False
    """People's safety hangs on it: it comes before everything else."""

    @property
    def subjects(self) -> tuple[str, ...]:
        """What it is about: its subject, and the units that an arranged visit, or a contact before it, was for."""
        is_of_units = self.benefit is not None or (self.plan is not None and self.plan.after in {"arranged", *LEFT})
        return (self.subject, *self.about) if is_of_units else (self.subject,)


def planned(plan: Plan, customer: str, number: int | str, term: Term, made_on: Moment) -> Draft:
    """What a plan promises a customer as such, whatever they bought: ``CU26-0001/birthday.2026``.

    It is made in the customer's own file; where it comes of another record, who makes it replaces that.
    """
    return Draft(
        id=f"{customer}/{plan.step}.{number}",
        what=plan.what,
        subject=customer,
        to=customer,
        binds="plan",
        record=customer,
        made_on=made_on,
        term=term,
        channel=plan.channel,
        plan=plan,
        worthless_late=plan.worthless_late,
    )


@dataclass
class Fate:
    """What the records say became of a promise; the ledger weighs it."""

    moves: list[Moved] = field(default_factory=list)
    kept: list[Keeping] = field(default_factory=list)
    attempts: list[Event] = field(default_factory=list)
    void: Event | None = None
    unwanted: Event | None = None
    """The customer's own wish made it needless, unless it was kept all the same."""
    released: Event | None = None
    broken: Event | None = None
    apologised: Event | None = None
    person: str = ""
    """Who has it in hand by a record of its own."""
    held_up: int = 0
    """Days for which the customer made us wait; the promise has so much longer."""


@dataclass(frozen=True)
class Promise:
    """One entry of the ledger, in its state on a day."""

    draft: Draft
    state: State
    due: Term | None
    moves: int
    moves_by_shop: int
    attempts: int
    kept_pieces: int
    kept: Keeping | None
    ended: Event | None
    apologised: Event | None
    person: str

    @property
    def id(self) -> str:
        """``SUBJECT/STEP``, or the id of the record of a spoken promise."""
        return self.draft.id

    @property
    def what(self) -> str:
        """The kind of promise."""
        return self.draft.what

    @property
    def is_open(self) -> bool:
        """Whether it is still owed."""
        return self.state in OPEN
